"""Editors know every word of the language: what it means, how it is coloured, and where it can come next."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pytest

from checker.editor.built_in import is_language, meaning_at
from checker.editor.completion import COUNTED, completions
from checker.editor.format_pages import format_page
from checker.editor.hover import hover
from checker.editor.index import Index, index_of
from checker.editor.language_words import MEANINGS
from checker.editor.pages import Page, read_pages
from checker.editor.tokens import tokens
from checker.language.diagnostics import SpecError
from checker.language.lexer import Lexeme
from checker.regime.load import load_texts
from tests.support.edited_law import MARK, marked
from tests.support.language_words import language_words, pattern_words, terminals
from tests.support.places import ROOT

PLACE: Final = "tests/editor/every-word.md"
_DUE: Final = """
```redline
sort User
state due(User): date
request "{sender} asks"
    sender: User
version one
component Desk
route Desk
axiom late "It is late." because "it is": for every u: User: today no later than due(u) plus 5 days
```
"""
UNITS: Final = ("day", "working day", "week", "month", "year")


@cache
def _index() -> Index:
    return index_of(read_pages({PLACE: (ROOT / PLACE).read_text(encoding="utf-8")}, {}))


def _page() -> Page:
    return _index().pages[PLACE]


def _words() -> list[Lexeme]:
    return [each for fence in _page().fences for each in fence.read.words]


def test_the_page_has_every_word() -> None:
    """The grammar has no word that the page lacks; whoever adds one puts it there, and it is held below."""
    assert all(fence.read.whole for fence in _page().fences)
    spelt = {name for name, each in terminals().items() if any(map(str.isalpha, each.pattern.value))}
    assert spelt - {each.type for each in _words()} == set()


def test_every_word_is_told() -> None:
    """The rows have all words of the grammar and no others; on the page, each is told where it stands."""
    rows = {part for each in MEANINGS.values() for row in each for part in row.split()}
    units = pattern_words(terminals()["PERIOD"].pattern.value)  # which are told as a period, and are no rows
    assert rows - {"n"} == language_words() - (units - rows)
    for word in _words():
        if is_language(word):
            assert meaning_at(_page(), word.span.line, word.span.column) is not None, (word, word.span)


def test_every_word_is_coloured() -> None:
    """No word is left out; those of the language are key words or operators, and numerals are numbers."""
    coloured = {each.span: each.type for each in tokens(_index(), _page())}
    for word in _words():
        if word[0].isalnum():
            assert word.span in coloured, (word, word.span)
        if is_language(word):
            assert coloured[word.span] in ("keyword", "operator"), (word, word.span)
        if word.type in ("DAY", "PERIOD"):
            assert coloured[word.span] == "number"


def test_every_word_is_offered_where_it_stands() -> None:
    """With the first letter of a word of the language typed, or of its last part, the word is offered."""
    seen: set[str] = set()
    for word in _words():
        if is_language(word) and word.type not in seen:
            seen.add(word.type)
            found = completions(_index(), PLACE, word.span.line, word.span.column)
            offered = {each.text.split()[0]: each.words for each in found if each.kind is None}
            assert word.split()[0] in offered, (word, word.span)
            known = set(offered) - {each.split()[0] for words in COUNTED.values() for each in words}
            assert [each for each in known if not offered[each]] == [], word
    assert len(seen) == len({each.type for each in _words() if is_language(each)})


def test_every_unit_is_offered_behind_a_number() -> None:
    """The units of the grammar, in one and in several, are offered unless the language refuses them still."""
    pattern = terminals()["PERIOD"].pattern.value
    assert pattern_words(pattern) == {part for each in UNITS for part in f"{each}s".split()}
    for unit in UNITS:
        for number, written in ((1, unit), (5, f"{unit}s")):
            assert re.fullmatch(pattern, f"{number} {written}")
            text, line, column = marked(_DUE.replace("5 days", f"{number} {MARK}{written}"))
            found = completions(index_of(read_pages({PLACE: text}, {})), PLACE, line, column)
            assert (written in {each.text for each in found}) is _said(text), written


def _said(page: str) -> bool:
    """Whether the language has the unit that the page uses."""
    try:
        load_texts({"law.md": page}, {})
    except SpecError as wrong:
        return "no-period" not in {each.code for each in wrong.diagnostics}
    return True


def test_the_page_is_laid_out() -> None:
    """`redline fmt` knows all forms: it leaves the page as it is, but for a line that is further in."""
    text = (ROOT / PLACE).read_text(encoding="utf-8")
    assert format_page(PLACE, text).after == text


@pytest.mark.parametrize(
    ("line", "word", "told"),
    [
        ("at least two u: User", "at least two", "or more"),
        ("fee(s) at least 70.50", "at least", "the same or more"),
        ("from table services: value", "from table", "the values stand"),
        ('from "R 1"', "from", "where the sentence comes from"),
        ("exactly these requests r change", "change", "decided differently"),
        ("always, if true, then possibly next", "next", "one step"),
        ("possibly true by requests", "possibly", "some story"),
        ('limb "R 2(a)" of "R 2"', "of", "stands under"),
        ("by requests of anybody but Bank", "of", "all other senders"),
        ("reject without a published code", "a", "no code is published"),
        ("version new is old with CHANGE", "with", "modifications"),
    ],
)
def test_a_word_is_told_by_what_it_stands_with(line: str, word: str, told: str) -> None:
    """One word has several meanings: the words around it and the declaration say which."""
    text = "\n".join(_page().lines)
    inside = re.search(rf"(?<!\w){word}(?!\w)", line)
    assert inside is not None
    at = text.index(line) + inside.start()
    found = hover(_index(), PLACE, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    assert found is not None
    assert told in found.text
