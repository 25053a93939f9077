"""The present day and the passing of time, for laws that speak of `today`.

Both are declared in the language, on a page of redline's own, so that nothing else need know of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Final

from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.model.clock import BUILT_IN, TIME, TODAY
from checker.model.made_of import within
from checker.model.objects import OfObjects
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

_WORDS: Final = re.compile(rf"{TODAY}|lapse|duty|for\s+at\s+least|within|beginning\s+of|in\s+force\s+from")


def with_clock(program: Program, written: Written, known: OfObjects[bool]) -> Program:
    """The program with the present day, if anything that is written speaks of it. `known`: of declarations,
    whether they do.
    """
    if not any(_WORDS.search(each.text) for each in written.documents.values()):
        return program
    if any(name.text == TODAY for unit in program.units for name in _names(unit)):
        return program  # told as a name that is taken
    lasting, asking, brought = _declarations(written)

    def speak(declarations: list[object]) -> bool:
        return any(known.of(each, partial(speaks_of_time, (each,))) for each in declarations)

    if speak(lasting) or (not speak(brought) and speak(asking)):
        return clocked(program)
    return program


def clocked(program: Program) -> Program:
    """The program with the present day, if it has none yet."""
    if any(name.text == TODAY for unit in program.units for name in _names(unit)):
        return program
    return replace(program, units=(*_declared(), *program.units))


def speaks_of_time(declarations: Iterable[object]) -> bool:
    """Whether some declaration speaks of the present day, or waits."""
    return any(map(_speaks_of_time, within(*declarations)))


def _speaks_of_time(node: object) -> bool:
    if isinstance(node, st.LeadsSyntax):
        return node.period is not None
    if isinstance(node, d.VersionDecl):
        return node.day is not None
    if isinstance(node, s.Historic):
        return node.how in {"for at least", "beginning of", "within"}
    return (isinstance(node, s.Ref) and node.name.text == TODAY) or isinstance(node, LapseDecl | DutyDecl)


def _names(unit: Unit) -> Iterator[s.Name | s.Text]:
    yield from (each.name for each in given_by(unit.decl))
    yield from (each.syntax.meaning.name for each in unit.items if isinstance(each.syntax.meaning, s.Define))


def _declarations(written: Written) -> tuple[list[object], list[object], list[object]]:
    """What speaks for all columns; the claims, which do unless a reading has a clock of its own; and the
    readings that bring something, which have it to themselves.
    """
    found: tuple[list[object], list[object], list[object]] = ([], [], [])
    for decl in (*(unit.decl for unit in written.base), *(change.decl for change in written.changes)):
        apart = isinstance(decl, d.ReadingDecl) and decl.brings
        found[2 if apart else 1 if isinstance(decl, d.ClaimDecl | st.LemmaDecl) else 0].append(decl)
    return found


@cache
def _declared() -> tuple[Unit, ...]:
    written = Written(Report())
    written.read({BUILT_IN: PAGE}, generated=True)
    return tuple(written.base)
