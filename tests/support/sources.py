"""Python files as syntax trees, each of which is read once for all tests of a file."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a file, which nobody may change."""
    return ast.parse(path.read_text(encoding="utf-8"))
