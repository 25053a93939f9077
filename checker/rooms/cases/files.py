"""A test pack as files."""

from __future__ import annotations

import json
import re
from typing import Final, assert_never

from checker.interface.choices import PackForm
from checker.rooms.cases.document import PackDocument
from checker.rooms.cases.feature import feature
from checker.rooms.cases.goals import LEVELS
from checker.rooms.cases.table import csv_of
from checker.rooms.cases.workbook import workbook

JSON: Final = "cases.json"
CSV: Final = "cases.csv"

_MODULE: Final = '''"""The tests of a law, for pytest. Written by redline; the command is `COMMAND`.

Say in a `conftest.py` beside this file, as the fixture `program`, what the program under test answers:

    @pytest.fixture
    def program():
        def answer(row):  # a row of <csv>; row["data"] is the test as JSON
            ...
            return outcome, code  # such as "refused", "X1"; the code is None if there is none

        return answer
"""

import csv
from pathlib import Path

import pytest

COMMAND = <command>
WITHOUT_CODE = "-"

with (Path(__file__).parent / "<csv>").open(newline="", encoding="utf-8") as opened:
    ROWS = [each for each in csv.DictReader(opened) if each["expected"] != "happens"]


def name(row):
    parts = (row["level"], row["id"], row["step"], row["component"], row["index"])
    return "-".join(filter(None, parts))


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_answer(row, program):
    outcome, code = program(row)
    assert outcome == row["expected"], row["sentence"]
    codes = row["codes"].split()
    if codes and WITHOUT_CODE not in codes:
        assert code in codes, row["sentence"]
'''


def files_of(pack: PackDocument) -> dict[str, str | bytes]:
    """Return every file of a pack, by name."""
    features = {f"{file_name(pack.name_of(each))}.feature": feature(pack, each) for each in LEVELS}
    return {
        **features,
        CSV: csv_of(pack),
        "test_cases.py": pytest_of(pack),
        JSON: pack.json(),
        "cases.xlsx": workbook(pack),
    }


def written(pack: PackDocument, form: PackForm) -> str | bytes:
    """Return a pack in one format."""
    match form:
        case "text":
            return pack.text()
        case "json":
            return pack.json()
        case "gherkin":
            return features_of(pack)
        case "csv":
            return csv_of(pack)
        case "pytest":
            return pytest_of(pack)
        case "xlsx":
            return workbook(pack)
        case _:
            assert_never(form)


def features_of(pack: PackDocument) -> str:
    """Return the features of all levels, one after the other."""
    return "\n".join(feature(pack, each) for each in LEVELS)


def pytest_of(pack: PackDocument) -> str:
    """Return a module of tests for pytest, whose parameters are the rows of the CSV file beside it."""
    return _MODULE.replace("<command>", json.dumps(pack.command, ensure_ascii=True)).replace("<csv>", CSV)


def file_name(name: str) -> str:
    """Return the name of a level as that of a file."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "tests"
