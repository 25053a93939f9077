"""Rows of a log, and whether the answers that they got are the law's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.model.expressions import Sort
from checker.model.model import Check

MALFORMED: Final = "malformed"
ACCEPTED: Final = "accepted"

Thing = tuple[Sort, str]
"""A thing, by its key."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the log: when, its answer, and the parameters that it carries. `also`: things on which its
    answer may turn besides those that it names, where checks go through things.
    """

    when: str
    answer: str | None
    request: Mapping[str, str]
    also: Sequence[Thing] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that the law answers alike and the log, too. `law`: `malformed`, `accepted`, or the component and
    the codes of the checks that fail there; `example`: one of them. `in_order`: their answer turns on what
    earlier requests changed.
    """

    column: str
    law: str
    answer: str | None
    in_order: bool
    rows: int
    example: Logged


def both(one: Group, other: Group) -> Group:
    """Rows of two pieces, with the earlier example."""
    example = min(one.example, other.example, key=lambda each: (each.when, sorted(each.request.items())))
    return replace(one, rows=one.rows + other.rows, example=example)


def answer_of(check: Check) -> str:
    """What a sender sees of a check that refuses: its code or, if none is published, its name."""
    return check.code or check.name


def agrees(law: str, answer: str | None, accepted: tuple[str, ...]) -> bool:
    """Whether the log's answer is one that the law gives."""
    if law in (ACCEPTED, MALFORMED):
        return (answer in accepted) == (law == ACCEPTED)
    return answer is not None and answer not in accepted and f" {answer};" in law
