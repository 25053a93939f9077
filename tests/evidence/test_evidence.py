"""Evidence folders as people use them: written whole, the same every time, certified with an exit code."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from checker import cli
from checker.evidence import folder as folders
from checker.evidence.itf import from_itf
from checker.evidence.record import Strategies
from checker.evidence.write import MANIFEST, stays, story_text
from checker.language.diagnostics import SpecError
from checker.logic import script_solvers
from checker.model.claim import Eventually, Leads
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from checker.report.summary import is_main
from tests.support.effort import untold
from tests.support.evidence_made import claim, decided, law, loaded
from tests.support.keys_to_safes import KEYS
from tests.support.params import with_long, with_thorough
from tests.support.permit_edits import CLAIMS_PAGE, edited
from tests.support.places import PERMITS, ROOT
from tests.support.running import Run
from tests.support.tampering import CLAIMS

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))


def held(place: Path) -> dict[str, str]:
    """Every file of a folder."""
    files = (each for each in sorted(place.rglob("*")) if each.is_file())
    return {each.relative_to(place).as_posix(): each.read_text(encoding="utf-8") for each in files}


@pytest.fixture(scope="module")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evidence of the claims about permits, which no test may change."""
    place = tmp_path_factory.mktemp("written") / "evidence"
    words = ("prove", *FOLDERS, "--evidence", str(place), "--jobs", "1", "--stories", "none")
    assert cli.run(words) == 0
    return place


@pytest.fixture
def evidence(written_once: Path, tmp_path: Path) -> Path:
    """A copy of that evidence."""
    return Path(shutil.copytree(written_once, tmp_path / "evidence"))


# ------------------------------------------------------- written and read


@pytest.mark.thorough
def test_the_same_folder_is_written_by_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text depends neither on the order of sets in a process nor on the number of processes."""
    made = []
    for seed, jobs in (("1", "1"), ("2", "2")):
        place = tmp_path / seed
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        command = ("prove", *FOLDERS, "--evidence", str(place), "--jobs", jobs)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
            assert fresh.submit(cli.run, command).result() == 0
        made.append(held(place))
    assert made[0] == made[1]
    assert len(made[0]) > len(jobs_for(load_regime(PERMITS / "spec", PERMITS / "properties").claims))


@pytest.fixture(scope="module")
def keys() -> tuple[Regime, list[Result]]:
    """Every kind of verdict."""
    regime = loaded(law(KEYS, CLAIMS))
    return regime, decided(regime)


def test_a_story_survives_its_file(keys: tuple[Regime, list[Result]]) -> None:
    """What is read from a story's file is what was written into it."""
    regime, results = keys
    survived = 0
    for each in results:
        question = Question(regime, Job(each.claim, each.column, by=each.by))
        model = next(iter(question.rules.values()))
        told = (each.evidence, *each.evidence.cases, *((each.witness,) if each.witness else ()))
        for story in told:
            if story.trace is None:
                continue
            text = story_text(regime, question, story, stays=stays(question, each.verdict))
            read = from_itf(json.loads(text), model)
            assert read == Evidence(story.trace, story.binding, story.requests, story.attempt)
            survived += 1
    assert survived > len(results) / 2


def test_a_claim_with_a_request_as_its_variable() -> None:
    """Such a request keeps its value along a story, and is written and read with it."""
    regime = loaded(
        law(
            KEYS,
            """
            claim 1 not-both "What is asked for is one thing." from "K 1"
                for s: Safe, q: request where q.safe is s
                always, if key(s) is present and q.act is Take, then possibly key(s) is absent by requests
                expect refuted in loose
            """,
        )
    )
    (found,) = decided(regime)
    assert found.verdict == "refuted"
    assert found.evidence.requests["q"].values["act"] == "Take"
    question = Question(regime, Job(claim(regime, "not-both"), found.column))
    read = from_itf(
        json.loads(story_text(regime, question, found.evidence)), next(iter(question.rules.values()))
    )
    assert read.requests == found.evidence.requests


