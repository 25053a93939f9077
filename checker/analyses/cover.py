"""Which words of a law the claims would miss: every edit of it, and who notices."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, TypeAlias

from checker.analyses.edits import ANYTHING, Edit, edits_of
from checker.analyses.found import Kind, found_cases
from checker.engines import pool
from checker.engines.blame import sufficient
from checker.engines.job import Disagreement, Effort, Job, jobs_for
from checker.engines.problem import GaveUp
from checker.engines.prove import Prover
from checker.engines.system import Columns
from checker.engines.verdict import Ground, Result
from checker.language.diagnostics import Span
from checker.logic.terms import OutOfTime
from checker.model.claim import Claim, Column, Compare, Side
from checker.model.expressions import Expression
from checker.model.model import Model
from checker.model.situation import Instance
from checker.model.unparse import unparse
from checker.model.uses import used_by
from checker.regime.regime import Regime

EDITED: Final = "edited"
"""The column of the edited law, where the law stands beside it as it is."""

ENOUGH: Final = 2  # claims that notice an edit

SHOWN: Final = 2  # cases of a difference that no claim notices

Weight: TypeAlias = Literal["noticed", "nothing changes", "unnoticed", "not compared", "unknown"]
"""What an edit comes to. Noticed: a claim has another verdict. Nothing changes: proved to decide alike, codes
included. Unnoticed: decisions differ. Not compared: it is of what happens or is supposed, and no claim in
the column turns on it.
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """A claim that has another verdict in the edited law."""

    number: str
    name: str
    before: str
    after: str


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

    `results`: the verdicts of the law as it is, those found quickly first. `rests`: for each, grounds that
    suffice for it; None if that is not known.
    """

    regime: Regime
    column: Column
    results: tuple[Result, ...]
    rests: tuple[tuple[Ground, ...] | None, ...]
    edits: tuple[Edit, ...]

    @classmethod
    def of(cls, regime: Regime, column: Column, effort: Effort) -> Plan:
        """The plan for a version; decides its claims first."""
        jobs = tuple(each for each in jobs_for(regime.claims) if each.column == column)
        found = dict(pool.run(regime, jobs, effort))
        results = tuple(sorted(found.values(), key=lambda each: each.seconds))
        resting = partial(_resting, regime, results, effort)
        groups = [[number] for number in range(len(results))]
        rests = dict(pool.spread(resting, groups, effort.processes))
        edits = tuple(edits_of(regime.model(column)))
        return cls(regime, column, results, tuple(rests[number] for number in sorted(rests)), edits)

    def concerned(self, edit: Edit) -> tuple[Result, ...]:
        """The verdicts that may be others in the edited law. Those of the others stand whatever the words
        that are edited mean: that is what blame has shown.
        """
        bodies = {name: each.body for name, each in self.regime.model(self.column).definitions.items()}
        pairs = zip(self.results, self.rests, strict=True)
        return tuple(each for each, rest in pairs if _turns_on(each.claim, rest, edit, bodies))


def _resting(
    regime: Regime, results: tuple[Result, ...], effort: Effort
) -> Callable[[int], tuple[Ground, ...] | None]:
    return lambda number: sufficient(regime, results[number], time.monotonic() + effort.budget)


def _turns_on(
    claim: Claim, rests: tuple[Ground, ...] | None, edit: Edit, bodies: Mapping[str, Expression]
) -> bool:
    if rests is None or any(edit.concerns(each) for each in rests):
        return True
    if edit.part != "definition":
        return False
    said = used_by((claim.where, claim.premises, claim.statement, claim.witness), bodies)
    return edit.rule in said.definitions or ANYTHING in edit.touches


class EditedLaw:
    """A regime with an edit, wherever the words stand; or `beside` the law as it is, in its own column."""

    def __init__(self, regime: Columns, edit: Edit, beside: Column | None = None) -> None:
        self.regime = regime
        self.edit = edit
        self.beside = beside
        self._models: dict[int, tuple[Model, Model]] = {}

    def rules(self, column: Column) -> Mapping[str, Model]:
        if self.beside is None:
            return {name: self._edited(each) for name, each in self.regime.rules(column).items()}
        if column.base != EDITED:
            return self.regime.rules(column)
        return {name: self._edited(each) for name, each in self.regime.rules(self._original(column)).items()}

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        return self.regime.deployed(self._original(column) if column.base == EDITED else column)

    def parse_column(self, text: str) -> Column:
        return Column(EDITED) if text == EDITED else self.regime.parse_column(text)

    def _original(self, column: Column) -> Column:
        assert self.beside is not None
        return replace(column, base=self.beside.base)

    def _edited(self, model: Model) -> Model:
        if id(model) not in self._models:
            self._models[id(model)] = (model, self.edit.change(model))
        return self._models[id(model)][1]


def cover(plan: Plan, edit: Edit, effort: Effort, enough: int | None = ENOUGH) -> Coverage:
    """What becomes of an edit. `enough`: so many claims that notice it are looked for, and
    after the first so many more are asked; all if None.
    """
    asked = since = 0
    notices: list[Notice] = []
    open_ = ""
    prover = Prover(EditedLaw(plan.regime, edit), budget=effort.budget, seed=effort.seed)
    for before in plan.concerned(edit):
        asked += 1
        try:
            after = prover.decide(Job(before.claim, before.column, before.expected, before.by))
        except Disagreement as wrong:
            open_ = str(wrong)
            continue
        if (after.verdict, after.vacuous) != (before.verdict, before.vacuous):
            notices.append(Notice(before.claim.number, before.claim.name, _word(before), _word(after)))
        since += bool(notices)
        if enough is not None and (len(notices) == enough or since > enough):
            break
    if notices:
        return Coverage(edit.key, "noticed", asked, tuple(notices))
    if open_:
        return Coverage(edit.key, "unknown", asked, reason=open_)
    if not edit.decides:
        return Coverage(edit.key, "not compared", asked)
    law = EditedLaw(plan.regime, edit, plan.column)
    alike = Prover(law, budget=effort.budget, seed=effort.seed).decide(Job(_alike(plan.column), plan.column))
    if alike.verdict == "proved":
        return Coverage(edit.key, "nothing changes", asked)
    if alike.verdict != "refuted":
        return Coverage(edit.key, "unknown", asked, reason=alike.reason)
    return Coverage(edit.key, "unnoticed", asked, unseen=tuple(_unseen(law, plan.column, effort)))


def _word(result: Result) -> str:
    return "vacuous" if result.vacuous else result.verdict


def _unseen(law: EditedLaw, column: Column, effort: Effort) -> Iterator[Unseen]:
    """Yield some cases that are decided differently."""
    try:
        found = itertools.islice(found_cases(law, column, Column(EDITED), effort), SHOWN)
        for each in found:
            conditions = tuple(map(unparse, each.case.conditions))
            yield Unseen(each.kind, conditions, *each.always)
    except (GaveUp, OutOfTime):
        return


def _alike(column: Column) -> Claim:
    """The claim that the edited law decides alike, with codes."""
    left, right = Side("column", column), Side("column", Column(EDITED))
    return Claim(
        name="decided-alike",
        number="",
        sentence="The edited law decides every request as before.",
        sources=(),
        notes=(),
        variables=(),
        where=None,
        premises=(),
        statement=Compare("alike", left, right, codes=True, request="r", where=None),
        statement_text="",
        witness=None,
        deployment_over=(),
        expectations=(),
        needs=(),
        span=Span("", 1, 1, 1, 1),
    )
