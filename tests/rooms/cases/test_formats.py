"""Test packs as files: Gherkin, CSV with a module for pytest, Excel, JSON; and the command."""

from __future__ import annotations

import csv
import io
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from gherkin.parser import Parser

from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.goals import LEVELS
from tests.support import reading_room_program
from tests.support.reading_room import CLAIMS, WORDS, pack_of, reading_room
from tests.support.running import Run

PROGRAM = shlex.join((sys.executable, str(Path(reading_room_program.__file__))))


def pack() -> CasePack:
    return pack_of("open")


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Return the options that name the law, in folders."""
    place = tmp_path_factory.mktemp("law")
    for folder, text in (("spec", WORDS), ("properties", CLAIMS)):
        (place / folder).mkdir()
        (place / folder / "room.md").write_text(text, encoding="utf-8")
    return ("--spec", str(place / "spec"), "--properties", str(place / "properties"), "--jobs", "1")


def parsed(text: str) -> Any:
    """Return what Cucumber's own parser makes of a feature."""
    return Parser().parse(text)


def test_features_are_gherkin() -> None:
    """Cucumber's own parser reads each feature: a scenario for each test, by its id, and its answer last."""
    files = pack().files()
    for level in LEVELS:
        text = str(files[f"{pack().name_of(level)}.feature"])
        document = parsed(text)
        assert document["feature"]["name"] == f"open, {pack().name_of(level)}"
        told = [each["scenario"] for each in document["feature"]["children"]]
        assert [each["name"].split()[0] for each in told] == [each.id for each in pack().of_level(level)]
        for each, case in zip(told, pack().of_level(level), strict=True):
            kinds = [step["keyword"].strip() for step in each["steps"]]
            assert kinds.count("When") == len(case.steps)
            assert {"Given", "Then"} <= set(kinds)
            assert f"@{'positive' if case.positive else 'negative'}" in {tag["name"] for tag in each["tags"]}


def test_a_feature_says_what_each_component_answers() -> None:
    """Of one component alone, what that answers; end to end, each that is reached; as users, the answer."""
    files = pack().files()
    alone, whole, users = (str(files[f"{each}.feature"]) for each in ("PIT", "SIT", "UIT"))
    assert "the gate by itself refuses it with G1" in alone
    assert "the attendant of the east shelf by itself refuses it with S1" in alone
    assert "# Rule 2(a): “(a) whoever keeps” — the sender is the keeper of b" in alone
    assert (
        "    Then the gate lets it pass\n    And the attendant of the west shelf refuses it with S1\n"
        in whole
    )
    assert "    And the request is refused with S1\n" in whole
    assert "attendant" not in "".join(
        line for line in users.split("\n") if line.strip().startswith(("Then", "And the req"))
    )
    assert "    Then the request is refused with G1\n" in users


def test_tables_have_a_row_for_each_answer() -> None:
    """Each row says which test, step and component, and what is expected; `frame` has the same rows."""
    rows = list(csv.DictReader(io.StringIO(str(pack().files()["cases.csv"]))))
    assert pack().frame()["id"] == [each["id"] for each in rows]
    first = pack().of_level("component")[0]
    own = [each for each in rows if (each["id"], each["level"]) == (first.id, "PIT")]
    assert first.steps[0].expected is not None
    assert [each["component"] for each in own] == [x.component for x in first.steps[0].expected.components]
    for each in rows:
        assert json.loads(each["data"])["id"] == each["id"]
        assert "expected" not in each["data"]
        assert each["expected"] in ("passes", "refuses", "accepted", "refused", "happens")


def test_a_cell_is_never_a_formula(tmp_path: Path) -> None:
    """What a spreadsheet would compute is text there, in CSV and in Excel."""
    words = WORDS.replace('Borrow "a loan"', 'Borrow "=1+1"').replace(
        'request "{sender} asks', 'request "=HYPERLINK({sender}) asks'
    )
    found = reading_room(words).cases("shut", stories=False).files()
    rows = list(csv.DictReader(io.StringIO(str(found["cases.csv"]))))
    assert {each["sentence"][:11] for each in rows} == {"'=HYPERLINK"}
    written = found["cases.xlsx"]
    assert isinstance(written, bytes)
    (tmp_path / "cases.xlsx").write_bytes(written)
    book = openpyxl.load_workbook(tmp_path / "cases.xlsx")
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds


def test_a_workbook_has_a_sheet_for_each_level(tmp_path: Path) -> None:
    """With a line for each row of the table, columns to fill in, and a sheet that says what is covered."""
    pack().write(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "cases.xlsx")
    assert book.sheetnames == ["PIT", "SIT", "UIT", "coverage"]
    rows = pack().frame()["level"]
    for level in pack().names:
        sheet = book[level]
        heading = [each.value for each in sheet[1]]
        assert heading[-3:] == ["result", "tester", "date"]
        assert sheet.max_row - 1 == rows.count(level)
    assert book["coverage"].max_row - 1 == len(pack().goals)


