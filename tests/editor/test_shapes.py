"""Outline, folding, colours, and what is looked for by its letters."""

from __future__ import annotations

from itertools import pairwise

from checker.editor.outline import Entry, folds, named_like, outline
from checker.editor.tokens import tokens
from tests.support.edited_law import CLAIMS, RULES, index, starter


def _names(entries: tuple[Entry, ...]) -> list[object]:
    return [(each.name, _names(each.below)) if each.below else each.name for each in entries]


def test_the_outline_is_the_headings_with_what_is_declared() -> None:
    """Declarations stand under their headings, and headings under those above them."""
    (top,) = outline(index().pages[CLAIMS])
    assert [each.name for each in top.below] == ["merged-as-read", "never-alone", "still-possible"]
    (rules,) = outline(index().pages[RULES])
    sections = {each.name: _names(each.below) for each in rules.below}
    assert list(sections) == ["Words", "Rule 1", "Rule 2", "Rule 3"]
    assert "another-person" in sections["Rule 1"]
    assert "sender" in sections["Words"]


def test_extents_lie_in_each_other() -> None:
    """An editor refuses an outline whose entries are not inside of what they belong to."""

    def check(entry: Entry) -> None:
        for each in entry.below:
            assert entry.extent.line <= each.extent.line <= each.extent.end_line <= entry.extent.end_line
            check(each)

    for page in index().pages.values():
        for each in outline(page):
            assert each.extent.line <= each.span.line <= each.extent.end_line
            check(each)


def test_sections_fences_and_quotes_fold() -> None:
    """Each fold has more than a line, and the kinds are all there."""
    page = index().pages[RULES]
    found = folds(page)
    assert {each.kind for each in found} == {"section", "fence", "quote", "declaration"}
    assert all(each.first < each.last <= len(page.lines) for each in found)
    fences = [each for each in found if each.kind == "fence"]
    assert all(page.lines[each.first - 1] == "```redline" for each in fences)
    assert all(page.lines[each.last - 1] == "```" for each in fences)


def test_what_has_the_letters_is_found() -> None:
    """Letters in their order are enough; names that have them together come first."""
    found = [each.name for each in named_like(index(), "approv")]
    assert found[:2] == ["Approve", "approval"]
    assert "approved" in found
    assert "approval-first" in [each.name for each in named_like(index(), "apfirst")]
    assert named_like(index(), "zzz") == ()


def test_words_have_their_colours() -> None:
    """A name is coloured by what it stands for, a key word as one, and a comment to its end."""
    text = starter()[RULES].replace("sort Change\n", "sort Change -- what is “proposed”\n")
    found = index(rules=text)
    page = found.pages[RULES]
    kinds = {page.slice(each.span): each.type for each in tokens(found, page)}
    assert kinds["Person"] == "type"
    assert kinds["Merge"] == "enumMember"
    assert kinds["approved"] == "function"
    assert kinds["sender"] == "parameter"
    assert kinds["Host"] == "namespace"
    assert kinds["requires"] == "keyword"
    assert kinds["-- what is “proposed”"] == "comment"


def test_no_two_colours_lie_on_each_other() -> None:
    """Editors expect words in order, each on one line."""
    found = index()
    for page in found.pages.values():
        spans = [each.span for each in tokens(found, page)]
        assert all(each.line == each.end_line for each in spans)
        for one, other in pairwise(spans):
            assert (one.line, one.end_column) <= (other.line, other.column)
