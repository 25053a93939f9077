"""Which stories are admissible: their things and versions are the law's and the claim's, and they can happen.

Nothing is taken for granted of a story that is read from a file: the solver speaks of no world without
things, of no thing twice, and of no versions but those that the question lets be deployed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from checker.model.evaluate import axiom_broken, is_deployment, replay, well_made
from checker.model.expressions import FACT
from checker.model.model import Model
from checker.model.situation import Situation, Trace
from checker.question.question import Question

PLAIN: Final = re.compile(r"[\w.-]+")
PLACES: Final = 1_000_000  # places for values in one situation; the stories of a search have some hundreds


def inadmissible(question: Question, trace: Trace, *, starts: bool) -> str | None:
    """Why the story cannot happen under the question's law and versions, from a start if it `starts`; None if
    it can.
    """
    first = _misshapen(question, trace)
    if question.about.compares:
        happens = _compared_wrong(question, trace)
    else:
        happens = replay(question.rules, trace, starts, deadline=question.deadline)
    return first or happens or _deployment_wrong(question, question.model, trace)


def misled(question: Question, way: Trace) -> str | None:
    """Why a way from a start, to a situation that a claim is about, cannot be taken in the question's column;
    None if it can.
    """
    happens = replay(question.rules, way, starts=True, deadline=question.deadline)
    return _misshapen(question, way) or happens or _deployment_wrong(question, question.model, way)


def _misshapen(question: Question, trace: Trace) -> str | None:
    """What is wrong with the things and places of a situation, if anything is."""
    model = question.model
    found = (
        f"situation {number}: {wrong}"
        for number, situation in enumerate(trace.situations)
        for wrong in (*_things_wrong(model, situation), *_places_wrong(question, model, situation))
    )
    return next(found, None)


def _compared_wrong(question: Question, trace: Trace) -> str | None:
    """A comparison is about one situation, within the axioms of every law that is compared."""
    if len(trace.situations) != 1 or trace.steps:
        return "a comparison is about one situation"
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
    """Every sort has things, each of them once; only constants need not have plain names."""
    sorts = {name for name, sort in model.sorts.items() if not sort.is_enum and sort != FACT}
    for name in sorted({*sorts, *situation.things}):
        things = situation.things.get(name, ())
        if name not in sorts:
            yield f"`{name}` is no sort of things"
        elif not things:
            yield f"there is nothing of the sort `{name}`"
        elif len(set(things)) < len(things):
            yield f"something of the sort `{name}` is named twice"
        elif not all(each in model.constants or PLAIN.fullmatch(each) for each in things):
            yield f"something of the sort `{name}` has no plain name"


def _places_wrong(question: Question, model: Model, situation: Situation) -> Iterator[str]:
    """There are not too many places to look at, and versions at the law's components only."""
    sizes = {name: len(sort.values) for name, sort in model.sorts.items() if sort.is_enum}
    sizes |= {name: len(things) for name, things in situation.things.items()}
    functions = model.functions.values()
    if sum(math.prod(sizes.get(each.name, 1) for each in f.parameters) for f in functions) > PLACES:
        yield "there are too many things in it"
    if set(situation.versions) != set(question.regime.deployed(question.job.column)):
        yield "versions are deployed at other components than the law has"


def _deployment_wrong(question: Question, model: Model, trace: Trace) -> str | None:
    """Versions are those of the column, or of those that the claim lets them be; they move only if it says
    so.
    """
    first = dict(trace.situations[0].versions)
    own = dict(question.regime.deployed(question.job.column))
    anywhere = question.free and not question.moving
    if not set(first.values()) <= set(question.free) if anywhere else first != own:
        return "situation 0: other versions are deployed"
    movable = question.free if question.moving else ()
    for number, step in enumerate(trace.steps, 1):
        if not is_deployment(model, step):
            continue
        if step.arguments.get("version") not in movable:
            return f"step {number}: deployment is no step of this claim"
        if not {"component", "index", "version"}.issuperset(step.arguments):
            return f"step {number}: a deployment has a component, its index and a version only"
    return None
