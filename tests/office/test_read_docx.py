"""Word files of other people: each kind of change, lists that count by themselves, merged cells."""

from __future__ import annotations

import pytest

from checker.office.blocks import Block, Paragraph, Row, Run, Table
from checker.office.read_docx import read_docx
from tests.support.word_files import dele, ins, p, t, word_file


def _blocks(body: str, **others: str) -> tuple[Block, ...]:
    return read_docx("x.docx", word_file(body, others)).blocks


def _paragraphs(body: str, **others: str) -> list[Paragraph]:
    return [each for each in _blocks(body, **others) if isinstance(each, Paragraph)]


def test_letters_are_kept_inserted_or_struck() -> None:
    """What is moved is struck in one place and inserted in the other."""
    moved = f"<w:moveFrom>{t('m')}</w:moveFrom><w:moveTo>{t('n')}</w:moveTo>"
    (found,) = _paragraphs(p(t("a "), dele("b"), ins("c"), t(" d"), moved))
    assert found.runs == (
        Run("a "),
        Run("b", "struck"),
        Run("c", "inserted"),
        Run(" d"),
        Run("m", "struck"),
        Run("n", "inserted"),
    )


def test_what_was_inserted_and_struck_again_never_was() -> None:
    """It is in neither text."""
    both = f'<w:ins w:id="9">{dele("gone")}</w:ins>'
    (found,) = _paragraphs(p(t("a"), both))
    assert found.runs == (Run("a"),)


def test_an_end_that_was_inserted_and_struck_again_never_was() -> None:
    """Who presses Enter and takes it back, both tracked, leaves one paragraph in either text; so rows."""
    both = '<w:pPr><w:rPr><w:ins w:id="8"/><w:del w:id="9"/></w:rPr></w:pPr>'
    found = _paragraphs(f"<w:p>{both}{t('one ')}</w:p>" + p(t("two")) + p(t("three")))
    assert [(each.text, each.mark) for each in found] == [("one two", "kept"), ("three", "kept")]
    alone = _paragraphs(p(t("one")) + f"<w:p>{both}{t('last')}</w:p>")
    assert [(each.text, each.mark) for each in alone] == [("one", "kept"), ("last", "kept")]
    rows = "".join(
        f"<w:tr><w:trPr>{look}</w:trPr><w:tc>{p(t(text))}</w:tc></w:tr>"
        for look, text in (("", "a"), ('<w:ins w:id="8"/><w:del w:id="9"/>', "never"), ("", "b"))
    )
    (table,) = _blocks(f"<w:tbl>{rows}</w:tbl>")
    assert table == Table((Row(((Run("a"),),)), Row(((Run("b"),),))))


@pytest.mark.parametrize(
    ("body", "lost"),
    [
        (p(t("a"), '<m:oMathPara xmlns:m="m"/>'), "formulas"),
        ('<m:oMathPara xmlns:m="m"/>' + p(t("a")), "formulas"),
        (p(t("a")) + '<w:altChunk w:id="x"/>', "documents inside the document"),
        (p(t("a"), "<w:r><w:ruby/></w:r>"), "words with a gloss above them"),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellIns/></w:tcPr>{p(t('a'))}</w:tc></w:tr></w:tbl>",
            "columns and cells that were inserted, deleted or merged",
        ),
    ],
)
def test_what_is_not_read_is_told(body: str, lost: str) -> None:
    """Formulas in a paragraph of their own, embedded documents, glosses and changed columns are named."""
    assert read_docx("x.docx", word_file(body, {})).lost == (lost,)


