"""Tests of `checker.regime`: how a law is put together."""
