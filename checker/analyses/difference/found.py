"""The cases of a difference before anything of it is proved, and what is to be told of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

from checker.analyses.difference.cases import Board, Case, CaseFinder
from checker.analyses.difference.conditions import Conditions
from checker.engines.comparisons import changed, check_known, check_names, rejected_differently
from checker.engines.job import Effort
from checker.engines.question import Question
from checker.engines.system import Columns, column_rules
from checker.engines.workbench import Workshop
from checker.logic.terms import Node
from checker.model.claim import Column
from checker.model.deadline import Deadline
from checker.model.expressions import And, Formula, Not, Outcome

R: Final = "r"
"""The request of the cases."""

Kind: TypeAlias = Literal["newly accepted", "newly rejected", "differently rejected"]

FEW: Final = 6  # cases of a kind, of which each is told apart from all others


@dataclass(frozen=True, slots=True)
class Found:
    """A case before it is proved to be one. `alone`: of it and of no other of its kind. `shown`: those among
    them that an example is taken from. `always`: the checks that reject every request of the case alone, in
    the old and in the new column.
    """

    kind: Kind
    label: str
    case: Case
    alone: Formula
    shown: Formula
    always: tuple[tuple[str, ...], tuple[str, ...]]


def found_cases(
    law: Columns, old: Column, new: Column, effort: Effort, workshop: Workshop | None = None
) -> Iterator[Found]:
    """Yield the cases of a difference; nothing of it is proved. Raises GaveUp, OutOfTime. `workshop`: of the
    law, where what is built is kept.
    """
    laws = {each: column_rules(law, Column(new.base), str(each)) for each in (old, new)}
    models = tuple(model for rules, _ in laws.values() for model in rules.values())
    check_known(models)
    asked: dict[Kind, Formula] = {
        "newly accepted": changed(old, new, R),
        "newly rejected": changed(new, old, R),
        "differently rejected": rejected_differently(old, new, R, models),
    }
    question = Question.about(law, (Column(new.base), (), False), Deadline.after(effort.budget))
    shop = workshop or Workshop(law, effort.seed)
    problem = question.problem(shop)
    finder = CaseFinder(problem, R, Conditions.of(models, R), asked.values())
    teller = _Teller(finder, (old, new), check_names(models))
    for kind, formula in asked.items():
        cases = tuple(finder.cases(formula))
        if cases:
            yield from teller.told(kind, cases)


class _Teller:
    """Says of cases what is to be told of each."""

    def __init__(self, finder: CaseFinder, columns: tuple[Column, Column], names: tuple[str, ...]) -> None:
        """`names`: of the checks, in the order in which requests meet them."""
        self.finder = finder
        self.columns = columns
        self.names = names
        self.rejected = {
            (at, name): Outcome("rejected", R, name, str(at)) for at in columns for name in names
        }

    @cached_property
    def board(self) -> Board:
        return self.finder.board(self.rejected.values())

    def told(self, kind: Kind, cases: tuple[Case, ...]) -> Iterator[Found]:
        """Yield the cases of a kind with what is to be told of each."""
        outside = {case: self.board.outside(case.literals) for case in cases}
        for number, case in enumerate(cases, 1):
            others = tuple(each for each in cases if each != case and len(cases) <= FEW)
            here = *self.board.inside(case.literals), *(outside[each] for each in others)
            alone = And((case.formula, *(Not(each.formula) for each in others))) if others else case.formula
            furthest = self._furthest(self.columns[0 if kind == "newly accepted" else 1], here)
            shown = alone if furthest is None else And((alone, furthest))
            always = self._always(self.columns[0], here), self._always(self.columns[1], here)
            yield Found(kind, f"{kind} {number}", case, alone, shown, always)

    def _furthest(self, column: Column, here: tuple[Node, ...]) -> Formula | None:
        """That requests get furthest before they are rejected: those say most about the rules."""
        outcomes = (self.rejected[column, name] for name in reversed(self.names))
        return next((each for each in outcomes if self.board.possible(*here, self.board.switch[each])), None)

    def _always(self, column: Column, here: tuple[Node, ...]) -> tuple[str, ...]:
        """The checks that reject every request."""
        spared = {name: self.board.switch[Not(self.rejected[column, name])] for name in self.names}
        return tuple(name for name, each in spared.items() if not self.board.possible(*here, each))
