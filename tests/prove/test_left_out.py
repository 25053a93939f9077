"""Nothing is left unasked without a word: every claim that can be asked is, and the others are named."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from checker.interface import loaded_law
from tests.support.places import PERMITS
from tests.support.running import Run

NEWER = """
version newer "the by-law once more" is new with AGAIN
modification AGAIN "Once more"
"""
OWN = """
claim 4 own "Permits can be given."
    from "Gazette 7"
    for s: Street
    possibly holder(s) is present by requests
    expect proved in newer
claim 5 bound "What is old stays within what is new."
    from "Gazette 7"
    old allows no more than new
    expect proved in new
claim 6 moving "A permit can be given while versions change."
    from "Gazette 7"
    for s: Street
    possibly holder(s) is present by requests
    with deployment steps over old, new
    expect proved in old, new
"""


def law(place: Path, spec: str = "", claims: str | None = "") -> tuple[str, ...]:
    """The permits, with more in them; `claims`: None for none at all."""
    copytree(PERMITS / "spec", place / "spec")
    copytree(PERMITS / "properties", place / "properties")
    if spec:
        (place / "spec" / "more.md").write_text(f"# More\n\n```redline{spec}```\n", encoding="utf-8")
    if claims:
        (place / "properties" / "more.md").write_text(f"# More\n\n```redline{claims}```\n", encoding="utf-8")
    if claims is None:
        (place / "properties" / "claims.md").write_text("# No claims\n", encoding="utf-8")
    return ("--spec", str(place / "spec"), "--properties", str(place / "properties"))


def test_ones_own_claim_takes_no_other_away(run: Run, tmp_path: Path) -> None:
    """That one claim expects something of a new version does not keep the others from it."""
    told = law(tmp_path, NEWER, OWN)
    code, out, _ = run("prove", "--version", "newer", "--stories", "none", "--jobs", "1", *told)
    rows = [line.split()[0] for line in out.splitlines()[4:8]]
    assert (code, rows) == (0, ["1", "2", "3", "4"])
    assert "4 verdicts" in out
    assert "1 as expected, 3 without an expectation" in " ".join(out.split())
    assert "Not asked: 2 claims" in out
    assert "5 in newer: names the columns that it is about" in out
    assert "6 in newer: is about deployments over old and new alone" in out


def test_json_says_what_was_left_out(run: Run, tmp_path: Path) -> None:
    """Machines are told the same."""
    told = law(tmp_path, NEWER, OWN)
    _, out, _ = run("prove", "--version", "newer", "--jobs", "1", "--format", "json", *told)
    found = json.loads(out)
    assert {each["claim"]["number"] for each in found["results"]} == {"1", "2", "3", "4"}
    assert [(each["claim"], each["column"]["text"]) for each in found["left_out"]] == [
        ("5", "newer"),
        ("6", "newer"),
    ]


@pytest.mark.parametrize(
    "column", ["newer under strict", "newer without the-office-lives-nowhere", "newer staged"]
)
def test_other_columns_are_held_against_all_claims(run: Run, tmp_path: Path, column: str) -> None:
    """A column is held against every claim, whatever one claim expects of it."""
    told = law(tmp_path, NEWER, OWN.replace("in newer\n", f"in newer, {column}\n"))
    _, out, _ = run("prove", "--version", column, "--jobs", "1", "--format", "json", *told)
    assert {each["claim"]["number"] for each in json.loads(out)["results"]} == {"1", "2", "3", "4"}


def test_a_version_that_nobody_asks_about_is_named(run: Run, tmp_path: Path) -> None:
    """Without a column named, what authors expect is asked; a version they say nothing of is not."""
    told = law(tmp_path, NEWER)
    code, out, _ = run("prove", "--stories", "none", "--jobs", "1", *told)
    assert code == 0
    assert "newer: no claim has an expectation there; `--version newer` asks all claims" in out


def test_diff_names_the_claims_that_it_leaves_out(run: Run, tmp_path: Path) -> None:
    """Claims that name other columns are not compared, and that is said."""
    told = law(tmp_path, NEWER, OWN)
    _, out, _ = run("diff", "new", "newer", "--claims", "--jobs", "1", *told)
    assert "None of the 4 claims that were asked." in out
    assert "Not asked: 2 claims" in out


COMMANDS = (
    ("prove",),
    ("prove", "--version", "new"),
    ("prove", "--staged"),
    ("prove", "--format", "json"),
    ("diff", "old", "new", "--claims"),
    ("cover", "new"),
    ("rollout", "old", "new"),
    ("register",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_law_without_claims_is_no_success(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Where there is no claim nothing is shown, and what was looked at is said."""
    code, out, err = run(*command, *law(tmp_path, claims=None))
    said = out if "json" in command else err
    assert (code, out + err) == (2, said)
    assert "there is no claim to be asked" in said
    assert "properties" in "".join(said.split())  # perhaps broken where a line ends
    assert "0 claims in them" in " ".join(said.split())


def test_nothing_to_ask_is_no_success(run: Run, tmp_path: Path) -> None:
    """Options that leave no claim to be asked end with 2, and every claim is named with the reason."""
    only = OWN.split("claim 5", maxsplit=1)[0].replace("in newer", "in new under strict")
    told = law(tmp_path)
    (tmp_path / "properties" / "claims.md").write_text(f"# Claims\n\n```redline{only}```\n", encoding="utf-8")
    code, out, err = run("prove", "--quick", *told)
    assert (code, out) == (2, "")
    assert "4: expects nothing of a version or deployment as it stands" in " ".join(err.split())


# -------------------------------------------------------------------- folders


