"""The workbench without a browser: windows that edit, and what they are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import checker
from checker.language.diagnostics import SpecError
from checker.workbench import asking
from checker.workbench import messages as m
from checker.workbench.desk import checked_change
from tests.support.places import PERMITS
from tests.support.screen import Screen, opened

NARROWER = ("kind is Trader", "kind is Resident")
WIDER = ("requires lives(sender, street)", "requires lives(sender, street) or kind is Trader")


def test_an_edit_turns_a_verdict_and_its_story_is_told(screen: Screen) -> None:
    """The edited modification lets residents from elsewhere in; claim 1 stays refuted, by another request."""
    assert screen.settles().turned == 0
    screen.says(m.Choose("holders-live-there", "new", "By-law 2(a)"))
    assert "refuted" in screen.hears(m.Story, lambda each: each.done).html
    screen.edits("spec/permits.md", "not inner(street)", "inner(street) and not inner(street)")
    told = screen.hears(m.Verdicts, lambda each: each.turned > 0)
    assert "was refuted" in told.html
    story = screen.hears(m.Story, lambda each: each.done and "was refuted" in each.html)
    assert "proved" in story.html


def test_a_broken_edit_leaves_the_verdicts_and_says_where(screen: Screen) -> None:
    """What is known is of the text before; when it is mended, it is known again."""
    screen.settles()
    screen.edits("spec/permits.md", "requires lives(sender, street)", "requires lives(sender, stree)")
    wrong = screen.hears(m.State, lambda each: bool(each.mistakes))
    assert wrong.mistakes[0].page == screen.page("spec/permits.md")
    assert "stree" in wrong.mistakes[0].message
    assert screen.hears(m.Verdicts, lambda each: each.stale).done == 6
    screen.edits("spec/permits.md", "stree)", "street)")
    assert not screen.hears(m.State, lambda each: not each.mistakes).changed
    assert not screen.hears(m.Verdicts, lambda each: not each.stale).stale


def test_saving_an_edit_of_a_modification_writes_its_page(screen: Screen, folder: Path) -> None:
    """The page has the edit, and nothing else is there."""
    screen.edits("spec/permits.md", *NARROWER)
    screen.settles()
    screen.says(m.Save())
    assert "Saved spec/permits.md." in screen.hears(m.Note).text
    assert (folder / "spec" / "permits.md").read_text(encoding="utf-8") == screen.text("spec/permits.md")
    assert sorted(each.name for each in folder.rglob("*") if each.is_file()) == ["claims.md", "permits.md"]
    assert screen.hears(m.State, lambda each: not each.changed).changed == ()
    assert screen.bench.desk.drafts.read() == {}


def test_saving_an_edit_of_the_law_writes_a_modification(screen: Screen, folder: Path) -> None:
    """The page in force stays as it was; the new version decides what the edited page would."""
    before = (folder / "spec" / "permits.md").read_text(encoding="utf-8")
    screen.says(m.Change("old", "FRIENDS", "friendly", "traders need not live there"))
    screen.edits("spec/permits.md", *WIDER)
    state = screen.hears(m.State, lambda each: bool(each.law))
    assert "by FRIENDS amend residence:" in state.words
    assert state.same_words
    told = screen.hears(m.Verdicts, lambda each: "friendly" in each.html and not each.running)
    assert told.turned
    screen.says(m.Save())
    assert "stays as it was" in screen.hears(m.Note).text
    assert (
        (folder / "spec" / "permits.md").read_text(encoding="utf-8")
        == before
        == screen.text("spec/permits.md")
    )
    assert (folder / "spec" / "friends.md").read_text(encoding="utf-8") == state.words
    law = checker.load(folder / "spec", folder / "properties", effort=checker.effort(jobs=1))
    assert set(law.versions) == {"old", "new", "friendly"}
    assert screen.bench.desk.change.changes == "friendly"
    assert law.prove(1, versions=["friendly"], quick=True).results[0].verdict == "refuted"


def test_what_the_edit_does_is_told(screen: Screen) -> None:
    """First how a modification says it, then what is decided differently, then which claims notice."""
    screen.edits("spec/permits.md", *WIDER)
    screen.hears(m.State, lambda each: bool(each.law))
    screen.says(m.Effect())
    found = screen.hears(m.EffectFound, lambda each: each.done).html
    assert "more permissive" in found
    assert "by MINE amend residence" in found
    assert "Edits of mine" in found


def test_an_edit_that_does_nothing_is_told_to_do_nothing(screen: Screen) -> None:
    """That is proved."""
    screen.edits("spec/permits.md", "# Parking permits", "# Permits")
    screen.settles()
    screen.says(m.Effect())
    assert "Nothing" in screen.hears(m.EffectFound, lambda each: each.done).html


def test_edits_outlive_the_server(folder: Path) -> None:
    """They are there again, in whatever window, and the saved law is still what they are compared with."""
    for screen in opened(folder):
        screen.edits("spec/permits.md", "not inner(street)", "inner(street) and not inner(street)")
    for screen in opened(folder):
        assert "inner(street) and not inner(street)" in screen.text("spec/permits.md")
        assert screen.hears(m.Verdicts, lambda each: each.turned > 0).html
        screen.says(m.Undo())
        assert not screen.hears(m.State, lambda each: not each.changed).changed
        assert screen.settles().turned == 0
    assert (folder / "spec" / "permits.md").read_bytes() == (PERMITS / "spec" / "permits.md").read_bytes()


def test_one_law_is_on_one_workbench(folder: Path, screen: Screen) -> None:
    """Two servers would not know of each other's edits."""
    with pytest.raises(SpecError, match="another `redline serve` has this law open"):
        next(opened(folder))
    assert screen.told


