"""Text is set to a width, and says without colour what colour would say."""

from __future__ import annotations

from checker.report.paper import Words, joined, lay_out, paragraph, plain, row, text_of


def test_lines_are_broken_between_words_and_hang_under_the_text() -> None:
    """Lines after the first stand below the text, not below the bullet."""
    set_ = text_of([paragraph("one two three four five", indent=2, bullet="- ", hang=1)], width=16)
    assert set_ == "  - one two\n     three four\n     five\n"


def test_no_line_is_wider_than_the_page_unless_a_word_is() -> None:
    """A word that is too long has a line of its own, unbroken."""
    text = "a bc def ghij klmno " * 20 + "x" * 50
    lines = text_of([paragraph(text, indent=3)], width=30).splitlines()
    assert max(map(len, lines[:-1])) <= 30
    assert lines[-1] == " " * 3 + "x" * 50


def test_words_of_two_styles_without_a_blank_between_them_stay_together() -> None:
    """A change of style is no place to break a line."""
    lines = lay_out([paragraph("aaa bb", Words("b", "bad"), " cc", indent=0)], width=7)
    assert plain(lines) == "aaa bbb\ncc\n"
    assert lines[0][-1] == Words("b", "bad")


def test_struck_and_inserted_words_are_marked_where_there_is_no_colour() -> None:
    """Brackets and braces stand for colours, unless marks are not wanted."""
    words = [paragraph("the ", Words("old", "struck"), " ", Words("new rule", "inserted"))]
    assert plain(lay_out(words)) == "the [-old-] {+new rule+}\n"
    assert plain(lay_out(words, marks=False)) == "the old new rule\n"


def test_a_row_is_never_broken() -> None:
    """A row of a table keeps its line, however wide."""
    assert text_of([row("x " * 60)], width=20) == ("x " * 60).rstrip() + "\n"


def test_a_time_stays_with_its_unit() -> None:
    """A line is not broken between a number of seconds and the `s`."""
    assert text_of([paragraph("All proved. 0.1 s")], width=16) == "All proved.\n0.1 s\n"


def test_groups_are_parted_by_one_blank_line_and_empty_groups_leave_none() -> None:
    """An empty group leaves no second blank line."""
    one, other = paragraph("one"), paragraph("other")
    assert text_of(joined([(one,), (), (other,)])) == "one\n\nother\n"
