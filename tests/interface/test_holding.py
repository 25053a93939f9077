"""A law that is held while it is edited: fast, and never other than one that is loaded anew."""

from __future__ import annotations

import itertools
import json
import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import checker
from checker.interface.claims_to_ask import chosen_jobs
from checker.interface.held_texts import HeldTexts
from checker.interface.in_memory import InMemory
from tests.support.params import with_long
from tests.support.permit_edits import EDITS
from tests.support.places import PERMITS
from tests.support.random_edits import edited
from tests.support.shelves import InMemory as Shelf

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
CLAIMS = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")
ALONE = checker.effort(jobs=1)

WIDER = LAW.replace("requires lives(sender, street)", "requires lives(sender, street) or sender is Office")
TURNED = LAW.replace("not inner(street)", "inner(street) and not inner(street)")
BROKEN = LAW.replace("requires lives(sender, street)", "requires lives(sender")
LABEL = LAW.replace('Office: Person "the office"', 'Office: Person "the bureau"')

Row = tuple[str, str, str | None, str]


def held(law: str = LAW, claims: str = CLAIMS, jobs: int = 1) -> checker.Held:
    """Hold the law given as texts, to be decided by so many processes, of which one is this one."""
    return checker.hold({"permits.md": law}, {"claims.md": claims}, effort=checker.effort(jobs=jobs))


def rows(found: checker.Held) -> set[Row]:
    """Every verdict that it has now."""
    return {(each.claim.name, str(each.column), each.by, each.verdict) for each in found.verdicts()}


def anew(law: str) -> set[Row]:
    """The same of a law that is loaded for the first time."""
    return rows(held(law))


def timeless(document: str) -> Any:
    """A document without what tells runs apart."""

    def without(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: without(each) for name, each in part.items() if name not in ("seconds", "kept")}
        return [without(each) for each in part] if isinstance(part, list) else part

    return without(json.loads(document))


ORDERS = list(itertools.permutations((LAW, WIDER, TURNED, LABEL)))


@pytest.mark.parametrize(
    "order",
    [
        ORDERS[9],
        pytest.param(ORDERS[0], marks=pytest.mark.thorough),
        pytest.param(ORDERS[23], marks=pytest.mark.thorough),
    ],
    ids=["two", "one", "three"],
)
def test_verdicts_are_those_of_a_law_that_is_loaded_anew(order: tuple[str, ...]) -> None:
    """After every edit, whatever was asked before it."""
    found = held(BROKEN.replace("lives(sender\n", "lives(sender, street)\n"))
    for law in order:
        assert found.change({"permits.md": law}).diagnostics == ()
        assert rows(found) == anew(law)


@pytest.mark.parametrize("edit", with_long(EDITS, lambda each: each not in {"an enum", "a request"}))
def test_what_laws_have_in_common_turns_no_verdict(edit: str) -> None:
    """Terms and solvers are kept from one law to the next, though an edit may change what there is."""
    law = LAW.replace(*EDITS[edit])
    found = held()
    rows(found)
    for each in (WIDER, law, TURNED, law):
        found.change({"permits.md": each})
        last = rows(found)
    assert last == anew(law)


@pytest.mark.parametrize("seed", with_long(range(10), lambda each: each > 0))
def test_verdicts_after_random_edits_are_those_of_a_law_that_is_loaded_anew(seed: int) -> None:
    """Whatever words are exchanged, one edit after the other: what is kept turns nothing."""
    chance, found, asked = random.Random(seed), held(), 0
    rows(found)
    texts = (LAW, CLAIMS)
    while asked < 2:
        other = edited(chance, texts)
        if found.change({"permits.md": other[0], "claims.md": other[1]}).diagnostics:
            continue
        asked += 1
        assert rows(found) == rows(held(*other)), other
        texts = chance.choice(((LAW, CLAIMS), other))


