"""Facts, requests and events as sentences, from the labels that the spec gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.language.syntax import NUMERALS
from checker.model.clock import TODAY
from checker.model.dates import told_day
from checker.model.evaluate import DEPLOY, Decision, value_at
from checker.model.expressions import DATE, FACT, Apply, History, Not, Sort, Variable
from checker.model.history import name_of
from checker.model.model import Model
from checker.model.situation import Instance, Request, Situation, Step
from checker.model.unparse import unparse
from checker.story.given_names import Names
from checker.story.has_been import has_been_from
from checker.story.phrases import Phrases
from checker.story.step_phrases import event_phrase, nothing, request_phrase
from checker.story.wording import NOT_SO, capital, spaced, there_is_no, worded


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A function at arguments, or the version at a component (function "" and the component)."""

    function: str
    arguments: tuple[str, ...]


def fact_sentence(names: Names, place: Place, situation: Situation) -> str:
    """Say what a function is worth for its arguments: a sentence without a final period."""
    function = names.model.functions[place.function]
    value = value_at(names.model, situation, place.function, place.arguments)
    if function.result == FACT:
        return capital(place_label(names, place, denied=not value))
    if function.history is not None:
        return capital(held_since(names, function.history, place.arguments, situation))
    subject = place_label(names, place)
    said = f"{subject} is {names.of(function.result, value)}" if isinstance(value, str) else None
    return capital(said or there_is_no(subject))


def held_since(names: Names, history: History, arguments: tuple[str, ...], situation: Situation) -> str:
    """Say from which day something has held, and how long that is: “Member A has been registered since Monday
    2 March 2026, that is 28 days”; or that it does not hold.
    """
    sorts = (each.sort for each in history.variables)
    called = tuple(names.of(sort, each) for sort, each in zip(sorts, arguments, strict=True))
    known = {each.name: told for each, told in zip(history.variables, called, strict=True)}
    began = value_at(names.model, situation, name_of(history), arguments)
    today = value_at(names.model, situation, TODAY, ())
    phrases = Phrases(names.model, known)
    if not isinstance(began, str) or not isinstance(today, str):
        denied = phrases.said(Not(history.parts[0]))
        return denied or there_is_no(_has_been(names.model, history, called, denied=False))
    said, day = phrases.said(history.parts[0]), names.of(DATE, began)
    days = int(today) - int(began)
    told = has_been_from(said, day) if said else ""
    told = told or f"{_has_been(names.model, history, called, denied=False)} is {day}"
    return f"{told}, that is {days:,} day{'' if days == 1 else 's'}"


def place_label(names: Names, place: Place, *, denied: bool = False) -> str:
    """Return the function's label filled in; `f(a, b)` where it has none. `denied`: say that it is not so."""
    function = names.model.functions[place.function]
    arguments = tuple(
        names.of(sort, each) for sort, each in zip(function.parameters, place.arguments, strict=True)
    )
    if function.history is not None:
        return _has_been(names.model, function.history, arguments, denied=denied)
    written = f"{place.function}({', '.join(arguments)})" if arguments else place.function
    said = worded(function, arguments, denied=denied)
    return said or (f"{NOT_SO} {written}" if denied else written)


def _has_been(model: Model, history: History, arguments: tuple[str, ...], *, denied: bool) -> str:
    called = {each.name: told for each, told in zip(history.variables, arguments, strict=True)}
    said = Phrases(model, called).been(history, denied=denied)
    if said:
        return said
    given = tuple(Variable(told, each.sort) for each, told in zip(history.variables, arguments, strict=True))
    written = unparse(Apply("", given, history.sort, history))
    return f"{NOT_SO} {written}" if denied else written


def change_sentence(names: Names, place: Place, before: Situation, after: Situation) -> str:
    """Say that a value has changed, and what it was before."""
    function = names.model.functions[place.function]
    new = value_at(names.model, after, place.function, place.arguments)
    if function.result == FACT:
        told = f"{place_label(names, place, denied=not new)}, from now on"
        return capital(told if new or function.forms.denied else f"no longer: {place_label(names, place)}")
    old = value_at(names.model, before, place.function, place.arguments)
    was = named(names, function.result, old if isinstance(old, str) else None)
    subject = place_label(names, place)
    if not isinstance(new, str):
        return capital(f"{there_is_no(subject)} any longer (before: {was})")
    return capital(f"{subject} is now {names.of(function.result, new)} (before: {was})")


