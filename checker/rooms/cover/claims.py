"""The evidence of a run of `cover`: verdicts in columns of the edited law, and claims about other edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from checker.model.claim import Column
from checker.model.expressions import Formula
from checker.model.unparse import unparse
from checker.question.comparisons import changed, made, rejected_differently
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.additions import free_numbers, with_claims
from checker.regime.regime import Regime
from checker.rooms.claim_texts import ClaimText, document, named
from checker.rooms.cover.edits import Edit, own_axioms
from checker.rooms.cover.find import Coverage, Plan, Unseen
from checker.rooms.cover.vacuity import vacuity_claim
from checker.rooms.diff.unproved_cases import R

_PREFACE: Final = (
    "Of edits that no claim notices: that they change no decision, codes included, or that some request is "
    "decided differently. Of claims that are vacuous in an edited law: that what they speak of never "
    "occurs. Of edited laws in which nothing can be proved: the axiom that a step breaks. What the edits "
    "are, the readings say."
)


@dataclass(frozen=True, slots=True)
class ToDecide:
    """What is to be decided for the evidence of a run. `law`: with the edits as readings, and with the
    `claims` that were written, each with the edited law that it is about. `results`: the verdicts of the law
    as it is on claims that notice; `jobs`: all others. `source`: the command that asks, named in the claims.
    """

    plan: Plan
    source: str
    law: Regime
    claims: tuple[tuple[ClaimText, Column], ...]
    results: tuple[Result, ...]
    jobs: tuple[Job, ...]

    def answered(self, found: Iterable[Result]) -> Answered:
        """What the verdicts on the jobs show. Claims that do not hold as they were written are dropped."""
        about = {claim.name: column for claim, column in self.claims}
        decided = tuple(each for each in found if each.decided)
        showing = tuple(each for each in decided if each.as_expected or each.claim.name not in about)
        names = {each.claim.name for each in showing}
        kept = tuple(claim for claim, _ in self.claims if claim.name in names)
        text, law = _with_claims(self.plan, kept, self.source)
        claims = {each.name: each for each in law.claims}
        results = (*(each for each in self.results if each.decided), *showing)
        return Answered(
            law,
            text,
            tuple(replace(each, claim=claims[each.claim.name]) for each in results),
            frozenset(about.get(each.claim.name, each.column) for each in showing),
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """What there is evidence for: the law, the text of the claims that were written for it, the verdicts, and
    the edited laws of which they show what the edit comes to.
    """

    law: Regime
    text: str
    results: tuple[Result, ...]
    shown: frozenset[Column]


def asked_for(plan: Plan, found: Iterable[tuple[Edit, Coverage]], source: str) -> ToDecide:
    """What has to be decided once more. `source`: the command that asks, to be named in the claims."""
    asking = _Asking(plan)
    for edit, coverage in found:
        asking.add(edit, coverage)
    results = tuple(plan.results[number] for number in sorted(asking.noticing))
    claims = tuple(asking.claims)
    _, law = _with_claims(plan, [claim for claim, _ in claims], source)
    jobs = (*asking.jobs.values(), *jobs_for(law.claims[len(plan.law.claims) :]))
    return ToDecide(plan, source, law, claims, results, jobs)


def _with_claims(plan: Plan, claims: Sequence[ClaimText], source: str) -> tuple[str, Regime]:
    """The text of the claims, and the law with them."""
    if not claims:
        return "", plan.law
    text = document(f"What edits of {plan.column} change", _PREFACE, claims, source)
    return text, with_claims(plan.law, text)


class _Asking:
    """Collects what is to be asked, of every edited law once: rules with the same words have it in common."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.noticing: set[int] = set()
        self.jobs: dict[tuple[int, Column], Job] = {}
        self.claims: list[tuple[ClaimText, Column]] = []
        self._numbers = free_numbers(plan.law)
        self._done: set[Column] = set()

    def add(self, edit: Edit, coverage: Coverage) -> None:
        """Ask the claims that show that the edit has this weight."""
        column = self.plan.column_of(edit)
        if column in self._done:
            return
        self._done.add(column)
        match coverage.weight:
            case "noticed":
                self._noticed(edit, coverage, column)
            case "nothing changes":
                self.claims.append((self._alike(edit, column), column))
            case "unnoticed":
                cases = enumerate(coverage.unseen, 1)
                told = (self._occurs(edit, column, each, number) for number, each in cases)
                self.claims += ((each, column) for each in told)
            case _:
                return

    def _noticed(self, edit: Edit, coverage: Coverage, column: Column) -> None:
        words = {(each.name, each.by): each.after for each in coverage.notices}
        for number, result in enumerate(self.plan.results):
            match words.get((result.claim.name, result.by)):
                case "proved" | "refuted" if (job := _again(result, column)) is not None:
                    self.jobs[number, column] = job
                case "vacuous" if (text := self._empty(edit, result, column)) is not None:
                    self.claims.append((text, column))
                case _:
                    continue
            self.noticing.add(number)
        if all(each.after == "unknown" for each in coverage.notices):
            self.claims += ((each, column) for each in self._broken(edit, column))

    def _empty(self, edit: Edit, result: Result, column: Column) -> ClaimText | None:
        """That what a claim speaks of never occurs, if the language can say it."""
        asked = vacuity_claim(self.plan.law, result.claim, column)
        if asked is None:
            return None
        statement, verdict = asked
        number = result.claim.number
        said = "something" if verdict == "refuted" else "nothing"
        sentence = f"Claim {number} speaks of {said}: {edit.called}, {edit.told}."
        name = named(*self._name(edit), "claim", number, "speaks", "of", said)
        return ClaimText(next(self._numbers), name, sentence, statement, ((verdict, (column,)),))

    def _broken(self, edit: Edit, column: Column) -> Iterator[ClaimText]:
        """Yield, of every axiom, that it is kept if it is not supposed."""
        for axiom in own_axioms(self.plan.law.model(column)):
            without = replace(column, without=(*column.without, axiom.name))
            sentence = f"The axiom {axiom.name} is kept: {edit.called}, {edit.told}."
            name = named(*self._name(edit), "keeps", axiom.name)
            statement = (f"always {unparse(axiom.formula.formula)}",)
            yield ClaimText(next(self._numbers), name, sentence, statement, (("refuted", (without,)),))

    def _alike(self, edit: Edit, column: Column) -> ClaimText:
        sentence = f"Nothing changes: {edit.called}, {edit.told}."
        statement = (f"{self.plan.column} and {column} decide alike, with codes",)
        return self._proved(named(*self._name(edit), "decides", "alike"), sentence, statement)

    def _occurs(self, edit: Edit, column: Column, unseen: Unseen, number: int) -> ClaimText:
        sentence = f"Some request is {unseen.kind}: {edit.called}, {edit.told}."
        conditions = "".join(f"({each}) and " for each in unseen.conditions)
        decided = unparse(self._decided(unseen, column))
        statement = (f"in some situation, for some request {R}:", f"    {conditions}({decided})")
        return self._proved(named(*self._name(edit), "differs", str(number)), sentence, statement)

    def _decided(self, unseen: Unseen, new: Column) -> Formula:
        """That a request is decided differently, in the way that the case is of."""
        old = self.plan.column
        match unseen.kind:
            case "newly accepted":
                return changed(old, new, R)
            case "newly rejected":
                return changed(new, old, R)
            case "newly a request":
                return made(old, new, R)
            case "no longer a request":
                return made(new, old, R)
            case "differently rejected":
                models = (*self.plan.law.rules(old).values(), *self.plan.law.rules(new).values())
                return rejected_differently(old, new, R, models)
            case _:
                assert_never(unseen.kind)

    def _proved(self, name: str, sentence: str, statement: tuple[str, ...]) -> ClaimText:
        expected = (("proved", (self.plan.column,)),)
        return ClaimText(next(self._numbers), name, sentence, statement, expected)

    def _name(self, edit: Edit) -> tuple[str, ...]:
        return (self.plan.names[edit.reading],) if edit.reading else ("without", edit.rule)


def _again(before: Result, column: Column) -> Job | None:
    """The claim in an edited law. Where its author asks it there, too, it is asked as the author does, or not
    at all.
    """
    given = [each for each in jobs_for((before.claim,)) if each.column == column]
    jobs = given or [Job(before.claim, column, by=before.by)]
    return next((replace(each, like=before) for each in jobs if each.by == before.by), None)
