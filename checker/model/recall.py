"""What a situation says of what has been, of which it keeps a truth value or a day for each place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from checker.model.clock import TODAY
from checker.model.environment import Environment
from checker.model.expressions import History

Recalled: TypeAlias = str | bool | None
"""Whether it has been, or the day from which it has held, if it does."""


def today(env: Environment) -> Recalled:
    """The present day."""
    return env.situation.values.get((TODAY, ()))


def day_has_ended(before: Environment, now: Environment) -> bool:
    """Whether a later day has come with the step."""
    earlier, later = today(before), today(now)
    return isinstance(earlier, str) and isinstance(later, str) and int(earlier) < int(later)


def recall(
    function: str, history: History, arguments: tuple[str, ...], env: Environment, so: Callable[[], bool]
) -> Recalled:
    """What has been; `so`: whether its first part holds now."""
    kept = env.situation.values.get((function, arguments))
    if history.how == "beginning of":
        now = today(env)
        known = isinstance(kept, str) and isinstance(now, str) and int(kept) <= int(now)
        return (kept if known else now) if so() else None
    if history.how == "as of" or (kept is True) is (history.how in {"ever", "breached"}):
        return kept is True
    return so()
