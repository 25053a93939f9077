"""Tests of `checker.data`."""
