"""Facts, requests and events as sentences, from the labels that the spec gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.model.evaluate import DEPLOY, Decision, value_at
from checker.model.expressions import FACT, Sort
from checker.model.model import SHAPE, Event, Model
from checker.model.said import fill, places, spaced
from checker.model.situation import Instance, Request, Situation, Step
from checker.story.given_names import Names, sender_sort
from checker.story.wording import NOT_SO, called, capital, there_is_no, worded


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
    subject = place_label(names, place)
    said = f"{subject} is {names.of(function.result, value)}" if isinstance(value, str) else None
    return capital(said or there_is_no(subject))


def place_label(names: Names, place: Place, *, denied: bool = False) -> str:
    """Return the function's label filled in; `f(a, b)` where it has none. `denied`: say that it is not so."""
    function = names.model.functions[place.function]
    arguments = tuple(
        names.of(sort, each) for sort, each in zip(function.parameters, place.arguments, strict=True)
    )
    written = f"{place.function}({', '.join(arguments)})" if arguments else place.function
    said = worded(function, arguments, denied=denied)
    return said or (f"{NOT_SO} {written}" if denied else written)


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


def request_phrase(model: Model, carried: Mapping[str, str]) -> str:
    """Return who sends what, from what the parameters that are carried are called."""
    others = [
        f"{called(each)}: {carried[each.name]}"
        for each in model.request
        if each.name in carried
        and each.name not in _said(model, carried)
        and not _in_flight(model, each.name)
    ]
    sentence = request_clause(model, carried)
    return f"{sentence} ({'; '.join(others)})" if others else sentence


def request_clause(model: Model, carried: Mapping[str, str]) -> str:
    """Return who sends what, with no more than the label of requests mentions."""
    absent = {each.name: nothing(model, each.sort) for each in model.request if each.name not in carried}
    return fill(_label(model, carried), {**carried, **absent})


def _label(model: Model, carried: Mapping[str, str]) -> str:
    """Return how requests are told: in the words of the shape that this one has; where that may be any, as a
    request of its sender.
    """
    if not model.shapes:
        return model.request_label
    called_so = (each.label for each in model.shapes if each.noun == carried.get(SHAPE))
    sender = next(each.name for each in model.request if each.sort.has_things)
    return next(called_so, f"{{{sender}}} makes a request")


def _said(model: Model, carried: Mapping[str, str]) -> tuple[str, ...]:
    """Return the parameters that the sentence about a request has told: by their values or, of the shape, by
    its words.
    """
    return (*places(_label(model, carried)), *((SHAPE,) if model.shapes else ()))


def _in_flight(model: Model, parameter: str) -> bool:
    """Whether the parameter says as which thing in flight a request was sent."""
    return model.staging is not None and parameter == model.staging.parameter


def event_sentence(names: Names, step: Step) -> str:
    """Say what happens: the event's label and who brings it about."""
    event = names.model.events.get(step.event or "")
    if event is None:
        return deployment_sentence(names, step.arguments)
    arguments = {
        each.name: named(names, each.sort, step.arguments.get(each.name)) for each in event.parameters
    }
    return capital(event_phrase(names.model, event, arguments))


def event_phrase(model: Model, event: Event, given: Mapping[str, str]) -> str:
    """Return what happens, from what the arguments that are given are called."""
    arguments = {each.name: given.get(each.name) or nothing(model, each.sort) for each in event.parameters}
    constant = model.constants.get(event.actor)
    by = f" (by {constant.label or event.actor})" if constant else ""
    listed = ", ".join(f"{name} {value}" for name, value in arguments.items())
    label = fill(event.label, arguments) if event.label else f"{spaced(event.name)}: {listed}"
    return f"{label}{by}"


def deployment_sentence(names: Names, arguments: Mapping[str, str]) -> str:
    """Say which version is deployed where, from the arguments of a deployment step."""
    instance: Instance = (arguments.get("component", DEPLOY), arguments.get("index"))
    return capital(f"{names.component(instance)} goes over to {arguments.get('version', '?')}")


def named(names: Names, sort: Sort, value: str | None) -> str:
    """Return the name of a value, `nobody` or `nothing` where it is absent."""
    return nothing(names.model, sort) if value is None else names.of(sort, value)


def nothing(model: Model, sort: Sort) -> str:
    """Return the word for an absent thing of the sort."""
    return "nobody" if sort == sender_sort(model) else "nothing"


def versions_differ(situation: Situation) -> bool:
    """Whether not every component has the same version."""
    return len(set(situation.versions.values())) > 1


def in_order(model: Model, places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places in the order of the vocabulary, each once."""
    order = {name: number for number, name in enumerate(model.functions)}
    return tuple(sorted(set(places), key=lambda each: (order[each.function], each.arguments)))


def changed_places(model: Model, before: Situation, after: Situation) -> tuple[Place, ...]:
    """Return the places whose value a step has changed, in the order of the vocabulary. How far a request has
    come is told by the steps.
    """
    hidden = frozenset() if model.staging is None else model.staging.functions
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