@pytest.mark.thorough
def test_story_and_evidence_are_those_of_a_first_run(tmp_path: Path) -> None:
    """Though the verdict was there before by older evidence: the documents are equal but for times, and so
    are the folders of evidence.
    """
    found = held()
    rows(found)
    for number, law in enumerate((WIDER, TURNED, LABEL)):
        found.change({"permits.md": law})
        assert "checked again" in {each.how for each in found.verdicts()} or law == LABEL
        answer = found.prove()
        fresh = checker.load({"permits.md": law}, {"claims.md": CLAIMS}, effort=ALONE).prove()
        assert timeless(answer.json()) == timeless(fresh.json())
        for name, each in (("held", answer), ("fresh", fresh)):
            each.write_evidence(tmp_path / f"{name} {number}")
        folders = [tmp_path / f"{name} {number}" for name in ("held", "fresh")]
        files = [
            {str(x.relative_to(f)): x.read_bytes() for x in f.rglob("*") if x.is_file()} for f in folders
        ]
        assert len(files[0]) > 10
        varies = {name for name, data in files[0].items() if data != files[1].get(name)}
        assert varies <= {name for name in files[0] if name.endswith("manifest.json")}
        assert set(files[0]) == set(files[1])


def test_what_an_edit_turns_is_found_on_grounds_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of older evidence has found the grounds of the edited law; no search begins with them."""
    found = held()
    assert len(list(found.verdicts(versions=("new",)))) == 4
    found.change({"permits.md": WIDER})
    standing = found.verdicts(versions=("new",))
    assert next(standing).how in ("checked again", "found")
    monkeypatch.setattr("checker.prove.find_grounds.find_grounds", lambda *_, **__: pytest.fail("again"))
    monkeypatch.setattr("checker.prove.decide.Attempt.as_before", lambda _: None)
    assert [each.how for each in standing] == ["found"] * 3


def test_what_an_edit_turns_is_shown_by_what_is_known_of_other_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An edit that takes the new rule back leaves the old law, and the old law's evidence shows it."""
    found = held()
    rows(found)
    found.change({"permits.md": TURNED})
    monkeypatch.setattr("checker.prove.decide.decide_reach", lambda *_, **__: pytest.fail("sought"))
    standing = list(found.verdicts())
    assert {each.how for each in standing if each.turned} == {"checked again"}
    assert not any(each.told for each in standing if each.turned)


