"""What one column decides differently from another: exactly which requests, as few readable cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from checker.interface.watching import decide
from checker.model.claim import Column, SomeRequest
from checker.model.claim import Difference as Exact
from checker.model.deadline import OutOfTime
from checker.model.evaluate import Decision, Rules, misformed, routing_model
from checker.model.evaluate import decide as decided
from checker.model.expressions import And, Call, Outcome
from checker.model.made_of import within
from checker.model.situation import Instance, Request, Situation
from checker.model.unparse import unparse
from checker.question.columns import column_rules
from checker.question.jobs import Effort, Job, jobs_for
from checker.question.problem import GaveUp
from checker.question.verdict import Result
from checker.regime.additions import free_numbers, with_claims
from checker.regime.regime import Regime
from checker.rooms.claim_texts import ClaimText, document, named, quoted
from checker.rooms.diff.calendars_apart import why_not_exact
from checker.rooms.diff.cases import Case
from checker.rooms.diff.not_compared import not_compared
from checker.rooms.diff.unproved_cases import (
    Found,
    Kind,
    R,
    found_cases,
    home,
    models_of,
    requests_alike,
    words_apart,
)

Class: TypeAlias = Literal["equivalent", "more permissive", "less permissive", "incomparable"]
Law: TypeAlias = tuple[Rules, Mapping[Instance, str]]
"""Rules by version, and the version at every component."""
Strange: TypeAlias = tuple[tuple[str, bool], ...]
"""The parameters that a request carries (true) or does not carry and should not, or should."""

KINDS: Final[tuple[Kind, ...]] = ("newly accepted", "newly rejected", "differently rejected")
OF_REQUESTS: Final[tuple[Kind, ...]] = ("newly a request", "no longer a request")
"""The kinds that there may be besides, where the columns do not agree on what is a request."""


@dataclass(frozen=True, slots=True)
class Change:
    """A case of the difference, with an example that was replayed both ways.

    `decisions`: what is made of the example in the old and in the new column; `strange`: why it is no request
    there, as `misformed` says it. `always`: the checks that
    reject every request of this case and no other, in the old and in the new column.
    """

    kind: Kind
    label: str
    case: Case
    example: Result
    decisions: tuple[Decision, Decision]
    always: tuple[tuple[str, ...], tuple[str, ...]]
    strange: tuple[Strange, Strange]

    @property
    def situation(self) -> Situation:
        """The situation of the example."""
        trace = self.example.evidence.trace
        assert trace is not None
        return trace.situations[-1]

    @property
    def request(self) -> Request:
        """The request of the example."""
        return self.example.evidence.requests[R]


@dataclass(frozen=True, slots=True)
class Difference:
    """What `new` decides differently from `old`. `regime`: the law, with the claims that were asked of it,
    which `text` has in the rule language. `results`: their verdicts; the first is that the cases are exact.

    `undecided`: why the difference is not known, or empty. `beside`: what else differs between the columns,
    and is no matter of deciding requests. `laws`: the rules of both columns, and where they are in force.
    """

    old: Column
    new: Column
    regime: Regime = field(repr=False)
    text: str
    changes: tuple[Change, ...]
    results: tuple[Result, ...]
    beside: tuple[str, ...]
    laws: Mapping[Column, Law] = field(repr=False)
    undecided: str = ""

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The cases of a kind."""
        return tuple(each for each in self.changes if each.kind == kind)

    @property
    def relation(self) -> Class:
        """How what `new` accepts compares with what `old` accepts."""
        match bool(self.of("newly accepted")), bool(self.of("newly rejected")):
            case False, False:
                return "equivalent"
            case True, False:
                return "more permissive"
            case False, True:
                return "less permissive"
            case _:
                return "incomparable"

    @property
    def same(self) -> bool:
        """Nothing is decided differently, codes included."""
        return not self.changes and not self.undecided


def differ(regime: Regime, old: Column, new: Column, effort: Effort, source: str) -> Difference:
    """The exact difference. `source`: the command that asks, to be named in the claims."""
    return _Differ(regime, old, new, effort, source).difference()


