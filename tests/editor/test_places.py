"""Places are counted as editors count them, whatever letters stand before."""

from __future__ import annotations

import pytest

from checker.editor.index import index_of
from checker.editor.pages import read_page, read_pages
from checker.editor.places import Place, column_at, ends, line_and_column, units


@pytest.mark.parametrize(
    "line", ["plain", "“curly” quotes", "a \U0001f600 b", "\U0001f600\U0001f600", "é", "e\u0301x"]
)
def test_there_and_back(line: str) -> None:
    """Every column is itself again, counted as an editor does."""
    for column in range(1, len(line) + 2):
        assert column_at(line, units(line, column)) == column


def test_a_face_counts_twice_and_a_curly_quote_once() -> None:
    """UTF-16 has two units for what lies beyond its first plane, one for all else."""
    assert [units("“\U0001f600x", column) for column in (1, 2, 3, 4)] == [0, 1, 3, 4]
    assert column_at("“\U0001f600x", 2) == 2  # in the middle of the face is the face


def test_a_name_behind_a_face_is_where_the_editor_has_it() -> None:
    """A quote with a face and curly marks moves what stands behind it on the line, and nothing else."""
    text = '```redline\nsort Person\nconstant ann: Person "“\U0001f600” of 🧾" constant bo: Person\n```\n'
    page = read_page("law.md", text)
    index = index_of(read_pages({"law.md": text}, {}))
    (known,) = index.declared["constant", "bo"]
    line = text.split("\n")[2]
    before = line[: line.index("bo")].encode("utf-16-le")
    assert ends(page, known.span)[0] == Place(2, len(before) // 2)
    assert line_and_column(page, Place(2, len(before) // 2)) == (3, line.index("bo") + 1)


def test_beyond_the_end_is_the_end() -> None:
    """A place that no text has is the nearest that it has."""
    page = read_page("law.md", "one\ntwo")
    assert line_and_column(page, Place(9, 9)) == (2, 4)
    assert line_and_column(page, Place(0, 99)) == (1, 4)
