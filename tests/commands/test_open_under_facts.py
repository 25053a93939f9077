"""What has no answer under pinned facts, or fails without being a verdict: told wherever the exit code is."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from junitparser import JUnitXml

import checker
from checker.results.proofs import Proofs
from tests.support.effort import ALONE
from tests.support.html_pages import Page, text_of
from tests.support.places import LIBRARY
from tests.support.surprises import surprising

FACT = "enrolled(borrower(b))"
IDLE = """
```redline
adopted check nothing at Desk, reject without a published code, because "it asks for nothing"
    requires act is Apply or act is not Apply inference "so it is never not met"
```
"""


@pytest.fixture(scope="module")
def library() -> checker.Law:
    return checker.load(LIBRARY / "spec", LIBRARY / "properties", effort=ALONE)


@pytest.fixture(scope="module")
def unanswered(library: checker.Law) -> Proofs:
    """The claim is as expected, but what it comes to under the fact stays unknown, so the exit code is 3."""
    proofs = library.prove("12", versions=["old"], where=[FACT])
    assert [each.verdict for each in proofs.pinned] == ["unknown"]
    assert (proofs.exit, [each.as_expected for each in proofs.results]) == (3, [True])
    return proofs


def test_every_format_of_ci_tells_it(unanswered: Proofs) -> None:
    """One error of two cases in JUnit; one alert, with the fact, in each other format."""
    suites = JUnitXml.fromfile(BytesIO(checker.formatted(unanswered, "junit").encode()))
    assert (suites.tests, suites.errors, suites.failures) == (2, 1, 0)
    (run,) = json.loads(checker.formatted(unanswered, "sarif"))["runs"]
    (result,) = run["results"]
    assert (result["level"], run["invocations"][0]["exitCode"]) == ("warning", 3)
    (quality,) = json.loads(checker.formatted(unanswered, "gitlab"))
    (line,) = checker.formatted(unanswered, "github").splitlines()
    assert all(FACT in told for told in (result["message"]["text"], quality["description"], line))
    summary = checker.formatted(unanswered, "markdown")
    assert "all as expected, 1 without an answer where the facts hold" in summary
    assert "| unknown |" in summary


def test_the_page_tells_it(library: checker.Law, unanswered: Proofs) -> None:
    """It does not say that every question has an answer, and has the claim under the fact besides."""
    page = Page.of(library.page(unanswered))
    front = text_of(page.find("front"))
    assert f"12 patience in old, where {FACT}, is not decided" in front
    assert "Every question that was asked has an answer" not in front
    assert f"In old, where {FACT}" in text_of(page.find("claims"))


def test_an_answer_under_facts_is_no_alert(library: checker.Law) -> None:
    """Whether there is a story under the facts, or nothing of what is spoken of has them: it is an answer."""
    proofs = library.prove("4", versions=["old"], where=["r.act is Return"])
    assert ([each.vacuous for each in proofs.pinned], proofs.exit) == ([True], 0)
    suites = JUnitXml.fromfile(BytesIO(checker.formatted(proofs, "junit").encode()))
    assert (suites.tests, suites.errors, suites.failures) == (2, 0, 0)
    assert json.loads(checker.formatted(proofs, "gitlab")) == []
    assert "Every question that was asked has an answer" in text_of(
        Page.of(library.page(proofs)).find("front")
    )


def test_a_check_that_never_decides_fails_in_junit_and_on_the_page(tmp_path: Path) -> None:
    """It is no verdict, but the command ends with 4, so something must have failed."""
    place = surprising(tmp_path, ("expect proved in new", 'expect refuted by "By-law 2(a)" in new'))
    with (place / "spec" / "permits.md").open("a", encoding="utf-8") as page:
        page.write(IDLE)
    law = checker.load(place / "spec", place / "properties", effort=ALONE)
    proofs = law.prove(quick=True)
    assert (proofs.exit, {each.as_expected for each in proofs.results}) == (4, {True})
    suites = JUnitXml.fromfile(BytesIO(checker.formatted(proofs, "junit").encode()))
    assert suites.failures == sum(each.never for each in proofs.idle) > 0
    assert "it never decides a request" in text_of(Page.of(law.page(proofs)).find("front"))