@pytest.mark.parametrize(
    "base",
    [
        *with_thorough(("mp107",), lambda _: True),
        *with_long(("baseline", "dsp-first", "s1sp-first"), lambda _: True),
    ],
)
def test_strategies_survive_being_written(base: str) -> None:
    """Those of the shipped claims, in the version and, at length, in the other and in deployments."""
    regime = load_regime(ROOT / "spec", ROOT / "properties")
    prover = Prover(regime, budget=60, witnesses="none")
    survived = 0
    for job in untold(jobs_for(regime.claims, (base,))):
        if not is_main(job.column) or not isinstance(job.claim.statement, Leads | Eventually):
            continue
        found = prover.decide(job).evidence
        claim = Question(regime, replace(job, one_by_one=found.one_by_one)).job.claim
        variables = {each.name: each.sort for each in claim.variables if each.sort is not None}
        model = next(iter(regime.rules(job.column).values()))
        strategies = Strategies(regime, model, variables)
        for each in (*found.ways, *(found.excluded or ())):
            assert strategies.read(json.loads(json.dumps(strategies.written(each)))) == each
            survived += 1
    assert survived


# ---------------------------------------------------------------- folders


@pytest.mark.parametrize(
    ("name", "text"),
    [("notes.txt", "mine"), (MANIFEST, '{"name": "a web page", "files": {}}'), (MANIFEST, "no JSON")],
    ids=["notes", "another manifest", "a manifest that is none"],
)
def test_nothing_but_evidence_is_replaced(run: Run, tmp_path: Path, name: str, text: str) -> None:
    """A folder with something else in it is left as it is."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    code, out, err = run("prove", "2", *FOLDERS, "--evidence", tmp_path, "--jobs", "1")
    assert (code, out) == (2, "")
    assert "holds other things than evidence" in " ".join(err.split())
    assert held(tmp_path) == {name: text}


def test_evidence_with_notes_beside_it_is_not_replaced(run: Run, evidence: Path) -> None:
    """Nor is evidence to which somebody has added a file."""
    (evidence / "notes.txt").write_text("mine", encoding="utf-8")
    before = held(evidence)
    code, _, err = run("prove", "2", *FOLDERS, "--evidence", evidence, "--jobs", "1")
    assert code == 2
    assert "holds other things than evidence" in " ".join(err.split())
    assert held(evidence) == before


def test_old_evidence_is_replaced_whole(run: Run, evidence: Path) -> None:
    """What is not written again is not there any more."""
    before = held(evidence)
    assert any(name.startswith("01-") for name in before)
    code, _, _ = run("prove", "2", *FOLDERS, "--evidence", evidence, "--jobs", "1")
    assert code == 0
    after = held(evidence)
    assert {name.split("/")[0] for name in after} == {"02-permits-happen", "grounds", MANIFEST}
    assert run("certify", evidence, *FOLDERS, "--jobs", "1", "--solver", "z3")[0] == 0


def broken_after(number: int, work: Callable[..., object]) -> Callable[..., object]:
    """The work, which fails once for want of space, after it has been done so often."""
    calls = itertools.count()

    def breaking(*given: object, **named: object) -> object:
        if next(calls) == number:
            raise OSError(28, "No space left on device")
        return work(*given, **named)

    return breaking


@pytest.mark.parametrize("old", [True, False], ids=["over old evidence", "in a new place"])
@pytest.mark.parametrize(("method", "number"), [("write_text", 3), ("rename", 0), ("rename", 1)])
def test_what_cannot_be_written_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, number: int, *, old: bool
) -> None:
    """The disk is full at the fourth file, or the folder cannot be moved to its place."""
    place = tmp_path / "evidence"
    if old:
        files = {MANIFEST: json.dumps({"schema": "redline.evidence/0", "files": {"a/b": ""}}), "a/b": "old"}
        folders.write_folder(place, files)
    before = held(tmp_path)
    fails = old or number == 0 or method == "write_text"
    with monkeypatch.context() as full:
        full.setattr(Path, method, broken_after(number, getattr(Path, method)))
        new = {f"new/{name}": "new" for name in range(5)}
        if fails:
            with pytest.raises(SpecError, match="no space left on device"):
                folders.write_folder(place, {**new, MANIFEST: "{}"})
        else:
            folders.write_folder(place, {**new, MANIFEST: "{}"})
    assert fails is (held(tmp_path) == before)
    assert [each.name for each in tmp_path.iterdir()] == (["evidence"] if old or not fails else [])


def test_a_law_without_grounds_has_a_folder_without_verdicts(run: Run, tmp_path: Path) -> None:
    """The axiom holds at no start. Nothing is decided, and that is what the folder says."""
    axiom = 'axiom nobody-lives "N." because "x": for every p: Person, s: Street: holder(s) is present\n'
    options = edited(tmp_path, "order at Desk", f"{axiom}order at Desk")
    place = tmp_path / "evidence"
    assert run("prove", "2", *options, "--evidence", place, "--jobs", "1")[0] == 3
    assert set(held(place)) == {MANIFEST}
    assert run("certify", place, *options, "--jobs", "1", "--solver", "z3")[0] == 3


# ---------------------------------------------------------------- certify


def test_0_when_everything_holds(run: Run, evidence: Path) -> None:
    """The evidence is certified, and both solvers are named."""
    code, out, err = run("certify", evidence, *FOLDERS, "--jobs", "1")
    assert (code, err) == (0, "")
    assert "The evidence is certified: " in out
    assert all(name in out.split() for name in ("z3", "cvc5"))


def test_2_without_the_second_solver_and_how_to_go_on(
    run: Run, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has only one solver is told how to ask it alone."""
    monkeypatch.setattr(script_solvers, "is_installed", lambda name: name != "cvc5")
    code, out, err = run("certify", evidence, *FOLDERS)
    assert (code, out) == (2, "")
    told = " ".join(err.split())
    assert "cvc5 is not installed: install `redline[certify]`, or ask `--solver z3` alone" in told
    assert run("certify", evidence, *FOLDERS, "--solver", "z3", "--jobs", "1")[0] == 0


