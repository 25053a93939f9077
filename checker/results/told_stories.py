"""Situations, steps and stories as documents tell them."""

from __future__ import annotations

from msgspec import Struct

from checker.model.situation import Request, Situation, Step, Trace


class ToldValue(Struct, frozen=True, kw_only=True):
    """The `value` of a function at `arguments`: a thing, a value of an enum, or `true` for a fact that
    holds.
    """

    function: str
    arguments: tuple[str, ...]
    value: str | bool


class ToldVersion(Struct, frozen=True, kw_only=True):
    """The version at a component, or at one instance of it (`index`; `null` if it has none)."""

    component: str
    index: str | None
    version: str


class ToldSituation(Struct, frozen=True, kw_only=True):
    """The state of the world between two steps. `things`: sort -> names; what is not in `values` is absent,
    or does not hold. `days_off`: calendar -> the days supposed to be no working days,
    1 for 1 January of the year 1, as strings.
    """

    things: dict[str, tuple[str, ...]]
    values: tuple[ToldValue, ...]
    versions: tuple[ToldVersion, ...]
    days_off: dict[str, tuple[str, ...]] = {}


class RequestStep(Struct, frozen=True, kw_only=True, tag_field="kind", tag="request"):
    """A request that is sent: parameter -> value."""

    request: dict[str, str]


class EventStep(Struct, frozen=True, kw_only=True, tag_field="kind", tag="event"):
    """An event that happens: its name, and parameter -> value. A deployment is the event `deploy`."""

    event: str
    arguments: dict[str, str]


class ToldTrace(Struct, frozen=True, kw_only=True):
    """A story: one more situation than steps. It was replayed by the reference meaning of the law."""

    situations: tuple[ToldSituation, ...]
    steps: tuple[RequestStep | EventStep, ...]


def told_situation(situation: Situation) -> ToldSituation:
    """Return a situation: its things, the places that have a value, the version at each component."""
    return ToldSituation(
        things={sort: tuple(things) for sort, things in situation.things.items()},
        values=tuple(
            ToldValue(function=function, arguments=tuple(arguments), value=value)
            for (function, arguments), value in sorted(situation.values.items(), key=lambda each: each[0])
        ),
        versions=tuple(
            ToldVersion(component=component, index=index, version=version)
            for (component, index), version in situation.versions.items()
        ),
        days_off={name: tuple(map(str, days)) for name, days in sorted(situation.days_off.items())},
    )


def told_request(request: Request) -> dict[str, str]:
    """Return what a request carries: parameter -> value."""
    return dict(request.values)


def told_trace(trace: Trace) -> ToldTrace:
    """A story as documents tell it."""
    return ToldTrace(
        situations=tuple(map(told_situation, trace.situations)), steps=tuple(map(_step, trace.steps))
    )


def _step(step: Step) -> RequestStep | EventStep:
    if step.request is not None:
        return RequestStep(request=told_request(step.request))
    assert step.event is not None
    return EventStep(event=step.event, arguments=dict(step.arguments))
