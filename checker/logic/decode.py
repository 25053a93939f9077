"""From the solver's answer back to finite situations and requests."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from checker.logic.calendar import period_of
from checker.logic.linear import constant, weights
from checker.logic.node import Node
from checker.logic.scope import RequestTerms
from checker.logic.solver import Satisfied
from checker.logic.symbolic_state import PRESENCE, Maybe
from checker.logic.working_days import working_period_of
from checker.model import working_days
from checker.model.expressions import FACT, Sort
from checker.model.model import Function, Model
from checker.model.months import reached
from checker.model.situation import Instance, Request, Situation
from checker.model.working_days import WorkingDays

Symbols: TypeAlias = dict[Node, str | bool]
Table: TypeAlias = dict[tuple[str, tuple[str | bool | None, ...]], str | bool]


class Structure:
    """The finite structure behind an answer. Terms that the answer leaves open have no value (None)."""

    def __init__(self, answer: Satisfied) -> None:
        self._symbols: Symbols = {}
        self._table: Table = {}
        self._off: dict[str, tuple[int, ...]] = {}
        self._counts: dict[WorkingDays, dict[int, int]] = {}
        for node, value in answer.values.items():
            if node.operator in ("symbol", "constant", "working"):
                self._symbols[node] = value
        for node, value in answer.values.items():
            if node.operator == "apply":
                self._table[node.name, tuple(self.value(each) for each in node.arguments)] = value
            elif node.operator == "counted":
                self._note_count(node, int(str(value)))

    def _note_count(self, node: Node, number: int) -> None:
        """Keep how many days are off before a day, beyond those that the law names."""
        assert isinstance(node.data, WorkingDays)
        day = self.value(node.arguments[0])
        if isinstance(day, str):
            off = node.data.may_count(int(day)) - number
            self._counts.setdefault(node.data, {})[int(day)] = off

    def value(self, node: Node) -> str | bool | None:
        """The value of a quantifier-free node; None if the answer leaves it open."""
        match node.operator:
            case "value" | "constant":
                return self._symbols.get(node, node.name)
            case "symbol":
                return self._symbols.get(node)
            case "apply":
                return self._table.get((node.name, tuple(self.value(each) for each in node.arguments)))
            case "ite":
                return self.value(node.arguments[1 if self.holds(node.arguments[0]) else 2])
            case "working" if node in self._symbols:
                return self._symbols[node]
            case "sum" | "quotient" | "months" | "working":
                return self._number(node)
            case _:
                return self.holds(node)

    def _number(self, node: Node) -> str | None:
        """The numeral of a sum, a share or the end of a period; None if the answer leaves a part open."""
        parts = [self.value(each) for each in node.arguments]
        known = [int(each) for each in parts if isinstance(each, str)]
        if len(known) < len(parts):
            return None
        if node.operator == "quotient":
            return str(known[0] // constant(node))
        if node.operator == "months":
            return str(reached(known[0], period_of(node)))
        if node.operator == "working":
            period = working_period_of(node)
            return str(working_days.reached(known[0], period, self.days_off(period.calendar)))
        data = weights(node)
        return str(data.constant + sum(n * each for n, each in zip(data.coefficients, known, strict=True)))

    def days_off(self, calendar: WorkingDays) -> tuple[int, ...]:
        """Which other days of a calendar are off, so that as many are as the answer says: those in some
        period, as no others make a difference.
        """
        found = self._off.get(calendar.name)
        if found is None:
            chosen = working_days.chosen(calendar, self._counts.get(calendar, {}))
            spans = tuple(self._spans(calendar.name))
            within = (each for each in chosen if any(first <= each <= last for first, last in spans))
            found = self._off[calendar.name] = tuple(within)
        return found

    def _spans(self, name: str) -> Iterator[tuple[int, int]]:
        """Yield the first and the last day that each period of a calendar counts, or leaves out as off."""
        for node in self._symbols:
            if node.operator == "working" and working_period_of(node).calendar.name == name:
                start, end = self.value(node.arguments[0]), self._symbols[node]
                if isinstance(start, str) and isinstance(end, str):
                    yield min(int(start) + 1, int(end)), max(int(start) - 1, int(end))

    def holds(self, node: Node) -> bool:
        """Whether a quantifier-free formula holds; open terms count as false."""
        match node.operator:
            case "true":
                return True
            case "equal":
                left, right = (self.value(each) for each in node.arguments)
                return left is not None and left == right
            case "at_most":
                number = self.value(node.arguments[0])
                return isinstance(number, str) and int(number) <= constant(node)
            case "member":
                return self.value(node.arguments[0]) in node.values
            case "not":
                return not self.holds(node.arguments[0])
            case "and":
                return all(self.holds(each) for each in node.arguments)
            case "or":
                return any(self.holds(each) for each in node.arguments)
            case "false":
                return False
            case "exists":
                return False  # undecided here: a caller must be content with "not known to hold"
            case "symbol" | "apply":
                return self.value(node) is True
            case _:
                raise AssertionError(node.operator)

    def optional(self, given: Maybe) -> str | bool | None:
        """The value of a term that may be absent."""
        if given.value is None or not self.holds(given.present):
            return None
        return self.value(given.value)

    def completed(self, things: Mapping[str, tuple[str, ...]]) -> Completed:
        """The structure over these things of every sort, with a value for every term."""
        return Completed(self._symbols, self._table, things)

    def calendars(self) -> dict[WorkingDays, None]:
        """The calendars of which the answer says which other days are off."""
        return {each: None for each in self._counts if not each.closed}

    def entries(self) -> Mapping[tuple[str, tuple[str | bool | None, ...]], str | bool]:
        """Every function value that the answer fixes."""
        return self._table

    def things(self) -> dict[str, None]:
        """Every named thing, of all uninterpreted sorts, in order of naming."""
        found = [*self._symbols.values(), *self._table.values()]
        return {each: None for each in found if isinstance(each, str)}


class Completed(Structure):
    """A structure in which every term has a value: open terms get the values that `situation_of` gives them.

    So conditions on open terms, for example whether a request carries a parameter, agree with that situation.
    """

    def __init__(self, symbols: Symbols, table: Table, things: Mapping[str, tuple[str, ...]]) -> None:
        self._symbols = dict(symbols)
        self._table = table
        self._off, self._counts = {}, {}
        self._things = things
        self._some = {sort: names[0] for sort, names in things.items() if names}

    def value(self, node: Node) -> str | bool | None:
        found = super().value(node)
        if found is not None or node.operator not in ("symbol", "apply"):
            return found
        return False if node.sort == FACT else arbitrary(node.sort, self._some)

    def holds(self, node: Node) -> bool:
        if node.operator != "exists":
            return super().holds(node)
        choices = itertools.product(*(self._things[each.sort.name] for each in node.bound))
        return any(self._with(node.bound, chosen).holds(node.arguments[0]) for chosen in choices)

    def _with(self, symbols: tuple[Node, ...], chosen: tuple[str, ...]) -> Completed:
        symbols_now = self._symbols | dict(zip(symbols, chosen, strict=True))
        return Completed(symbols_now, self._table, self._things)

    def request(self, request: RequestTerms) -> Request:
        """The request's parameters."""
        given = {name: self.optional(term) for name, term in request.values.items()}
        return Request({name: str(value) for name, value in given.items() if value is not None})


