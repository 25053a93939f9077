"""One trial: a random law and a claim, decided by the engines and held against what comes day by day."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from checker.language.diagnostics import SpecError
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from tests.day_by_day.claims import FORMS, Claim, Form, claim
from tests.day_by_day.laws import Law, law
from tests.day_by_day.search import Effort, search
from tests.day_by_day.stories import Amiss, tell
from tests.day_by_day.wordings import apart, two_versions
from tests.support.load import load

REFUSED = {"two-values", "breach-unseen"}
"""Codes of laws that are drawn and rightly refused: two lapses may give one place two values, or a check asks
about a breach that no situation shows.
"""


@dataclass
class Tally:
    """What became of claims, by form; why laws were refused, and what disagrees, with the law's number."""

    counts: Counter[tuple[Form, str]] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    complaints: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what became of others, too."""
        self.counts += other.counts
        self.refused += other.refused
        self.reasons += other.reasons
        self.complaints += other.complaints


@dataclass(frozen=True)
class Trial:
    """A law and a claim about it, as text too."""

    law: Law
    claim: Claim
    chance: random.Random

    @property
    def claims(self) -> str:
        """The page of claims."""
        if self.claim.form == "alike":
            return f'claim 1 a "A."\n    from "1"\n    {self.claim.text}\n    expect proved in w\n'
        head = 'claim 1 a "A."\n    from "1"\n    for t: Thing'
        return f"{head}\n    {self.claim.text}\n    expect proved in v\n"


def drawn(number: int) -> Trial:
    """The trial of that number."""
    chance = random.Random(f"day by day {number}")
    if FORMS[number % len(FORMS)] == "alike":
        versions, one, other = two_versions(chance)
        return Trial(versions, Claim("alike", "v and w decide alike", one, other), chance)
    made = law(chance, random.Random(f"duties and calendars of {number}"))
    return Trial(made, claim(made, FORMS[number % len(FORMS)]), chance)


def run(number: int, budget: float, effort: Effort) -> Tally:
    """Make the trial of that number. Anything that goes wrong is a complaint."""
    trial, tally = drawn(number), Tally()
    form = trial.claim.form
    try:
        found = decided(trial, budget)
    except SpecError as error:
        codes = {each.code for each in error.diagnostics}
        tally.refused[", ".join(sorted(codes))] += 1
        if not codes <= REFUSED:
            tally.complaints.append((number, f"refused: {error.diagnostics[0].message}"))
        return tally
    except Exception as error:
        tally.complaints.append((number, f"{type(error).__name__}: {error}"))
        return tally
    tally.counts[form, found.verdict] += 1
    if found.verdict == "unknown":
        tally.reasons[found.reason.split(":")[0]] += 1
    complaint, whole = held(trial, found, effort)
    tally.counts[form, "gone through"] += whole
    if complaint:
        tally.complaints.append((number, complaint))
        tally.counts[form, "disagree"] += 1
    return tally


def decided(trial: Trial, budget: float) -> Result:
    """The verdict of the engines. Raises SpecError."""
    regime = load(trial.law.text, trial.claims)
    (job,) = jobs_for(regime.claims)
    return Prover(regime, budget=budget, witnesses="none").decide(job)


def held(trial: Trial, found: Result, effort: Effort) -> tuple[str, bool]:
    """What contradicts the verdict, if anything, and whether all was gone through that comes about of two
    things.
    """
    if found.verdict == "unknown":
        return "", False
    if (found.verdict == "proved") is (trial.claim.form == "possibly"):  # a story is there
        try:
            tell(trial.law, trial.claim, found.evidence)
        except Amiss as why:
            return f"{found.verdict}, but {why}", False
        return "", True
    if trial.claim.form == "alike":
        differ = apart(trial.claim.given, trial.claim.goal, trial.chance)
        return (f"{found.verdict}, but the wordings differ" if differ else ""), False
    against = search(trial.law, trial.claim, trial.chance, effort)
    return (f"{found.verdict}, but there is a story against it" if against.shown else ""), against.whole
