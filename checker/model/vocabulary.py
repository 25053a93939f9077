"""From declarations to the names in force: sorts, enums, functions with their tables, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from checker.language import declarations as d
from checker.language import syntax as s
from checker.model.expressions import FACT, VERSION, Sort
from checker.model.model import Enum, Function, Table
from checker.model.names import Report, Signature, Vocabulary
from checker.model.program import Program, TableData, Unit

_T = TypeVar("_T")
_SHOWN = 6  # how many steps of a circle of definitions a message tells


def enums_of(program: Program, versions: tuple[tuple[str, str], ...], report: Report) -> dict[str, Enum]:
    """Every enum, that of the versions (name, label) included."""
    found: dict[str, Enum] = {}
    for decl in of_kind(program.units, d.EnumDecl):
        rows = _from_table(decl, program.tables, report) if decl.table else _from_values(decl)
        found[decl.name.text] = _enum(decl, rows, report)
    labels = {name: label or name for name, label in versions}
    found[VERSION] = Enum(Sort(VERSION, tuple(labels)), labels, {})
    return found


def of_kind(units: Iterable[Unit], kind: type[_T]) -> Iterator[_T]:
    """The declarations of one kind, in order."""
    return (unit.decl for unit in units if isinstance(unit.decl, kind))


def _from_values(decl: d.EnumDecl) -> list[tuple[s.Name, str, s.Name | None]]:
    return [(value.name, value.label, value.short) for value in decl.values]


def _from_table(
    decl: d.EnumDecl, tables: Mapping[str, TableData], report: Report
) -> list[tuple[s.Name, str, s.Name | None]]:
    assert decl.table is not None
    table = tables.get(decl.table.text)
    if table is None:
        report.unknown("table", decl.table.text, decl.table.span, tables)
        return []
    columns: dict[str, int] = {}
    for column in decl.columns:
        if column.header.text in table.header:
            columns[column.kind] = table.header.index(column.header.text)
        else:
            report.unknown("column", column.header.text, column.header.span, table.header)
    at = columns.get("value", 0)
    found = []
    for row in table.rows:
        name = s.Name(row[at].text, row[at].span)
        label = row[columns["label"]].text if "label" in columns else name.text
        short = row[columns["short"]] if "short" in columns else None
        found.append((name, label, s.Name(short.text, short.span) if short and short.text else None))
    return found


def _enum(decl: d.EnumDecl, rows: list[tuple[s.Name, str, s.Name | None]], report: Report) -> Enum:
    labels: dict[str, str] = {}
    shorts: dict[str, str] = {}
    for name, label, short in rows:
        if name.text in labels:
            report.say("duplicate", f"`{name.text}` is a value of `{decl.name.text}` already", name.span)
        labels.setdefault(name.text, label or name.text)
        if short is not None and short.text in shorts:
            report.say("duplicate", f"the short name `{short.text}` is taken", short.span)
        elif short is not None:
            shorts[short.text] = name.text
    return Enum(Sort(decl.name.text, tuple(labels)), labels, shorts)


def sorts_of(program: Program, enums: Mapping[str, Enum], report: Report) -> dict[str, Sort]:
    """Every sort by its name."""
    sorts = {name: enum.sort for name, enum in enums.items()}
    for decl in of_kind(program.units, d.SortDecl):
        if decl.name.text in sorts:
            report.say("duplicate", f"there is a sort `{decl.name.text}` already", decl.name.span)
        sorts.setdefault(decl.name.text, Sort(decl.name.text))
    return sorts


# ---------------------------------------------------------------- functions


def function_of(
    decl: d.FunctionDecl,
    sorts: Mapping[str, Sort],
    enums: Mapping[str, Enum],
    tables: Mapping[str, TableData],
    report: Report,
) -> Function | None:
    """A function with what its table says; None if it names a sort that doesn't exist."""
    found = [_sort(name, sorts, report) for name in decl.parameters]
    parameters = tuple(sort for sort in found if sort is not None)
    result = _sort(decl.result, sorts, report) if decl.result else FACT
    if len(parameters) < len(found) or result is None:
        return None
    table = _table(decl, parameters, result, enums, tables, report) if decl.column else None
    return Function(
        decl.name.text, parameters, result, decl.optional, decl.state, decl.label, table, decl.name.span
    )


def _sort(name: s.Name, sorts: Mapping[str, Sort], report: Report) -> Sort | None:
    if name.text not in sorts:
        report.unknown("sort", name.text, name.span, sorts)
    return sorts.get(name.text)


