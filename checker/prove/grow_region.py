"""Grows regions: each step that the solver finds becomes a strategy, until no step leads in from outside.
Nothing here is trusted: `obligations` check what a verdict needs of the strategies, with a region that is
built anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from checker.logic.decode import Structure
from checker.logic.node import Node, subterms
from checker.logic.symbolic_state import State
from checker.model.claim import Steps
from checker.model.expressions import FACT, Apply, Call, Constant, Sort, Term, Value, Variable
from checker.prove.amounts import Amounts
from checker.question.goals import Condition
from checker.question.problem import GaveUp, Problem, relevant
from checker.question.transition_system import ONE, Action
from checker.question.verdict import Strategy
from checker.trusted.region import LIMIT, Region, Restriction

_AGAIN: Final = "the search only finds strategies that lead nowhere new"
_MORE: Final = "more than {} strategies are needed"


class Repeated(GaveUp):
    """A strategy was found for the second time."""


class More(GaveUp):
    """More strategies are needed than `most`. `region`: with so many; `ranked`: those of fewer steps before
    those of more.
    """

    def __init__(self, most: int, region: Region, *, ranked: bool) -> None:
        super().__init__(_MORE.format(most))
        self.region, self.ranked = region, ranked


def grow(
    problem: Problem,
    target: Condition,
    steps: Steps,
    *,
    within: Condition | None = None,
    restrict: Restriction | None = None,
    level: int = 0,
    most: int = LIMIT,
    begun: More | None = None,
) -> Region:
    """The region of everything from which the target can be reached, by `steps`, within the frame.

    With `within`, only situations where it holds, and only by exactly one step. `level`: as in Region.
    `most`: at most so many strategies. `begun`: where the same search with a lower limit ended. Raises
    GaveUp.
    """
    region = Region(problem, target, steps, next_only=within is not None, restrict=restrict, level=level)
    inside = None if within is None else within(problem, problem.system.base)
    if begun is not None and begun.ranked:
        return _by_rank(problem, begun.region, inside, most)
    try:
        return _grown(problem, region if begun is None else begun.region, inside, most)
    except Repeated:
        return _by_rank(problem, region, inside, most)


def nearest(problem: Problem, begun: More, most: int) -> Region:
    """So many strategies at most, those of the fewest steps first. There may be situations outside from which
    the target can be reached, too. Raises GaveUp.
    """
    if begun.ranked:
        return begun.region
    try:
        return _by_rank(problem, begun.region.having(()), None, most)
    except More as more:
        return more.region


def towards(problem: Problem, region: Region, needed: Condition) -> Region:
    """The region, grown until it contains every situation with the condition from which steps lead to it;
    those from which one step suffices come first. Raises GaveUp.
    """
    lacking = needed(problem, problem.system.base)
    while True:
        region = _grown(problem, region, lacking, LIMIT)
        outside = problem.terms.not_(region.at(problem.system.base))
        if problem.answer(*problem.frame, lacking, outside) is None:
            return region
        found = _one_more(problem, region, Candidates(problem), None)
        if found is None:
            return region
        region = region.having((*region.strategies, found))


def _grown(
    problem: Problem,
    region: Region,
    inside: Node | None,
    most: int,
) -> Region:
    """The region with more strategies, until no further step leads in. `inside`: the condition of the
    situations to search; None for all.
    """
    candidates = Candidates(problem)
    while len(region.strategies) < most:
        found = _one_more(problem, region, candidates, inside)
        if found is None:
            return region
        if found in region.strategies:
            raise Repeated(_AGAIN)
        region = region.having((*region.strategies, found))
    raise More(most, region, ranked=False)


def _by_rank(problem: Problem, region: Region, inside: Node | None, most: int) -> Region:
    """The region with all strategies of one step, then with those of two, and so on. If steps from ever
    further away are found first, the search may not end.
    """
    candidates, rank = Candidates(problem), max((each.rank for each in region.strategies), default=1)
    while len(region.strategies) < most:
        nearer = region.having(tuple(each for each in region.strategies if each.rank < rank))
        found = _one_more(problem, region, candidates, inside, nearer)
        if found is not None:
            found = replace(found, rank=rank)
            if found in region.strategies:
                raise Repeated(_AGAIN)
            region = region.having((*region.strategies, found))
        elif any(each.rank == rank for each in region.strategies):
            rank += 1
        else:
            return region
    raise More(most, region, ranked=True)


def _one_more(
    problem: Problem,
    region: Region,
    candidates: Candidates,
    inside: Node | None,
    nearer: Region | None = None,
) -> Strategy | None:
    """A strategy for some situation outside the region from which one step leads into it (or into `nearer`, a
    part of it).
    """
    into = nearer or region
    base = problem.system.base
    frame = [*problem.frame, problem.terms.not_(region.at(base))]
    if inside is not None:
        frame.append(inside)
    goals = (region.target(problem, base), into.at(base))
    schemas = tuple(region.schemas.values())
    for schema in schemas if region.next_only else relevant(problem, goals, schemas):
        action = problem.system.at(schema, base, problem.system.fresh(schema, ONE))
        asked = (*frame, into.reached_by(action))
        structure = problem.satisfy(*asked)
        if structure is not None:
            structure, amounts = candidates.amounts(structure, action, asked)
            rank = 1 + _rank(region, structure, action.after)
            return candidates.strategy(structure, action, rank, amounts)
    return None


def _rank(region: Region, structure: Structure, state: State) -> int:
    """The least rank that the state is known to have; 0 in the target itself."""
    ranks = [0] if region.next_only else sorted({0, *(each.rank for each in region.strategies)})
    return next((r for r in ranks if structure.holds(region.reaches(state, r + 1))), ranks[-1])


class Candidates:
    """Terms of the situation by which a strategy may name what it needs."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._terms: dict[str, tuple[Term, ...]] = {}

    def of(self, sort: Sort) -> tuple[Term, ...]:
        """Candidate terms, the most informative first."""
        if sort.name not in self._terms:
            self._terms[sort.name] = tuple(self._build(sort))
        return self._terms[sort.name]

    def _build(self, sort: Sort) -> Iterable[Term]:
        model = self.problem.system.model
        variables = [Variable(v.name, v.sort) for v in self.problem.claim.variables if v.sort is not None]
        yield from (each for each in variables if each.sort == sort)
        for definition in model.definitions.values():
            sorts = tuple(each.sort for each in definition.parameters)
            if definition.result == sort and not definition.reads_request and sorts:
                for arguments in _fill(sorts, variables, enums=False, model_terms=self):
                    yield Call(definition.name, arguments, sort)
        if sort.is_enum:
            yield from (Value(sort, each) for each in sort.values)
            return
        for function in model.functions.values():
            if function.result == sort and function.table is None:
                for arguments in _fill(function.parameters, variables, enums=True, model_terms=self):
                    yield Apply(function.name, arguments, sort, function.history)
        yield from (Constant(c.sort, c.name) for c in model.constants.values() if c.sort == sort)

    def amounts(
        self, structure: Structure, action: Action, asked: tuple[Node, ...]
    ) -> tuple[Structure, Mapping[str, Term]]:
        """Terms for the numbers that the step carries, and a structure in which it carries these. Raises
        GaveUp.
        """
        if not any(
            each.value is not None and each.value.sort.is_quantity for each in action.parameters.values()
        ):
            return structure, {}

        def named(here: Structure, node: Node) -> Term | None:
            return self._named(here, action, node, ())

        return Amounts(self.problem, action, asked, named, self.of).found(structure)

    def strategy(
        self, structure: Structure, action: Action, rank: int, amounts: Mapping[str, Term]
    ) -> Strategy:
        """The step in the structure, with a term of its situation for every parameter; `amounts` has some."""
        named: dict[str, Term | None] = {}
        for name, given in action.parameters.items():
            if given.value is None or not structure.holds(given.present):
                continue
            named[name] = amounts.get(name) or self._named(structure, action, given.value, ())
        return Strategy(rank, action.schema.name, named)

    def _named(
        self, structure: Structure, action: Action, given: Node, within: tuple[Node, ...]
    ) -> Term | None:
        """A term for what the step is given; `within`: what is being named, which its term cannot use."""
        within = (*within, given)
        wanted = tuple(self._wanted(structure, action, within)) if given.sort.is_enum else ()
        return self._name(structure, given.sort, structure.value(given), wanted)

    def _wanted(self, structure: Structure, action: Action, within: tuple[Node, ...]) -> Iterator[Term]:
        """What the rules compare it with (`requires needed(thing) is role`): a strategy that says
        so does for every value. That two terms of an enum are equal is written out, value by value.
        """
        functions = self.problem.system.model.functions
        for term in dict.fromkeys(_equal_somewhere(action.guard, within[-1])):
            if term.operator != "apply" or term.name not in functions or set(within) & set(term.arguments):
                continue
            names = [self._named(structure, action, each, within) for each in term.arguments]
            arguments = tuple(name for name in names if name is not None)
            if len(arguments) == len(names):
                yield Apply(term.name, arguments, term.sort, functions[term.name].history)

    def _name(
        self, structure: Structure, sort: Sort, value: str | bool | None, wanted: tuple[Term, ...] = ()
    ) -> Term | None:
        encoder = self.problem.system.encoder
        if sort == FACT:
            return None
        for term in (*wanted, *self.of(sort)):
            given = encoder.term(term, self.problem.scope(self.problem.system.base))
            if given.value is None or not structure.holds(given.present):
                continue
            known = structure.value(given.value)
            if known is not None and (value is None or known == value):
                return term
        return None


def _equal_somewhere(formula: Node, one: Node) -> Iterator[Node]:
    """The terms of an enum that somewhere in the formula have the same value as that one."""
    for node in subterms((formula,)):
        if node.operator == "and":
            members = [each for each in node.arguments if each.operator == "member"]
            values = {each.values for each in members if each.arguments[0] is one}
            yield from (each.arguments[0] for each in members if each.values in values)


def _fill(
    sorts: tuple[Sort, ...], variables: list[Variable], *, enums: bool, model_terms: Candidates
) -> Iterable[tuple[Term, ...]]:
    """Every way to fill the places with the claim's variables and, if `enums`, with enum terms."""
    choices: list[tuple[Term, ...]] = []
    for sort in sorts:
        if sort.is_enum:
            choices.append(model_terms.of(sort) if enums else ())
        else:
            choices.append(tuple(each for each in variables if each.sort == sort))
    return itertools.product(*choices)
