"""Conditions that count the same things are said as one, and allow the same numbers as before."""

from __future__ import annotations

from itertools import product

import pytest

from checker.model.expressions import FACT, And, Apply, Counted, Formula, Not, Quantified, Sort, Variable
from checker.model.unparse import unparse
from checker.rooms.diff.counts import counted_together

PERSON = Sort("Person")
A, B = Variable("a", PERSON), Variable("b", PERSON)


def some(one: Variable) -> Formula:
    """Somebody is marked."""
    return Quantified(universal=False, variables=(one,), where=None, body=marked(one))


def marked(one: Variable) -> Formula:
    """The person is marked."""
    return Apply("marked", (one,), FACT)


COUNTS: tuple[Formula, ...] = (
    *(
        Counted(how, number, A, marked(A))
        for how in ("at least", "at most", "exactly")
        for number in (1, 2, 3)
    ),
    some(B),
)
EITHER = (*COUNTS, *map(Not, COUNTS))


def holds(formula: Formula, found: int) -> bool:
    """Whether it is true where so many are marked."""
    match formula:
        case Not(body=body):
            return not holds(body, found)
        case Counted():
            return formula.allows(found)
        case Quantified():
            return found > 0
        case _:
            raise AssertionError(formula)


def test_the_same_numbers_are_allowed() -> None:
    """Of all pairs of counts and their negations, for none to six things."""
    for pair in product(EITHER, repeat=2):
        together = counted_together(pair)
        for found in range(7):
            expected = all(holds(each, found) for each in pair)
            assert all(holds(each, found) for each in together) is expected, (pair, found)


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ((Counted("at least", 2, A, marked(A)), Counted("at most", 2, B, marked(B))), "exactly two a"),
        (
            (Counted("at least", 2, A, marked(A)), Not(Counted("exactly", 2, A, marked(A)))),
            "at least three a",
        ),
        ((some(B), Not(Counted("at least", 2, A, marked(A)))), "exactly one b"),
        ((Not(some(A)),), "not (for some a: Person: marked(a))"),
        ((Not(Counted("at most", 3, A, marked(A))),), "at least four a"),
    ],
)
def test_what_one_word_says_is_said_so(conditions: tuple[Formula, ...], said: str) -> None:
    """In the word that a drafter would use, whatever the things are called."""
    (one,) = counted_together(conditions)
    assert unparse(one).startswith(said)


def test_what_counts_other_things_stays() -> None:
    """Counts of other things, and what counts nothing, are left as they are."""
    other = Counted("at most", 2, A, And((marked(A), Not(marked(A)))))
    both = (Counted("at least", 2, A, marked(A)), other)
    assert counted_together(both) == both
