"""Which modifications are in force in a situation, and which come into force in a step."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.commencement import Commencement
from checker.model.environment import Environment, Rules
from checker.model.evaluate import holds, term_value
from checker.model.expressions import DATE
from checker.model.model import Model
from checker.model.situation import Situation
from checker.story.given_names import Names


def coming_into_force(names: Names, rules: Rules, before: Situation, after: Situation) -> Iterator[str]:
    """Say what is in force from a step on, and what is so no longer because its day was moved."""
    for model, each in _commencements(rules):
        was, now = (_in_force(model, situation, each) for situation in (before, after))
        if now and not was:
            yield f"{_from(names, model, after, each)}, {each.names} {_is(each)} in force"
        elif was and not now:
            yield f"{each.names} {_is(each)} no longer in force"


def in_force(rules: Rules, situation: Situation) -> Iterator[str]:
    """Say what is in force in a situation, and what is not yet."""
    for model, each in _commencements(rules):
        if _in_force(model, situation, each):
            yield f"{each.names} {_is(each)} in force"
        else:
            yield f"{each.names} {_is(each)} not in force yet"


def _commencements(rules: Rules) -> Iterator[tuple[Model, Commencement]]:
    """Yield the modifications that are in force from a day in some version that is deployed, each once."""
    told: set[Commencement] = set()
    for model in rules.values():
        for each in model.commencements:
            if each not in told:
                told.add(each)
                yield model, each


def _in_force(model: Model, situation: Situation, commencement: Commencement) -> bool:
    return holds(commencement.come, Environment(model, situation))


def _from(names: Names, model: Model, situation: Situation, commencement: Commencement) -> str:
    day = term_value(commencement.day, Environment(model, situation))
    return f"From {names.of(DATE, day) if isinstance(day, str) else 'that day'} on"


def _is(commencement: Commencement) -> str:
    return "are" if commencement.by[1:] else "is"
