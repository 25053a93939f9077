"""Whether a law speaks of numbers, for what takes laws without them only."""

from __future__ import annotations

from checker.language.diagnostics import Span
from checker.model.clock import BUILT_IN
from checker.model.expressions import Ordered, Sort
from checker.model.made_of import within
from checker.model.model import Model
from checker.model.orders import order_of


def speaks_of_numbers(model: Model) -> tuple[str, Span] | None:
    """What gives or compares a number, in words, and its place; None if nothing does."""
    places: list[tuple[Span, str, Sort]] = [(e.span, e.name, e.result) for e in model.functions.values()]
    places += [(e.span, e.name, e.sort) for e in model.request]
    places += [(e.span, p.name, p.sort) for e in model.events.values() for p in e.parameters]
    places += [(e.span, e.name, e.result) for e in model.definitions.values()]
    for span, name, sort in places:
        if sort.is_quantity and span.file != BUILT_IN:
            return f"`{name}` is of `{sort.name}`", span
    rules: list[tuple[Span, str, object]] = [(e.span, e.name, e.body) for e in model.definitions.values()]
    rules += [(e.span, e.name, e) for e in model.checks]
    rules += [(e.span, e.name, e) for e in model.effects]
    rules += [(e.span, e.name, e) for e in model.events.values()]
    for span, name, said in rules:
        if any(isinstance(each, Ordered) and order_of(each) is None for each in within(said)):
            return f"`{name}` compares numbers", span
    return None
