"""Decides one claim in one column: search, then evidence, then a verdict; never the other way round."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import assert_never

from checker.engines import comparisons, eventually, strategies, temporal
from checker.engines.confirm import NotReplayed, Witnesses
from checker.engines.goals import Simple, reach_of
from checker.engines.job import Disagreement, Job
from checker.engines.obligations import Rejected, Schema, axioms_kept, check, never_at
from checker.engines.problem import GaveUp, Problem, by_condition
from checker.engines.reach import Asking, Decided, decide_reach
from checker.engines.region import Region
from checker.engines.search import find_story
from checker.engines.second import explored_without_story, second_opinion
from checker.engines.system import Columns, column_rules
from checker.engines.verdict import Evidence, Obligation, Result, VerdictName
from checker.engines.witness import witness_of
from checker.engines.workbench import Grounds, Place, Workshop
from checker.model.claim import (
    Always,
    AlwaysAfter,
    Column,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
)
from checker.model.model import Model


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its evidence, before it is dressed up as a Result."""

    verdict: VerdictName
    evidence: Evidence
    reason: str = ""


class Unfounded(GaveUp):
    """What every verdict in the column would rest on does not hold."""


class Prover:
    """Decides jobs one after the other. `budget`: seconds for each; what exceeds it is `unknown`.
    `explore`: the largest instance, in situations, that the explorer is asked about; 0 for none.

    What is built for one job, and serves others, is kept in the workshop.
    """

    def __init__(self, regime: Columns, *, budget: float = 60.0, seed: int = 0, explore: int = 0) -> None:
        self.regime = regime
        self.budget = budget
        self.seed = seed
        self.explore = explore
        self.workshop = Workshop(regime, seed)

    def decide(self, job: Job) -> Result:
        """The verdict on the job. Raises Disagreement if the engines contradict each other."""
        started = time.perf_counter()
        attempt = Attempt(self, job, time.monotonic() + self.budget)
        try:
            grounds = attempt.shared_grounds()
            finding = attempt.decide()
            obligations = (*finding.evidence.obligations, *grounds)
            finding = replace(finding, evidence=replace(finding.evidence, obligations=obligations))
            finding, witness, vacuous = attempt.with_witness(finding)
            explored = attempt.second_opinion(finding)
        except Unfounded as reason:
            finding, witness, vacuous, explored = Finding("unknown", Evidence(), str(reason)), None, False, ""
        except GaveUp as reason:
            finding, witness, vacuous, explored = attempt.bounded(str(reason)), None, False, ""
        except RecursionError:
            finding = Finding("unknown", Evidence(), "the rules nest too deep to be put to the solver")
            witness, vacuous, explored = None, False, ""
        except (NotReplayed, Rejected) as reason:
            raise Disagreement(f"claim {job.claim.name}, {job.column}: {reason}") from reason
        return Result(
            claim=job.claim,
            column=job.column,
            verdict=finding.verdict,
            reason=finding.reason,
            evidence=finding.evidence,
            by=job.by,
            expected=job.expected,
            witness=witness,
            vacuous=vacuous,
            explored=explored,
            seconds=time.perf_counter() - started,
        )


