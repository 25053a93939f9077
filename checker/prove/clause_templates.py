"""Candidate clauses for an invariant: a few facts about a few things that never hold together. Nothing here
is trusted: `find_invariant` finds which of them hold, and `obligations` check them.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from checker.model.clock import PRESENT_DAY, TODAY
from checker.model.deadline import Deadline
from checker.model.expressions import (
    DATE,
    DAYS,
    FACT,
    And,
    Apply,
    Arithmetic,
    Constant,
    Formula,
    Implies,
    Is,
    Not,
    Or,
    Ordered,
    Present,
    Quantified,
    Sort,
    Term,
    Value,
    Variable,
)
from checker.model.model import Function, Model
from checker.model.quantities import value_of
from checker.model.rebuild import with_variables
from checker.model.thresholds import periods, thresholds

MOST: Final = 1_500  # clauses of one size; with more, that size is not tried
TRIED: Final = 60_000  # combinations of literals that are examined for these
RENAMED: Final = 2_000_000  # combinations, each under all names of its variables, that are compared for these
PERIODS: Final = 3  # periods before the present day that dates are compared with
PAIR: Final = 2  # things of a sort of which clauses may speak in any case, if they may speak of more
CONSTANTS: Final = 2  # constants of a sort that clauses may use


@dataclass(frozen=True, slots=True)
class Size:
    """`things`: variables of every sort. `literals`: in one clause. `reasons`: whether clauses may say that
    what a step makes true has the reason for which the step could be taken (see `clause_reasons`). `days`:
    whether they may compare two days of the same things, such as the day on which something was asked for and
    the day since which it is owed. `amounts`: whether they may compare what one thing has of something with
    what another has, such as the numbers of two tickets. `written`: whether each clause says something that
    the law or the claim says, too (see `written_literals`). `crowded`: a third thing is only of a sort of
    which one fact can be about two.
    """

    things: int
    literals: int
    reasons: bool = False
    days: bool = False
    amounts: bool = False
    written: bool = False
    crowded: bool = False


SIZES: Final = (
    Size(2, 2),
    Size(1, 2, days=True),
    Size(2, 2, reasons=True),
    Size(1, 3),
    Size(2, 3, amounts=True),
    Size(3, 2, reasons=True),
)
FURTHER: Final = (  # where all of these, and what leads to the goal, say no more
    Size(2, 2, written=True),
    Size(1, 3, written=True),
    Size(3, 2, reasons=True, crowded=True),
    Size(2, 3, written=True),
)


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom or its negation, with its variables. `state`: it can change. `cause`: the atom that must be in
    the same clause. `written`: the law or the claim says so itself.
    """

    formula: Formula
    variables: frozenset[Variable]
    state: bool
    cause: Formula | None = None
    written: bool = False

    @property
    def atom(self) -> Formula:
        return self.formula.body if isinstance(self.formula, Not) else self.formula


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """The claim that `excluded` never holds together, for variables that are different things if they have
    the same sort. A given formula (`whole`) says itself whether they differ.
    """

    variables: tuple[Variable, ...]
    excluded: tuple[Formula, ...]
    whole: Formula | None = field(default=None)

    def follows_from(self, other: Candidate) -> bool:
        """Whether the other one already excludes part of what this one excludes."""
        less = set(other.excluded) < set(self.excluded)
        return less and set(other.variables) <= set(self.variables) and self.whole is other.whole is None

    @property
    def clause(self) -> Formula:
        """The candidate as a formula of the rule language, about all things."""
        if self.whole is not None:
            return self.whole
        body = denial(self.excluded)
        if not self.variables:
            return body
        where = conjunction(tuple(Not(Is(one, other)) for one, other in pairs(self.variables)))
        return Quantified(universal=True, variables=self.variables, where=where, body=body)


def said(whole: Formula) -> Candidate:
    """The formula as a candidate."""
    if not isinstance(whole, Quantified) or not whole.universal:
        return Candidate((), (Not(whole),), whole)
    where = () if whole.where is None else (whole.where,)
    return Candidate(whole.variables, (*where, Not(whole.body)), whole)


def pairs(variables: Iterable[Variable]) -> Iterator[tuple[Variable, Variable]]:
    """Yield all pairs of variables that have the same sort."""
    return ((a, b) for a, b in itertools.combinations(variables, 2) if a.sort == b.sort)


def conjunction(parts: tuple[Formula, ...]) -> Formula | None:
    """All of the formulas; None if there are none."""
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(parts)


