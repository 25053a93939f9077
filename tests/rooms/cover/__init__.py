"""Tests of `checker.rooms.cover`."""
