"""Examples: stories that show what a claim speaks of, chosen as stories are that tell why one is false."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from checker.model.deadline import OutOfTime
from checker.prove.story_or_invariant import anywhere, arising
from checker.question.goals import Asking
from checker.question.problem import GaveUp, Problem
from checker.question.verdict import Evidence, Story
from checker.trusted.replay import NotReplayed, Replayer


def example(problem: Problem, replayer: Replayer, asking: Asking, found: Story) -> Evidence:
    """What the story that was found shows; of any situation, an ordinary one instead, and such as comes about
    if there is one.
    """
    if asking(problem).reachable:
        return replayer.told(found)
    with contextlib.suppress(NotReplayed):
        arisen = arising(problem, asking)
        if arisen is not None:
            return replace(replayer.arisen(arisen), way=None)
    with contextlib.suppress(GaveUp, OutOfTime), problem.hurrying():
        found = anywhere(problem, asking, told=True) or found
    return replayer.told(found)