def denial(excluded: tuple[Formula, ...]) -> Formula:
    """The formula that they do not hold together: “if these, then one of those” if some are negations."""
    ones = tuple(each for each in excluded if not isinstance(each, Not))
    others = tuple(each.body for each in excluded if isinstance(each, Not))
    then = others[0] if len(others) == 1 else Or(others)
    given = ones[0] if len(ones) == 1 else And(ones)
    if not others:
        return Not(given)
    return Implies(given, then) if ones else then


def candidates(
    model: Model,
    read: Container[str],
    size: Size,
    others: Iterable[Literal],
    settled: Callable[[Formula], bool],
    deadline: Deadline,
) -> tuple[Candidate, ...] | None:
    """Every clause of the size about the functions that are read, up to renaming of variables; None if there
    are too many, or nothing to compare. `others`: further literals, for every choice of variables. `settled`:
    whether what never changes is always true or always false, so that no clause needs to say it. Raises
    OutOfTime.
    """
    compared = [
        *(_days_compared(model, read, size.things) if size.days else ()),
        *(_amounts_compared(model, read, size.things) if size.amounts else ()),
    ]
    if (size.days or size.amounts) and not compared:
        return None  # they are the clauses of another size
    every = (*_literals(model, read, size.things), *compared, *others)
    if size.crowded:
        alone = tuple(_alone(model, read, size.things))
        every = tuple(each for each in every if each.variables.isdisjoint(alone))
    literals = [each for each in every if each.state or each.cause or not settled(each.atom)]
    combinations = sum(math.comb(len(literals), count) for count in range(1, size.literals + 1))
    named = Counter(each.sort for each in {each for literal in literals for each in literal.variables})
    if min(combinations, TRIED) * math.prod(map(math.factorial, named.values())) > RENAMED:
        return None
    renamings = tuple(_renamings(literals))
    found: dict[tuple[int, ...], Candidate] = {}
    tried = 0
    for count in range(1, size.literals + 1):
        for chosen in itertools.combinations(range(len(literals)), count):
            tried += 1
            deadline.keep()
            if tried > TRIED:
                return None
            if any(tuple(sorted(renaming[n] for n in chosen)) < chosen for renaming in renamings):
                continue  # the same clause was found with other names
            parts = [literals[n] for n in chosen]
            if _sensible(parts) and (not size.written or any(each.written for each in parts)):
                found[chosen] = _candidate(parts)
            if len(found) > MOST:
                return None
    return tuple(found.values())


def _renamings(literals: Sequence[Literal]) -> Iterator[tuple[int, ...]]:
    """Yield, for every permutation of the variables of each sort, which literal becomes which."""
    variables = sorted({v for each in literals for v in each.variables}, key=lambda v: (v.sort.name, v.name))
    groups = [list(group) for _, group in itertools.groupby(variables, key=lambda v: v.sort)]
    places = {each.formula: n for n, each in enumerate(literals)}
    for orders in itertools.product(*(itertools.permutations(group) for group in groups)):
        others = dict(zip((v.name for v in variables), itertools.chain(*orders), strict=True))
        yield tuple(places[with_variables(each.formula, others)] for each in literals)


def _sensible(chosen: Sequence[Literal]) -> bool:
    """Whether some literal can change, no atom occurs twice, no term equals two things, and reasons occur
    with their causes.
    """
    atoms = [each.atom for each in chosen]
    terms = [each.left for each in atoms if isinstance(each, Is)]
    if not any(each.state for each in chosen) or len({*atoms}) < len(atoms) or len({*terms}) < len(terms):
        return False
    formulas = {each.formula for each in chosen}
    return all(each.cause is None or each.cause in formulas for each in chosen)


def _candidate(chosen: Sequence[Literal]) -> Candidate:
    variables = sorted({v for each in chosen for v in each.variables}, key=lambda v: (v.sort.name, v.name))
    return Candidate(tuple(variables), tuple(each.formula for each in chosen))


def variable(model: Model, sort: Sort, number: int) -> Variable:
    """A variable of the sort, the same for the same number."""
    return Variable(unused(model, f"{sort.name.lower()}{number}"), sort)


def unused(model: Model, name: str) -> str:
    """The name or, if it is taken in the law, a similar one that is free."""
    values = (each for s in model.sorts.values() for each in s.values)
    taken = {*model.functions, *model.definitions, *model.premises, *model.constants, *model.sorts, *values}
    while name in taken:
        name += "x"
    return name


