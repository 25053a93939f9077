"""The type of what runs a command within a test; the fixture `run` gives it to whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Run: TypeAlias = Callable[..., tuple[int, str, str]]
"""Runs a command with these arguments; returns its exit code, output and errors."""
