"""Tests of `checker.rooms.replay`."""
