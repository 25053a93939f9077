"""Tables of requirements: what is in the cells, and that the register says what no claim cites."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import checker
from checker.api import SpecError
from checker.office.read_xlsx import read_xlsx

HEAD = ("ID", "Requirement", "Priority")
CLAIM = """

```redline
claim 1 nothing "Nothing is claimed."
    from "Needs 1"
    always true
    expect proved in baseline
```

## R2"""


def _book(*rows: tuple[Any, ...], merged: str = "", title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _rows(data: bytes, header: int | None = None) -> tuple[tuple[str, ...], ...]:
    (sheet,) = read_xlsx("x.xlsx", data, header).sheets
    return sheet.rows


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\n b ", "a b"),
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (dt.date(2024, 5, 31), "2024-05-31"),
        (dt.datetime.fromisoformat("2024-05-31T09:30"), "2024-05-31 09:30:00"),
        (dt.time(9, 30), "09:30:00"),
        ("a\u202eb", "a\\u202eb"),
    ],
)
def test_values_are_texts(value: object, text: str) -> None:
    """Dates as in ISO 8601, whole numbers without a point, and letters that nobody sees as escapes."""
    assert _rows(_book(HEAD, ("R1", value)))[1][1] == text


def test_merged_cells_are_filled() -> None:
    """Down and to the right."""
    rows = _rows(_book(HEAD, ("R1", "a", "Must"), ("R2", "b", None), merged="C2:C3"))
    assert rows[1:] == (("R1", "a", "Must"), ("R2", "b", "Must"))


def test_the_head_is_found_or_given() -> None:
    """It is the first row with different texts in half of the columns; what stands above it is kept apart."""
    data = _book(("Requirements of the change",), (), HEAD, ("R1", "a", "Must"), ("R2", "b", "Must"))
    (sheet,) = read_xlsx("x.xlsx", data).sheets
    assert (sheet.above, sheet.rows[0]) == (("Requirements of the change",), HEAD)
    assert _rows(data, header=4)[0] == ("R1", "a", "Must")
    with pytest.raises(SpecError, match="row 2 of the sheet `Sheet` is empty"):
        read_xlsx("x.xlsx", data, header=2)
    with pytest.raises(SpecError, match="row 9 of the sheet"):
        read_xlsx("x.xlsx", data, header=9)


def test_a_formula_without_a_value_is_named() -> None:
    """It was never calculated, so nobody knows what it gives."""
    book = read_xlsx("x.xlsx", _book(HEAD, ("R1", "=1+1", "Must")))
    assert book.sheets[0].rows[1] == ("R1", "", "Must")
    assert book.lost == ("the formula in B2 of “Sheet”, which has no value",)


def test_a_sheet_that_says_it_is_endless_is_refused() -> None:
    """A cell far away makes no table of millions of empty ones."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["XFD1048576"] = "far"
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(SpecError, match="says that it has 1,048,576 rows and 16,384 columns"):
        read_xlsx("x.xlsx", made.getvalue())


@pytest.mark.parametrize("data", [_book(), _book((None, " "))])
def test_an_empty_workbook_is_refused(data: bytes) -> None:
    """There is nothing to claim."""
    with pytest.raises(SpecError, match="there is no text in it"):
        read_xlsx("x.xlsx", data)


def test_the_register_says_which_requirements_no_claim_cites(tmp_path: Path) -> None:
    """A claim under the quote of one requirement cites that one, and no other."""
    file = tmp_path / "needs.xlsx"
    rows = (("R1", "The DCC shall check | *it*.", "Must"), ("R2", "Nobody else.", "Could"))
    file.write_bytes(_book(("Needs",), HEAD, *rows))
    checker.import_document(file, source="Needs").write(tmp_path / "law")
    page = tmp_path / "law/properties/10-Needs-claims.md"
    first = checker.load(tmp_path / "law/spec", tmp_path / "law/properties")
    uncited = _uncited(first)
    assert uncited == ["R1 The DCC shall check | *it*. Must", "R2 Nobody else. Could"]
    page.write_text(page.read_text().replace("\n\n### R2", CLAIM.replace("## R2", "### R2"), 1))
    second = checker.load(tmp_path / "law/spec", tmp_path / "law/properties")
    assert _uncited(second) == ["R2 Nobody else. Could"]
    assert "R2 Nobody else. Could" in second.register(quick=True).markdown


def _uncited(law: checker.Law) -> list[str]:
    sections = (section for source in law.regime.sources for section in source.sections)
    return [each for section in sections for one in section.passages for each in one.uncited]
