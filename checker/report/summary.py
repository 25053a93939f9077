"""What a run amounts to: which results are as expected, how to sort them, and the exit code."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from checker.exits import AS_EXPECTED, GATE_FAILED, NO_ANSWER, NOT_AS_EXPECTED, exit_code
from checker.model.claim import Claim, Column
from checker.prove.left_out import LeftOut
from checker.question.verdict import Result

if TYPE_CHECKING:  # they load the engines, and most of what is here does not need them
    from checker.prove.assumptions import Assumptions
    from checker.prove.deciding_rules import Rule


class Asked(Protocol):
    """A claim in a column: a job, or its result. `by`: the clause that a refutation is asked of, if any."""

    @property
    def claim(self) -> Claim: ...
    @property
    def column(self) -> Column: ...
    @property
    def by(self) -> str | None: ...


A = TypeVar("A", bound=Asked)


def result_code(result: Result) -> int:
    """Return what one result would exit with. Under facts that somebody pinned, any verdict is an answer."""
    if result.verdict in ("unknown", "bounded"):
        return NO_ANSWER
    if result.claim.pinned:
        return AS_EXPECTED
    if not result.as_expected:
        return NOT_AS_EXPECTED
    if result.unwitnessed:
        return NO_ANSWER
    return GATE_FAILED if result.vacuous else AS_EXPECTED


def is_need(result: Result) -> bool:
    """Whether the result shows that a supposition is needed, rather than a verdict for its own sake."""
    return any(
        result.column == replace(each.column, without=(*each.column.without, each.supposition))
        for each in result.claim.needs
    )


def is_main(column: Column) -> bool:
    """Whether it is a version or deployment as it stands."""
    return not column.readings and not column.without


def in_order(asked: Sequence[A]) -> tuple[A, ...]:
    """Sort by claim number, then main columns before others, then as they are written in the claim."""
    return tuple(sorted(asked, key=_sort_key))


def _sort_key(asked: Asked) -> tuple[tuple[int, str, str], bool, int, str, str]:
    written = [each.column for each in asked.claim.expectations]
    at = written.index(asked.column) if asked.column in written else len(written)
    key = claim_key(asked.claim)
    return key, not is_main(asked.column), at, str(asked.column), asked.by or ""


def claim_key(claim: Claim) -> tuple[int, str, str]:
    """Sort 2 before 11, and 13 before 13a."""
    found = re.match(r"\d+", claim.number)
    return (int(found[0]) if found else 0, claim.number, claim.name)


def by_claim(results: Sequence[A]) -> Mapping[str, tuple[A, ...]]:
    """Group sorted results by claim name."""
    grouped: dict[str, tuple[A, ...]] = {}
    for each in in_order(results):
        grouped[each.claim.name] = (*grouped.get(each.claim.name, ()), each)
    return grouped


Option: TypeAlias = tuple[str, Iterable[str]]
"""An option of a command, with all its values."""


def repeat(words: Iterable[str], options: Iterable[Option], more: Iterable[str] = ()) -> str:
    """Return a command of redline as it is typed in a shell; an option stands before each of its values."""
    given = (part for name, values in options for value in values for part in (name, value))
    return shlex.join(("redline", *words, *given, *more))


@dataclass(frozen=True, slots=True)
class IdleRule:
    """A check or an exemption that decides no request by itself. `never`: not even together with others."""

    rule: Rule
    never: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its results, the command that repeats it, and how long it took in seconds. `idle`: the rules
    without an effect of their own, of the versions that were asked about. `assumptions`: what the proofs
    suppose, if that was asked. `left_out`: the claims and columns that were not asked. `compared`: the
    columns that were asked for, by name. `pinned`: what claims come to under facts that somebody pinned.
    """

    results: tuple[Result, ...]
    repeat: str
    seconds: float
    idle: tuple[IdleRule, ...] = ()
    assumptions: tuple[Assumptions, ...] | None = None
    left_out: tuple[LeftOut, ...] = ()
    compared: tuple[Column, ...] = ()
    pinned: tuple[Result, ...] = ()

    @property
    def code(self) -> int:
        gates = (GATE_FAILED for each in self.idle if each.never)
        unsure = (NO_ANSWER for each in self.assumptions or () if each.undecided)
        return exit_code((*map(result_code, (*self.results, *self.pinned)), *gates, *unsure))
