"""What to report if neither a proof nor a story was found: what a small instance shows, and what is not
excluded.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TypeAlias

from checker.model.claim import Always
from checker.model.deadline import OutOfTime
from checker.model.lacking import lacking
from checker.prove.story_or_invariant import Undecided, where_false
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.verdict import Evidence, Finding, Open
from checker.question.which_laws import starts
from checker.trusted.replay import NotReplayed, Replayer

Small: TypeAlias = tuple[int | None, str]
"""The length of the shortest violation in a small instance (None if it has none), and the instance.
"""


def seen_among_few(question: Question, problem: Problem, replayer: Replayer) -> Small | None:
    """What the explorer finds about a violation; None if it does not apply, or has no time."""
    open_deployment = question.free or question.job.column.staged
    if not question.universal or question.of_orders or open_deployment or question.deadline.passed:
        return None
    from checker.explore.second_opinion import explored_for_story

    with contextlib.suppress(OutOfTime, RecursionError):
        return explored_for_story(problem, replayer)
    return None


def bounded(small: Small | None, why: str) -> Finding:
    """The finding without a proof or a story: bounded if a small instance has no violation, otherwise
    unknown.
    """
    if small is None or small[0] is not None:
        return Finding("unknown", Evidence(), why)
    return Finding("bounded", Evidence(), f"{why}; no story to the contrary in {small[1]}")


def not_excluded(question: Question, why: GaveUp) -> Open | None:
    """A story that leads to what the claim excludes, from a situation that may not be reachable; or a story
    from a start to where a lemma is false. None if there is none, or no time to replay it.
    """
    if not isinstance(why, Undecided) or why.story is None:
        return None
    with contextlib.suppress(NotReplayed, OutOfTime, RecursionError):
        if why.lemma is None:
            told = Replayer(question).told(why.story)
            Replayer(question).happens(told, starts=False, request=next(iter(why.story.requests), None))
            return Open(told)
        claim = question.job.claim.of_lemma(why.lemma)
        replayer = Replayer(Question(question.regime, replace(question.job, claim=claim), question.deadline))
        told = replayer.told(replace(why.story, binding={}, requests={}))
        replayer.shows(Always(why.lemma.formula), told)
        return Open(told, why.lemma)
    return None


def false_lemma(question: Question, finding: Finding, problem: Problem) -> Open | None:
    """For a proved claim, a story to where a lemma is false that the proof does not need; None if the proof
    needs every lemma, or none is found to be false in time. Claims about any situation have no such story.
    """
    if not starts(question.statement):
        return None
    lemmas = question.job.claim.unneeded(finding.evidence.invariant) if finding.verdict == "proved" else ()
    for lemma in lemmas:
        with contextlib.suppress(GaveUp, OutOfTime, RecursionError):
            story = None if lacking(question.model, lemma.formula) else where_false(problem, lemma)
            found = None if story is None else not_excluded(question, Undecided("", story, lemma))
            if found is not None:
                return found
    return None
