"""From declarations to the names in force: sorts, enums, functions and everything else with a name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import RequestDecl
from checker.model.expressions import FACT, VERSION, Sort
from checker.model.model import Enum, Function, Table
from checker.model.self_maps import axioms_of
from checker.regime.calendars import calendars_of
from checker.regime.definitions import definitions, signatures
from checker.regime.labels import Labelled
from checker.regime.names import Report, Signature, Vocabulary, sort_named
from checker.regime.program import Program, Unit, of_kind
from checker.regime.quantities import argument, built_in, quantity_of, refused
from checker.regime.self_maps import maps_of, report_trees, value_words
from checker.regime.tables import MAX_ENTRIES, Tables, ValueRow

_T = TypeVar("_T")

MAX_ARGUMENTS = 6
"""How many arguments a function may have, since a story gives it a value for every combination of things."""


def enums_of(program: Program, versions: tuple[tuple[str, str], ...], report: Report) -> dict[str, Enum]:
    """Every enum, including that of the versions (name, label)."""
    found: dict[str, Enum] = {}
    for decl in of_kind(program.units, d.EnumDecl):
        written: list[ValueRow] = [(value.name, value.label, value.short) for value in decl.values]
        rows = Tables(program.tables, report).value_rows(decl) if decl.table else written
        found[decl.name.text] = _enum(decl, rows, report)
    labels = {name: label or name for name, label in versions}
    found[VERSION] = Enum(Sort(VERSION, tuple(labels)), labels, {})
    return found


def _enum(decl: d.EnumDecl, rows: list[ValueRow], report: Report) -> Enum:
    labels: dict[str, str] = {}
    shorts: dict[str, str] = {}
    for name, label, short in rows:
        if name.text in labels:
            report.say("duplicate", f"`{name.text}` is a value of `{decl.name.text}` already", name.span)
        labels.setdefault(name.text, label or name.text)
        if short is None or not short.text:
            continue
        if short.text in shorts:
            report.say("duplicate", f"the short name `{short.text}` is taken", short.span)
        shorts.setdefault(short.text, name.text)
    for name, _label, short in rows:
        if short is not None and short.text in labels and short.text != name.text:
            message = (
                f"`{short.text}` is a value of `{decl.name.text}`, so no other value can have this short name"
            )
            report.say("duplicate", message, short.span)
    return Enum(Sort(decl.name.text, tuple(labels), ordered=decl.ordered), labels, shorts)


def sorts_of(program: Program, enums: Mapping[str, Enum], report: Report) -> dict[str, Sort]:
    """Every sort by its name."""
    sorts = {name: enum.sort for name, enum in enums.items()}
    for decl in of_kind(program.units, d.SortDecl):
        if decl.name.text in sorts:
            report.say("duplicate", f"there is a sort `{decl.name.text}` already", decl.name.span)
        sorts.setdefault(decl.name.text, Sort(decl.name.text))
    for quantity in of_kind(program.units, QuantityDecl):
        sorts.setdefault(quantity.name.text, quantity_of(quantity, report))
    return sorts


def function_of(
    decl: d.FunctionDecl,
    sorts: Mapping[str, Sort],
    enums: Mapping[str, Enum],
    tables: Tables,
    *,
    self_map: bool = False,
) -> Function | None:
    """A function with its table; None if it names a sort that doesn't exist. `self_map`: what is made of it
    is the statement that something has a value.
    """
    found = [sort_named(name, sorts, tables.report) for name in decl.parameters]
    parameters = tuple(sort for sort in found if sort is not None)
    result = sort_named(decl.result, sorts, tables.report) if decl.result else FACT
    if len(parameters) < len(found) or result is None:
        return None
    for name, sort in zip(decl.parameters, parameters, strict=True):
        if sort.is_quantity:
            argument(decl.name.text, sort, name, tables.report)
    entries = math.prod(len(sort.values) for sort in parameters if sort.is_enum)
    if len(parameters) > MAX_ARGUMENTS or entries > MAX_ENTRIES:
        message = f"`{decl.name.text}` has more values than a story can show"
        limits = (
            f"at most {MAX_ARGUMENTS} arguments",
            f"at most {MAX_ENTRIES:,} combinations of enum values",
        )
        tables.report.say("too-large", message, decl.name.span, expected=limits)
        return None
    table = tables.function(decl, parameters, result, enums) if decl.column else None
    places = tuple(str(number) for number in range(1, len(parameters) + 1))
    label, forms = Labelled(decl.name.text, places, parameters, result).words(decl.label, tables.report)
    if self_map:
        parameters, result, places = (*parameters, result), FACT, (*places, str(len(places) + 1))
        said = Labelled(decl.name.text, places, parameters, FACT)
        label, forms = said.words(value_words(decl, *places), tables.report)
        return Function(
            decl.name.text, parameters, FACT, optional=False, state=decl.state, label=label, table=None,
            span=decl.name.span, forms=forms,
        )  # fmt: skip
    return Function(
        decl.name.text,
        parameters,
        result,
        decl.optional or (table is not None and _open_and_absent(table, parameters)),
        decl.state,
        label,
        table,
        decl.name.span,
        forms=forms,
    )


def _open_and_absent(table: Table, parameters: tuple[Sort, ...]) -> bool:
    """Whether the table leaves some values open and has others that are absent: then open values may be
    absent, too.
    """
    places = math.prod(len(sort.values) for sort in parameters)
    return len(table.entries) < places and None in table.entries.values()


@dataclass(frozen=True, slots=True)
class Words:
    """The names of a program."""

    enums: Mapping[str, Enum]
    sorts: Mapping[str, Sort]
    functions: Mapping[str, Function]
    callables: Mapping[str, Signature]


def words_of_program(program: Program, versions: tuple[tuple[str, str], ...], report: Report) -> Words:
    """Reads the vocabulary of a program; `versions` (name, label) are the values of an enum."""
    enums = enums_of(program, versions, report)
    sorts = sorts_of(program, enums, report)
    tables = Tables(program.tables, report)
    functions: dict[str, Function] = {}
    report_trees(program, report)
    maps = maps_of(program)
    for decl in of_kind(program.units, d.FunctionDecl):
        if decl.tree is not None:
            continue
        found = function_of(decl, sorts, enums, tables, self_map=decl.name.text in maps)
        if found is not None:
            functions.setdefault(found.name, found)
    return Words(enums, sorts, functions, signatures(program, functions, sorts, report))


def vocabulary_declared(program: Program) -> Iterator[object]:
    """Yield the declarations that the names of a program come from."""
    kinds = (
        d.EnumDecl | d.SortDecl | QuantityDecl | CalendarDecl | d.FunctionDecl | RequestDecl | d.PremiseDecl
    )
    yield from (unit.decl for unit in program.units if isinstance(unit.decl, kinds))
    yield from definitions(program)


def vocabulary_of(
    program: Program,
    words: Words,
    columns: tuple[frozenset[str], frozenset[str]],
    report: Report,
) -> Vocabulary:
    """The names in force. `columns`: the bases of columns, and the readings."""
    sorts = words.sorts
    values: dict[str, tuple[Sort, ...]] = {}
    for enum in words.enums.values():
        for value in enum.sort.values:
            values[value] = (*values.get(value, ()), enum.sort)
    units = program.units
    adopted = {c.name.text for c in of_kind(units, d.CheckDecl) if c.adopted_because is not None}
    maps = maps_of(program)
    suppositions = adopted | _names(units, d.AxiomDecl) | _names(units, d.PremiseDecl)
    return Vocabulary(
        sorts=sorts,
        values=values,
        constants=_sorted(
            (c for c in of_kind(units, d.ConstantDecl) if not _refused(c.sort, sorts, "a constant", report)),
            lambda c: (c.name.text, c.sort),
            sorts,
            report,
        ),
        callables=words.callables,
        request=_sorted(
            (p for r in of_kind(units, RequestDecl) for p in r.parameters),
            lambda p: (p.name.text, p.sort),
            sorts,
            report,
        ),
        shapes={
            shape.name.text: tuple(p.name.text for p in shape.parameters)
            for r in of_kind(units, RequestDecl)
            for shape in r.shapes
            if shape.name is not None
        },
        components={
            c.name.text: sort_named(c.index, sorts, report) if c.index else None
            for c in of_kind(units, d.ComponentDecl)
            if c.index is None or not _refused(c.index, sorts, "what a component stands for", report)
        },
        maps=maps,
        calendars=calendars_of(program, report),
        events=frozenset(_names(units, d.EventDecl)),
        checks=frozenset(_names(units, d.CheckDecl)),
        exempting=frozenset(x.clause for x in units if isinstance(x.decl, d.ExceptionsDecl | d.LimbDecl)),
        clauses=frozenset(unit.clause for unit in units if unit.clause),
        versions=columns[0],
        readings=columns[1],
        suppositions=frozenset(suppositions) - axioms_of(maps.values()),
    )


def _refused(name: s.Name, sorts: Mapping[str, Sort], what: str, report: Report) -> bool:
    return refused(sorts.get(name.text) or built_in(name.text), name, what, report)


def _names(
    units: Iterable[Unit], kind: type[d.AxiomDecl | d.PremiseDecl | d.EventDecl | d.CheckDecl]
) -> set[str]:
    return {unit.name for unit in units if isinstance(unit.decl, kind)}


def _sorted(
    decls: Iterable[_T], named: Callable[[_T], tuple[str, s.Name]], sorts: Mapping[str, Sort], report: Report
) -> dict[str, Sort]:
    found = {}
    for decl in decls:
        name, sort = named(decl)
        known = sort_named(sort, sorts, report)
        if known is not None:
            found[name] = known
    return found
