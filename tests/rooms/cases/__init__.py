"""Tests of `checker.rooms.who`."""
