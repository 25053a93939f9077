"""The report is one page: complete, well-formed, linked within itself, and it says what the answers say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import checker
from checker.cli import run as run_command
from checker.html.ask import Report
from checker.html.folder import PAGE
from checker.interface import proving
from checker.interface.watching import decide
from checker.question.jobs import Kept
from checker.question.verdict import Result
from tests.support.effort import ALONE
from tests.support.html_pages import Page, text_of
from tests.support.permits_law import permits
from tests.support.places import PERMITS, TESTS
from tests.support.running import Run
from tests.support.shelves import InMemory

PLACES = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))
LINK = re.compile(r"https?:|//|javascript:|@import|url\((?!#)")


@pytest.fixture(scope="module")
def law() -> checker.Law:
    return permits()


@pytest.fixture(scope="module")
def report(law: checker.Law) -> Report:
    return law.report(blame=True)


@pytest.fixture(scope="module")
def page(report: Report) -> Page:
    return Page.of(report.html)


def _needs_no_other(page: Page) -> bool:
    """Whether every id is given once, and every link and name has its target on the page."""
    known = set(page.ids)
    return (
        len(page.ids) == len(known)
        and all(each.startswith("#") and each[1:] in known for each in page.targets)
        and set(page.named) <= known
    )


def test_it_is_complete_in_itself(report: Report, page: Page) -> None:
    """Nothing is loaded, there is no script, and the policy in the page forbids both."""
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base"})
    assert not any(name.startswith("on") for each in page.root.iter() for name in each.attrib)
    assert not LINK.findall(report.html)
    (policy,) = (each.attrib["content"] for each in page.all("meta") if "http-equiv" in each.attrib)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not any("style" in each.attrib for each in page.root.iter())


def test_every_link_leads_somewhere(page: Page) -> None:
    """Ids are given once, and whatever names one finds it."""
    assert len(page.targets) > 20
    assert _needs_no_other(page)


def test_a_link_to_nowhere_is_found() -> None:
    """What the test above relies on does see a broken link, and an id that is given twice."""
    assert _needs_no_other(Page.of("<!doctype html><title>a</title><a id=b href='#b'>c</a>"))
    assert not _needs_no_other(Page.of("<!doctype html><title>a</title><a href='#b'>c</a>"))
    assert not _needs_no_other(Page.of("<!doctype html><title>a</title><p id=b></p><p id=b></p>"))


def test_the_matrix_has_every_verdict_in_words(law: checker.Law, page: Page) -> None:
    """For each claim and version the word is that of the answer, beside a mark and not colour alone."""
    proofs = law.prove(quick=True)
    rows = {
        text_of(row).split()[0]: [text_of(cell) for cell in row.iter("td")]
        for table in page.all("table", class_="matrix")
        for row in table.iter("tr")
    }
    for each in proofs.results:
        cells = " ".join(rows[each.claim.number])
        assert each.verdict in cells
    refuted = next(each for each in proofs.results if each.verdict == "refuted")
    assert f"\N{BALLOT X} {refuted.verdict}" in " ".join(rows[refuted.claim.number])


def test_what_prove_has_found_is_not_looked_for_again(
    law: checker.Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even an example for each proof, which is found and told where that is wanted, and of claims that
    are named.
    """
    mine = law.trying(replace(ALONE, kept=Kept(InMemory(), "this")))
    mine.prove(examples=False)
    anew: list[list[Result]] = []

    def noting(*asked: Any) -> tuple[Result, ...]:
        found = decide(*asked)
        anew.append([each for each in found if not each.kept])
        return found

    monkeypatch.setattr(proving, "decide", noting)
    assert "It does occur:" not in mine.report(rollout=False).html
    assert anew == [[]]
    assert "It does occur:" in mine.report(rollout=False, examples=True).html
    assert "proved" in {each.verdict for each in anew[1]}
    assert "It does occur:" in mine.report(rollout=False, claims=("2",)).html
    assert anew[2] == []


def test_a_claim_that_differs_is_told_first_and_marked(page: Page) -> None:
    """The front page says which verdict turns between the two versions, how, and what decides that."""
    (turn,) = (each for turns in page.all("ul", class_="turns") for each in turns.iter("li"))
    assert "Whoever is given a permit lives in the street." in text_of(turn)
    assert "proved in old" in text_of(turn)
    assert "refuted in new, by By-law 2(a)" in text_of(turn)
    assert "is accepted, for By-law 2(a) exempts it from By-law 1" in text_of(turn)
    (marked,) = page.all("tr", class_="turning")
    assert "differs" in text_of(marked)


