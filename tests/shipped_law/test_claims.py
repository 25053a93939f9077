"""The claims about the shipped law: every verdict expected, found twice, and steady; and what edits turn.

Edits are of SRPD 6.2(d). A page of tests/cases/edits declares a version `edit`: SECMP0107 with one edit. Its
table lists every verdict that differs, found by hand; a sentence says whether the edit allows more or less;
its claims give the difference. All three are what the author of the page expects, and nothing here writes
them. To try a page, put it into the spec/modifications of a copy of the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from checker.html.verdicts import in_words
from checker.model.claim import Column, Need
from checker.prove.decide import Prover
from checker.prove.run_jobs import run
from checker.question.jobs import Effort, Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.golden import PATHS, page_of, texts
from tests.seeds import shape
from tests.support.effort import ALONE, untold
from tests.support.params import with_long, with_thorough
from tests.support.places import ROOT

HALF = 2  # of so many edits one is not long
EXPLORED = 1 << 20
CLAIM = re.compile(r"^claim \S+ ", re.MULTILINE)
PAGES = [
    each.name for each in sorted((ROOT / "properties").glob("*.md")) if CLAIM.search(each.read_text("utf-8"))
]
SEEDED = 4  # of so many claims one is asked with another seed


@cache
def shipped() -> Regime:
    """The law that comes with redline, and its claims."""
    return load_texts(texts("spec"), texts("properties"))


@cache
def prover() -> Prover:
    """Which decides them all, and writes no law into terms twice."""
    return Prover(shipped())


@cache
def of_page(page: str, *, otherwise: bool = False) -> tuple[Result, ...]:
    """The verdicts on the claims of a page, in columns as they stand; or `otherwise`, in all that are staged,
    read in another way, or go without a supposition.
    """
    claims = tuple(each for each in shipped().claims if Path(each.span.file).name == page)
    plain = set(untold(jobs_for(claims, everything=False)))
    return tuple(
        prover().decide(each) for each in untold(jobs_for(claims)) if (each in plain) is not otherwise
    )


@pytest.fixture(name="regime")
def _regime() -> Regime:
    return shipped()


@pytest.fixture(name="results")
def _results() -> list[Result]:
    """The verdicts of all pages in columns as they stand, which are found once."""
    return [each for page in PAGES for each in of_page(page)]


def unexpected(results: Iterable[Result]) -> list[str]:
    return [f"{r.claim.number} in {r.column}: {r.verdict}" for r in results if not r.as_expected]


def empty(results: Iterable[Result]) -> list[str]:
    return [f"{r.claim.number} in {r.column}" for r in results if r.vacuous]


def without(need: Need) -> Column:
    """The column in which the claim goes without what it needs."""
    return replace(need.column, without=(*need.column.without, need.supposition))


def bare(results: Iterable[Result]) -> list[Result]:
    """Verdicts without evidence."""
    decided = (each for each in results if each.verdict in ("proved", "refuted"))
    return [each for each in decided if not (each.evidence.trace or each.evidence.obligations)]


@pytest.mark.parametrize("page", PAGES)
def test_every_verdict_is_as_its_claim_expects(page: str) -> None:
    """In versions and deployments as they stand, no verdict differs from the claim's own."""
    assert of_page(page)
    assert unexpected(of_page(page)) == []


@pytest.mark.thorough
@pytest.mark.parametrize("page", PAGES)
def test_so_is_every_other_verdict(page: str) -> None:
    """Staged, under readings, and without suppositions: as expected, of something, and with evidence."""
    found = of_page(page, otherwise=True)
    assert (unexpected(found), empty(found), bare(found)) == ([], [], [])


def test_no_page_is_left_out(regime: Regime) -> None:
    """The pages are those on which a claim stands."""
    assert {Path(each.span.file).name for each in regime.claims} == set(PAGES)


def test_claims_1_to_24_are_there(regime: Regime) -> None:
    """Each row of the register of claims has at least one claim, in baseline or mp107."""
    numbers = {int("".join(c for c in claim.number if c.isdigit())) for claim in regime.claims}
    assert numbers >= set(range(1, 25))


def test_no_claim_is_vacuous(results: list[Result]) -> None:
    """Every proved `always` shows a story in which what it speaks of occurs."""
    assert empty(results) == []


def test_every_verdict_rests_on_obligations_or_a_story(results: list[Result]) -> None:
    """A refutation or a proof has a replayed story, or obligations that show why there can be none."""
    assert bare(results) == []


@pytest.mark.thorough
def test_needs_are_shown_both_ways(regime: Regime, results: list[Result]) -> None:
    """Whatever a claim says it needs, it is proved with and refuted without."""
    every = [*results, *(each for page in PAGES for each in of_page(page, otherwise=True))]
    found = {(r.claim.name, r.column): r.verdict for r in every if r.by is None}
    assert any(claim.needs for claim in regime.claims)
    for claim in regime.claims:
        for need in claim.needs:
            assert found[claim.name, need.column] == "proved", (claim.name, need)
            assert found[claim.name, without(need)] == "refuted", (claim.name, need)


