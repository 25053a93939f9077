"""Two other modifications of the same Code, with claims of their own: SECMP0063 and MP120.

They are kept beside the shipped law, in tests/cases/modifications, so that its matrix stays narrow. Their
text is not to hand, so their rules are inferred, and say so. To try them, copy the two folders over a copy of
`spec` and `properties`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model.claim import Column
from checker.prove.run_jobs import run
from checker.question.jobs import Job, jobs_for, names_columns
from checker.question.verdict import Result
from checker.regime.earlier import Earlier
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.effort import ALONE, untold
from tests.support.places import ROOT, TESTS

CASES = TESTS / "cases" / "modifications"


def texts(root: Path, folder: str) -> dict[str, str]:
    paths = sorted((root / folder).rglob("*.md"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def loaded(law: dict[str, str], claims: dict[str, str], earlier: Earlier) -> Regime:
    """The shipped law with the modifications of `law`, and the claims about these besides."""
    return load_texts(texts(ROOT, "spec") | law, claims | texts(CASES, "properties"), earlier=earlier)


@pytest.fixture(scope="module")
def earlier() -> Earlier:
    """What the laws have in common, worked out once for all of them."""
    return Earlier()


@pytest.fixture(scope="module")
def regime(earlier: Earlier) -> Regime:
    return loaded(texts(CASES, "spec"), texts(ROOT, "properties"), earlier)


def decided(regime: Regime, jobs: list[Job]) -> list[Result]:
    return [result for _, result in run(regime, untold(jobs), ALONE)]


def test_every_verdict_is_as_its_claim_expects(regime: Regime) -> None:
    """What each modification does, and rests on, is as its claims say; none holds of nothing."""
    jobs = [job for job in jobs_for(regime.claims) if job.claim.span.file.startswith("tests/")]
    results = decided(regime, jobs)
    assert not [f"{r.claim.number} in {r.column}: {r.verdict}" for r in results if not r.as_expected]
    assert not [f"{r.claim.number} in {r.column}" for r in results if r.vacuous]
    assert {r.column.base for r in results} >= {"secmp0063", "mp107-secmp0063", "before-mp120", "mp120"}


# SECMP0063 prevents some wrong certificates and repairs none. It turns the two claims about what a 6.21
# may install. What else Suppliers may install turns none: 5b, for one, asks for a 6.21 with the right
# certificate. 7.7 is not Critical, and changes no slot.
INSTALLED = {("31a", None): "refuted", ("31b", None): "proved"}


@pytest.mark.parametrize(
    ("old", "new", "turned"),
    [
        pytest.param("baseline", "secmp0063", INSTALLED, marks=pytest.mark.thorough),
        pytest.param("mp107", "mp107-secmp0063", INSTALLED, marks=pytest.mark.long),
        pytest.param("baseline", "before-mp120", {}, marks=pytest.mark.long),
    ],
)
def test_no_other_shipped_verdict_changes(
    regime: Regime, old: str, new: str, turned: dict[tuple[str, str | None], str]
) -> None:
    """Every shipped claim that can be asked of the version comes out as in the one that it is made from, but
    for those that the modification is about.
    """
    asked = [
        job
        for job in jobs_for(regime.claims, (old,), everything=False)
        if job.claim.span.file.startswith("properties/")
        and not (names_columns(job.claim) or job.claim.deployment_over)
    ]
    results = decided(regime, [Job(job.claim, Column(new), by=job.by) for job in asked])
    found = {(r.claim.number, r.by): r.verdict for r in results}
    assert found == {(job.claim.number, job.by): job.expected for job in asked} | turned
    assert not [r.claim.number for r in results if r.vacuous]
    assert {"1", "3", "5a"} <= {number for number, _ in found}


@pytest.mark.parametrize(
    ("old", "new", "version", "turned"),
    [
        ("srv is 6.21 and type(target) in {ESME, GPF}", "srv is 6.21 and type(target) is ESME", "secmp0063",
         {"201", "203", "206", "207", "208"}),
        ("srv is 6.15.1 and type(target) is ESME or", "", "secmp0063 without own-slot-only", {"202"}),
        ("applies when supplier-role(role)", "applies when true", "secmp0063", {"208", "209"}),
        ("requires certificate is correct(target)",
         "requires certificate is correct(target) or correct(target) is absent", "secmp0063",
         {"201", "203", "206", "207", "208"}),
        ('becomes "IS ED OU"', 'becomes "IS ED GT OU"', "mp120", {"301", "302", "304", "305"}),
        ('MP120 amend table service-requests: row "7.7", "eligible_roles" becomes "IS ED',
         'MP120 amend table service-requests: row "7.6", "eligible_roles" becomes "IS ED', "mp120",
         {"301", "302", "303", "305", "307"}),
    ],
)  # fmt: skip
def test_a_broken_rule_turns_the_verdict(
    old: str, new: str, version: str, turned: set[str], earlier: Earlier
) -> None:
    """A device, a request or a sender forgotten, nobody registered; a role too many, or in another row."""
    law = texts(CASES, "spec")
    (file,) = (file for file, text in law.items() if old in text)
    law[file] = law[file].replace(old, new)
    broken = loaded(law, {}, earlier)
    column = broken.parse_column(version)
    results = decided(broken, [job for job in jobs_for(broken.claims) if job.column == column])
    assert {r.claim.number for r in results if r.expected == "proved" and r.verdict == "refuted"} == turned
