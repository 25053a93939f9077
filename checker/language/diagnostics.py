"""Diagnostics as data: what is wrong, where, what was expected, and the nearest valid name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from checker.language.look_alikes import odd_letters


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1; the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE: Final = Span("", 1, 1, 1, 1)
"""The place of what nobody wrote."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake in a spec, or in what was asked of it.

    `code` is a stable short name (`unknown-name`); `message` is lower case without a final period, the
    user's words in backticks; `expected` lists what could stand there; `nearest` is the closest valid
    name; `notes` are further sentences; `heading` is the innermost Markdown heading above the place.
    `word` is the user's word, or string, that is wrong or unknown.
    """

    code: str
    message: str
    span: Span | None
    expected: tuple[str, ...] = ()
    nearest: str | None = None
    notes: tuple[str, ...] = ()
    heading: str = ""
    word: str = ""


class SpecError(Exception):
    """Raised when a spec, a claim or a question cannot be understood. Carries every diagnostic found, with
    notes on characters that are not what they look like. `texts`: what was typed and stands in no file, by
    the name that places in it have.
    """

    def __init__(
        self, diagnostics: tuple[Diagnostic, ...], texts: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__("; ".join(each.message for each in diagnostics))
        self.diagnostics = tuple(map(_with_code_points, diagnostics))
        self.texts = texts


def _with_code_points(found: Diagnostic) -> Diagnostic:
    odd = odd_letters(found.message, found.nearest)
    notes = tuple(dict.fromkeys((*odd, *found.notes)))
    return found if notes == found.notes else replace(found, notes=notes)
