"""Asks more about a question that was answered: which further formulas can hold, too."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence

import z3

from checker.logic.node import Node, subterms
from checker.logic.solver import COMPLETED, LEAVES, Answered, Satisfied, Solver, core_of
from checker.model.expressions import FACT

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
        for bound in self._solver.bounds(list(dict.fromkeys(new))):
            z3.Z3_solver_assert(self._asked.ctx.ref(), self._asked.solver, bound)
        for each in formulas:
            self._assert(each)

    def refuted(self, wishes: Sequence[tuple[Node, Node]]) -> frozenset[Node] | None:
        """Switches that cannot all be on; None if all can. `wishes`: each switch with its meaning. All of the
        switches, if the solver gives up.
        """
        self._solver.deadline.keep()
        if all(self.holds(meaning) for _, meaning in wishes):
            return None
        chosen = {switch: self._solver.translated(switch) for switch, _ in wishes}
        given = (z3.Ast * len(chosen))(*chosen.values())
        context, solver = self._asked.ctx.ref(), self._asked.solver
        with self._solver.deadline.solving(self._asked.ctx):
            verdict = z3.Z3_solver_check_assumptions(context, solver, len(chosen), given)
        if verdict == z3.Z3_L_TRUE:
            self._model = self._asked.model()
            return None
        return core_of(self._asked, chosen) if verdict == z3.Z3_L_FALSE else frozenset(chosen)

    def keep(self, wishes: Iterable[tuple[Node, Node]]) -> None:
        """Let the switches be on from now on."""
        for switch, _ in wishes:
            self._assert(switch)

    def answer(self) -> Satisfied:
        """The last answer that was found."""
        return self._solver.read(self._model, list(self._leaves))

    def _assert(self, formula: Node) -> None:
        z3.Z3_solver_assert(self._asked.ctx.ref(), self._asked.solver, self._solver.translated(formula))

    def holds(self, formula: Node) -> bool:
        """Whether the formula is known to hold in the last answer."""
        if formula.quantified:
            return False
        context, found = self._asked.ctx.ref(), self._value(formula)
        return bool(z3.Z3_get_bool_value(context, found) == z3.Z3_L_TRUE)

    def value(self, term: Node) -> str:
        """The value of an enum term in the last answer."""
        number = ctypes.c_uint()
        z3.Z3_get_numeral_uint(self._asked.ctx.ref(), self._value(term), ctypes.byref(number))
        return term.sort.values[number.value]

    def _value(self, node: Node) -> z3.Ast:
        raw = (z3.Ast * 1)()
        translated = self._solver.translated(node)
        z3.Z3_model_eval(self._asked.ctx.ref(), self._model.model, translated, COMPLETED, raw)
        return raw[0]


def _speaks_of_things(node: Node) -> bool:
    """Whether the node is about things, for which universal statements may have more instances."""
    return node.quantified or not (node.sort == FACT or node.sort.is_enum)