def _table(
    decl: d.FunctionDecl,
    parameters: tuple[Sort, ...],
    result: Sort,
    enums: Mapping[str, Enum],
    tables: Mapping[str, TableData],
    report: Report,
) -> Table | None:
    column = decl.column
    assert column is not None
    table = tables.get(column.table.text)
    if table is None:
        report.unknown("table", column.table.text, column.table.span, tables)
        return None
    if column.header.text not in table.header:
        report.unknown("column", column.header.text, column.header.span, table.header)
        return None
    if not _fits(decl, parameters, result, report):
        return None
    at = table.header.index(column.header.text)
    entries: dict[tuple[str, ...], str | bool | None] = {}
    seen: set[str] = set()
    for row in table.rows:
        first = _cell_value(row[0], enums[parameters[0].name], report)
        if first is not None and first in seen:
            report.say("duplicate", f"the table has a row `{row[0].text}` already", row[0].span)
        if first is not None:
            seen.add(first)
            entries.update(_cell(first, row[at], column, parameters, result, enums, report))
    return Table(entries)


def _fits(decl: d.FunctionDecl, parameters: tuple[Sort, ...], result: Sort, report: Report) -> bool:
    """Whether a table can give this function its values."""
    column = decl.column
    assert column is not None
    if decl.state:
        report.say(
            "wrong-type", "a table cannot fix what changes in a story", decl.name.span, expected=("`fixed`",)
        )
        return False
    wanted = 2 if column.lists else 1
    enum_only = all(sort.is_enum for sort in parameters) and (result == FACT or result.is_enum)
    listed = not column.lists or (result == FACT and parameters[-1].name == column.lists.text)
    if len(parameters) == wanted and enum_only and listed:
        return True
    shape = "a fact about a value and one that the cell lists" if column.lists else "a value of one enum"
    report.say("wrong-type", f"a table column says something about {shape}", decl.name.span)
    return False


def _cell(
    first: str,
    cell: s.Text,
    column: d.TableColumn,
    parameters: tuple[Sort, ...],
    result: Sort,
    enums: Mapping[str, Enum],
    report: Report,
) -> dict[tuple[str, ...], str | bool | None]:
    if cell.text == "unknown":
        return {}
    if column.lists is not None:
        enum = enums[parameters[1].name]
        words = [] if cell.text == "none" else cell.text.split()
        listed = {_cell_value(s.Text(word, cell.span), enum, report) for word in words}
        return {(first, value): value in listed for value in enum.sort.values}
    if result == FACT:
        if cell.text not in {"yes", "no"}:
            expected = ("`yes`", "`no`", "`unknown`")
            report.say("bad-cell", f"`{cell.text}` says neither yes nor no", cell.span, expected=expected)
        return {(first,): cell.text == "yes"}
    if cell.text == "none":
        return {(first,): None}
    value = _cell_value(cell, enums[result.name], report)
    return {(first,): value} if value is not None else {}


def _cell_value(cell: s.Text, enum: Enum, report: Report) -> str | None:
    value = enum.shorts.get(cell.text, cell.text)
    if value not in enum.labels:
        report.unknown(enum.sort.name, cell.text, cell.span, [*enum.labels, *enum.shorts])
        return None
    return value


# --------------------------------------------------------------- signatures


def signatures(
    program: Program, functions: Mapping[str, Function], sorts: Mapping[str, Sort], report: Report
) -> dict[str, Signature]:
    """Everything that can be applied, with whether it speaks of a request."""
    found = {
        f.name: Signature(f.name, "function", f.parameters, f.result, state=f.state)
        for f in functions.values()
    }
    reading = _reading_request(program)
    for decl in definitions(program):
        result = _sort(decl.result, sorts, report) if decl.result else FACT
        parameters = _parameter_sorts(decl.parameters, sorts, report)
        if result is None or parameters is None:
            continue
        name = decl.name.text
        found.setdefault(
            name, Signature(name, "definition", parameters, result, reads_request=name in reading)
        )
    for premise in of_kind(program.units, d.PremiseDecl):
        parameters = _parameter_sorts(premise.parameters, sorts, report)
        if parameters is not None:
            found.setdefault(premise.name.text, Signature(premise.name.text, "premise", parameters, FACT))
    return found


def _parameter_sorts(
    binders: tuple[s.Binder, ...], sorts: Mapping[str, Sort], report: Report
) -> tuple[Sort, ...] | None:
    found = []
    for binder in binders:
        if binder.sort is None:
            report.say("no-request", "a definition takes things, not requests", binder.span)
            return None
        sort = _sort(binder.sort, sorts, report)
        if sort is None:
            return None
        found.append(sort)
    return tuple(found)


def definitions(program: Program) -> Iterator[s.Define]:
    """The definitions of a program, those inside rules included."""
    for unit in program.units:
        if isinstance(unit.decl, s.Define):
            yield unit.decl
        for item in unit.items:
            if isinstance(item.syntax.meaning, s.Define):
                yield item.syntax.meaning