class _Differ:
    """The work on one difference."""

    def __init__(self, regime: Regime, old: Column, new: Column, effort: Effort, source: str) -> None:
        self.regime = regime
        self.old, self.new = old, new
        self.effort = effort
        self.source = source
        self.column = home(regime, old, new)
        self.laws = {each: column_rules(regime, self.column, str(each)) for each in (old, new)}
        self.models = models_of(regime, old, new)

    def difference(self) -> Difference:
        beside = tuple(not_compared(self.models[0], self.models[-1]))
        apart = words_apart(self.regime, self.old, self.new)
        if apart is not None:
            return Difference(self.old, self.new, self.regime, "", (), (), beside, self.laws, apart)
        try:
            found = tuple(found_cases(self.regime, self.old, self.new, self.effort))
        except (GaveUp, OutOfTime) as why:
            reason = str(why)
            return Difference(self.old, self.new, self.regime, "", (), (), beside, self.laws, reason)
        text = self._text(found)
        asked = with_claims(self.regime, text)
        results = decide(asked, tuple(self._jobs(asked)), replace(self.effort, explore=0, blame=False))
        open_ = [each for each in results if each.verdict != "proved"]
        if open_:
            reason = self._why_open(open_[0], found)
            return Difference(self.old, self.new, asked, text, (), results, beside, self.laws, reason)
        examples = [each for each in results if isinstance(each.claim.statement, SomeRequest)]
        changes = tuple(self._change(*pair) for pair in zip(found, examples, strict=True))
        beside = tuple(self._where_named(beside, changes))
        return Difference(self.old, self.new, asked, text, changes, results, beside, self.laws)

    def _why_open(self, open_: Result, found: Iterable[Found]) -> str:
        """Why a claim about the difference is not proved."""
        apart = None
        if open_.verdict == "refuted":
            conditions = (each.case.formula for each in found)
            columns = str(self.old), str(self.new)
            apart = why_not_exact(self.models[0], self.models[-1], columns, conditions)
        reason = open_.reason or "there are requests that no case tells, or a case that tells too many"
        said = open_.claim.sentence.rstrip(".")
        return apart or f"“{said}” is {open_.verdict}: {reason}"

    def _where_named(self, beside: Iterable[str], changes: Iterable[Change]) -> Iterator[str]:
        """Yield what differs besides, with which of the two is meant where cases name it."""
        named = {
            f"the definition {part.definition}"
            for change in changes
            for part in within(*change.case.conditions)
            if isinstance(part, Call)
        }
        for each in beside:
            yield f"{each} (where a case names it, as in {self.new})" if each in named else each

    def _change(self, found: Found, example: Result) -> Change:
        trace, request = example.evidence.trace, example.evidence.requests[R]
        assert trace is not None
        laws = [self.laws[each] for each in (self.old, self.new)]
        old, new = (_decided(each, trace.situations[-1], request) for each in laws)
        first, second = (_strange(each, trace.situations[-1], request) for each in laws)
        return Change(found.kind, found.label, found.case, example, (old, new), found.always, (first, second))

    def _jobs(self, asked: Regime) -> Iterator[Job]:
        """Yield what is asked. Nobody reads the examples by which it is shown that each case occurs while the
        cases are held to be exact, unless evidence is wanted: each is told of a claim of its own.
        """
        for job in jobs_for(asked.claims[len(self.regime.claims) :]):
            exact = isinstance(job.claim.statement, Exact)
            yield replace(job, told=not exact or self.effort.witnesses != "none")

    # ---------------------------------------------------------------- claims

    def _text(self, found: tuple[Found, ...]) -> str:
        title = f"What {self.new} decides differently from {self.old}"
        preface = (
            "The first claim says that these cases are exactly the requests that are decided differently, in "
            "any situation within the axioms. The others say, of the requests of one case and no other, that "
            "there are such, and which checks reject them all."
        )
        return document(title, preface, self._claims(found), self.source)

    def _claims(self, found: tuple[Found, ...]) -> Iterator[ClaimText]:
        numbers = free_numbers(self.regime)
        proved = (("proved", (self.column,)),)
        yield ClaimText(
            next(numbers),
            named("difference", "from", str(self.old), "to", str(self.new)),
            f"Exactly these requests are decided differently in {self.new} than in {self.old}.",
            tuple(self._statement(found)),
            proved,
        )
        for each in found:
            yield ClaimText(
                next(numbers),
                named(each.label, "occurs"),
                f"Some request is {each.label} and of no other case.",
                (f"in some situation, for some request {R}:", f"    {unparse(each.shown)}"),
                proved,
            )
            rejected = tuple(self._rejected(each))
            if rejected:
                told = " and ".join(f"by {outcome.by} in {outcome.column}" for outcome in rejected)
                yield ClaimText(
                    next(numbers),
                    named(each.label, "rejected"),
                    f"Every request that is {each.label} and of no other case is rejected {told}.",
                    (
                        f"in any situation, for every request {R} where",
                        f"    {unparse(each.alone)}:",
                        f"    {unparse(And(rejected) if len(rejected) > 1 else rejected[0])}",
                    ),
                    proved,
                )

    def _rejected(self, found: Found) -> Iterator[Outcome]:
        """Yield what always becomes of the requests of a case, in the old column and in the new one."""
        for column, names in zip((self.old, self.new), found.always, strict=True):
            yield from (Outcome("rejected", R, name, str(column)) for name in names)

    def _statement(self, found: tuple[Found, ...]) -> Iterator[str]:
        yield f"from {self.old} to {self.new}, exactly these requests {R} change:"
        lines = []
        for kind in (*KINDS, *(() if requests_alike(self.models) else OF_REQUESTS)):
            cases = [each for each in found if each.kind == kind]
            lines += [f"{kind} {quoted(each.label)} when {unparse(each.case.formula)}" for each in cases]
            lines += [] if cases else [f"{kind} never"]
        yield from (f"    {line}," for line in lines[:-1])
        yield f"    {lines[-1]}"


def _decided(law: Law, situation: Situation, request: Request) -> Decision:
    rules, deployed = law
    return decided(rules, replace(situation, versions=deployed), request)


def _strange(law: Law, situation: Situation, request: Request) -> Strange:
    rules, deployed = law
    here = replace(situation, versions=deployed)
    return tuple(misformed(routing_model(rules, here), here, request))
