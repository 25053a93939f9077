"""Random situations with a request and an event, of any regime: those of the product, and what happens."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from checker.interface.random_drafts import Draft, draft_of, mend, places, some_of
from checker.interface.wishes import Wisher, towards_acceptance, towards_exemption
from checker.model.evaluate import Environment, Rules, routing_model
from checker.model.model import Model
from checker.model.situation import Instance, Request, Situation
from checker.model.staging import Staging

__all__ = ["Sample", "places", "sample"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One situation, with a well-formed request and the arguments of an event, enabled or not."""

    situation: Situation
    request: Request
    event: str | None
    arguments: Mapping[str, str]


def sample(rules: Rules, versions: Mapping[Instance, str], chance: random.Random) -> Sample:
    """A random situation of the rules with these versions deployed, with a request and an event."""
    draft = draft_of(rules, versions, chance)
    aim = chance.random()
    if aim < 0.6:
        towards_acceptance(draft, spare=chance.random() < 0.3)
    elif aim < 0.75:
        towards_exemption(draft)
    model = routing_model(rules, draft.situation)
    event, arguments = _event(draft, model)
    mend(draft)
    if model.staging is not None and chance.random() < 0.8:
        _fly(draft, model.staging, event, arguments)
    situation, request = draft.finished()
    return Sample(situation, request, event, arguments)


def _event(draft: Draft, model: Model) -> tuple[str | None, dict[str, str]]:
    """An event with arguments; more often than not one that can happen."""
    if not model.events:
        return None, {}
    event = draft.chance.choice(tuple(model.events.values()))
    arguments = {}
    for parameter in event.parameters:
        if not (parameter.optional and draft.chance.random() < 0.4):
            arguments[parameter.name] = some_of(parameter.sort, draft)
    if event.when is not None and draft.chance.random() < 0.6:
        variables = {each.name: arguments.get(each.name) for each in event.parameters}
        env = Environment(model, draft.situation, variables=variables, rules=draft.rules)
        Wisher(draft).wish(event.when, env)
    return event.name, arguments


def _fly(draft: Draft, staging: Staging, event: str | None, arguments: Mapping[str, str]) -> None:
    """Make the request one that is under way: as which it says it was sent, or what the event lets pass."""
    flight = arguments[staging.flight] if event in staging.passing else draft.request.get(staging.parameter)
    if flight is None:
        return
    for name, function in staging.carried.items():
        draft.values.pop((function, (flight,)), None)
        if name in draft.request:
            draft.values[function, (flight,)] = draft.request[name]
    if event in staging.passing and draft.chance.random() < 0.5:
        draft.request[staging.parameter] = flight
