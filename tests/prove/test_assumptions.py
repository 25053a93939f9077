"""What proofs suppose, worked out by hand.

A gate lets in who has a ticket, by a check that the by-law prints, or who is on the list, by one that was
adopted. Tickets are for members; so are places on the list. Only guards have a badge.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from checker import cli
from checker.model.claim import Column
from checker.prove.assumptions import Assumptions, assumptions_of
from checker.prove.run_jobs import run
from checker.question.jobs import Effort, Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.report.assumptions_told import sets_text
from tests.support.places import LIBRARY, ROOT

ONE = Effort(processes=1)
GATE = """# A gate

```redline
sort Person
enum Act: Enter, Wave
fixed member(Person) "{1} is a member"
fixed guest(Person) "{1} is a guest"
fixed ticket(Person) "{1} has a ticket"
fixed listed(Person) "{1} is listed"
fixed quiet(Person) "{1} is quiet"
state inside(Person) "{1} is inside"
request "{sender} does {act}"
    sender: Person
    act: Act
component Gate "the gate"
route Gate
start inference "x": for every p: Person: not inside(p)
axiom tickets-for-members "x" because "x": for every p: Person: ticket(p) implies member(p)
axiom listed-are-members "x" because "x": for every p: Person: listed(p) implies member(p)
axiom members-are-quiet "x" because "x": for every p: Person: member(p) implies quiet(p)
premise no-guests(p: Person) "x" because "x" means not guest(p)
premise nobody-hidden(p: Person) "x" because "x" means not inside(p)
check tickets for "G 1" at Gate, reject with E1
    applies when act is Enter inference "x"
    requires ticket(sender) inference "x"
adopted check listing at Gate, reject without a published code, because "x"
    applies when act is Enter inference "x"
    requires listed(sender) inference "x"
effect entering when act is Enter
    inside(sender) becomes true inference "x"
version now "v"

claim 1 members-only "Whoever enters is a member." from "x"
    always, after an accepted request r where r.act is Enter: member(r.sender)
    expect proved in now
claim 2 quiet-only "Whoever enters is quiet." from "x"
    always, after an accepted request r where r.act is Enter: quiet(r.sender)
    expect proved in now
claim 3 ticket-only "Whoever enters has a ticket." from "x"
    for p: Person
    given no-guests(p)
    always, after an accepted request r where r.act is Enter and r.sender is p:
        ticket(r.sender) and not guest(p)
    expect proved in now
claim 4 somebody-enters "Somebody can enter." from "x"
    for p: Person
    given nobody-hidden(p)
    possibly ticket(p)
    expect proved in now
claim 5 all-refused "Nobody who is not listed enters; and whoever has a ticket but is refused waves." from "x"
    always, after an accepted request r where r.act is Enter: listed(r.sender)
    expect proved in now
    needs listing in now
claim 6 waving "Whoever waves is let in." from "x"
    always, for every request r where r.act is Wave: r accepted
    expect proved in now
```
"""


def needed(regime: Regime, *numbers: str, column: str = "") -> dict[tuple[str, str], Assumptions]:
    """What every proof of the claims needs, by claim and column."""
    claims = tuple(each for each in regime.claims if each.number in numbers)
    jobs = tuple(each for each in jobs_for(claims) if column in ("", str(each.column)))
    results = dict(run(regime, jobs, ONE))
    found = tuple(results[number] for number in sorted(results))
    kept = tuple(each for each in found if not each.column.without)
    return {
        (one.result.claim.number, str(one.result.column)): one
        for _, one in assumptions_of(regime, kept, found, ONE)
    }


@cache
def gate() -> dict[tuple[str, str], Assumptions]:
    return needed(load_texts({"gate.md": GATE}), "1", "2", "3", "4", "5", "6")


def sets(found: Assumptions) -> set[frozenset[str]]:
    return {frozenset(each.names) for each in found.sets}


# ----------------------------------------------------------------- by hand


def test_either_of_two_ways_to_know_it() -> None:
    """Who enters has a ticket, so is a member; or is listed, by the adopted check, so is a member."""
    found = gate()["1", "now"]
    assert sets(found) == {
        frozenset({"tickets-for-members"}),
        frozenset({"listed-are-members", "listing"}),
    }
    assert found.dropped == ()
    assert sets_text(found) == "tickets-for-members; or listed-are-members and listing"


def test_what_both_ways_need_is_told_with_its_story() -> None:
    """Members are quiet: without that, somebody enters who is not."""
    found = gate()["2", "now"]
    assert sets(found) == {
        frozenset({"tickets-for-members", "members-are-quiet"}),
        frozenset({"listed-are-members", "listing", "members-are-quiet"}),
    }
    ((name, story),) = found.dropped
    assert (name, story.verdict, str(story.column)) == (
        "members-are-quiet",
        "refuted",
        "now without members-are-quiet",
    )
    assert story.evidence.trace is not None
    assert len(story.evidence.trace.steps) == 1


def test_a_premise_and_a_check_that_is_printed() -> None:
    """The printed check is no supposition, so the premise alone remains."""
    found = gate()["3", "now"]
    assert sets(found) == {frozenset({"no-guests"})}
    assert [name for name, _ in found.dropped] == ["no-guests"]


def test_what_is_possible_supposes_nothing() -> None:
    """A story is shown without any supposition."""
    assert sets(gate()["4", "now"]) == {frozenset()}
    assert sets(gate()["6", "now"]) == {frozenset()}


def test_an_adopted_check_may_be_needed() -> None:
    """Without the check that was adopted the claim is refuted, and that is told."""
    found = gate()["5", "now"]
    assert sets(found) == {frozenset({"listing"})}
    assert [(name, each.verdict) for name, each in found.dropped] == [("listing", "refuted")]


def test_every_set_is_proved_with_exactly_these_and_with_no_less() -> None:
    """What is claimed of the sets is what the engines say of the columns without the others."""
    regime = load_texts({"gate.md": GATE})
    assert sum(len(found.sets) for found in gate().values()) > 1
    for found in gate().values():
        for each in found.sets:
            gone = {*found.supposed} - {*each.names}
            assert each.result.verdict == "proved"
            assert {*each.result.column.without} == gone
            less = tuple(Column("now", (), tuple(sorted(gone | {name}))) for name in each.names)
            again = needed_verdicts(regime, found.result, less)
            assert again == ["refuted"] * len(less)


def needed_verdicts(regime: Regime, result: Result, columns: tuple[Column, ...]) -> list[str]:
    jobs = tuple(Job(result.claim, each) for each in columns)
    found = dict(run(regime, jobs, ONE))
    return [found[number].verdict for number in sorted(found)]


# --------------------------------------------- fewer adopted checks may prove more


def test_adopted_checks_are_looked_at_one_choice_at_a_time() -> None:
    """A check on one twin only makes them differ, unless what it asks is supposed of everybody.

    With the check, that takes the axiom; without the check, nothing: that nothing is supposed is the
    minimal set, though with the check alone the claim fails.
    """
    law = GATE.replace(
        'applies when act is Enter inference "x"\n    requires listed(sender)',
        'applies when act is Wave inference "x"\n    requires quiet(sender)',
    )
    law = law[: law.index("claim 1")] + (
        'claim 1 waving "Whoever waves is let in." from "x"\n'
        "    always, for every request r where r.act is Wave: r accepted\n"
        "    expect refuted in now\n"
        'claim 2 members-wave "Members who wave are let in." from "x"\n'
        "    always, for every request r where r.act is Wave and member(r.sender): r accepted\n"
        "    expect proved in now\n```\n"
    )
    regime = load_texts({"gate.md": law})
    found = needed(regime, "1", "2")
    assert {*found} == {("2", "now")}
    assert sets(found["2", "now"]) == {frozenset()}
    (claim,) = (each for each in regime.claims if each.number == "2")
    result = found["2", "now"].result
    assert claim == result.claim
    keeping = Column("now", (), ("tickets-for-members", "listed-are-members", "members-are-quiet"))
    assert needed_verdicts(regime, result, (keeping,)) == ["refuted"]


# -------------------------------------------------------------------- the laws


@pytest.mark.thorough
def test_what_the_shipped_claims_say_they_need_is_needed() -> None:
    """Claim 3 says what it needs, 25b needs nothing, and claim 1 rests on an axiom besides its premises."""
    shipped = load_regime(ROOT / "spec", ROOT / "properties")
    found = {
        **needed(shipped, "1", column="mp107"),
        **needed(shipped, "3", column="baseline"),
        **needed(shipped, "25b", column="mp107"),
    }
    assert sets(found["3", "baseline"]) == {frozenset({"own-slot-only", "registrations-fit-fuel"})}
    assert sets(found["25b", "mp107"]) == {frozenset()}
    (only,) = sets(found["1", "mp107"])
    assert only >= {"operator-registered", "owner-can-send"}
    for (number, column), one in found.items():
        claim = next(each for each in shipped.claims if each.number == number)
        said = {each.supposition for each in claim.needs if str(each.column) == column}
        assert said <= {name for name, _ in one.dropped}
        assert all(each.verdict == "refuted" for _, each in one.dropped)


def test_members_of_the_library_need_to_be_enrolled() -> None:
    """The same for the library's law: one axiom is needed."""
    library = load_regime(LIBRARY / "spec", LIBRARY / "properties")
    found = needed(library, "2", column="old")
    assert sets(found["2", "old"]) == {frozenset({"borrower-enrolled"})}


