"""What holds of every test: a sentence, a short file, nothing silenced, and that it can fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.support.places import ROOT, TESTS
from tests.support.sources import parsed

LONGEST: Final = 500
FILES: Final = sorted(TESTS.rglob("test_*.py"))
PYTHON: Final = sorted(TESTS.rglob("*.py"))


def _name(path: Path) -> str:
    return str(path.relative_to(TESTS))


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that pytest asks."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


# ---------------------------------------------------------------- sentences


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _told(test: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the test has a sentence that ends, and that is not its name once more."""
    said = ast.get_docstring(test) or ""
    return (
        len(_words(said)) > 2
        and said[-1] in ".?!”"
        and _words(said) != _words(test.name.removeprefix("test_"))
    )


def test_every_test_has_a_sentence() -> None:
    """Who reads that a test fails is told what ought to hold, in more words than its name has."""
    every = [(_name(path), test) for path in FILES for test in _tests(parsed(path))]
    assert [(file, test.name) for file, test in every if not _told(test)] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", False),
        ("A seat is sold once.", False),
        ("Sold.", False),
        ("Nobody gets a seat that another has", False),
        ("Nobody gets a seat that another has.", True),
    ],
)
def test_a_name_is_no_sentence(said: str, told: bool) -> None:
    """No docstring, the name again, one word and a sentence without an end are all found."""
    (test,) = _tests(ast.parse(f"def test_a_seat_is_sold_once():\n    {said!r}\n    assert True\n"))
    assert _told(test) == told


# -------------------------------------------------------------------- files


def test_files_of_tests_are_short() -> None:
    """Where the subject changes a new file begins, so that a test is found by the name of its file."""
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    assert {file: count for file, count in lines.items() if count > LONGEST} == {}


def test_nothing_is_silenced_in_tests() -> None:
    """No lint or type error is switched off in place, in tests as in the checker."""
    marks = ("# no" + "qa", "type: " + "ignore")
    assert not [path for path in PYTHON if any(mark in path.read_text(encoding="utf-8") for mark in marks)]


def _imported(path: Path) -> set[str]:
    """The modules that are imported, also those that are named after `import`."""
    nodes = list(ast.walk(parsed(path)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    named = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return (
        plain
        | {str(node.module) for node in named}
        | {f"{node.module}.{each.name}" for node in named for each in node.names}
    )


def test_no_file_of_tests_imports_another() -> None:
    """Whoever changes a test changes nothing else: what tests share is no test, and has its own place."""
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in FILES}
    assert len(files) > 80
    assert {name: found for name, path in files.items() if (found := _imported(path) & set(files))} == {}


def test_tests_run_redline_in_one_way() -> None:
    """As a program it is run by `tests/support/running.py`, which holds what it prints against the schemas;
    only the copies that mutants are put into are run by another.
    """
    command = '"-m", "check' + 'er"'
    found = {_name(path) for path in PYTHON if command in path.read_text(encoding="utf-8")}
    assert found == {"support/running.py", "mutants/defence.py"}


# -------------------------------------------------------------- that can fail


def _asserts(node: ast.AST) -> bool:
    """Whether something there is asserted, or must be refused."""
    return any(
        isinstance(each, ast.Assert | ast.Raise)
        or (isinstance(each, ast.Attribute) and each.attr == "raises")
        for each in ast.walk(node)
    )


def _called(node: ast.AST) -> set[str]:
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {each.id if isinstance(each, ast.Name) else each.attr for each in calls if isinstance(each, NAMED)}


NAMED: Final = (ast.Name, ast.Attribute)


@cache
def _checking() -> frozenset[str]:
    """The functions of tests that assert something, themselves or through others."""
    functions = [
        node
        for path in PYTHON
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("test_")
    ]
    called = [(each.name, _called(each)) for each in functions]
    found = {each.name for each in functions if _asserts(each)}
    while more := {name for name, others in called if others & found} - found:
        found |= more
    return frozenset(found)


def test_every_test_can_fail() -> None:
    """Each asserts something or expects a refusal, itself or in what it calls."""
    every = [(_name(path), test) for path in FILES for test in _tests(parsed(path))]
    idle = [(file, test) for file, test in every if not _asserts(test) and not _called(test) & _checking()]
    assert [(file, test.name) for file, test in idle] == []


def test_no_test_of_a_file_is_written_twice() -> None:
    """Two tests of one file with the same words under two names would be one."""
    asked = [
        (path, *(ast.dump(each) for each in (test.args, *test.decorator_list, *test.body[1:])))
        for path in FILES
        for test in _tests(parsed(path))
    ]
    assert len(asked) > 1000
    assert len(asked) == len(set(asked))
