"""Removes irrelevant things, and days off that do not matter, from stories: a solver's answer has many."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from checker.model.deadline import NEVER, Deadline
from checker.model.evaluate import Rules, decide, successor
from checker.model.fewer_days_off import with_fewer_days_off
from checker.model.mixture import common_model
from checker.model.model import Model
from checker.model.situation import Request, Situation, Trace
from checker.question.verdict import Evidence, Finding
from checker.trusted.obligations import Rejected
from checker.trusted.replay import NotReplayed


def slimmed(rules: Rules, evidence: Evidence, deadline: Deadline = NEVER) -> Evidence | None:
    """The same story with fewer things, not yet replayed; None if none can be removed, or the story would
    change. It keeps the things that steps, requests and the claim's variables name, the constants, at least
    one thing of every sort, and the things that functions lead to from all these.
    """
    if evidence.trace is None:
        return None
    first = _first(evidence)
    model = common_model(rules)
    kept = _reached(first, {*_named(evidence), *model.constants})
    some = {things[0] for things in first.things.values() if things and not _ordinary(things, kept, model)}
    kept = _reached(first, kept | some)
    if all(kept.issuperset(things) for things in first.things.values()):
        return None
    return _begun(rules, evidence, _restricted(first, kept), deadline)


def without_idle_days_off(
    rules: Rules, finding: Finding, checked: Callable[[Evidence], Finding], deadline: Deadline
) -> Finding:
    """The same finding, with a story that supposes no days off that it can do without. `checked`: what is
    found by other evidence; raises NotReplayed or Rejected.
    """
    found = finding

    def serves(first: Situation) -> bool:
        nonlocal found
        evidence = _begun(rules, found.evidence, first, deadline)
        if evidence is not None:
            with contextlib.suppress(NotReplayed, Rejected):
                found = checked(replace(evidence, obligations=()))
                return True
        return False

    if found.evidence.trace is not None:
        with_fewer_days_off(_first(found.evidence), serves)
    return found


def _first(evidence: Evidence) -> Situation:
    """The situation in which the story, or the way to it, begins."""
    story = evidence.way or evidence.trace
    assert story is not None
    return story.situations[0]


def _begun(rules: Rules, evidence: Evidence, first: Situation, deadline: Deadline) -> Evidence | None:
    """The same story from another situation; None if a request in it is not accepted there."""
    assert evidence.trace is not None
    way = () if evidence.way is None else evidence.way.steps
    situations = [first]
    for step in (*way, *evidence.trace.steps):
        if step.request is not None and not _accepted(rules, situations[-1], step.request, deadline):
            return None
        situations.append(successor(rules, situations[-1], step, deadline))
    begun = len(way)
    return replace(
        evidence,
        trace=Trace(tuple(situations[begun:]), evidence.trace.steps),
        way=None if evidence.way is None else Trace(tuple(situations[: begun + 1]), way),
    )


def _accepted(rules: Rules, situation: Situation, request: Request, deadline: Deadline) -> bool:
    return decide(rules, situation, request, deadline, failing=True).accepted


def _named(evidence: Evidence) -> Iterable[str]:
    """What the story names, including enum values."""
    yield from evidence.binding.values()
    for request in evidence.requests.values():
        yield from request.values.values()
    stories = (each for each in (evidence.way, evidence.trace) if each is not None)
    for step in (each for story in stories for each in story.steps):
        yield from step.arguments.values()
        yield from step.request.values.values() if step.request else ()


def _reached(situation: Situation, start: set[str]) -> set[str]:
    """The start, and the things and values that functions lead to from places that consist only of these."""
    elements = {each for things in situation.things.values() for each in things}
    reached = set(start)
    while True:
        new = {
            value
            for (_, arguments), value in situation.values.items()
            if isinstance(value, str)
            and value not in reached
            and all(each in reached or each not in elements for each in arguments)
        }
        if not new:
            return reached
        reached |= new


def _ordinary(things: tuple[str, ...], kept: set[str], model: Model) -> bool:
    """Whether one of the things that is not a constant is kept."""
    return any(each in kept and each not in model.constants for each in things)


def _restricted(situation: Situation, kept: set[str]) -> Situation:
    elements = {each for things in situation.things.values() for each in things}
    gone = elements - kept
    return Situation(
        {sort: tuple(each for each in things if each in kept) for sort, things in situation.things.items()},
        {
            (function, arguments): value
            for (function, arguments), value in situation.values.items()
            if not gone.intersection(arguments)
        },
        situation.versions,
        situation.days_off,
    )
