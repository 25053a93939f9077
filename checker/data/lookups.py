"""Functions as columns and views: which of them an expression reads, and under which names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, product
from typing import Final

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.mapping import DataMapping, Slot, thing_positions
from checker.data.sql import ABSENT, Sql, Tree
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.clock import TODAY
from checker.model.expressions import FACT, Apply, Constant, Formula, Outcome, Sort, Term, Value
from checker.model.model import Function, Model
from checker.model.situation import Instance
from checker.model.speaks_of_the_past import law_with_a_past_refused, past_refused
from checker.model.unparse import unparse
from checker.model.working_days import WorkingDays

THING: Final = "thing"
"""The column of a sort's view that has the key of the thing."""
RESULT: Final = "value"
"""The column of a view of a function of several things that has its value."""

MOST: Final = 5_000  # instances of one quantifier over enums, and cases of one function
LARGEST: Final = 200_000  # parts of one expression


class NotInSql(SpecError):
    """What is asked cannot be said in SQL."""

    def __init__(self, message: str, *notes: str) -> None:
        super().__init__((Diagnostic("not-in-sql", message, None, notes=notes),))


_TABLES: Final = "tables say"


def refuse_the_past(model: Model) -> None:
    """Raise SpecError if the law speaks of what has been: tables say what is."""
    refused = law_with_a_past_refused(model, _TABLES)
    if refused is not None:
        raise SpecError((refused,))


