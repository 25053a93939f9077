"""The structure that a newcomer relies on: one direction, small modules, one place that prints."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CHECKER = Path(__file__).resolve().parent.parent / "checker"
MODULES = sorted(CHECKER.rglob("*.py"))

# Each package may use those before it, and itself.
ORDER = (
    "language",
    "model",
    "regime",
    "logic",
    "engines",
    "analyses",
    "reports",
    "evidence",
    "export",
    "commands",
)
LONGEST = 410


def _package(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "checker" and parts[1] in ORDER else None


def _imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    return found + [name.name for node in plain for name in node.names]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKER)))
def test_imports_go_one_way(path: Path) -> None:
    """From Markdown to commands, nobody imports from a later stage."""
    here = path.relative_to(CHECKER).parts[0]
    if here not in ORDER:
        return
    later = ORDER[ORDER.index(here) + 1 :]
    assert not [name for name in _imports(path) if _package(name) in later]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKER)))
def test_modules_are_short(path: Path) -> None:
    """Nobody gets lost in a file."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_only_commands_print() -> None:
    """Engines and reports return values; output has one place."""
    printing = [
        path
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printing


def test_only_the_logic_speaks_to_the_solver() -> None:
    """Z3 is known in three modules: one builds its terms, one asks, and one reads scripts."""
    users = {path.name for path in MODULES if "z3" in _imports(path)}
    assert users == {"script_solvers.py", "solver.py", "translate.py"}


def test_nothing_is_silenced() -> None:
    """No lint or type error is switched off in place."""
    marks = ("# no" + "qa", "type: " + "ignore", "TO" + "DO", "FIX" + "ME")
    assert not [path for path in MODULES if any(mark in path.read_text(encoding="utf-8") for mark in marks)]
