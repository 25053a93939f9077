"""Diagrams: all that can be said of a situation among few things, as one formula in the rule language.

A diagram holds in every situation in which there are such things, whatever else there is. What it excludes is
said by one clause: never do such things stand like that. Nothing here is trusted.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from checker.logic.incremental import Incremental
from checker.logic.node import Node
from checker.logic.symbolic_state import Maybe, State
from checker.model.expressions import (
    And,
    Apply,
    Constant,
    Expression,
    Formula,
    Implies,
    Is,
    Not,
    Or,
    Quantified,
    Sort,
    Term,
    Value,
    Variable,
)
from checker.model.made_of import within
from checker.model.quantities import value_of
from checker.model.rebuild import rebuilt, with_variables
from checker.model.thresholds import and_nothing, thresholds
from checker.prove.clause_reasons import free_variables
from checker.prove.clause_templates import about, conjunction, denial, variable
from checker.question.problem import Problem

SAID: Final = 5_000  # formulas that may be part of one diagram; where there are more, none is made


Words: TypeAlias = Callable[[int], Sequence[Formula]]
"""What may be said of so many things of every sort, called by variables."""


def no_words(things: int) -> Sequence[Formula]:
    """Nothing besides plain facts."""
    del things
    return ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """Formulas that hold together, of things that are called by variables or constants."""

    literals: tuple[Formula, ...]

    @property
    def clause(self) -> Formula:
        """That no things are so, in the rule language."""
        literals = _by_name(self.literals)
        found = {each for literal in literals for each in free_variables(literal)}
        variables = tuple(sorted(found, key=lambda each: (each.sort.name, len(each.name), each.name)))
        apart = tuple(each for each in literals if _of_variables(each))
        rest = tuple(each for each in literals if not _of_variables(each))
        body = denial(rest or apart)
        if not variables:
            return body
        where = conjunction(apart) if rest else None
        return Quantified(universal=True, variables=variables, where=where, body=body)

    def only(self, kept: frozenset[Formula]) -> Diagram:
        """The same of some of its formulas alone."""
        return Diagram(tuple(each for each in self.literals if each in kept))

    def without(self, literal: Formula | None) -> Diagram:
        """The same without one of its formulas, if one is given."""
        return Diagram(tuple(each for each in self.literals if each != literal))


def _by_name(literals: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """The same with constants for the variables that are said to be these, unless nothing else is said."""
    names: dict[Expression, Constant] = {}
    for each in literals:
        if isinstance(each, Is) and isinstance(each.left, Variable) and isinstance(each.right, Constant):
            names[each.left] = each.right
    called = (rebuilt(each, names.get) for each in literals if not _is_name(each))
    return tuple(called) or literals


def _is_name(literal: Formula) -> bool:
    return isinstance(literal, Is) and isinstance(literal.left, Variable)


def _of_variables(literal: Formula) -> bool:
    """Whether it says that two variables are different things."""
    body = literal.body if isinstance(literal, Not) else literal
    return isinstance(body, Is) and isinstance(body.left, Variable) and isinstance(body.right, Variable)


def _among(formula: Formula, things: Mapping[Sort, list[Term]]) -> Formula:
    """The formula, written out for these things where it speaks of every or of some thing."""

    def change(part: Expression) -> Formula | None:
        if not isinstance(part, Quantified) or any(each.sort not in things for each in part.variables):
            return None
        body = _among(part.body, things)
        if part.where is not None:
            where = _among(part.where, things)
            body = Implies(where, body) if part.universal else And((where, body))
        chosen = itertools.product(*(things[each.sort] for each in part.variables))
        names = [each.name for each in part.variables]
        parts = tuple(with_variables(body, dict(zip(names, each, strict=True))) for each in chosen)
        return And(parts) if part.universal else Or(parts)

    return rebuilt(formula, change)


class Drawing:
    """Makes diagrams of what a solver says of the first situation, of the functions that are `read`. `words`:
    what else may be said of so many things of every sort.
    """

    def __init__(
        self, problem: Problem, solver: Incremental, read: frozenset[str], words: Words = no_words
    ) -> None:
        self._problem, self._solver, self._words = problem, solver, words
        model = problem.system.model
        self._functions = tuple(
            each
            for each in model.functions.values()
            if each.name in read and each.table is None and not each.arbitrary
        )
        used = (sort for each in self._functions for sort in (*each.parameters, each.result))
        self.sorts = tuple(dict.fromkeys(each for each in used if each.has_things))

    def few(self, sort: Sort, count: int) -> Node:
        """That there are so many things of the sort at most, as a switch."""
        terms = self._problem.terms
        anything = terms.binder(f"anything of {sort.name}", sort)
        among = (terms.equal(anything, each) for each in self._things(sort, count))
        return self._solver.switch(terms.forall((anything,), terms.or_(*among)))

    def drawn(self, counts: Mapping[Sort, int]) -> Diagram | None:
        """The diagram of the last answer, in which there are so few things of every sort."""
        problem, holds = self._problem, self._solver.holds
        terms, model, base = problem.terms, problem.system.model, problem.system.base
        called: dict[Sort, list[Term]] = {}
        values: dict[str, Maybe] = {}
        names: list[Formula] = []
        for sort in self.sorts:
            different: list[Node] = []
            for each in self._things(sort, counts[sort]):
                if not any(holds(terms.equal(each, other)) for other in different):
                    different.append(each)
            variables = [variable(model, sort, n + 1) for n in range(len(different))]
            called[sort] = [*variables]
            values |= {v.name: Maybe(terms.true, each) for v, each in zip(variables, different, strict=True)}
            constants = [Constant(sort, each.name) for each in model.constants.values() if each.sort == sort]
            names += itertools.starmap(Is, itertools.product(variables, constants))
        scope = problem.scope(base).bind(values)
        said = [*names, *map(Not, names), *itertools.islice(self._sayable(called), SAID + 1)]
        if len(said) > SAID:
            return None
        pairs = (pair for each in called.values() for pair in itertools.combinations(each, 2))
        apart = (Not(Is(one, other)) for one, other in pairs)
        there = frozenset(v.name for each in called.values() for v in each if isinstance(v, Variable))
        more = self._words(max(map(len, called.values()), default=0))
        said += [each for each in more if {v.name for v in free_variables(each)} <= there]
        if len(said) > SAID:
            return None
        true = (each for each in said if holds(problem.read(_among(each, called), scope)))
        return Diagram((*true, *apart))

    def _sayable(self, called: Mapping[Sort, list[Term]]) -> Iterator[Formula]:
        """Yield what can be said of the things."""
        for function in self._functions:
            chosen = (self._terms(called, each) for each in function.parameters)
            for arguments in itertools.product(*chosen):
                yield from about(function, arguments, self._terms(called, function.result))

    def _terms(self, called: Mapping[Sort, list[Term]], sort: Sort) -> list[Term]:
        if sort.is_quantity:
            model, claim = self._problem.system.model, self._problem.claim
            written = thresholds(model, sort, claim.statement, claim.where, claim.premises)
            return [value_of(sort, each) for each in and_nothing(sort, written)]
        if sort.is_enum:
            return [Value(sort, each) for each in sort.values]
        return called.get(sort, [])

    def _things(self, sort: Sort, count: int) -> Iterator[Node]:
        return (self._problem.terms.symbol(f"thing {n + 1} of {sort.name}", sort) for n in range(count))

    def changes(self, literal: Formula) -> bool:
        """Whether what the formula says can change."""
        functions = self._problem.system.model.functions
        return any(isinstance(each, Apply) and functions[each.function].state for each in within(literal))

    def there(self, literal: Formula, state: State) -> Node:
        """That the formula holds in the situation. Each variable stands for one thing, the same one in every
        formula that has a variable of this name.
        """
        terms, problem = self._problem.terms, self._problem
        variables = free_variables(literal)
        bound = {v.name: Maybe(terms.true, terms.symbol(f"any {v.name}", v.sort)) for v in variables}
        return problem.read(literal, problem.scope(state).bind(bound))