def test_what_does_not_read_the_edit_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limb of the new by-law is no part of the old one; words and labels are in no story, and a function
    that nothing reads is in stories alone.
    """
    found = held()
    rows(found)
    found.change({"permits.md": TURNED})
    first = {str(each.column): each.how for each in itertools.islice(found.verdicts(), 3)}
    assert first == {"old": "kept"}
    found.change({"permits.md": LABEL})
    list(found.verdicts())
    found.change({"permits.md": LABEL.replace("the bureau", "the town hall")})
    assert {each.how for each in found.verdicts()} == {"kept"}
    found.change(
        {"permits.md": LABEL.replace("state lives", 'state odd(Street) "{1} is [not] odd"\nstate lives')}
    )
    monkeypatch.setattr("checker.prove.pool.spread", lambda *_: pytest.fail("something is decided"))
    monkeypatch.setattr("checker.holding.checking", lambda *_: pytest.fail("something is checked"))
    assert {each.how for each in found.verdicts()} == {"same meaning"}


def test_what_an_edit_cannot_reach_stands_as_before() -> None:
    """Of another law it says which verdicts are the same there, and of a column or a claim that this does not
    have, none is: each that it names is decided alike in both.
    """
    found = held()
    before = found.law
    jobs = chosen_jobs(before.regime, before.regime.claims, (), quick=False)
    assert found.unreached(before, jobs) == jobs
    found.change({"permits.md": TURNED})
    now, was = anew(TURNED), anew(LAW)
    alone = {(each.claim.name, str(each.column), each.by) for each in found.unreached(before, jobs)}
    assert {column for _, column, _ in alone} == {"old"}
    assert {each for each in now if each[:3] in alone} == {each for each in was if each[:3] in alone}
    assert {each[:3] for each in now - was} & alone == set()
    found.change({"permits.md": LAW, "claims.md": CLAIMS.replace("claim 2 permits-happen", "claim 2 others")})
    jobs = chosen_jobs(found.law.regime, found.law.regime.claims, (), quick=False)
    assert "others" not in {each.claim.name for each in found.unreached(before, jobs)}
    found.change({"permits.md": LAW.replace("version new", "version newer is old with TRADERS\nversion new")})
    jobs = chosen_jobs(found.law.regime, found.law.regime.claims, ("newer",), quick=False)
    assert jobs
    assert found.unreached(before, jobs) == ()


def test_an_edit_that_is_taken_back_finds_all_decided() -> None:
    """Also verdicts that were found by older evidence keep no other from being found."""
    found = held()
    before = rows(found)
    found.change({"permits.md": TURNED})
    list(found.verdicts())
    found.change({"permits.md": LAW})
    after = list(found.verdicts())
    assert {each.how for each in after} == {"kept"}
    assert rows(found) == before


def turned(law: checker.Held) -> set[tuple[str, str, str | None, str]]:
    """The verdicts that the last edit has turned: claim, column, before and now."""
    found = (each for each in law.verdicts() if each.turned)
    return {(each.claim.number, str(each.column), each.before, each.verdict) for each in found}


def test_it_says_which_verdicts_an_edit_has_turned() -> None:
    """Those and no others, and back."""
    found = held()
    assert not any(each.turned or each.before for each in found.verdicts())
    found.change({"permits.md": TURNED})
    assert turned(found) == {("1", "new", "refuted", "proved")}
    found.change({"permits.md": LAW})
    assert turned(found) == {("1", "new", "proved", "refuted")}


def test_the_claim_that_is_asked_for_is_the_one_that_is_answered() -> None:
    """By number or name, in the columns named; a claim that is not there is a SpecError at once."""
    found = held()
    assert {each.claim.number for each in found.verdicts(2)} == {"2"}
    assert {str(each.column) for each in found.verdicts("permits-happen", versions=["new"])} == {"new"}
    with pytest.raises(checker.SpecError):
        found.verdicts("no-such-claim")


def test_a_broken_edit_leaves_the_last_good_law() -> None:
    """With its verdicts; the next edit mends it."""
    found = held()
    law, before = found.law, rows(found)
    edit = found.change({"permits.md": BROKEN})
    assert [each.span.file for each in edit.diagnostics if each.span] == ["permits.md"]
    assert edit.law is found.law is law
    assert rows(found) == before
    other = found.change({"claims.md": CLAIMS.replace("permits-happen", "permits-are-given")})
    assert other.diagnostics == edit.diagnostics
    mended = found.change({"permits.md": LAW})
    assert mended.diagnostics == ()
    assert "permits-are-given" in {each.name for each in found.law.claims}
    assert mended.files == ("permits.md",)


def test_what_cannot_be_held_is_refused_at_once() -> None:
    """A law with a mistake, and a law as texts with claims in a folder."""
    with pytest.raises(checker.SpecError):
        held(BROKEN)
    with pytest.raises(checker.SpecError):
        checker.hold({"permits.md": LAW}, PERMITS / "properties")


# ------------------------------------------------------------------ folders


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A law on disk."""
    places = tmp_path / "spec", tmp_path / "properties"
    for place, text in zip(places, (LAW, CLAIMS), strict=True):
        place.mkdir()
        (place / "page.md").write_text(text, encoding="utf-8")
    return places


def test_folders_are_read_again(folders: tuple[Path, Path]) -> None:
    """What was written meanwhile counts, and what was only edited here does not."""
    spec, _ = folders
    found = checker.hold(*folders, effort=ALONE)
    page = str(spec / "page.md")
    found.change({page: LABEL})
    assert found.law.folders == folders
    assert found.law.sources()["spec/page.md"] == LABEL
    (spec / "page.md").write_text(WIDER, encoding="utf-8")
    assert found.reload().files == (page,)
    assert found.law.sources()["spec/page.md"] == WIDER
    assert rows(found) == anew(WIDER)
    (spec / "page.md").write_bytes(b"\xff")
    assert [each.code for each in found.reload().diagnostics] == ["bad-encoding"]
    assert found.law.sources()["spec/page.md"] == WIDER


def test_pages_come_and_go_in_the_order_of_the_folder(folders: tuple[Path, Path]) -> None:
    """An edited law is the one that its folder would have, with these files."""
    spec, properties = folders
    found = checker.hold(*folders, effort=ALONE)
    early = str(spec / "a.md")
    more = "# More\n\n```redline\nsort Colour\n```\n"
    found.change({early: more})
    (spec / "a.md").write_text(more, encoding="utf-8")
    loaded = checker.load(spec, properties).regime
    assert found.law.regime == loaded
    assert next(each.file for each in loaded.documents) == early
    assert found.reload().files == ()
    found.change({early: None})
    assert early not in {each.file for each in found.law.regime.documents}
    for name in ("elsewhere/page.md", str(spec / "page.txt")):
        with pytest.raises(checker.SpecError):
            found.change({name: more})


