"""Requests and events as phrases, from the labels that the spec gives them."""

from __future__ import annotations

from collections.abc import Mapping

from checker.model.expressions import Sort
from checker.model.model import SHAPE, Event, Model, named_in
from checker.story.given_names import sender_sort
from checker.story.wording import called, fill, spaced


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
    labels = (each.label for each in model.shapes if each.noun == carried.get(SHAPE))
    sender = next(each.name for each in model.request if each.sort.has_things)
    return next(labels, f"{{{sender}}} makes a request")


def _said(model: Model, carried: Mapping[str, str]) -> tuple[str, ...]:
    """Return the parameters that the sentence about a request has told: by their values or, of the shape, by
    its words.
    """
    return (*named_in(_label(model, carried)), *((SHAPE,) if model.shapes else ()))


def _in_flight(model: Model, parameter: str) -> bool:
    """Whether the parameter says as which thing in flight a request was sent."""
    return model.staging is not None and parameter == model.staging.parameter


def event_phrase(model: Model, event: Event, given: Mapping[str, str]) -> str:
    """Return what happens, from what the arguments that are given are called."""
    arguments = {each.name: given.get(each.name) or nothing(model, each.sort) for each in event.parameters}
    constant = model.constants.get(event.actor)
    by = f" (by {constant.label or event.actor})" if constant else ""
    listed = ", ".join(f"{name} {value}" for name, value in arguments.items())
    label = fill(event.label, arguments) if event.label else f"{spaced(event.name)}: {listed}"
    return f"{label}{by}"


def nothing(model: Model, sort: Sort) -> str:
    """Return the word for an absent thing of the sort."""
    return "nobody" if sort == sender_sort(model) else "nothing"
