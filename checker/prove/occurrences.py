"""Shows by a story that a claim is not vacuous, or by an invariant that what it speaks of never occurs."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Protocol

from checker.model.deadline import Deadline
from checker.prove.examples import example
from checker.prove.fewer_things import slimmed
from checker.prove.story_or_invariant import StoryOrInvariant
from checker.question.goals import Simple, reach_of
from checker.question.jobs import Job
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.verdict import Evidence, Finding
from checker.question.which_laws import starts
from checker.question.witness import witness_of
from checker.trusted.obligations import Rejected, check
from checker.trusted.replay import NotReplayed, Replayer
from checker.trusted.requirements import Decided, nothing_occurs


class Asked(Protocol):
    """The work on one job, as far as it matters here."""

    @property
    def job(self) -> Job: ...

    @property
    def question(self) -> Question: ...

    @property
    def problem(self) -> Problem: ...

    @property
    def replayer(self) -> Replayer: ...

    @property
    def deadline(self) -> Deadline: ...

    def told(self, verdict: Decided) -> bool:
        """Whether people may read the story that shows this verdict."""


def occurs_or_not(asked: Asked, found: Finding) -> tuple[Evidence | None, Evidence | None]:
    """Return a story in which occurs what the claim speaks of or, if it never does, the evidence of that.
    `found`: the proof of the claim. Raises GaveUp and OutOfTime if neither is found.
    """
    like = asked.job.like
    with contextlib.suppress(Rejected, GaveUp):
        if like is not None and like.empty is not None:
            return None, _nothing_occurs(asked, like.empty)
    witness, empty = _occurrence(asked, found)
    return witness, None if empty is None else _nothing_occurs(asked, empty)


def _nothing_occurs(asked: Asked, empty: Evidence) -> Evidence:
    obligations = check(asked.problem, nothing_occurs(asked.question, asked.problem, empty))
    return replace(empty, obligations=obligations)


def _occurrence(asked: Asked, found: Finding) -> tuple[Evidence | None, Evidence | None]:
    """A story that shows that the claim is not vacuous or, if there is none, the evidence of that."""
    witness, like = witness_of(asked.job.claim, asked.question.statement), asked.job.like
    if witness is None:
        return None, None
    if asked.question.cases and found.evidence.cases:
        return found.evidence.cases[0], None  # the difference is not empty
    if like is not None and like.witness is not None:
        with contextlib.suppress(NotReplayed):
            asked.replayer.shows(witness, like.witness)
            return like.witness, None
    ordinary = asked.told("proved")
    story = example(asked.problem, asked.replayer, lambda to: reach_of(to, witness), ordinary=ordinary)
    if isinstance(story, StoryOrInvariant):
        return None, story.evidence()
    return shown(asked, witness, story), None


def shown(asked: Asked, statement: Simple, told: Evidence) -> Evidence:
    """Return a story that shows the statement, replayed: with fewer things if that replays, too. Raises
    NotReplayed if `told` does not show it.
    """
    told = replace(told, anywhere=not starts(statement))
    if (slim := slimmed(asked.question.rules, told, asked.deadline)) is not None:
        with contextlib.suppress(NotReplayed):
            asked.replayer.shows(statement, slim)
            return slim
    asked.replayer.shows(statement, told)
    return told