def test_2_for_what_is_no_evidence_folder(run: Run, tmp_path: Path) -> None:
    """A folder without a manifest is bad usage."""
    code, out, err = run("certify", tmp_path, *FOLDERS)
    assert (code, out) == (2, "")
    assert f"there is no `{MANIFEST}`" in " ".join(err.split())


def test_2_for_a_folder_with_links(run: Run, evidence: Path) -> None:
    """What a link leads to was not written there."""
    (evidence / "more").symlink_to(evidence / MANIFEST)
    code, out, err = run("certify", evidence, *FOLDERS)
    assert (code, out) == (2, "")
    assert "is neither a file nor a folder" in " ".join(err.split())


def test_3_when_a_verdict_is_none(run: Run, tmp_path: Path) -> None:
    """What ran out of time is named, with its claim and column."""
    place = tmp_path / "evidence"
    late = ("--budget", "0.000001", "--jobs", "1", "--stories", "none")
    assert run("prove", "3", *FOLDERS, "--evidence", place, *late)[0] == 3
    code, out, _ = run("certify", place, *FOLDERS, "--jobs", "1", "--solver", "z3")
    assert code == 3
    assert "No verdict: claim 3, the-holder-can-give-it-away, in new." in out


def test_4_when_a_claim_speaks_of_nothing(run: Run, tmp_path: Path) -> None:
    """A vacuous claim is certified as vacuous."""
    said = "r.act is Apply and r.street is s and r.sender is not Office"
    options = edited(tmp_path, said, f"r.kind is Trader and r.kind is Resident and {said}", CLAIMS_PAGE)
    place = tmp_path / "evidence"
    assert run("prove", "1", "--version", "old", *options, "--evidence", place, "--jobs", "1")[0] == 4
    code, out, _ = run("certify", place, *options, "--jobs", "1", "--solver", "z3")
    assert code == 4
    assert "Vacuous: claim 1, holders-live-there, in old." in out


