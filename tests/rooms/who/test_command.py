"""`redline who`: what it prints, how it ends, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.language.diagnostics import SpecError
from checker.regime.additions import with_claims
from checker.regime.load import load_regime
from checker.rooms.who.find import Typed, question_of
from tests.support.places import PERMITS
from tests.support.running import Run

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))


def test_the_report_names_the_coalition_and_tells_the_trap(run: Run) -> None:
    """It names who can, says that the others cannot, and how to ask again."""
    code, out, _ = run("who", "3", "--version", "old", *FOLDERS)
    assert code == 0
    assert "  1. the permit holder of s\n" in out
    assert "Everybody but the permit holder of s, together, cannot, from any such" in out
    assert "Repeat with: redline who 3 --version old --spec" in out
    assert max(map(len, out.splitlines()[:-1])) <= 80


@pytest.mark.thorough
def test_all_tells_every_way_and_the_trap_as_a_story(run: Run) -> None:
    """A story, and no hint how to get it; without it, one sentence says why the others cannot."""
    asked = ("who", "3", "--version", "old", *FOLDERS)
    _, short, _ = run(*asked)
    _, full, _ = run(*asked, "--all")
    assert "`--all`" in short
    assert "At the start" not in short
    assert "At the start\n" in full
    assert "Every way" not in full
    assert len(short.splitlines()) < len(full.splitlines())


def test_the_claims_that_can_be_asked_are_listed(run: Run) -> None:
    """Without a claim, it is bad usage, and the claims of the right form are told with their sentences."""
    code, out, err = run("who", *FOLDERS)
    assert (code, out) == (2, "")
    assert "claim 3: A holder can give a permit away." in err
    assert "claim 1:" not in err


@pytest.mark.thorough
def test_columns_that_are_alike_are_told_together(run: Run) -> None:
    """The question once, and one answer for both versions."""
    _, out, _ = run("who", "3", *FOLDERS)
    assert out.count("Who can bring it about") == 1
    assert "In old and new\n" in out


def test_a_question_that_is_typed(run: Run) -> None:
    """A question of one's own, by options, has its answer as data."""
    code, out, _ = run(
        *(
            "who",
            "--for",
            "s: Street",
            "--if",
            "held(s)",
            "--goal",
            "holder(s) is Office",
            "--format",
            "json",
        ),
        *("--member", "holder(s)", "--version", "old", *FOLDERS),
    )
    said = json.loads(out)
    assert (code, said["schema"], said["exit"]) == (0, "redline.who/1", 0)
    (column,) = said["columns"]
    assert (column["condition"], column["goal"]) == ("held(s)", "holder(s) is Office")
    assert [each["members"] for each in column["coalitions"]] == [["holder(s)"]]
    assert [each["without"] for each in column["barred"]] == [["holder(s)"]]


def test_the_evidence_is_certified(run: Run, tmp_path: Path) -> None:
    """Each strategy, each trap and each "never" is checked again, from the folder."""
    code, _, _ = run(
        "who", "3", "--version", "old", "--evidence", str(tmp_path / "e"), "--jobs", "1", *FOLDERS
    )
    assert code == 0
    code, out, _ = run("certify", str(tmp_path / "e"), *FOLDERS)
    assert code == 0
    assert "certified" in out


def test_nothing_of_the_kind_exits_with_4(run: Run) -> None:
    """A question about no situation has the exit code of what is vacuous."""
    code, out, _ = run("who", "--for", "s: Street", "--if", "false", "--goal", "held(s)", *FOLDERS)
    assert code == 4
    assert "There is no such situation." in out


ANOTHER = (
    ", then possibly true by requests expect proved in old"
    ' claim 99 other "Another." from "K" for s: Street always, if false'
)


TWO = 'always true expect proved in old claim 99 other "Another." from "K" for s: Street'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "what is to be brought about is not said"),
        (("3", "--goal", "held(s)"), "a claim says itself what is to be brought about"),
        (("1",), "claim `holders-live-there` does not ask what users can bring"),
        (("--goal", "held(t)"), "`--goal`, character 6: there is no name `t`\n"),
        (
            ("--for", "s: Street", "--goal", "held(s) by event none"),
            "`--goal`, character 9: `by` cannot stand",
        ),
        (
            ("--for", "s: Street", "--goal", "held(s)", "--if", f"true{ANOTHER}"),
            "`--if`, character 5: `,` cannot",
        ),
        (("--for", f"s: Street {TWO}", "--goal", "held(s)"), "say more than what is bound and given"),
        (("3", "--member", "s"), "`s` is a Street\n   expected: a Person"),
        (("9",), "there is no claim `9`"),
    ],
)
def test_mistakes_are_told(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Each mistake in the options is bad usage, with what is wrong."""
    code, out, err = run("who", *arguments, *FOLDERS)
    assert (code, out) == (2, "")
    assert said in err


def test_what_cannot_be_asked_is_an_error_of_the_law() -> None:
    """A formula with an unknown name is refused like one in a claim."""
    with pytest.raises(SpecError):
        Typed("s: Street", (), "true", "broken(s)").asked(
            load_regime(PERMITS / "spec", PERMITS / "properties"), "redline who"
        )


def test_a_claim_about_deployments_that_it_names_is_no_question() -> None:
    """It says of which deployments it speaks; who can do what in a column is another question."""
    regime = load_regime(PERMITS / "spec", PERMITS / "properties")
    text = (
        '```redline\nclaim 9 given "A permit can be given." from "K" for s: Street\n'
        "    always, if not held(s), then possibly held(s) by requests\n"
        "    in every deployment over old, new where version(Desk) is old\n    expect proved in old\n```\n"
    )
    (claim,) = with_claims(regime, text).claims[len(regime.claims) :]
    with pytest.raises(SpecError, match="does not ask what users can bring about"):
        question_of(claim, "redline who")
