"""Corrects a solver's answers where they get the calendar wrong.

If a period of months ends on a wrong day in an answer, the solver gets the exact ends of all periods that
begin in that month, and the question is asked again. So every answer that is used agrees with the calendar.
From time to time the question is asked of those months alone that were looked at: an answer in which all
periods begin in these is one of the calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product

import z3

from checker.logic.calendar import (
    KINDS,
    beside,
    bounded,
    ends,
    exactly,
    in_months,
    in_order,
    in_step,
    many_months,
    of_a_kind,
    parts,
    period_of,
    periods_of,
    root_and_chain,
)
from checker.logic.node import Node
from checker.logic.terms import Terms
from checker.logic.working_days import DaysReckoned
from checker.logic.working_days_roughly import DaysInOrder
from checker.logic.z3_calls import ASSERT, Ast, Values
from checker.model.expressions import FACT
from checker.model.months import Period, first_day, kinds, month_of, piece

ROUNDS = 100  # in which one question is asked again
AMONG_KNOWN = (0, 1, 3, 7, 15, 31, 63)  # rounds after which it is asked whether known months suffice
GAVE_UP = (
    f"each attempt turns on the length of yet another month, and {ROUNDS} were made; "
    "the claim can be decided for fewer years: say in `given` between which dates"
)


class Calendar:
    """What one solver has been told of months and working days. `months`: those that solvers of this
    problem were told of exactly, to which it adds. `roughly`: it serves the search alone, and need not know
    of working days when they are.
    """

    def __init__(
        self, terms: Terms, translated: Callable[[Node], Ast], months: set[int], *, roughly: bool = False
    ) -> None:
        self._terms = terms
        self._translated = translated
        self._months = months
        self._ends: list[Node] = []
        self._kinds: list[Node] = []  # days of whose months it knows the kind
        self._periods: tuple[Period, ...] = ()
        self._everywhere: dict[Node, None] = {}
        self._working_days = (DaysInOrder if roughly else DaysReckoned)(terms, months)
        self.gave_up = False  # the last question was asked again too often

    @property
    def leaves(self) -> list[Node]:
        """The terms of which an answer must say what they are, besides those of the question."""
        return self._working_days.leaves

    def of(self, nodes: Collection[Node], bound: Collection[Node]) -> list[Ast]:
        """What it must be told of further nodes, some of whose symbols are bound by quantifiers."""
        new = [each for each in ends(nodes) if each not in self._ends]
        found, everywhere = self._working_days.of(nodes, bound), dict[Node, None]()
        if not new:
            return [*map(self._translated, found)]
        for each in new:
            if not self._terms.symbols(each).isdisjoint(bound):
                everywhere[each] = None
                continue
            found.append(bounded(self._terms, each))
            for other in self._ends:
                if period_of(other) == period_of(each):
                    found.append(in_step(self._terms, each, other))
                if root_and_chain(other)[0] is root_and_chain(each)[0]:
                    found.append(beside(self._terms, each, other))
            found += (exactly(self._terms, each, month) for month in sorted(self._months))
            self._ends.append(each)
        if everywhere.keys() - self._everywhere.keys():
            self._everywhere |= everywhere
            found += (part.formula for part in parts(self._terms, self._everywhere, sorted(self._months)))
        return [*map(self._translated, (*found, *self._of_kinds()))]

    def _of_kinds(self) -> Iterator[Node]:
        """Yield what months have in common, for days of which it was not told, if months were not enough."""
        periods = periods_of(self._ends)
        if not periods or not many_months(self._months) or len(kinds(periods)) > KINDS:
            return
        known = [] if periods != self._periods else self._kinds
        for end in self._ends:
            (day,) = end.arguments
            if day not in known:
                yield of_a_kind(self._terms, day, periods)
                yield from (in_months(self._terms, day, each) for each in known)
                known.append(day)
        self._kinds, self._periods = known, periods

    def corrected(self, model: z3.ModelRef) -> list[Ast]:
        """What a model gets wrong; nothing if its days are those of the calendar. What is so in all months
        comes first.
        """
        worth = Values(model)

        def value(node: Node) -> int:
            return int(worth.integer(self._translated(node)))

        def holds(node: Node) -> bool:
            return worth.holds(self._translated(node))

        ended_wrongly = [each for each in self._ends if not self._is_right(each, value)]
        wrong = self._working_days.wrong(value)
        told = [] if wrong else [*self._out_of_order(ended_wrongly, holds)]
        if not told:
            wrong |= {month_of(value(each.arguments[0])) for each in ended_wrongly}
        self._months |= wrong
        told += [exactly(self._terms, each, month) for month in sorted(wrong) for each in self._ends]
        told += self._working_days.told(sorted(wrong))
        told += self._working_days.out_of_step(value, holds)
        return [*map(self._translated, (*told, *self._of_kinds()))]

    def _is_right(self, end: Node, value: Callable[[Node], int]) -> bool:
        day = value(end.arguments[0])
        return piece(period_of(end), month_of(day)).of(day) == value(end)

    def _out_of_order(self, wrong: Collection[Node], holds: Callable[[Node], bool]) -> Iterator[Node]:
        """Yield what is so of two ends in all months, and is not so in an answer that has one of them
        wrong.
        """
        compared: set[frozenset[Node]] = set()
        for one, other in product(wrong, self._ends):
            pair = frozenset((one, other))
            if one is not other and pair not in compared:
                compared.add(pair)
                said = in_order(self._terms, one, other)
                if not holds(said):
                    yield said

    def asked(self, solver: z3.Solver, ask: Callable[[Collection[Ast]], int]) -> int:
        """The solver's answer to a question, of days of the calendar; undecided if it is corrected too
        often. `ask`: its answer if what it is given holds, too.
        """
        self.gave_up = False
        for number in range(ROUNDS):
            verdict, more = self._once(solver, ask, ())
            if not more:
                return verdict
            if number in AMONG_KNOWN:
                near = self._terms.symbol(f"days of {len(self._months)} months", FACT)
                there = self._terms.implies(near, self._in_known_months())
                self._assert(solver, (self._translated(there),))
                verdict, more = self._once(solver, ask, (self._translated(near),))
                if verdict == z3.Z3_L_TRUE and not more:
                    return verdict
        self.gave_up = True
        return int(z3.Z3_L_UNDEF)

    def _once(
        self, solver: z3.Solver, ask: Callable[[Collection[Ast]], int], given: Collection[Ast]
    ) -> tuple[int, list[Ast]]:
        """An answer, and what it got wrong, of which the solver was told."""
        verdict = ask(given)
        held = verdict == z3.Z3_L_TRUE and not (self._working_days.idle and not self._ends)
        more = self.corrected(solver.model()) if held else []
        self._assert(solver, more)
        return verdict, more

    def _assert(self, solver: z3.Solver, formulas: Iterable[Ast]) -> None:
        for each in formulas:
            ASSERT(solver.ctx.ref().value, solver.solver.value, each)

    def _in_known_months(self) -> Node:
        """All periods begin in months that were looked at."""
        terms, days = self._terms, dict.fromkeys(each.arguments[0] for each in self._ends)
        spans = [(first_day(each), first_day(each + 1) - 1) for each in sorted(self._months)]
        return terms.and_(
            *(
                terms.or_(
                    *(
                        terms.between(terms.number(first, day.sort), day, terms.number(last, day.sort))
                        for first, last in spans
                    )
                )
                for day in (*days, *self._working_days.in_lists)
            )
        )