def test_letters_in_links_fields_and_controls_are_read() -> None:
    """What stands around them is no matter; the code of a field is not text."""
    body = p(
        f"<w:hyperlink>{t('a')}</w:hyperlink>",
        f"<w:sdt><w:sdtContent>{t('b')}</w:sdtContent></w:sdt>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r><w:t>c</w:t><w:tab/><w:t>d</w:t><w:br/><w:t>e</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>",
    )
    (found,) = _paragraphs(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>")
    assert found.text == "abc d e-"


def test_whoever_presses_enter_inserts_the_paragraph_below() -> None:
    """Word tracks the end of the paragraph above; in effect, the new paragraph has its own end."""
    above, below = _paragraphs(p(t("(a) old"), mark="ins") + p(ins("(b) new")))
    assert (above.mark, below.mark) == ("kept", "inserted")
    above, below = _paragraphs(p(t("(a) old"), mark="del") + p(dele("(b) gone")))
    assert (above.mark, below.mark) == ("kept", "struck")


def test_several_paragraphs_inserted_at_once() -> None:
    """The end above is kept, and that of each new one inserted."""
    found = _paragraphs(p(t("a"), mark="ins") + p(ins("b"), mark="ins") + p(ins("c")) + p(t("d")))
    assert [each.mark for each in found] == ["kept", "inserted", "inserted", "kept"]


def test_a_paragraph_that_is_split_stays_split() -> None:
    """Where kept words follow, the end that is inserted is where it is."""
    above, _ = _paragraphs(p(t("one"), mark="ins") + p(t("two")))
    assert above.mark == "inserted"


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="6"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
 <w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%4)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


def _listed(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def test_lists_count_before_and_after_the_changes() -> None:
    """A limb that is inserted has no number before, and those below it are counted on."""
    found = _paragraphs(
        p(t("top"), look=_listed(0))
        + p(t("one"), look=_listed(1))
        + p(t("a"), look=_listed(2))
        + p(ins("b"), look=_listed(2), mark="ins")
        + p(t("c"), look=_listed(2))
        + p(t("deep"), look=_listed(3))
        + p(t("two"), look=_listed(1))
        + p(t("a again"), look=_listed(2)),
        numbering=NUMBERING,
    )
    assert [(each.before, each.number) for each in found] == [
        ("6", "6"),
        ("6.1", "6.1"),
        ("(a)", "(a)"),
        ("", "(b)"),
        ("(b)", "(c)"),
        ("(i)", "(i)"),
        ("6.2", "6.2"),
        ("(a)", "(a)"),
    ]


def test_styles_give_numbers_and_levels_of_headings() -> None:
    """Also by way of the style that another is based on."""
    styles = """
    <w:style w:styleId="Title"><w:name w:val="Title"/></w:style>
    <w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>
      <w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>
    <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
    """
    found = _paragraphs(
        "".join(p(t("x"), look=f'<w:pStyle w:val="{each}"/>') for each in ("Title", "Mine", "Loop")),
        styles=styles,
        numbering=NUMBERING,
    )
    assert [(each.kind, each.level, each.number) for each in found] == [
        ("title", 0, ""),
        ("heading", 1, "6"),
        ("text", 0, ""),
    ]


def _cell(text: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{p(t(text))}</w:tc>"


def test_merged_cells_are_filled() -> None:
    """Each place that a cell covers has its words, to the right and below."""
    begins, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        _cell("A") + _cell("B") + _cell("C"),
        _cell("x", begins) + _cell("1") + _cell("2"),
        _cell("", goes_on) + _cell("wide", wide),
    )
    body = f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in rows)}</w:tbl>"
    (found,) = _blocks(body)
    assert isinstance(found, Table)
    assert [["".join(run.text for run in cell) for cell in row.cells] for row in found.rows] == [
        ["A", "B", "C"],
        ["x", "1", "2"],
        ["x", "wide", "wide"],
    ]


def test_rows_are_inserted_and_struck() -> None:
    """A row is tracked in its properties."""
    (found,) = _blocks(
        f"<w:tbl><w:tr>{_cell('A')}</w:tr><w:tr><w:trPr><w:ins/></w:trPr>{_cell('b')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{_cell('c')}</w:tr></w:tbl>"
    )
    assert found == Table(
        (Row(((Run("A"),),)), Row(((Run("b"),),), "inserted"), Row(((Run("c"),),), "struck"))
    )


@pytest.mark.parametrize(
    ("run", "lost"),
    [
        ('<w:r><w:footnoteReference w:id="1"/></w:r>', "footnotes"),
        ("<w:r><w:drawing/></w:r>", "pictures and text boxes"),
        ("<w:r><w:rPr><w:rPrChange/></w:rPr></w:r>", "tracked changes of format"),
    ],
)
def test_what_is_left_out_is_named(run: str, lost: str) -> None:
    """Nobody believes that it was read."""
    assert read_docx("x.docx", word_file(p(t("a"), run))).lost == (lost,)
