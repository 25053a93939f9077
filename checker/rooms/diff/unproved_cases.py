"""The cases of a difference before it is proved, and what the report says about each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

from checker.logic.node import Node
from checker.model.claim import Column, Difference
from checker.model.deadline import Deadline
from checker.model.expressions import And, Formula, Not, Outcome
from checker.model.lacking import lacking
from checker.model.model import Model
from checker.model.reads import reads_alike, said
from checker.question.columns import Columns
from checker.question.comparisons import changed, check_names, made, rejected_differently
from checker.question.jobs import Effort, Job
from checker.question.question import Question, unwritten
from checker.question.workbench import Workshop
from checker.rooms.diff.cases import Board, Case, CaseFinder
from checker.rooms.diff.conditions import Conditions
from checker.rooms.diff.folding import folded
from checker.rooms.diff.labels import Labels
from checker.story.phrases import Phrases

R: Final = "r"
"""The request of the cases."""

Kind: TypeAlias = Literal[
    "newly accepted", "newly rejected", "differently rejected", "newly a request", "no longer a request"
]

FEW: Final = 6  # cases of a kind, of which each is told apart from all others; more are folded


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


def found_cases(law: Columns, old: Column, new: Column, effort: Effort) -> Iterator[Found]:
    """Yield the cases of a difference, not yet proved. Raises GaveUp, OutOfTime."""
    question = comparing(law, old, new, Deadline.after(effort.budget))
    question.check_askable()
    models = models_of(law, old, new)
    asked: dict[Kind, Formula] = {
        "newly accepted": changed(old, new, R),
        "newly rejected": changed(new, old, R),
        "differently rejected": rejected_differently(old, new, R, models),
    }
    if not requests_alike(models):
        asked |= {"newly a request": made(old, new, R), "no longer a request": made(new, old, R)}
    problem = question.problem(Workshop(law, effort.seed))
    words = Phrases(next(iter(law.rules(home(law, old, new)).values())))
    finder = CaseFinder(problem, R, Conditions.of(models, R, words), asked.values())
    found = {kind: tuple(finder.cases(formula)) for kind, formula in asked.items()}
    labels = Labels(finder, words, itertools.chain(*found.values()))
    teller = _Teller(finder, (old, new), check_names(models))
    plain = worlds_alike((*question.rules.values(), *models))
    for kind, formula in asked.items():
        cases = tuple(labels.told(each) for each in found[kind])
        if len(cases) > FEW:
            cases = folded(cases, words)
        if cases:
            yield from teller.told(kind, cases, None if plain else formula)


def comparing(law: Columns, old: Column, new: Column, deadline: Deadline) -> Question:
    """The question what becomes of requests in both columns, in the words of the version of the new one."""
    statement = Difference(old, new, R, (), ())
    claim = unwritten("Nothing is decided differently.", statement)
    return Question(law, Job(claim, home(law, old, new)), deadline)


def home(law: Columns, old: Column, new: Column) -> Column:
    """The column in whose words the cases are told: the version of the new column, or that of the old one if
    that alone has all the words that both use; with the readings, and without the suppositions, that both
    name. What one of them alone names stands in the claims themselves.
    """
    readings = tuple(each for each in new.readings if each in old.readings)
    without = tuple(each for each in new.without if each in old.without)
    models = models_of(law, old, new)

    def has_all(column: Column) -> bool:
        own = law.rules(column).values()
        return all(lacking(each, model.checks, model.route) is None for each in own for model in models)

    bases = Column(new.base, readings, without), Column(old.base, readings, without)
    return next((each for each in bases if has_all(each)), bases[0])


def words_apart(law: Columns, old: Column, new: Column) -> str | None:
    """Why no situation has all that both columns decide by, where a reading of one of them brings some of it;
    None where one has.
    """
    common = law.rules(home(law, old, new)).values()
    for column in (old, new):
        for model in law.rules(column).values():
            names = (_missing(each, model) for each in common)
            name = next((each for each in names if each is not None), None)
            if name is not None:
                return f"only {column} has `{name}`, so no situation is one of both"
    return None


def _missing(common: Model, model: Model) -> str | None:
    """What a model has and the common one does not: something that requests carry, or that decides them."""
    carried = {each.name for each in common.request}
    only = next((each.name for each in model.request if each.name not in carried), None)
    return only or lacking(common, model.checks, model.route)


def models_of(law: Columns, *columns: Column) -> tuple[Model, ...]:
    """The models of columns that are compared."""
    return tuple(model for each in columns for model in law.rules(each).values())


def requests_alike(models: tuple[Model, ...]) -> bool:
    """Whether the same things are requests by all models."""
    first, *others = models
    return all(
        said(each.request) == said(first.request) and reads_alike(first, each, first.request)
        for each in others
    )


def worlds_alike(models: tuple[Model, ...]) -> bool:
    """Whether all models have the same situations and requests."""
    first, *others = models
    axioms = first.axioms
    return requests_alike(models) and all(
        said(each.axioms) == said(axioms) and reads_alike(first, each, axioms) for each in others
    )


class _Teller:
    """Finds what the report says about each case."""

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

    def told(self, kind: Kind, cases: tuple[Case, ...], among: Formula | None) -> Iterator[Found]:
        """Yield the cases of a kind with what is to be told of each. `among`: what holds of the kind, where
        that has to be said: a claim is about the columns that it names.
        """
        outside = {case: self.board.outside_of(case) for case in cases}
        for number, case in enumerate(cases, 1):
            others = tuple(each for each in cases if each != case and len(cases) <= FEW)
            elsewhere = (switch for each in others for switch in outside[each])
            here = *self.board.inside_of(case), *elsewhere
            others_not = (Not(each.formula) for each in others)
            parts = (*(() if among is None else (among,)), case.formula, *others_not)
            alone = And(parts) if len(parts) > 1 else case.formula
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
