"""The vocabulary of a model as TLA+: sorts, constants, tables, variables, and operators that read them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from checker.language.diagnostics import Span
from checker.model.expressions import FACT
from checker.model.model import Function, Model
from checker.tla.layout import Choice, Words, defined
from checker.tla.sets import union_lines
from checker.tla.spelling import comment, hung, indented, listed, lower, one_or_more, string
from checker.tla.symbol_names import Lexicon, is_open, spoken_sorts, things_sorts

OPERATORS: Final = r"""
\* A statement about something absent is false; `a matches b` is a = b.
Is(a, b) == a # Absent /\ a = b
In(a, S) == a # Absent /\ a \in S

\* What the last step was: a request that was made, or an event that happened.
Made(request) == [number |-> step.number + 1, kind |-> "request", request |-> request]
Happened(event, with) ==
    [number |-> step.number + 1, kind |-> "event", event |-> event, with |-> with]

\* Functions with a new value at one place; a place outside the domain changes nothing.
Put(f, place, value) == [p \in DOMAIN f |-> IF p = place THEN value ELSE f[p]]
PutPresent(f, place, value) == IF value = Absent THEN f ELSE Put(f, place, value)
""".strip().split("\n")


def place_of(span: Span) -> str:
    """Return file and line."""
    return f"{span.file}:{span.line}"


class Vocabulary:
    """Writes the vocabulary of a model."""

    def __init__(self, model: Model, lexicon: Lexicon) -> None:
        self.model = model
        self.lexicon = lexicon

    # ------------------------------------------------------------- sorts

    def constants(self) -> Iterator[str]:
        """Yield the constants: sets of things, named things, and `Absent`."""
        sorts = [
            (self.lexicon.sorts[each.name], f"things of the sort {each.name}")
            for each in things_sorts(self.model)
        ]
        named = [
            (self.lexicon.constants[each.name], f"{each.label or each.name}, a {each.sort.name}")
            for each in self.model.constants.values()
        ]
        rows = [*sorts, *named, ("Absent", "stands for an absent value; it is no thing and no value")]
        yield from _column_of("CONSTANTS", rows)
        yield ""
        sets = [name for name, _ in sorts]
        conditions = [
            f"{self.lexicon.constants[each.name]} \\in {self.lexicon.sorts[each.sort.name]}"
            for each in self.model.constants.values()
        ]
        if sets:
            union = " \\cup ".join(sets)
            conditions.append(f"Absent \\notin {union}")
        if conditions:
            yield "ASSUME " + " /\\ ".join(conditions)

    def enums(self) -> Iterator[str]:
        """Yield the set of each enum's values."""
        for sort in spoken_sorts(self.model):
            if sort.has_things:
                continue
            yield from _set(self.lexicon.sorts[sort.name], [string(each) for each in sort.values])

    # --------------------------------------------------------- variables

    def variables(self) -> Iterator[str]:
        """Yield the declaration of the variables: one for each function, and the last step."""
        rows = [
            (self.lexicon.variables[each.name], f"{_kind(each)} {_told(each)}, {place_of(each.span)}")
            for each in self.open_functions()
        ]
        last = ("step", "the last step: shown in traces, but not part of the situation")
        yield from _column_of("VARIABLES", [*rows, last])
        yield ""
        yield from _set("situation", [name for name, _ in rows], "<<", ">>")
        yield "vars == <<situation, step>>"

    def open_functions(self) -> list[Function]:
        """Return the functions that have a variable."""
        return [each for each in self.model.functions.values() if is_open(each)]

    def types(self) -> Iterator[str]:
        """Yield the type invariant of the variables. A claim may follow a function at some places only, so
        optional functions and facts may have smaller domains.
        """
        yield from comment(
            "The values of the variables; a claim may leave out places that make no difference to it."
        )
        yield "TypeOK =="
        for each in self.open_functions():
            name = self.lexicon.variables[each.name]
            values, places = self.values(each), self.open_places(each)
            if not each.parameters:
                yield f"    /\\ {name} \\in {values}"
            elif total(each):
                yield f"    /\\ {name} \\in [{places} -> {values}]"
            else:
                yield f"    /\\ {name} \\in [DOMAIN {name} -> {values}]"
                yield f"    /\\ DOMAIN {name} \\subseteq {places}"

    def open_places(self, function: Function) -> str:
        """Return the set of the function's arguments, without those in its table; empty if it has none."""
        if function.table is not None:
            return f"{self.lexicon.tables[function.name]}Open"
        return self.places(function)

    def places(self, function: Function) -> str:
        """Return the set of the function's arguments."""
        return " \\X ".join(self.lexicon.sorts[each.name] for each in function.parameters)

    def values(self, function: Function) -> str:
        """Return the set of the function's values, with `Absent` if it is optional."""
        if function.result == FACT:
            return "BOOLEAN"
        values = self.lexicon.sorts[function.result.name]
        return f"({values} \\cup {{Absent}})" if function.optional else values

    # --------------------------------------------------------- accessors

    def accessors(self) -> Iterator[str]:
        """Yield the operators that read functions: an absent argument gives `Absent` or false."""
        for each in self.model.functions.values():
            if each.table is not None or each.parameters:
                part = "; open where the table says nothing" if each.table and is_open(each) else ""
                yield from comment(f"{_told(each)}, {place_of(each.span)}{part}")
                if each.table is not None:
                    yield from self._table(each)
                yield from self._accessor(each)

    def _accessor(self, function: Function) -> Iterator[str]:
        names = arguments_of(self.lexicon, function)
        arguments = ", ".join(names)
        place = f"<<{arguments}>>" if len(names) != 1 else arguments
        head = self.lexicon.accessors[function.name] + (f"({arguments})" if names else "")
        fact = function.result == FACT
        otherwise = "FALSE" if fact else "Absent"
        if function.table is not None:
            table = self.lexicon.tables[function.name]
            known = f"IF {place} \\in DOMAIN {table} THEN {table}[{arguments}] ELSE Absent"
            otherwise = f"{place} \\in {table}" if fact else known
        if not is_open(function):
            yield from defined(head, Words(otherwise))
            return
        name = self.lexicon.variables[function.name]
        read = f"{place} \\in DOMAIN {name}"
        if fact and function.table is None:
            yield f"{head} == {read} /\\ {name}[{arguments}]"
        else:
            value = Choice(Words(read), Words(f"{name}[{arguments}]"), Words(otherwise))
            yield from defined(head, value)

    def _table(self, function: Function) -> Iterator[str]:
        """The table: for a fact, the set of places where it holds; otherwise a function on the places with a
        value.
        """
        assert function.table is not None
        name = self.lexicon.tables[function.name]
        groups: dict[str | bool, list[tuple[str, ...]]] = {}
        for arguments, value in function.table.entries.items():
            if value is not None and value is not False:
                groups.setdefault(value, []).append(arguments)
        if is_open(function):
            rest = [each for each in _all_places(function) if each not in function.table.entries]
            yield from one_or_more(f"{name}Open", union_lines(rest, 4))
        if function.result == FACT:
            yield from one_or_more(name, union_lines(groups.get(True, []), 4))
            return
        names = arguments_of(self.lexicon, function)
        place = names[0] if len(names) == 1 else "p"
        yield f"{name} =="
        yield f"    [{place} \\in {self.places(function)} |->"
        for number, (value, rows) in enumerate(groups.items()):
            lead = f"{'  []' if number else 'CASE'} {place}"
            lines = hung(f"{lead} \\in ", union_lines(rows, 13 + len(lead)))
            if len(rows) == len(names) == 1:
                lines = [f"{lead} = {string(rows[0][0])}"]
            lines[-1] += f" -> {string(str(value))}"
            yield from indented(lines, 8)
        yield "          [] OTHER -> Absent]" if groups else "        Absent]"


