"""Whatever somebody has typed, an editor gets an answer: never an exception, and places that the page has."""

from __future__ import annotations

import random

import pytest

from checker.editor.actions import actions
from checker.editor.completion import completions
from checker.editor.edits import edited
from checker.editor.format_pages import format_page
from checker.editor.hover import hover
from checker.editor.index import Index, index_of
from checker.editor.lenses import lenses
from checker.editor.outline import folds, named_like, outline
from checker.editor.pages import Page, read_pages
from checker.editor.places import ends
from checker.editor.renaming import CannotRename, renamed
from checker.editor.tokens import tokens
from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.load import load_texts
from tests.hostile.edits import spoil
from tests.support.edited_law import CLAIMS, starter

PLACES = 4


def _mistakes(texts: dict[str, str]) -> tuple[Diagnostic, ...]:
    try:
        load_texts(texts)
    except SpecError as wrong:
        return wrong.diagnostics
    return ()


def _ask(index: Index, page: Page, texts: dict[str, str], chance: random.Random) -> None:
    """Ask everything that an editor could ask of a page."""
    assert all(each.span.line <= len(page.lines) for each in tokens(index, page))
    assert all(each.last <= len(page.lines) for each in folds(page))
    outline(page)
    list(lenses(index, page.file, (), {}))
    format_page(page.file, page.text)
    for name in index.occurrences.get(page.file, ()):
        first, last = ends(page, name.span)
        assert (first.line, first.character) <= (last.line, last.character)
    wrong = _mistakes(texts)
    for each in actions(index, page.file, (1, len(page.lines)), wrong, (), [CLAIMS]):
        edited(texts, each.edits)
    for _ in range(PLACES):
        line = chance.randint(1, len(page.lines))
        column = chance.randint(1, len(page.lines[line - 1]) + 1)
        hover(index, page.file, line, column)
        completions(index, page.file, line, column)
        try:
            edited(texts, renamed(index, page.file, line, column, "other"))
        except CannotRename:
            continue


def _typed(seed: int) -> None:
    """Spoil the small law, once and again, as it would be while somebody types."""
    chance = random.Random(seed)
    texts = dict(starter())
    pages: dict[str, Page] = {}
    for _ in range(2):
        texts = dict(spoil(texts, chance)[0])
        pages = read_pages(texts, pages)
        index = index_of(pages)
        named_like(index, "a")
        for page in pages.values():
            _ask(index, page, texts, chance)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_typed_is_answered(seed: int) -> None:
    """Pages that are spoilt in some place, and in a second one."""
    _typed(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 400))
def test_whatever_is_typed_at_length(seed: int) -> None:
    """The same, many times."""
    _typed(seed)
