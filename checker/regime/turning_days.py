"""Days on which something that is remembered turns by itself, because it speaks of the present day.

`ever today later than due(u)` is so from the day after `due(u)`, whether or not a step of time stops there.
So time goes no further than to the first such day, as it does for lapses, wherever something is remembered:
then what has been is what a clock would find day by day. A comparison of the present day with another day
turns on that day, or on the day after it; where it is not plain when one turns, time goes on day by day.
What needs no stop (`checker.regime.staying_so`) is not asked about here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias, assert_never

from checker.model.clock import PRESENT_DAY
from checker.model.environment import definition
from checker.model.expressions import (
    DATE,
    DAYS,
    FACT,
    Absent,
    And,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Counted,
    Expression,
    Formula,
    History,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.made_of import parts, within
from checker.model.model import Definition, Model
from checker.model.quantities import value_of
from checker.model.rebuild import E, rebuilt, with_variables
from checker.model.reckoned import in_column


def day_by_day(day: Variable) -> Formula:
    """That time passes no further than to the next day."""
    return Ordered(day, "at most", later(PRESENT_DAY, 1))


def later(day: Term, days: int) -> Term:
    """So many days after a day."""
    return day if not days else Arithmetic("plus", (day, value_of(DAYS, days)), DATE)


def not_beyond_turns(model: Model, histories: Iterable[History], day: Variable) -> tuple[Formula, ...]:
    """That time passes to `day` no further than to the first day on which what is remembered may turn."""
    found: dict[Formula, None] = {}
    for history in histories:
        walk = _Walk(model, count(1))
        for comparison, bound in walk.comparisons(history.parts, history.variables):
            turns = walk.turns(comparison)
            if turns is None:
                return (day_by_day(day),)
            for turn in turns:
                found[_not_beyond(turn, bound, day)] = None
    return tuple(found)


def _not_beyond(turn: Term, bound: tuple[Variable, ...], day: Variable) -> Formula:
    to_come, within_it = Ordered(PRESENT_DAY, "less than", turn), Ordered(day, "at most", turn)
    free = tuple(each for each in bound if each in set(within(turn)))
    if not free:
        return Implies(to_come, within_it)
    return Quantified(universal=True, variables=free, where=to_come, body=within_it)


_Comparison: TypeAlias = Ordered | Is | Matches | In


@dataclass(frozen=True, slots=True)
class _Walk:
    """Finds comparisons of the present day. Bound variables get names of their own, as they leave their
    scopes.
    """

    model: Model
    numbers: Iterator[int]

    def comparisons(
        self, said: Iterable[Expression], bound: tuple[Variable, ...]
    ) -> Iterator[tuple[_Comparison, tuple[Variable, ...]]]:
        """Yield the comparisons that turn as time passes, in definitions and in the past, too."""
        for each in said:
            yield from self._in(each, bound)

    def _in(
        self, said: Expression, bound: tuple[Variable, ...]
    ) -> Iterator[tuple[_Comparison, tuple[Variable, ...]]]:
        match said:
            case Call(definition=name, arguments=arguments):
                yield from self._in(self._body(name, arguments), bound)
                yield from self.comparisons(arguments, bound)
            case Apply(history=History() as history, arguments=arguments):
                given = {v.name: each for v, each in zip(history.variables, arguments, strict=True)}
                yield from self.comparisons((with_variables(each, given) for each in history.parts), bound)
            case Quantified(variables=variables) | Counted(variable=variables):
                several = variables if isinstance(variables, tuple) else (variables,)
                new = {each.name: Variable(f"turn {next(self.numbers)}", each.sort) for each in several}
                inner = (with_variables(each, new) for each in _bodies(said))
                yield from self.comparisons(inner, (*bound, *new.values()))
            case Ordered() | Is() | Matches() | In():
                spelt = self._spelt(said)
                if any(_turns(each) for each in _sides(spelt)):
                    yield spelt, bound
                yield from self.comparisons(_sides(spelt), bound)
            case Present() | Not() | And() | Or() | Implies() | Iff() | Apply() | Cases() | Arithmetic():
                yield from self.comparisons(parts(said), bound)
            case Variable() | Parameter() | Value() | Constant() | Absent() | Truth() | VersionOf():
                return
            case Before() | StepIs() | Outcome():
                return  # never remembered
            case _:
                assert_never(said)

    def _spelt(self, said: E) -> E:
        """The comparison with the bodies of definitions in place of terms that they give, and with the
        calendars of this law for working days: where other holidays count from a day on, it may turn on that
        day, too.
        """

        def change(part: Expression) -> Expression | None:
            if isinstance(part, Arithmetic):
                meant = in_column(self.model, part)
                return None if meant is part else self._spelt(meant)
            if not isinstance(part, Call) or part.sort == FACT:
                return None
            return self._spelt(self._body(part.definition, part.arguments))

        return rebuilt(said, change)

    def _body(self, name: str, arguments: tuple[Term, ...]) -> Expression:
        named = definition(self.model, name)
        body: Expression = named.body if isinstance(named, Definition) else named.formula.formula
        return with_variables(
            body, {p.name: each for p, each in zip(named.parameters, arguments, strict=True)}
        )

    def turns(self, comparison: _Comparison) -> tuple[Term, ...] | None:
        """The days on which it may turn; None if that is not plain."""
        first, *others = _sides(comparison)
        pairs = [(first, each) for each in others]
        found: list[Term] = []
        for pair in pairs:
            one, other = pair if _turns(pair[0]) else pair[::-1]
            if _turns(other):
                return None
            if not _turns(one):
                continue
            meets = _solved(one, other)
            if meets is None or any(isinstance(x, Quantified | Counted) for x in within(meets)):
                return None
            found += [meets, later(meets, 1)]
        return tuple(found)


def _sides(comparison: _Comparison) -> tuple[Term, ...]:
    """What is compared with each of the others, and these."""
    match comparison:
        case In(term=term, values=values):
            return (term, *values)
        case Ordered(left=left, right=right) | Is(left=left, right=right) | Matches(left=left, right=right):
            return left, right
        case _:
            assert_never(comparison)


def _bodies(said: Quantified | Counted) -> tuple[Formula, ...]:
    match said:
        case Quantified(where=where, body=body):
            return (body,) if where is None else (where, body)
        case Counted(body=body):
            return (body,)
        case _:
            assert_never(said)


def _turns(said: Term) -> bool:
    """Whether the value of a term moves as time passes. That of a function does not: none has numbers for
    arguments, and a day that is remembered moves only where a statement turns.
    """
    match said:
        case Apply():
            return said == PRESENT_DAY
        case Arithmetic(parts=several):
            return any(map(_turns, several))
        case Cases(branches=branches, otherwise=otherwise):
            values = [value for value, _ in branches]
            return any(map(_turns, values if otherwise is None else (*values, otherwise)))
        case Call():
            raise AssertionError("definitions that give terms have been spelt out")
        case Variable() | Parameter() | Value() | Constant() | Absent() | VersionOf() | Before():
            return False
        case _:
            assert_never(said)


def _solved(moving: Term, fixed: Term) -> Term | None:
    """The day on which a term that moves is worth what another is; None if that is not plain."""
    if moving == PRESENT_DAY:
        return fixed
    if not isinstance(moving, Arithmetic) or moving.operator not in {"plus", "minus", "least", "greatest"}:
        return None
    several = [number for number, each in enumerate(moving.parts) if _turns(each)]
    if len(several) != 1:
        return None
    at = several[0]
    others = tuple(each for number, each in enumerate(moving.parts) if number != at)
    inner = moving.parts[at]
    if moving.operator in {"least", "greatest"}:
        return _solved(inner, fixed)
    if moving.operator == "plus":
        return _solved(inner, Arithmetic("minus", (fixed, *others), DATE))
    if at == 0:
        return _solved(inner, Arithmetic("plus", (fixed, *others), DATE))
    return _solved(inner, Arithmetic("minus", (*others, fixed), DATE))
