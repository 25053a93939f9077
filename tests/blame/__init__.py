"""Tests of `checker.blame`."""
