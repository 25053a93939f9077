"""Periods of months and years: how they are written, and the page that says on which day they end.

That a law may say otherwise is declared in the language, on a page of redline's own, so that readings,
modifications and definitions of the law apply to it as to all else.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Final

from checker.language import syntax as s
from checker.model import expressions as e
from checker.model.clock import MONTHS_PAGE
from checker.model.dates import PERIOD
from checker.model.made_of import within
from checker.model.months import IN_A_YEAR, MONTH_END, MOST, ON_CORRESPONDING, ON_LAST, ON_NEXT, RULE, RULES
from checker.model.objects import OfObjects
from checker.regime.files_as_written import Written
from checker.regime.names import Report, Vocabulary
from checker.regime.program import Program, Unit, declared_name

PAGE: Final = f"""# Months

```redline
enum {RULE.name}: {ON_CORRESPONDING} "the corresponding date or else the last day of the month",
    {ON_LAST} "the last day of a month from the last day of one, else the corresponding date",
    {ON_NEXT} "the corresponding date or else the day after the month"

define {MONTH_END}: {RULE.name} "the day on which a period of months ends" means {ON_CORRESPONDING}
```
"""
"""The page, as a law would have it."""

_WORDS: Final = ("month", "year")


def is_period(expr: s.Expr) -> bool:
    """Whether it is a period of months or years, as a law writes it."""
    return isinstance(expr, s.Ref) and PERIOD.match(expr.name.text) is not None and _speaks_of_months(expr)


def _speaks_of_months(node: object) -> bool:
    """Whether it is such a period, or names the definition that says where one ends."""
    if isinstance(node, s.Define):
        return node.name.text == MONTH_END
    if not isinstance(node, s.Ref):
        return False
    found = PERIOD.fullmatch(node.name.text)
    return node.name.text == MONTH_END if found is None else found[2].startswith(("month", "year"))


def _counts_in_months(declaration: object) -> bool:
    return any(map(_speaks_of_months, within(declaration)))


def number_of(expr: s.Expr, report: Report) -> int | None:
    """How many months such a period has. Reports too many."""
    assert isinstance(expr, s.Ref)
    found = PERIOD.fullmatch(expr.name.text)
    assert found is not None
    number = int(found[1]) * (IN_A_YEAR if found[2].startswith("year") else 1)
    if number <= MOST:
        return number
    message = f"periods have at most {MOST} months, or {MOST // IN_A_YEAR} years"
    report.say("too-large", message, expr.span)
    return None


def rule(vocabulary: Vocabulary, place: s.Expr, report: Report) -> e.Term | None:
    """What says on which day months end. Reports a definition that cannot say so."""
    if isinstance(place, s.Ref) and place.arguments is not None:
        return _said_there(place.arguments, report)
    found = vocabulary.callables.get(MONTH_END)
    if found is None:
        return e.Value(RULE, ON_CORRESPONDING)
    if found.result == RULE and not found.parameters and not found.reads_request:
        return e.Call(MONTH_END, (), RULE)
    message = f"`{MONTH_END}` says on which day periods of months end, and this one does not"
    wanted = (f"`define {MONTH_END}: {RULE.name} means {ON_LAST}`, which reads no request",)
    report.say("wrong-type", message, place.span, expected=wanted)
    return None


def _said_there(said: tuple[s.Expr, ...], report: Report) -> e.Value | None:
    (rule,) = said
    name = rule.name if isinstance(rule, s.Ref) else None
    if name is not None and name.text in RULES:
        return e.Value(RULE, name.text)
    report.unknown("rule for the ends of months", "" if name is None else name.text, rule.span, RULES)
    return None


def with_months(program: Program, written: Written, known: OfObjects[bool]) -> Program:
    """The program with the rule for the ends of months, if anything that is written counts in months; what a
    law itself declares of it counts. `known`: of declarations, whether they do.
    """
    if not any(any(word in each.text for word in _WORDS) for each in written.documents.values()):
        return program
    said = (*(unit.decl for unit in written.base), *(change.decl for change in written.changes))
    if not any(known.of(each, partial(_counts_in_months, each)) for each in said):
        return program
    own = {declared_name(unit.decl) for unit in program.units} | {
        item.syntax.meaning.name.text
        for unit in program.units
        for item in unit.items
        if isinstance(item.syntax.meaning, s.Define)
    }
    added = (each for each in _declared() if declared_name(each.decl) != MONTH_END or MONTH_END not in own)
    return replace(program, units=(*added, *program.units))


@cache
def _declared() -> tuple[Unit, ...]:
    written = Written(Report())
    written.read({MONTHS_PAGE: PAGE}, generated=True)
    return tuple(written.base)
