"""Asks more about a question that was answered: which further formulas can hold, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import z3

from checker.logic.node import Node, subterms
from checker.logic.solver import LEAVES, Answered, Satisfied, Solver, asserting, checked, core_of
from checker.logic.z3_calls import Values

INSTANCES = 3_000  # of the question together with all that is supposed later
MOST = 4_000_000  # what one further question may cost, in Z3's units: about a second


class Switched:
    """A question that was answered, to which formulas are added as long as it stays satisfiable."""

    def __init__(self, solver: Solver, last: Answered) -> None:
        self._solver = solver
        self._grounder = last.grounder
        self._grounder.limit = INSTANCES
        self._count = last.count
        self._asked = last.solver
        self._calendar = last.calendar
        self._asked.set("rlimit", MOST)  # no clock: the result must not depend on how busy the machine is
        self._leaves = dict.fromkeys(last.answer.values)
        self._model = last.solver.model()

    def more(self, formulas: Sequence[Node]) -> bool:
        """Add formulas that hold if their switches are off. False if there are too many instances."""
        if not any(map(_speaks_of_things, subterms(formulas))):
            self.add(*formulas)
            return True
        ground = self._grounder.ground(formulas)
        if self._grounder.complete:
            self.add(*ground[self._count :])
            self._count = len(ground)
        return self._grounder.complete

    def add(self, *formulas: Node) -> None:
        """Add ground formulas."""
        new = [e for e in subterms(formulas) if e.operator in LEAVES and e not in self._leaves]
        self._leaves |= dict.fromkeys(new)
        if any(each.operator == "constant" for each in new):  # it differs from the others
            new = [*new, *(each for each in self._leaves if each.operator == "constant")]
        asserting(self._asked, self._solver.bounds(list(dict.fromkeys(new))))
        asserting(self._asked, map(self._solver.translated, formulas))
        asserting(self._asked, self._calendar.of(subterms(formulas), ()))

    def refuted(self, wishes: Sequence[tuple[Node, Node]]) -> frozenset[Node] | None:
        """Switches that cannot all be on; None if all can. `wishes`: each switch with its meaning. All of the
        switches, if the solver gives up.
        """
        self._solver.deadline.keep()
        if all(self.holds(meaning) for _, meaning in wishes):
            return None
        chosen = {switch: self._solver.translated(switch) for switch, _ in wishes}
        verdict = self._calendar.asked(
            self._asked,
            lambda near: checked(self._asked, (*chosen.values(), *near), self._solver.deadline),
        )
        if verdict == z3.Z3_L_TRUE:
            self._model = self._asked.model()
            return None
        return core_of(self._asked, chosen) if verdict == z3.Z3_L_FALSE else frozenset(chosen)

    def keep(self, wishes: Iterable[tuple[Node, Node]]) -> None:
        """Let the switches be on from now on."""
        asserting(self._asked, (self._solver.translated(switch) for switch, _ in wishes))

    def answer(self) -> Satisfied:
        """The last answer that was found."""
        return self._solver.read(self._model, list(dict.fromkeys((*self._leaves, *self._calendar.leaves))))

    def holds(self, formula: Node) -> bool:
        """Whether the formula is known to hold in the last answer."""
        if formula.quantified:
            return False
        return self._worth.holds(self._solver.translated(formula))

    def value(self, term: Node) -> str:
        """The value of a term of an enum or a quantity in the last answer."""
        if term.sort.is_quantity:
            return self._worth.integer(self._solver.translated(term))
        return term.sort.values[self._worth.number(self._solver.translated(term))]

    @property
    def _worth(self) -> Values:
        return Values(self._model)


def _speaks_of_things(node: Node) -> bool:
    """Whether the node is about things, for which universal statements may have more instances."""
    return node.quantified or node.sort.has_things
