"""Tests of `checker.tla`."""
