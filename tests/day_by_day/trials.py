"""One trial: a random law and a claim, decided by the engines and held against what comes day by day."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, replace

from checker.language.diagnostics import SpecError
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from tests.day_by_day.claims import FORMS, Claim, Form, claim
from tests.day_by_day.constructs import found
from tests.day_by_day.drawing import law
from tests.day_by_day.laws import Law
from tests.day_by_day.search import Effort, search
from tests.day_by_day.stories import Amiss, tell
from tests.day_by_day.wordings import apart, two_versions
from tests.support.cpu import cpu_budget

WALL = 60
"""So many times its seconds of CPU time a claim may take of all time: a machine may be that busy."""

REFUSED = {"two-values", "breach-unseen"}
"""Codes of laws that are drawn and rightly refused: two lapses may give one place two values, or a check asks
about a breach that no situation shows.
"""


@dataclass(frozen=True)
class Outcome:
    """What became of the law of a number. `verdict`: empty if the law was refused; `refused`: by which codes;
    `reason`: why it is unknown; `whole`: all was gone through that comes about of two things, or the
    verdict's own story; `complaint`: what disagrees; `cpu`: seconds that it took; `has`: what the law is made
    of.
    """

    number: int
    form: Form
    verdict: str = ""
    refused: str = ""
    reason: str = ""
    whole: bool = False
    complaint: str = ""
    cpu: float = 0.0
    has: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trial:
    """A law and a claim about it, as text too."""

    law: Law
    claim: Claim
    chance: random.Random

    @property
    def claims(self) -> str:
        """The page of claims."""
        head = 'claim 1 a "A."\n    from "1"\n'
        head += "" if self.claim.form in ("alike", "after", "accepted") else "    for t: Thing\n"
        return f"{head}    {self.claim.text}\n    expect proved in {self.law.column}\n"

    @property
    def pages(self) -> dict[str, str]:
        """All pages, by their names."""
        further = {f"page-{number}.md": text for number, text in enumerate(self.law.pages)}
        return {
            "keys.md": f"```redline\n{self.law.text}\n```\n",
            **further,
            "claims.md": f"```redline\n{self.claims}```\n",
        }


def drawn(number: int) -> Trial:
    """The trial of that number."""
    chance = random.Random(f"day by day {number}")
    if FORMS[number % len(FORMS)] == "alike":
        versions, one, other = two_versions(chance)
        return Trial(versions, Claim("alike", "v and w decide alike", one, other), chance)
    made, form = law(chance), FORMS[number % len(FORMS)]
    if made.exact and form in ("within after", "in the end", "accepted") and chance.random() < 0.7:
        form = "in time"  # these seldom turn on the exact day
    return Trial(made, claim(made, form), chance)


def run(number: int, budget: float, effort: Effort) -> Outcome:
    """Make the trial of that number. Anything that goes wrong is a complaint."""
    started, trial = time.process_time(), drawn(number)
    begun = Outcome(number, trial.claim.form, has=found(f"{trial.law.text}\n{trial.claims}"))
    return replace(_run(begun, trial, budget, effort), cpu=round(time.process_time() - started, 3))


def _run(begun: Outcome, trial: Trial, budget: float, effort: Effort) -> Outcome:
    try:
        result = decided(trial, budget)
    except SpecError as error:
        codes = {each.code for each in error.diagnostics}
        complaint = "" if codes <= REFUSED else f"refused: {error.diagnostics[0].message}"
        return replace(begun, refused=", ".join(sorted(codes)), complaint=complaint)
    except Exception as error:
        return replace(begun, complaint=f"{type(error).__name__}: {error}")
    reason = result.reason.split(":")[0] if result.verdict == "unknown" else ""
    complaint, whole = held(trial, result, effort)
    return replace(begun, verdict=result.verdict, reason=reason, whole=whole, complaint=complaint)


def decided(trial: Trial, budget: float) -> Result:
    """The verdict of the engines. Raises SpecError."""
    with cpu_budget(budget) as stop:
        regime = load_texts(trial.pages)
        (job,) = jobs_for(regime.claims)
        return Prover(regime, budget=WALL * budget, witnesses="none", stop=stop).decide(job)


def held(trial: Trial, result: Result, effort: Effort) -> tuple[str, bool]:
    """What contradicts the verdict, if anything, and whether all was gone through that comes about of two
    things.
    """
    if result.verdict == "unknown":
        return "", False
    if (result.verdict == "proved") is (trial.claim.form == "possibly"):  # a story is there
        try:
            tell(trial.law, trial.claim, result.evidence)
        except Amiss as why:
            return f"{result.verdict}, but {why}", False
        return "", True
    if trial.claim.form == "alike":
        differ = apart(trial.law, trial.claim.given, trial.claim.goal, trial.chance)
        return (f"{result.verdict}, but the wordings differ" if differ else ""), False
    against = search(trial.law, trial.claim, trial.chance, effort)
    return (f"{result.verdict}, but there is a story against it" if against.shown else ""), against.whole