# ---------------------------------------------------------------- the command


@pytest.fixture
def folder(tmp_path: Path) -> tuple[str, ...]:
    for name in ("spec", "properties"):
        (tmp_path / name).mkdir()
    (tmp_path / "spec" / "gate.md").write_text(GATE, encoding="utf-8")
    return ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))


def test_the_report(folder: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """The report lists the minimal sets, what needs nothing, and the story without each supposition."""
    assert cli.run(("prove", "--assumptions", "--jobs", "1", *folder)) == 0
    out = capsys.readouterr().out
    assert "1   tickets-for-members; or listed-are-members and listing in now\n" in out
    assert "    nothing: 4 in now; 6 in now\n" in out
    assert "without members-are-quiet" not in out
    assert cli.run(("prove", "2", "--assumptions", "--jobs", "1", *folder)) == 0
    out = capsys.readouterr().out
    assert "  2 in now, without members-are-quiet: refuted.\n  At the start\n" in out
    assert "Repeat with: redline prove 2 --assumptions" in out


def test_json_and_evidence(
    folder: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the assumptions rest on is in the evidence, and certified with it."""
    place = str(tmp_path / "evidence")
    arguments = ("prove", "2", "--assumptions", "--format", "json", "--evidence", place, "--jobs", "1")
    assert cli.run((*arguments, *folder)) == 0
    said = json.loads(capsys.readouterr().out)
    (one,) = said["assumptions"]
    assert [each["suppositions"] for each in one["sets"]] == [
        ["tickets-for-members", "members-are-quiet"],
        ["listed-are-members", "members-are-quiet", "listing"],
    ]
    assert [each["supposition"] for each in one["without"]] == ["members-are-quiet"]
    assert cli.run(("certify", place, *folder)) == 0
    written = json.loads((tmp_path / "evidence" / "manifest.json").read_text(encoding="utf-8"))
    assert len(written["verdicts"]) == 4


def test_without_the_option_nothing_is_said(
    folder: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Suppositions are only looked for if somebody asks."""
    assert cli.run(("prove", "2", "--format", "json", "--jobs", "1", *folder)) == 0
    assert json.loads(capsys.readouterr().out)["assumptions"] is None
