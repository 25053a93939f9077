"""Tests of `checker.story`."""