def test_two_windows_have_the_same_text(screen: Screen) -> None:
    """What one types comes to the other, and a change of an older text is not taken."""
    other = Screen(screen.bench, "windowtwo")
    page = screen.page("spec/permits.md")
    length = len(screen.text("spec/permits.md"))
    screen.says(m.Push(page, 0, [[[0, "first "], length]]))
    other.says(m.Push(page, 0, [[[0, "second "], length]]))
    assert other.hears(m.Pushed, lambda each: each.version == 1).changes[0][0] == "windowone"
    assert screen.text("spec/permits.md").startswith("first #")
    other.says(m.Push(page, 1, [[6, [0, "second "], length]]))
    assert screen.hears(m.Pushed, lambda each: each.version == 2).changes[0][0] == "windowtwo"
    assert screen.text("spec/permits.md").startswith("first second #")


def test_a_change_that_does_not_fit_brings_the_page_as_it_is(screen: Screen) -> None:
    """The window begins again with that page."""
    screen.says(m.Push(screen.page("spec/permits.md"), 0, [[3]]))
    assert screen.hears(m.Behind).page.version == 0
    assert screen.hears(m.Note).bad


def test_what_other_programs_save_is_taken_over(screen: Screen, folder: Path) -> None:
    """In a page that nobody edits, at once."""
    place = folder / "properties" / "claims.md"
    place.write_text(
        place.read_text(encoding="utf-8").replace("A permit can be", "Permits can be"), encoding="utf-8"
    )
    # A page may be looked at while it is being written.
    assert screen.hears(m.Pages, lambda each: "Permits can be" in each.pages[0].text)
    assert screen.hears(m.Verdicts, lambda each: "Permits can be" in each.html)


def test_what_others_saved_is_not_written_over(screen: Screen, folder: Path) -> None:
    """The edit stays on the desk, and somebody has to look."""
    place = folder / "spec" / "permits.md"
    screen.edits("spec/permits.md", *NARROWER)
    theirs = place.read_text(encoding="utf-8").replace("# Parking permits", "# Theirs")
    place.write_text(theirs, encoding="utf-8")
    screen.says(m.Save())
    assert "was saved by somebody else" in screen.hears(m.Note).text
    assert place.read_text(encoding="utf-8") == theirs
    assert "kind is Resident" in screen.text("spec/permits.md")
    screen.says(m.Undo())
    assert screen.text("spec/permits.md") == theirs


