"""Tells the story of a verdict again, in the world of exactly its things, and asks whether it shows what it
should.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.model.claim import (
    AlwaysAfter,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
)
from checker.model.expressions import FACT
from checker.model.situation import Request, Situation, Trace
from tests.yardstick.claims import helped, just, showing, shown_by_request, shown_by_step
from tests.yardstick.comparisons import violates
from tests.yardstick.inquiry import Binding, Inquiry
from tests.yardstick.steps import Step
from tests.yardstick.worlds import State, Worth


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict as it was given: its story, and what the claim's names stand for in it.

    `missing`: the case of an exact difference that is said to occur never.
    """

    verdict: str
    reason: str
    vacuous: bool = False
    trace: Trace | None = None
    binding: Mapping[str, str] = field(default_factory=dict)
    requests: Mapping[str, Request] = field(default_factory=dict)
    missing: str = ""


class Amiss(Exception):
    """The story cannot happen, or does not show what it should."""


def tell(asked: Inquiry, answer: Answer) -> None:
    """Tell the story again. Raises Amiss; Unfit where it is too long to be looked for; Clash."""
    assert answer.trace is not None
    situations = answer.trace.situations
    asked.fix(tuple(opened(asked, situations[0])))
    states = [_state(asked, each) for each in situations]
    for number, state in enumerate(states):
        if any(v not in d for v, d in zip(state[0], asked.world.domains, strict=True)):
            raise Amiss(f"situation {number} is none of this world")
        if not asked.graph.within(state):
            raise Amiss(f"situation {number} is outside the axioms")
    statement = asked.statement
    anywhere = isinstance(statement, Compare | Difference) or getattr(statement, "reachable", True) is False
    if not anywhere and not _begins(asked, states):
        raise Amiss("it does not begin at a start")
    steps = [_step(asked, answer.trace, states, number) for number in range(len(states) - 1)]
    if not _shows(asked, answer, states, steps):
        raise Amiss("it does not show what it should")


def _begins(asked: Inquiry, states: list[State]) -> bool:
    return asked.graph.starting(states[0]) and (
        asked.rules.fixed is not None
        or bool(asked.claim.deployment_over)
        or states[0][1] in asked.graph.deployed
    )


def _worth(asked: Inquiry, situation: Situation, place: tuple[str, tuple[str, ...]]) -> Worth:
    value = situation.values.get(place)
    if asked.world.functions[place[0]].result == FACT:
        return value is True
    return None if value is None or value is False else value


def opened(asked: Inquiry, situation: Situation) -> Iterator[Worth]:
    """The values of the places that tables leave open; any, where the story does not say."""
    for place, domain in zip(asked.world.open, asked.world.open_domains, strict=True):
        value = _worth(asked, situation, place)
        yield value if value in domain else domain[0]


def _state(asked: Inquiry, situation: Situation) -> State:
    values = tuple(_worth(asked, situation, place) for place in asked.world.places)
    if asked.rules.fixed is not None:
        return values, (), ()
    deployed = tuple(situation.versions[i] for i in asked.rules.instances)
    if not asked.rules.models.keys() >= set(deployed):  # a comparison says what is deployed on its sides
        deployed = asked.graph.deployed[0]
    return values, deployed, ()


def _step(asked: Inquiry, trace: Trace, states: list[State], number: int) -> Step:
    """The step that is taken there. Raises Amiss if there is none."""
    told, now, after = trace.steps[number], states[number], states[number + 1]
    request = None if told.request is None else asked.world.request(told.request.values)
    for step, target in asked.graph.ways(now):
        if target != after:
            continue
        if told.request is not None:
            if step.asked == (request, 0):
                return step
        elif step.kind == "deploy" or (step.event is not None and step.event == told.event):
            return step
    raise Amiss(f"step {number + 1} cannot be taken, or leads elsewhere")


def binding_of(asked: Inquiry, answer: Answer) -> Binding:
    """What the claim's variables stand for in the story."""
    names = {each.name: answer.binding[each.name] for each in asked.claim.variables if each.sort is not None}
    requests = {}
    for each in asked.claim.variables:
        if each.sort is None:
            requests[each.name] = (_number(asked, answer, each.name), 0)
    return Binding(names, requests)


def _number(asked: Inquiry, answer: Answer, name: str) -> int:
    return asked.world.request(answer.requests[name].values)


def _shows(asked: Inquiry, answer: Answer, states: list[State], steps: list[Step]) -> bool:
    statement, last = asked.statement, states[-1]
    binding = binding_of(asked, answer)
    match statement:
        case AlwaysAfter() | PossiblyAfter():
            return _by_steps(asked, binding, statement, states, steps)
        case EveryRequest() | SomeRequest():
            request = (_number(asked, answer, statement.request), 0)
            return asked.given(binding, last) and shown_by_request(asked, binding, statement, last, request)
        case Compare() | Difference():
            request = (_number(asked, answer, statement.request), 0)
            return asked.given(binding, last) and violates(asked, binding, last, request)
        case Possibly():
            counts = asked.counts(statement.steps, binding)
            return showing(asked, binding)(last) and all(map(counts, steps, states[:-1]))
        case Leads(modality="never"):
            return _escapes(asked, binding, statement, states, steps)
        case Leads():
            return showing(asked, binding)(last) and not helped(asked, binding, statement, last)
        case Eventually(goal=goal):
            reached = asked.test(goal)(asked.moment(binding, last))
            return showing(asked, binding)(last) and not reached and not just(asked, binding, statement, last)
        case _:
            return showing(asked, binding)(last)


def _by_steps(
    asked: Inquiry,
    binding: Binding,
    statement: AlwaysAfter | PossiblyAfter,
    states: list[State],
    steps: list[Step],
) -> bool:
    if not steps:
        return False
    if isinstance(statement, AlwaysAfter) and statement.twice:
        own = [each for each in steps if each.kind != "deploy"]
        if [each.event for each in own[-2:]] != [statement.event] * 2:
            return False
    return shown_by_step(asked, binding, statement, states[-2], steps[-1], states[-1])


def _escapes(
    asked: Inquiry, binding: Binding, statement: Leads, states: list[State], steps: list[Step]
) -> bool:
    """The condition holds somewhere, only steps that count follow, and the goal holds at the end."""
    has, counts = showing(asked, binding), asked.counts(statement.steps, binding)
    if not asked.test(statement.goal)(asked.moment(binding, states[-1])):
        return False
    for number in reversed(range(len(states))):
        if has(states[number]):
            return True
        if number and not counts(steps[number - 1], states[number - 1]):
            return False
    return False
