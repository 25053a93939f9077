"""Reads a mapping file: TOML, checked against a law, with the place of every mistake."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Final

from checker.data import amounts
from checker.data.mapping import Cell, DataMapping, Held, Place, Same, Table, Things
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.model.clock import TODAY
from checker.model.dates import told_day
from checker.model.expressions import DATE, FACT, Sort
from checker.model.model import Function, Model
from checker.regime.names import nearest_name

LARGEST: Final = 1_000_000  # bytes of a mapping
_PARTS: Final = ("law", "absent", "missing", "tables", "cells", "constants", "given", "days-off", "log")
_OF_TABLE: Final = ("file", "database", "table", "things", "values")
_PLACE: Final = re.compile(r"\s*([^\s(){}]+)\s*\((.*)\)\s*", re.DOTALL)
_KEY: Final = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w.-]+)\s*=\s*(.*?)\s*$""")
_HEAD: Final = re.compile(r"\s*\[([^\[\]]+)\]")
_AT: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_LISTED: Final = 12


def wrong(
    code: str,
    message: str,
    span: Span | None,
    expected: Iterable[str] = (),
    *,
    nearest: str | None = None,
    notes: tuple[str, ...] = (),
    texts: Mapping[str, str] | None = None,
) -> SpecError:
    """The error of one diagnostic."""
    return SpecError((Diagnostic(code, message, span, tuple(expected), nearest, notes),), texts or {})


def toml_of(file: Path) -> tuple[str, Mapping[str, object]]:
    """The text of a file and what it says. SpecError if it cannot be read, or is not TOML."""
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"`{file}` cannot be read: {error.strerror or error}"
        raise wrong("cannot-read", message, None) from error
    if len(data) > LARGEST:
        raise wrong("too-large", f"`{file}` is larger than {LARGEST} bytes", None)
    try:
        text = data.decode("utf-8")
        return text, tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = _AT.search(str(error))
        span = None
        if at is not None:
            line, column = int(at[1]), int(at[2])
            span = Span(str(file), line, column, line, column + 1)
        said = _AT.sub("", str(error)).strip()
        raise wrong("bad-file", f"`{file}` is not TOML: {said[:1].lower()}{said[1:]}", span) from error


def on_day(mapping: DataMapping, model: Model, day: str) -> DataMapping:
    """The mapping with another present day, written as in a cell. SpecError if it is none, or if the law does
    not speak of it.
    """
    units = amounts.value_in(DATE, day)
    if units is None:
        raise wrong("bad-option", f"`--today`: `{day}` {amounts.why_not(DATE, day)}", None)
    if TODAY not in model.functions:
        raise wrong("bad-option", "`--today`: the law does not speak of the present day", None)
    return replace(mapping, given={**mapping.given, (TODAY, ()): units})


