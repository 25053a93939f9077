"""Results about the lending library, made by hand: what the engines would return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypedDict, Unpack

from checker.model.claim import Claim, ClaimVariable, Column, Expectation, Leads, Statement, Steps
from checker.model.evaluate import Rules, apply_event
from checker.model.expressions import And, Is, Not
from checker.model.situation import Instance, Step, Trace
from checker.question.verdict import Evidence, Obligation, Result, Strategy, VerdictName
from checker.story.given_names import name_things
from tests.support.lending_library import BOOK, GIVE, READER, RULES, SPAN, B, R, asks, lent, member, situation

OLD, NEW = Column("old"), Column("new")


class Library:
    """The lending library as a regime."""

    def rules(self, column: Column) -> Rules:
        first = {column.base: RULES[column.base]} if column.base in RULES else {}
        return {**first, **RULES}

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        return dict.fromkeys(situation().versions, column.base)

    def parse_column(self, text: str) -> Column:
        return Column(text)


class More(TypedDict, total=False):
    """What may be otherwise in a result that is made by hand."""

    claim: Claim
    verdict: VerdictName
    reason: str
    evidence: Evidence
    expected: Literal["proved", "refuted"] | None
    witness: Evidence | None
    vacuous: bool
    by: str | None
    explored: str


def claim(statement: Statement, name: str = "books-move", number: str = "1") -> Claim:
    return Claim(
        name=name,
        number=number,
        sentence="A book can always move on.",
        sources=("R 1",),
        variables=(ClaimVariable("b", BOOK), ClaimVariable("r", READER)),
        statement=statement,
        statement_text="always, if lent(b) is r, then possibly next lent(b) is absent",
        expectations=(Expectation("refuted", OLD, None, SPAN), Expectation("proved", NEW, None, SPAN)),
        span=SPAN,
    )


HELD = And((Is(lent(B), R), Not(member(R))))
MOVES = claim(Leads("next", HELD, Not(Is(lent(B), R)), Steps(senders=(lent(B),))))
PLANTED = Step("event", event="hand-over", arguments={"b": "novel", "r": "ann"})
START = situation()
AFTER = apply_event(RULES["old"], START, "hand-over", PLANTED.arguments)
NAMES = name_things(
    RULES["old"], (START,), [("Reader", "bo"), ("Reader", "ann"), ("Book", "atlas"), ("Book", "novel")]
)
"""What the readers and books are called that are there at the start."""


def stuck(column: Column = OLD, **more: Unpack[More]) -> Result:
    """A stranger holds a novel, and may not give it away."""
    made = Result(
        claim=MOVES,
        column=column,
        verdict="refuted",
        reason="",
        evidence=Evidence(
            trace=Trace((START, AFTER), (PLANTED,)),
            binding={"b": "novel", "r": "ann"},
            attempt=asks(sender="ann", action="Give", book="novel", heir="bo"),
            obligations=(Obligation("no-way-out", "unsatisfiable iff nobody can move the book"),),
        ),
        expected="refuted",
        seconds=0.25,
    )
    return replace(made, **more)


def proved(column: Column = NEW, **more: Unpack[More]) -> Result:
    made = Result(
        claim=MOVES,
        column=column,
        verdict="proved",
        reason="",
        evidence=Evidence(
            ways=(Strategy(1, "request", {"sender": lent(B), "action": GIVE, "book": B, "heir": None}),),
            obligations=(Obligation("a", ""), Obligation("b", "")),
        ),
        expected="proved",
        witness=Evidence(trace=Trace((START, AFTER), (PLANTED,)), binding={"b": "novel", "r": "ann"}),
        seconds=0.5,
    )
    return replace(made, **more)
