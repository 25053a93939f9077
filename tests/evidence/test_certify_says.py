"""`certify` says what it has no evidence of, and believes neither a law nor a vacuity that it is told."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest

from checker.cli import run as run_command
from checker.evidence.write import MANIFEST, hash_of
from checker.question.verdict import Evidence
from checker.report.json_documents import dumped
from tests.support.evidence_made import BOTH, certified, decided, law, loaded, manifest_of, reasons, written
from tests.support.places import PERMITS

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"), "--jobs", "1")

Run = Callable[..., tuple[int, str, str]]
Files = dict[str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: str) -> tuple[int, str, str]:
        code = run_command(arguments)
        out, err = capsys.readouterr()
        return code, " ".join(out.split()), " ".join(err.split())

    return running


# -------------------------------------------------------------------- missing


def test_whole_evidence_lacks_nothing(run: Run, tmp_path: Path) -> None:
    """Where every claim has its entries, nothing is said to be missing."""
    place = str(tmp_path / "evidence")
    assert run("prove", "--evidence", place, *FOLDERS)[0] == 0
    code, out, _ = run("certify", place, *FOLDERS)
    assert (code, "Not in the folder" in out) == (0, False)


def test_what_has_no_entry_is_named(run: Run, tmp_path: Path) -> None:
    """Evidence of one claim certifies that one, and says which claims and columns it says nothing of."""
    place = str(tmp_path / "evidence")
    assert run("prove", "2", "--version", "old", "--evidence", place, *FOLDERS)[0] == 0
    code, out, _ = run("certify", place, *FOLDERS)
    assert code == 0
    for said in ("claims 1, 3 in old", "claims 1, 2, 3 in new", "claim 1 in new under strict"):
        assert f"Not in the folder: {said}." in out
    found = json.loads(raw(run, "certify", place, "--format", "json", *FOLDERS))
    assert {"column": "new under strict", "claims": ["1"]} in found["missing"]


def raw(run: Run, *arguments: str) -> str:
    return run(*arguments)[1]


def test_a_version_that_nobody_asks_about_is_named(run: Run, tmp_path: Path) -> None:
    """A column of the law of which no claim expects anything has no entry either."""
    copytree(PERMITS / "spec", tmp_path / "spec")
    copytree(PERMITS / "properties", tmp_path / "properties")
    more = '```redline\nversion newer "again" is new with AGAIN\nmodification AGAIN "Once more"\n```\n'
    (tmp_path / "spec" / "more.md").write_text(more, encoding="utf-8")
    folders = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"), "--jobs", "1")
    place = str(tmp_path / "evidence")
    assert run("prove", "--evidence", place, *folders)[0] == 0
    assert "Not in the folder: any claim in newer." in run("certify", place, *folders)[1]


# --------------------------------------------------------------------- former


def edited(place: Path, old: str, new: str) -> Path:
    """The permits with other words in their law."""
    copytree(PERMITS / "spec", place / "spec")
    copytree(PERMITS / "properties", place / "properties")
    page = place / "spec" / "permits.md"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")
    return place / "spec"


def forged(place: Path, old: str, new: str) -> None:
    """Change the law that the folder brings, and the manifest with it."""
    (page,) = (place / "former").rglob("*.md")
    page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    name = page.relative_to(place).as_posix()
    manifest["files"][name] = hash_of(page.read_text(encoding="utf-8"))
    (place / MANIFEST).write_text(dumped(manifest), encoding="utf-8")


THEN = ("requires lives(sender, street)", "requires sender is sender")


def test_the_former_law_is_held_against_the_folder(run: Run, tmp_path: Path) -> None:
    """The law that was compared with is the one that is there, and not one that the evidence brings."""
    then = edited(tmp_path / "then", *THEN)
    place = tmp_path / "evidence"
    assert run("diff", "old", "--before", str(then), "--evidence", str(place), *FOLDERS)[0] == 0
    code, out, _ = run("certify", str(place), *FOLDERS)
    assert code == 0
    assert f"The law is compared with the one in `{then}`, as the folder says." in out
    assert run("certify", str(place), "--before", str(then), *FOLDERS)[0] == 0
    code, out, _ = run("certify", str(place), "--before", str(PERMITS / "spec"), *FOLDERS)
    assert code == 5
    assert "`former` is not the one in" in out


def test_a_former_law_that_nobody_has_is_refused(run: Run, tmp_path: Path) -> None:
    """Where the law that was compared with is not to be had, the evidence is not certified."""
    then = edited(tmp_path / "then", *THEN)
    place = tmp_path / "evidence"
    run("diff", "old", "--before", str(then), "--evidence", str(place), *FOLDERS)
    rmtree(tmp_path / "then")
    code, out, _ = run("certify", str(place), *FOLDERS)
    assert code == 5
    assert "say which one it is with --before or --git" in out


def test_a_forged_former_law_is_rejected(run: Run, tmp_path: Path) -> None:
    """Evidence whose former law is invented holds of that law, and is rejected."""
    then = edited(tmp_path / "then", *THEN)
    other = edited(tmp_path / "other", "requires lives(sender, street)", "requires false")
    place = tmp_path / "evidence"
    run("diff", "old", "--before", str(other), "--evidence", str(place), *FOLDERS)
    code, out, _ = run("certify", str(place), "--before", str(then), *FOLDERS)
    assert (code, "`permits.md` differs" in out) == (5, True)
    run("diff", "old", "--before", str(then), "--evidence", str(place), *FOLDERS)
    forged(place, "sender is sender", "sender is  sender")
    code, out, _ = run("certify", str(place), *FOLDERS)
    assert (code, "`permits.md` differs" in out) == (5, True)


def test_a_former_law_in_git(run: Run, tmp_path: Path) -> None:
    """The commit is named, and read again."""
    then = edited(tmp_path / "law", *THEN)

    def git(*words: str) -> None:
        quiet = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false")
        subprocess.run(("git", *quiet, *words), cwd=tmp_path / "law", check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    (then / "permits.md").write_bytes((PERMITS / "spec" / "permits.md").read_bytes())
    folders = ("--spec", str(then), "--properties", str(tmp_path / "law" / "properties"), "--jobs", "1")
    place = tmp_path / "evidence"
    assert run("diff", "old", "--git", "HEAD", "--evidence", str(place), *folders)[0] == 0
    code, out, _ = run("certify", str(place), *folders)
    assert (code, "compared with the one at commit" in out) == (0, True)
    git("commit", "-qam", "y")
    assert run("certify", str(place), *folders)[0] == 0
    code, out, _ = run("certify", str(place), "--git", "HEAD", *folders)
    assert (code, "`former` is not the one at `HEAD`" in out) == (5, True)


def test_a_law_to_compare_with_that_nobody_asked_for(run: Run, tmp_path: Path) -> None:
    """Evidence without a former law is held against none."""
    place = str(tmp_path / "evidence")
    run("prove", "2", "--evidence", place, *FOLDERS)
    assert run("certify", place, "--before", str(PERMITS / "spec"), *FOLDERS)[0] == 2


# -------------------------------------------------------------------- vacuity

GATE = """
sort Person
constant WARDEN: Person "the warden"
fixed member(Person) "{1} is a member"
state inside(Person) "{1} is inside"
state alarm(Person) "{1} set off the alarm"
request "{sender} enters"
    sender: Person