def test_a_story_is_a_list_of_steps_in_lanes(page: Page) -> None:
    """Who asks, the component that decides, the words that decide and what changes stand in order."""
    claim = page.find("claim-1")
    steps = [each for each in claim.iter("ol") if each.get("class") == "steps"]
    assert steps
    lanes = [text_of(each) for one in claim.iter("ul") if one.get("class") == "lanes" for each in one]
    assert lanes[0] == "Stranger A"
    assert "the desk" in lanes
    told = text_of(steps[0])
    places = [
        told.index(each)
        for each in (
            "makes an application",
            "Stranger A to the desk",
            "Exempt from By-law 1 (residence), by By-law 2(a)",
            "(a) a trader",
            "Accepted.",
            "What changes",
        )
    ]
    assert places == sorted(places)


def test_a_step_says_who_takes_part(law: checker.Law) -> None:
    """As data, in the names of the story: who sends a request, and what it is about."""
    found = law.prove("1").verdict("1", "new")
    step = found.note.steps[-1]
    assert step.sentence.startswith(f"{step.sender}, as Trader, makes an application for {step.things[0]}")
    assert step.parties == ()


def test_a_phrase_leads_to_its_claims_and_back(page: Page) -> None:
    """From words in the text to their meaning, from there to a story, and from its quote back again."""
    (phrase,) = (each for each in page.all("a") if text_of(each) == "(a) a trader" and each.get("id"))
    meaning = page.find(phrase.attrib["href"][1:])
    assert text_of(meaning).startswith("\N{LEFT DOUBLE QUOTATION MARK}(a) a trader")
    assert [each.get("href") for each in meaning.iter("a")] == [f"#{phrase.attrib['id']}"]
    parent = next(each for each in page.all("dl") if meaning in list(each))
    said = list(parent)[list(parent).index(meaning) + 1]
    stories = [each.attrib["href"][1:] for each in said.iter("a") if text_of(each) == "1"]
    assert stories
    quotes = [each.get("href") for one in stories for each in page.find(one).iter("a")]
    assert f"#{meaning.attrib['id']}" in quotes


def test_words_are_inserted_and_struck(page: Page, law: checker.Law) -> None:
    """What is inserted in one direction is struck in the other, and other words are neither."""
    back = Page.of(law.page(law.show("old", against="new")))
    for told, tag in ((page, "ins"), (back, "del")):
        changed = ["".join(each.itertext()) for each in told.all(tag)]
        assert "".join(changed[1:]) == "(a) a trader in the outer zone."  # the first is in the legend
    assert not [each for each in back.all("ins") if text_of(each) != "inserted"]
    assert "Before, in new" in text_of(back.find("law"))


def test_what_a_claim_states_is_told_in_words(page: Page) -> None:
    """The form of the statement and its condition are words, and what is written stands beside them."""
    told = text_of(page.find("claim-3"))
    assert (
        "in every situation in which s is taken, one request of the permit holder of s can bring it" in told
    )
    assert "always, if held(s), then possibly next holder(s) is q by a request of holder(s)" in told


def test_the_roll_out_is_a_picture_with_words(page: Page) -> None:
    """The picture has a title, a description and a table that says the same."""
    (picture,) = page.all("svg")
    assert text_of(next(picture.iter("title"))).startswith("The mixtures of old and new")
    boxes = [text_of(each) for each in picture.iter("text")]
    rows = list(next(page.all("table", class_="plain")).iter("tr"))[1:]
    assert len(boxes) == len(rows) > 1


def test_it_says_from_which_day_a_version_is_changed() -> None:
    """In `amended`, the change is in force from a day; in `new`, always. One component changes, so that there
    is one order of deployment, in which nothing lies between the two.
    """
    notices = (TESTS / "cases" / "in_force" / "notices.md").read_text(encoding="utf-8")
    law = checker.load({"notices.md": notices}, {}, effort=ALONE)
    said = " ".join(text_of(Page.of(law.report("old", "amended", quick=True).html).root).split())
    assert "old with AMEND (“Notices (Amendment) Act”), in force from commencement" in said
    assert "the Act as amended: old with AMEND (“Notices (Amendment) Act”) amended" in said
    assert said.count("One component changes: there is nothing between the two versions") == 2
    assert "1 of 1 orders" not in said


