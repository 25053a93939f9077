"""Tests of the law that comes with redline, and of its claims."""
