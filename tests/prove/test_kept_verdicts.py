"""Verdicts of earlier runs: kept under all that could change them, and never believed if broken."""

from __future__ import annotations

import json
import pickle
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.group import redline
from checker.interface.shelf import Shelf, program
from checker.model.claim import Column
from checker.model.expressions import Truth
from checker.prove import pool, run_jobs
from checker.prove.kept_verdicts import KeptVerdicts
from checker.question.jobs import Effort, Job, Kept, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.permit_edits import EDITS
from tests.support.places import PERMITS
from tests.support.shelves import InMemory

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
CLAIMS = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")


R_IS_ANY = Truth(value=True)


def _law(spec: str = LAW, claims: str = CLAIMS) -> Regime:
    return load_texts({"spec/permits.md": spec}, {"properties/claims.md": claims})


def _names(law: Regime) -> dict[tuple[str, Column], str | None]:
    kept = KeptVerdicts(Kept(InMemory(), "this"), law)
    return {(each.claim.name, each.column): kept.name(each, Effort()) for each in jobs_for(law.claims)}


def _decided(law: Regime, kept: Kept | None, jobs: tuple[Job, ...] | None = None) -> list[Result]:
    found = dict(run_jobs.run(law, jobs or jobs_for(law.claims), Effort(processes=1, kept=kept)))
    return [found[number] for number in sorted(found)]


def _told(results: list[Result]) -> list[object]:
    """The results without what tells runs apart."""
    return [replace(each, kept=False, seconds=0.0) for each in results]


def test_what_is_found_is_what_was_kept() -> None:
    """Verdict, story, witness, strategies and obligations, of every claim of a law."""
    shelf = InMemory()
    law = _law()
    first = _decided(law, Kept(shelf, "this"))
    again = _decided(_law(), Kept(shelf, "this"))
    assert not any(each.kept for each in first)
    assert all(each.kept for each in again)
    assert _told(again) == _told(first)
    assert {each.verdict for each in first} == {"proved", "refuted"}


def test_what_nobody_was_to_read_is_told_to_nobody() -> None:
    """A verdict of which no story was to be told is kept apart from one whose story is told."""
    shelf, law = InMemory(), _law()
    jobs = jobs_for(law.claims)
    untold = tuple(replace(each, told=False) for each in jobs)
    assert not any(each.kept for each in _decided(law, Kept(shelf, "this"), untold))
    assert all(each.kept for each in _decided(law, Kept(shelf, "this"), untold))
    assert not any(each.kept for each in _decided(law, Kept(shelf, "this"), jobs))


def test_what_may_be_read_serves_where_nobody_reads() -> None:
    """But a story that was not made for readers is never told to any."""
    shelf, law = InMemory(), _law()
    jobs = jobs_for(law.claims)
    glanced = tuple(replace(each, surprises=True) for each in jobs)
    assert not any(each.kept for each in _decided(law, Kept(shelf, "this"), glanced[:1]))
    assert not any(each.kept for each in _decided(law, Kept(shelf, "this"), jobs))
    told = _decided(law, Kept(shelf, "this"), glanced)
    assert all(each.kept for each in told)
    assert _told(told)[1:] == _told(_decided(law, Kept(shelf, "this"), jobs))[1:]


