"""What each form of claim needs for each verdict: the obligations, and the stories that must be replayed.

The only place that says so, for both deciding and re-checking. See "What is trusted" in
`checker/ARCHITECTURE.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

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
from checker.model.decision import is_called
from checker.question.goals import Asking, condition_of, reach_of
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.verdict import Evidence
from checker.question.which_laws import starts
from checker.question.witness import witness_of
from checker.trusted.eventually import Waiting
from checker.trusted.invariants import ruled_out
from checker.trusted.obligations import Claimed, impossible, never_at, never_entered, never_starts
from checker.trusted.region import LIMIT, Region, exclusion
from checker.trusted.replay import NotReplayed, Replayer
from checker.trusted.still_possible import Possible, ways_of_one

Decided: TypeAlias = Literal["proved", "refuted"]


def obligations(
    question: Question, problem: Problem, verdict: Decided, evidence: Evidence
) -> Iterator[Claimed]:
    """What must be unsatisfiable for the verdict, besides the grounds that all verdicts rest on.

    Raises GaveUp if the obligations do not decide the question.
    """
    question.check_askable()
    match question.statement:
        case Leads(modality="possibly") if verdict == "refuted" and question.half_decided is not None:
            raise GaveUp(question.half_decided)
        case Leads() as statement:
            yield from _of_leads(question, problem, Possible(statement), verdict, evidence)
        case Eventually() as statement:
            yield from _of_eventually(problem, Waiting(statement), verdict, evidence)
        case Difference():
            raise AssertionError("differences are request claims by now")
        case (
            Compare()
            | Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest()
        ):
            yield from _of_reaching(question, problem, verdict, evidence)
        case _:
            assert_never(question.statement)


def nothing_occurs(question: Question, problem: Problem, empty: Evidence) -> Iterator[Claimed]:
    """What must be unsatisfiable for a claim to be vacuous: that its condition occurs.

    `empty`: the situations from which it would come about, which no story enters, or an invariant that rules
    it out; neither if no situation has it.
    """
    asked = witness_of(question.job.claim, question.statement)
    anywhere = empty.excluded is None and not empty.invariant
    if asked is None or not (anywhere or starts(asked)):
        raise GaveUp("this evidence cannot show that the claim is vacuous")
    yield from _excluded(problem, lambda other: reach_of(other, asked), empty)


def _of_reaching(
    question: Question, problem: Problem, verdict: Decided, evidence: Evidence
) -> Iterator[Claimed]:
    if evidence.missing and verdict == "refuted":
        yield from _excluded(problem, question.asking_case(evidence.missing), Evidence())
    elif (verdict == "proved") == question.universal:
        assert question.asking is not None
        reachable = starts(question.statement)
        yield from _excluded(problem, question.asking, evidence if reachable else Evidence())
    # Otherwise a story alone shows it.


def _of_leads(
    question: Question, problem: Problem, possible: Possible, verdict: Decided, evidence: Evidence
) -> Iterator[Claimed]:
    if verdict == "proved" and question.one_by_one is not None:
        region = ways_of_one(question.one_by_one, problem, evidence.ways)
    else:
        region = possible.ways(problem, evidence.ways)
    never = possible.statement.modality == "never"
    if verdict == "proved":
        yield from _excluded(problem, possible.failing(region), evidence)
    elif not never:
        yield from _stuck(region, evidence)
    if not possible.single and (verdict == "proved") == never:
        yield from never_entered(region)


def _of_eventually(
    problem: Problem, waiting: Waiting, verdict: Decided, evidence: Evidence
) -> Iterator[Claimed]:
    region = waiting.ways(problem, evidence.ways)
    if verdict == "proved":
        yield from _excluded(problem, waiting.stuck(region), evidence)
        yield from waiting.proof(problem)
    else:
        yield from _stuck(region, evidence)


def _excluded(problem: Problem, asking: Asking, evidence: Evidence) -> Iterator[Claimed]:
    """No situation shows the goal, an invariant rules it out, or no story reaches a situation from which the
    strategies lead to it.
    """
    if evidence.invariant:
        yield from ruled_out(problem, asking, evidence.invariant)
    elif evidence.excluded is None:
        yield from impossible(problem, condition_of(asking))
    else:
        region = exclusion(problem, asking, evidence.excluded)
        yield from never_starts(region)
        yield from never_entered(region)


def _stuck(region: Region, evidence: Evidence) -> Iterator[Claimed]:
    """Nothing leads from the story's last situation into the region."""
    assert evidence.trace is not None
    return never_at(region, evidence.trace.situations[-1], evidence.binding, alone=evidence.alone)


