"""Tests of `checker.evidence`: what is written, and what certifying says of it."""
