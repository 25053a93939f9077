"""`redline cover` on the command line: gates, clauses, journals, evidence, the page."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path

import pytest

from checker.rooms.cover.edits import Edit
from checker.rooms.cover.find import Coverage, Coverer
from tests.rooms.cover.gate import CLAIMS, LAW, covered
from tests.support.running import Run


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, ...]:
    """The law in folders of its own."""
    for name, text in (("spec", LAW), ("properties", CLAIMS.replace("MORE", ""))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "text.md").write_text(text, encoding="utf-8")
    return ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))


def test_the_command_gates_on_what_is_unnoticed(run: Run, folders: tuple[str, ...]) -> None:
    """Exit code 4, with the rule, the edit, and a request that is decided differently."""
    code, out, _ = run("cover", "only", "--jobs", "2", *folders)
    assert code == 4
    assert "change decisions and no claim notices" in out
    assert "the act is Paint" in " ".join(out.split())
    assert all(len(line) <= 80 for line in out.splitlines()[:-1] if "/" not in line)


def test_only_the_rules_of_a_clause_are_edited(run: Run, folders: tuple[str, ...]) -> None:
    """What comes of its edits is what comes of them among all others; a clause without rules is refused."""
    options = ("--jobs", "1", "--format", "json", *folders)
    every, limb = (
        json.loads(run("cover", "only", *more, *options)[1]) for more in ((), ("--clause", "Rule 2(a)"))
    )
    told, among = (
        [{**each, "column": ""} for each in one["edits"] if each["clause"] == "Rule 2(a)"]
        for one in (limb, every)
    )
    assert told == among
    assert 0 < len(told) == len(limb["edits"]) < len(every["edits"])
    assert "--clause 'Rule 2(a)'" in limb["command"]
    code, _, err = run("cover", "only", "--clause", "Rule 2(b)", *folders)
    assert code == 2
    assert "did you mean `Rule 2(a)`?" in err


def test_a_run_goes_on_from_its_journal(
    run: Run, folders: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the journal has is not asked again; a line that was cut off is."""
    journal = tmp_path / "journal"
    first = run("cover", "only", "--jobs", "1", "--format", "json", "--journal", str(journal), *folders)
    lines = journal.read_text(encoding="utf-8").splitlines()
    journal.write_text("\n".join((*lines[:4], lines[4][:20])), encoding="utf-8")
    asked = []
    original = Coverer.cover

    def counted(coverer: Coverer, edit: Edit) -> Coverage:
        asked.append(edit)
        return original(coverer, edit)

    monkeypatch.setattr(Coverer, "cover", counted)
    second = run("cover", "only", "--jobs", "1", "--format", "json", "--journal", str(journal), *folders)
    assert len(asked) == len(lines) - 1 - 3
    documents = [json.loads(out) for _, out, _ in (first, second)]
    assert documents[0]["edits"] == documents[1]["edits"]
    assert len(journal.read_text(encoding="utf-8").splitlines()) == len(lines)


@pytest.mark.thorough
def test_evidence_is_certified_without_the_search(run: Run, folders: tuple[str, ...], tmp_path: Path) -> None:
    """The readings and claims stand in the folder. Of every edit that is compared there is evidence: of the
    claims that notice, or of one that was written. Whoever changes a reading is found out.
    """
    place = tmp_path / "evidence"
    code, out, _ = run("cover", "only", "--jobs", "1", "--format", "json", "--evidence", str(place), *folders)
    assert code == 4
    document = json.loads(out)
    assert document["readings"] == (place / "readings.md").read_text(encoding="utf-8")
    shown = {each["evidence"] for each in document["edits"] if each["weight"] != "not compared"}
    assert shown == {True}
    verdicts = json.loads((place / "manifest.json").read_text(encoding="utf-8"))["verdicts"]
    known = {(each["claim"]["number"], each["column"]["text"]): each["verdict"] for each in verdicts}
    for each in document["edits"]:
        for notice in each["noticed by"]:
            assert known[notice["number"], each["column"]["text"]] == notice["after"]
            assert known[notice["number"], "only"] == notice["before"]
    assert run("certify", str(place), *folders)[0] == 0
    readings = (place / "readings.md").read_text(encoding="utf-8")
    other = readings.replace("act is not Paint", "act is Paint")
    assert other != readings
    (place / "readings.md").write_text(other, encoding="utf-8")
    code, out, _ = run("certify", str(place), *folders)
    assert code == 5
    assert "`readings.md` has changed" in " ".join(out.split())


