"""The law of `redline init` as an editor sees it, and marks for places in a text."""

from __future__ import annotations

from functools import cache

from checker.editor.index import Index, index_of
from checker.editor.pages import read_pages
from tests.support.places import ROOT

RULES = "spec/rules.md"
PROPOSAL = "spec/proposal.md"
CLAIMS = "properties/claims.md"
MARK = "¦"
"""Stands where the pointer is, in a text of a test."""


@cache
def starter() -> dict[str, str]:
    """The pages of the small law, by name."""
    folder = ROOT / "checker" / "starter"
    return {name: (folder / name).read_text(encoding="utf-8") for name in (RULES, PROPOSAL, CLAIMS)}


def index(**pages: str) -> Index:
    """The names of the small law with other texts for some pages: `rules`, `proposal` and `claims`."""
    names = {"rules": RULES, "proposal": PROPOSAL, "claims": CLAIMS}
    return index_of(read_pages({**starter(), **{names[each]: text for each, text in pages.items()}}, {}))


def place(text: str, words: str, inner: str = "", number: int = 1) -> tuple[int, int]:
    """The line and column, from 1, of `inner` in the first place that has the words (or a later one)."""
    at = -1
    for _ in range(number):
        at = text.index(words, at + 1)
    at += words.index(inner) if inner else 0
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def marked(text: str) -> tuple[str, int, int]:
    """A text without its mark, and where that stood."""
    at = text.index(MARK)
    return text.replace(MARK, ""), text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
