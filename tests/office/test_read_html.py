"""Pages of HTML: paragraphs, lists, headings, tables, and what is inserted and deleted in them."""

from __future__ import annotations

import pytest

from checker.api import SpecError
from checker.office.blocks import Block, Paragraph, Row, Run, Table, text_of
from checker.office.read_html import read_html


def _blocks(text: str) -> tuple[Block, ...]:
    return read_html("x.html", text.encode()).blocks


def test_white_space_is_single_and_blocks_are_paragraphs() -> None:
    """Whatever stands around them; scripts and styles are no text."""
    found = _blocks("<style>p{}</style><div> a\n b<p>c<br>d</p>e</div><script>f</script><!-- g -->")
    assert [each.text for each in found if isinstance(each, Paragraph)] == ["a b", "c d", "e"]


def test_what_is_inserted_and_deleted() -> None:
    """In a paragraph, around paragraphs, and in each other."""
    found = _blocks(
        "<p>a <del>b</del><ins>c<del>d</del></ins></p><ins><p>e</p><p>f</p></ins><p><del>g</del></p>"
    )
    assert found == (
        Paragraph((Run("a "), Run("b", "struck"), Run("c", "inserted"))),
        Paragraph((Run("e", "inserted"),), "inserted"),
        Paragraph((Run("f", "inserted"),), "inserted"),
        Paragraph((Run("g", "struck"),), "struck"),
    )


@pytest.mark.parametrize(
    ("changed", "before", "after"),
    [
        ("the<del> old </del><ins> new </ins>law", "the old law", "the new law"),
        ("a<ins> x </ins> y", "a y", "a x y"),
        ("a<del> x </del> y", "a x y", "a y"),
        ("a<del> b</del><ins> c</ins> d", "a b d", "a c d"),
        ("a<del> </del>b", "a b", "ab"),
        ("a<ins> </ins> b", "a b", "a b"),
        ("<ins>x </ins> y", "y", "x y"),
    ],
)
def test_changes_neither_join_words_nor_part_them(changed: str, before: str, after: str) -> None:
    """A browser shows one space where several come together: in the text before, and in the text after."""
    (found,) = _blocks(f"<p>{changed}</p>")
    assert isinstance(found, Paragraph)
    assert (text_of(found.runs, "inserted"), text_of(found.runs, "struck")) == (before, after)


def test_what_is_not_read_in_a_table_is_told() -> None:
    """Pictures and formulas in cells are named, and a caption is a paragraph before its table."""
    found = read_html("x.html", b"<table><caption>C</caption><tr><td>a<img><math>x</math></td></tr></table>")
    assert found.lost == ("pictures", "formulas")
    assert found.blocks == (Paragraph((Run("C"),)), Table((Row(((Run("a"),),)),)))


def test_headings_and_lists() -> None:
    """Lists count from where they say they begin, in letters or numerals."""
    found = _blocks(
        "<h2>T</h2><ol type=a start=3><li>x<li value=7>y<li>z</ol><ul><li>w</ul><ol type=I><li>v</ol>"
    )
    assert [
        (each.kind, each.level, each.number, each.text) for each in found if isinstance(each, Paragraph)
    ] == [
        ("heading", 2, "", "T"),
        ("text", 0, "c.", "x"),
        ("text", 0, "g.", "y"),
        ("text", 0, "h.", "z"),
        ("text", 0, "", "w"),
        ("text", 0, "I.", "v"),
    ]


def test_tables_have_merged_cells_filled() -> None:
    """To the right, below, and both; a row of which all is inserted is inserted."""
    (found,) = _blocks(
        "<table><thead><tr><th>A<th>B<th>C</tr></thead><tr><td rowspan=2 colspan=2>x<td>1</tr><tr><td>2</tr>"
        "<tr><td><ins>n</ins><td><td><ins>3</ins></tr></table>"
    )
    assert isinstance(found, Table)
    assert [["".join(run.text for run in cell) for cell in row.cells] for row in found.rows] == [
        ["A", "B", "C"],
        ["x", "x", "1"],
        ["x", "x", "2"],
        ["n", "", "3"],
    ]
    assert found.rows[-1] == Row(((Run("n", "inserted"),), (), (Run("3", "inserted"),)), "inserted")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        ("é".encode("cp1252"), "é"),
        (b'<meta charset="iso-8859-2">' + "ł".encode("iso-8859-2"), "ł"),
        ("\ufeffé".encode(), "é"),
    ],
)
def test_letters_are_read_as_they_were_written(data: bytes, text: str) -> None:
    """In UTF-8, in what the page says, or in what it shows."""
    (found,) = read_html("x.html", b"<p>" + data + b"</p>" if b"meta" not in data else data).blocks
    assert isinstance(found, Paragraph)
    assert found.text.strip("\ufeff") == text


def test_nothing_outside_is_read() -> None:
    """Neither an entity nor a frame."""
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>a &x; b</p><iframe src="file:///etc/passwd">'
    assert "root:" not in "".join(each.text for each in _blocks(page) if isinstance(each, Paragraph))


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0", b"\0\0\0"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    """In one diagnostic."""
    with pytest.raises(SpecError, match="it is no page of HTML"):
        read_html("x.html", data)
