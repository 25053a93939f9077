"""Single answers as pages: what `--format html` writes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from checker.cli import run as run_command
from checker.results.parts import OtherStories, OtherStory
from tests.support.html_pages import Page, text_of
from tests.support.permits_law import permits
from tests.support.places import PERMITS
from tests.support.running import Run

PLACES = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: str) -> tuple[int, str, str]:
        code = run_command((*arguments, *PLACES, "--format", "html"))
        out, err = capsys.readouterr()
        return code, out, err

    return running


@pytest.mark.parametrize(
    ("words", "section", "said"),
    [
        (("show", "new"), "law", "(a) a trader in the outer zone."),
        (("show", "new", "--against", "old"), "law", "as changes of old"),
        (("diff", "old", "new"), "differences", "new is more permissive"),
        (("prove", "2"), "claims", "A permit can be given."),
        (("rollout",), "rollout", "Bringing new into use in place of old"),
        (("register", "--quick"), "register", "Only residents."),
    ],
)
def test_one_answer_makes_one_page(run: Run, words: tuple[str, ...], section: str, said: str) -> None:
    """The page has the section of the answer, all of its links lead somewhere, and stderr stays empty."""
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    page = Page.of(out)
    assert said in text_of(page.find(section))
    assert {each[1:] for each in page.targets} <= set(page.ids)


def test_there_is_no_page_of_some_answers() -> None:
    """What no template tells is refused, and not left out in silence."""
    law = permits()
    with pytest.raises(TypeError, match="no page of Findings"):
        law.page(law.lint("old"))


def test_further_stories_follow_the_first() -> None:
    """Each with a number, its steps, and the reason why there are no more."""
    law = permits()
    proofs = law.prove("1")
    verdict = proofs.verdict("1", "new")
    other = OtherStory(evidence=verdict.evidence, note=verdict.note)
    more = replace(verdict, others=OtherStories(stories=(other, other), end="that is all"))
    page = Page.of(law.page(replace(proofs, results=(more,))))
    assert [text_of(each) for each in page.all("h4")] == ["Story 2", "Story 3"]
    assert len(list(page.all("ol", class_="steps"))) == 3
    assert "that is all." in text_of(page.find("claims"))


@pytest.mark.long
def test_edits_stand_with_the_words() -> None:
    """A page with an answer of `cover` says under each phrase what its edits come to, and who notices."""
    law = permits()
    edits = law.cover("new", everyone=True)
    page = Page.of(law.page(law.show("new"), law.prove(quick=True), edits))
    told = [text_of(each) for each in page.all("p", class_="edit")]
    noticed = [each for each in edits.edits if each.words and each.noticed_by]
    assert len(noticed) > 3
    for each in noticed:
        numbers = ", ".join(one.number for one in each.noticed_by)
        assert any(line.startswith(each.weight) and f"noticed by {numbers}" in line for line in told)
