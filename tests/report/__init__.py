"""Tests of `checker.report`."""