def test_5_when_the_law_has_changed(run: Run, evidence: Path, tmp_path: Path) -> None:
    """Evidence about other words of the law is stale."""
    options = edited(tmp_path, "requires lives(sender, street)", "requires sender is sender")
    code, out, _ = run("certify", evidence, *options, "--jobs", "1", "--solver", "z3")
    assert code == 5
    assert "Rejected: the evidence is stale: `spec/permits.md` has changed." in out
    assert "The evidence is rejected: " in out


def test_5_for_text_that_is_none(run: Run, evidence: Path) -> None:
    """Bytes that are no text are a rejection, not a traceback."""
    (evidence / MANIFEST).write_bytes(b"\xff\xfe\x00")
    code, out, _ = run("certify", evidence, *FOLDERS)
    assert code == 5
    assert f"`{MANIFEST}` is not JSON" in out


def test_nothing_that_the_folder_says_reaches_the_terminal_as_it_is(run: Run, evidence: Path) -> None:
    """A claim's name is said to be an order to the terminal, and the end of a report."""
    document = json.loads((evidence / MANIFEST).read_text(encoding="utf-8"))
    name = "\x1b[2J\nThe evidence is certified: 7 of 7 entries hold." + "!" * 10_000
    document["verdicts"][0]["claim"]["name"] = name
    (evidence / MANIFEST).write_text(json.dumps(document), encoding="utf-8")
    code, out, err = run("certify", evidence, *FOLDERS, "--jobs", "1", "--solver", "z3")
    assert code == 5
    assert "\x1b" not in out + err
    assert not any(line.startswith("The evidence is certified") for line in out.splitlines())
    assert len(out) < 20_000


def test_the_judgement_as_data(run: Run, evidence: Path) -> None:
    """Entries, solvers and problems are in the document, for what is certified and for what is not."""
    code, out, _ = run("certify", evidence, *FOLDERS, "--jobs", "1", "--solver", "z3", "--format", "json")
    found = json.loads(out)
    assert (code, found["exit"], found["certified"], found["problems"]) == (0, 0, True, [])
    assert [each["name"] for each in found["solvers"]] == ["z3"]
    assert not any(each["rejected"] or each["open"] or each["vacuous"] for each in found["entries"])
    assert sum(each["obligations"] for each in found["entries"]) == found["obligations"]
    subjects = [each["subject"] for each in found["entries"]]
    assert "the grounds of old" in subjects
    assert "claim 2, permits-happen, in old" in subjects

    (evidence / "02-permits-happen" / "old" / "story.itf.json").write_text("{}", encoding="utf-8")
    code, out, _ = run("certify", evidence, *FOLDERS, "--jobs", "1", "--solver", "z3", "--format", "json")
    found = json.loads(out)
    assert (code, found["exit"], found["certified"]) == (5, 5, False)
    assert "story.itf.json` has changed" in found["problems"][0]
    (rejected,) = (each for each in found["entries"] if each["rejected"])
    assert rejected["subject"] == "claim 2, permits-happen, in old"
    assert "it is not a trace" in rejected["rejected"][0]


HARD = """(set-logic ALL)
(declare-sort U 0)
(declare-fun p (U U) Bool)
(assert (forall ((x U) (y U)) (=> (p x y) (not (p y x)))))
(assert (forall ((x U)) (exists ((y U)) (and (p x y) (p y x)))))
(check-sat)
"""


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
def test_a_question_without_terms_of_its_own_is_answered(solver: str) -> None:
    """Somebody must be found to apply it to; what has an answer is not called impossible."""
    assert script_solvers.SOLVERS[solver](HARD, 10.0) == "unsat"
    possible = HARD.replace("(and (p x y) (p y x))", "(p x y)").replace("(not (p y x))", "true")
    assert script_solvers.SOLVERS[solver](possible, 0.2) != "unsat"