def total(function: Function) -> bool:
    """Whether the variable must have a value at every place: the function is neither optional nor a fact."""
    return bool(function.parameters) and not function.optional and function.result != FACT


def arguments_of(lexicon: Lexicon, function: Function) -> list[str]:
    """Return names for the arguments of a function, after their sorts."""
    names = lexicon.names.copy()
    return [names.take(lower(each.name)) for each in function.parameters]


def _all_places(function: Function) -> Iterator[tuple[str, ...]]:
    return itertools.product(*(each.values for each in function.parameters))


def _kind(function: Function) -> str:
    return "state:" if function.state else "fixed:"


def _told(function: Function) -> str:
    """The function's label, with the sorts of its arguments filled in."""
    if not function.label:
        sorts = ", ".join(each.name for each in function.parameters)
        return f"{function.name}({sorts})" if sorts else function.name
    text = function.label
    for number, sort in enumerate(function.parameters, 1):
        text = text.replace(f"{{{number}}}", f"<{sort.name}>")
    return text


def _set(name: str, items: list[str], opening: str = "{", closing: str = "}") -> list[str]:
    """The lines of a definition whose body is a set or a tuple."""
    head = f"{name} == "
    return hung(head, listed(items, len(head), opening, closing))


def _column_of(word: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    """Lines of a declaration: a name and a comment each."""
    width = max(len(name) for name, _ in rows) + 1
    yield word
    for number, (name, told) in enumerate(rows):
        mark = "," if number < len(rows) - 1 else ""
        yield from hung(f"    {name + mark:{width}} ", comment(told, width + 5))
