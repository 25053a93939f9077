"""Finds the name of what somebody called by its label: rules have names, reports have labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from checker.language.diagnostics import Diagnostic, Span
from checker.language.document import Document

_NAME: Final = r"(?:[^\W\d_]\w*(?:-\w+)*|\d+(?:\.\d+)*[A-Za-z]?)"
_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_LABELLED: Final = re.compile(rf"({_NAME})(?:\s*:\s*{_NAME}|\[{_NAME}\])?\s+({_STRING})")
_VALUE: Final = rf"{_NAME}(?:\s+{_STRING})?(?:\s*\({_NAME}\))?"
_LISTED: Final = re.compile(rf"\benum\s+{_NAME}\s*:\s*({_VALUE}(?:\s*,\s*{_VALUE})*)")
_ALONE: Final = re.compile(rf"^\s*(?:constant|component)\s+({_NAME}[^\n\"]*{_STRING})", re.MULTILINE)
_TABLED: Final = re.compile(rf"\benum\s+{_NAME}\s+from\s+table\s+{_NAME}\s*:\s*([^\n]*(?:\n\s+[^\n]*)?)")
_COLUMN: Final = re.compile(rf"\b(value|label)\s+({_STRING})")
_CODES: Final = ("syntax", "unknown-name")


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of values, constants and components by their labels, without regard to case."""

    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Labels:
        """Those of a law. They are found even in fences that cannot be read for a mistake in them."""
        found: dict[str, dict[str, None]] = {}
        for document in documents:
            for name, label in _labelled(document):
                if label != name:
                    found.setdefault(_folded(label), {})[name] = None
        return cls({label: tuple(names) for label, names in found.items()})

    def told(self, found: Diagnostic, text: str) -> Diagnostic:
        """The diagnostic, with the name that was meant if what is wrong is a label. `text`: of its file."""
        if found.code not in _CODES or not found.word:
            return found
        names = self.names.get(_folded(found.word)) or self._around(found.span, text)
        if not names:
            return found
        has = "has" if len(names) == 1 else "have"
        note = f"{' and '.join(f'`{each}`' for each in names)} {has} this label"
        return replace(found, nearest=names[0], notes=(note, *found.notes))

    def _around(self, span: Span | None, text: str) -> tuple[str, ...]:
        """The names of the longest label of several words that stands at a place, without quotes."""
        lines = text.split("\n")
        if span is None or span.line > len(lines):
            return ()
        line, at, end = lines[span.line - 1].casefold(), span.column - 1, span.end_column - 1
        here = [
            label
            for label in self.names
            if " " in label and any(each < end and at < each + len(label) for each in _places(label, line))
        ]
        return self.names[max(here, key=len)] if here else ()


def _places(label: str, line: str) -> Iterator[int]:
    start = line.find(label)
    while start >= 0:
        yield start
        start = line.find(label, start + 1)


def _labelled(document: Document) -> Iterator[tuple[str, str]]:
    for fence in document.fences:
        text = fence.fragment.text
        for part in (*_LISTED.findall(text), *_ALONE.findall(text)):
            yield from ((name, _content(string)) for name, string in _LABELLED.findall(part))
        for part in _TABLED.findall(text):
            columns = {kind: _content(string) for kind, string in _COLUMN.findall(part)}
            yield from _in_tables(document, columns)


def _in_tables(document: Document, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for table in document.tables:
        header = [cell.text.strip("`") for cell in table.header]
        if {"value", "label"} <= columns.keys() and {*columns.values()} <= {*header}:
            value, label = (header.index(columns[kind]) for kind in ("value", "label"))
            for row in table.rows:
                yield row[value].text.strip("`"), row[label].text.strip("`")


def _content(string: str) -> str:
    return re.sub(r"\\(.)", r"\1", string[1:-1])


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
