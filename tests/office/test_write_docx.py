"""Versions as tracked changes: accepted, they give the one, rejected, the other; and the file is sound."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from xml.etree import ElementTree as ET

import docx
import pytest

from checker import tracked_changes
from checker.api import Law, SpecError
from checker.office.blocks import Paragraph, Redlined, Row, Run, Table
from checker.office.write_docx import Signature, docx_bytes, signature
from tests.support.parking_law import parking, words_of_version
from tests.support.word_files import W, law_lines, part, settled

SIGNED = Signature("Ann Drafter", "2024-05-31T00:00:00Z")
PAIRS = [
    ("old", "new"),
    ("new", "old"),
    ("new", "newest"),
    ("other", "newest"),
    ("newest", "other"),
    ("other", "old"),
]


@cache
def _law() -> Law:
    return parking()


def _signed(new: str, old: str | None, date: str = "2024-05-31") -> bytes:
    return tracked_changes(_law(), new, against=old, author="Ann Drafter", date=date)


@cache
def _file(new: str, old: str) -> bytes:
    return _signed(new, old)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_accepted_it_is_the_new_law_and_rejected_the_old(old: str, new: str) -> None:
    """Between any two versions, whichever is made of the other: the same clauses, words and order."""
    law, data = _law(), _file(new, old)
    assert law_lines(settled(data, "accept")) == words_of_version(law, new)
    assert law_lines(settled(data, "reject")) == words_of_version(law, old)


@pytest.mark.parametrize("version", ["old", "newest"])
def test_a_version_against_itself_has_no_changes(version: str) -> None:
    """Nothing is tracked where nothing changes."""
    root = part(_file(version, version))
    assert not [each for each in root.iter() if each.tag in (f"{W}ins", f"{W}del")]
    assert law_lines(settled(_file(version, version), "accept")) == words_of_version(_law(), version)


def test_a_clause_that_is_inserted_is_a_paragraph_that_is_inserted() -> None:
    """The ends of its paragraphs are tracked, too, so that nothing is left of it if it is rejected."""
    data = _file("new", "old")
    inserted = [each for each in part(data).iter(f"{W}p") if each.find(f"{W}pPr/{W}rPr/{W}ins") is not None]
    texts = ["".join(run.text or "" for run in each.iter(f"{W}t")) for each in inserted]
    assert texts == [
        "Yard 2(c)",
        '(c) the vehicle is a van "of the yard" & <clean>.',
        "\N{EM DASH} Yard 2(c)",
    ]
    assert len(settled(data, "accept")) == len(settled(data, "reject"))  # one clause in, one out


def test_only_the_words_that_change_are_changed() -> None:
    """An amendment of “dirty” to “very dirty” inserts one word, and strikes none."""
    changed = [
        (
            each.tag.removeprefix(W),
            "".join(one.text or "" for one in each.iter() if one.tag in (f"{W}t", f"{W}delText")),
        )
        for each in part(_file("newest", "new")).iter()
        if each.tag in (f"{W}ins", f"{W}del")
    ]
    assert changed == [("ins", " very")]


def test_cells_of_tables_are_tracked() -> None:
    """A cell that is amended has its old value struck and its new one inserted."""
    data = _file("new", "old")
    rows = [text for style, text in settled(data, "accept") if style == "row"]
    assert rows == ["kind | called | heavy", "Car | Car | no", "Van | Van | yes"]
    rows = [text for style, text in settled(data, "reject") if style == "row"]
    assert rows == ["kind | called | heavy", "Car | Car | no", "Van | Van | no"]


def test_rows_that_are_inserted_or_struck_are_tracked_as_rows() -> None:
    """Such a row is gone with its cells, and not left over as an empty one."""
    rows = (
        Row(((Run("a"),),)),
        Row(((Run("b", "inserted"),),), "inserted"),
        Row(((Run("c", "struck"),),), "struck"),
    )
    data = docx_bytes(Redlined((Table(rows),)), SIGNED)
    assert [line for line in settled(data, "accept") if line[0] == "row"] == [("row", "a"), ("row", "b")]
    assert [line for line in settled(data, "reject") if line[0] == "row"] == [("row", "a"), ("row", "c")]


def test_a_last_clause_can_be_struck() -> None:
    """The last end of a paragraph cannot be removed, so one more stands there, which is kept."""
    blocks = (Paragraph((Run("a"),)), Paragraph((Run("b", "struck"),), "struck"))
    data = docx_bytes(Redlined(blocks), SIGNED)
    assert settled(data, "accept") == [("RedlineText", "a"), ("", "")]
    assert settled(data, "reject") == [("RedlineText", "a"), ("RedlineText", "b"), ("", "")]


def test_each_meaning_is_a_comment_on_its_words() -> None:
    """A comment says which rule gives the words of which meaning, and stands at exactly these words."""
    word = docx.Document(io.BytesIO(_file("new", "old")))
    notes = {each.comment_id: each for each in word.comments}
    told = {_stretch(part(_file("new", "old")), number): each.text for number, each in notes.items()}
    assert told["that is heavy or dirty,"] == (
        "check weight at Gate, rejects with G1\n\N{LEFT DOUBLE QUOTATION MARK}that is heavy or dirty,"
        "\N{RIGHT DOUBLE QUOTATION MARK}\n= requires not heavy(kind)"
    )
    assert told['the vehicle is a van "of the yard" & <clean>.'].endswith("= kind is Van")
    assert told["the driver is known; or"].endswith("= not modelled: everybody is known")  # struck: as it was
    assert {each.author for each in notes.values()} == {"Ann Drafter"}
    assert {str(each.timestamp) for each in notes.values()} == {"2024-05-31 00:00:00+00:00"}


def _stretch(root: ET.Element, number: int) -> str:
    """The letters between the ends of a comment that are not struck or, if all are, these."""
    found: dict[str, list[str]] = {"t": [], "delText": []}
    inside = False
    for each in root.iter():
        tag = each.tag.removeprefix(W)
        if tag in ("commentRangeStart", "commentRangeEnd") and each.get(f"{W}id") == str(number):
            inside = tag == "commentRangeStart"
        elif inside and tag in found:
            found[tag].append(each.text or "")
    return "".join(found["t"] or found["delText"])


def test_the_same_law_gives_the_same_bytes() -> None:
    """No time of day, and no order of work, is in the file; author and date are as given."""
    assert _file("new", "old") == _signed("new", "old")
    other = _signed("new", "old", "2024-06-01")
    assert other != _file("new", "old")
    signed = {
        (each.get(f"{W}author"), each.get(f"{W}date"))
        for each in part(other).iter()
        if each.tag in (f"{W}ins", f"{W}del")
    }
    assert signed == {("Ann Drafter", "2024-06-01T00:00:00Z")}


def test_without_a_version_to_compare_it_is_the_first_one() -> None:
    """The version that is made from no other is the one before all changes."""
    assert _signed("newest", None) == _signed("newest", "old")


def test_what_nobody_would_see_is_written_as_on_a_terminal() -> None:
    """Control characters and marks of direction are escapes; marks of XML are letters."""
    text = "a\x1bb\u202ec\ud800d\ufffee</w:t>]]>&amp;\x00"
    document = Redlined((Paragraph((Run(text, notes=(0,)), Run(text, "struck"))),), (text,))
    data = docx_bytes(document, Signature("A\u202eB", "2024-05-31T00:00:00Z"))
    seen = "a\\x1bb\\u202ec\\ud800d\\ufffee</w:t>]]>&amp;\\x00"
    assert settled(data, "reject") == [("RedlineText", seen + seen)]
    assert next(iter(docx.Document(io.BytesIO(data)).comments)).text == seen


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        ("2024-05-31", "2024-05-31T00:00:00Z"),
        ("2024-05-31T09:30", "2024-05-31T09:30:00Z"),
        ("2024-05-31T09:30:15.25+02:00", "2024-05-31T07:30:15Z"),
    ],
)
def test_dates_are_in_utc(written: str, signed: str) -> None:
    """A day is its first moment, and a time with a zone is moved to that of Greenwich."""
    assert signature(" Ann \n Drafter", written) == Signature("Ann Drafter", signed)


@pytest.mark.parametrize(
    ("author", "date"), [("", "2024-05-31"), ("A", "31.5.2024"), ("A", "2024-13-01"), ("A", "")]
)
def test_a_signature_has_a_name_and_a_date(author: str, date: str) -> None:
    """Anything else is refused, in one diagnostic."""
    with pytest.raises(SpecError) as wrong:
        signature(author, date)
    assert [each.code for each in wrong.value.diagnostics] == ["bad-option"]


# Where each element may stand among its siblings, by ECMA-376: Word refuses a file with another order.
ORDERS = {
    "pPr": ("pStyle", "ind", "rPr"),
    "trPr": ("tblHeader", "ins", "del"),
    "tblPr": ("tblStyle", "tblW"),
    "tbl": ("tblPr", "tblGrid", "tr"),
    "tr": ("trPr", "tc"),
    "tc": ("tcPr", "p"),
}
WITHIN = {
    "body": {"p", "tbl", "sectPr"},
    "p": {"pPr", "r", "ins", "del", "commentRangeStart", "commentRangeEnd"},
    "ins": {"r"},
    "del": {"r"},
    "r": {"rPr", "t", "delText", "commentReference"},
}


def test_elements_stand_where_the_standard_has_them() -> None:
    """Names, order, and identifiers that are used once: what Word checks when it opens a file."""
    data = _file("new", "old")
    root = part(data)
    for each in root.iter():
        name = each.tag.removeprefix(W)
        inside = [one.tag.removeprefix(W) for one in each]
        if name in ORDERS:
            places = [ORDERS[name].index(one) for one in inside]
            assert places == sorted(places), (name, inside)
        if name in WITHIN and each.find(f"{W}r") is not None:
            assert set(inside) <= WITHIN[name], (name, inside)
    for change, letters in (("ins", "delText"), ("del", "t")):
        assert not [one for each in root.iter(f"{W}{change}") for one in each.iter(f"{W}{letters}")]
    changes = [each.get(f"{W}id") for each in root.iter() if each.tag in (f"{W}ins", f"{W}del")]
    assert len(changes) == len(set(changes)) > 0
    starts, ends, marks = (
        [each.get(f"{W}id", "") for each in root.iter(f"{W}{name}")]
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    )
    comments = [each.get(f"{W}id", "") for each in part(data, "word/comments.xml")]
    assert sorted(starts) == sorted(ends) == sorted(marks) == sorted(comments)
    styles = {each.get(f"{W}styleId") for each in part(data, "word/styles.xml").iter(f"{W}style")}
    used = {
        each.get(f"{W}val")
        for each in root.iter()
        if each.tag in (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    assert used <= styles


def test_each_part_of_the_file_has_a_type_and_a_place() -> None:
    """What the list of contents promises is there, and the archive has nothing of the time it was made."""
    with zipfile.ZipFile(io.BytesIO(_file("new", "old"))) as archive:
        names = archive.namelist()
        assert names[0] == "[Content_Types].xml"
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        types = archive.read("[Content_Types].xml").decode()
        for name in re.findall(r'PartName="/([^"]+)"', types):
            assert name in names
        assert 'PartName="/word/comments.xml"' in types
    assert (
        docx.Document(io.BytesIO(_file("new", "old"))).core_properties.title
        == "The law of new, with its changes from old"
    )
