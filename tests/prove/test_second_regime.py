"""The checker knows nothing of its first subject: it proves the lending rules of a library just as well."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from checker.logic import solver as solving
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.prove.run_jobs import run
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.support.effort import ALONE, untold
from tests.support.places import LIBRARY, ROOT

CHECKER = ROOT / "checker"


@pytest.fixture(scope="module")
def library() -> Regime:
    return load_regime(LIBRARY / "spec", LIBRARY / "properties")


@pytest.fixture(scope="module")
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


@pytest.fixture(scope="module")
def words(shipped: Regime) -> set[str]:
    """What the checker must not speak of."""
    return spoken_of(shipped)


@pytest.fixture(scope="module")
def results(library: Regime) -> list[Result]:
    """Every verdict on the lending rules."""
    return [result for _, result in run(library, untold(jobs_for(library.claims)), ALONE)]


def test_every_verdict_is_as_reasoned_by_hand(results: list[Result]) -> None:
    """The notes of the claims say why each is to be expected; all of them come out, and none is empty."""
    assert len(results) == 41
    different = [f"{r.claim.number} in {r.column}: {r.verdict}" for r in results if not r.as_expected]
    assert not different
    assert not [r.claim.number for r in results if r.vacuous]


@pytest.mark.thorough
def test_the_explorer_agrees(library: Regime) -> None:
    """The second way of deciding knows nothing of energy either."""
    jobs = untold(jobs_for(library.claims))
    results = [result for _, result in run(library, jobs, replace(ALONE, explore=1 << 16))]
    agreed = {r.claim.number for r in results if r.explored.startswith("agrees")}
    assert agreed >= {"1", "2", "3", "4", "5", "6", "9", "11"}


@pytest.mark.thorough
def test_every_verdict_is_the_same_with_quantifiers(
    library: Regime, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions that are put by their instances otherwise, each asked as it would be if it had too many."""
    monkeypatch.setattr(solving, "FEW", 0)
    prover = Prover(library)
    verdicts = {
        (job.claim.number, job.column): prover.decide(job).verdict for job in jobs_for(library.claims)
    }
    assert verdicts == {(each.claim.number, each.column): each.verdict for each in results}


def test_the_story_of_a_stranded_book(results: list[Result]) -> None:
    """The shortest way to strand a book: somebody borrows it, and the membership ends."""
    (found,) = (r for r in results if r.claim.number == "1" and r.column == Column("old"))
    assert found.evidence.trace is not None
    steps = [
        step.event or (step.request and step.request.values["act"]) for step in found.evidence.trace.steps
    ]
    assert sorted(map(str, steps)) in (["Borrow", "membership-ends"], ["Borrow", "post-ends"])


# ------------------------------------------------------- nothing of the first subject


def spoken_of(regime: Regime) -> set[str]:
    """The names that a regime's law gives to its own things, and that nobody would use for anything else.

    Names of values, components, functions, rules, clauses, codes, versions and readings, and short names of
    values. A name that may be an ordinary word (`Supplier`, `gas`, `baseline`) does not count; one with a
    digit, a hyphen, or capitals after its first letter does.
    """
    found: set[str] = set()
    for version in regime.versions:
        model = regime.model(Column(version))
        for enum in model.enums.values():
            found |= {*enum.sort.values, *enum.labels.values(), *enum.shorts}
        for names in (model.enums, model.functions, model.definitions, model.premises, model.components):
            found |= set(names)
        found |= {*model.events, *model.constants, *(each.name for each in model.axioms)}
        found |= {each.name for each in model.checks} | {each.name for each in model.effects}
        found |= {each.code for each in model.checks if each.code}
        found |= {limb.clause for check in model.checks for limb in check.limbs}
        found |= {quote.clause for quote in model.quotes}
        found |= {quote.clause.split()[0] for quote in model.quotes}
    found |= {*regime.versions, *regime.modifications, *regime.readings, *regime.deployments}
    return {name for name in found if _telling(name)}


def _telling(name: str) -> bool:
    return len(name) > 1 and re.fullmatch(r"[A-Z]?[a-z]+( [A-Za-z]?[a-z]+)*", name) is None


def names_in(text: str, names: set[str]) -> set[str]:
    """Those of the names that stand in a text as whole words."""
    return {
        name
        for name in names
        if name in text
        and re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)", text, re.MULTILINE) is not None
    }


def test_the_words_looked_for_are_those_of_the_subject(words: set[str]) -> None:
    """What is looked for has the clauses, codes, requests, roles and generations in it."""
    assert {"SRPD 6.2(d)", "S1SR 4.2", "S1VE64", "E4", "6.15.1", "8.7.2", "ED", "GT", "SMETS1"} <= words
    assert {"ElectricityDistributor", "DSP", "S1SP", "ESME", "mp107", "SECMP0107", "own-slot-only"} <= words
    assert names_in("a SMETS1 device, 6.15.1.", words) == {"SMETS1", "6.15.1"}
    assert not names_in("version 16.15.1", words)


def test_the_checker_does_not_speak_of_its_first_subject(words: set[str]) -> None:
    """No clause, code, Service Request, role, generation or other name of the law stands in the checker."""
    files = sorted(path for end in ("py", "lark", "md") for path in CHECKER.rglob(f"*.{end}"))
    assert len(files) > 300
    spoken = {path: names_in(path.read_text(encoding="utf-8"), words) for path in files}
    assert {path: names for path, names in spoken.items() if names} == {}
