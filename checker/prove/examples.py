"""Examples: stories that show what a claim speaks of, chosen as stories are that tell why one is false."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace

from checker.prove.story_or_invariant import StoryOrInvariant, anywhere, arising, decide_reach
from checker.question.goals import Asking
from checker.question.problem import GaveUp, Problem
from checker.question.verdict import Evidence, Story
from checker.trusted.replay import NotReplayed, Replayer


def example(
    problem: Problem, replayer: Replayer, asking: Asking, *, ordinary: bool
) -> Evidence | StoryOrInvariant:
    """A story that shows what is asked or, if none does, why that is so. Raises GaveUp.

    `ordinary`: people will read it, so that it should be an ordinary one and, of any situation, lead there
    from a start if some story does.
    """
    if ordinary and not asking(problem).reachable:
        with contextlib.suppress(NotReplayed):
            arisen = arising(problem, asking)
            if arisen is not None:
                return replace(replayer.arisen(arisen), way=None)
    decided = decide_reach(problem, asking, likely=True, told=ordinary)
    return decided if decided.story is None else replayer.told(decided.story)


def choices(
    problem: Problem, replayer: Replayer, asking: Asking, found: Story, *, told: bool
) -> Iterator[Evidence]:
    """Yield what may be told for a story that was found, the best first. Raises NotReplayed.

    `told`: people will read it. Of any situation, one to which a story leads from a start is better, and then
    an ordinary one.
    """
    if asking(problem).reachable:
        yield replayer.told(found)
        return
    if told:
        with contextlib.suppress(NotReplayed):
            arisen = arising(problem, asking)
            if arisen is not None:
                yield replayer.arisen(arisen)
        with contextlib.suppress(NotReplayed, GaveUp):
            other = anywhere(problem, asking, told=True)
            if other is not None:
                yield replace(replayer.told(other), anywhere=True)
    yield replace(replayer.told(found), anywhere=True)
