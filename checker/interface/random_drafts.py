"""Random situations and requests of any law, by chance alone: drafts that wishes then change."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from checker.model.evaluate import Environment, Rules, holds, members
from checker.model.expressions import FACT, Sort
from checker.model.model import Function, Model
from checker.model.self_maps import SelfMap
from checker.model.situation import Instance, Request, Situation
from checker.model.thresholds import worth_telling

SENDERS: Final = 4  # things of a sort at most: senders,
TARGETS: Final = 3  # what requests name,
OTHERS: Final = 2  # and all else
_LEFT_OUT: Final = 0.4  # how often an optional parameter is


@dataclass(slots=True)
class Draft:
    """A situation and a request in the making: the mappings are changed in place."""

    rules: Rules
    chance: random.Random
    things: dict[str, tuple[str, ...]]
    values: dict[tuple[str, tuple[str, ...]], str | bool]
    versions: Mapping[Instance, str]
    request: dict[str, str] = field(default_factory=dict)

    @property
    def situation(self) -> Situation:
        return Situation(self.things, self.values, self.versions)

    def environment(self, model: Model) -> Environment:
        return Environment(model, self.situation, requests={"": Request(self.request)})

    def finished(self) -> tuple[Situation, Request]:
        """The draft as it stands, of its own from now on."""
        return Situation(dict(self.things), dict(self.values), dict(self.versions)), Request(
            dict(self.request)
        )


def knows(model: Model, function: str, at: tuple[str, ...]) -> bool:
    """Whether a table of the law says what the function is worth there."""
    table = model.functions[function].table
    return table is not None and at in table.entries


def draft_of(rules: Rules, versions: Mapping[Instance, str], chance: random.Random) -> Draft:
    """A situation and a request by chance alone; the request is well-formed."""
    model = next(iter(rules.values()))
    things = _things(model, chance)
    draft = Draft(rules, chance, things, {}, versions)
    density = chance.choice((0.3, 0.6, 0.9))
    for function in model.functions.values():
        for arguments in places(function, draft.situation):
            if any(knows(each, function.name, arguments) for each in rules.values()):
                continue
            value = _chosen(function, draft, density)
            if value is not None and value is not False:
                draft.values[function.name, arguments] = value
    for each in model.maps:
        _grow(each, model.functions[each.inside or each.name], draft)
    for parameter in model.request:
        draft.request[parameter.name] = some_of(parameter.sort, draft)
        if parameter.optional and chance.random() < _LEFT_OUT:
            del draft.request[parameter.name]
    mend(draft)
    return draft


def _things(model: Model, chance: random.Random) -> dict[str, tuple[str, ...]]:
    named = [each.sort.name for each in model.request if each.sort.has_things]
    found = {}
    for sort in model.sorts.values():
        if not sort.has_things:
            continue
        most = SENDERS if named[:1] == [sort.name] else TARGETS if sort.name in named else OTHERS
        constants = [each.name for each in model.constants.values() if each.sort == sort]
        own = [f"{sort.name.lower()}{number}" for number in range(chance.randint(1, most))]
        found[sort.name] = (*own, *constants)
    return found


def places(function: Function, situation: Situation) -> list[tuple[str, ...]]:
    """The arguments for which a situation says what the function is worth: not those that a table knows."""
    known = function.table.entries if function.table else {}
    choices = (members(each, situation) for each in function.parameters)
    return [each for each in product(*choices) if each not in known]


def _chosen(function: Function, draft: Draft, density: float) -> str | bool | None:
    if function.result == FACT:
        return draft.chance.random() >= 1 - density
    if function.optional and draft.chance.random() < 1 - density:
        return None
    return some_of(function.result, draft)


def _grow(grown: SelfMap, function: Function, draft: Draft) -> None:
    """Have a tree without circles, or one value at most for each, instead of what chance has put there."""
    *_, last = function.parameters
    values = [*members(last, draft.situation), None]
    draft.chance.shuffle(values)
    next_up: dict[tuple[str, ...], str | None] = {}
    for at in product(*(members(each, draft.situation) for each in function.parameters[:-1])):
        allowed = values[values.index(at[0]) + 1 :] if grown.inside else values
        next_up[at] = draft.chance.choice(allowed) if allowed else None
        for each in members(last, draft.situation):
            draft.values.pop((function.name, (*at, each)), None)
    for at, value in next_up.items():
        above = value
        while above is not None:
            draft.values[function.name, (*at, above)] = True
            above = next_up.get((above,)) if grown.inside else None


def some_of(sort: Sort, draft: Draft) -> str:
    """Some value of the sort: of a quantity, one that the law writes or one next to it."""
    if not sort.is_quantity:
        return draft.chance.choice(members(sort, draft.situation))
    return str(draft.chance.choice(worth_telling(draft.rules.values(), sort)))


def mend(draft: Draft) -> None:
    """Make the request carry exactly what it must: what is due is added, what is not is taken away."""
    model = next(iter(draft.rules.values()))
    for parameter in model.request:
        due = parameter.when is None or holds(parameter.when, draft.environment(model))
        if not due:
            draft.request.pop(parameter.name, None)
        elif parameter.name not in draft.request and not parameter.optional:
            draft.request[parameter.name] = some_of(parameter.sort, draft)
