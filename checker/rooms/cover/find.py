"""Edits a law in every place, and finds which claims notice."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, TypeAlias

from checker.blame.needed_words import sufficient
from checker.interface.watching import decide
from checker.language.diagnostics import SpecError
from checker.logic.solver import COSTLY
from checker.model.claim import Claim, Column, Compare, Side
from checker.model.deadline import SPENT, Deadline, OutOfTime
from checker.model.model import Model
from checker.model.reads import reads, words_of
from checker.model.unparse import unparse
from checker.prove import pool
from checker.prove.decide import Prover
from checker.prove.left_out import why_not_in
from checker.question.jobs import Disagreement, Effort, Job, jobs_for
from checker.question.problem import GaveUp
from checker.question.verdict import Ground, Result
from checker.question.workbench import Known, Workshop
from checker.regime.additions import with_readings
from checker.regime.regime import Regime
from checker.results.answer import Watch, nobody
from checker.rooms.cover.edits import ANYTHING, Edit, edits_of
from checker.rooms.cover.edits_as_page import document_of, names_of
from checker.rooms.cover.vacuity import loses_its_witness
from checker.rooms.diff.unproved_cases import Kind, found_cases

ENOUGH: Final = 2  # claims that notice an edit

SHOWN: Final = 2  # cases of a difference that no claim notices

Weight: TypeAlias = Literal["noticed", "nothing changes", "unnoticed", "not compared", "unknown"]
"""What an edit comes to. Noticed: a claim has another verdict. Nothing changes: proved to decide alike, codes
included. Unnoticed: decisions differ. Not compared: it is of what happens or is supposed, and no claim in
the column turns on it.
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """A claim that has another verdict in the edited law. `by`: if it is one about whose doing it is."""

    number: str
    name: str
    before: str
    after: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Unseen:
    """A case that the edited law decides differently. `before`, `after`: the checks that reject all of it."""

    kind: Kind
    conditions: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of one edit. `asked`: how many claims were asked, of those that could turn on it, until
    enough had noticed. `reason`: of what is unknown.
    """

    key: str
    weight: Weight
    asked: int
    notices: tuple[Notice, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the edits of a column, and the claims that each could concern.

    `law`: the regime, with a reading for every edit, which `text` has in the rule language and `names` by
    its lines. `results`: the verdicts of the law as it is, in the order in which they are asked. `rests`: for
    each, grounds that suffice for it; None if that is not known. `undecided`: what has no verdict in the law
    as it is, so that no edit is held against it.
    """

    law: Regime
    column: Column
    results: tuple[Result, ...]
    rests: tuple[tuple[Ground, ...] | None, ...]
    edits: tuple[Edit, ...]
    text: str
    names: Mapping[tuple[str, ...], str]
    undecided: tuple[Result, ...] = ()

    @classmethod
    def of(
        cls,
        regime: Regime,
        column: Column,
        effort: Effort,
        watch: Watch = nobody,
        clauses: Container[str] | None = None,
        known: Iterable[Result] = (),
    ) -> Plan:
        """The plan for a version; decides its claims first, unless they are `known`, and says so to `watch`.
        Any witness will do, for none is told. `clauses`: only edits of their rules.
        """
        deciding = effort if effort.witnesses != "ordinary" else replace(effort, witnesses="any")
        everything = decide(regime, tuple(_asked(regime, column)), deciding, watch, known)
        results = tuple(each for each in everything if each.decided)
        resting = partial(_resting, regime, results, effort)
        groups = [[number] for number in range(len(results))]
        rests: dict[int, tuple[Ground, ...] | None] = {}
        for number, grounds in pool.spread(resting, groups, effort.processes, stop=effort.stop):
            rests[number] = grounds
            watch(len(rests), len(results), f"what the verdict on {results[number].claim.name} rests on")
        order = sorted(range(len(results)), key=lambda number: _order(results[number], rests[number]))
        edits = tuple(each for each in edits_of(regime, column) if clauses is None or each.clause in clauses)
        names = names_of(regime, edits)
        text = document_of(column, edits, names)
        law = with_readings(regime, text) if names else regime
        asked = tuple(results[number] for number in order)
        resting_on = tuple(rests[number] for number in order)
        undecided = tuple(each for each in everything if not each.decided)
        return cls(law, column, asked, resting_on, edits, text, names, undecided)

    def column_of(self, edit: Edit) -> Column:
        """The law as edited."""
        if not edit.reading:
            return replace(self.column, without=(*self.column.without, edit.rule))
        return replace(self.column, readings=(*self.column.readings, self.names[edit.reading]))

    def concerned(self, edit: Edit) -> tuple[int, ...]:
        """The verdicts that may be others in the edited law, by number. Those of the others stand whatever
        the words that are edited mean: that is what blame has shown. They may be vacuous there.
        """
        model = self.law.model(self.column)
        pairs = enumerate(zip(self.results, self.rests, strict=True))
        return tuple(at for at, (each, rest) in pairs if _turns_on(each.claim, rest, edit, model))


def _asked(regime: Regime, column: Column) -> Iterator[Job]:
    """Yield what the claims expect of a column, and the other claims that can be asked there."""
    for claim in regime.claims:
        expected = [each for each in jobs_for((claim,)) if each.column == column]
        yield from expected
        if not expected and why_not_in(regime, claim, column) is None:
            yield Job(claim, column)


def _order(result: Result, rests: tuple[Ground, ...] | None) -> tuple[bool, int, bool, int]:
    """Which claim is asked first: those that hold, for it takes long to find that there is no story any more;
    of them those that can be shown to fail in few steps; of them those that rest on little, which are soonest
    lost if some of that is edited.
    """
    return result.evidence.trace is not None, _steps(result), rests is None, len(rests or ())


