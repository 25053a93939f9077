"""Refuses what has been, for what knows only what is: tables, tests, models of TLA+."""

from __future__ import annotations

from typing import Final

from checker.language.diagnostics import Diagnostic, Span
from checker.model.history import histories_in, name_of
from checker.model.made_of import rules_with_places
from checker.model.model import Model

NO_PAST: Final = "no-past"
"""The code of every such refusal."""


def past_refused(who: str, past: str, span: Span | None = None) -> Diagnostic:
    """What is said where something asks what has been. `who`: what knows only what is, with its verb, such
    as `tables say`; `past`: what is asked, in the language.
    """
    message = f"{who} what is, and not what has been: `{past}` is about what has been"
    notes = ("give the law a state fact of its own for that, which effects and events keep",)
    return Diagnostic(NO_PAST, message, span, notes=notes)


def law_with_a_past_refused(model: Model, who: str, *, by_claims: bool = False) -> Diagnostic | None:
    """The refusal of a law that speaks of the past, at the rule that does; None if it says nothing of it.
    `by_claims`: what only claims ask of the past counts, too.
    """
    kept = [each for each in model.functions.values() if each.history is not None]
    if not kept:
        return None
    for span, rule in rules_with_places(model):
        for history in histories_in(rule):
            return past_refused(who, name_of(history), span)
    return past_refused(who, kept[0].name) if by_claims else None
