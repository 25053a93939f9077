"""Asks the engines and the analyses: the one module here that knows them. What they say comes out as plain
values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checker.model.claim import Claim, Column, DifferenceCase
from checker.model.expressions import And, Formula, Term
from checker.prove.decide import Prover
from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.rooms.cover.find import Coverer
from checker.rooms.cover.find import Plan as CoverPlan
from checker.rooms.diff.find import differ
from checker.rooms.rollout.find import plan_of, roll_out
from checker.rooms.who.find import answers, question_of
from tests.yardstick.inquiry import Asking
from tests.yardstick.stories import Answer
from tests.yardstick.worlds import Instance

NEW, LOST, OTHERWISE = "newly accepted", "newly rejected", "differently rejected"


@dataclass(frozen=True, slots=True)
class Told:
    """The verdicts that an answer rests on, about a law with more claims in it."""

    regime: Regime
    verdicts: tuple[tuple[Asking, Answer], ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """What is decided differently, by kind; `open`: why that is not known."""

    told: Told
    accepted: tuple[DifferenceCase, ...]
    rejected: tuple[DifferenceCase, ...]
    differently: tuple[DifferenceCase, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Mixture:
    """What is deployed in a mixture, the kinds of harm that it does not do, and the claims that are proved
    there.
    """

    deployed: tuple[tuple[Instance, str], ...]
    harmless: frozenset[str]
    proved: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class Coalitions:
    """Who can: each coalition by the terms that name its members, and how many others are in it."""

    told: Told
    condition: Formula
    goal: Formula
    able: tuple[tuple[tuple[Term, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of an edit, and the column of the law as edited. `noticing`: claims with another verdict
    there.
    """

    column: Column
    weight: str
    noticing: tuple[Claim, ...]


def answer_of(result: Result) -> Answer:
    """A result, as a plain value."""
    evidence = result.evidence
    return Answer(
        result.verdict,
        result.reason,
        result.vacuous,
        evidence.trace,
        evidence.binding,
        evidence.requests,
        evidence.missing,
    )


def _told(regime: Regime, results: Iterable[Result]) -> Told:
    return Told(
        regime, tuple((Asking(each.claim, each.column, each.by), answer_of(each)) for each in results)
    )


class Engines:
    """The engines on one law."""

    def __init__(self, regime: Regime, budget: float) -> None:
        self.regime, self.effort = regime, Effort(budget, processes=1, witnesses="none")
        self.prover = Prover(regime, budget=budget, witnesses="none")

    def answer(self, asking: Asking) -> Answer:
        """The verdict on a claim in a column."""
        return answer_of(self.prover.decide(Job(asking.claim, asking.column, by=asking.by)))

    def difference(self, old: Column, new: Column) -> Differing:
        """What the new column decides differently."""
        found = differ(self.regime, old, new, self.effort, "diff")
        several: dict[str, list[DifferenceCase]] = {kind: [] for kind in (NEW, LOST, OTHERWISE)}
        for each in found.changes:
            several.setdefault(each.kind, []).append(DifferenceCase(each.label, each.case.formula))
        accepted, rejected, differently = (tuple(several[kind]) for kind in (NEW, LOST, OTHERWISE))
        told = _told(found.regime, found.results)
        return Differing(told, accepted, rejected, differently, bool(found.undecided))

    def rollout(self, old: Column, new: Column) -> tuple[Told, tuple[Mixture, ...]]:
        """What every mixture of two versions does. Raises SpecError where that is no roll-out."""
        found = roll_out(
            plan_of(self.regime, old, new), self.effort, "rollout", lambda *_: None, trusting=False
        )
        mixtures = []
        for each in found.lattice.mixtures:
            if each in (0, found.lattice.all_on):
                continue
            deployed = tuple(found.plan.versions(each).items())
            tests = [test for test in found.tests if test.claim is None]
            harmless = frozenset(test.kind for test in tests if test.state(each) == "harmless")
            proved = tuple(
                Asking(test.claim, test.column, fixed=deployed)
                for test in found.tests
                if test.claim is not None and "proved" in (test.verdict(each), test.settled and "proved")
            )
            mixtures.append(Mixture(deployed, harmless, proved))
        return _told(found.regime, found.results), tuple(mixtures)

    def who(self, claim: Claim, column: Column) -> Coalitions:
        """Who can bring about what the claim speaks of. Raises SpecError."""
        asked = question_of(claim, "who")
        found = answers(self.regime, asked, (column,), self.effort)
        able = tuple((each.coalition.named, each.coalition.others) for each in found.found[0].able)
        given = [each for each in (asked.where, *asked.premises) if each is not None]
        condition = And((asked.condition, *given))
        return Coalitions(_told(found.regime, found.results), condition, asked.goal, able)

    def cover(self, column: Column, most: int) -> tuple[Regime, tuple[Edited, ...]]:
        """What becomes of the first edits of a column."""
        plan = CoverPlan.of(self.regime, column, self.effort)
        coverer = Coverer(plan, self.effort)
        claims = {each.name: each for each in plan.law.claims}
        edited = []
        for edit in plan.edits[:: max(1, len(plan.edits) // most)]:
            found = coverer.cover(edit)
            if found.weight != "unknown":
                noticing = tuple(claims[each.name] for each in found.notices)
                edited.append(Edited(plan.column_of(edit), found.weight, noticing))
        return plan.law, tuple(edited)
