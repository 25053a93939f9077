"""Finds an answer that fulfils as many wishes as possible, the first ones first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, assert_never

from checker.logic.further_questions import Switched
from checker.logic.node import Node
from checker.logic.solver import Satisfied, Solver
from checker.logic.terms import Terms
from checker.model.expressions import FACT


@dataclass(frozen=True, slots=True)
class Holds:
    """That a formula holds."""

    formula: Node


@dataclass(frozen=True, slots=True)
class Early:
    """That a term of an enum or a quantity, where it is `present`, has a value that is early in the order; a
    number need not be one of the order.
    """

    term: Node
    order: tuple[str, ...]
    present: Node


Wish: TypeAlias = Holds | Early
_Tied: TypeAlias = tuple[Node, Node]
"""A switch, and the formula that holds if it is on."""


class Preferring:
    """Answers to one question, each better than the one before."""

    def __init__(self, terms: Terms, switched: Switched) -> None:
        self._terms = terms
        self._switched = switched
        self._count = 0

    @classmethod
    def of(cls, solver: Solver, formulas: Sequence[Node]) -> Preferring | None:
        """Begin with formulas that every answer satisfies; None if none is found that can be improved."""
        answered = solver.answered(formulas)
        return None if answered is None else cls(solver.terms, Switched(solver, answered))

    @property
    def answer(self) -> Satisfied:
        """The best answer so far."""
        return self._switched.answer()

    def holds(self, formula: Node) -> bool:
        """Whether the formula is known to hold in that answer."""
        return self._switched.holds(formula)

    def chosen(self, wishes: Iterable[Wish]) -> dict[Node, Node]:
        """The value that each term of an enum has that was wished to be early. Once such a wish was dealt
        with, granted or not, that is its value in all later answers.
        """
        terms, early = self._terms, (each for each in wishes if isinstance(each, Early))
        found = (each.term for each in early if each.present is terms.true and each.term.sort.is_enum)
        return {each: terms.value(self._switched.value(each), each.sort) for each in found}

    def grant(self, wishes: Iterable[Wish]) -> None:
        """Fulfil the wishes in their order, and skip those that cannot hold with the ones before. What
        was granted stays granted.
        """
        wanted = [(each, self._tie(self._best(each))) for each in dict.fromkeys(wishes)]
        if not self._switched.more([self._said(tied) for _, tied in wanted]):
            return
        switches = [tied for _, tied in wanted]
        place = {switch: number for number, (switch, _) in enumerate(switches)}
        done = 0
        at_odds: list[frozenset[Node]] = []  # sets of switches that cannot all be on
        while done < len(switches):
            end = min((max(place[each] for each in odd) for odd in at_odds), default=len(switches))
            refuted = self._switched.refuted(switches[done:end])
            if refuted is not None:
                at_odds.append(refuted or frozenset((switches[done][0],)))
                continue
            self._switched.keep(switches[done:end])
            if end < len(switches):
                self._otherwise(wanted[end][0])
                at_odds = [each for each in at_odds if switches[end][0] not in each]
            done = end + 1

    def _best(self, wish: Wish) -> Node:
        match wish:
            case Holds(formula=formula):
                return formula
            case Early(order=order):
                return self._among(wish, order[:1])
            case _:
                assert_never(wish)

    def _tie(self, formula: Node) -> _Tied:
        self._count += 1
        return self._terms.symbol(f"wish {self._count}", FACT), formula

    def _said(self, tied: _Tied) -> Node:
        return self._terms.implies(*tied)

    def _among(self, early: Early, values: Sequence[str]) -> Node:
        terms, term = self._terms, early.term
        if term.sort.is_quantity and len(values) > 1 and _one_by_one(values):
            least, most = (terms.value(each, term.sort) for each in (values[0], values[-1]))
            return terms.implies(early.present, terms.between(least, term, most))
        if term.sort.is_quantity:
            ways = (terms.equal(term, terms.value(each, term.sort)) for each in values)
            return terms.implies(early.present, terms.or_(*ways))
        return terms.implies(early.present, terms.member(term, values))

    def _otherwise(self, wish: Wish) -> None:
        """Fulfil as much as possible of a wish that cannot be granted: of an order, the earliest value. It is
        found by asking for any value before the one in the answer, then for one in the first half of those
        before, and so on.
        """
        order = wish.order[1:] if isinstance(wish, Early) else ()
        tried = order
        while isinstance(wish, Early) and self.holds(wish.present):
            now = self._switched.value(wish.term)
            before = order[: order.index(now)] if now in order else order
            if not before and now not in order:
                return
            if not before:
                self._switched.add(self._among(wish, (now,)))
                return
            tried = before if tried is order else before[: (len(before) + 1) // 2]
            tied = self._tie(self._among(wish, tried))
            self._switched.add(self._said(tied))
            if self._switched.refuted((tied,)) is not None:
                order = order[len(tried) :]


def _one_by_one(values: Sequence[str]) -> bool:
    """Whether each of the numbers is one more than the one before."""
    return all(int(later) == int(each) + 1 for each, later in pairwise(values))
