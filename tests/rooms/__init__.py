"""Tests of `checker.rooms`, a folder for each."""
