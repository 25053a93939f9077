"""Whether a law speaks of what has been, for what knows only what is."""

from __future__ import annotations

from checker.language.diagnostics import Span
from checker.model.history import histories_in, name_of
from checker.model.made_of import rules_with_places
from checker.model.model import Model


def speaks_of_the_past(model: Model) -> tuple[str, Span] | None:
    """What the law says of the past, in words, and the place of the rule that says it; None if it says
    nothing. What only claims ask of the past does not count.
    """
    if all(each.history is None for each in model.functions.values()):
        return None
    for span, rule in rules_with_places(model):
        for history in histories_in(rule):
            return f"`{name_of(history)}` is about what has been", span
    return None