def test_hostile_words_are_text() -> None:
    """Tags, entities, ends of sections and marks that turn text around are shown, and are nothing else."""
    evil = "<script>alert(1)</script> ]]> &lt;b&gt; <!-- </style></title> \N{RIGHT-TO-LEFT OVERRIDE}live"
    rules = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
    claims = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")
    rules = rules.replace('"the office"', f'"{evil}"').replace('"nobody wrote it down"', f'"{evil}"')
    rules = rules.replace('because "it is an office"', f'because "{evil}"').replace(
        "Section 1 does", f"{evil} does"
    )
    claims = claims.replace("lives in the street.", evil)
    law = checker.load({"permits.md": rules}, {"claims.md": claims}, effort=ALONE)
    made = law.report(rollout=False, quick=True).html
    page = Page.of(made)
    assert _needs_no_other(page)
    assert page.tags.isdisjoint({"script", "b-gt"})
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in made
    shown = evil.replace("\N{RIGHT-TO-LEFT OVERRIDE}", "\\u202e")
    for section in ("front", "claims", "law", "register"):
        assert shown in text_of(page.find(section))


# ----------------------------------------------------------------------- folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: str) -> tuple[int, str, str]:
        code = run_command(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return running


def test_it_is_written_into_a_folder_of_its_own(report: Report, tmp_path: Path) -> None:
    """A report replaces a report, and there is nothing else in the folder."""
    place = tmp_path / "report"
    assert report.write(place) == place / PAGE
    assert (place / PAGE).read_text(encoding="utf-8") == report.html
    report.write(place)
    assert [each.name for each in place.iterdir()] == [PAGE]
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize("held", ["notes.txt", PAGE])
def test_other_files_are_not_written_over(run: Run, tmp_path: Path, held: str) -> None:
    """A folder with anything that is no report, whatever it is called, is refused before the work."""
    (tmp_path / held).write_text("<!doctype html>mine", encoding="utf-8")
    code, out, err = run("report", str(tmp_path), *PLACES)
    assert (code, out) == (2, "")
    assert "holds other things than a report" in " ".join(err.split())
    assert (tmp_path / held).read_text(encoding="utf-8") == "<!doctype html>mine"


def test_it_is_not_written_into_the_law(run: Run) -> None:
    """Nor into a folder whose parent is not there."""
    code, _, err = run("report", str(PERMITS / "spec" / "report"), *PLACES)
    assert code == 2
    assert "where it would be read as law" in " ".join(err.split())
    code, _, err = run("report", str(PERMITS / "nowhere" / "report"), *PLACES)
    assert code == 2
    assert "there is no folder" in " ".join(err.split())


def test_the_command_writes_it(run: Run, tmp_path: Path) -> None:
    """The page is where the command says, names the command, and the exit code is that of the answers."""
    code, out, err = run("report", str(tmp_path), "old", "new", "--claim", "2", "--no-rollout", *PLACES)
    assert (code, err) == (0, "")
    assert out.startswith(str(tmp_path / PAGE))
    page = Page.of((tmp_path / PAGE).read_text(encoding="utf-8"))
    assert "rollout" not in page.ids
    (footer,) = page.all("footer")
    assert f"redline report {tmp_path} old new --no-rollout --claim 2" in text_of(footer)


TURNS = """
sort User
state open(User) "the gate of {1} is [not] open"
request "{sender} asks"
    sender: User
component Desk
route Desk
version before
version after is before with act
modification act "An act"
start inference "at first": for every u: User: not open(u)
effect opening
    open(sender) becomes true inference "as it says"
reading watched "Somebody looks on." because "it is not said"
    also state seen(User) "{1} has [not] been seen"
    also event looking by the environment with u: User
        when open(u) and today later than 2 March 2026 "{u} is seen"
        seen(u) becomes true inference "so"
    start inference "at first": for every u: User: not open(u) and not seen(u)
"""
SEEN = """
claim 1 seen "Nobody is ever seen." from "B"
    for u: User
    always not seen(u) or today later than 2 March 2026
    expect proved in after under watched
"""


def test_a_claim_is_told_in_words_that_only_a_reading_brings() -> None:
    """The last version has neither the word nor time; the column in which the claim was asked has both."""
    texts = (
        {"law.md": f"# Law\n\n```redline\n{TURNS}```\n"},
        {"claims.md": f"# Claims\n\n```redline\n{SEEN}```\n"},
    )
    page = Page.of(checker.load(*texts, effort=ALONE).report().html)
    told = " ".join(page.root.itertext())
    assert "has not been seen" in told
    assert "today is later than Monday 2 March 2026" in told
