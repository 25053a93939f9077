"""Tests of `checker.rooms.rollout`."""
