"""Tests of `checker.model`: what the language means."""
