"""`redline diff` on the command line: reports, exit codes, evidence, and laws from elsewhere."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.rooms.diff.small_laws import gate_text
from tests.support.places import LIBRARY, ROOT, TESTS
from tests.support.running import Run

FOLDERS = ("--spec", str(LIBRARY / "spec"), "--properties", str(LIBRARY / "properties"))


# ------------------------------------------------------------ the command line


def test_the_report_reads_as_the_law_does(run: Run) -> None:
    """The clause, its words on request, the codes and an example, in the terms of the made-up library."""
    code, out, _ = run("diff", "old", "new", *FOLDERS)
    assert code == 0
    assert "More permissive." in out
    assert "in old: refused at the desk by Rule 1 (enrolment): D1." in out
    assert "in new, Rule 2(b) exempts it from Rule 1." in out
    assert "For example" in out
    assert max(map(len, out.splitlines()[:-1])) <= 80
    assert "who brings a book back." not in out
    (codes,) = (each for each in out.split("\n\n") if each.startswith("Rejected before and after"))
    assert codes.count("  - ") == 1
    assert "- Differently rejected 1 and differently rejected 2: in old refused at the" in codes
    _, out, _ = run("diff", "old", "new", "--all", *FOLDERS)
    assert "exempt from    Rule 1 (enrolment), by Rule 2(b)" in out
    assert "who brings a book back." in out
    assert "Differently rejected 2: a request where" in out


def test_a_page_is_told_of_the_shipped_law(run: Run) -> None:
    """What SECMP0107 does fits on a page: first in sentences, then in the words of the clause it inserts."""
    _, out, _ = run("diff", "baseline", "mp107", "--spec", str(ROOT / "spec"))
    assert len(out.splitlines()) <= 60
    said = " ".join(out.split())
    assert "More permissive. mp107 accepts requests that baseline does not, in 1 case; it accepts all" in said
    assert (
        "- it is, as SRPD 6.2(d) has it in mp107, “(d) a SMETS1 Service Request with Service Reference "
        "Variant 6.15.1 (Update Security Credentials) received from an Electricity Distributor or Gas "
        "Transporter.” - the Remote Party Role is Network Operator - "
    ) in said
    assert "What turns it: in mp107, SRPD 6.2(d) exempts it from SRPD 6.1(f) and SRPD 16.1." in said
    # Who holds no slot, and is not active either, is of two cases: the DSP refuses, and no S1SP is asked.
    assert "Differently rejected 3" in out
    assert "Which checks refuse it is said of those that fall under that case alone." in said


def test_where_there_is_no_case_none_may_overlap(run: Run) -> None:
    """Of a column and itself nothing is said but that one claim was proved."""
    _, out, _ = run("diff", "old", "old", *FOLDERS)
    assert "several cases" not in out
    assert "1 claim proved." in out


def test_a_page_has_cases_of_both_kinds(run: Run) -> None:
    """However much is newly accepted, it is told what is newly rejected; no code is said to be none twice."""
    law = TESTS / "cases" / "clauses" / "15"
    _, out, _ = run(
        "diff", "y2003", "july2004", "--spec", str(law / "spec"), "--properties", str(law / "properties")
    )
    said = " ".join(out.split())
    assert "Newly accepted 1: a request where" in said
    assert "Newly rejected 1: a request where" in said
    assert said.index("… and 3 more: `--all` tells them. Newly rejected 1") < said.index("… and 1 more")
    assert "40.1-28.2 (sunday-rest) and 18.2-341 (sunday-closing), without a published code;" in said


def test_a_limit_that_a_table_changes_is_told_by_its_numbers(run: Run) -> None:
    """General access stairs may rise by 180 mm where it was 170 mm: what lies between is newly accepted."""
    law = TESTS / "cases" / "clauses" / "26"
    code, out, _ = run(
        "diff", "y2013", "y2013a", "--spec", str(law / "spec"), "--properties", str(law / "properties")
    )
    said = " ".join(out.split())
    assert code == 0
    assert "y2013a accepts requests that y2013 does not, in 1 case; it accepts all that y2013 accepts" in said
    assert "- the rise of the stair is more than 170 mm and at most 180 mm" in said
    assert "- the kind of the stair is general access stair" in said
    assert "highest rise of the kind" not in said


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small law."""
    place = tmp_path_factory.mktemp("gate")
    (place / "gate.md").write_text(gate_text("member(sender)"), encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("old", "old", "--fail-on", "any"), 0),
        (("old", "new", "--fail-on", "any"), 1),
        (("old", "new", "--fail-on", "accepting"), 1),
        (("old", "new", "--fail-on", "more-permissive"), 1),
        (("old", "new", "--fail-on", "less-permissive"), 0),
        (("old", "new", "--fail-on", "incomparable"), 0),
        (("new", "old", "--fail-on", "less-permissive"), 1),
        (("old", "odd"), 2),
        (("old", "new", "--budget", "0.000001"), 3),
    ],
)
def test_exit_codes(run: Run, gate: Path, arguments: tuple[str, ...], code: int) -> None:
    """What is not allowed ends in 1, what is not known in 3, a wrong name in 2. The new gate lets everybody
    in, which the old one does not.
    """
    assert run("diff", *arguments, "--spec", str(gate))[0] == code