def _steps(result: Result) -> int:
    """How many steps it takes to come to what the claim speaks of."""
    told = result.witness if result.evidence.trace is None else result.evidence
    return 0 if told is None or told.trace is None else len(told.trace.steps)


def _resting(
    regime: Regime, results: tuple[Result, ...], effort: Effort
) -> Callable[[int], tuple[Ground, ...] | None]:
    return lambda number: sufficient(regime, results[number], Deadline.after(effort.budget))


def _turns_on(claim: Claim, rests: tuple[Ground, ...] | None, edit: Edit, model: Model) -> bool:
    if rests is None or any(edit.concerns(each) for each in rests):
        return True
    if edit.part != "definition":
        return False
    said = reads(model, *words_of(claim), outcomes=False)
    founding = {"start", *(each.name for each in model.axioms)}  # there may be no start any more
    return edit.rule in said.called or ANYTHING in edit.touches or bool(edit.touches & founding)


class Coverer:
    """Says what becomes of edits, one after the other; what their laws have in common is found once.

    `enough`: so many claims that notice an edit are looked for, and after the first so many more are asked;
    all if None.
    """

    def __init__(self, plan: Plan, effort: Effort, enough: int | None = ENOUGH) -> None:
        self.plan = plan
        self.effort = effort
        self.enough = enough
        self._known = Known()
        self._found: dict[tuple[Column, tuple[str, ...]], Coverage] = {}

    def cover(self, edit: Edit) -> Coverage:
        """What becomes of an edit. Where two rules have the same words, it is the same edit of both."""
        column = self.plan.column_of(edit)
        asked = self.plan.concerned(edit)
        key = (column, tuple(str(number) for number in asked))
        if key not in self._found:
            try:
                self._found[key] = self._covered(edit, column, asked)
            except SpecError as wrong:
                reason = f"the language refuses it: {wrong.diagnostics[0].message}"
                self._found[key] = Coverage(edit.key, "unknown", 0, reason=reason)
        return replace(self._found[key], key=edit.key)

    def _covered(self, edit: Edit, column: Column, concerned: tuple[int, ...]) -> Coverage:
        prover = self._prover()
        count = since = 0
        notices: list[Notice] = []
        open_ = ""
        for number in itertools.chain(concerned, self._others(column, concerned, notices)):
            before = self.plan.results[number]
            if self._enough(len(notices), since, before):
                break
            count += 1
            since += bool(notices)
            try:
                after = prover.decide(Job(before.claim, column, by=before.by, like=before, told=False))
            except Disagreement as wrong:
                open_ = str(wrong)
                continue
            if after.reason in (SPENT, COSTLY):  # that says nothing of the edit
                open_ = f"claim {before.claim.number}: {after.reason}"
            elif (after.verdict, after.vacuous) != (before.verdict, before.vacuous):
                claim, words = before.claim, (before.word, after.word)
                notices.append(Notice(claim.number, claim.name, *words, before.by))
        if notices:
            return Coverage(edit.key, "noticed", count, tuple(notices))
        if open_:
            return Coverage(edit.key, "unknown", count, reason=open_)
        if not edit.decides:
            return Coverage(edit.key, "not compared", count)
        return self._compared(edit, column, count, prover)

    def _others(self, column: Column, concerned: Container[int], notices: Sized) -> Iterator[int]:
        """Yield the verdicts on other claims, by number, that may be vacuous in the edited law: unless
        somebody notices the edit by then.
        """
        if not notices:
            law, results = self.plan.law, enumerate(self.plan.results)
            others = ((at, each) for at, each in results if at not in concerned)
            yield from (at for at, each in others if loses_its_witness(law, each, column))

    def _enough(self, notices: int, since: int, following: Result) -> bool:
        """Whether the next claim need not be asked: when one has noticed, only if that is easy."""
        if self.enough is None or not notices:
            return False
        return notices >= self.enough or since >= self.enough or _steps(following) > 0

    def _compared(self, edit: Edit, column: Column, asked: int, prover: Prover) -> Coverage:
        """What becomes of an edit that no claim notices."""
        law, old = self.plan.law, self.plan.column
        alike = prover.decide(Job(_alike(old, column), Column(old.base), told=False))
        if alike.verdict == "proved":
            return Coverage(edit.key, "nothing changes", asked)
        if alike.verdict != "refuted":
            return Coverage(edit.key, "unknown", asked, reason=alike.reason)
        return Coverage(edit.key, "unnoticed", asked, unseen=tuple(_unseen(law, old, column, self.effort)))

    def _prover(self) -> Prover:
        law, effort = self.plan.law, self.effort
        workshop = Workshop(law, effort.seed, self._known)
        return Prover(law, budget=effort.budget, seed=effort.seed, workshop=workshop)


def _unseen(law: Regime, old: Column, new: Column, effort: Effort) -> Iterator[Unseen]:
    """Yield some cases that are decided differently."""
    try:
        found = itertools.islice(found_cases(law, old, new, effort), SHOWN)
        for each in found:
            conditions = tuple(map(unparse, each.case.conditions))
            yield Unseen(each.kind, conditions, *each.always)
    except (GaveUp, OutOfTime):
        return


def _alike(old: Column, new: Column) -> Claim:
    """The claim that the edited law decides alike, with codes."""
    left, right = Side("column", old), Side("column", new)
    return Claim(
        name="decided-alike",
        sentence="The edited law decides every request as before.",
        statement=Compare("alike", left, right, codes=True, request="r", where=None),
    )
