"""An incremental solver: formulas are added, and questions are asked with some switches on. Quantifiers are
left in, and what was learnt for one question serves the next. The cost of a question is counted by Z3 and not
by a clock, so results do not depend on how busy the machine is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import z3

from checker.logic.node import Node, subterms
from checker.logic.solver import LEAVES, Solver, asserting, checked, core_of
from checker.logic.z3_calls import Values
from checker.model.expressions import FACT


@dataclass(slots=True)
class Purse:
    """What questions may still cost, in Z3's units: some millions per second."""

    left: int

    @property
    def empty(self) -> bool:
        return self.left <= 0


class Incremental:
    """A growing set of formulas, and questions about them. `roughly`: their answers need not be of days of a
    calendar.
    """

    def __init__(self, solver: Solver, *, roughly: bool = False) -> None:
        self._own = solver
        self._terms = solver.terms
        self._asked = z3.SimpleSolver(ctx=solver.context)
        self._asked.set("random_seed", solver.seed)
        self._asked.set(ctrl_c=False)
        self._calendar = solver.calendar(roughly=roughly)
        self._known: set[Node] = set()
        self._functions: set[object] = set()
        self._constants: dict[Node, None] = {}
        self._switches: dict[Node, Node] = {}
        self._model: z3.ModelRef | None = None

    @property
    def size(self) -> int:
        """How many terms the formulas have."""
        return len(self._known)

    def add(self, formulas: Iterable[Node]) -> None:
        """Assert the formulas for all later questions."""
        parts = tuple(formulas)
        within = [each for each in subterms(parts) if each.operator == "exists"]
        inner = frozenset(symbol for each in within for symbol in each.bound)
        new = [each for each in subterms(parts) if each not in self._known]
        self._known.update(new)
        leaves = [e for e in new if e.operator in LEAVES and self._terms.symbols(e).isdisjoint(inner)]
        if any(each.operator == "constant" for each in leaves):  # they differ from earlier constants
            self._constants |= dict.fromkeys(each for each in leaves if each.operator == "constant")
            leaves = [*(each for each in leaves if each.operator != "constant"), *self._constants]
        bounds = [*self._own.bounds(leaves), *self._own.bounds_everywhere(self._first_applied(new))]
        told = self._calendar.of(new, inner)
        asserting(self._asked, (*map(self._own.translated, parts), *bounds, *told))

    def _first_applied(self, nodes: Iterable[Node]) -> list[Node]:
        """The first application of every function that was not applied before."""
        found = []
        for each in nodes:
            key = (each.name, *(given.sort for given in each.arguments)) if each.operator == "apply" else None
            if key is not None and key not in self._functions:
                self._functions.add(key)
                found.append(each)
        return found

    def switch(self, formula: Node) -> Node:
        """A proposition that implies the formula, and that a question can assume."""
        if formula not in self._switches:
            name = self._terms.symbol(f"switch for {formula.order:x}", FACT)
            self._switches[formula] = name
            self.add((self._terms.implies(name, formula),))
        return self._switches[formula]

    def named(self, formula: Node) -> Node:
        """The formula or, if it contains quantifiers, a switch for it, because an answer gives a switch a
        value.
        """
        return self.switch(formula) if formula.quantified else formula

    def possible(self, switches: Collection[Node], purse: Purse, most: int = 0) -> bool | None:
        """Whether all formulas and the switches are satisfiable together; None if that costs more than is
        left in the purse or than `most` (0: any cost), or is not decided. Raises OutOfTime.
        """
        self._own.deadline.keep()
        cost = min(purse.left, most) if most else purse.left
        if cost <= 0:
            return None
        remaining = self._own.deadline.remaining
        if remaining != float("inf"):
            self._asked.set("timeout", max(1, int(remaining * 1000)))
        self._asked.set("rlimit", cost)
        given = [*map(self._own.translated, switches)]
        before = self._spent()
        verdict = self._calendar.asked(
            self._asked, lambda near: checked(self._asked, (*given, *near), self._own.deadline)
        )
        purse.left -= max(1, self._spent() - before)
        self._model = self._asked.model() if verdict == z3.Z3_L_TRUE else None
        self._own.deadline.keep()
        return None if verdict == z3.Z3_L_UNDEF else bool(verdict == z3.Z3_L_TRUE)

    def core(self, switches: Iterable[Node]) -> frozenset[Node]:
        """Those of the switches that the last refutation rests on."""
        return core_of(self._asked, {each: self._own.translated(each) for each in switches})

    def holds(self, formula: Node) -> bool:
        """Whether the formula is known to hold in the last answer."""
        assert self._model is not None
        return Values(self._model).holds(self._own.translated(formula))

    def _spent(self) -> int:
        statistics = self._asked.statistics()
        counted = (statistics[place] for place in range(len(statistics)))
        return next((int(value) for name, value in counted if name == "rlimit count"), 0)
