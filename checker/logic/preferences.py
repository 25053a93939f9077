"""Of all answers to a question, one in which as many wishes as possible come true, the first ones first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    """That a term of an enum has a value that stands early in the order, where it is `present`."""

    term: Node
    order: tuple[str, ...]
    present: Node


Wish: TypeAlias = Holds | Early
_Tied: TypeAlias = tuple[Node, Node]
"""A switch, and the formula that holds if it is on."""


class Preferring:
    """Answers to one question, of which the last is the best so far."""

    def __init__(self, terms: Terms, switched: Switched) -> None:
        self._terms = terms
        self._switched = switched
        self._count = 0

    @classmethod
    def of(cls, solver: Solver, formulas: Sequence[Node]) -> Preferring | None:
        """Formulas that hold in every answer; None if the solver finds none, or none that can be bettered."""
        answered = solver.answered(formulas)
        return None if answered is None else cls(solver.terms, Switched(solver, answered))

    @property
    def answer(self) -> Satisfied:
        """The best answer so far."""
        return self._switched.answer()

    def holds(self, formula: Node) -> bool:
        """Whether it is known to hold in that answer."""
        return self._switched.holds(formula)

    def grant(self, wishes: Iterable[Wish]) -> None:
        """Let wishes come true, in their order: all that are left, or else those before one that cannot come
        true with them. What was granted stays so.
        """
        wanted = [(each, self._tie(self._best(each))) for each in dict.fromkeys(wishes)]
        if not self._switched.more([self._said(tied) for _, tied in wanted]):
            return
        switches = [tied for _, tied in wanted]
        place = {switch: number for number, (switch, _) in enumerate(switches)}
        done = 0
        at_odds: list[frozenset[Node]] = []  # of the switches, such as cannot all be on
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
        return self._terms.implies(early.present, self._terms.member(early.term, values))

    def _otherwise(self, wish: Wish) -> None:
        """The best that there can be of a wish that cannot come true: of an order, the earliest value, found
        by asking whether there is any before the one in the answer; and then, in the first half of those
        before, and so on.
        """
        order = wish.order[1:] if isinstance(wish, Early) else ()
        tried = order
        while isinstance(wish, Early) and self.holds(wish.present):
            now = self._switched.value(wish.term)
            before = order[: order.index(now)]
            if not before:
                self._switched.add(self._among(wish, (now,)))
                return
            tried = before if tried is order else before[: (len(before) + 1) // 2]
            tied = self._tie(self._among(wish, tried))
            self._switched.add(self._said(tied))
            if self._switched.refuted((tied,)) is not None:
                order = order[len(tried) :]
