"""Tests of `checker.html`: pages of HTML, and the report."""
