"""Differences between two models besides their decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.model.clock import BUILT_IN
from checker.model.duties import made_of_a_duty
from checker.model.model import Model
from checker.model.reads import reads_alike, said
from checker.rooms.diff.calendars_apart import calendars_apart


def not_compared(old: Model, new: Model) -> Iterator[str]:
    """Yield what differs besides what two models decide: what requests, events and lapses change,
    what is supposed (a rule differs also if what it rests on does), and words that claims may use.
    """
    for kind, before, after in zip(
        ("effect", "event", "lapse", "duty", "axiom", "premise"), _rules(old), _rules(new), strict=True
    ):
        for name in dict.fromkeys((*before, *after)):
            one, other = before.get(name), after.get(name)
            if said(one) != said(other) or not reads_alike(old, new, one, other):
                yield f"the {kind} {name}"
    if said(old.start) != said(new.start) or not reads_alike(old, new, old.start, new.start):
        yield "where stories start"
    for kind, words, others in zip(("definition", "table of"), _words(old), _words(new), strict=True):
        for name in dict.fromkeys((*words, *others)):
            if words.get(name) != others.get(name):
                yield f"the {kind} {name}"
    yield from (f"the calendar {name}" for name in calendars_apart(old, new))


def _rules(model: Model) -> tuple[Mapping[str, object], ...]:
    """What does not decide, by kind and name."""
    effects = {each.name: each for each in model.effects}
    axioms = {each.name: each for each in model.axioms}
    events = {name: each for name, each in model.events.items() if each.span.file != BUILT_IN}
    lapses = {each.name: each for event in model.events.values() for each in event.lapses}
    return effects, events, lapses, model.duties, axioms, model.premises


def _words(model: Model) -> tuple[Mapping[str, object], ...]:
    """What definitions and tables say, by name."""
    written = {name: each for name, each in model.definitions.items() if not made_of_a_duty(name)}
    definitions = {name: said(each) for name, each in written.items()}
    tables = {n: dict(each.table.entries) for n, each in model.functions.items() if each.table is not None}
    return definitions, tables