@pytest.mark.thorough
def test_the_module_for_pytest_runs(tmp_path: Path) -> None:
    """Beside the table and a fixture that asks a program, pytest finds a test for each row, and the bug."""
    pack().write(tmp_path)
    conftest = f"""
import json, sys, pytest
sys.path.insert(0, {str(Path(reading_room_program.__file__).parent)!r})
import reading_room_program as room

@pytest.fixture
def program():
    def answer(row):
        test = json.loads(row["data"])
        world, request = room.world_of(test["situation"]), test["steps"][-1]["request"]
        gate = row["component"] == "Gate"
        code = room.gate(world, request, stale=False) if gate else room.stack(world, request, bug=True)
        return ("refuses" if code else "passes"), code
    return answer
"""
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:redline",
        "-k",
        "PIT",
        "--tb=line",
    )
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    last = found.stdout.strip().split("\n")[-1]
    assert found.returncode == 1, found.stdout
    assert "failed" in last
    assert "passed" in last
    assert "'passes' == 'refuses'" in found.stdout


def test_the_command_writes_all_files_or_one(run: Run, law: tuple[str, ...], tmp_path: Path) -> None:
    """`--output DIR` gets all formats, `FORMAT:FILE` and a file with an ending one; standard output tells."""
    code, out, err = run(
        "cases",
        "open",
        *law,
        "--no-stories",
        "--output",
        tmp_path / "all",
        "--output",
        f"gherkin:{tmp_path / 'g'}",
        "--output",
        tmp_path / "t.csv",
    )
    assert (code, err) == (0, "")
    assert out.startswith("A test pack for open: ")
    assert len(out.split("\n")) <= 60
    assert max(len(each) for each in out.split("\n") if not each.startswith("Repeat with")) <= 80
    names = {
        "component.feature",
        "end-to-end.feature",
        "user.feature",
        "cases.csv",
        "test_cases.py",
        "cases.json",
    }
    assert {each.name for each in (tmp_path / "all").iterdir()} == {*names, "cases.xlsx"}
    assert (tmp_path / "g").read_text().count("Feature:") == 3
    assert (tmp_path / "t.csv").read_text() == (tmp_path / "all" / "cases.csv").read_text()


def test_the_command_runs_a_program(run: Run, law: tuple[str, ...]) -> None:
    """`--run` reports departures with code 1, as text and as a document; a right program gives 0."""
    code, out, _ = run(
        "cases", "open", *law, "--no-stories", "--run", f"{PROGRAM} --bug", "--component", "Stack"
    )
    assert code == 1
    assert "the law: refuses with S1" in out
    assert "the program: passes" in out
    code, out, err = run("cases", "open", *law, "--no-stories", "--run", PROGRAM, "--format", "json")
    document = json.loads(out)
    assert (code, err, document["departures"]) == (0, "", [])
    assert document["schema"] == "redline.cases-run/1"


def test_the_command_compares_with_an_earlier_pack(run: Run, law: tuple[str, ...], tmp_path: Path) -> None:
    """`--previous` marks what is kept, and writes the pack that the next month compares with."""
    place = tmp_path / "before.json"
    assert run("cases", "shut", *law, "--no-stories", "--output", place)[0] == 0
    code, out, _ = run("cases", "open", *law, "--no-stories", "--previous", place, "--format", "json")
    assert code == 0
    marks = {each["status"] for each in json.loads(out)["cases"]}
    assert marks == {"kept", "new"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--output", "pack.xyz"), "write `csv:pack.xyz`"),
        (("--output", "a.csv", "--output", "a.csv"), "named twice"),
        (("--output", "no/such/a.csv"), "there is no folder"),
        (("--levels", "PIT,SIT"), "tests have three levels"),
        (("--level", "component"), "choose what `--run` gives"),
        (("--run", "true", "--format", "csv"), "`--run` writes a report"),
        (("--run", "no-such-program"), "cannot be run"),
        (("--against", "opne"), "`opne`"),
        (("--previous", "pyproject.toml"), "is not a test pack"),
        (("--time-limit", "0"), "time-limit"),
    ],
)
def test_bad_options_are_refused(run: Run, law: tuple[str, ...], options: tuple[str, ...], said: str) -> None:
    """One diagnostic, exit code 2, and nothing written."""
    code, _, err = run("cases", "open", *law, "--no-stories", *options)
    assert code == 2
    assert said in " ".join(err.split())
