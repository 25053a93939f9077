"""What verdicts a law had before it was edited: whether they still stand, and whose evidence may show the
new ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, TypeAlias

from checker.model.claim import Column
from checker.model.situation import Instance, Trace
from checker.question.columns import Columns
from checker.question.jobs import Job
from checker.question.verdict import Evidence, Result

_OWN: Final = 6  # verdicts on one claim in one column, after which the oldest is dropped
_TRIED: Final = 6  # of these, and of those in other columns, whose evidence may be tried

_Place: TypeAlias = tuple[Column, str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Former:
    """A verdict. `meaning`: of all that it turns on."""

    result: Result
    meaning: str


@dataclass(slots=True)
class FormerVerdicts:
    """The last few verdicts on every claim in every column. Grows with what is asked about, not with edits.

    They are suggestions and nothing else: whoever takes one checks it, unless it means the same. Threads may
    ask while another, one at a time, keeps.
    """

    _found: dict[str, dict[_Place, list[_Former]]] = field(default_factory=dict)

    def keep(self, job: Job, result: Result, meaning: str) -> None:
        """Keep a verdict that is known now. `meaning`: a text of all that it turns on."""
        places = self._found.setdefault(job.claim.name, {})
        former = places.get(_place(job), [])
        others = [each for each in former if each.meaning != meaning]
        places[_place(job)] = [_Former(result, meaning), *others][:_OWN]

    def meaning(self, job: Job, meaning: str) -> Result | None:
        """The verdict on the job when all that it turns on meant just that."""
        former = self._found.get(job.claim.name, {}).get(_place(job), ())
        return next((each.result for each in former if each.meaning == meaning), None)

    def like(self, regime: Columns, job: Job) -> tuple[Result, ...]:
        """Verdicts whose evidence may show that on the job, the likeliest first: its own of before, then the
        last ones of the same claim in other columns, which may be what this one has become.
        """
        found: list[Result] = []
        for each in self._near(regime, job):
            if not any(_alike(each, other) for other in found):
                found.append(each)
        return tuple(islice(found, _TRIED))

    def _near(self, regime: Columns, job: Job) -> Iterator[Result]:
        places = self._found.get(job.claim.name, {})
        yield from (each.result for each in places.get(_place(job), ()))
        deployed = dict(regime.deployed(job.column))
        others = [(place, former[0]) for place, former in list(places.items()) if place != _place(job)]
        others.sort(key=lambda each: each[0][1:] != _place(job)[1:])  # first those that are asked as it is
        yield from (_moved(last.result, deployed) for _, last in others)


def _place(job: Job) -> _Place:
    return job.column, job.by, job.dropped


def _alike(one: Result, other: Result) -> bool:
    """Whether they are the same verdict with the same evidence."""
    return one.verdict == other.verdict and _shown(one.evidence) == _shown(other.evidence)


def _shown(evidence: Evidence) -> Evidence:
    return replace(evidence, obligations=())


def _moved(result: Result, deployed: Mapping[Instance, str]) -> Result:
    """The verdict with its stories told of the versions that are deployed in another column."""
    witness = None if result.witness is None else _with_versions(result.witness, deployed)
    return replace(result, evidence=_with_versions(result.evidence, deployed), witness=witness)


def _with_versions(evidence: Evidence, deployed: Mapping[Instance, str]) -> Evidence:
    return replace(
        evidence,
        trace=_story_with(evidence.trace, deployed),
        way=_story_with(evidence.way, deployed),
        cases=tuple(_with_versions(each, deployed) for each in evidence.cases),
    )


def _story_with(trace: Trace | None, deployed: Mapping[Instance, str]) -> Trace | None:
    if trace is None:
        return None
    return replace(trace, situations=tuple(replace(each, versions=deployed) for each in trace.situations))
