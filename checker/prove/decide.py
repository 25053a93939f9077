"""Decides one claim in one column: it searches, checks the evidence, and only then gives a verdict."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Final, assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
)
from checker.model.deadline import SPENT, Deadline, OutOfTime, Stop
from checker.model.evaluate import is_deployment
from checker.prove.examples import choices, example
from checker.prove.fewer_things import slimmed, without_idle_days_off
from checker.prove.find_grounds import Unfounded, grounds_of
from checker.prove.grow_region import towards
from checker.prove.left_open import Small, bounded, false_lemma, not_excluded, seen_among_few
from checker.prove.occurrences import occurs_or_not, shown
from checker.prove.stories_of_possible import attempt, decide_never, escape, outright
from checker.prove.story_or_invariant import (
    StoryOrInvariant,
    decide_eventually,
    decide_possibly,
    decide_reach,
    story_of,
)
from checker.question.columns import Columns
from checker.question.goals import Asking
from checker.question.jobs import Disagreement, Job, Witnesses
from checker.question.one_by_one import OneByOne
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.verdict import UNDECIDED, Evidence, Finding, Result, Story
from checker.question.workbench import Workshop
from checker.trusted.obligations import Rejected, check
from checker.trusted.region import Region
from checker.trusted.replay import NotReplayed, Replayer
from checker.trusted.requirements import Decided, obligations, reason
from checker.trusted.requirements import replay as replay_needed
from checker.trusted.still_possible import Possible, ways_of_one

_LIMITS: Final[Mapping[type[Exception], str]] = {
    OutOfTime: SPENT,
    RecursionError: "the rules nest too deep to be put to the solver",
}


class Prover:
    """Decides jobs one after the other; see `Effort` for the options.

    The workshop keeps what was built of the law, and the grounds of verdicts. Every job has its own solver.
    """

    def __init__(
        self,
        regime: Columns,
        *,
        budget: float = 60.0,
        seed: int = 0,
        explore: int = 0,
        blame: bool = False,
        witnesses: Witnesses = "ordinary",
        workshop: Workshop | None = None,
        stop: Stop | None = None,
    ) -> None:
        """`workshop`: one for the same law, to be reused; `stop`: after it, every verdict is unknown."""
        self.regime = regime
        self.budget = budget
        self.explore, self.blame = explore, blame
        self.witnesses = witnesses
        self.stop = stop
        self.workshop = workshop or Workshop(regime, seed)

    def decide(self, job: Job) -> Result:
        """The verdict on the job. Raises Disagreement if the engines contradict each other."""
        started, open_story = time.perf_counter(), None
        attempt = Attempt(self, job, Deadline.after(self.budget, self.stop))
        try:
            attempt.check_askable()
            grounds = grounds_of(attempt.question, self.workshop)
            finding = attempt.decide_or_explore()
            obligations = (*finding.evidence.obligations, *grounds)
            finding = replace(finding, evidence=replace(finding.evidence, obligations=obligations))
            finding, witness, empty = attempt.with_witness(finding)
            explored = attempt.second_opinion_in_time(finding)
            if job.claim.lemmas:
                open_story = false_lemma(attempt.question, finding, attempt.problem)
        except Unfounded as why:
            finding, witness, empty, explored = Finding("unknown", Evidence(), str(why)), None, None, ""
        except GaveUp as why:
            finding, witness, empty, explored = bounded(attempt.small, str(why)), None, None, ""
            open_story = not_excluded(attempt.question, why)
        except (OutOfTime, RecursionError) as limit:
            finding = Finding("unknown", Evidence(), _LIMITS[type(limit)])
            witness, empty, explored = None, None, ""
        except (NotReplayed, Rejected) as why:
            raise Disagreement(f"claim {job.claim.name}, {job.column}: {why}") from why
        result = Result(
            claim=job.claim,
            column=job.column,
            verdict=finding.verdict,
            reason=finding.reason,
            evidence=finding.evidence,
            by=job.by,
            expected=job.expected,
            witness=witness,
            vacuous=empty is not None,
            empty=empty,
            explored=explored,
            left_open=open_story,
            seconds=time.perf_counter() - started,
        )
        if not self.blame:
            return result
        from checker.blame.needed_words import blame_of

        return replace(result, blame=blame_of(self.regime, result, Deadline.after(self.budget)))


class Attempt:
    """The work on one job."""

    def __init__(self, prover: Prover, job: Job, deadline: Deadline) -> None:
        self.prover = prover
        self.job = job
        self.deadline = deadline
        self.question = Question(prover.regime, job, deadline)
        self.statement = self.question.statement
        self.replayer = Replayer(self.question)

    @cached_property
    def problem(self) -> Problem:
        """The problem that search, obligations and explorer share: its terms are built once."""
        return self.question.problem(self.prover.workshop)

    # ------------------------------------------------------------ deciding

    def check_askable(self) -> None:
        """Raise Unfounded if the claim makes no sense in the column; no small instance decides it then."""
        try:
            self.question.check_askable()
        except GaveUp as why:
            raise Unfounded(str(why)) from why

    def decide(self) -> Finding:
        """The verdict with checked evidence."""
        if (before := self.as_before()) is not None:
            return before
        match self.statement:
            case Leads() as statement:
                return self._leads(statement)
            case Eventually() as statement:
                return self._eventually(statement)
            case Difference():
                raise AssertionError("differences are request claims by now")
            case Compare() | Always() | AlwaysAfter() | EveryRequest():
                return self._reach("refuted", "proved")
            case Possibly() | PossiblyAfter() | SomeRequest():
                return self._reach("proved", "refuted")
            case _:
                assert_never(self.statement)

    def as_before(self) -> Finding | None:
        """The verdict from a similar law, if its evidence holds in this one, too."""
        like = self.job.like
        if like is None or like.verdict not in ("proved", "refuted"):
            return None
        if like.evidence.one_by_one and not self.job.one_by_one:
            return self._about_one.as_before()
        with contextlib.suppress(NotReplayed, Rejected, GaveUp):
            return self._checked(like.verdict, replace(like.evidence, obligations=()))
        return None

    def _settled(self, verdict: Decided, evidence: Evidence) -> Finding:
        """The verdict, after every story that it needs is replayed and every obligation checked. A story with
        fewer things and days off is preferred, if it passes.
        """
        rules, checked = self.question.rules, partial(self._checked, verdict)
        slim = slimmed(rules, evidence, self.deadline)
        if slim is not None:
            with contextlib.suppress(NotReplayed, Rejected):
                return without_idle_days_off(rules, checked(slim), checked, self.deadline)
        return without_idle_days_off(rules, checked(evidence), checked, self.deadline)

    def _checked(self, verdict: Decided, evidence: Evidence) -> Finding:
        replay_needed(self.question, verdict, evidence)
        demanded = obligations(self.question, self.problem, verdict, evidence)
        evidence = replace(evidence, obligations=check(self.problem, demanded))
        return Finding(verdict, evidence, reason(self.question, verdict, evidence))

    def _reach(self, with_story: Decided, without: Decided) -> Finding:
        """Decide a claim that a story refutes (or, if it says `possibly`, proves)."""
        asking = self.question.asking
        assert asking is not None
        if self.job.story is not None:
            with contextlib.suppress(NotReplayed, Rejected):
                return self._checked(with_story, self.job.story)
        decided = decide_reach(self.problem, asking, told=self.told(with_story))
        if decided.story is not None:
            return self._with_story(with_story, asking, decided.story)
        evidence = decided.evidence()
        if not self.question.cases:
            return self._settled(without, evidence)
        return self._with_cases(evidence)

    def _with_story(self, verdict: Decided, asking: Asking, story: Story) -> Finding:
        """The verdict that the story shows, with the most ordinary story that passes the checks."""
        failed: NotReplayed | Rejected | None = None
        for evidence in choices(self.problem, self.replayer, asking, story, told=self.told(verdict)):
            try:
                return self._settled(verdict, evidence)
            except (NotReplayed, Rejected) as why:
                failed = why
        assert failed is not None
        raise failed

    def _with_cases(self, evidence: Evidence) -> Finding:
        """Prove an exact difference if every one of its cases occurs; refute it otherwise."""
        stories = []
        for case in self.question.cases:
            asking = self.question.asking_case(case.label)
            found = example(self.problem, self.replayer, asking, ordinary=self.told("proved"))
            if isinstance(found, StoryOrInvariant):
                return self._settled("refuted", Evidence(missing=case.label))
            stories.append(shown(self, self.question.occurs(case), found))
        return self._settled("proved", replace(evidence, cases=tuple(stories)))

    def _leads(self, statement: Leads) -> Finding:
        possible, read = Possible(statement), self.told("refuted")
        if statement.modality == "never" and self.question.half_decided is not None:
            story = escape(self.problem, statement, 0, why=self.question.half_decided, told=read)
            return self._settled("refuted", self.replayer.told(story))
        if (finding := self._of_any_one()) is not None:
            return finding
        try:
            if statement.modality == "never":
                denied = decide_never(self.problem, statement, told=read)
                if isinstance(denied, Story):
                    return self._settled("refuted", self.replayer.told(denied))
                region, decided = denied
            else:
                region, decided = decide_possibly(self.problem, possible, told=read)
        except GaveUp:
            if (found := outright(self.problem, statement, told=read)) is None:
                raise
            return self._settled("refuted", self.replayer.told(found))
        if decided.story is None:
            if self.question.one_by_one is not None:
                return self._for_one_after_another(possible, self.question.one_by_one)
            return self._settled("proved", decided.evidence(region.strategies))
        if statement.modality == "never":
            deepest = max((each.rank for each in region.strategies), default=0)
            moves = [each for each in decided.story.steps if not is_deployment(self.question.model, each)]
            story = escape(self.problem, statement, len(moves), deepest, told=read)
            return self._settled("refuted", self.replayer.told(story))
        finding = self._stuck(decided.story, region)
        trace = finding.evidence.trace
        if trace is None or not read:
            return finding
        tried = attempt(self.problem, statement, trace.situations[-1], finding.evidence.binding)
        evidence = replace(finding.evidence, attempt=tried)
        with contextlib.suppress(NotReplayed):  # values that the solver left open may matter
            self.replayer.shows(statement, evidence)
            return replace(finding, evidence=evidence)
        return finding

    def _of_any_one(self) -> Finding | None:
        """The verdict on a goal about every thing of a sort, if deciding it for an arbitrary one suffices."""
        if self.job.one_by_one or OneByOne.of(self.job.claim, self.job.column) is None:
            return None
        with contextlib.suppress(GaveUp):
            return self._about_one.decide()
        return None

    @cached_property
    def _about_one(self) -> Attempt:
        """The same job for an arbitrary one of the things that its goal is about."""
        return Attempt(self.prover, replace(self.job, one_by_one=True), self.deadline)

    def _for_one_after_another(self, possible: Possible, one: OneByOne) -> Finding:
        """Proved, if reaching the goal for one thing never undoes it for another."""
        region = towards(self.problem, ways_of_one(one, self.problem, ()), possible.condition)
        decided = decide_reach(self.problem, possible.failing(region))
        if decided.story is not None:
            raise GaveUp("steps that reach the goal for one thing may undo it for another")
        return self._settled("proved", replace(decided.evidence(region.strategies), one_by_one=True))

    def _stuck(self, story: Story, region: Region) -> Finding:
        """Refuted by a story to a situation from which no step leads into the region: with any number of
        other things or, failing that, with the story's things alone (the evidence then says so).
        """
        told = self.replayer.told(story)
        evidence = replace(told, ways=region.strategies, one_by_one=self.job.one_by_one)
        try:
            return self._settled("refuted", evidence)
        except Rejected:
            alone = replace(evidence, alone=True)
        try:
            return self._settled("refuted", alone)
        except Rejected as somebody:
            raise GaveUp(
                "it depends on which parties there are, and no story with few enough is found"
            ) from somebody

    def _eventually(self, statement: Eventually) -> Finding:
        decided, region = decide_eventually(self.problem, statement)
        if decided.story is None:
            return self._settled("proved", decided.evidence(region.strategies))
        return self._stuck(decided.story, region)

    # ------------------------------------------------------ second opinions

    def second_opinion_in_time(self, finding: Finding) -> str:
        """What the explorer says of the verdict; if time runs out, the verdict stands without it."""
        try:
            return self.second_opinion(finding)
        except (OutOfTime, RecursionError) as limit:
            return f"not explored: {_LIMITS[type(limit)]}"

    def second_opinion(self, finding: Finding) -> str:
        """What the explorer says of the verdict. Raises Disagreement if it contradicts it."""
        largest = self.prover.explore
        if not largest:
            return ""
        if finding.verdict == "refuted" and finding.evidence.one_by_one and not self.job.one_by_one:
            return self._about_one.second_opinion(finding)  # the story is about one thing, and so short
        if self.question.free or finding.verdict not in ("proved", "refuted"):
            return "not explored: the versions deployed are open"
        from checker.explore.second_opinion import second_opinion

        return second_opinion(self.problem, self.replayer, finding.evidence, largest)

    @cached_property
    def small(self) -> Small | None:
        """A violation in a small instance; None if none is looked for."""
        return seen_among_few(self.question, self.problem, self.replayer)

    def decide_or_explore(self) -> Finding:
        """The verdict. If the search gives up, a story of a small instance can still decide."""
        try:
            return self.decide()
        except GaveUp as why:
            asking = self.question.asking
            if isinstance(why, Unfounded) or asking is None or self.small is None or self.small[0] is None:
                raise
            story = story_of(self.problem, asking, self.small[0])
            if story is None:
                raise
            return self._with_story("refuted", asking, story)

    def with_witness(self, finding: Finding) -> tuple[Finding, Evidence | None, Evidence | None]:
        """The finding and, for a proof, a witness or, if it is vacuous, the evidence of that."""
        if finding.verdict != "proved" or not self.question.universal or self.prover.witnesses == "none":
            return finding, None, None
        try:
            return finding, *occurs_or_not(self, finding)
        except (GaveUp, OutOfTime, RecursionError) as why:
            reason = f"{UNDECIDED}: {_LIMITS.get(type(why)) or str(why)}"
            return replace(finding, reason=reason), None, None

    def told(self, verdict: Decided) -> bool:
        """Whether people may read the story that shows this verdict, or that a proof is not vacuous."""
        rarely = self.job.surprises or (verdict == "proved" and self.prover.witnesses == "any")
        return self.job.told and (not rarely or self.job.expected != verdict)
