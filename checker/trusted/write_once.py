"""Asks the solver whether two updates of one step never write different values to the same cell.

The question is about any situation within the axioms, any well-formed request (accepted or not) or any event
that may happen, and any versions deployed. So the answer also holds in every mixture and in staged columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from checker.logic.encode_steps import written
from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.solver import Solver, Unsatisfiable
from checker.logic.symbolic_state import Maybe
from checker.model.claim import Column
from checker.model.clashing_writes import Clash, Writing
from checker.model.deadline import OutOfTime
from checker.model.expressions import FACT, VERSION
from checker.model.model import Model
from checker.model.situation import Instance
from checker.question.transition_system import Schema, System
from checker.regime.regime import instances

COST: Final = 5_000_000  # of one question, in Z3's units: some seconds, but the same on every machine
TERMS: Final = 200_000  # at most so many terms in one question


@dataclass(frozen=True, slots=True)
class _Everywhere:
    """The same model, whichever version is deployed."""

    model: Model

    def rules(self, column: Column) -> Mapping[str, Model]:
        return {column.base: self.model}

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        return dict.fromkeys(instances(self.model), column.base)

    def parse_column(self, text: str) -> Column:
        return Column(text)


def shown_apart(model: Model, clash: Clash) -> bool:
    """Whether the solver shows, at limited cost, that the clash's two writings never meet."""
    versions = model.sorts[VERSION].values
    system = System(_Everywhere(model), Column(versions[0]), versions)
    system.terms.most = TERMS
    solver = Solver(system.terms, named=system.named, most=COST)
    try:
        answer = solver.ask((*system.axioms(system.base), *_meeting(system, clash)))
    except OutOfTime:
        return False
    return isinstance(answer, Unsatisfiable)


def _meeting(system: System, clash: Clash) -> tuple[Node, ...]:
    """The formulas that both writings write to the same cell, with different values."""
    if clash.event is None:
        scope = Scope(system.base, requests={"": system.fresh_request("the step's", {})})
    else:
        parameters = system.fresh(Schema(clash.event.name, clash.event), "the step's")
        scope = system.scope(system.base, parameters)
    function = system.model.functions[clash.first.update.function]
    cell = tuple(system.terms.symbol(f"argument {n}", s) for n, s in enumerate(function.parameters))
    first, one = _made(system, clash.first, scope, cell)
    second, other = _made(system, clash.second, scope, cell)
    return first, second, _differ(system, one, other)


def _made(system: System, writing: Writing, scope: Scope, cell: tuple[Node, ...]) -> tuple[Node, Maybe]:
    """The condition under which the writing writes to the cell, and the value."""
    law = system.encoder
    when = law.terms.true if writing.when is None else law.formula(writing.when, scope)
    return written(law, writing.update, scope, when).match(cell)


def _differ(system: System, one: Maybe, other: Maybe) -> Node:
    terms = system.terms
    if one.value is not None and one.value.sort == FACT and other.value is not None:
        return terms.not_(terms.iff(one.value, other.value))
    both_absent = terms.and_(terms.not_(one.present), terms.not_(other.present))
    return terms.not_(terms.or_(system.encoder.same(one, other), both_absent))
