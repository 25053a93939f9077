"""What has been, as people say it of things: `ever disqualified(ann)`, `beginning of (registered(ann))`."""

from __future__ import annotations

import re

from checker.model.expressions import History
from checker.model.model import Function, Model

_BLANKS = re.compile(r"\s+")
_A_THING = r"[^\s(),=]+"


def remembered_place(model: Model, place: str) -> tuple[Function, tuple[str, ...]] | None:
    """The function that keeps what the text says of the past, and the things in the text; None if neither the
    law nor a claim has such a function.
    """
    said = _BLANKS.sub(" ", place.strip())
    for function in model.functions.values():
        if function.history is not None:
            found = _pattern(function.name, function.history).fullmatch(said)
            if found is not None:
                numbers = range(1, len(function.parameters) + 1)
                return function, tuple(found[f"thing{number}"] for number in numbers)
    return None


def asked_of_the_past(model: Model) -> tuple[str, ...]:
    """What the law and its claims ask of the past, as they would say it of things."""
    return tuple(f"`{name}`" for name, each in model.functions.items() if each.history is not None)


def _pattern(name: str, history: History) -> re.Pattern[str]:
    """What fits the name with things in place of its variables, the same thing wherever one occurs again."""
    written = re.escape(name)
    for number, variable in reversed(list(enumerate(history.variables, start=1))):
        own = re.escape(variable.name)
        written = written.replace(own, f"(?P<thing{number}>{_A_THING})", 1)
        written = written.replace(own, f"(?P=thing{number})")
    return re.compile(written)
