"""Edits of SRPD 6.2(d): each changes the verdicts that its page foresees, no others, and just those requests.

A page of tests/cases/edits declares a version `edit`: SECMP0107 with one edit. Its table lists every verdict
that differs, found by hand; a sentence says whether the edit allows more or less; its claims give the
difference. All three are what the author of the page expects, and nothing here writes them. To try a page,
put it into the spec/modifications of a copy of the law.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from checker.prove.pool import run
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.golden import PATHS, golden, page_of, texts, wording
from tests.support.effort import ALONE
from tests.support.params import with_long

SHIPPED = re.compile(r"\bmp107\b")
KINDS = {
    (True, True): "equivalent",
    (True, False): "less permissive",
    (False, True): "more permissive",
    (False, False): "incomparable",
}
BOTH_WAYS = """
```redline
claim 998 no-more "The edit allows no more." from "tests" edit allows no more than mp107 expect proved in edit
claim 999 no-less "The edit allows no less." from "tests" mp107 allows no more than edit expect proved in edit
```
"""
Outcomes = dict[tuple[str, str, str | None], str]


def shipped_jobs(regime: Regime, version: str) -> list[Job]:
    """Every shipped claim, of the version as it stands; and those that move between it and the baseline."""
    jobs = jobs_for(regime.claims, everything=False)
    ours = [job for job in jobs if job.claim.span.file.startswith("properties/")]
    return [job for job in ours if job.column.base == version or version in job.claim.deployment_over]


def outcomes(results: list[Result], version: str) -> Outcomes:
    """By claim, column (the version under another name) and clause: the verdict, or that it is of nothing."""
    return {
        (each.claim.number, str(each.column).replace(version, "new"), each.by): (
            "vacuous" if each.vacuous else each.verdict
        )
        for each in results
    }


def decided(regime: Regime, jobs: list[Job]) -> list[Result]:
    return [result for _, result in run(regime, tuple(jobs), ALONE)]


@pytest.fixture(scope="module")
def shipped() -> list[Result]:
    """What the shipped claims come to under SECMP0107."""
    regime = load_texts(texts("spec"), texts("properties"))
    return decided(regime, shipped_jobs(regime, "mp107"))


@pytest.fixture(scope="module")
def before(shipped: list[Result]) -> Outcomes:
    """The same, in a word each."""
    return outcomes(shipped, "mp107")


def tried_first(jobs: list[Job], shipped: list[Result]) -> list[Job]:
    """The jobs, each with what stands behind the verdict under SECMP0107: quicker, where it holds here."""
    known = {(each.claim.number, str(each.column), each.by): each for each in shipped}
    return [
        replace(job, like=known[job.claim.number, str(job.column).replace("edit", "mp107"), job.by])
        for job in jobs
    ]


SOME = ("own-fuel", "misplaced-or")  # one that allows less, and one that allows more


@pytest.mark.parametrize(
    "path", with_long(PATHS, lambda path: path.stem not in SOME), ids=lambda path: path.stem
)
def test_an_edit_changes_what_its_page_says(path: Path, shipped: list[Result], before: Outcomes) -> None:
    """The verdicts that change are those of the table; the requests that change are those of its claims."""
    page = page_of(path)
    claims = {file: SHIPPED.sub("edit", text) for file, text in texts("properties").items()}
    own = {"edit.md": page.text, "both-ways.md": BOTH_WAYS}
    regime = load_texts({**texts("spec"), **own}, claims)
    asked = shipped_jobs(regime, "edit")
    mine = [job for job in jobs_for(regime.claims) if job.claim.span.file in own]
    results = decided(regime, tried_first(asked, shipped) + mine)

    after = outcomes([each for each in results if each.claim.span.file not in own], "edit")
    assert after.keys() == before.keys()
    changed = {(key[0], before[key], after[key]) for key in before if before[key] != after[key]}
    assert changed == page.changes

    (no_more,) = (each for each in results if each.claim.name == "no-more")
    (no_less,) = (each for each in results if each.claim.name == "no-less")
    assert KINDS[no_more.verdict == "proved", no_less.verdict == "proved"] == page.kind
    assert {no_more.verdict, no_less.verdict} <= {"proved", "refuted"}

    of_page = [each for each in results if each.claim.span.file == "edit.md"]
    assert "difference" in {each.claim.name for each in of_page}
    assert not [(each.claim.number, str(each.column)) for each in of_page if not each.as_expected]
    assert not any(each.vacuous for each in of_page)


def test_the_edits_are_of_every_kind() -> None:
    """Ten at least; wider, narrower, both, neither; verdicts that turn either way, or lose their object."""
    pages = [page_of(path) for path in PATHS]
    assert len(pages) >= 10
    assert {page.kind for page in pages} == set(KINDS.values())
    ways = {(before, after) for page in pages for _, before, after in page.changes}
    assert ways >= {("proved", "refuted"), ("refuted", "proved")}
    assert ways >= {("proved", "vacuous"), ("refuted", "vacuous")}


# One of each kind at length; `python -m tests.golden` goes through all.
WORDED = ("any-generation", "own-fuel", "import-supplier-added", "everybody-else", "misplaced-or")
SOON = ("any-generation", "own-fuel")


@pytest.mark.parametrize(
    "path",
    with_long((path for path in PATHS if path.stem in WORDED), lambda path: path.stem not in SOON),
    ids=lambda path: path.stem,
)
def test_the_difference_is_worded_as_it_was(path: Path) -> None:
    """What `redline diff` says of an edit. When it is to be said otherwise: `python -m tests.golden`."""
    assert wording(path) == golden(path).read_text(encoding="utf-8")
