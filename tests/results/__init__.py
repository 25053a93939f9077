"""Tests of `checker.results`, and of the schemas of documents."""