def arbitrary(sort: Sort, things: Mapping[str, str]) -> str:
    """Some value of the sort."""
    if sort.is_quantity:
        return "0"
    return sort.values[0] if sort.is_enum else things[sort.name]


def situation_of(
    structure: Structure, model: Model, answer: Satisfied, versions: Mapping[Instance, str]
) -> Situation:
    """The situation that a story starts from. Functions that must have a value everywhere get one."""
    things = _things(model, answer)
    some = {sort: names[0] for sort, names in things.items()}
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {}
    entries = structure.entries()
    for function in model.functions.values():
        for arguments in _tuples(function, things):
            value = _value(entries, function, arguments, some)
            if value is not None and value is not False:
                values[function.name, arguments] = value
    off = {each.name: structure.days_off(each) for each in structure.calendars()}
    return Situation(things, values, versions, {name: days for name, days in off.items() if days})


def _things(model: Model, answer: Satisfied) -> dict[str, tuple[str, ...]]:
    things: dict[str, dict[str, None]] = {sort.name: {} for sort in model.sorts.values() if sort.has_things}
    for each in model.constants.values():
        things[each.sort.name][each.name] = None
    for node, value in answer.values.items():
        if node.sort.name in things and isinstance(value, str):
            things[node.sort.name][value] = None
    for sort, names in things.items():
        if not names:  # no term of the sort has a value, but no sort is empty
            names[f"{sort.lower()}-0"] = None
    return {
        sort: tuple(sorted(names, key=lambda name: name in model.constants)) for sort, names in things.items()
    }


def _tuples(function: Function, things: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    choices = [sort.values if sort.is_enum else things[sort.name] for sort in function.parameters]
    return list(itertools.product(*choices))


def _value(
    entries: Mapping[tuple[str, tuple[str | bool | None, ...]], str | bool],
    function: Function,
    arguments: tuple[str, ...],
    some: Mapping[str, str],
) -> str | bool | None:
    if function.table is not None and arguments in function.table.entries:
        return None  # the table gives the value in every situation
    value = entries.get((function.name, arguments))
    if function.result == FACT:
        return value is True
    if function.optional and entries.get((function.name + PRESENCE, arguments)) is not True:
        return None
    return str(value) if value is not None else arbitrary(function.result, some)
