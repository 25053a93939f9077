"""JUnit, GitLab, GitHub and Markdown: what they say, and that hostile words stay words in them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite
from markdown_it import MarkdownIt

import checker
from checker.formats.github import github_of
from checker.formats.gitlab import gitlab_of
from checker.formats.junit import junit_of
from checker.formats.markdown import markdown_of
from checker.formats.places import Root
from checker.formats.write import Reported
from checker.language.diagnostics import Diagnostic
from checker.results.mistakes import mistakes_of
from tests.support.permits_law import permits
from tests.support.surprises import hostile_outcome, surprising


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A law of which one verdict is not as expected."""
    return surprising(tmp_path_factory.mktemp("law"))


@pytest.fixture(scope="module")
def proofs(place: Path) -> Reported:
    """What `prove` finds of it."""
    law = checker.load(place / "spec", place / "properties", effort=checker.effort(jobs=1))
    return law.prove(quick=True)


def _cases(text: str) -> dict[str, TestCase]:
    suites = JUnitXml.fromfile(BytesIO(text.encode()))
    assert all(isinstance(each, TestSuite) for each in suites)
    return {case.name: case for suite in suites for case in suite}


def test_markdown_tells_further_stories() -> None:
    """They are told though nothing is wrong; if none are asked for, there is no such section. GitLab, which
    has alerts alone, is told nothing.
    """
    law = permits()
    more = law.prove("1", versions=["new"], another=1)
    assert "There is no other story" in checker.formatted(more, "markdown").partition("### Told")[2]
    assert "### Told" not in checker.formatted(law.prove("1", versions=["new"]), "markdown")
    assert json.loads(checker.formatted(more, "gitlab")) == []


def test_junit_has_a_case_for_each_verdict(proofs: Reported, place: Path) -> None:
    """What is not as expected failed, with the story; everything else passed; counts agree with the cases."""
    text = checker.formatted(proofs, "junit", root=place)
    cases = _cases(text)
    assert len(cases) == 6
    failed = {name: each for name, each in cases.items() if each.result}
    ((name, case),) = failed.items()
    assert name == "1 holders-live-there in new"
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert failure.message.startswith("refuted, but proved was expected: Whoever is given")
    assert "exempt from" in failure.text
    suites = JUnitXml.fromfile(BytesIO(text.encode()))
    assert (suites.tests, suites.failures, suites.errors) == (6, 1, 0)


def test_junit_tells_no_answer_and_what_was_left_out_apart(place: Path, tmp_path: Path) -> None:
    """Out of time is an error, not a failure; a claim that was not asked is skipped, with the reason."""
    law = checker.load(place / "spec", place / "properties")
    found = law.prove("2", quick=True, effort=checker.effort(1e-9, jobs=1))
    kinds = [type(result) for each in _cases(checker.formatted(found, "junit")).values() for result in each]
    assert kinds == [Error, Error]
    edit = ("    possibly holder(s) is present by requests\n    expect proved in old, new",) * 2
    other = surprising(tmp_path, (edit[0], edit[1].replace("in old, new", "in new under strict")))
    law = checker.load(other / "spec", other / "properties")
    named = law.prove("1", "2", quick=True, effort=checker.effort(jobs=1))
    told = _cases(checker.formatted(named, "junit")).values()
    skipped = [result.message for each in told for result in each if isinstance(result, Skipped)]
    assert skipped == [each.reason for each in named.left_out]
    assert skipped


def test_github_gets_one_line_for_each_alert(proofs: Reported, place: Path) -> None:
    """The command names the claim's place, and what was found; the story follows in the same line."""
    (line,) = checker.formatted(proofs, "github", root=place).splitlines()
    assert line.startswith(
        "::error file=properties/claims.md,line=4,endLine=4,col=9,endColumn=26,title=Claim 1"
    )
    title = "Claim 1%2C holders-live-there%2C in new%3A refuted%2C but proved was expected"
    assert f"title={title}::Whoever is given" in line, "the title is not read twice"
    assert "%0A" in line


