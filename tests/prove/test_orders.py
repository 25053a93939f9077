"""Enums in order: every comparison against one worked out by hand, in the meaning and in proofs."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import pytest

from checker.model.environment import Environment
from checker.model.evaluate import holds
from checker.model.expressions import How, Ordered
from checker.model.orders import as_bound, as_members, bounded, in_words, order_of
from checker.model.situation import Situation
from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.regime import Regime
from tests.support.load import load

ORDERS: Final[dict[str, Callable[[int, int], bool]]] = {
    "at least": operator.ge,
    "at most": operator.le,
    "more than": operator.gt,
    "less than": operator.lt,
}
RIGHTS: Final = ("None", "Read", "Write", "Admin")
STEPS: Final = ("", " plus 1", " plus 3", " minus 1", " minus 2", " minus 9", " plus 0")
LAW: Final = """
enum Right: None, Read, Write, Admin in order
sort User
state one: optional Right
state other: optional Right
request "{sender} asks"
    sender: User
component Drive
route Drive
version v "v"
start inference "x": true
"""


def _defined() -> str:
    """A definition for every comparison of the two functions, and of one with every value."""
    lines = [
        f"define c{at}-{number} means one {how} other{steps}"
        for at, how in enumerate(ORDERS)
        for number, steps in enumerate(STEPS)
    ]
    lines += [
        f"define v{at}-{right} means one {how} {right}"
        for at, how in enumerate(ORDERS)
        for right in RIGHTS
        if any(ORDERS[how](each, RIGHTS.index(right)) for each in range(4))
    ]
    return "\n".join(lines)


def _so(how: str, left: str | None, right: str | None, steps: str = "") -> bool:
    """Whether it is so, by hand."""
    if left is None or right is None:
        return False
    word, _, number = steps.strip().partition(" ")
    moved = {"plus": 1, "minus": -1, "": 0}[word] * int(number or 0)
    return ORDERS[how](RIGHTS.index(left), RIGHTS.index(right) + moved)


@cache
def _law() -> Regime:
    return load(LAW + _defined(), "")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A definition, its body, and what it says: how a function compares with so many steps from a value, or
    from that of the other function if none is written.
    """

    name: str
    body: Ordered
    how: str
    steps: str
    value: str | None

    def wanted(self, one: str | None, other: str | None) -> bool:
        """What it comes to for the values of the two functions, worked out by hand."""
        return _so(self.how, one, self.value or other, self.steps)


def _comparisons() -> list[_Comparison]:
    found = []
    for name, defined in _law().model(_law().parse_column("v")).definitions.items():
        at, _, which = name[1:].partition("-")
        assert isinstance(defined.body, Ordered)
        steps, value = (STEPS[int(which)], None) if name[0] == "c" else ("", which)
        found.append(_Comparison(name, defined.body, list(ORDERS)[int(at)], steps, value))
    return found


def _body(name: str) -> Ordered:
    return next(each.body for each in _comparisons() if each.name == name)


def test_every_comparison_means_what_places_say() -> None:
    """Of all values, and where one is absent: by the meaning, and where it is said without an order."""
    model = _law().model(_law().parse_column("v"))
    values = (None, *RIGHTS)
    for each in _comparisons():
        for one, other in itertools.product(values, values):
            known = {("one", ()): one, ("other", ()): other}
            there: dict[tuple[str, tuple[str, ...]], str | bool] = {k: v for k, v in known.items() if v}
            env = Environment(model, Situation({}, there, {}))
            wanted = each.wanted(one, other)
            assert holds(each.body, env) is wanted, (each.name, one, other)
            assert holds(as_members(each.body), env) is wanted, (each.name, one, other)


def test_every_comparison_is_encoded_so() -> None:
    """It is proved to be what is spelt out by hand, pair by pair, in one claim for all of them."""
    parts = []
    for each in _comparisons():
        pairs = [f"(one is {a} and other is {b})" for a in RIGHTS for b in RIGHTS if each.wanted(a, b)] or [
            "false"
        ]
        if each.value is not None:
            pairs = [f"one is {a}" for a in RIGHTS if each.wanted(a, None)]
        parts.append(f"({each.name} iff ({' or '.join(pairs)}))")
    claim = f'claim 1 a "A."\n    from "1"\n    always {" and ".join(parts)}\n    expect proved in v\n'
    regime = load(LAW + _defined(), claim)
    (job,) = jobs_for(regime.claims)
    assert Prover(regime, budget=60).decide(job).verdict == "proved"


def test_a_comparison_reads_back_as_it_was_written() -> None:
    """With its steps, and with what it bounds."""
    assert unparse(_body("c0-3")) == "one at least other minus 1"
    assert bounded(_body("c0-3")) is None
    high = _body("v0-Write")
    assert bounded(high) == (high.left, frozenset(("Write", "Admin")))


def test_what_reaches_an_end_is_a_bound() -> None:
    """Several values from one up, or from one down; no single value, none in the middle, and not all."""
    some = _body("v0-Write")
    sort = order_of(some)
    assert sort is not None
    assert as_bound(some.left, sort, ["Admin", "Write"]) == some
    low = as_bound(some.left, sort, iter(["Read", "None"]))
    assert low is not None
    assert unparse(low) == "one at most Read"
    others: tuple[tuple[str, ...], ...] = (("Admin",), ("Read", "Write"), RIGHTS, ())
    assert [as_bound(some.left, sort, each) for each in others] == [None] * 4


@pytest.mark.parametrize(
    ("how", "steps", "value", "words"),
    [
        ("at least", 0, True, "Write or above"),
        ("at most", 0, True, "Write or below"),
        ("more than", 0, True, "above Write"),
        ("less than", 0, False, "below Write"),
        ("at least", 0, False, "at least Write"),
        ("at least", -2, True, "at most two steps below Write"),
        ("at most", 1, False, "at most one step above Write"),
        ("more than", -1, False, "less than one step below Write"),
        ("at least", 12, False, "at least 12 steps above Write"),
    ],
)
def test_words_of_a_comparison(how: How, steps: int, *, value: bool, words: str) -> None:
    """One value is named, and what is above or below it; steps are counted from it."""
    assert in_words(how, "Write", steps=steps, value=value) == words