class Attempt:
    """The work on one job."""

    def __init__(self, prover: Prover, job: Job, deadline: float) -> None:
        self.prover = prover
        self.job = job
        self.deadline = deadline
        regime, claim = prover.regime, job.claim
        self.statement: Statement = claim.statement
        self.free: tuple[str, ...] = claim.deployment_over
        rules: dict[str, Model] = dict(regime.rules(job.column))
        if isinstance(claim.statement, Compare | Difference):
            self.free = comparisons.versions_of(claim.statement)
            rules |= self._also(self.free, regime, job.column)
            if not self._of_orders:
                models = (*rules.values(), *self._compared(claim.statement))
                self.statement = comparisons.as_request_claim(claim.statement, models)
        rules |= self._also(self.free, regime, job.column)
        self.rules = rules
        self.witnesses = Witnesses(regime, claim, job.column, rules)

    def _compared(self, statement: Compare | Difference) -> Iterator[Model]:
        """The models of the columns that a comparison names, under the readings of the job's column."""
        regime, column = self.prover.regime, self.job.column
        if isinstance(statement, Compare):
            for side in (statement.left, statement.right):
                if side.column is not None:
                    yield from column_rules(regime, column, str(side.column))[0].values()

    @staticmethod
    def _also(versions: tuple[str, ...], regime: Columns, column: Column) -> Mapping[str, Model]:
        found: dict[str, Model] = {}
        for name in versions:
            found |= regime.rules(Column(name, column.readings, column.without))
        return found

    @property
    def _of_orders(self) -> bool:
        statement = self.job.claim.statement
        return isinstance(statement, Compare) and statement.left.kind == "order"

    @property
    def universal(self) -> bool:
        """The claim says "always", so that it might hold for want of anything to hold of."""
        return not isinstance(self.statement, Possibly | PossiblyAfter | SomeRequest)

    @cached_property
    def place(self) -> Place:
        """Where what is built for the job is kept."""
        moving = bool(self.job.claim.deployment_over)
        return self.prover.workshop.place(self.job.column, self.free, moving=moving)

    @cached_property
    def shared(self) -> Problem:
        """The problem that search, obligations and explorer share: its terms are built once."""
        bench = self.prover.workshop.bench(self.place, self.deadline)
        return Problem(self.job.claim, bench, next(iter(self.rules.values())))

    def check(self, *schemas: Schema) -> tuple[Obligation, ...]:
        """The obligations, each checked by itself."""
        return check(self.shared, schemas)

    # ------------------------------------------------------------ deciding

    def shared_grounds(self) -> tuple[Obligation, ...]:
        """What the verdict rests on besides its own evidence; asked once of all that share it."""
        found = self.prover.workshop.grounds(
            self.place, self.rules, lambda checked: self.grounds(checked=checked)
        )
        if isinstance(found, str):
            raise Unfounded(f"a step breaks an axiom: {found}")
        return found

    def grounds(self, *, checked: bool) -> Grounds:
        """What every verdict in the column rests on: axioms are kept, and some start is within them.

        Unless `checked`, even by requests that are refused, which is simpler to show. Returns the name of
        what fails otherwise.
        """
        problem = self.shared
        start = find_story(problem, (), lambda _state: (strategies.trivial_ending(problem),), {}, start=True)
        if start is None:
            raise Unfounded("the axioms allow no start")
        self.witnesses.trace(start, starts=True)
        try:
            return self.check(partial(axioms_kept, checked=checked))
        except Rejected as broken:
            return str(broken)

    def decide(self) -> Finding:
        """The verdict with checked evidence."""
        first, *others = self.rules.values()
        if any(each.world != first.world for each in others):
            raise GaveUp("the versions deployed side by side differ in more than checks and effects")
        match self.statement:
            case Leads():
                return self._leads(self.statement)
            case Compare():
                return self._orders(self.statement)
            case Difference():
                raise AssertionError("differences are request claims by now")
            case Always() | AlwaysAfter() | EveryRequest() | Possibly() | PossiblyAfter() | SomeRequest():
                finding = self._simple(self.statement)
                if isinstance(self.job.claim.statement, Difference) and finding.verdict == "proved":
                    return self._cases(self.job.claim.statement, finding)
                return finding
            case Eventually():
                return self._eventually(self.statement)
            case _:
                assert_never(self.statement)

    def _simple(self, statement: Simple) -> Finding:
        problem = self.shared
        universal = reach_of(problem, statement).universal
        decided = decide_reach(problem, self._asking(statement))
        if decided.story is None:
            return Finding("proved" if universal else "refuted", self._none(decided))
        reachable = reach_of(problem, statement).reachable
        by = by_condition(self.job.by, _request_name(statement), problem)
        evidence = self.witnesses.evidence(decided.story, statement, starts=reachable, by=by)
        return Finding("refuted" if universal else "proved", evidence)

    def _asking(self, statement: Simple) -> Asking:
        return lambda problem: reach_of(problem, statement, self.job.by)

    def _none(self, decided: Decided) -> Evidence:
        lines = strategies.exclusion(decided.invariant) if decided.invariant is not None else ()
        return Evidence(strategy=lines, obligations=self.check(*decided.obligations))

    def _leads(self, statement: Leads) -> Finding:
        problem = self.shared
        answered = temporal.decide_leads(problem, statement)
        story = answered.decided.story
        lines = strategies.describe(answered.region)
        if story is None:
            obligations = self.check(*answered.decided.obligations, *answered.always)
            shown = lines if statement.modality != "never" else ()
            return Finding("proved", Evidence(strategy=shown, obligations=obligations))
        if statement.modality == "never":
            return Finding("refuted", self._escape(statement, problem, len(story.steps)))
        evidence = self.witnesses.evidence(story, statement, starts=True, by=None)
        assert evidence.trace is not None
        last = evidence.trace.situations[-1]
        stuck, reason = self._stuck(answered.region, evidence)
        obligations = (*stuck, *self.check(*answered.after))
        attempt = temporal.attempt(self.shared, statement, last, evidence.binding)
        evidence = replace(evidence, obligations=obligations, attempt=attempt)
        return Finding("refuted", evidence, reason)

    def _stuck(self, region: Region, evidence: Evidence) -> tuple[tuple[Obligation, ...], str]:
        """Obligations that nothing leads from the story's last situation into the region: whoever else
        there may be or, if that is not so, for exactly the story's things (which is then said).
        """
        assert evidence.trace is not None
        last = evidence.trace.situations[-1]
        try:
            return self.check(never_at(region, last, evidence.binding)), ""
        except Rejected:
            alone = never_at(region, last, evidence.binding, alone=True)
        try:
            return self.check(alone), "no step that counts brings it about, if there is nobody else"
        except Rejected as somebody:
            raise GaveUp(
                "it depends on who there is, and no story with few enough parties is found"
            ) from somebody

    def _eventually(self, statement: Eventually) -> Finding:
        decided, possible = eventually.decide_eventually(self.shared, statement)
        if decided.story is None:
            obligations = self.check(*decided.obligations)
            return Finding(
                "proved", Evidence(strategy=strategies.describe(possible), obligations=obligations)
            )
        evidence = self.witnesses.evidence(decided.story, statement, starts=True, by=None)
        assert evidence.trace is not None
        stuck, _ = self._stuck(possible, evidence)
        reason = "from here on nothing need happen: no such request would be accepted"
        return Finding("refuted", replace(evidence, obligations=stuck), reason)

    def _escape(self, statement: Leads, problem: Problem, least: int) -> Evidence:
        """A story that has the condition somewhere and comes to the goal after it."""
        story = temporal.through(problem, statement, least)
        if story is None:
            raise GaveUp("no story of the length tried shows what the strategies promise")
        trace = self.witnesses.trace(story, starts=True)
        self.witnesses.shows_escape(trace, statement, story.binding, story.requests)
        return Evidence(trace=trace, binding=story.binding, requests=story.requests)

    def _orders(self, statement: Compare) -> Finding:
        problem = self.shared
        decided = decide_reach(problem, lambda other: comparisons.order_reach(other, statement))
        if decided.story is None:
            return Finding("proved", Evidence(obligations=self.check(*decided.obligations)))
        request = decided.story.requests[statement.request]
        trace = self.witnesses.trace(decided.story, starts=False)
        self.witnesses.shows_several_answers(trace, request, codes=statement.codes)
        evidence = Evidence(trace=trace, binding=decided.story.binding, requests=decided.story.requests)
        return Finding("refuted", evidence, "which check answers depends on their order")

    def _cases(self, statement: Difference, finding: Finding) -> Finding:
        """Every case of an exact difference must occur."""
        for case in (*statement.accepted, *statement.rejected):
            occurs = SomeRequest(statement.request, case.formula, reachable=False)
            story = decide_reach(self.shared, self._asking(occurs)).story
            if story is None:
                return Finding("refuted", finding.evidence, f"the case `{case.label}` never occurs")
            self.witnesses.evidence(story, occurs, starts=False, by=None)
        return finding

    def second_opinion(self, finding: Finding) -> str:
        """What the explorer says of the verdict. Raises Disagreement if it contradicts it."""
        if not self.prover.explore:
            return ""
        if self.free or finding.verdict not in ("proved", "refuted"):
            return "not explored: the versions deployed are open"
        problem = self.shared
        match self.statement:
            case Leads():
                return second_opinion(problem, self.statement, None, finding.evidence, self.prover.explore)
            case Always() | AlwaysAfter() | EveryRequest() | Possibly() | PossiblyAfter() | SomeRequest():
                asking = self._asking(self.statement)
                if not asking(problem).reachable:
                    return "not explored: the claim is about every situation, reachable or not"
                evidence = finding.evidence
                return second_opinion(problem, self.statement, asking, evidence, self.prover.explore)
            case _:
                return "not explored: the explorer does not know this form of claim"

    def bounded(self, reason: str) -> Finding:
        """What is left when there is neither a story nor a proof: perhaps that a small instance has none."""
        instance = ""
        if self.universal and not self.free and time.monotonic() < self.deadline:
            instance = explored_without_story(self.shared, self.statement, self._asking_any())
        if not instance:
            return Finding("unknown", Evidence(), reason)
        return Finding("bounded", Evidence(), f"{reason}; no story to the contrary in {instance}")

    def _asking_any(self) -> Asking | None:
        """The question of reaching that the statement comes to, if it is one."""
        match self.statement:
            case Always() | AlwaysAfter() | EveryRequest() | Possibly() | PossiblyAfter() | SomeRequest():
                return self._asking(self.statement)
            case _:
                return None

    # ------------------------------------------------------------- witness

    def with_witness(self, finding: Finding) -> tuple[Finding, Evidence | None, bool]:
        """The finding, for a proof with a witness, and whether it holds of nothing."""
        if finding.verdict != "proved" or not self.universal:
            return finding, None, False
        try:
            witness = self.witness()
        except GaveUp as reason:
            return replace(finding, reason=f"whether it speaks of anything is unknown: {reason}"), None, False
        return finding, witness, witness is None

    def witness(self) -> Evidence | None:
        """For an "always" that holds: a story that shows what it speaks of occurring at all."""
        asked = witness_of(self.job.claim, self.statement)
        if asked is None:
            return None
        problem = self.shared
        story = decide_reach(problem, lambda other: reach_of(other, asked), likely=True).story
        if story is None:
            return None
        reachable = reach_of(problem, asked).reachable
        return self.witnesses.evidence(story, asked, starts=reachable, by=None)


def _request_name(statement: Simple) -> str:
    return "" if isinstance(statement, Always | Possibly) else statement.request