component Gate "the gate"
route Gate
version now "now"
start inference "all are outside": for every p: Person: not inside(p) and not alarm(p)
check members for "R 1" at Gate, reject with G1 "members only"
    requires member(sender) inference "x"
effect enter
    inside(sender) becomes true inference "x"
"""
CLAIMS = """
claim 1 insiders "Members are inside." from "x"
    for p: Person
    always inside(p) implies member(p)
    expect proved in now
claim 2 alarmed "Who sets off the alarm is a member." from "x"
    for p: Person
    always alarm(p) implies member(p)
    expect proved in now
claim 3 strangers "Strangers who are inside are the warden." from "x"
    for p: Person
    always inside(p) and not member(p) implies p is WARDEN
    expect proved in now
claim 4 both "A member that is none is inside." from "x"
    for p: Person
    always member(p) and not member(p) implies inside(p)
    expect proved in now
"""


@pytest.fixture(scope="module")
def vacuous() -> tuple[Files, Files]:
    """The law, and evidence about one claim that speaks of something and three that do not."""
    sources = law(GATE, CLAIMS)
    regime = loaded(sources)
    results = decided(regime)
    assert [(each.verdict, each.vacuous) for each in results] == [
        ("proved", False),
        ("proved", True),
        ("proved", True),
        ("proved", True),
    ]
    return sources, written(regime, sources, results)


def entry_of(files: Files, number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    manifest = manifest_of(files)
    (entry,) = (each for each in manifest["verdicts"] if each["claim"]["number"] == number)
    return manifest, entry


def changed(files: Files, number: str, change: Callable[[dict[str, Any]], None]) -> Files:
    """The folder with another entry, and the manifest that says so."""
    manifest, entry = entry_of(files, number)
    change(entry)
    listed = {each for name in ("verdicts", "grounds") for one in manifest[name] for each in files_named(one)}
    kept = {name: text for name, text in files.items() if name in listed}
    manifest["files"] = {name: hash_of(text) for name, text in sorted(kept.items())}
    return {MANIFEST: dumped(manifest), **kept}


def files_named(entry: dict[str, Any]) -> set[str]:
    stories = (entry.get("story"), entry.get("witness"), *entry.get("cases", ()))
    return {each for each in stories if each} | {each["file"] for each in entry.get("obligations", ())}


def test_what_is_vacuous_has_obligations_of_its_own(vacuous: tuple[Files, Files]) -> None:
    """Two solvers are asked whether what a claim speaks of can occur, and the entry says how it would."""
    sources, files = vacuous
    for number in "234":
        _, entry = entry_of(files, number)
        assert [each for each in entry["obligations"] if "/vacuous-" in each["file"]]
    _, entry = entry_of(files, "1")
    assert not [each for each in entry["obligations"] if "/vacuous-" in each["file"]]
    assert "never" not in entry
    assert not reasons(certified(loaded(sources), sources, files, BOTH))


def no_witness(entry: dict[str, Any]) -> None:
    entry.update(witness=None, vacuous=True)


def invented(never: object) -> Callable[[dict[str, Any]], None]:
    def change(entry: dict[str, Any]) -> None:
        entry.update({"witness": None, "vacuous": True, "never": never, "never invariant": []})

    return change


def unproved(entry: dict[str, Any]) -> None:
    entry["obligations"] = [each for each in entry["obligations"] if "/vacuous-" not in each["file"]]


def forgotten(entry: dict[str, Any]) -> None:
    del entry["never"]


FORGED = {
    "no evidence": ("1", no_witness, "there is no evidence that the claim is vacuous"),
    "nothing leads there": ("1", invented([]), "is missing"),
    "nowhere at all": ("1", invented(None), "is missing"),
    "obligations left out": ("2", unproved, "is missing"),
    "strategies left out": ("2", forgotten, "there is no evidence that the claim is vacuous"),
}


@pytest.mark.parametrize("case", FORGED)
def test_vacuity_is_not_believed(vacuous: tuple[Files, Files], case: str) -> None:
    """A claim that is said to hold of nothing, and is not shown to, is rejected."""
    sources, files = vacuous
    number, change, why = FORGED[case]
    found = reasons(certified(loaded(sources), sources, changed(files, number, change), BOTH))
    assert any(why in each for each in found), found


@pytest.mark.parametrize("excluded", [None, ()])
def test_solvers_tell_an_invented_vacuity(excluded: tuple[()] | None) -> None:
    """Written whole, with the obligations that it needs, an invented vacuity is found out by the solvers."""
    sources = law(GATE, CLAIMS)
    regime = loaded(sources)
    first, *others = decided(regime)
    assert not first.vacuous
    told = replace(first, witness=None, vacuous=True, empty=Evidence(excluded=excluded))
    found = reasons(certified(regime, sources, written(regime, sources, [told, *others]), BOTH))
    assert any("insiders" in each and "says sat" in each for each in found), found
    assert not [each for each in found if "insiders" not in each]