def refuse_history(apply: Apply) -> None:
    """Raise SpecError if it asks what has been."""
    if apply.history is not None:
        raise SpecError((past_refused(_TABLES, unparse(apply)),))


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression is read in. `before`: in the situation before the event."""

    variables: Mapping[str, Sql] = field(default_factory=dict)
    requests: Mapping[str, Mapping[str, Sql]] = field(default_factory=dict)
    before: bool = False

    def binding(self, found: Mapping[str, Sql]) -> Scope:
        """The same, with further variables."""
        return replace(self, variables={**self.variables, **found})


def view_of(sort: Sort) -> str:
    """The view of the things of a sort."""
    return f"all {sort.name}"


def name_of(slot: Slot) -> str:
    """The column, or the view, that has the function at these arguments."""
    return f"{slot[0]}({', '.join('_' if each is None else each for each in slot[1])})"


def earlier(name: str) -> str:
    """The column that has what was there before the event."""
    return f"before {name}"


class Lookups(ABC):
    """What the expressions of one model read. `slots` and `pairs`: of each sort, and of functions of several
    things: there must be views that have these. `gone_through`: the sorts of things that quantifiers go
    through; `rows_of`: those that are gone through for a question. `written`: the functions that an event has
    changed. `event`: that event. `outcomes`: makes a formula of the outcome of a request. `today`: the
    present day, where rows have it and the mapping does not. `widest`: how far from 0
    anything can be that is worked out.
    """

    def __init__(
        self,
        model: Model,
        mapping: DataMapping,
        deployed: Mapping[Instance, str],
        *,
        written: frozenset[str] = frozenset(),
        event: str | None = None,
        outcomes: Callable[[Outcome], Formula] | None = None,
        today: Sql | None = None,
    ) -> None:
        refuse_the_past(model)
        self.model = model
        self.mapping = mapping
        self.deployed = deployed
        self.written = written
        self.event = event
        self.outcomes = outcomes
        self.today = today
        self.widest = 0
        self.slots: dict[Sort, dict[Slot, bool]] = {}  # slot -> whether it is read as it was before
        self.pairs: dict[str, None] = {}
        self.gone_through: set[Sort] = set()
        self.rows_of: set[Sort] = set()
        self._numbers = count(1)
        self._size = 0

    @abstractmethod
    def term(self, expression: Term | Formula, scope: Scope) -> Sql:
        """The value of a term."""

    def bound(self, sort: Sort, row: str) -> Sql:
        """The thing whose row the query has under that name."""
        self.slots.setdefault(sort, {})
        self.rows_of.add(sort)
        return Sql(sql.column(THING, row), always=True, row=row)

    def looked_up(self, apply: Apply, scope: Scope) -> tuple[Function, tuple[Sql, ...], tuple[int, ...]]:
        """The function that is applied, its arguments, and which of these are things. Raises NotInSql."""
        function = self.model.functions[apply.function]
        if function.arbitrary:
            raise NotInSql(f"`{function.name}` stands for words that are doubted")
        arguments = tuple(self.term(each, scope) for each in apply.arguments)
        return function, arguments, thing_positions(self.model, function.name)

    def rows(self, sort: Sort, row: str) -> exp.Select:
        """The things of a sort, to be selected from."""
        self.slots.setdefault(sort, {})
        return exp.select().from_(sql.table(view_of(sort), row))

    def pair(self, function: Function, arguments: tuple[Sql, ...], row: str) -> exp.Select:
        """The rows of the view of a function of several things that have the arguments."""
        if function.name in self.written:
            raise NotInSql(f"the event changes `{function.name}`, which is about several things")
        mapped = {each.function for each in self.mapping.places} | self.mapping.absent
        if function.name not in mapped:
            raise self._unsaid(name_of((function.name, ("_",) * len(arguments))))
        self.size_up(len(arguments))
        self.pairs[function.name] = None
        equal = (
            exp.EQ(this=sql.column(f"{number}", row), expression=sql.operand(each.tree.copy()))
            for number, each in enumerate(arguments, 1)
        )
        return exp.select().from_(sql.table(name_of((function.name, ())), row)).where(*equal)

    def name(self, stem: str) -> str:
        """A name that nothing else in the query has."""
        return f"{stem}_{next(self._numbers)}"

    def size_up(self, more: int) -> None:
        """Count so many parts more. Raises NotInSql if the expression becomes too large."""
        self._size += more
        if self._size > LARGEST:
            raise NotInSql(
                f"this would be an expression of more than {LARGEST:,} parts",
                "definitions are written out in SQL, as often as they are used",
            )

    def choices(self, function: Function, arguments: tuple[Sql, ...]) -> Iterator[tuple[Slot, Tree]]:
        """The slots that a function may be read in, and when it is."""
        options: list[list[tuple[str | None, Tree]]] = []
        for argument, sort in zip(arguments, function.parameters, strict=True):
            if not sort.is_enum:
                options.append([(None, sql.truth(value=True))])
                continue
            possible = sort.values if argument.possible is None else argument.possible
            options.append([(each, sql.equal(argument, sql.value_of(each))) for each in possible])
        total = 1
        for each in options:
            total *= len(each)
        if total > MOST:
            raise NotInSql(f"`{function.name}` would be read at more than {MOST:,} places")
        for chosen in product(*options):
            self.size_up(1)
            yield (
                (function.name, tuple(each for each, _ in chosen)),
                sql.and_(condition for _, condition in chosen),
            )

    def at(self, function: Function, arguments: tuple[Sql, ...], row: str, scope: Scope) -> Sql:
        """The function of one thing, whose row the query has, at values of enums."""
        chosen = large(function, arguments)
        if chosen is not None:
            read = (
                (each, self.column(function, at, row, scope)) for each, at in self._slots(function, *chosen)
            )
            return sql.by_value(arguments[chosen[0]], read)
        branches = (
            (condition, self.column(function, slot, row, scope))
            for slot, condition in self.choices(function, arguments)
        )
        return sql.choose(branches, ABSENT)

    def _slots(
        self, function: Function, position: int, possible: tuple[str, ...]
    ) -> Iterator[tuple[str, Slot]]:
        """The slots for the values of its one argument that is a value of an enum."""
        for each in possible:
            self.size_up(1)
            yield (
                each,
                (
                    function.name,
                    tuple(each if n == position else None for n, _ in enumerate(function.parameters)),
                ),
            )

    def column(self, function: Function, slot: Slot, row: str, scope: Scope) -> Sql:
        """The column of a row that has the function at these arguments. SpecError if the mapping has none."""
        if not self.mapping.places_of(slot):
            if function.name not in self.mapping.absent:
                raise self._unsaid(name_of(slot))
            return Sql(sql.truth(value=False), always=True) if function.result == FACT else ABSENT
        sort = next(each for each in function.parameters if not each.is_enum)
        before = scope.before and function.name in self.written
        read = self.slots.setdefault(sort, {})
        read[slot] = read.get(slot, False) or before
        name = earlier(name_of(slot)) if before else name_of(slot)
        if function.result == FACT:
            return Sql(sql.column(name, row), always=True)
        return self.value(sql.column(name, row), function)

    def value(self, tree: Tree, function: Function) -> Sql:
        """A value of the function."""
        largest = amounts.largest(function.result)
        return Sql(tree, possible=values_of(function.result), largest=largest)

    def _unsaid(self, place: str) -> SpecError:
        example = place.replace("_", "{COLUMN}")
        notes = (
            f'say it under `[tables.NAME.values]`: "{example}" = "COLUMN"',
            f'if there is no such value, say so at the top: absent = ["{place.split("(", maxsplit=1)[0]}"]',
        )
        message = f"the mapping does not say where `{place}` is"
        return SpecError((Diagnostic("not-mapped", message, None, notes=notes),))

    def tabled(self, function: Function, arguments: tuple[Sql, ...]) -> Sql:
        """A function of enums only: what its table says, else what the mapping gives."""
        if function.name == TODAY and self.today is not None:
            return self.today
        chosen = large(function, arguments)
        if chosen is not None:
            known = ((each, self.known(function, (each,))) for each in chosen[1])
            return sql.by_value(
                arguments[0],
                [(each, self._constant_of(function.result, v)) for each, v in known if isinstance(v, str)],
            )
        branches = []
        for (_, at), condition in self.choices(function, arguments):
            value = self.known(function, tuple(each or "" for each in at))
            if isinstance(value, str):
                branches.append((condition, self._constant_of(function.result, value)))
            elif value is None:
                branches.append((condition, ABSENT))
        grouped: dict[Sql, list[Tree]] = {}
        for condition, found in branches:
            grouped.setdefault(found, []).append(condition)
        return sql.choose(
            ((sql.or_(conditions), found) for found, conditions in grouped.items() if not found.never),
            ABSENT,
        )

    def _constant_of(self, sort: Sort, name: str) -> Sql:
        return self.term(Constant(sort, name) if sort.has_things else Value(sort, name), Scope())

    def days_off(self, calendar: WorkingDays) -> tuple[int, ...]:
        """Which days are no working days, of those that the law leaves open. SpecError if nobody says."""
        found = self.mapping.days_off.get(calendar.name)
        if found is None and not calendar.closed:
            message = f"the law leaves open which other days are no {calendar.labels}"
            notes = (
                f'say it under `[days-off]`: {calendar.name} = ["2026-04-03"]',
                f"or, if there are no others than the law has: {calendar.name} = []",
            )
            raise SpecError((Diagnostic("not-mapped", message, None, notes=notes),))
        return found or ()

    def known(self, function: Function, at: tuple[str, ...]) -> str | bool | None:
        """What the law or the mapping says of it at these values, which no table has; None if it is absent.
        SpecError if neither says.
        """
        place = function.name, at
        if function.table is not None and at in function.table.entries:
            return function.table.entries[at]
        if place in self.mapping.given:
            return self.mapping.given[place]
        if function.name in self.mapping.absent:
            return False if function.result == FACT else None
        shown = f"{function.name}({', '.join(at)})" if at else function.name
        value = "true" if function.result == FACT else '"VALUE"'
        if function.name == TODAY:
            ways = ("say it under `[given]`: today = 2026-04-01", "or with `--today`")
            raise SpecError((Diagnostic("not-mapped", "nobody says what day it is", None, notes=ways),))
        message = f"the law leaves `{shown}` open, and the mapping does not give it"
        notes = (f'say it under `[given]`: "{shown}" = {value}',)
        raise SpecError((Diagnostic("not-mapped", message, None, notes=notes),))


def large(function: Function, arguments: tuple[Sql, ...]) -> tuple[int, tuple[str, ...]] | None:
    """Which argument is the only value of an enum, and what it may be, if it is too large to be compared with
    one value after the other.
    """
    enums = [n for n, each in enumerate(function.parameters) if each.is_enum]
    if len(enums) != 1 or sql.size(arguments[enums[0]].tree) <= sql.SMALL or arguments[enums[0]].branches:
        return None
    possible = arguments[enums[0]].possible
    return enums[0], function.parameters[enums[0]].values if possible is None else possible


def values_of(sort: Sort) -> tuple[str, ...] | None:
    """The values that a term of the sort can have, None for things."""
    return sort.values if sort.is_enum else None
