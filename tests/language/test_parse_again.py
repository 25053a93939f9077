"""Fences that are read after an edit are what a fresh reading makes of them, mistakes and places included."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from checker.language.diagnostics import NOWHERE, Diagnostic, SpecError
from checker.language.document import read_document
from checker.language.lexer import Fragment, Lexeme
from checker.language.moved import moved
from checker.language.parse import parse_fence
from checker.language.parse_again import Declarations, begins
from checker.language.syntax import Name
from tests.support.places import PERMITS, ROOT

WORDS = (
    *("sort", "enum", "by", "version", "ever", "at least", "in", "is", "and", "not", "when", "inference"),
    *('"', '"a string"', "(", ")", "--", ":", ",", "Kind", "1.1", "within", "30 days", "as of", "\n", "    "),
)
LAW = """-- Three sorts.
sort User
sort Thing  -- of all kinds
enum Kind: Rare, Common, Odd
state holder(Thing): optional User

axiom some "Somebody has
something." because "so":
    for every t: Thing: holder(t) is present
version now "the law"
modification Later "what comes"
by Later insert after some:
axiom more "More." because "so":
    for every t: Thing: true
version later "the law to come"
    is now with Later
"""


def _fences(*pages: Path) -> list[Fragment]:
    texts = {str(each): each.read_text(encoding="utf-8") for each in pages}
    return [fence.fragment for file, text in texts.items() for fence in read_document(file, text).fences]


def _edit(text: str, by: random.Random) -> str:
    """The text as somebody might leave it: words come and go, lines come, go, or are moved."""
    lines = text.split("\n")
    at, other = by.randrange(len(lines)), by.randrange(len(lines))
    match by.randrange(7):
        case 0:
            lines.insert(at, by.choice(("", "-- said", "sort More", lines[other])))
        case 1:
            del lines[at]
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = lines[at].lstrip() if by.random() < 0.5 else f"  {lines[at]}"
        case 4:
            words = re.split(r"(\s+)", lines[at])
            words[by.randrange(len(words))] = by.choice(WORDS)
            lines[at] = "".join(words)
        case 5:
            place = by.randrange(len(lines[at]) + 1)
            lines[at] = f"{lines[at][:place]}{by.choice(WORDS)}{lines[at][place:]}"
        case _:
            lines[at : at + by.randrange(4)] = lines[other : other + by.randrange(4)]
    return "\n".join(lines)


def _read(known: Declarations | None, fragment: Fragment) -> object:
    try:
        return parse_fence(fragment) if known is None else known.of_fence(fragment)
    except SpecError as wrong:
        return wrong.diagnostics


def _typed(known: Declarations, fragment: Fragment, edits: int, seed: int) -> Iterator[object]:
    """Edit a fence again and again; after a mistake, mostly go back. Yield what each is read as."""
    by, good = random.Random(seed), fragment
    for _ in range(edits):
        text, line = _edit(fragment.text, by), max(1, fragment.line + by.choice((0, 0, 1, -1, 7)))
        fragment = replace(fragment, text=text, line=line)
        fresh, found = _read(None, fragment), _read(known, fragment)
        assert found == fresh, text
        assert repr(found) == repr(fresh), text
        yield found
        if not _wrong(found):
            good = fragment
        elif by.random() < 0.7:
            fragment = good


def _wrong(found: object) -> bool:
    return isinstance(found, tuple) and any(isinstance(each, Diagnostic) for each in found)


def test_edited_fences_are_read_as_fresh_ones() -> None:
    """Of small laws, through good texts and bad ones."""
    known = Declarations()
    pages = _fences(PERMITS / "spec" / "permits.md")
    fences = [Fragment("law.md", LAW, 12), max(pages, key=lambda each: len(each.text))]
    found = [each for at, fence in enumerate(fences) for each in _typed(known, fence, 40, at)]
    assert 15 < sum(map(_wrong, found)) < 65


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_edited_fences_of_the_law_are_read_as_fresh_ones(seed: int) -> None:
    """Of all pages of the law that comes with redline."""
    known = Declarations()
    fences = _fences(*sorted((ROOT / "spec").rglob("*.md")), *sorted((ROOT / "properties").rglob("*.md")))
    by = random.Random(seed)
    for fence in by.sample(fences, 12):
        assert list(_typed(known, fence, 25, by.randrange(10_000)))


def test_only_what_was_edited_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the other declarations, only their places are others."""
    known = Declarations()
    known.of_fence(Fragment("law.md", LAW))
    read: list[str] = []

    def reading(stack: list[object], word: Lexeme) -> bool:
        read.append(str(word))
        return begins(stack, word)

    monkeypatch.setattr("checker.language.parse_again.begins", reading)
    edited = LAW.replace("Odd", "Odd, Even").replace("sort User", "\nsort User")
    assert known.of_fence(Fragment("law.md", edited)) == parse_fence(Fragment("law.md", edited))
    assert read == ["sort", "state"]  # what stands behind the first piece, and behind that of the enum


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("sort A\nby B\nstrike c\n", "sort A\nby B\nstrikes c\n", 0),
        ('version a "A"\nversion b "B"\n', 'version a "A"\nis b with C\nversion b "B"\n', 2),
        ('version a "A"\nis b with C\n', 'version a "A"\nsort User\n', 2),
        ("enum Kind: Rare\nsort User\n", "enum Kind: Rare\n, Common\nsort User\n", 2),
        ('axiom a "so" because "yes": true\n', 'axiom a "so" because "yes": true\nand false\n', 1),
    ],
)
def test_a_declaration_ends_where_the_words_behind_it_say(before: str, after: str, count: int) -> None:
    """What stood alone goes on once other words follow, and the other way round."""
    known = Declarations()
    _read(known, Fragment("law.md", before))
    fragment = Fragment("law.md", after)
    fresh = _read(None, fragment)
    assert _read(known, fragment) == fresh
    assert isinstance(fresh, tuple)
    assert _wrong(fresh) if not count else len(fresh) == count


def test_what_is_moved_keeps_what_it_shares() -> None:
    """One object stays one; nothing is moved by no lines; the place of what nobody wrote is none."""
    name = Name("a", replace(NOWHERE, file="law.md"))
    first, second = moved((name, name), 3)
    assert first is second
    assert (first.span.line, first.span.end_line, first.span.column) == (4, 4, 1)
    assert moved(name, 0) is name
    assert moved(Name("a", NOWHERE), 3).span is NOWHERE
    with pytest.raises(TypeError):
        moved(object(), 1)


def test_everything_with_a_place_is_moved() -> None:
    """Every span of every declaration of the permits is another then, and comes back."""
    (*found,) = (each for part in _fences(PERMITS / "spec" / "permits.md") for each in parse_fence(part))
    down = moved(tuple(found), 1_000)
    assert moved(down, -1_000) == tuple(found)
    assert all(line > 1_000 for line in _lines(down))


def _lines(thing: object) -> Iterator[int]:
    if isinstance(thing, tuple):
        for each in thing:
            yield from _lines(each)
    elif is_dataclass(thing):
        for each in fields(thing):
            value = getattr(thing, each.name)
            if each.name in ("line", "end_line"):
                yield value
            else:
                yield from _lines(value)
