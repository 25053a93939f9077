"""Fences that are being written are read as far as they go."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.editor.names_in_declarations import names
from checker.editor.partly_read import HOLE, read_partly
from checker.language.document import read_document
from checker.language.lexer import Fragment
from checker.language.parse import parse_fence
from tests.support.places import PERMITS


@pytest.mark.parametrize("page", sorted(PERMITS.rglob("*.md")), ids=lambda path: path.stem)
def test_what_is_whole_is_read_as_the_law_is(page: Path) -> None:
    """A fence without a mistake has just the declarations that loading finds in it."""
    for fence in read_document(page.name, page.read_text(encoding="utf-8")).fences:
        read = read_partly(fence.fragment)
        assert read.whole
        assert read.declarations == parse_fence(fence.fragment)
        assert [each.decl.span for each in read.extents] != [] or fence.fragment.text.strip() == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("check a for ", ["a", "?clause", "?component"]),
        (
            'check a for "c" at X, reject with E1 "s" requires f(sender, ',
            ["a", "c", "X", "s", "f", "sender"],
        ),
        (
            'claim 1 n "s" always, for every request r where r.',
            ["1", "n", "r", "r", "?parameter"],
        ),
        ('claim 1 n "s" expect proved in a under ', ["1", "n", "a", "?reading"]),
        ("sort A\ncheck x for\nsort B\nfixed f(A: B\nsort C", ["A", "x", "B", "f", "A", "C"]),
        ("sort A\nsort !\nsort B", ["A", "B"]),
        ('sort A\nconstant c: A "never closed\nsort B', ["A", "c", "A", "B"]),
        ("", []),
    ],
)
def test_what_is_not_finished_is_closed(text: str, found: list[str]) -> None:
    """What stands before a mistake is there, what is missing is a hole, and what follows is read again."""
    read = read_partly(Fragment("page.md", text))
    shown = [
        f"?{each.kinds[0]}" if each.name == HOLE else each.name
        for decl in read.declarations
        for each in names(decl)
    ]
    assert [each for each in shown if not each.startswith("?")] == [each for each in found if each[:1] != "?"]
    assert {each for each in found if each[:1] == "?"} <= set(shown)
    assert read.whole is (text == "")


def test_a_declaration_takes_all_of_its_text() -> None:
    """The extent of a declaration ends where its last word does, not where its name does."""
    text = (
        'sort A\ncheck x for "c" at H, reject with E\n    requires p(a)\n        inference "because"\nsort B'
    )
    extents = read_partly(Fragment("page.md", text)).extents
    assert [(each.span.line, each.span.end_line, each.span.end_column) for each in extents] == [
        (1, 1, 7),
        (2, 4, 28),
        (5, 5, 7),
    ]


def test_hostile_nesting_ends() -> None:
    """A text that nests deeper than allowed is read up to there, without an error."""
    read = read_partly(Fragment("page.md", "axiom a " + '"s" because "s": ' + "(" * 5_000))
    assert not read.whole
