"""The present day and the passing of time, for laws that speak of `today`.

Both are declared in the language, on a page of redline's own, so that nothing else need know of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from checker.language import statements as st
from checker.language import syntax as s
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.model.clock import BUILT_IN, TIME, TODAY
from checker.model.made_of import within
from checker.regime.duplicates import given_by
from checker.regime.files_as_written import Written
from checker.regime.names import Report
from checker.regime.program import Program, Unit

PAGE: Final = f"""# Time

```redline
state {TODAY}: date "{TODAY}"
event {TIME} by the environment with day: date
    when day later than {TODAY}
    "Time passes: it is {{day}}"
    {TODAY} becomes day inference "days pass, and nothing can hinder that"
```
"""
"""The page, as a law would have it."""

_WORDS: Final = re.compile(rf"{TODAY}|lapse|duty|for\s+at\s+least|within|beginning\s+of")


def with_clock(program: Program, written: Written) -> Program:
    """The program with the present day, if anything that is written speaks of it."""
    if not any(_WORDS.search(each.text) for each in written.documents.values()):
        return program
    if any(name.text == TODAY for unit in program.units for name in _names(unit)):
        return program  # told as a name that is taken
    if not any(map(_speaks_of_time, within(*_declarations(written)))):
        return program
    return replace(program, units=(*_declared(), *program.units))


def _speaks_of_time(node: object) -> bool:
    if isinstance(node, st.LeadsSyntax):
        return node.period is not None
    if isinstance(node, s.Historic):
        return node.how in {"for at least", "beginning of", "within"}
    return (isinstance(node, s.Ref) and node.name.text == TODAY) or isinstance(node, LapseDecl | DutyDecl)


def _names(unit: Unit) -> Iterator[s.Name | s.Text]:
    yield from (each.name for each in given_by(unit.decl))
    yield from (each.syntax.meaning.name for each in unit.items if isinstance(each.syntax.meaning, s.Define))


def _declarations(written: Written) -> Iterator[object]:
    yield from (unit.decl for unit in written.base)
    yield from (change.decl for change in written.changes)


@cache
def _declared() -> tuple[Unit, ...]:
    written = Written(Report())
    written.read({BUILT_IN: PAGE}, generated=True)
    return tuple(written.base)