@pytest.mark.thorough
def test_that_a_claim_is_vacuous_is_shown(run: Run, folders: tuple[str, ...], tmp_path: Path) -> None:
    """Where nobody opens any more, the claim about opening speaks of nothing: a claim says so, and is proved
    by refuting that it speaks of something.
    """
    text = CLAIMS.replace(
        "MORE",
        """claim 4 opened "Whoever opens is a member." from "Rule 1"
    always, after an accepted request r where r.act is Open: member(r.sender)
    expect proved in only""",
    )
    (tmp_path / "properties" / "text.md").write_text(text, encoding="utf-8")
    place = tmp_path / "evidence"
    run("cover", "only", "--all", "--jobs", "1", "--evidence", str(place), *folders)
    asked = " ".join((place / "claims.md").read_text(encoding="utf-8").split())
    assert "possibly, after an accepted request r where r.act is Open: true expect refuted in only" in asked
    assert run("certify", str(place), *folders)[0] == 0


@pytest.mark.thorough
def test_a_claim_without_a_verdict_is_listed_and_the_others_are_asked(run: Run, tmp_path: Path) -> None:
    """A story in which nine users differ is soon found, and takes more time to be looked at than there is."""
    names = [f"u{number}" for number in range(9)]
    apart = " and ".join(f"{one} is not {other}" for one, other in itertools.combinations(names, 2))
    crowd = f"not (for some {', '.join(f'{each}: User' for each in names)}: {apart})"
    more = f'claim 9 crowd "x" from "Rule 1"\n    always {crowd}\n    expect refuted in only'
    for folder, text in (("spec", LAW), ("properties", CLAIMS.replace("MORE", more))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text(text, encoding="utf-8")
    given = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
    code, out, err = run("cover", "only", "--jobs", "1", "--budget", "1", "--format", "json", *given)
    found = json.loads(out)
    assert (code, err) == (4, "")
    assert [(each["claim"], each["reason"]) for each in found["left_out"]] == [
        ("9", "is unknown as the law stands: the time budget is spent")
    ]
    without = {each.key: each.weight for each in covered().values()}
    assert found["counts"] == dict(Counter(without.values()))


def test_a_journal_of_something_else_is_refused(run: Run, folders: tuple[str, ...], tmp_path: Path) -> None:
    """Found about another law, it says nothing about this one; and it stays as it is."""
    journal = tmp_path / "journal"
    journal.write_text('{"schema": "redline.cover-journal/1", "column": "other"}\n', encoding="utf-8")
    code, _, err = run("cover", "only", "--journal", str(journal), *folders)
    assert code == 2
    assert "another law" in err
    assert "other" in journal.read_text(encoding="utf-8")


def test_the_page_names_every_edit(run: Run, folders: tuple[str, ...]) -> None:
    """Markdown, generated: as many entries as there are edits."""
    code, out, _ = run("cover", "only", "--jobs", "1", "--format", "markdown", *folders)
    assert code == 4
    document = json.loads(run("cover", "only", "--jobs", "1", "--format", "json", *folders)[1])
    entries = [line for line in out.splitlines() if line.startswith(("- **", "| "))]
    kinds = len(document["counts"])
    assert len(entries) == len(document["edits"]) + kinds + 2  # and the heads of two tables
