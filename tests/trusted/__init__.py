"""Tests of `checker.trusted`: what is false is refused, by whom it should be."""
