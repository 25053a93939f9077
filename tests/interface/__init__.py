"""Tests of `checker.api` and `checker.interface`."""
