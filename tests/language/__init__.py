"""Tests of `checker.language`: pages, fences, the grammar, diagnostics."""