# ----------------------------------------------------------------- literals


def _literals(model: Model, read: Container[str], things: int) -> Iterator[Literal]:
    """Yield the literals about the functions, at variables, constants and values."""
    for function in model.functions.values():
        if function.name in read and function.table is None and not function.arbitrary:
            results = _terms(model, function.result, things)
            for arguments in itertools.product(*(_terms(model, s, things) for s in function.parameters)):
                for formula in about(function, arguments, results):
                    told = formula.body if isinstance(formula, Not) else formula
                    terms = (*arguments, *((told.right,) if isinstance(told, Is) else ()))
                    variables = frozenset(each for each in terms if isinstance(each, Variable))
                    yield Literal(formula, variables, function.state)


def _alone(model: Model, read: Container[str], things: int) -> Iterator[Variable]:
    """Yield the third variable, and those after it, of each sort of which no fact is about two things."""
    functions = [each for each in model.functions.values() if each.name in read]
    for sort in model.sorts.values():
        if all([*each.parameters, each.result].count(sort) <= 1 for each in functions):
            yield from (variable(model, sort, n) for n in range(PAIR + 1, things + 1))


def _days_compared(model: Model, read: Container[str], things: int) -> Iterator[Literal]:
    """Yield which of two days of the same things is no later than the other."""
    functions = [each for each in model.functions.values() if each.name in read and each.result.is_date]
    for one, other in itertools.permutations(functions, 2):
        if one.parameters != other.parameters or not one.parameters or not (one.state or other.state):
            continue
        for arguments in itertools.product(*(_terms(model, s, things) for s in one.parameters)):
            first, second = (Apply(each.name, arguments, each.result, each.history) for each in (one, other))
            yield from _ordered(first, second)


def _amounts_compared(model: Model, read: Container[str], things: int) -> Iterator[Literal]:
    """Yield of which of two things the amount is no larger."""
    for function in model.functions.values():
        amount = function.result.is_quantity and not function.result.is_date
        if not amount or function.name not in read or not function.state:
            continue
        everywhere = itertools.product(*(_terms(model, s, things) for s in function.parameters))
        for one, other in itertools.permutations(everywhere, 2):
            apart = [n for n, each in enumerate(one) if each != other[n]]
            if len(apart) == 1:
                first, second = (
                    Apply(function.name, each, function.result, function.history) for each in (one, other)
                )
                yield from _ordered(first, second)


def _ordered(first: Apply, second: Apply) -> Iterator[Literal]:
    ordered = Ordered(first, "at most", second)
    terms = (*first.arguments, *second.arguments)
    variables = frozenset(each for each in terms if isinstance(each, Variable))
    yield from (Literal(each, variables, state=True) for each in (ordered, Not(ordered)))


def _terms(model: Model, sort: Sort, things: int) -> list[Term]:
    if sort.is_date:
        return [*(value_of(sort, each) for each in thresholds(model, sort)), *_from_today(model)]
    if sort.is_quantity:
        return [value_of(sort, each) for each in (0, *thresholds(model, sort))]
    if sort.is_enum:
        return [Value(sort, each) for each in sort.values]
    constants = [Constant(c.sort, c.name) for c in model.constants.values() if c.sort == sort]
    return [*(variable(model, sort, n + 1) for n in range(things)), *constants[:CONSTANTS]]


def _from_today(model: Model) -> Iterator[Term]:
    """Yield the present day, and it less the periods that the law writes."""
    if TODAY in model.functions:
        yield PRESENT_DAY
        yield from (
            Arithmetic("minus", (PRESENT_DAY, value_of(DAYS, each)), DATE)
            for each in periods((model,))[:PERIODS]
        )


def about(function: Function, arguments: tuple[Term, ...], results: Iterable[Term]) -> Iterator[Formula]:
    """Yield what can be said of the function there, with these for its results."""
    own = Apply(function.name, arguments, function.result, function.history)
    atoms: list[Formula] = []
    if function.result == FACT:
        atoms.append(own)
    else:
        number = function.result.is_quantity
        results = [each for each in results if each != own]
        atoms += [Ordered(own, "at most", each) if number else Is(own, each) for each in results]
        atoms += [Present(own)] if function.optional else []
    for atom in atoms:
        yield atom
        if not isinstance(atom, Is) or function.optional or not function.result.is_enum:
            yield Not(atom)
