"""Obligations as scripts, built in new terms for each verdict, so that their text depends on it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.evidence.file_names import LONGEST
from checker.logic import calendar
from checker.logic.smtlib import script
from checker.question.problem import Problem
from checker.question.question import Question
from checker.question.verdict import Evidence
from checker.question.workbench import Workshop
from checker.trusted import grounds, requirements
from checker.trusted.obligations import Claimed


@dataclass(frozen=True, slots=True)
class Script:
    """An obligation as a file. `name` is a file's name without folder."""

    name: str
    obligation: str
    meaning: str
    text: str


def verdict_scripts(
    question: Question, verdict: requirements.Decided, evidence: Evidence
) -> tuple[Script, ...]:
    """What must be unsatisfiable for the verdict, without the grounds."""
    problem = question.problem(Workshop(question.regime, 0))
    claim = question.job.claim
    heading = (f"Claim {claim.number}, {claim.name}, in {question.job.column}: {verdict}.", claim.sentence)
    claimed = requirements.obligations(question, problem, verdict, evidence)
    return tuple(_scripts(claimed, heading, problem, evidence.months))


def empty_scripts(question: Question, empty: Evidence) -> tuple[Script, ...]:
    """What must be unsatisfiable for the claim to be vacuous."""
    problem = question.problem(Workshop(question.regime, 0))
    claim = question.job.claim
    said = f"Claim {claim.number}, {claim.name}, in {question.job.column}: vacuous."
    claimed = requirements.nothing_occurs(question, problem, empty)
    return tuple(_scripts(claimed, (said, claim.sentence), problem, empty.months, before="vacuous-"))


def ground_scripts(question: Question, months: Iterable[int], *, checked: bool) -> tuple[Script, ...]:
    """What must be unsatisfiable for every verdict about the law."""
    problem = question.problem(Workshop(question.regime, 0))
    heading = (f"The law of {problem.system.column}: what every verdict about it rests on.",)
    return tuple(_scripts(grounds.demanded(problem, checked=checked), heading, problem, months))


def _scripts(
    claimed: Iterable[Claimed],
    heading: tuple[str, ...],
    problem: Problem,
    months: Iterable[int],
    before: str = "",
) -> Iterator[Script]:
    for number, each in enumerate(claimed, 1):
        slug = re.sub(r"[^A-Za-z0-9.-]+", "-", each.name)[:LONGEST].strip("-.") or "unnamed"
        name = f"{before}{number:02}-{slug}.smt2"
        lines = (*heading, f"{each.name}: {each.meaning}.")
        known = (*each.parts, *calendar.parts(problem.terms, each.formulas, months))
        text = script(lines, known, problem.terms, problem.system.named)
        yield Script(name, each.name, each.meaning, text)
