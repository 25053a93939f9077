"""What stands over claims and clauses: the verdicts that were found, and what turned since the last save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.editor.index import Index
from checker.editor.standings import Standing, of_claim, of_clause
from checker.language import declarations as d
from checker.language.diagnostics import Span
from checker.model.claim import Column


@dataclass(frozen=True, slots=True)
class Lens:
    """A line over a declaration. `claim`: the name of the claim that it is about, and `column` one in which
    it has a story to tell; "" for clauses.
    """

    span: Span
    text: str
    claim: str = ""
    column: str = ""


def lenses(
    index: Index,
    file: str,
    standings: Sequence[Standing],
    turns: Mapping[str, Sequence[str]],
) -> Iterator[Lens]:
    """Yield the lines over the claims and clauses of a page. `turns`: by clause, the claims whose verdicts
    may turn on it; of a clause that is not there, nothing is known yet.
    """
    page = index.pages[file]
    by_claim: dict[str, list[Standing]] = {}
    for standing in standings:
        by_claim.setdefault(standing.claim, []).append(standing)
    for fence in page.fences:
        for extent in fence.read.extents:
            match extent.decl:
                case d.ClaimDecl():
                    name, columns = extent.decl.name.text, _columns(extent.decl)
                    found = by_claim.get(name, ())
                    yield Lens(extent.span, of_claim(found, columns), name, _telling(found))
                case d.CheckDecl() | d.ExceptionsDecl() | d.LimbDecl():
                    clause = extent.decl.clause
                    if clause is not None and clause.text in turns:
                        yield Lens(extent.span, of_clause(standings, turns[clause.text]))
                case _:
                    continue


def _columns(decl: d.ClaimDecl) -> list[str]:
    """The columns in which a verdict is expected, as reports name them."""
    return [
        str(
            Column(
                each.base.text,
                tuple(name.text for name in each.readings),
                tuple(name.text for name in each.without),
                each.staged,
            )
        )
        for expected in decl.expectations
        for each in expected.columns
    ]


def _telling(found: Sequence[Standing]) -> str:
    """The column whose story is worth telling first: what turned, what is odd, what is refuted, any."""
    ranked = sorted(found, key=lambda each: (not each.turned, not each.odd, each.verdict != "refuted"))
    return ranked[0].column if ranked else ""