def test_texts_have_no_folder_to_be_read_again() -> None:
    """They stay as they are."""
    found = held(WIDER)
    assert found.reload().files == ()
    assert HeldTexts({"a.md": "1"}, {"b.md": "2"}).named == {"spec/a.md": "1", "properties/b.md": "2"}


# ------------------------------------------------------------------ threads


def test_what_is_asked_ends_with_an_edit_or_when_it_is_cancelled() -> None:
    """In this process and in others: whoever goes on asking is told that it was stopped."""
    for jobs in (1, 2):
        found = held(jobs=jobs)
        for end in (found.cancel, lambda each=found: each.change({"permits.md": WIDER})):
            asking = found.verdicts()
            next(asking)
            end()
            with pytest.raises(checker.Stopped):
                list(asking)
        assert rows(found) == anew(WIDER)


def test_a_broken_edit_ends_nothing() -> None:
    """The law that is asked about is still the last good one."""
    found = held()
    asking = found.verdicts()
    next(asking)
    found.change({"permits.md": BROKEN})
    assert len(list(asking)) == len(anew(LAW)) - 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_thread_that_decides_is_stopped_from_another(jobs: int) -> None:
    """While it is at work, not only between two verdicts."""
    found = held(jobs=jobs)
    started, ended = threading.Event(), threading.Event()

    def ask() -> None:
        for law in itertools.cycle((WIDER, LAW, TURNED)):
            try:
                found.prove(progress=lambda *_: started.set())
                found.change({"permits.md": law})
            except checker.Stopped:
                ended.set()
                return

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    assert started.wait(60)
    deadline = time.monotonic() + 60
    while not ended.is_set() and time.monotonic() < deadline:
        found.cancel()
        time.sleep(0.01)
    thread.join(60)
    assert ended.is_set()


def test_threads_ask_and_edit_at_once() -> None:
    """Whatever is answered is the answer of some law that was held, and at the end of the last one."""
    found = held()
    known = {law: anew(law) for law in (LAW, WIDER, TURNED, LABEL)}
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                seen = rows(found)
            except checker.Stopped:
                continue
            except Exception as error:
                wrong.append(error)
                return
            if seen not in known.values():
                wrong.append(seen)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
    for each in threads:
        each.start()
    try:
        for law in (WIDER, LAW, LABEL, TURNED, BROKEN, WIDER):
            time.sleep(0.1)
            found.change({"permits.md": law})
    finally:
        done.set()
        for each in threads:
            each.join(60)
    assert not wrong
    assert rows(found) == known[WIDER]


# ------------------------------------------------------------------ memory


@pytest.mark.parametrize("limit", ["_RENEWED", "_LARGE"])
def test_what_is_worked_out_is_dropped_after_many_edits(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """Or once there are many terms, so that a day of editing does not fill the memory; nothing else is
    different then. Of four edits two begin anew: every second or, since a law has more than two terms, those
    that follow one after which something was checked again (the first follows none, the last one taken back).
    """
    monkeypatch.setattr(f"checker.holding.{limit}", 2)
    found = held()
    rows(found)
    worked = [found._worked]
    for law in (WIDER, TURNED, LAW, LABEL):
        found.change({"permits.md": law})
        worked += [] if found._worked is worked[-1] else [found._worked]
        assert rows(found) == anew(law)
    assert len(worked) == 1 + 2


def test_verdicts_in_memory_stand_before_those_on_a_shelf() -> None:
    """What was not used for longest goes first, and is still found behind."""
    behind = Shelf()
    memory = InMemory(behind, most=25)
    for name in "abc":
        memory.put(name, b"0123456789")
    assert sorted(behind.data) == ["a", "b", "c"]
    assert memory.get("c") == b"0123456789"
    assert behind.found == 0
    assert memory.get("a") == b"0123456789"
    assert behind.found == 1
    memory.put("a", b"x")
    assert (memory.get("a"), memory.get("none")) == (b"x", None)
    assert InMemory(most=5).get("a") is None
