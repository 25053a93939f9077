"""What nobody asked to be told in full fits on 60 lines, however many claims and versions there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from checker.model.claim import Column, SomeRequest
from checker.question.verdict import Result
from checker.report.one_page import PAGE, Part, groups_on_a_page, listed_part, one_page
from checker.report.paper import Paragraph, lay_out, paragraph, text_of
from checker.report.run_report import Page, run_paragraphs
from checker.report.summary import Run
from checker.report.told_stories import Stories
from checker.rooms.diff.text import Compared, Flip, diff_paragraphs
from checker.story.narrate import narrate
from tests.rooms.diff.small_laws import difference, gate
from tests.support.results_made import MOVES, Library, proved, stuck

REPEAT = "Repeat with: redline prove"


def many(count: int, *results: Result) -> tuple[Result, ...]:
    """The results, of so many claims."""
    claims = [replace(MOVES, number=str(each), name=f"books-move-{each}") for each in range(1, count + 1)]
    return tuple(replace(each, claim=claim) for claim in claims for each in results)


def told(results: Sequence[Result], page: Page) -> list[str]:
    """The lines of a report; all stories are the same, so that of the first is told of each."""
    library = Library()
    known = narrate(library, stuck())
    run = Run(tuple(results), "redline prove", 1.25)
    return text_of(run_paragraphs(library, run, replace(page, note=lambda _: known))).splitlines()


@pytest.mark.parametrize("count", [21, 200])
@pytest.mark.parametrize(
    "results",
    [
        (stuck(), proved()),
        (stuck(expected="proved"), proved()),
        (stuck(expected="proved"), proved(expected="refuted")),
        tuple(stuck(Column(f"version-{each}")) for each in range(10)),
        (stuck(), proved(), *(stuck(Column("new", (f"reading-{each}",))) for each in range(30))),
    ],
    ids=["differ", "wrong", "all-wrong", "alike", "readings"],
)
def test_prove_fits_on_a_page(count: int, results: tuple[Result, ...]) -> None:
    """Lists that are cut say how many more there are, and where; the first and the last line always stand."""
    lines = told(many(count, *results), Page())
    assert len(lines) <= PAGE
    assert lines[0].startswith(f"{count} claims in ")
    assert lines[-1] == REPEAT
    cut = [line for line in lines if line.startswith("… and ")]
    assert all(line.endswith(" more: `--matrix` lists them.") for line in cut)


def test_what_is_cut_is_counted() -> None:
    """The rows that are told and those that are not are all that there are."""
    lines = told(many(100, stuck(), proved()), Page())
    rows = [line for line in lines if line.endswith("≠")]
    assert f"… and {100 - len(rows)} more: `--matrix` lists them." in lines
    assert [line.split()[0] for line in rows] == [str(each) for each in range(1, len(rows) + 1)]


@pytest.mark.parametrize("page", [Page(matrix=True), Page(Stories("all"))], ids=["matrix", "stories"])
def test_what_is_asked_for_is_told_whole(page: Page) -> None:
    """`--matrix` has every row, and stories that are asked for are never cut."""
    lines = told(many(70, stuck(), proved()), page)
    assert sum(line.endswith("≠") for line in lines) == 70
    assert not any(line.startswith("… and ") for line in lines)


def test_diff_fits_on_a_page() -> None:
    """Of two hundred claims that turn the first are told, with the reason, and every case is."""
    found = difference(gate("member(sender) and act is Shut"), "old", "new")
    (example,) = (each for each in found.results if isinstance(each.claim.statement, SomeRequest))
    sides = (replace(example, verdict="proved"), replace(example, verdict="unknown"))
    flips = tuple(Flip(*many(1, *sides)) for _ in range(200))
    compared = Compared(found, flips, 200, failing=False, repeat="redline diff old new", seconds=1.0)
    lines = text_of(diff_paragraphs(compared, stories=False)).splitlines()
    turned = sum(line.endswith("proved in old, unknown in new") for line in lines)
    assert len(lines) <= PAGE
    assert f"… and {200 - turned} more: `--all` tells them." in lines
    assert "Newly rejected 1: a request where" in lines
    whole = text_of(diff_paragraphs(compared, stories=False, full=True)).splitlines()
    assert sum(line.endswith("proved in old, unknown in new") for line in whole) == 200


def part(title: str, count: int, deeper: int = 0) -> Part:
    """A list of so many entries, each with so many paragraphs of its own."""
    lines: list[Paragraph] = [paragraph(title)]
    for each in range(count):
        lines += [paragraph(f"{title} {each}"), *(paragraph("and", indent=4) for _ in range(deeper))]
    return listed_part(tuple(lines), "ask")


def test_the_longest_list_is_cut_first() -> None:
    """A short list stays whole, whatever comes before or after it."""
    page = text_of(one_page((part("few", 3), part("many", 500), part("some", 9)))).splitlines()
    assert len(page) <= PAGE
    assert {f"few {each}" for each in range(3)} | {f"some {each}" for each in range(9)} <= set(page)
    shown = sum(line.startswith("many ") for line in page)
    assert f"… and {500 - shown} more: ask." in page
    assert shown > 30


def test_an_entry_is_cut_with_all_that_belongs_to_it() -> None:
    """What is indented further than the first entry goes with the entry before it."""
    page = text_of(one_page((part("many", 100, deeper=2),))).splitlines()
    entries = [line for line in page if line.startswith("many ")]
    assert page.count("    and") == 2 * len(entries)
    assert page[-1] == f"… and {100 - len(entries)} more: ask."


def test_what_fits_is_not_cut() -> None:
    """Sixty lines are a page."""
    assert len(lay_out(one_page((part("many", PAGE - 1),)))) == PAGE
    assert "more" not in text_of(one_page((part("many", PAGE - 2),)))


def test_what_has_no_room_for_one_entry_is_counted() -> None:
    """Where there are more lists than lines, the first part and the last one stand, and no page is longer."""
    lists = [part(f"list {each}", 40) for each in range(100)]
    parts = (Part((paragraph("first"),)), *lists, Part((paragraph("last"),)))
    lines = text_of(one_page(parts)).splitlines()
    assert len(lines) <= PAGE
    assert lines[0] == "first"
    assert lines[-1] == "last"
    assert "… and more: ask." in lines


def test_groups_that_have_no_room_are_counted() -> None:
    """Each group on the page has an entry of each of its lists."""
    groups = [[part(f"group {each}", 40)] for each in range(100)]
    lines = text_of(groups_on_a_page(groups, Part((paragraph("last"),)), "ask")).splitlines()
    assert len(lines) <= PAGE
    shown = sum(f"group {each} 0" in lines for each in range(100))
    assert shown > 10
    assert f"… and {100 - shown} more: ask." in lines
    assert lines[-1] == "last"
