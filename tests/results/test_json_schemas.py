"""The schemas that are shipped are those of the types, and documents are what they say."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

import checker
from checker.cli import run as run_command
from checker.documents import DOCUMENTS, SHIPPED, schema_of, shipped_schema
from checker.report import json_documents
from tests.support.places import LIBRARY, PERMITS
from tests.support.schemas import check, check_if_document, dumped, validator

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))
BOOKS = ("--spec", str(LIBRARY / "spec"), "--properties", str(LIBRARY / "properties"))
APPLY = ("--request", "sender=ann", "--request", "kind=Resident", "--request", "act=Apply")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: str) -> tuple[int, str, str]:
        code = run_command((*arguments, "--format", "json"))
        out, err = capsys.readouterr()
        return code, out, err

    return running


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_shipped_is_what_the_types_say(name: str) -> None:
    """Mended by `python -m checker.documents`; a change of a field is seen in what is committed."""
    assert shipped_schema(name) == schema_of(name)


def test_nothing_else_is_shipped() -> None:
    """There is a schema for each document, and no other file."""
    assert sorted(each.name for each in SHIPPED.iterdir()) == sorted(
        f"redline.{each}.json" for each in DOCUMENTS
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_is_one(name: str) -> None:
    """Each file is a valid schema that names its document and describes it."""
    schema = json.loads(shipped_schema(name))
    Draft202012Validator.check_schema(schema)
    own = schema["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    assert own["properties"]["schema"]["enum"][0].startswith(f"redline.{name}/")
    assert own["description"]


def test_whoever_writes_documents_is_checked() -> None:
    """While tests run, every module that writes documents has them held against their schemas."""
    own = Path(checker.__file__).parent
    paths = [each for each in own.rglob("*.py") if "import dumped" in each.read_text(encoding="utf-8")]
    names = [".".join(each.relative_to(own.parent).with_suffix("").parts) for each in paths]
    assert len(names) > 3
    for module in (json_documents, *map(importlib.import_module, names)):
        assert vars(module)["dumped"] is dumped, module


def test_what_a_program_prints_is_checked() -> None:
    """A document that a program prints may not lack a field; what is no document of ours may be anything."""
    for text in ("Claim 1 is proved.\n", "[1, 2]", '{"schema": "redline.journal/1"}'):
        check_if_document(text)
    with pytest.raises(AssertionError, match="required property"):
        check_if_document('{"schema": "redline.lint/1"}')


def test_the_schema_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """`redline schema` prints what is shipped, and refuses a name that it does not know."""
    assert run_command(("schema", "diff")) == 0
    assert capsys.readouterr().out == shipped_schema("diff")
    assert run_command(("schema", "dif")) == 2
    assert "there is no document `dif`" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("prove", "--blame", "--assumptions"),
        ("prove", "3", "--staged"),
        ("diff", "old", "new under strict", "--claims"),
        ("cover", "new", "--clause", "By-law 3", "--budget", "5"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_document_is_its_type_and_is_what_its_schema_says(run: Run, arguments: tuple[str, ...]) -> None:
    """It says nothing that its type does not know, and comes back the same through the type. So do the
    documents of other commands in `interface/test_api.py`.
    """
    _, out, err = run(*arguments, *FOLDERS, "--jobs", "1")
    assert err == ""
    document = json.loads(out)
    name = arguments[0]
    assert document["schema"].startswith(f"redline.{name}/")
    check(out)
    again = msgspec.convert(document, DOCUMENTS[name])
    assert json.loads(json.dumps(msgspec.to_builtins(again))) == document


def test_an_export_and_evidence_have_documents(run: Run, tmp_path: Path) -> None:
    """The documents of `export` and `certify` are what their schemas say."""
    code, out, _ = run("export", "2", "--tla", str(tmp_path / "tla"), *FOLDERS)
    assert code == 0
    check(out)
    files = json.loads(out)["files"]
    assert {each.name: each.read_text("utf-8") for each in (tmp_path / "tla").iterdir()} == files
    assert run("prove", "2", "--evidence", str(tmp_path / "e"), "--jobs", "1", *FOLDERS)[0] == 0
    code, out, _ = run("certify", str(tmp_path / "e"), "--solver", "z3", "--jobs", "1", *FOLDERS)
    assert code == 0
    check(out)


def test_a_document_with_a_wrong_field_is_seen(run: Run) -> None:
    """The validator is no rubber stamp: another type, another word and a new field are each refused."""
    document = json.loads(run("show", "new", *FOLDERS)[1])
    changes: tuple[dict[str, object], ...] = (
        {"shipped": "no"},
        {"column": None},
        {"more": 1},
        {"clauses": [{}]},
    )
    for wrong in changes:
        with pytest.raises(ValidationError):
            validator("show").validate({**document, **wrong})
    kind = {**document["clauses"][0], "kind": "quoted"}
    with pytest.raises(ValidationError):
        validator("show").validate({**document, "clauses": [kind]})


# ---------------------------------------------------------------- diagnostics


def test_a_mistake_in_the_law_has_its_place(run: Run, tmp_path: Path) -> None:
    """The place in a diagnostic is that of the misspelt word."""
    (tmp_path / "spec").mkdir()
    (tmp_path / "properties").mkdir()
    for folder in ("spec", "properties"):
        for page in (PERMITS / folder).glob("*.md"):
            text = page.read_text("utf-8").replace("requires lives(sender", "requires livs(sender")
            (tmp_path / folder / page.name).write_text(text, "utf-8")
    told = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
    code, out, err = run("prove", *told)
    assert (code, err) == (2, "")
    check(out)
    (found,) = json.loads(out)["diagnostics"]
    line = Path(found["file"]).read_text("utf-8").split("\n")[found["line"] - 1]
    start = found["column"] - 1
    assert line[start : start + found["length"]] == "livs"
    assert (found["nearest"], found["hint"]) == ("lives", "did you mean `lives`?")
    assert "`livs`" in found["message"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("prove", "9", *FOLDERS), "unknown-name", "there is no claim `9`"),
        (("prove", "--budget", "soon"), "usage", "soon"),
        (("prove", "--spec", "/nowhere"), "usage", "/nowhere"),
        (("diff", "old", *FOLDERS), "bad-option", "NEW is missing"),
        (("show", "newer", *FOLDERS), "unknown-name", "`newer`"),
        (("explain", *APPLY, *FOLDERS[:2]), "ill-formed-request", "`street`"),
    ],
)
def test_bad_input_is_a_document(run: Run, arguments: tuple[str, ...], code: str, said: str) -> None:
    """Whatever is wrong with what was typed: one document, exit code 2, and nothing on standard error."""
    exit_code, out, err = run(*arguments)
    check(out)
    document = json.loads(out)
    assert (exit_code, err) == (document["exit"], "") == (2, "")
    (found,) = document["diagnostics"]
    assert found["code"] == code
    assert said in found["message"]
    assert found["line"] is None


def test_what_is_not_written_is_no_answer(run: Run, tmp_path: Path) -> None:
    """Where evidence cannot be written, the one document says so, and is not the verdicts."""
    place = tmp_path / "there"
    place.mkdir()
    (place / "letter.txt").write_text("mine", "utf-8")
    code, out, _ = run("prove", "2", "--evidence", str(place), "--jobs", "1", *FOLDERS)
    assert code == 2
    assert json.loads(out)["schema"] == "redline.diagnostics/1"
