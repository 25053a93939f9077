"""Decides the requests of a comparison again, from nothing but what its story tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.api import Law
from checker.model.claim import Column
from checker.model.evaluate import Decision, Rules, route, value_at
from checker.model.situation import Request, Situation
from checker.question.verdict import Result
from checker.story.case_note import StepNote
from checker.story.plot import Decided
from checker.story.trace_told import Story

Values = Mapping[tuple[str, tuple[str, ...]], str | bool]


class _Read(Values):
    """Values that remember which of them were read."""

    def __init__(self, values: Values) -> None:
        self.values_ = values
        self.read: set[tuple[str, tuple[str, ...]]] = set()

    def __getitem__(self, place: tuple[str, tuple[str, ...]]) -> str | bool:
        self.read.add(place)
        return self.values_[place]

    def __iter__(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def way_of(rules: Rules, situation: Situation, request: Request) -> frozenset[tuple[str, tuple[str, ...]]]:
    """The places on which it rests to which components a request goes; a story tells the components."""
    values = _Read(situation.values)
    route(rules, Situation(situation.things, values, situation.versions), request)
    return frozenset(values.read)


def refusing(note: StepNote) -> list[str]:
    """The checks that refuse where a request is refused, by name."""
    at = next((each for each in note.stages if each.refuses), None)
    return [] if at is None else sorted(each.name for each in at.checks if each.outcome == "refuses")


def sides(law: Law, result: Result, story: Story) -> Iterator[tuple[Decided, StepNote]]:
    """Each side of a comparison, with what `explain` makes of the same request if it knows what is told only:
    what the story begins with, what its steps change, and to which components the request goes.
    """
    last = story.question.trace.situations[-1]
    model = story.question.model
    for each in story.plot.tried:
        request = each.decision.request
        told = story.plot.told() | way_of(each.rules, each.situation, request)
        found = {
            f"{name}({', '.join(arguments)})" if arguments else name: value_at(model, last, name, arguments)
            for name, arguments in sorted(told)
        }
        answer = law.explain(
            request=dict(request.values),
            situation={place: value for place, value in found.items() if value is not None},
            version=_column(each.setting.removeprefix("in "), result.column),
        )
        yield each, answer.note


def _column(text: str, asked: Column) -> str:
    """The column of a side: a version is read as the column in which the claim is asked reads it."""
    return str(asked) if text in ("", asked.base) else text


def alike(decision: Decision, note: StepNote) -> bool:
    """Whether the same becomes of the request, by the same checks."""
    outcome = "accepted" if decision.accepted else "refused"
    return note.outcome == outcome and refusing(note) == sorted(each.check.name for each in decision.refusing)
