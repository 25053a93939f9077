"""`redline explain`: every check and why, what is set, files, what is not said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.permit_edits import edited
from tests.support.places import PERMITS
from tests.support.running import Run

LAW = ("--spec", str(PERMITS / "spec"))
STRANGER = (
    *("--set", "lives(ann, elm)"),
    *("--request", "sender=bo", "--request", "kind=Trader"),
    *("--request", "act=Apply", "--request", "street=elm"),
)


def test_explain_tells_every_check_and_what_changes(run: Run) -> None:
    """A trader is exempt under the new by-laws: who asks, by what limb, who holds the permit then."""
    code, out, _ = run("explain", "--version", "new", *LAW, *STRANGER)
    assert code == 0
    assert "Stranger bo, as Trader, makes an application for Street elm" in out
    assert "exempt from    By-law 1 (residence), by By-law 2(a)" in out
    assert "The permit holder of Street elm is now Stranger bo (before: nobody)." in out
    assert out.splitlines()[-1].startswith(
        "Repeat with: redline explain --version new --set 'lives(ann, elm)'"
    )


def test_explain_uses_the_last_version_and_says_which_check_refuses(run: Run) -> None:
    """Without `--version` it is `new`; the refusing check comes with its code and its reason."""
    code, out, _ = run("explain", *LAW, *STRANGER, "--set", "inner(elm)")
    assert code == 0
    assert "One request in new" in out
    assert "REFUSES        By-law 1 (residence): P1, does not live there" in out
    assert "but: Stranger bo does not live in Street elm." in out
    assert "Refused at the desk, P1." in out


def test_explain_takes_back_what_is_set_again(run: Run) -> None:
    """A street that is held is refused; setting it again to `none` frees it."""
    held = ("--set", "holder(elm)=ann")
    assert "Refused at the desk" in run("explain", *LAW, *STRANGER, *held)[1]
    assert "Refused at the desk" not in run("explain", *LAW, *STRANGER, *held, "--set", "holder(elm)=none")[1]


def test_explain_warns_of_a_situation_outside_the_axioms(run: Run) -> None:
    """A situation that no law allows is still explained, with a note that names the axiom."""
    code, out, _ = run("explain", *LAW, *STRANGER, "--set", "lives(Office, elm)")
    assert code == 0
    assert "Note: the situation breaks the axiom `the-office-lives-nowhere`" in out


def test_explain_asks_for_what_the_answer_turns_on(run: Run, tmp_path: Path) -> None:
    """A value that decides is not guessed but asked for; where it decides nothing it is not asked."""
    folders = edited(
        tmp_path, "fixed inner(Street)", "enum Zone: Core, Rim\nfixed zone(Street): Zone\nfixed inner(Street)"
    )
    text = (tmp_path / "spec/permits.md").read_text(encoding="utf-8")
    (tmp_path / "spec/permits.md").write_text(
        text.replace("not inner(street)", "zone(street) is Rim"), encoding="utf-8"
    )
    code, _, err = run("explain", *folders[:2], *STRANGER)
    assert code == 2
    assert "the answer turns on `zone(elm)`, which was not said" in err
    assert "--set 'zone(elm)=Core'" in err
    assert run("explain", *folders[:2], *STRANGER, "--set", "lives(bo, elm)")[0] == 0


def test_explain_asks_for_numbers_and_days_as_they_are_written(run: Run, tmp_path: Path) -> None:
    """What is to be said is shown by an example that can be said: with the decimals of its quantity, and a
    day for a date. What is none says why: £ has two decimals here, and is never negative.
    """
    folders = edited(
        tmp_path,
        "fixed inner(Street)",
        'quantity money "£" with 2 decimals, never negative\nfixed fee(Street): money\n'
        "fixed opened: date\nfixed inner(Street)",
    )
    page = tmp_path / "spec/permits.md"
    text = page.read_text(encoding="utf-8")
    limits = "fee(street) at most 70 and opened earlier than 1 April 2026"
    page.write_text(text.replace("not inner(street)", limits), encoding="utf-8")
    code, _, err = run("explain", *folders[:2], *STRANGER)
    assert code == 2
    assert "--set 'fee(elm)=70.50'" in err
    said = ("--set", "fee(elm)=60.50")
    assert "--set 'opened=2026-04-01'" in run("explain", *folders[:2], *STRANGER, *said)[2]
    every = (*said, "--set", "opened=2026-03-01")
    assert run("explain", *folders[:2], *STRANGER, *every)[0] == 0
    err = run("explain", *folders[:2], *STRANGER, "--set", "fee(elm)=70.505")[2]
    assert "with at most 2 decimals and not negative" in " ".join(err.split())


DESCRIBED = """\
version = "old"

[situation]
"lives(ann, elm)" = true
"holder(elm)" = "ann"

[request]
sender = "ann"
kind = "Resident"
act = "Transfer"
street = "elm"
heir = "bo"
"""


@pytest.mark.parametrize(
    ("name", "text"), [("a.toml", DESCRIBED), ("a.md", f"# Ann\n\n```toml\n{DESCRIBED}```\n")]
)
def test_explain_reads_a_file_and_the_command_line_has_the_last_word(
    run: Run, tmp_path: Path, name: str, text: str
) -> None:
    """TOML alone or in Markdown is read; `--set` beside the file overrides it."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    code, out, _ = run("explain", str(file), *LAW)
    assert code == 0
    assert "One request in old" in out
    assert "is now Stranger bo (before: Resident ann)." in " ".join(out.split())
    assert "Refused at the desk, P3." in run("explain", str(file), *LAW, "--set", "holder(elm)=bo")[1]


@pytest.mark.parametrize(
    "text", ["x = [", "[situations]\n", "situation = 3\n", "[request]\nsender = 3\n", "\udcff"]
)
def test_a_file_that_cannot_be_understood_is_bad_usage(run: Run, tmp_path: Path, text: str) -> None:
    """Broken TOML, an unknown table, a wrong type and bytes that are no text end with 2 and a message."""
    file = tmp_path / "a.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    code, out, err = run("explain", str(file), *LAW)
    assert (code, out) == (2, "")
    assert err


def test_explain_as_json_has_the_situation_as_understood(run: Run) -> None:
    """The document has the decision, and of the situation what was set and nothing else."""
    code, out, _ = run("explain", *LAW, *STRANGER, "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["schema"] == "redline.explain/1"
    assert document["accepted"] is True
    assert document["situation"]["values"] == [
        {"function": "lives", "arguments": ["ann", "elm"], "value": True}
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--request", "heir=ann"), "does not carry `heir`"),
        (("--set", "version(Desk)=newer"), "there is no version `newer`"),
    ],
)
def test_what_does_not_fit_the_law_is_bad_usage(run: Run, more: tuple[str, ...], said: str) -> None:
    """What a request of that kind cannot carry, and a version that is not there, are named."""
    code, out, err = run("explain", *LAW, *STRANGER, *more)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())