def test_gitlab_gets_places_and_fingerprints(proofs: Reported, place: Path) -> None:
    """Each entry has what GitLab asks for: text, a stable fingerprint, a severity, a path and a line."""
    (entry,) = json.loads(checker.formatted(proofs, "gitlab", root=place))
    assert entry["check_name"] == "claim/holders-live-there"
    assert entry["severity"] == "major"
    assert entry["location"] == {"path": "properties/claims.md", "lines": {"begin": 4}}
    assert len(entry["fingerprint"]) == 32


def test_the_summary_has_the_matrix_and_what_is_not_as_expected(proofs: Reported, place: Path) -> None:
    """One row a claim, one column a version; the surprise is marked there, and told below."""
    page = checker.step_summary(proofs, root=place)
    assert page.startswith("## redline prove: 6 verdicts, 1 not as expected\n")
    assert "| 1 | holders-live-there | proved | refuted ! |\n" in page
    assert "| 2 | permits-happen | proved | proved |\n" in page
    assert "**Claim 1, holders-live-there, in new: refuted, but proved was expected**" in page
    assert page.count("but proved was expected") == 1, "the title is not read twice"


def test_hostile_words_begin_no_workflow_command(tmp_path: Path) -> None:
    """Line feeds, percent signs, colons and commas of a law do not end a property, a message or a line."""
    text = github_of(hostile_outcome(), Root(tmp_path))
    (line,) = text.split("\n")[:-1]
    head, _, message = line.removeprefix("::error ").partition("::")
    properties = dict(each.split("=", 1) for each in head.split(","))
    assert properties["file"] == "spec/a b%2Cc%3Ad%25.md"
    assert set(properties) == {"file", "line", "endLine", "col", "endColumn", "title"}
    assert "\r" not in text
    assert "%25 " in message
    assert "\u202e" not in text
    assert "\\x07" in message


def test_hostile_words_are_text_in_xml_and_json(tmp_path: Path) -> None:
    """What no XML document can have is written as an escape, and the words come back as they were."""
    (case,) = _cases(junit_of(hostile_outcome(), Root(tmp_path))).values()
    (failure,) = case.result
    assert "\\x07\\ufffe" in failure.text
    assert "<b> `c` ::error::d" in failure.text
    (entry,) = json.loads(gitlab_of(hostile_outcome(), Root(tmp_path)))
    assert entry["location"]["path"] == "spec/a b,c:d%.md"


def test_hostile_words_are_no_markup(tmp_path: Path) -> None:
    """The page has just the tables, texts and blocks that redline makes, and no HTML but its own fold."""
    page = markdown_of(hostile_outcome(), Root(tmp_path))
    tokens = MarkdownIt("commonmark").enable("table").parse(page)
    kinds = [each.type for each in tokens]
    assert kinds.count("tr_open") == 2
    assert kinds.count("td_open") == 2
    assert kinds.count("fence") == 2
    html = [each.content.strip() for each in tokens if each.type == "html_block"]
    assert html == ["<details><summary>The story</summary>", "</details>"] * 2
    inline = [child.type for each in tokens for child in each.children or ()]
    assert "html_inline" not in inline
    assert inline.count("code_inline") == 1


def test_mistakes_are_told_in_every_format() -> None:
    """A command that could not begin is no success in any of them."""
    mistakes = mistakes_of((Diagnostic("usage", "no such option", None),))
    (case,) = _cases(checker.formatted(mistakes, "junit")).values()
    assert isinstance(case.result[0], Error)
    assert checker.formatted(mistakes, "github") == "::error title=no such option::no such option.\n"
    (entry,) = json.loads(checker.formatted(mistakes, "gitlab"))
    assert entry["check_name"] == "diagnostic/usage"
    assert "no such option" in checker.formatted(mistakes, "markdown")
    assert checker.formatted(mistakes, "text") == "no such option.\n"
    assert json.loads(checker.formatted(mistakes, "json"))["exit"] == 2
