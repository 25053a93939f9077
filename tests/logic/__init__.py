"""Tests of `checker.logic`."""
