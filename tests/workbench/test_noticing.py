"""What lint finds is shown on the desk, of the text as it is, with the edits that answer it."""

from __future__ import annotations

from pathlib import Path

from checker.workbench import messages as m
from tests.support.screen import Screen

PAGE = "spec/permits.md"
VERSION = 'version old "the by-law before the modification"'


def _lemma(screen: Screen) -> str:
    """Have a lemma in the law that no claim uses; return its first line."""
    lemma = 'lemma empty "The office lives nowhere.": for every s: Street: not lives(Office, s)'
    text = screen.text(PAGE)
    line = next(each for each in text.split("\n") if each.startswith("version old"))
    screen.edits(PAGE, line, f"{lemma}\n{line}")
    return lemma


def test_findings_of_the_newest_text_come_with_their_edits(screen: Screen, folder: Path) -> None:
    """A lemma that nothing uses is shown where it stands, at the version that was read; its edit strikes it,
    and it is told no more. A window that comes later is told the same.
    """
    del folder
    lemma = _lemma(screen)
    told = screen.hears(m.Noticed, lambda each: any("empty" in one.message for one in each.found))
    (notice,) = [each for each in told.found if "`empty`" in each.message]
    shared = screen.bench.desk.pages[screen.page(PAGE)].shared
    assert notice.page == screen.page(PAGE)
    assert told.pages[notice.page] == shared.version
    assert shared.text.split("\n")[notice.line - 1] == lemma
    assert not notice.gates
    assert Screen(screen.bench, "windowtwo").last(m.Noticed) is not None
    (mend,) = notice.mends
    lines = shared.text.split("\n")
    ((line, column, end_line, end_column, text),) = mend.changes
    assert (text, column, end_column) == ("", 1, 1)
    struck = "\n".join(lines[line - 1 : end_line - 1]) + "\n"
    assert lemma in struck
    screen.edits(PAGE, struck, text)
    screen.hears(m.Noticed, lambda each: not any("empty" in one.message for one in each.found))


def test_a_page_that_is_being_edited_has_no_findings_of_the_text_before(screen: Screen) -> None:
    """An edit of the law in force is said by a modification, and the page is read as it was saved: what lint
    finds there is not of what the window shows.
    """
    screen.settles()
    screen.edits(PAGE, "requires lives(sender, street)", "requires lives(sender, street) or kind is Trader")
    screen.hears(m.State, lambda each: bool(each.law))
    screen.settles()
    told = screen.hears(m.Noticed, lambda each: screen.page(PAGE) not in each.pages)
    assert all(each.page in told.pages for each in told.found)