def test_a_law_with_a_mistake_is_not_saved(screen: Screen, folder: Path) -> None:
    """The mistake is told, and the edit stays in the drafts."""
    screen.edits("spec/permits.md", "kind is Trader", "kind is Baker")
    screen.says(m.Save())
    assert "Baker" in screen.hears(m.Note).text
    assert "Baker" not in (folder / "spec" / "permits.md").read_text(encoding="utf-8")
    assert len(screen.bench.desk.drafts.read()) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (m.Change("other", "MINE", "mine", "mine"), "no version `other`"),
        (m.Change("old", "TRADERS", "mine", "mine"), "`TRADERS` is taken"),
        (m.Change("old", "MINE", "new", "mine"), "`new` is taken"),
        (m.Change("old", "../../x", "mine", "mine"), "is no name"),
        (m.Change("old", "PERMITS", "mine", "mine"), "a page `permits.md` already"),
        (m.Change("old", "MINE", "mine", " "), "has a title"),
        (m.Change("old", "MINE", "mine", "a\nb"), "has a title"),
    ],
)
def test_a_modification_is_called_what_nothing_else_is(change: m.Change, message: str) -> None:
    """Its name becomes that of a file, so it is a plain one."""
    with pytest.raises(SpecError, match=re.escape(message)):
        checked_change(change, ("old", "new"), ("TRADERS",), ("spec/permits.md",))


def test_what_turned_is_seen_before_all_is_decided(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit is made before the saved law is known: of the claim that it reaches, both verdicts come first,
    and what it cannot reach stands in the saved law, too.
    """
    screen.says(m.Leave())
    monkeypatch.setattr(asking, "_FIRST", 1)
    screen.bench.asking.standings.before.clear()
    screen.edits("spec/permits.md", "not inner(street)", "inner(street) and not inner(street)")
    screen.hears(m.State, lambda each: bool(each.changed) and not each.mistakes)
    screen.says(m.Resume())
    screen.settles()
    known = screen.bench.asking.standings
    told = [each for each in screen.told if isinstance(each, m.Verdicts)]
    assert any(each.turned for each in told if each.done < each.of)
    assert {key[1]: known.before[key] == word for key, word in known.now.items() if key[1] == "old"} == {
        "old": True
    }


def test_a_claim_that_takes_long_can_be_left(screen: Screen) -> None:
    """Nobody decides it any more, and the others are decided; then it is asked after all."""
    screen.says(m.Leave("permits-happen"))
    told = screen.hears(m.Verdicts, lambda each: not each.running)
    assert "decide claim 2" in told.html or told.done == told.of
    screen.says(m.Resume(""))
    assert screen.settles().done == 6


def test_the_law_in_a_version_is_shown_redlined(screen: Screen) -> None:
    """As the report shows it."""
    screen.says(m.Redlined("new"))
    assert "<ins" in screen.hears(m.RedlinedLaw).html
    screen.says(m.Redlined("nothing"))
    assert "nothing" in screen.hears(m.Note).text


def test_words_are_struck_for_all_windows(screen: Screen) -> None:
    """The words and what they mean, and where to look now."""
    text = screen.text("spec/permits.md")
    start = text.index("Only the holder")
    screen.says(m.Strike(screen.page("spec/permits.md"), 0, start, start + len("Only the holder")))
    assert screen.hears(m.Place).line
    assert "> may transfer a permit." in screen.text("spec/permits.md")
    screen.says(m.Strike(screen.page("spec/permits.md"), 0, 0, 5))
    assert "another by now" in screen.hears(m.Note).text
