"""`redline lint` as people and machines run it."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest

from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.results.answer import Watch
from checker.rooms.lint import ask
from tests.rooms.lint.lint_laws import giving_up
from tests.support.permit_edits import edited
from tests.support.places import PERMITS, ROOT, TESTS
from tests.support.running import Run

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))


def test_notices_do_not_gate(run: Run) -> None:
    """A permit is given, say the words; the rule speaks of an application. Every rule decides something."""
    code, out, err = run("lint", *FOLDERS)
    assert (code, err) == (0, "")
    assert "Rules that can never decide" not in out
    assert "the meaning has `Apply` (“an application”), and no words of `By-law 1`" in out
    assert '"A permit is given only to" applies when act is Apply' in out
    assert "By-law 1: “A permit is given only to”" in out
    assert "old, new: every rule can decide; 1 notice." in out
    assert out.splitlines()[-1] == f"Repeat with: redline lint {' '.join(FOLDERS)}"
    assert all(len(line) <= 80 for line in out.splitlines()[:-1] if not line.startswith(str(PERMITS)))


def test_a_rule_that_can_never_decide_gates(run: Run, tmp_path: Path) -> None:
    """The office is no holder's heir by an application."""
    options = edited(tmp_path, '"the office." sender is Office', '"the office." heir is Office')
    code, out, _ = run("lint", "old", *options)
    assert code == 4
    assert out.startswith("Rules that can never decide\n")
    assert "`By-law 2(z)` never exempts a request, in any situation" in out
    assert "Exemptions that never apply (exemption-never-applies)\n" in out
    assert "   in old\n" in out
    assert "refuted: Some request is exempted by By-law 2(z)." in out
    assert "By-law 2(z): “(z) the office.”" in out


def test_what_was_asked_is_told_of_the_version_that_it_is_about(run: Run) -> None:
    """Clause 16: from 2017 to 2020 the row of 168(g)(3)(B) has no property that 168(c) gives 15 years, so it
    exempts nothing (`refuted`); in 2020 it does. The same claim is asked in each version.
    """
    place = TESTS / "cases" / "clauses" / "16"
    out = run("lint", "--spec", str(place / "spec"), "--properties", str(place / "properties"))[1]
    assert "   in y2017\n   refuted: Some request is exempted by 168(g)(3)(B) row.\n" in out
    assert "proved: Some request is exempted" not in out


def test_notices_that_are_alike_are_folded(run: Run, tmp_path: Path) -> None:
    """The words of By-law 1 name neither an application nor a trader: one notice is told in full, the other
    on one line, or in full with `--all`.
    """
    options = edited(
        tmp_path,
        '"A permit is given only to" applies when act is Apply',
        '"A permit is given only to" applies when act is Apply and kind is Trader',
    )
    code, out, _ = run("lint", *options)
    assert code == 0
    assert "Meanings that the words do not name: 2 (value-not-in-words)\n" in out
    assert out.count('"A permit is given only to" applies') == 1
    assert "One notice of each kind is told in full; `--all` tells all of them so." in out
    full = run("lint", "--all", *options)[1]
    assert full.count('"A permit is given only to" applies') == 2
    assert "`--all`" not in full
    assert full.splitlines()[-1].startswith("Repeat with: redline lint --all")


def test_a_question_without_an_answer_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that gives up is told with its reason, and gates with its own exit code."""

    def decide(regime: Regime, jobs: tuple[Job, ...], effort: Effort, watch: Watch) -> tuple[Result, ...]:
        del effort, watch
        return giving_up(regime, jobs)

    monkeypatch.setattr(ask, "decide", decide)
    code, out, _ = run("lint", "old", *FOLDERS)
    assert code == 3
    assert "Some request fails residence. (and 10 more) In old: unknown, out of time" in out
    assert "not decided" in out.splitlines()[-2]


def test_what_is_no_version_is_refused(run: Run) -> None:
    """Readings and misspelt names are bad usage."""
    code, out, err = run("lint", "new under strict", *FOLDERS)
    assert (code, out) == (2, "")
    assert "`new under strict` is not a version as it stands" in err
    assert run("lint", "nwe", *FOLDERS)[0] == 2


def test_the_document_for_machines(run: Run) -> None:
    """The document has the findings, their places, and the questions that were asked."""
    code, out, _ = run("lint", "old", "--format", "json", *FOLDERS)
    document = json.loads(out)
    assert document["schema"] == "redline.lint/1"
    assert document["exit"] == code == 0
    assert document["counts"] == {"value-not-in-words": 1}
    (finding,) = document["findings"]
    assert finding["subject"] == "Apply"
    assert finding["versions"] == ["old"]
    assert finding["span"]["file"].endswith("permits.md")
    answered = {each["claim"]: each for each in document["asked"]}
    assert all(each["verdict"] == each["usual"] for each in answered.values())
    assert all(f"claim {number} " in document["claims"] for number in answered)


def test_answers_are_certified(run: Run, tmp_path: Path) -> None:
    """The claims that lint asks are written with their evidence, and read back with it."""
    target = str(tmp_path / "evidence")
    assert run("lint", "old", "--evidence", target, *FOLDERS)[0] == 0
    code, out, _ = run("certify", target, *FOLDERS)
    assert code == 0
    assert "The evidence is certified" in out


@pytest.mark.thorough
def test_the_shipped_law(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in it can never decide; what is noticed is what the pages of the law say themselves.

    The electricity meter stands for a Smart Metering System (SRPD 6.2(a)); whether 16.1 brings the exceptions
    is a question of reading, and decides whether the S1SP ever refuses anything by itself. The output on the
    page on lint is that of the command.
    """
    monkeypatch.chdir(ROOT)
    code, out, _ = run("lint")
    assert code == 0
    for said in (
        "whatever fails `s1sp-registration` fails `registration` as well",
        "no request is ever answered with `S1VE4`",
        "nothing in the spec defines or labels `Smart Metering System`",
        "the meaning has `ESME`",
        "`s1sp-registration` takes `SRPD 6.2` over with `registration`",
    ):
        assert said in out
    for kind in ("clause-absent", "reference-not-followed", "subject-to-unsaid", "value-not-in-meaning"):
        assert kind not in out
    page = (ROOT / "spec" / "lint.md").read_text(encoding="utf-8")
    printed = re.findall(r"(?m)^    spec/.*\n(?:    .*\n|\n(?=    ))*", page)
    assert len(printed) == 2
    for each in printed:
        assert textwrap.dedent(each) in out