def test_nothing_is_started_where_all_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a process nor a solver."""
    shelf = InMemory()
    law = _law()
    jobs = jobs_for(law.claims)[:2]
    _decided(law, Kept(shelf, "this"), jobs)
    monkeypatch.setattr(pool, "spread", lambda *_: pytest.fail("something is started"))
    assert [each.kept for each in _decided(law, Kept(shelf, "this"), jobs)] == [True, True]


def test_another_program_finds_nothing() -> None:
    """An edit of the checker, or another solver, decides anew."""
    shelf = InMemory()
    law = _law()
    jobs = jobs_for(law.claims)[:2]
    _decided(law, Kept(shelf, "this"), jobs)
    assert not any(each.kept for each in _decided(law, Kept(shelf, "that"), jobs))


def test_what_is_found_can_be_put_to_the_solver_again() -> None:
    """With the same evidence, none of it taken for granted."""
    shelf = InMemory()
    law = _law()
    first = _decided(law, Kept(shelf, "this"))
    again = _decided(law, Kept(shelf, "this", recheck=True))
    assert not any(each.kept for each in again)
    assert [each.verdict for each in again] == [each.verdict for each in first]
    assert [each.evidence.trace for each in again] == [each.evidence.trace for each in first]


def test_words_and_places_change_no_name() -> None:
    """Prose, and lines further down, are not what a claim reads."""
    assert _names(_law("A line of prose.\n\n\n" + LAW)) == _names(_law())


@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS)
def test_an_edit_of_the_law_changes_every_name(old: str, new: str) -> None:
    """What any rule of a version says may decide about any claim of it."""
    assert LAW.count(old) == 1
    before, after = _names(_law()), _names(_law(LAW.replace(old, new)))
    assert not [each for each in before if before[each] == after[each]]


def test_an_edit_of_one_version_leaves_the_others_alone() -> None:
    """What a modification says is read of its own versions, and by claims that compare them."""
    changed = LAW.replace("not inner(street)", "inner(street)")
    before, after = _names(_law()), _names(_law(changed))
    same = {each[1].base for each, name in before.items() if after[each] == name}
    assert same == {"old"}
    assert all(before[each] != after[each] for each in before if each[1].base == "new")


def test_an_edit_of_a_claim_changes_its_own_names_only() -> None:
    """Other claims keep theirs."""
    law = _law()
    first, *others = law.claims
    before, after = _names(law), _names(replace(law, claims=(replace(first, witness=R_IS_ANY), *others)))
    changed = {each[0] for each, name in before.items() if after[each] != name}
    assert changed == {first.name}


def test_what_turns_on_more_than_the_law_is_not_kept() -> None:
    """What the explorer says, and what a verdict rests on."""
    law = _law()
    kept = KeptVerdicts(Kept(InMemory(), "this"), law)
    job = jobs_for(law.claims)[0]
    assert kept.name(job, Effort()) is not None
    assert kept.name(job, Effort(explore=1)) is None
    assert kept.name(job, Effort(blame=True)) is None
    assert kept.name(job, Effort(seed=1)) != kept.name(job, Effort())
    assert kept.name(replace(job, by="By-law 1"), Effort()) != kept.name(job, Effort())


def test_a_story_that_is_tried_first_is_part_of_the_name() -> None:
    """The verdict may have it as its evidence. How long the solver took to check it elsewhere is no part."""
    law = _law()
    kept = KeptVerdicts(Kept(InMemory(), "this"), law)
    job = next(each for each in jobs_for(law.claims) if each.expected == "refuted")
    story = _decided(law, None, (job,))[0].evidence
    assert story.trace is not None
    slower = replace(story, obligations=tuple(replace(each, seconds=9.0) for each in story.obligations))
    shorter = replace(story, trace=replace(story.trace, situations=story.trace.situations[:1]))
    plain, one, same, other = (
        kept.name(replace(job, story=each), Effort()) for each in (None, story, slower, shorter)
    )
    assert one == same
    assert len({plain, one, other}) == 3


def test_only_verdicts_are_kept() -> None:
    """More time may decide what was left open."""
    law = _law()
    shelf = InMemory()
    kept = KeptVerdicts(Kept(shelf, "this"), law)
    result = _decided(law, None, jobs_for(law.claims)[:1])[0]
    kept.put("open", replace(result, verdict="unknown"))
    kept.put("bounded", replace(result, verdict="bounded"))
    assert not shelf.data
    kept.put("decided", result)
    assert list(shelf.data) == ["decided"]


def test_nothing_but_values_of_evidence_is_read() -> None:
    """A file that somebody else has written does nothing but fail."""
    law = _law()
    job = jobs_for(law.claims)[0]
    for strange in (Path("x"), run_jobs.run, Shelf, KeptVerdicts):
        kept = KeptVerdicts(Kept(InMemory({"name": pickle.dumps({"verdict": strange})}), "this"), law)
        assert kept.get("name", job) is None
    kept = KeptVerdicts(Kept(InMemory({"name": b"no pickle"}), "this"), law)
    assert kept.get("name", job) is None


# ------------------------------------------------------------------ the file


def test_a_process_that_begins_with_an_open_shelf_uses_it(tmp_path: Path) -> None:
    """It reads what is there and keeps what it finds, and so does the process that it began in."""
    with Shelf(tmp_path / "kept.sqlite") as shelf:
        shelf.put("a", b"before")

        def there() -> bytes | None:
            shelf.put("b", b"found there")
            return shelf.get("a")

        with pool.beside(there, Effort(processes=2)) as done:
            shelf.put("c", b"meanwhile")
            assert done() == b"before"
        assert (shelf.get("b"), shelf.get("c")) == (b"found there", b"meanwhile")
    with Shelf(tmp_path / "kept.sqlite") as shelf:
        assert (shelf.get("b"), shelf.get("c")) == (b"found there", b"meanwhile")


def test_what_is_on_disk_is_there_in_the_next_run(tmp_path: Path) -> None:
    """Until it is cleared."""
    with Shelf(tmp_path / "in" / "kept.sqlite") as shelf:
        shelf.put("a", b"first")
        shelf.put("a", b"second")
        shelf.put("b", b"other")
    with Shelf(tmp_path / "in" / "kept.sqlite") as shelf:
        assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (b"second", b"other", None)
        assert shelf.size() == (2, 11)
        shelf.clear()
        assert shelf.get("a") is None
        assert shelf.size() == (0, 0)


def test_what_was_altered_is_not_found(tmp_path: Path) -> None:
    """Neither data that was exchanged, nor data of another name, nor a file that is no database."""
    path = tmp_path / "kept.sqlite"
    with Shelf(path) as shelf:
        shelf.put("a", b"first")
        shelf.put("b", b"other")
    database = sqlite3.connect(path)
    database.execute("UPDATE kept SET data = 'x' WHERE name = 'a'")
    database.execute("UPDATE kept SET name = 'c' WHERE name = 'b'")
    database.commit()
    database.close()
    with Shelf(path) as shelf:
        assert shelf.get("a") is None
        assert shelf.get("c") is None
    path.write_bytes(b"nothing of the kind" * 100)
    with Shelf(path) as shelf:
        shelf.put("a", b"first")
        assert shelf.get("a") is None
        assert shelf.size() == (0, 0)


def test_two_runs_may_write_at_once(tmp_path: Path) -> None:
    """Each finds what the other has kept."""
    path = tmp_path / "kept.sqlite"
    with Shelf(path) as one, Shelf(path) as other:
        for number in range(50):
            one.put(f"one {number}", b"1")
            other.put(f"other {number}", b"2")
        assert other.get("one 49") == b"1"
        assert one.get("other 49") == b"2"


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """And breaks nothing."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with Shelf(tmp_path / "file" / "kept.sqlite") as shelf:
        shelf.put("a", b"first")
        assert shelf.get("a") is None


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file stays small."""
    monkeypatch.setattr("checker.interface.shelf._MOST", 25)
    with Shelf(tmp_path / "kept.sqlite") as shelf:
        for name in "abc":
            shelf.put(name, b"0123456789")
        assert shelf.get("a") is not None
    with Shelf(tmp_path / "kept.sqlite") as shelf:
        assert {name for name in "abc" if shelf.get(name) is not None} == {"a", "c"}


def test_the_program_is_told_from_others_by_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of any of its modules makes it another."""
    (tmp_path / "engine.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr("checker.interface.shelf._CHECKER", tmp_path)
    before = program()
    assert program() == before
    (tmp_path / "engine.py").write_text("x = 2\n", encoding="utf-8")
    assert program() != before


# --------------------------------------------------------------- the commands


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command about the law of this folder, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = PERMITS
    where = ("--spec", str(folder / "spec"), "--properties", str(folder / "properties"))

    def run(*arguments: str, law: bool = True) -> str:
        found = CliRunner().invoke(redline, [*arguments, *(where if law else ())], env={"REDLINE_CACHE": "1"})
        assert found.exit_code == 0, found.output
        return found.stdout

    return run


def test_a_command_says_what_it_has_not_decided_anew(ask: Callable[..., str]) -> None:
    """And tells the same of it."""
    first, again = ask("prove"), ask("prove")
    assert "from an earlier run" not in first
    assert "All from an earlier run." in again
    times = r"(All from an earlier run\. )?\d+\.\d s"
    assert re.sub(times, "", first.replace("\n", " ")) == re.sub(times, "", again.replace("\n", " "))


def test_json_says_of_every_verdict_where_it_is_from(ask: Callable[..., str]) -> None:
    """A machine can tell, too."""
    kept = [[each["kept"] for each in json.loads(ask("prove", "--format", "json"))["results"]] for _ in "ab"]
    assert not any(kept[0])
    assert all(kept[1])


@pytest.mark.parametrize("option", ["--no-cache", "--recheck"])
def test_nobody_need_take_what_was_decided(ask: Callable[..., str], option: str) -> None:
    """It can be decided anew, and it can be put to the solver again."""
    ask("prove")
    assert "from an earlier run" not in ask("prove", option)


def test_what_is_kept_is_told_and_forgotten(ask: Callable[..., str], tmp_path: Path) -> None:
    """`redline cache`, and `--clear`."""
    assert "0 verdicts" in ask("cache", law=False)
    ask("prove")
    told = ask("cache", law=False)
    assert str(tmp_path) in told
    assert "0 verdicts" not in told
    assert "0 verdicts" in ask("cache", "--clear", law=False)
    assert "from an earlier run" not in ask("prove")


@pytest.mark.parametrize("command", ["lint", "register"])
def test_other_commands_answer_alike_from_what_is_kept(ask: Callable[..., str], command: str) -> None:
    """Whatever asks claims may find them decided."""
    timeless = [re.sub(r"\d+\.\d s", "", ask(command)) for _ in "ab"]
    assert timeless[0] == timeless[1]


COUNTED = """
sort User
quantity money "$" with 2 decimals
fixed price(User): money "the price of {1}"
state paid-on: optional date "the day of payment"
request "{sender} asks"
    sender: User
component Bank
route Bank
version v "v"
check due for "R 1" at Bank, reject with E1
    requires price(sender) at most 20 per cent of price(sender) inference "x"
    requires today no later than paid-on plus 5 days inference "x"
"""
DUE = 'claim 1 due "D." from "R 1"\n    always, for every request r: r rejected\n    expect refuted in v\n'


def test_laws_with_sums_and_dates_are_kept_by_what_they_count() -> None:
    """There is a name for the verdict, the same whenever the law is loaded, and another for other numbers."""

    def name(old: str = "", new: str = "") -> set[str | None]:
        law = COUNTED.replace(old, new) if old else COUNTED
        return {*_names(_law(f"```redline\n{law}```\n", f"```redline\n{DUE}```\n")).values()}

    assert name() == name()
    assert None not in name()
    assert name() != name("20 per cent", "21 per cent")
    assert name() != name("5 days", "6 days")
