"""What a window shows, as HTML: the report's own templates, with links that lead into the editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from checker.html.ask import filled
from checker.html.contents import Contents
from checker.html.verdicts import ToldResult, told_claims
from checker.interface.loaded_law import LoadedLaw
from checker.results.proofs import Proofs
from checker.results.redlined import RedlinedLaw
from checker.rooms.cover.answer import Edits
from checker.rooms.diff.answer import Differences
from checker.story.case_note import QuoteNote
from checker.workbench.standings import Standings

PLACE: Final = "#at="
"""Begins the address of a place in a page: `#at=FILE:LINE`."""


@dataclass(frozen=True)
class Linked(Contents):
    """Contents of which words lead to where they are written."""

    def meaning_of(self, quote: QuoteNote) -> str:
        """The place of the words."""
        return PLACE + quote.place

    def place_link(self, place: str) -> str:
        """A place, to go to."""
        return PLACE + place


def verdicts_html(law: LoadedLaw, standings: Standings, title: str) -> str:
    """Return the claims with their verdicts."""
    contents = Linked(law, "", title, "")
    return filled("workbench-claims.html.jinja", contents, rows=standings.rows(), columns=standings.columns)


def told_result(law: LoadedLaw, proofs: Proofs, column: str, by: str | None) -> ToldResult | None:
    """Return what was found of the only claim of an answer in a column; None if it was not asked there."""
    for claim in told_claims(proofs, law.regime):
        for each in claim.results:
            if each.verdict.column.text == column and each.verdict.by == by:
                return each
    return None


def story_html(law: LoadedLaw, proofs: Proofs, column: str, by: str | None, before: str) -> str:
    """Return a verdict with its story. `before`: the verdict in the saved law, empty if it is not known."""
    contents = Linked(law, "", "", "", proofs=proofs)
    claim = next(iter(contents.claims), None)
    found = told_result(law, proofs, column, by)
    return filled("workbench-story.html.jinja", contents, claim=claim, told=found, before=before)


def effect_html(
    law: LoadedLaw,
    words: str,
    note: str = "",
    differences: Differences | None = None,
    edits: Edits | None = None,
) -> str:
    """Return what an edit does, as far as that is known. `words`: how a modification says it."""
    contents = Linked(law, "", "", "", differences=differences, edits=edits)
    return filled("workbench-effect.html.jinja", contents, words=words, note=note)


def redlined_html(law: LoadedLaw, redlined: RedlinedLaw) -> str:
    """Return the law of a version, redlined."""
    return filled("workbench-law.html.jinja", Linked(law, "", "", "", redlined=redlined))