def days_gone(names: Names, before: Situation, after: Situation) -> str:
    """Say how much time has passed: “Six days have gone since Tuesday 24 February 2026”."""
    first, last = (value_at(names.model, each, TODAY, ()) for each in (before, after))
    if not isinstance(first, str) or not isinstance(last, str):
        return "Some days have gone"
    days = int(last) - int(first)
    number = NUMERALS[days - 1] if days <= len(NUMERALS) else f"{days:,}"
    have = "day has" if days == 1 else "days have"
    return f"{capital(number)} {have} gone since {names.of(DATE, first)}"


def request_sentence(names: Names, request: Request) -> str:
    """Say who sends what: the request's label, then the parameters that the label does not mention, those
    that only another law has last.
    """
    model = names.model
    sorts = {each.name: each.sort for each in model.request}
    known = {name: value for name, value in request.values.items() if name in sorts}
    carried = {name: named(names, sorts[name], value) for name, value in known.items()}
    others = [f"{spaced(name)}: {value}" for name, value in request.values.items() if name not in sorts]
    return capital(request_phrase(model, carried)) + (f" ({'; '.join(others)})" if others else "")


def flight_sentence(names: Names, situation: Situation, request: Request) -> str:
    """Say who sends what. Where requests may be under way, each that is has a name, by which it is told again
    when it goes on; of the others it is said that they are processed in one go.
    """
    said, staging = request_sentence(names, request), names.model.staging
    if staging is None:
        return said
    flight = request.values.get(staging.parameter)
    if flight is None:
        return f"In one go: {said}"
    parameter = next(each for each in names.model.request if each.name == staging.parameter)
    name = names.of(parameter.sort, flight)
    come = names.model.functions[staging.progress].result.values
    new = situation.values.get((staging.progress, (flight,))) in (come[0], None)
    return f"{name}: {said}" if new else f"{name} goes on: {said}"


def passing_sentence(names: Names, situation: Situation, decision: Decision) -> str:
    """Say who sends what, or that a request goes on, and by what it is let pass now."""
    said = flight_sentence(names, situation, decision.request)
    passed = " and ".join(names.component(each.component) for each in decision.stages)
    return f"{said}: let pass by {passed}" if passed else said


def supposed_days_off(model: Model, situation: Situation) -> tuple[str, ...]:
    """Return what a story supposes of days, where the law leaves it open whether they are working days."""
    return tuple(f"Suppose that {each}" for each in days_off_told(model, situation))


def days_off_told(model: Model, situation: Situation) -> tuple[str, ...]:
    """Return which days the situation takes to be no working days, where the law leaves it open."""
    return tuple(
        f"{told_day(each)} is no {model.calendars[name].label}"
        for name, days in sorted(situation.days_off.items())
        if name in model.calendars
        for each in days
        if model.calendars[name].is_open(each)
    )


def event_sentence(names: Names, step: Step) -> str:
    """Say what happens: the event's label and who brings it about."""
    event = names.model.events.get(step.event or "")
    if event is None:
        return deployment_sentence(names, step.arguments)
    arguments = {
        each.name: named(names, each.sort, step.arguments.get(each.name)) for each in event.parameters
    }
    return capital(event_phrase(names.model, event, arguments))


def deployment_sentence(names: Names, arguments: Mapping[str, str]) -> str:
    """Say which version is deployed where, from the arguments of a deployment step."""
    instance: Instance = (arguments.get("component", DEPLOY), arguments.get("index"))
    return capital(f"{names.component(instance)} goes over to {arguments.get('version', '?')}")


def named(names: Names, sort: Sort, value: str | None) -> str:
    """Return the name of a value, `nobody` or `nothing` where it is absent."""
    return nothing(names.model, sort) if value is None else names.of(sort, value)


def versions_differ(situation: Situation) -> bool:
    """Whether not every component has the same version."""
    return len(set(situation.versions.values())) > 1


def in_order(model: Model, places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places in the order of the vocabulary, each once."""
    order = {name: number for number, name in enumerate(model.functions)}
    return tuple(sorted(set(places), key=lambda each: (order[each.function], each.arguments)))


def changed_places(model: Model, before: Situation, after: Situation) -> tuple[Place, ...]:
    """Return the places whose value a step has changed, in the order of the vocabulary. How far a request has
    come is told by the steps, and what has been is told where it counts.
    """
    hidden = frozenset(name for name, each in model.functions.items() if each.history is not None)
    hidden |= frozenset() if model.staging is None else model.staging.functions
    places = (Place(*each) for each in (*before.values, *after.values) if each[0] not in hidden)
    return in_order(
        model,
        (
            each
            for each in places
            if value_at(model, before, each.function, each.arguments)
            != value_at(model, after, each.function, each.arguments)
        ),
    )