def test_claims_that_turn(run: Run) -> None:
    """Claim 1 of the library says that no book is stranded for good: refuted before, proved after."""
    code, out, _ = run("diff", "old", "new", "--claims", *FOLDERS, "--format", "json")
    assert code == 0
    document = json.loads(out)
    flips = {
        each["old"]["claim"]["number"]: (each["old"]["verdict"], each["new"]["verdict"])
        for each in document["flips"]
    }
    assert flips["1"] == ("refuted", "proved")
    assert all(before != after for before, after in flips.values())
    assert document["schema"] == "redline.diff/1"
    assert document["cases"][0]["kind"] == "newly accepted"


def test_evidence_is_written_and_certified(run: Run, tmp_path: Path) -> None:
    """The claims that the command asked stand in the folder, and hold without it."""
    folder = tmp_path / "evidence"
    assert run("diff", "old", "new", "--evidence", str(folder), *FOLDERS)[0] == 0
    assert "exactly these requests r change" in (folder / "claims.md").read_text(encoding="utf-8")
    assert run("certify", str(folder), *FOLDERS)[0] == 0
    text = (folder / "claims.md").read_text(encoding="utf-8")
    (folder / "claims.md").write_text(text.replace("newly rejected never", 'newly rejected "x" when false'))
    assert run("certify", str(folder), *FOLDERS)[0] == 5


# ------------------------------------------------------------ two specifications


def written(folder: Path, regime: str) -> tuple[str, ...]:
    """A law in a folder of its own, without claims."""
    (folder / "spec").mkdir(parents=True, exist_ok=True)
    (folder / "properties").mkdir(exist_ok=True)
    (folder / "spec" / "gate.md").write_text(regime, encoding="utf-8")
    claim = '```redline\nclaim 1 any "Some request is accepted." from "x"\n'
    claim += "    in some situation, for some request r: r accepted\n    expect proved in old\n```\n"
    (folder / "properties" / "claims.md").write_text(claim, encoding="utf-8")
    return ("--spec", str(folder / "spec"), "--properties", str(folder / "properties"))


def test_the_law_as_it_was_in_a_folder(run: Run, tmp_path: Path) -> None:
    """Found, told, and certified from the evidence alone, which brings the law as it was."""
    written(tmp_path / "then", gate_text("member(sender)"))
    now = written(tmp_path / "now", gate_text("member(sender) or act is Shut"))
    before, evidence = str(tmp_path / "then" / "spec"), str(tmp_path / "evidence")
    code, out, _ = run("diff", "old", "--before", before, "--evidence", evidence, *now, "--format", "json")
    assert code == 0
    (case,) = (each for each in json.loads(out)["cases"] if each["kind"] == "newly accepted")
    assert {each["text"] for each in case["conditions"]} == {"r.act is Shut", "not member(r.sender)"}
    assert run("certify", evidence, *now)[0] == 0
    former = tmp_path / "evidence" / "former" / "spec" / "gate.md"
    former.write_text(
        former.read_text(encoding="utf-8").replace("requires member(sender)", "requires true"),
        encoding="utf-8",
    )
    assert run("certify", evidence, *now)[0] == 5


def test_the_law_at_a_revision(run: Run, tmp_path: Path) -> None:
    """From a repository: one revision against the files, two against each other, none that is not there."""
    folders = written(tmp_path, gate_text("member(sender)"))

    def git(*words: str) -> None:
        quiet = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false")
        subprocess.run(("git", *quiet, *words), cwd=tmp_path, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    assert "Nothing." in run("diff", "old", "--git", "HEAD", *folders)[1]
    written(tmp_path, gate_text("not member(sender)"))
    assert "Incomparable." in run("diff", "old", "--git", "HEAD", *folders)[1]
    git("commit", "-am", "second")
    assert "Nothing." in run("diff", "old", "--git", "HEAD", *folders)[1]
    assert "Incomparable." in run("diff", "old", "--git", "HEAD~1..HEAD", *folders)[1]
    code, _, err = run("diff", "old", "--git", "nowhere", *folders)
    assert code == 2
    assert "`nowhere`" in err


def test_laws_about_other_things_cannot_be_compared(run: Run, tmp_path: Path) -> None:
    """One that has another enum says so in one sentence, and which."""
    written(tmp_path / "then", gate_text("member(sender)").replace("Open, Shut", "Open, Shut, Paint"))
    now = written(tmp_path / "now", gate_text("member(sender)"))
    code, _, err = run("diff", "old", "--before", str(tmp_path / "then" / "spec"), *now)
    assert code == 2
    assert "because they differ in the sort `Act`" in err


def test_what_is_missing_is_asked_for(run: Run) -> None:
    """One column and nothing to compare it with."""
    code, _, err = run("diff", "old", *FOLDERS)
    assert code == 2
    assert "NEW is missing" in err
