"""Tests of `checker.rooms.audit`."""
