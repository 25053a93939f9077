"""One trial: a random law, each of its claims decided by the engines and held against worlds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from regime_trials import Trial, make_trial

from checker.regime.versions import load_texts
from yardstick.asking import Engines
from yardstick.inquiry import Asking
from yardstick.verdicts import Effort, hold


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
    regime = load_texts(trial.texts)
    engines = Engines(regime, budget)
    claims = {each.name: each for each in regime.claims}
    for question in trial.questions:
        asking = Asking(claims[question.claim], regime.parse_column(question.column), question.by)
        told = f"{question.claim}{f' by {question.by}' if question.by else ''} in {question.column}"
        try:
            answer = engines.answer(asking)
            held = hold(regime, asking, answer, effort)
        except Exception as error:  # whatever goes wrong is kept like a disagreement
            tally.complaints.append((trial.name, told, f"{type(error).__name__}: {error}"))
            tally.counts[question.form, "disagreements"] += 1
            continue
        tally.counts[question.form, answer.verdict] += 1
        tally.counts[question.form, f"{answer.verdict} held"] += held.worlds > 0
        tally.counts[question.form, "disagreements"] += bool(held.complaints)
        tally.skipped += held.skipped
        if any("writes twice" in each for each in held.complaints):
            tally.counts[question.form, "disagreements"] -= 1
            tally.skipped["a step writes twice"] += 1
            break
        tally.complaints += [(trial.name, told, f"{answer.verdict}: {each}") for each in held.complaints]
    return tally


def one(seed: int, claims: int, effort: Effort, budget: float, number: int) -> Tally:
    """The law of that number, made and tried."""
    return run(make_trial(seed, number, claims), effort, budget)
