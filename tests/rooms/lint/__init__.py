"""Tests of `checker.rooms.lint`."""