def rename(place: Path, name: str) -> None:
    (place / name).rename(place / "elsewhere")


@pytest.mark.parametrize("gone", ["spec", "properties"])
@pytest.mark.parametrize(
    "command", [("prove", "2"), ("show", "new"), ("diff", "old", "new"), ("lint",)], ids=" ".join
)
@pytest.mark.parametrize("deep", [False, True])
def test_one_folder_without_the_other_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str, command: tuple[str, ...], deep: bool
) -> None:
    """A law without claims beside it, or claims without a law, is no reason to ask another law."""
    law(tmp_path)
    rename(tmp_path, gone)
    (tmp_path / "deep").mkdir()
    monkeypatch.setattr(loaded_law, "files", lambda _: PERMITS.parent / "nowhere")
    monkeypatch.chdir(tmp_path / "deep" if deep else tmp_path)
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert f"no `{gone}/` beside it" in " ".join(err.split())


def test_the_nearest_folder_counts(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A law nearby whose claims are missing is refused, though there is a whole one further up."""
    law(tmp_path)
    law(tmp_path / "near")
    rename(tmp_path / "near", "properties")
    monkeypatch.chdir(tmp_path / "near")
    assert run("prove", "2")[0] == 2


def test_a_folder_that_is_told_brings_the_one_beside_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names the law alone means the claims beside it; where there are none, that is said."""
    law(tmp_path)
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    code, out, _ = run("prove", "2", "--spec", "../spec", "--jobs", "1")
    assert (code, "permits-happen" in out) == (0, True)
    copytree(tmp_path / "spec", tmp_path / "away" / "alone" / "law")
    monkeypatch.chdir(tmp_path / "away" / "alone")
    (tmp_path / "spec").rename(tmp_path / "spec-away")
    (tmp_path / "properties").rename(tmp_path / "properties-away")
    code, out, err = run("prove", "2", "--spec", "law")
    assert (code, out, "no `properties/` beside `law`" in err) == (2, "", True)
    assert run("show", "new", "--spec", "law")[0] == 0


SHIPPED = (
    ("prove", "2", "--jobs", "1"),
    ("diff", "old", "new", "--jobs", "1"),
    ("lint", "--jobs", "1"),
    ("who", "3", "--jobs", "1"),
    ("rollout", "old", "new", "--jobs", "1"),
    ("show", "new"),
    ("cover", "new", "--clause", "By-law 3", "--jobs", "1", "--format", "markdown"),
    ("register", "--quick", "--jobs", "1"),
)


@pytest.mark.parametrize("command", SHIPPED, ids=" ".join)
def test_the_shipped_law_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Where nothing is at hand the first line says whose law is asked, and so does what repeats the run."""
    law(tmp_path / "package" / "shipped")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(loaded_law, "files", lambda _: tmp_path / "package")
    _, out, _ = run(*command)
    assert out.splitlines()[0].startswith("This is the law shipped with redline")
    if "Repeat with" in out:
        assert f"--spec {tmp_path / 'package' / 'shipped' / 'spec'}" in out.splitlines()[-1]


def test_machines_are_told_of_the_shipped_law(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON says whose law it is about."""
    named = law(tmp_path / "package" / "shipped")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(loaded_law, "files", lambda _: tmp_path / "package")
    told = json.loads(run("prove", "2", "--jobs", "1", "--format", "json")[1])
    assert told["shipped"] is True
    assert "package/shipped/spec" in told["command"]
    assert json.loads(run("prove", "2", "--jobs", "1", "--format", "json", *named)[1])["shipped"] is False


# ---------------------------------------------------------------------- words

BANS = """
version newer "the by-law once more" is new with AGAIN
modification AGAIN "Once more"
by AGAIN insert after "By-law 2(a)":
state banned(Person) "{1} is banned"
"""
BANNED = """
claim 4 nobody-banned "Nobody is banned." from "x"
    for p: Person
    always not banned(p)
    expect refuted in newer
"""


def test_a_claim_about_words_that_a_version_has_not_is_named(run: Run, tmp_path: Path) -> None:
    """A claim that speaks of what only a later version has is not asked of an earlier one, by name."""
    told = law(tmp_path, BANS, BANNED)
    code, out, _ = run("prove", "--version", "old", "--stories", "none", "--jobs", "1", *told)
    assert (code, "3 verdicts" in out) == (0, True)
    assert "4 in old: mentions `banned`, which is not declared there" in out
    _, out, _ = run("diff", "old", "newer", "--claims", "--jobs", "1", *told)
    assert "4: mentions `banned`, which is not declared there" in out


def test_where_its_author_asks_it_all_the_same_it_is_unknown(run: Run, tmp_path: Path) -> None:
    """An author may expect a verdict there: it is unknown, with the word."""
    told = law(tmp_path, BANS, BANNED.replace("in newer", "in newer, old"))
    code, out, _ = run("prove", "4", "--stories", "none", "--jobs", "1", *told)
    assert code == 3
    assert "it mentions `banned`, which `old` does not have" in " ".join(out.split())


@pytest.mark.parametrize("expected", ["newer", "newer, old"])
def test_export_takes_every_claim_that_can_be_asked(run: Run, tmp_path: Path, expected: str) -> None:
    """What is exported does not hang on who expects what; what cannot be asked is named."""
    told = law(tmp_path, BANS, BANNED.replace("in newer", f"in {expected}"))
    for version, claims in (("newer", "1234"), ("old", "123")):
        _, out, _ = run("export", "--tla", str(tmp_path / version), "--version", version, *told)
        assert [each for each in "1234" if f": claim {each}, " in out] == list(claims)
    assert "4 in old: mentions `banned`, which is not declared there" in out
