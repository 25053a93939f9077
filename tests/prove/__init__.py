"""Tests of `checker.prove`: verdicts, and how they are found."""
