"""One trial: a random law, each of its claims decided by the engines and held against worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from re import sub

from checker.language.diagnostics import SpecError
from checker.model.claim import Column, Leads
from checker.regime.load import load_texts
from tests.regimes_agree.trials import Trial, make_trial
from tests.yardstick import analyses
from tests.yardstick.asking import Engines
from tests.yardstick.inquiry import Asking
from tests.yardstick.verdicts import Effort, hold
from tests.yardstick.worlds import Unfit

ANALYSES = ("diff", "rollout", "who", "cover")
STAGED = 6  # one law in so many is asked of requests under way
COVERED, EDITS = 5, 6  # one law in so many has edits, and so many of them


@dataclass
class Tally:
    """What became of how many claims, by form. `complaints`: law, question, what contradicts the verdict."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    complaints: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        self.skipped += other.skipped
        self.complaints += other.complaints


def run(trial: Trial, effort: Effort, budget: float) -> Tally:
    """Decide every question about a law, and hold the verdicts against worlds."""
    tally = Tally()
    try:
        regime = load_texts(trial.texts)
    except SpecError as why:  # some cannot be asked what their authors expect, however often they are written
        tally.skipped[f"the whole law: {_first(why)}"] += 1
        return tally
    engines = Engines(regime, budget)
    claims = {each.name: each for each in regime.claims}
    for question in trial.questions:
        told = f"{question.claim}{f' by {question.by}' if question.by else ''} in {question.column}"
        try:
            asking = Asking(claims[question.claim], regime.parse_column(question.column), question.by)
            answer = engines.answer(asking)
            held = hold(regime, asking, answer, effort)
        except (
            SpecError
        ) as why:  # some laws cannot be staged, and some have struck what a column goes without
            tally.skipped[_first(why)] += 1
            continue
        except Exception as error:  # whatever goes wrong is kept like a disagreement
            tally.complaints.append((trial.name, told, f"{type(error).__name__}: {error}"))
            tally.counts[question.form, "disagreements"] += 1
            continue
        tally.counts[question.form, answer.verdict] += 1
        tally.counts[question.form, f"{answer.verdict} held"] += held.worlds > 0
        tally.counts[question.form, "disagreements"] += bool(held.complaints)
        tally.skipped += held.skipped
        tally.complaints += [(trial.name, told, f"{answer.verdict}: {each}") for each in held.complaints]
    return tally


def one(seed: int, claims: int, effort: Effort, budget: float, number: int) -> Tally:
    """The law of that number, made and tried."""
    return run(asked_of(make_trial(seed, number, claims), number), effort, budget)


def asked_of(trial: Trial, number: int) -> Trial:
    """The trial; some are asked of requests under way."""
    if number % STAGED != 1:
        return trial
    return replace(trial, questions=tuple(replace(q, column=_staged(q.column)) for q in trial.questions))


def _staged(column: str) -> str:
    base, *rest = column.split(" ")
    return column if rest[:1] == ["staged"] else " ".join((base, "staged", *rest))


def analysed(seed: int, claims: int, effort: Effort, budget: float, number: int) -> Tally:
    """What the analyses say about the law of that number, held against worlds."""
    trial = make_trial(seed, number, claims)
    return analyse(trial, effort, budget, cover=number % COVERED == 0)


def analyse(trial: Trial, effort: Effort, budget: float, *, cover: bool) -> Tally:
    """Ask everything that can be asked of the two versions of a law, and hold the answers against worlds."""
    tally = Tally()
    regime = load_texts(trial.texts)
    engines = Engines(regime, budget)
    claim = regime.claims[0]
    old, new = Column("old"), Column("new")
    leads = [each for each in regime.claims if isinstance(each.statement, Leads)]

    def diff() -> Iterable[str]:
        return analyses.differences(regime, claim, old, new, engines.difference(old, new), effort)

    def rollout() -> Iterable[str]:
        return analyses.mixtures(regime, claim, old, new, engines.rollout(old, new), effort)

    def who() -> Iterable[str]:
        for each in leads:
            yield from analyses.coalitions(regime, each, new, engines.who(each, new), effort)

    def covered() -> Iterable[str]:
        law, several = engines.cover(new, EDITS)
        return analyses.edits(law, claim, new, several, budget, effort)

    for name, asked in zip(ANALYSES, (diff, rollout, who, covered), strict=True):
        if name == "cover" and not cover:
            continue
        try:
            complaints = list(asked())
            tally.counts[name, "held"] += 1
        except (SpecError, Unfit) as why:
            tally.skipped[f"{name}: {_first(why)}"] += 1
            continue
        except Exception as error:  # whatever goes wrong is kept like a disagreement
            complaints = [f"{type(error).__name__}: {error}"]
        tally.counts[name, "disagreements"] += bool(complaints)
        tally.complaints += [(trial.name, name, each) for each in complaints]
    return tally


def _first(why: Exception) -> str:
    return sub(r"`[^`]*`", "…", why.diagnostics[0].message if isinstance(why, SpecError) else str(why))
