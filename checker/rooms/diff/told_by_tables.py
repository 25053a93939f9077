"""What tables tell apart: values that have not the same rows, and numbers that stand in one table alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from checker.model.expressions import Apply, Expression, Formula, Sort, Value
from checker.model.made_of import within
from checker.model.model import Model
from checker.model.rebuild import rebuilt

Tabled: TypeAlias = Mapping[str, tuple[Value, ...]]
"""A function whose tables differ -> the numbers that stand in them."""


def tabled(models: tuple[Model, ...]) -> Tabled:
    """Return the functions whose tables of numbers differ. What a condition in words of such a function says
    differs, too, so it tells no cases apart.
    """
    found: dict[str, tuple[Value, ...]] = {}
    for name, function in models[0].functions.items():
        tables = [each.functions[name].table for each in models if name in each.functions]
        if function.result.is_quantity and any(each != tables[0] for each in tables):
            numbers = {e for table in tables if table for e in table.entries.values() if isinstance(e, str)}
            found[name] = tuple(Value(function.result, each) for each in sorted(numbers, key=int))
    return found


def with_numbers(atom: Formula, known: Tabled) -> Iterator[Formula]:
    """Yield the same with each number of the tables in place of what they say of something."""
    for part in _read(atom, known):
        for number in known[part.function]:

            def put(each: Expression, part: Apply = part, number: Value = number) -> Expression | None:
                return number if each == part else None

            yield rebuilt(atom, put)


def reads(formula: Formula, known: Tabled) -> bool:
    """Whether the formula speaks of what differs from table to table."""
    return any(True for _ in _read(formula, known))


def _read(formula: Formula, known: Tabled) -> Iterator[Apply]:
    return (each for each in within(formula) if isinstance(each, Apply) and each.function in known)


def alike(sort: Sort, sets: Iterable[frozenset[str]], models: tuple[Model, ...]) -> Iterator[tuple[str, ...]]:
    """Yield groups of values that stand in the same sets and have the same rows in every table. Those that
    name instances of a component are each by itself, since different versions may be deployed there.
    """
    if any(each.index == sort for model in models for each in model.components.values()):
        yield from ((value,) for value in sort.values)
        return
    known = tuple(sets)
    rows: dict[str, set[object]] = {each: set() for each in sort.values}
    for number, model in enumerate(models):
        for function in model.functions.values():
            for place, parameter in enumerate(function.parameters):
                if parameter != sort or function.table is None:
                    continue
                for arguments, value in function.table.entries.items():
                    others = (*arguments[:place], *arguments[place + 1 :])
                    rows[arguments[place]].add((number, function.name, place, others, value))
            if function.result == sort and function.table is not None:
                for value in set(function.table.entries.values()):
                    if isinstance(value, str):
                        rows[value].add(value)
    groups: dict[tuple[object, ...], list[str]] = {}
    for value in sort.values:
        key = (tuple(value in each for each in known), frozenset(rows[value]))
        groups.setdefault(key, []).append(value)
    yield from map(tuple, groups.values())
