"""What commands say of bad usage and of folders that hold no law: to people, and to machines."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from checker.commands.group import Commands
from tests.support.places import PERMITS
from tests.support.running import Run
from tests.support.schemas import check

COMMANDS = Commands().list_commands(click.Context(Commands()))
NEEDED = {
    "diff": ("old", "new"),
    "show": ("new",),
    "export": ("new",),
    "cases": ("new",),
    "cover": ("new",),
    "certify": (str(PERMITS),),
}
NO_LAW_AS_JSON = ("cache", "schema", "certify", "init", "watch", "import", "report", "fmt", "lsp", "serve")


def mistakes(out: str) -> list[dict[str, object]]:
    """The diagnostics of a document, which keeps to its schema."""
    check(out)
    document = json.loads(out)
    assert (document["schema"], document["exit"]) == ("redline.diagnostics/1", 2)
    found: list[dict[str, object]] = document["diagnostics"]
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_is_a_document_for_machines(run: Run, command: str) -> None:
    """Whatever the command: where JSON is asked for, an option that there is not is one document, with code
    2 and nothing on standard error.
    """
    code, out, err = run(command, "--format", "json", "--no-such-option")
    assert (code, err) == (2, "")
    (found,) = mistakes(out)
    assert found["code"] == "usage"
    assert str(found["message"]).startswith("no such option `--")


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in NO_LAW_AS_JSON])
def test_a_folder_that_is_not_there_is_a_document_for_machines(run: Run, command: str) -> None:
    """Every command that reads a law and writes JSON says in a document that its folder does not exist."""
    code, out, err = run(command, *NEEDED.get(command, ()), "--spec", "/nowhere", "--format=json")
    assert (code, err) == (2, "")
    (found,) = mistakes(out)
    assert "/nowhere" in str(found["message"])


def test_a_misspelt_command_is_answered_with_the_nearest(run: Run) -> None:
    """People read the nearest name in the sentence; machines find it in its field."""
    code, out, err = run("prvoe")
    assert (code, out) == (2, "")
    assert "Did you mean 'prove'?" in err
    code, out, err = run("prvoe", "--format", "json")
    (found,) = mistakes(out)
    assert (found["nearest"], found["hint"]) == ("prove", "did you mean `prove`?")
    assert found["message"] == "no such command `prvoe`"


def test_a_misspelt_option_is_answered_with_the_nearest(run: Run) -> None:
    """The same for an option."""
    (found,) = mistakes(run("prove", "--versoin", "new", "--format", "json")[1])
    assert found["nearest"] == "--version"


def test_an_empty_folder_says_what_a_law_needs(run: Run, tmp_path: Path) -> None:
    """An empty folder of law is told by its name, with what it must hold and how to begin; nothing is said
    of files that are not there, or of a page of claims that has no mistake.
    """
    (tmp_path / "spec").mkdir()
    for claims in (tmp_path / "properties", PERMITS / "properties"):
        claims.mkdir(exist_ok=True)
        folders = ("--spec", str(tmp_path / "spec"), "--properties", str(claims))
        code, out, err = run("prove", *folders)
        said = " ".join(err.split())
        assert (code, out) == (2, "")
        assert f"there is no page of law in `{tmp_path / 'spec'}`" in said
        assert "a page such as `law.md`" in said
        assert "redline init DIRECTORY" in said
        assert "claims.md" not in said
