"""Tests as rows: one for each level of a test, step and component; as CSV, and as parameters for pytest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Final

from checker.rooms.cases.document import CaseStep, ComponentAnswer, PackDocument, ToldCase
from checker.rooms.cases.given import asked_of
from checker.rooms.cases.goals import LEVELS, Level

COLUMNS: Final = (
    "id",
    "level",
    "title",
    "positive",
    "clauses",
    "words",
    "step",
    "given",
    "sentence",
    "component",
    "index",
    "expected",
    "codes",
    "before",
    "status",
    "data",
)
NO_CODE: Final = "-"
"""In a cell with codes: a refusal without a published code."""


def rows(pack: PackDocument) -> Iterator[dict[str, object]]:
    """Yield a row for each level of a test, each of its steps that is a request, and each component that is
    to answer; end to end and as users, also one for the answer to the request, whose component is empty.
    """
    for level in LEVELS:
        for test in pack.of_level(level):
            for number, step in enumerate(test.steps, 1):
                yield from _of_step(pack, test, level, number, step)


def _of_step(
    pack: PackDocument, test: ToldCase, level: Level, number: int, step: CaseStep
) -> Iterator[dict[str, object]]:
    expected = step.expected
    start: dict[str, object] = {
        "id": test.id,
        "level": pack.name_of(level),
        "title": test.title,
        "positive": "yes" if test.positive else "no",
        "clauses": "; ".join(test.clauses),
        "words": " … ".join(dict.fromkeys(word for each in test.quoted for word in each.words)),
        "step": number,
        "given": "; ".join(test.given),
        "sentence": step.sentence,
        "component": "",
        "index": "",
        "expected": "",
        "codes": "",
        "before": _before(step),
        "status": test.status or "",
        "data": json.dumps(asked_of(pack, test, level), ensure_ascii=False),
    }
    if expected is None:
        if level != "component":
            yield {**start, "expected": "happens"}
        return
    if level != "user":
        for each in expected.components:
            if level == "component" or each.reached:
                yield {**start, **_answer(each)}
    if level != "component":
        yield {**start, "expected": expected.outcome, "codes": _codes(expected.codes)}


def _before(step: CaseStep) -> str:
    before = step.before
    return "" if before is None else " ".join(filter(None, (before.outcome, _codes(before.codes))))


def _answer(each: ComponentAnswer) -> dict[str, object]:
    return {
        "component": each.component,
        "index": each.index or "",
        "expected": each.answer,
        "codes": _codes(each.codes),
    }


def _codes(codes: tuple[str | None, ...]) -> str:
    return " ".join(each or NO_CODE for each in codes)


def csv_of(pack: PackDocument) -> str:
    """Return the rows as CSV with a heading; a cell that a spreadsheet would compute begins with a quote."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in each.items()} for each in rows(pack))
    return written.getvalue()


def harmless(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value != NO_CODE else value
