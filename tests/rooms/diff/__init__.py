"""Tests of `checker.rooms.diff`."""
