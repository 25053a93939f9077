"""Tests of `checker.explore`."""
