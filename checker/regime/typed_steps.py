"""From the steps that a claim names to the steps that count."""

from __future__ import annotations

from collections.abc import Sequence

from checker.language import statements as st
from checker.language import syntax as s
from checker.model import claim as c
from checker.model.expressions import Sort, Term, Value
from checker.model.model import SHAPE
from checker.regime.names import Vocabulary
from checker.regime.term_context import Context
from checker.regime.typecheck import Typer


def report_event(name: s.Name, typer: Typer) -> None:
    """Reports an event that there is not."""
    events = typer.vocabulary.events
    if name.text not in events:
        typer.report.unknown("event", name.text, name.span, sorted(events))


def steps_of(steps: tuple[st.StepSyntax, ...], context: Context, typer: Typer) -> c.Steps:
    """The steps that count; requests, if none is named."""
    if not steps:
        return c.Steps()
    senders: list[Term] = []
    others: list[Term] = []
    events: list[str] = []
    for step in steps:
        if step.event is not None:
            report_event(step.event, typer)
            events.append(step.event.text)
        found = [typer.term(each, context, _sender_sort(typer.vocabulary)) for each in step.senders]
        named = others if step.kind == "others" else senders
        named += [each for each in found if each is not None]
    for repeated in [step for step in steps if step.kind == "others"][1:]:
        typer.report.say("duplicate", "a second `anybody but` stands here", repeated.span)
    if any(step.kind == "requests" and not step.senders for step in steps):
        senders, others = [], []
    requests = any(step.kind in ("requests", "others") for step in steps)
    anything = any(step.kind == "any" for step in steps)
    shapes = _shapes([step for step in steps if step.kind in ("requests", "others")], typer)
    return c.Steps(requests, tuple(senders), tuple(others), tuple(events), anything, shapes=shapes)


def _shapes(requests: Sequence[st.StepSyntax], typer: Typer) -> tuple[Value, ...]:
    """The shapes of the requests that count; none, if all do. Reports senders of requests of one shape beside
    requests of another.
    """
    known = typer.vocabulary.shapes
    named = [step.shape for step in requests if step.shape is not None]
    wrong = [name for name in named if name.text not in known]
    for name in wrong:
        typer.report.unknown("request", name.text, name.span, known)
    if wrong or not named:
        return ()
    ways = {None if step.shape is None else step.shape.text for step in requests}
    if len(ways) > 1 and any(step.senders for step in requests):
        message = "the senders of requests of one shape and of another cannot be told apart in one claim"
        expected = ("a claim for each", "the same shape for all")
        typer.report.say("mixed-shapes", message, named[-1].span, expected=expected)
    sort = typer.vocabulary.request[SHAPE]
    each_once = dict.fromkeys(name.text for name in named)
    return () if None in ways else tuple(Value(sort, each) for each in each_once)


def _sender_sort(vocabulary: Vocabulary) -> Sort | None:
    return next((sort for sort in vocabulary.request.values() if sort.has_things), None)