def test_refutations_by_a_clause_use_that_clause(results: list[Result]) -> None:
    """A refutation that was asked of one limb ends in a request that this limb exempts."""
    asked = [r for r in results if r.by is not None]
    assert {r.by for r in asked} >= {"SRPD 6.2(a)", "SRPD 6.2(b)"}
    assert all(r.verdict == "refuted" and r.evidence.trace for r in asked)


@pytest.mark.parametrize(
    ("one_in", "explored"),
    [
        pytest.param(20, 1 << 16, marks=pytest.mark.thorough),
        pytest.param(5, EXPLORED, marks=pytest.mark.long),
    ],
)
def test_the_explorer_agrees(regime: Regime, one_in: int, explored: int) -> None:
    """Versions as they stand: wherever the explorer applies, it finds the same, to the step.
    One job in some; `redline prove --explore` asks all.
    """
    jobs = jobs_for(regime.claims, ("baseline", "mp107"), everything=False)
    jobs = tuple(each for each in jobs if not each.column.staged)[
        ::one_in
    ]  # where the explorer does not apply
    results = [result for _, result in run(regime, jobs, Effort(explore=explored, processes=1))]
    agreed = [r for r in results if r.explored.startswith("agrees")]
    assert not [r for r in results if not r.as_expected]
    assert len({r.claim.name for r in agreed}) >= 3


@pytest.mark.thorough
def test_another_seed_gives_the_same(regime: Regime, results: list[Result]) -> None:
    """Verdicts and lengths of stories do not depend on the seed; `tests.seeds` tries many, on all claims."""
    bases = ("baseline", "mp107")
    jobs = jobs_for(regime.claims[::SEEDED], bases, everything=False)
    again = [result for _, result in run(regime, jobs, Effort(seed=2026, processes=1))]
    first = {(r.claim.name, r.column, r.by): shape(r) for r in results}
    assert {(r.claim.name, r.column, r.by): shape(r) for r in again}.items() <= first.items()


# ---------------------------------------------------------------------- edits

SHIPPED = re.compile(r"\bmp107\b")
EXPECTED = re.compile(r"^ +(?:expect|needs) .*(?:\n {8,}\S.*)*$", re.MULTILINE)
AS_IT_STANDS = re.compile(r"\bmp107\b(?! under)")  # an edit need not have what a reading reads
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
Outcomes: TypeAlias = dict[tuple[str, str, str | None], str]


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


def under_secmp0107(results: Iterable[Result]) -> list[Result]:
    """Those of the verdicts that the shipped claims come to in SECMP0107."""
    asked = {(job.claim.number, job.column, job.by) for job in shipped_jobs(shipped(), "mp107")}
    return [each for each in results if (each.claim.number, each.column, each.by) in asked]


def tried_first(jobs: list[Job], found: list[Result]) -> list[Job]:
    """The jobs, each with what stands behind the verdict under SECMP0107: quicker, where it holds here."""
    known = {(each.claim.number, str(each.column), each.by): each for each in found}
    return [
        replace(job, like=known[job.claim.number, str(job.column).replace("edit", "mp107"), job.by])
        for job in jobs
    ]


def test_every_claim_is_told_in_the_words_of_a_column() -> None:
    """A report tells what each claim states; those that only a reading can say, in its words."""
    law = shipped()
    for claim in law.claims:
        assert in_words(claim, (each.column for each in claim.expectations), law), claim.number


def _of_the_edit(text: str) -> str:
    """Claims as they are asked of the edit; what is expected under readings of mp107 stays so."""
    parts, end = [], 0
    for each in EXPECTED.finditer(text):
        parts += [SHIPPED.sub("edit", text[end : each.start()]), AS_IT_STANDS.sub("edit", each[0])]
        end = each.end()
    return "".join((*parts, SHIPPED.sub("edit", text[end:])))


@pytest.mark.parametrize(
    "path",
    [*with_thorough(PATHS[::HALF], lambda _: True), *with_long(PATHS[1::HALF], lambda _: True)],
    ids=lambda path: path.stem,
)
def test_an_edit_changes_what_its_page_says(path: Path, results: list[Result]) -> None:
    """The verdicts that change are those of the table; the requests that change are those of its claims."""
    known = under_secmp0107(results)
    before = outcomes(known, "mp107")
    page = page_of(path)
    claims = {file: _of_the_edit(text) for file, text in texts("properties").items()}
    own = {"edit.md": page.text, "both-ways.md": BOTH_WAYS}
    regime = load_texts({**texts("spec"), **own}, claims)
    asked = shipped_jobs(regime, "edit")
    mine = [job for job in jobs_for(regime.claims) if job.claim.span.file in own]
    jobs = untold(tried_first(asked, known) + mine)
    found = [result for _, result in run(regime, jobs, ALONE)]

    after = outcomes([each for each in found if each.claim.span.file not in own], "edit")
    assert after.keys() == before.keys()
    changed = {(key[0], before[key], after[key]) for key in before if before[key] != after[key]}
    assert changed == page.changes

    (no_more,) = (each for each in found if each.claim.name == "no-more")
    (no_less,) = (each for each in found if each.claim.name == "no-less")
    assert KINDS[no_more.verdict == "proved", no_less.verdict == "proved"] == page.kind
    assert {no_more.verdict, no_less.verdict} <= {"proved", "refuted"}

    of_page = [each for each in found if each.claim.span.file == "edit.md"]
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
