"""The module of a claim with nothing left out: every place, every step, every request.

It is what the exported module is a slice of, so TLC must find the same in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from checker.logic.node import Node
from checker.tla.claim_module import Instance, Module
from checker.tla.claim_part import Part
from checker.tla.claim_shape import ClaimShape
from checker.tla.concrete_steps import Moves, things_of
from checker.tla.cut_claim import Plan
from checker.tla.depends_on import Cone, Slice
from checker.tla.law_module import Law
from checker.tla.residual_rules import Ground
from checker.tla.told_apart import Focus, Pattern


def whole_module(law: Law, question: ClaimShape, counts: Mapping[str, int]) -> Module:
    """The module of a claim over a whole instance."""
    things = things_of(law.model, counts)
    moves = Moves(Ground(law.model, things, law.column.base), counts)
    return Instance(law, question, whole_plan(question, moves), counts).module()


def whole_plan(question: ClaimShape, moves: Moves) -> Plan:
    """A plan that follows everything, and takes nothing for granted."""
    focus = Focus(moves.ground, moves.counts, {}, {})
    requests = frozenset(focus.step(each) for each in moves.every_request())
    events = frozenset(focus.step(each) for each in moves.events)
    asked = frozenset(tokens for _, tokens in requests)
    enums = [each.sort.values for each in question.variables if each.sort.is_enum]
    subjects = asked if question.asks_requests else frozenset(product(*enums))
    steps = _counted(question, requests, events)
    whole = Slice(_places(focus, moves), steps, _told_apart(moves))
    part = Part(subjects, moves.terms.true, frozenset(), frozenset(), whole)
    own = dict.fromkeys(question.requests, asked)
    makes = (requests if question.steps.requests else frozenset()) | frozenset(
        each for each in events if question.steps.any_step or each[0] in question.steps.events
    )
    return Plan(focus, Cone(moves, focus, (), (), ()), (part,), own, makes, frozenset())


def _counted(
    question: ClaimShape, requests: frozenset[Pattern], events: frozenset[Pattern]
) -> frozenset[Pattern]:
    """The steps that are taken: of a claim that something is possible, those that count."""
    steps = question.steps
    if question.form != "situation" or steps.any_step:
        return requests | events
    some = frozenset(each for each in events if each[0] in steps.events)
    return some | (requests if steps.requests else frozenset())


def _places(focus: Focus, moves: Moves) -> frozenset[Pattern]:
    found = set()
    for function in moves.model.functions.values():
        known = function.table.entries if function.table else {}
        for arguments in product(*(moves.ground.members(each) for each in function.parameters)):
            if arguments not in known:
                found.add(focus.place((function.name, arguments)))
    return frozenset(found)


def _told_apart(moves: Moves) -> tuple[Node, ...]:
    """Conditions that tell every value of every place from every other."""
    nodes: list[Node] = []
    for function in moves.model.functions.values():
        for arguments in product(*(moves.ground.members(each) for each in function.parameters)):
            nodes += moves.ground.at((function.name, arguments)).values()
    return tuple(nodes)
