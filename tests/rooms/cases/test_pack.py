"""Test packs: what is expected, which stories are in them, names that stay, earlier packs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from checker.api import Law
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.evaluate import decide
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.document import ToldCase
from checker.rooms.cases.played import NotPlayed, play
from checker.rooms.cases.previous import case_of, read_pack
from tests.support.reading_room import CLAIMS, WORDS, pack_of, reading_room, room


def law() -> Law:
    return room()


def pack(version: str = "open", against: str | None = None, *, stories: bool = True) -> CasePack:
    return pack_of(version, against, stories=stories)


def sentences(case: ToldCase) -> list[str]:
    return [each.sentence for each in case.steps]


def answers(case: ToldCase) -> list[tuple[str, str | None, tuple[str | None, ...]]]:
    expected = (each.expected for each in case.steps)
    return [(each.outcome, each.component, each.codes) for each in expected if each is not None]


def test_what_is_expected_is_what_the_meaning_says() -> None:
    """Every test can be run from its document, and every answer in it is that of the meaning."""
    rules = law().regime.rules(Column("open"))
    for told in pack().cases:
        for step, played in zip(told.steps, play(rules, case_of(told)), strict=True):
            if step.step is None or played.step.request is None:
                continue
            decision = decide(rules, played.before, played.step.request)
            assert step.expected is not None
            assert (step.expected.outcome == "accepted") is decision.accepted
            at = decision.refused_at or (None, None)
            assert (step.expected.component, step.expected.index) == at
            failing = {each.check.code for each in decision.refusing}
            assert set(step.expected.codes) == failing


def test_stories_of_claims_are_cases_of_several_steps() -> None:
    """What can be brought about is carried out from a start, and what goes wrong is told with its refusal."""
    origins = {each.origin: each for each in pack("open").cases if each.claims}
    done, wrong = origins["strategy"], origins["refutation"]
    assert [each.number for each in done.claims] == ["1"]
    assert sentences(done) == ["Person A asks for a loan of Book 1", "Person A asks for a return of Book 1"]
    assert [each[0] for each in answers(done)] == ["accepted", "accepted"]
    assert done.levels == wrong.levels == ("end-to-end", "user")
    assert [each.number for each in wrong.claims] == ["2"]
    assert pack("open").exit == 0


def test_a_strategy_is_carried_out_by_way_of_each_component_alike() -> None:
    """A strategy for atlases goes by each attendant, one after the other."""
    claims = CLAIMS.replace("for b: Book\nalways, if", "for b: Book where kind(b) is Atlas\nalways, if")
    found = reading_room(claims=claims).cases("open")
    assert [each.variant for each in found.cases if each.origin == "strategy"] == [
        "Stack[East]",
        "Stack[West]",
    ]


def test_a_difference_is_tested_with_what_was_expected_before() -> None:
    """Against another version, only rules that differ are tested, and each step says what it was."""
    found = pack("open", "shut")
    assert {each.rule for each in found.goals if each.kind == "condition"} == {"membership"}
    changes = [each.condition for each in found.goals if each.kind == "change"]
    assert changes == ["membership -> accepted"]
    turned = [
        step
        for each in found.cases
        for step in each.steps
        if step.expected and step.before and step.expected.outcome != step.before.outcome
    ]
    assert {
        (each.before and each.before.codes, each.expected and each.expected.outcome) for each in turned
    } == {(("G1",), "accepted")}
    assert "must come out otherwise in open than in shut" in found.text()


def test_what_nothing_shows_is_a_claim_with_evidence(tmp_path: Path) -> None:
    """Each goal without a test names the claim that proves it, and `certify` re-checks them all."""
    never = [each.never for each in pack(stories=False).goals if each.never is not None]
    assert [each.verdict for each in never] == ["proved"] * 4
    assert never[0].claim.statement.startswith("in any situation, for every request r:")
    pack(stories=False).write_evidence(tmp_path / "evidence")
    checked = law().certify(tmp_path / "evidence", solvers=("z3",), jobs=1)
    assert checked.exit == 0
    assert len(checked.entries) >= 4


def test_ids_stay_where_an_edit_does_not_concern_them() -> None:
    """Another name of a claim, another paragraph before the rules, and a function and an event that no rule
    reads leave the ids as they are; an id is that of a test, wherever it stands: what is the same in two
    packs has one, and nothing else has it.
    """
    before = {each.id for each in pack().cases}
    renamed = reading_room(claims=CLAIMS.replace("can-get-rid", "can-be-rid")).cases("open")
    assert {each.id for each in renamed.cases} == before
    lamps = WORDS.replace(
        "state keeper",
        'state lit(Book) "a lamp is lit at {1}"\nfixed weight(Book): Kind "the weight of {1}"\nstate keeper',
    ).replace("# A reading room\n", "# A reading room\n\nIt has lamps.\n")
    plain = {each.id for each in pack(stories=False).cases}
    assert {each.id for each in reading_room(lamps).cases("open", stories=False).cases} == plain
    both = (*pack("shut", stories=False).cases, *pack("open").cases)
    same = [(one, other) for one in both for other in both if one.id == other.id]
    assert len(same) > len(both)
    for one, other in same:
        assert [each.step for each in one.steps] == [each.step for each in other.steps]
        assert one.situation.values == other.situation.values


def test_the_same_pack_comes_of_the_same_law() -> None:
    """Two runs give the same document, but for the time."""
    again = reading_room().cases("open", stories=False)
    before = pack(stories=False)
    assert msgspec.to_builtins(again.cases) == msgspec.to_builtins(before.cases)
    assert msgspec.to_builtins(again.dropped) is None


def test_an_earlier_pack_is_run_again() -> None:
    """After an edit, tests that come out as before are kept, others have changed, the rest is new."""
    shut = pack("shut", stories=False)
    found = law().cases("open", previous=shut, stories=False)
    known = {each.id for each in shut.cases}
    assert known <= {each.id for each in found.cases}
    marks = {each.id: each.status for each in found.cases}
    assert {marks[each] for each in known} == {"kept"}
    assert "new" in marks.values()
    assert found.dropped == ()
    code = WORDS.replace("reject with G1", "reject with G7")
    other = reading_room(code).cases("shut", previous=shut, stories=False)
    changed = [each for each in other.cases if each.status == "changed"]
    assert changed
    for each in changed:
        assert each.was is not None
        was = [x for x in each.was if x is not None]
        now = [x.expected for x in each.steps if x.expected is not None]
        assert [x.codes for x in was] == [("G1",)]
        assert [x.codes for x in now] == [("G7",)]
    assert {each.status for each in other.cases} == {"kept", "changed"}
    assert "refused by the gate with G1 before, now refused by the gate with G7" in " ".join(
        other.text().split()
    )


def test_tests_that_cannot_be_run_are_dropped_with_the_reason() -> None:
    """Where the vocabulary has lost what a test says, it says so."""
    without = WORDS.replace(', Return "a return"', ', Bring "a return"').replace("is Return", "is Bring")
    found = reading_room(without).cases("shut", previous=pack("shut", stories=False), stories=False)
    assert found.dropped
    assert all(each.reason for each in found.dropped)
    assert {each.id for each in found.dropped}.isdisjoint(each.id for each in found.cases)
    assert "dropped" in found.text()


def test_a_story_that_cannot_happen_is_not_played() -> None:
    """A step that the law does not know, and a request that is none, are refused with the reason."""
    rules = law().regime.rules(Column("open"))
    case = case_of(pack().cases[0])
    (step,) = case.steps
    with pytest.raises(NotPlayed, match="there is no event `leaves`"):
        play(rules, replace(case, steps=(replace(step, request=None, kind="event", event="leaves"),)))
    assert step.request is not None
    bare = replace(step.request, values={"sender": step.request.values["sender"]})
    with pytest.raises(NotPlayed, match="must carry `act`"):
        play(rules, replace(case, steps=(replace(step, request=bare),)))


def test_a_file_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    """Neither JSON of another kind nor other text is taken for a pack."""
    place = tmp_path / "pack.json"
    for text in ("{}", "no JSON", '{"schema": "redline.diff/1"}', "[" * 100):
        place.write_text(text)
        with pytest.raises(SpecError, match="is not a test pack"):
            read_pack(place)
    place.write_text(pack().json())
    assert read_pack(place) == pack()


def test_levels_have_the_names_that_one_gives_them() -> None:
    """Three names, all different; the law knows none of its own."""
    assert pack().names == ("PIT", "SIT", "UIT")
    for wrong in (("PIT", "SIT"), ("A", "A", "B"), ("A", " ", "B")):
        with pytest.raises(SpecError, match="tests have three levels"):
            law().cases("shut", stories=False, levels=wrong)


def test_a_goal_without_an_answer_is_open_and_never_proved() -> None:
    """Out of time, nothing is said to be impossible: goals are open, and the exit code is 3."""
    hurried = law().cases("shut", stories=False, effort=replace(law().effort, budget=1e-6))
    assert hurried.exit == 3
    assert not [each for each in hurried.goals if each.never is not None]
    left = [each for each in hurried.goals if not each.tests]
    assert left
    assert all(each.open for each in left)
    assert "Not decided" in hurried.text()


def test_a_law_without_requests_has_nothing_to_test() -> None:
    """It is refused before any work."""
    rules = """sort Thing
state on(Thing)
start inference "off": for every t: Thing: not on(t)
version one "the only one"
"""
    with pytest.raises(SpecError, match="`one` has no requests"):
        reading_room(f"```redline\n{rules}```\n", "").cases("one")


def test_what_is_deployed_side_by_side_has_no_single_law() -> None:
    """A deployment has no pack of its own: its tests are those of mixtures."""
    words = WORDS.replace(
        'version shut "as it was"',
        'deployment half "the gate first": Gate at open, Stack at shut\nversion shut "as it was"',
    )
    with pytest.raises(SpecError, match="`half` deploys several versions"):
        reading_room(words).cases("half")
