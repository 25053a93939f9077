"""Tells the stories of verdicts again, in the world of exactly their things, and asks what they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from checker.model.claim import (
    AlwaysAfter,
    Claim,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
)
from checker.model.evaluate import members
from checker.model.situation import Request, Situation, Step
from checker.question.verdict import Evidence
from tests.worlds.concrete import Taken, World
from tests.worlds.oracle import Asked, Binding
from tests.worlds.oracle_compare import compared_by
from tests.worlds.oracle_forms import (
    distance_to,
    just_ways,
    shows,
    shows_by_step,
    shows_of_request,
    ways_that_count,
)
from tests.worlds.recall import State

MANY = 2_000  # situations with one more thing that are tried


def retold(asked: Asked, evidence: Evidence) -> str | None:
    """What is wrong with the story as evidence of a violation (of a `possibly`: of its truth)."""
    trace, world, claim = evidence.trace, asked.world, asked.claim
    assert trace is not None
    states = [world.state(each) for each in trace.situations]
    taken = [world.step(each) for each in trace.steps]
    problem = _happens(world, claim, states, taken)
    if problem is not None:
        return problem
    binding = binding_of(claim, evidence)
    if world.moving and len(taken) > 1 and taken[-1].deploys and isinstance(claim.statement, AlwaysAfter):
        return "it ends in a deployment step"
    return None if _shows(asked, binding, states, taken, evidence.requests) else "it does not show it"


def binding_of(claim: Claim, evidence: Evidence) -> Binding:
    """The things and requests that the evidence has for the claim's variables."""
    things = {each.name: evidence.binding[each.name] for each in claim.variables if each.sort is not None}
    requests = {each.name: evidence.requests[each.name] for each in claim.variables if each.sort is None}
    return Binding(things, requests)


def _happens(world: World, claim: Claim, states: list[State], taken: list[Taken]) -> str | None:
    """Whether the story can happen, from a start where the claim asks for one."""
    for number, state in enumerate(states):
        if any(value not in domain for value, domain in zip(state, world.domains, strict=True)):
            return f"situation {number} is not one of this world"
        if not world.within(state):
            return f"situation {number} is outside the axioms"
    statement = claim.statement
    anywhere = isinstance(statement, Compare | Difference) or getattr(statement, "reachable", True) is False
    if not anywhere and not world.starting(states[0]):
        return "it does not start at a start"
    for number, (step, before) in enumerate(zip(taken, states, strict=False)):
        if step.after(before) != states[number + 1]:
            return f"step {number + 1} does not lead there"
    return None


def _shows(
    asked: Asked,
    binding: Binding,
    states: list[State],
    taken: list[Taken],
    requests: Mapping[str, Request],
) -> bool:
    statement = asked.claim.statement
    last = states[-1]
    match statement:
        case AlwaysAfter() | PossiblyAfter():
            return _shown_by_step(asked, binding, states, taken)
        case EveryRequest() | SomeRequest():
            return shows_of_request(asked, binding, statement, requests[statement.request])(last)
        case Compare() | Difference():
            return compared_by(asked, binding, requests[statement.request])(last)
        case Possibly():
            counts = asked.counts(statement.steps, binding)
            allowed = all(counts(step, state) for step, state in zip(taken, states, strict=False))
            return allowed and shows(asked, binding, statement)(last)
        case Leads(modality="never"):
            return _escapes(asked, binding, states, taken, statement)
        case Leads():
            return shows(asked, binding, statement)(last) and not helps(asked, binding, statement, last)
        case Eventually():
            just = just_ways(asked, binding, statement)
            return shows(asked, binding, statement)(last) and not any(True for _ in just(last))
        case _:
            return shows(asked, binding, statement)(last)


def _shown_by_step(asked: Asked, binding: Binding, states: list[State], taken: list[Taken]) -> bool:
    statement = asked.claim.statement
    assert isinstance(statement, AlwaysAfter | PossiblyAfter)
    if isinstance(statement, AlwaysAfter) and statement.twice:
        events = [each.step.event for each in taken[-2:]]
        if events != [statement.event, statement.event]:
            return False
    return bool(taken) and shows_by_step(asked, binding, statement, taken[-1])(states[-2], states[-1])


def _escapes(
    asked: Asked, binding: Binding, states: list[State], taken: list[Taken], statement: Leads
) -> bool:
    """The condition holds somewhere, only steps that count follow, and the goal holds at the end."""
    has, goal = shows(asked, binding, statement), asked.holds(statement.goal, binding)
    counts = asked.counts(statement.steps, binding)
    for number in reversed(range(len(states))):
        if has(states[number]):
            return goal(states[-1])
        if number and not counts(taken[number - 1], states[number - 1]):
            return False
    return False


def tried(asked: Asked, evidence: Evidence) -> str | None:
    """What is wrong with the request that one would make in vain at the end of the story, if it carries
    nobody from outside the story: it must be of those that count, and be refused.
    """
    request, trace, world = evidence.attempt, evidence.trace, asked.world
    statement = asked.claim.statement
    if request is None or trace is None or not isinstance(statement, Leads):
        return None
    sorts = {each.name: each.sort for each in world.model.request}
    if any(value not in members(sorts[name], world.empty) for name, value in request.values.items()):
        return None
    last = trace.situations[-1]
    state, step = world.state(last), world.step(Step("request", request=request))
    if not world.fit(request)(state):
        return "the request tried is not well-formed"
    if not asked.counts(statement.steps, binding_of(asked.claim, evidence))(step, state):
        return "the request tried does not count"
    return "the request tried is accepted" if step.after(state) is not None else None


def helps(asked: Asked, binding: Binding, statement: Leads, state: State) -> bool:
    """Whether a step (or some number of steps) that counts leads from the situation to the goal."""
    ways = ways_that_count(asked, binding, statement.steps)
    goal = asked.holds(statement.goal, binding)
    if statement.modality == "next":
        return any(goal(after) for _, after in ways(state))
    return distance_to(asked, [state], goal, ways) is not None


def extended_ways(larger: World, claim: Claim, evidence: Evidence) -> bool:
    """Whether, from some situation of a larger world that is the story's last one for the story's things, a
    step (or some number of steps) leads to the goal.
    """
    assert evidence.trace is not None
    assert isinstance(claim.statement, Leads)
    asked = Asked(claim, larger)
    binding = binding_of(claim, evidence)
    last = evidence.trace.situations[-1]
    known = {name: set(names) for name, names in last.things.items()}
    for state in islice(_around(larger, known, last), MANY):
        if larger.within(state) and helps(asked, binding, claim.statement, state):
            return True
    return False


def _around(larger: World, known: Mapping[str, set[str]], last: Situation) -> Iterator[State]:
    """The situations of the larger world that are as the last one is for the things known, and in which the
    same versions are deployed.
    """
    choices = []
    for (function, at), domain in zip(larger.places, larger.domains, strict=False):
        sorts = larger.model.functions[function].parameters
        old = all(s.is_enum or name in known[s.name] for s, name in zip(sorts, at, strict=True))
        choices.append((last.values.get((function, at)) or None,) if old else domain)
    choices += [(last.versions[at],) for at in larger.versions] if larger.moving else []
    yield from product(*choices)
