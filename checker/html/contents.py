"""What a page is made of: answers of one law, and what all of its sections share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from checker.html.anchors import Anchors
from checker.html.lattice_picture import Picture, picture_of
from checker.html.marked_words import MarkedLaw, Told, key_of, marked_law
from checker.html.verdicts import (
    ToldOfClaim,
    ToldResult,
    Turn,
    main_columns,
    other_columns,
    surprise,
    told_claims,
    turns,
    without_answer,
)
from checker.interface.installed import installed_version
from checker.interface.loaded_law import LoadedLaw
from checker.language.diagnostics import Span
from checker.regime.regime import Modification, Version
from checker.regime.tables_compared import ChangedTable
from checker.report.redlined_law import same_rows_text
from checker.results.parts import Verdict
from checker.results.proofs import IdleRule, Proofs
from checker.results.redlined import RedlinedLaw
from checker.results.register import OpenPoint, OpenPoints
from checker.rooms.cover.answer import Edits
from checker.rooms.diff.answer import Differences
from checker.rooms.rollout.answer import Mixtures
from checker.story.case_note import QuoteNote

_SECTIONS: Final = ("main", "front", "matrix", "differences", "law", "rollout", "claims", "cover", "register")
"""What templates name by themselves, and nothing else is called."""


@dataclass(frozen=True)
class Contents:
    """Answers of `law`; None for a section that the page does not have. `command` made the page."""

    law: LoadedLaw
    command: str
    title: str
    question: str
    proofs: Proofs | None = None
    redlined: RedlinedLaw | None = None
    differences: Differences | None = None
    mixtures: Mixtures | None = None
    register: OpenPoints | None = None
    edits: Edits | None = None

    @property
    def redline(self) -> str:
        """The version of redline."""
        return installed_version() or "not installed"

    @property
    def old(self) -> str:
        """The version that is compared with; empty if the page compares none."""
        if self.differences is not None:
            return self.differences.old.text
        against = None if self.redlined is None else self.redlined.against
        return "" if against is None else against.text

    @property
    def new(self) -> str:
        """The version that the page is about."""
        if self.differences is not None:
            return self.differences.new.text
        return "" if self.redlined is None else self.redlined.column.text

    @cached_property
    def versions(self) -> tuple[tuple[Version, tuple[Modification, ...], str], ...]:
        """The versions of the law, each with the modifications that it applies, and the day from which these
        are in force, as it is written; "" if they are on every day.
        """
        regime = self.law.regime
        return tuple(
            (
                each,
                tuple(
                    regime.modifications[name] for name in each.modifications if name in regime.modifications
                ),
                "" if each.day is None else self._written_at(each.day.span),
            )
            for each in regime.versions.values()
        )

    def _written_at(self, span: Span) -> str:
        """What stands at that place of a page of the law, on one line."""
        (text,) = (each.text for each in self.law.regime.documents if each.file == span.file)
        lines = text.split("\n")[span.line - 1 : span.end_line]
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return " ".join(" ".join(lines).split())

    @cached_property
    def claims(self) -> tuple[ToldOfClaim, ...]:
        return () if self.proofs is None else told_claims(self.proofs, self.law.regime)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the matrix."""
        return main_columns(self.claims, (self.old, self.new))

    @cached_property
    def other_columns(self) -> tuple[tuple[str, tuple[tuple[str, ToldResult], ...]], ...]:
        """The columns that the matrix does not show, with what was found there."""
        return other_columns(self.claims, self.columns)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The claims on which the two versions differ."""
        return tuple(turns(self.claims, self.old, self.new)) if self.old else ()

    @cached_property
    def surprises(self) -> tuple[Verdict, ...]:
        """What is not as it should be."""
        return () if self.proofs is None else tuple(each for each in self.proofs.results if surprise(each))

    @cached_property
    def never(self) -> tuple[IdleRule, ...]:
        """The checks and exemptions that decide no request."""
        return () if self.proofs is None else tuple(each for each in self.proofs.idle if each.never)

    @cached_property
    def unanswered(self) -> tuple[Verdict, ...]:
        """The verdicts, under facts that were pinned as well, that leave a question open."""
        verdicts = () if self.proofs is None else (*self.proofs.results, *self.proofs.pinned)
        return tuple(each for each in verdicts if without_answer(each))

    @cached_property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """The kinds of cases in which the two versions differ, each with how many there are."""
        cases = () if self.differences is None else self.differences.cases
        return tuple(Counter(each.kind for each in cases).items())

    @cached_property
    def turned(self) -> tuple[ToldOfClaim, ...]:
        """The claims on which the two versions differ, themselves."""
        return tuple(each.claim for each in self.turns)

    def surprise_of(self, verdict: Verdict) -> str:
        """Say what is not as it should be."""
        return surprise(verdict)

    def needing(self, supposition: str) -> tuple[str, ...]:
        """The numbers of the claims that were found refuted without a supposition that they say they need."""
        results = () if self.proofs is None else self.proofs.results
        needs = (each for each in results if each.need and supposition in each.column.without)
        return tuple(dict.fromkeys(each.claim.number for each in needs if each.verdict == "refuted"))

    def claim_link(self, claim: str, column: str) -> str:
        """Where the story of a claim in a column is told."""
        found = (one for each in self.claims if each.claim.number == claim for one in each.cell(column))
        return next((self.link("story", each.place) for each in found), self.link("claim", claim))

    @cached_property
    def placed(self) -> frozenset[int]:
        """The meanings whose words are marked in the text."""
        clauses = () if self.marked is None else self.marked.clauses
        return frozenset(one.number for each in clauses for one in each.stretches)

    @cached_property
    def marked(self) -> MarkedLaw | None:
        """The words of the law."""
        if self.redlined is None:
            return None
        return marked_law(self.redlined, () if self.proofs is None else self.proofs.results, self.edits)

    @cached_property
    def picture(self) -> Picture | None:
        return None if self.mixtures is None else picture_of(self.mixtures)

    def points(self, *kinds: str) -> tuple[OpenPoint, ...]:
        """The open points of some kinds."""
        every = () if self.register is None else self.register.points
        return tuple(each for each in every if each.kind in kinds)

    @cached_property
    def anchors(self) -> Anchors:
        """Where everything on the page stands."""
        return Anchors.of(self._things())

    def _things(self) -> Iterator[tuple[str, str]]:
        for name in _SECTIONS:
            yield name, ""
        for each in self.claims:
            yield "claim", each.claim.number
            yield from (("story", one.place) for one in each.results)
        for clause in () if self.marked is None else self.marked.clauses:
            yield "clause", str(clause.number)
        for table in () if self.redlined is None else self.redlined.tables:
            yield "table", table.name
        for told in self._meanings():
            yield from (("meaning", str(told.number)), ("words", str(told.number)))
        for point in () if self.register is None else self.register.points:
            yield "point", f"{point.kind} {point.name}"

    def _meanings(self) -> Iterator[Told]:
        if self.marked is None:
            return
        for clause in self.marked.clauses:
            for rule in (*clause.rules, *clause.before):
                yield from rule.meanings
        for rule in self.marked.inferred:
            yield from rule.meanings

    def link(self, kind: str, name: str) -> str:
        """Where a link to something leads; empty if it is not on the page."""
        return self.anchors.link(kind, name)

    def id(self, kind: str, name: str) -> str:
        """The id of something on the page."""
        return self.anchors.id(kind, name)

    def meaning_of(self, quote: QuoteNote) -> str:
        """Where the words that a story quotes stand on the page; empty if they do not."""
        number = None if self.marked is None else self.marked.numbers.get(key_of(quote))
        return "" if number is None else self.link("meaning", str(number))

    def same_rows(self, table: ChangedTable) -> str:
        """Say how many rows of a table are not changed."""
        return same_rows_text(table)

    def place_link(self, place: str) -> str:
        """Where a place in a file leads: nowhere, for the page stands by itself."""
        del place
        return ""

    @cached_property
    def obligations(self) -> int:
        """How many obligations were shown to have no counterexample."""
        results = () if self.proofs is None else self.proofs.results
        return sum(len(each.evidence.obligations) for each in results)

    @cached_property
    def replayed(self) -> int:
        """How many stories were replayed by the reference meaning of the law."""
        results = () if self.proofs is None else self.proofs.results
        return sum(each.verdict == "refuted" and each.evidence.trace is not None for each in results)
