"""Tells a case to testers: what is so before, each step, and what is expected, in the words of the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.evaluate import Rules, value_at
from checker.model.mixture import common_model
from checker.model.model import Model
from checker.model.situation import Situation
from checker.rooms.cases.played import Case, Played, places_told
from checker.story.given_names import Names, name_things
from checker.story.sentences import (
    Place,
    change_sentence,
    changed_places,
    days_off_told,
    event_sentence,
    fact_sentence,
    in_order,
    request_sentence,
    versions_differ,
)
from checker.story.steps_told import event_things, request_things


@dataclass(frozen=True, slots=True)
class Telling:
    """The words for one case. `given`: what is so before its steps, what it turns on first; `turns_on`: how
    many of these it turns on. `steps`: a sentence each; `changes`: what each step changes.
    """

    names: Names
    given: tuple[str, ...]
    turns_on: int
    steps: tuple[str, ...]
    changes: tuple[tuple[str, ...], ...]


def tell(rules: Rules, case: Case, played: tuple[Played, ...]) -> Telling:
    """Put a case in words."""
    model = common_model(rules)
    told = dict.fromkeys(
        place
        for place, always in places_told(rules, played)
        if (always or value_at(model, case.start, place.function, place.arguments))
        and not _comes_about(model, place, played)
    )
    others = (Place(*each) for each in case.start.values if Place(*each) not in told)
    names = _names(model, case, played, told)
    deployed = tuple(_deployed(names, case.start)) if versions_differ(case.start) else ()
    supposed = (*deployed, *days_off_told(model, case.start))
    first = (*supposed, *(fact_sentence(names, each, case.start) for each in in_order(model, told)))
    more = (fact_sentence(names, each, case.start) for each in in_order(model, others))
    return Telling(
        names,
        (*first, *more),
        len(first),
        tuple(_step(names, each) for each in played),
        tuple(
            tuple(
                change_sentence(names, place, each.before, each.after)
                for place in changed_places(model, each.before, each.after)
            )
            for each in played
        ),
    )


def _comes_about(model: Model, place: Place, played: tuple[Played, ...]) -> bool:
    """Whether the place has no value at the start, and a step gives it one: then the step tells it."""
    first = played[0].before
    if place.function not in model.functions or value_at(model, first, place.function, place.arguments):
        return False
    return any(value_at(model, each.after, place.function, place.arguments) for each in played)


def _step(names: Names, played: Played) -> str:
    if played.step.request is not None:
        return request_sentence(names, played.step.request)
    return event_sentence(names, played.step)


def _deployed(names: Names, situation: Situation) -> Iterator[str]:
    for instance, version in situation.versions.items():
        component = names.component(instance)
        yield f"{component[:1].upper()}{component[1:]} runs {version}"


def _names(model: Model, case: Case, played: tuple[Played, ...], told: dict[Place, None]) -> Names:
    """Names for all things: those that take part first, in the order in which they do."""
    appearing: list[tuple[str, str]] = []
    for each in played:
        if each.step.request is not None:
            appearing += request_things(model, each.step.request)
        else:
            appearing += event_things(model, each.step)
    for place in (*in_order(model, told), *(Place(*each) for each in case.start.values)):
        function = model.functions[place.function]
        value = value_at(model, case.start, place.function, place.arguments)
        for sort, thing in zip(
            (*function.parameters, function.result), (*place.arguments, value), strict=True
        ):
            if isinstance(thing, str) and sort.has_things:
                appearing.append((sort.name, thing))
    appearing += ((sort, each) for sort, things in case.start.things.items() for each in things)
    situations = (case.start, *(each.after for each in played))
    spoken = frozenset((each.function, each.arguments) for each in told)
    return name_things(model, situations, appearing, spoken)
