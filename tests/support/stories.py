"""What stories tell, in short."""

from __future__ import annotations

from checker.model.situation import Request
from checker.question.verdict import Result


def steps_of(result: Result) -> list[str]:
    """What each step of a story is: an event's name, or `carried out`, of a request under way or not."""
    assert result.evidence.trace is not None
    return [
        each.event or ("carried out" if "in flight" in (each.request or Request({})).values else "in one go")
        for each in result.evidence.trace.steps
    ]
