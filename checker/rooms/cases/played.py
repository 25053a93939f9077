"""A test case, and what is expected of each of its steps, which only the reference meaning says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.dates import USUAL
from checker.model.evaluate import (
    CheckReport,
    Decision,
    Rules,
    StageReport,
    decide,
    event_enabled,
    is_deployment,
    misformed,
    routing_model,
    situation_problem,
    successor,
)
from checker.model.expressions import Sort
from checker.model.mixture import common_model
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step
from checker.rooms.cases.goals import digest
from checker.story.sentences import Place
from checker.story.steps_told import decision_places, event_places


@dataclass(frozen=True, slots=True)
class Case:
    """A situation, and what is sent and happens from there on. A request that is refused changes nothing."""

    start: Situation
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """A step of a case with the situations around it, and what is made of it if it is a request."""

    step: Step
    before: Situation
    after: Situation
    decision: Decision | None


class NotPlayed(Exception):
    """A case that cannot happen under the law; the message says why."""


def play(rules: Rules, case: Case) -> tuple[Played, ...]:
    """Take all steps of a case. Raises NotPlayed."""
    try:
        return tuple(_played(rules, case))
    except (KeyError, ValueError) as wrong:
        raise NotPlayed(f"the law has no {wrong}") from wrong


def _played(rules: Rules, case: Case) -> Iterator[Played]:
    here = case.start
    _check(situation_problem(rules, here))
    for number, step in enumerate(case.steps, 1):
        model = routing_model(rules, here)
        decision = None
        if step.request is not None:
            _check(_no_request(model, here, step.request), number)
            decision = decide(rules, here, step.request)
        elif not is_deployment(model, step):
            known = step.event in model.events
            _check(None if known else f"there is no event `{step.event}`", number)
            possible = event_enabled(model, here, step.event or "", step.arguments, rules)
            _check(None if possible else f"the event `{step.event}` cannot happen", number)
        taken = decision is None or decision.accepted
        after = successor(rules, here, step) if taken else here
        if after != here:
            _check(situation_problem(rules, after), number)
        yield Played(step, here, after, decision)
        here = after


def _check(problem: str | None, step: int = 0) -> None:
    if problem is not None:
        raise NotPlayed(f"step {step}: {problem}" if step else problem)


def _no_request(model: Model, situation: Situation, request: Request) -> str | None:
    wrong = next(misformed(model, situation, request), None)
    if wrong is None:
        return None
    name, carried = wrong
    return f"such a request {'does not carry' if carried else 'must carry'} `{name}`"


def answering(rules: Rules, stage: StageReport) -> tuple[CheckReport, ...]:
    """The failing checks at a component that may be the one that answers: those that no other failing check
    comes before in a published order.
    """
    order = rules[stage.version].orders.get(stage.component[0])
    names = (order.published if order is not None else None) or ()

    def first(check: CheckReport) -> bool:
        name = check.check.name
        before = names[: names.index(name)] if name in names else ()
        return not any(each.check.name in before for each in stage.refusing)

    return tuple(each for each in stage.refusing if first(each))


def places_told(rules: Rules, played: tuple[Played, ...]) -> Iterator[tuple[Place, bool]]:
    """Yield the places that a case rests on; whether each matters also where it holds nothing."""
    model = common_model(rules)
    for each in played:
        if each.decision is None:
            yield from event_places(model, each.before, each.step)
        else:
            for place, weight in decision_places(rules, each.before, each.decision):
                yield place, weight == "always"


def identity(model: Model, case: Case) -> str:
    """A name for a case, made of what it is about: what is sent and happens, and all that is so before but
    for what is as plain as can be. It does not depend on the rest of the law, nor on where in a pack it
    stands.
    """
    versions = sorted(
        f"{name} {index or ''} {version}" for (name, index), version in case.start.versions.items()
    )
    mixed = versions if len(set(case.start.versions.values())) > 1 else []
    said = [
        (place, value)
        for place, value in sorted(case.start.values.items())
        if not _plain(model, case.start, place, value)
    ]
    steps = [_step(each) for each in case.steps]
    off = sorted(case.start.days_off.items())
    return digest(json.dumps([mixed, said, steps, *([off] if off else [])], ensure_ascii=False))


def _plain(model: Model, situation: Situation, place: tuple[str, tuple[str, ...]], value: str | bool) -> bool:
    """Whether something must have a value, and has the first one there is."""
    function = model.functions[place[0]]
    if function.optional or isinstance(value, bool):
        return False
    known = situation.things.get(function.result.name, ())
    return value == plainest(function.result) or (bool(known) and value == known[0])


def plainest(sort: Sort) -> str | None:
    """The value that says least: the first of an enum, no amount, an ordinary day. None if there is none
    such.
    """
    if sort.is_quantity:
        return str(USUAL) if sort.is_date else "0"
    return sort.values[0] if sort.values else None


def _step(step: Step) -> list[object]:
    if step.request is not None:
        return ["request", sorted(step.request.values.items())]
    return ["event", step.event or "", sorted(step.arguments.items())]
