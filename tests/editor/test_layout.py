"""Fences are laid out: twice is once, the law means the same, and words, comments and order stay."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from checker.editor.format_pages import format_edits, format_page
from checker.editor.layout import laid_out
from checker.language.diagnostics import SpecError
from checker.language.document import read_document
from checker.language.lexer import Fragment
from checker.language.parse import parse_fence
from tests.regimes_agree.trials import make_trial
from tests.support.edited_law import starter
from tests.support.places import LIBRARY, PERMITS, ROOT

SHIPPED = sorted([*(ROOT / "spec").rglob("*.md"), *(ROOT / "properties").glob("*.md")])
CASES = sorted((ROOT / "tests" / "cases").rglob("*.md"))[::12]
_PLACE = re.compile(r"Span\([^()]*\)")
_WORD = re.compile(r'("(?:[^"\\]|\\.)*"|--[^\n]*)|\s+', re.DOTALL)


def _said(file: str, text: str) -> list[str]:
    """What the fences of a page declare, wherever it stands."""
    fences = read_document(file, text).fences
    return [_PLACE.sub("", repr(parse_fence(each.fragment))) for each in fences]


def _bare(text: str) -> str:
    """A text without spaces."""
    return "".join(text.split())


def _same(file: str, text: str) -> str:
    """Lay a page out, and return it: it must have the same words and declarations, and stay as it is then."""
    page = format_page(file, text)
    assert page.diagnostics == ()
    assert _bare(page.after) == _bare(text)
    assert _said(file, page.after) == _said(file, text)
    assert format_page(file, page.after).after == page.after
    return page.after


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_law_is_laid_out(path: Path) -> None:
    """What comes with redline is as `redline fmt` would have it."""
    text = path.read_text(encoding="utf-8")
    assert format_page(path.name, text).after == text


@pytest.mark.parametrize(
    "folder", [PERMITS, LIBRARY, ROOT / "checker" / "starter"], ids=lambda path: path.name
)
def test_the_laws_of_tests_are_laid_out(folder: Path) -> None:
    """So are the other laws, and that which `redline init` writes."""
    for path in folder.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert _same(path.name, text) == text


def test_cases_keep_their_meaning() -> None:
    """Every case that can be read is laid out, and says the same; every other is left alone."""
    read = 0
    for path in CASES:
        text = path.read_bytes().decode("utf-8", "replace")
        page = format_page(path.name, text)
        if page.diagnostics:
            assert page.after == text
        else:
            read += 1
            _same(path.name, text)
    assert read > len(CASES) // 3


def _messed(text: str, seed: int) -> str:
    """A fence with other spaces: between words, at the margin, behind lines, and in the lines of strings."""
    chance = random.Random(seed)

    def other(found: re.Match[str]) -> str:
        if found[1] is not None:
            return str(found[1])
        if "\n" not in found[0]:
            return " " * chance.randint(1, 3)
        blanks = "\n" * chance.randint(1, 2)
        return f"{' ' * chance.randint(0, 2)}{blanks}{' ' * chance.randint(0, 9)}"

    return _WORD.sub(other, text)


@pytest.mark.parametrize("seed", range(3))
def test_random_laws_keep_their_meaning(seed: int) -> None:
    """Whatever spaces a random law has, it says the same when it is laid out, and twice is once."""
    for name, text in make_trial(seed, 0, 3).texts.items():
        for fence in read_document(name, text).fences:
            messed = _messed(fence.fragment.text, seed)
            found = laid_out(Fragment(name, messed))
            assert found is not None
            assert _bare(found) == _bare(messed)
            declared = [repr(parse_fence(Fragment(name, each))) for each in (messed, found)]
            assert _PLACE.sub("", declared[0]) == _PLACE.sub("", declared[1])
            assert laid_out(Fragment(name, found)) == found
            assert all(line == line.rstrip() for line in found.split("\n"))


def test_a_messy_fence_is_put_in_order() -> None:
    """Indentation, spaces, strings of several lines, empty lines and comments, all in one."""
    messy = (
        '\n\nsort  Person   -- who\nsort Thing -- what\n\n\n  check  one for "C" at Host ,reject with E\n'
        '\t"a phrase of\nseveral lines"   \n requires f ( sender ,x )and act in{ A,B }\n'
        '       inference "why"\nreading r "s" because "b"\nin one, "a" means true\n   -- the end'
    )
    assert laid_out(Fragment("page.md", messy)) == (
        "sort Person  -- who\nsort Thing   -- what\n\n"
        'check one for "C" at Host, reject with E\n'
        '    "a phrase of\n     several lines"\n'
        "    requires f(sender, x) and act in {A, B}\n"
        '        inference "why"\n'
        'reading r "s" because "b"\n'
        '    in one, "a" means true\n'
        "    -- the end\n"
    )


def test_prose_and_quotes_are_left_alone() -> None:
    """Only fences of rules are touched; two spaces at the end of a line of prose are a break."""
    text = (
        "Prose  with  spaces  \n\n> A  quote.\n>\n> — C, verbatim in S\n\n"
        "```python\nx  =  1\n```\n\n```redline\nsort  A\n```\n"
    )
    assert format_page("page.md", text).after == text.replace("sort  A", "sort A")


def test_a_fence_in_a_list_keeps_its_margin() -> None:
    """What stands in an item of a list stays in it."""
    text = "- an item:\n\n  ```redline\n  sort  A\n    sort B\n  ```\n"
    page = format_page("page.md", text)
    assert page.after == text.replace("sort  A", "sort A").replace("    sort B", "  sort B")


def test_one_broken_fence_leaves_the_page_alone() -> None:
    """A page is laid out as a whole or not at all, and all its mistakes are told."""
    text = "```redline\nsort  A\n```\n\n```redline\nsort\n```\n\n```redline\nsort sort sort\n```\n"
    page = format_page("page.md", text)
    assert not page.changed
    assert [each.span.line for each in page.diagnostics if each.span is not None] == [6, 10]
    with pytest.raises(SpecError):
        format_edits("page.md", text)


def test_edits_are_of_fences_that_change() -> None:
    """An editor is told to replace the lines of one fence, and no others."""
    (text,) = [each for name, each in starter().items() if name.endswith("rules.md")]
    messy = text.replace("    read(change) becomes false", " read(change)   becomes false")
    (edit,) = format_edits("rules.md", messy)
    lines = messy.split("\n")
    assert lines[edit.span.line - 2] == "```redline"
    assert lines[edit.span.end_line - 1] == "```"
    assert "    read(change) becomes false" in edit.text