class Reader:
    """Reads one mapping. Every mistake is noted with its place; `stop` raises them."""

    def __init__(self, file: Path, text: str, model: Model) -> None:
        self.file = file
        self.text = text
        self.model = model
        self.found: list[Diagnostic] = []
        self.spans = dict(_places(str(file), text))

    def stop(self) -> None:
        """Raise SpecError if there are mistakes."""
        if self.found:
            raise SpecError(tuple(self.found), {str(self.file): self.text})

    def span(self, *path: str) -> Span:
        """Where the file has the key."""
        top = Span(str(self.file), 1, 1, 1, 2)
        return next((self.spans[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.spans), top)

    def say(self, code: str, message: str, span: Span, expected: Iterable[str] = ()) -> None:
        """Note a mistake."""
        self.found.append(Diagnostic(code, message, span, tuple(expected)))

    def unknown(self, kind: str, name: str, span: Span, valid: Iterable[str]) -> None:
        """Note a name that there is not."""
        names = list(valid)
        nearest = nearest_name(name, names)
        expected = tuple(f"`{each}`" for each in names) if nearest is None and len(names) <= _LISTED else ()
        message = f"there is no {kind} `{name}`"
        self.found.append(Diagnostic("unknown-name", message, span, expected, nearest, word=name))

    # ------------------------------------------------------------- the parts

    def mapping(self, document: Mapping[str, object]) -> DataMapping:
        """The mapping. SpecError with every mistake in it."""
        for name in document:
            if name not in _PARTS:
                self.unknown("part", name, self.span(name), _PARTS)
        tables = self.section(document, "tables")
        read = DataMapping(
            file=str(self.file),
            text=self.text,
            law=self._law(document),
            tables={each.name: each for name in tables for each in self._table(tables, name)},
            things=tuple(each for name in tables for each in self._things(tables, name)),
            places=tuple(each for name in tables for each in self._values(tables, name)),
            cells={sort: dict(self._cells(document, sort)) for sort in self.section(document, "cells")},
            constants=dict(self._constants(document)),
            given=dict(self._given(document)),
            absent=frozenset(self._absent(document)),
            missing=self.strings(document, "missing"),
            days_off=dict(self._days_off(document)),
        )
        self._said_twice(read)
        self.stop()
        return read

    def _law(self, document: Mapping[str, object]) -> str | None:
        law = document.get("law")
        if law is not None and not isinstance(law, str):
            self.say("bad-value", "`law` is the text of a version", self.span("law"))
        return law if isinstance(law, str) else None

    def section(self, document: Mapping[str, object], *path: str) -> Mapping[str, object]:
        """A table of the file, empty if it has none."""
        found = document.get(path[-1], {})
        if isinstance(found, Mapping):
            return {str(name): each for name, each in found.items()}
        self.say("bad-value", f"`{'.'.join(path)}` is a table", self.span(*path), (f"`[{'.'.join(path)}]`",))
        return {}

    def strings(self, document: Mapping[str, object], name: str) -> tuple[str, ...]:
        """A list of texts, empty if there is none."""
        found = document.get(name, [])
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return tuple(map(str, found))
        self.say("bad-value", f"`{name}` is a list of texts", self.span(name), (f'`{name} = ["…"]`',))
        return ()

    def _table(self, tables: Mapping[str, object], name: str) -> Iterator[Table]:
        own, path = self.section(tables, "tables", name), ("tables", name)
        for key in own:
            if key not in _OF_TABLE:
                self.unknown("part of a table", key, self.span(*path, key), _OF_TABLE)
        kinds = [each for each in ("file", "database") if each in own]
        if len(kinds) != 1:
            message = f"the table `{name}` is in one `file`, or in one `database`"
            self.say("bad-value", message, self.span(*path), ('`file = "…"`', '`database = "…"`'))
            return
        shown, inner = own[kinds[0]], own.get("table")
        if not isinstance(shown, str) or not isinstance(inner, str | None):
            self.say("bad-value", f"`{kinds[0]}` is a text", self.span(*path, kinds[0]))
            return
        if (kinds[0] == "database") != (inner is not None):
            message = (
                "a `database` needs the name of its `table`" if inner is None else "a file has no `table`"
            )
            self.say("bad-value", message, self.span(*path, "table"))
            return
        yield Table(name, self.file.parent / shown, inner, shown, self.span(*path, kinds[0]))

    def _things(self, tables: Mapping[str, object], name: str) -> Iterator[Things]:
        listed = self.section(self.section(tables, "tables", name), "tables", name, "things")
        sorts = {each.name: each for each in self.model.sorts.values() if each.has_things}
        for sort, column in listed.items():
            span = self.span("tables", name, "things", sort)
            if sort not in sorts:
                self.unknown("sort of things", sort, span, sorts)
            elif not isinstance(column, str):
                self.say("bad-value", f"the key of a {sort} is the name of a column", span)
            else:
                yield Things(sorts[sort], name, Cell(column, self._value_span(span)))

    def _values(self, tables: Mapping[str, object], name: str) -> Iterator[Place]:
        listed = self.section(self.section(tables, "tables", name), "tables", name, "values")
        for text, held in listed.items():
            span = self.span("tables", name, "values", text)
            found = self.place(text, span)
            if found is None:
                continue
            function, arguments = found
            value = self._held(function, held, span)
            if value is not None:
                yield Place(function.name, name, arguments, value, span)

    def _held(self, function: Function, held: object, span: Span) -> Held | None:
        """The value of a row: of a column, or the same in every row."""
        if isinstance(held, str):
            return Cell(held, self._value_span(span))
        if isinstance(held, bool) and function.result == FACT:
            return Same(held)
        fixed = held.get("is") if isinstance(held, Mapping) and set(held) == {"is"} else None
        if function.result.is_quantity and fixed is not None:
            units = self._units(function.result, fixed, self._value_span(span))
            return None if units is None else Same(units)
        if isinstance(fixed, str) and function.result != FACT:
            return Same(fixed) if self._is_value(function.result, fixed, span) else None
        expected = ("a column", "`true`" if function.result == FACT else '`{ is = "VALUE" }`')
        self.say("bad-value", f"this is no value of `{function.name}`", self._value_span(span), expected)
        return None

    def place(self, text: str, span: Span) -> tuple[Function, tuple[Held, ...]] | None:
        """A function and its arguments, as in `holder({book}, Reader)`."""
        match = _PLACE.fullmatch(text)
        if match is None:
            expected = ("such as `type({device})`, with columns in braces",)
            self.say("bad-value", f"`{text}` is not the place of a value", span, expected)
            return None
        name, written = match[1], [each.strip() for each in match[2].split(",")]
        functions = {each.name: each for each in self.model.functions.values() if not each.arbitrary}
        if name not in functions:
            if name in self.model.definitions:
                message = f"`{name}` is defined by the law: map what its definition reads"
                self.say("wrong-kind", message, span)
            else:
                self.unknown("function", name, span, functions)
            return None
        function = functions[name]
        if len(written) != len(function.parameters):
            count = len(function.parameters)
            message = f"`{name}` takes {count} argument{'' if count == 1 else 's'}"
            self.say("wrong-count", message, span, (", ".join(each.name for each in function.parameters),))
            return None
        pairs = zip(written, function.parameters, strict=True)
        arguments = [self._argument(each, sort, span) for each, sort in pairs]
        known = tuple(each for each in arguments if each is not None)
        return (function, known) if len(known) == len(arguments) else None

    def _argument(self, text: str, sort: Sort, span: Span) -> Held | None:
        if text.startswith("{") and text.endswith("}"):
            return Cell(text[1:-1].strip(), span)
        return Same(text) if self._is_value(sort, text, span) else None

    def _is_value(self, sort: Sort, text: str, span: Span) -> bool:
        """Whether it is a value of the sort; notes if not."""
        if sort.is_enum:
            valid: Iterable[str] = sort.values
        else:
            valid = (each.name for each in self.model.constants.values() if each.sort == sort)
        names = list(valid)
        if text not in names:
            self.unknown(f"value of {sort.name}" if sort.is_enum else f"named {sort.name}", text, span, names)
        return text in names

    def _cells(self, document: Mapping[str, object], sort: str) -> Iterator[tuple[str, str]]:
        if sort not in self.model.enums:
            self.unknown("enum", sort, self.span("cells", sort), self.model.enums)
            return
        own = self.section(self.section(document, "cells"), "cells", sort)
        for cell, value in own.items():
            span = self.span("cells", sort, str(cell))
            if self._is_value(self.model.enums[sort].sort, str(value), span):
                yield str(cell), str(value)

    def _constants(self, document: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        for name, key in self.section(document, "constants").items():
            if name not in self.model.constants:
                self.unknown("named thing", name, self.span("constants", name), self.model.constants)
            else:
                yield name, str(key)

    def _absent(self, document: Mapping[str, object]) -> Iterator[str]:
        for name in self.strings(document, "absent"):
            if name not in self.model.functions:
                self.unknown("function", name, self.span("absent"), self.model.functions)
            yield name

    def _given(
        self, document: Mapping[str, object]
    ) -> Iterator[tuple[tuple[str, tuple[str, ...]], str | bool]]:
        """Values that no table has; `*` stands for every value of an enum."""
        for text, value in self.section(document, "given").items():
            span = self.span("given", text)
            alone = self.model.functions.get(text)
            if alone is not None and not alone.parameters:
                found = self._given_value(alone, value, span)
                if found is not None and self._open(alone, (), span, starred=False):
                    yield (text, ()), found
                continue
            match = _PLACE.fullmatch(text)
            if match is None or match[1] not in self.model.functions:
                self.place(text, span)
                continue
            function = self.model.functions[match[1]]
            if not all(each.is_enum for each in function.parameters):
                message = f"`{function.name}` is about things: its values stand in tables"
                self.say("wrong-kind", message, span, ("`[tables.NAME.values]`",))
                continue
            written = [each.strip() for each in match[2].split(",")]
            choices = [
                list(sort.values) if each == "*" else [each]
                for each, sort in zip(written, function.parameters, strict=False)
            ]
            if self.place(text.replace("*", "{*}"), span) is None:
                continue
            found = self._given_value(function, value, span)
            for arguments in product(*choices) if found is not None else ():
                if found is not None and self._open(function, arguments, span, starred="*" in written):
                    yield (function.name, arguments), found

    def _given_value(self, function: Function, value: object, span: Span) -> str | bool | None:
        if function.result.is_quantity:
            return self._units(function.result, value, self._value_span(span))
        if isinstance(value, bool) != (function.result == FACT) or not isinstance(value, str | bool):
            self.say("bad-value", f"this is no value of `{function.name}`", span)
            return None
        return value if isinstance(value, bool) or self._is_value(function.result, value, span) else None

    def _units(self, sort: Sort, value: object, span: Span) -> str | None:
        """The number that a value of TOML says; notes if it says none."""
        found = amounts.value_in(sort, str(value)) if isinstance(value, str | int | float | date) else None
        if found is None or isinstance(value, bool):
            self.say("bad-value", f"`{value}` {amounts.why_not(sort, str(value))}", span)
        return found

    def _open(self, function: Function, arguments: tuple[str, ...], span: Span, *, starred: bool) -> bool:
        """Whether the law leaves the place open; notes if it says itself what stands there."""
        if function.table is None or arguments not in function.table.entries:
            return True
        if not starred:
            message = f"the law says itself what `{function.name}({', '.join(arguments)})` is"
            self.say("not-open", message, span)
        return False

    def _days_off(self, document: Mapping[str, object]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Further days that are no working days, by the name of the calendar."""
        for name, listed in self.section(document, "days-off").items():
            span, calendar = self.span("days-off", name), self.model.calendars.get(name)
            if calendar is None:
                self.unknown("calendar", name, span, self.model.calendars)
            elif not isinstance(listed, list):
                expected = (f'`{name} = ["2026-04-03"]`',)
                self.say("bad-value", "days off are a list of dates", self._value_span(span), expected)
            else:
                units = (self._units(DATE, each, span) for each in listed)
                days = sorted({int(each) for each in units if each is not None})
                for day in days:
                    if calendar.counts(day):
                        message = f"by the law, {told_day(day)} is a day of the calendar `{name}`"
                        self.say("not-open", message, self._value_span(span))
                yield name, tuple(days)

    def _said_twice(self, read: DataMapping) -> None:
        for number, one in enumerate(read.places):
            for other in read.places[:number]:
                slot = (
                    one.function,
                    tuple(None if isinstance(each, Cell) else str(each.value) for each in one.arguments),
                )
                if other.covers(slot):
                    message = f"two columns say what `{one.function}` is at the same place"
                    self.say("said-twice", message, one.span)
                    return

    def _value_span(self, key: Span) -> Span:
        """Where the value stands whose key is there."""
        line = self.text.split("\n")[key.line - 1]
        match = _KEY.match(line)
        if match is None or not match[2]:
            return key
        quoted = match[2][:1] in "\"'"
        start, end = match.start(2) + 1 + quoted, match.start(2) + 1 + len(match[2]) - quoted
        closing = match[2].find(match[2][0], 1) if quoted else -1
        return Span(key.file, key.line, start, key.line, match.start(2) + 1 + closing if closing > 0 else end)


def _places(file: str, text: str) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Where each key of a file stands, by its path."""
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        head, key = _HEAD.match(line), _KEY.match(line)
        if head is not None:
            section = tuple(each.strip().strip("\"'") for each in head[1].split("."))
            yield section, Span(file, number, head.start(1) + 1, number, head.end(1) + 1)
        elif key is not None:
            quoted = key[1][:1] in "\"'"
            name = key[1][1:-1] if quoted else key[1]
            start, end = key.start(1) + 1 + quoted, key.end(1) + 1 - quoted
            yield (*section, name), Span(file, number, start, number, end)