def _reading_request(program: Program) -> frozenset[str]:
    """The definitions that speak of a request, directly or through others."""
    parameters = {p.name.text for r in of_kind(program.units, d.RequestDecl) for p in r.parameters}
    uses = {decl.name.text: names_in(decl) for decl in definitions(program)}
    reading = {name for name, used in uses.items() if used & parameters}
    growing = True
    while growing:
        more = {name for name, used in uses.items() if used & reading} - reading
        reading |= more
        growing = bool(more)
    return frozenset(reading)


def names_in(decl: s.Define | d.PremiseDecl) -> frozenset[str]:
    """The names that a definition's body uses, without those it binds."""
    stack: list[object] = [decl.formula] if isinstance(decl, d.PremiseDecl) else [*decl.cases]
    bound = {binder.name.text for binder in decl.parameters}
    used: set[str] = set()
    while stack:
        node = stack.pop()
        match node:
            case s.Ref():
                used.add(node.name.text)
                stack.extend(node.arguments or ())
            case s.Quantifier():
                bound.update(binder.name.text for binder in node.binders)
                stack += [node.where, node.body]
            case s.Case():
                stack += [node.value, node.condition]
            case s.Comparison() | s.Conditional():
                stack += [node.left, node.right]
            case s.Presence():
                stack.append(node.term)
            case s.Member():
                stack += [node.term, *node.values]
            case s.Negation() | s.Past():
                stack.append(node.body)
            case s.Junction():
                stack.extend(node.parts)
            case s.VersionAt():
                stack.append(node.index)
            case _:
                continue
    return frozenset(used - bound)


def report_cycles(program: Program, report: Report) -> None:
    """Reports definitions that are made of themselves."""
    decls = {decl.name.text: decl for decl in definitions(program)}
    premises = {decl.name.text: decl for decl in of_kind(program.units, d.PremiseDecl)}
    named: dict[str, s.Define | d.PremiseDecl] = {**premises, **decls}
    uses = {name: {each for each in names_in(decl) if each in named} for name, decl in named.items()}
    while True:
        try:
            TopologicalSorter(uses).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][::-1]
            first = min(cycle[:-1], key=lambda name: named[name].span)
            at = cycle.index(first)
            loop = [*cycle[at:-1], *cycle[:at], first]
            shown = loop[1:] if len(loop) <= _SHOWN else [*loop[1:_SHOWN], "…", first]
            way = ", which uses ".join(f"`{each}`" if each != "…" else each for each in shown)
            report.say(
                "definition-cycle", f"`{first}` is defined by itself: it uses {way}", named[first].span
            )
            for name in cycle:
                uses.pop(name, None)
        else:
            return


def vocabulary_of(
    program: Program,
    enums: Mapping[str, Enum],
    sorts: Mapping[str, Sort],
    callables: Mapping[str, Signature],
    columns: tuple[frozenset[str], frozenset[str]],
    report: Report,
) -> Vocabulary:
    """The names in force. `columns`: the bases of columns, and the readings."""
    values: dict[str, tuple[Sort, ...]] = {}
    for enum in enums.values():
        for value in enum.sort.values:
            values[value] = (*values.get(value, ()), enum.sort)
    units = program.units
    adopted = {c.name.text for c in of_kind(units, d.CheckDecl) if c.adopted_because is not None}
    suppositions = adopted | _names(units, d.AxiomDecl) | _names(units, d.PremiseDecl)
    return Vocabulary(
        sorts=sorts,
        values=values,
        constants=_sorted(of_kind(units, d.ConstantDecl), lambda c: (c.name.text, c.sort), sorts, report),
        callables=callables,
        request=_sorted(
            (p for r in of_kind(units, d.RequestDecl) for p in r.parameters),
            lambda p: (p.name.text, p.sort),
            sorts,
            report,
        ),
        components={
            c.name.text: _sort(c.index, sorts, report) if c.index else None
            for c in of_kind(units, d.ComponentDecl)
        },
        events=frozenset(_names(units, d.EventDecl)),
        checks=frozenset(_names(units, d.CheckDecl)),
        groups=frozenset(g.clause.text for g in of_kind(units, d.ExceptionsDecl)),
        limbs=frozenset(limb.clause.text for limb in of_kind(units, d.LimbDecl)),
        clauses=frozenset(unit.clause for unit in units if unit.clause),
        versions=columns[0],
        readings=columns[1],
        suppositions=frozenset(suppositions),
    )


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
        known = _sort(sort, sorts, report)
        if known is not None:
            found[name] = known
    return found
