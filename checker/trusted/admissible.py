"""Which stories are admissible: their things and versions are the law's and the claim's, and they can happen.

A story that is read from a file may have faults that no story from the solver has: no things, the same thing
twice, or versions that the question does not allow to be deployed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from checker.model.evaluate import axiom_broken, is_deployment, replay, well_made
from checker.model.model import Model
from checker.model.situation import Situation, Trace
from checker.question.question import Question

PLAIN: Final = re.compile(r"[\w.-]+")
PLACES: Final = 1_000_000  # places for values in one situation; the stories of a search have some hundreds


def inadmissible(question: Question, trace: Trace, *, starts: bool) -> str | None:
    """Why the story cannot happen under the question's law and versions, from a start if it `starts`; None if
    it can.
    """
    wrong = _misshapen(question, trace)
    if wrong is not None:  # who knows how long the rest would take
        return wrong
    if question.about.compares:
        happens = _compared_wrong(question, trace)
    else:
        happens = replay(question.rules, trace, starts, deadline=question.deadline)
    return happens or _deployment_wrong(question, question.model, trace)


def misled(question: Question, way: Trace) -> str | None:
    """Why a way from a start, to a situation that a claim is about, cannot be taken in the question's column;
    None if it can.
    """
    wrong = _misshapen(question, way)
    happens = wrong or replay(question.rules, way, starts=True, deadline=question.deadline)
    return happens or _deployment_wrong(question, question.model, way)


def _misshapen(question: Question, trace: Trace) -> str | None:
    """What is wrong with the things and places of a situation, if anything is."""
    model = question.model
    found = (
        f"situation {number}: {wrong}"
        for number, situation in enumerate(trace.situations)
        for wrong in _wrong(question, model, situation)
    )
    return next(found, None)


def _wrong(question: Question, model: Model, situation: Situation) -> Iterator[str]:
    """Yield faults: too many things first, for it takes long to look at each of them."""
    sizes = {name: len(sort.values) for name, sort in model.sorts.items() if sort.is_enum}
    sizes |= {name: len(things) for name, things in situation.things.items()}
    functions = model.functions.values()
    if sum(math.prod(sizes.get(each.name, 1) for each in f.parameters) for f in functions) > PLACES:
        yield "there are too many things in it"
    yield from _things_wrong(model, situation)
    if set(situation.versions) != set(question.regime.deployed(question.job.column)):
        yield "versions must be deployed at exactly the law's components"


def _compared_wrong(question: Question, trace: Trace) -> str | None:
    """Why the story is not one situation within the axioms of every law compared; None if it is."""
    if len(trace.situations) != 1 or trace.steps:
        return "the story of a comparison must be one situation without steps"
    (situation,) = trace.situations
    unknown = sorted({*situation.versions.values()} - {*question.rules})
    if unknown:
        return f"there is no version `{unknown[0]}`"
    versions = (question.rules[each] for each in dict.fromkeys(situation.versions.values()))
    known = question.model.functions
    widened = (replace(each, functions={**known, **each.functions}) for each in versions)
    made = (well_made(each, situation) for each in widened)
    laws = (question.law(each, situation) for each in question.about.laws)
    broken = (axiom_broken(rules, here, question.deadline) for rules, here in laws)
    return next((each for each in (*made, *broken) if each is not None), None)


def _things_wrong(model: Model, situation: Situation) -> Iterator[str]:
    """Yield faults: every sort needs things, each once, and all but constants need plain names."""
    sorts = {name for name, sort in model.sorts.items() if sort.has_things}
    for name in sorted({*sorts, *situation.things}):
        things = situation.things.get(name, ())
        if name not in sorts:
            yield f"`{name}` is not a sort of things"
        elif not things:
            yield f"there is nothing of the sort `{name}`"
        elif len(set(things)) < len(things):
            yield f"something of the sort `{name}` is named twice"
        elif not all(each in model.constants or PLAIN.fullmatch(each) for each in things):
            yield f"something of the sort `{name}` has no plain name"


def _deployment_wrong(question: Question, model: Model, trace: Trace) -> str | None:
    """Why the deployed versions are not those of the column, or not among those that the claim allows, or
    change although the claim does not let them; None if they are right.
    """
    first = dict(trace.situations[0].versions)
    own = dict(question.regime.deployed(question.job.column))
    anywhere = question.free and not question.moving
    if not set(first.values()) <= set(question.free) if anywhere else first != own:
        return "situation 0: the wrong versions are deployed"
    movable = question.free if question.moving else ()
    for number, step in enumerate(trace.steps, 1):
        if not is_deployment(model, step):
            continue
        if step.arguments.get("version") not in movable:
            return f"step {number}: the claim does not allow this deployment"
        if not {"component", "index", "version"}.issuperset(step.arguments):
            return f"step {number}: a deployment has only a component, its index and a version"
    return None