def unneeded(question: Question, verdict: Decided, evidence: Evidence) -> Iterator[str]:
    """Yield the parts of the evidence that the verdict does not rest on, and that nothing checks."""
    needed = set(_needed(question, verdict, evidence))
    needed -= {"excluded"} if evidence.invariant else set()  # the invariant makes it superfluous
    parts = {
        "story": evidence.trace is not None,
        "way there": evidence.way is not None,
        "ways": bool(evidence.ways),
        "excluded": evidence.excluded is not None,
        "invariant": bool(evidence.invariant),
        "alone": evidence.alone,
        "cases": bool(evidence.cases),
        "missing": bool(evidence.missing),
        "attempt": evidence.attempt is not None,
    }
    yield from (name for name, there in parts.items() if there and name not in needed)


def deepest(question: Question) -> int:
    """The highest rank that a strategy among the `ways` may have."""
    match question.statement:
        case Leads(modality="next") | Eventually():
            return 1
        case (
            Leads()
            | Compare()
            | Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest()
        ):
            return LIMIT
        case Difference():
            raise AssertionError("differences are request claims by now")
        case _:
            assert_never(question.statement)


def _needed(question: Question, verdict: Decided, evidence: Evidence) -> tuple[str, ...]:
    """The parts that the evidence may have."""
    refuted = verdict == "refuted"
    match question.statement:
        case Leads(modality="never") if refuted:
            return ("story",)
        case Leads() if refuted:
            return ("story", "ways", "alone", "attempt")
        case Eventually() if refuted:
            return ("story", "ways", "alone")
        case Leads() | Eventually():
            return ("ways", "excluded", "invariant")
        case (
            Compare()
            | Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest()
        ):
            needed = _of_reach(question, evidence, refuted=refuted)
            anywhere = needed == ("story",) and not starts(question.statement)
            return (*needed, "way there") if anywhere else needed
        case Difference():
            raise AssertionError("differences are request claims by now")
        case _:
            assert_never(question.statement)


def _of_reach(question: Question, evidence: Evidence, *, refuted: bool) -> tuple[str, ...]:
    if refuted and evidence.missing:
        return ("missing",)
    if refuted == question.universal:
        return ("story",)
    return ("excluded", "invariant") if starts(question.statement) else ("cases",)


def reason(question: Question, verdict: Decided, evidence: Evidence) -> str:
    """The reason for the verdict beyond what follows from the claim's form; empty if there is none."""
    if verdict == "proved" and question.job.by is not None:
        by = question.job.by
        if not any(is_called(model, by) for model in question.rules.values()):
            return f"no check or exemption is called `{by}` in {question.job.column}"
        return f"`{by}` causes no violation; whether anything else does was not asked"
    if evidence.missing:
        return f"the case `{evidence.missing}` never occurs"
    if evidence.alone:
        return "no step that counts brings it about, if there is nobody else"
    if verdict == "refuted" and isinstance(question.statement, Eventually):
        return "no such request would be accepted from here on, so nothing need happen"
    return ""


def replay(question: Question, verdict: Decided, evidence: Evidence) -> None:
    """Replay every story that the verdict needs. Raises NotReplayed if one is missing, does not happen, or
    does not show what it should.
    """
    replayer = Replayer(question)
    match question.statement:
        case Leads(modality="never") as statement if verdict == "refuted":
            replayer.escapes(statement, evidence)
        case Leads() | Eventually() as statement:
            if verdict == "refuted":
                replayer.shows(statement, evidence)
        case Compare() as statement:
            if verdict == "refuted":
                replayer.answers_differ(statement, evidence)
        case Difference():
            raise AssertionError("differences are request claims by now")
        case (
            Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest() as statement
        ):
            if evidence.missing and verdict == "refuted":
                return
            if (verdict == "refuted") == question.universal:
                replayer.shows(statement, evidence, by=question.job.by)
            if verdict == "proved" and question.cases:
                _replay_cases(question, replayer, evidence)
        case _:
            assert_never(question.statement)


def _replay_cases(question: Question, replayer: Replayer, evidence: Evidence) -> None:
    if len(evidence.cases) != len(question.cases):
        raise NotReplayed("not every case has its story")
    for case, story in zip(question.cases, evidence.cases, strict=True):
        try:
            replayer.shows(question.occurs(case), story)
        except NotReplayed as wrong:
            raise NotReplayed(f"case `{case.label}`: {wrong}") from wrong
