"""A document with tracked changes as a Word file (OOXML, ECMA-376): the same bytes for the same document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.invisible_characters import visible
from checker.office.blocks import Kind, Paragraph, Redlined, Row, Run, State, Table, comments_of
from checker.office.libraries import library

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_PURPOSE: Final = "writing Word files"
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # of the files in the archive: the earliest that it can have
_INDENT: Final = 567  # twentieths of a point, which is a centimetre, for each limb
_WIDTH: Final = 9000  # of a table, in twentieths of a point
_HEADINGS: Final = 9  # levels that Word has
_CHANGES: Final[Mapping[State, str]] = {"inserted": "w:ins", "struck": "w:del"}
_STYLES: Final[Mapping[Kind, str]] = {
    "title": "Title",
    "clause": "RedlineClause",
    "text": "RedlineText",
    "attribution": "RedlineAttribution",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who makes the changes, and when: a date with its time in UTC, as Word has it."""

    author: str
    date: str


def signature(author: str, date: str) -> Signature:
    """Return who signs, from what was typed. `date` is a day, or a day with its time, as in ISO 8601; one
    without a zone is UTC. SpecError if it is neither, or if the author has no name.
    """
    if not author.strip():
        raise SpecError((Diagnostic("bad-option", "the author of the changes has no name", None),))
    try:
        time = datetime.fromisoformat(date)
        zoned = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"`{date}` is not a date"
        expected = ("a date such as `2024-05-31` or `2024-05-31T09:30`",)
        raise SpecError((Diagnostic("bad-option", message, None, expected),)) from None
    return Signature(visible(" ".join(author.split())), f"{zoned.replace(tzinfo=None).isoformat()[:19]}Z")


def docx_bytes(document: Redlined, signed: Signature) -> bytes:
    """Return the Word file. Characters that nobody would see are written as escapes, as on a terminal.
    SpecError if the library for it is not installed.
    """
    word: Document = library("docx", _PURPOSE).Document()
    _styles(word)
    _Body(word, document, signed).write()
    _properties(word, document, signed)
    return _same_bytes(word, signed)


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An element of WordprocessingML."""
    made: BaseOxmlElement = library("docx.oxml.parser", _PURPOSE).OxmlElement(tag)
    for name, value in attributes.items():
        made.set(_name(f"w:{name}"), value)
    return made


def _name(tag: str) -> str:
    found: str = library("docx.oxml.ns", _PURPOSE).qn(tag)
    return found


class _Body:
    """Writes paragraphs and tables, one after the other."""

    def __init__(self, word: Document, document: Redlined, signed: Signature) -> None:
        self.word, self.document, self.signed = word, document, signed
        self.body = word.element.body
        self.changes = 0

    def write(self) -> None:
        for block in self.document.blocks:
            made = self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)
            self.body.insert(len(self.body) - 1, made)
        last = self.document.blocks[-1] if self.document.blocks else None
        if isinstance(last, Table) or (last is not None and last.mark != "kept"):
            # Nothing may end with a table, and the last end of a paragraph cannot be removed.
            self.body.insert(len(self.body) - 1, _element("w:p"))
        for note in self.document.notes:
            signed = self.signed
            initials = "".join(each[0] for each in signed.author.split())[:9]
            self.word.comments.add_comment(visible(note), signed.author, initials)

    def _paragraph(self, paragraph: Paragraph) -> BaseOxmlElement:
        made = _element("w:p")
        made.append(self._look(paragraph))
        last = {number: at for at, run in enumerate(paragraph.runs) for number in run.notes}
        begun: set[int] = set()
        for at, run in enumerate(paragraph.runs):
            for number in comments_of((run,)):
                if number not in begun:
                    made.append(_element("w:commentRangeStart", id=str(number)))
            begun.update(run.notes)
            made.append(self._tracked(run.state, self._letters(run)))
            for number in run.notes:
                if last[number] == at:
                    made.append(_element("w:commentRangeEnd", id=str(number)))
                    made.append(self._tracked(run.state, _reference(number)))
        return made

    def _look(self, paragraph: Paragraph) -> BaseOxmlElement:
        look = _element("w:pPr")
        level = min(max(paragraph.level, 1), _HEADINGS)
        look.append(_element("w:pStyle", val=_STYLES.get(paragraph.kind, f"Heading{level}")))
        if paragraph.kind == "text" and paragraph.level:
            look.append(_element("w:ind", left=str(_INDENT * paragraph.level)))
        if paragraph.mark != "kept":
            mark = _element("w:rPr")
            mark.append(self._change(paragraph.mark))
            look.append(mark)
        return look

    def _letters(self, run: Run) -> BaseOxmlElement:
        made = _element("w:r")
        text = _element("w:delText" if run.state == "struck" else "w:t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = visible(run.text).replace("\n", " ").replace("\t", " ")
        made.append(text)
        return made

    def _tracked(self, state: State, run: BaseOxmlElement) -> BaseOxmlElement:
        if state == "kept":
            return run
        change = self._change(state)
        change.append(run)
        return change

    def _change(self, state: State) -> BaseOxmlElement:
        self.changes += 1
        signed = self.signed
        return _element(_CHANGES[state], id=str(self.changes), author=signed.author, date=signed.date)

    # -------------------------------------------------------------- tables

    def _table(self, table: Table) -> BaseOxmlElement:
        made, look, grid = _element("w:tbl"), _element("w:tblPr"), _element("w:tblGrid")
        columns = max((len(each.cells) for each in table.rows), default=1)
        look.append(_element("w:tblStyle", val="TableGrid"))
        look.append(_element("w:tblW", w=str(_WIDTH), type="dxa"))
        made.append(look)
        width = str(_WIDTH // columns)
        for _ in range(columns):
            grid.append(_element("w:gridCol", w=width))
        made.append(grid)
        for number, row in enumerate(table.rows):
            made.append(self._row(row, width, head=number == 0))
        return made

    def _row(self, row: Row, width: str, *, head: bool) -> BaseOxmlElement:
        made, look = _element("w:tr"), _element("w:trPr")
        if head:
            look.append(_element("w:tblHeader"))
        if row.state != "kept":
            look.append(self._change(row.state))
        if len(look):
            made.append(look)
        for cell in row.cells:
            place, room = _element("w:tc"), _element("w:tcPr")
            room.append(_element("w:tcW", w=width, type="dxa"))
            place.append(room)
            place.append(self._paragraph(Paragraph(cell, row.state)))
            made.append(place)
        return made


def _reference(number: int) -> BaseOxmlElement:
    made, look = _element("w:r"), _element("w:rPr")
    look.append(_element("w:rStyle", val="CommentReference"))
    made.append(look)
    made.append(_element("w:commentReference", id=str(number)))
    return made


# ------------------------------------------------------------- the file


def _styles(word: Document) -> None:
    """Add the styles of clauses, their words and where these come from."""
    shared, kinds = library("docx.shared", _PURPOSE), library("docx.enum.style", _PURPOSE)
    black, grey = shared.RGBColor(0, 0, 0), shared.RGBColor(0x59, 0x59, 0x59)
    for name, base in (
        ("Redline Clause", "Heading 5"),
        ("Redline Text", "Normal"),
        ("Redline Attribution", "Normal"),
    ):
        style = word.styles.add_style(name, kinds.WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles[base]
        style.font.color.rgb = grey if name.endswith("Attribution") else black
        style.font.bold = name.endswith("Clause")
        style.font.size = shared.Pt(9 if name.endswith("Attribution") else 11)
        style.paragraph_format.keep_with_next = not name.endswith("Attribution")
        style.paragraph_format.space_after = shared.Pt(12 if name.endswith("Attribution") else 4)
    for name, kind, known in (  # those of comments, which Word has and the library's template has not
        ("annotation reference", kinds.WD_STYLE_TYPE.CHARACTER, "CommentReference"),
        ("annotation text", kinds.WD_STYLE_TYPE.PARAGRAPH, "CommentText"),
    ):
        style = word.styles.add_style(name, kind)
        style.element.styleId = known
        style.font.size = shared.Pt(8)
    settings = word.settings.element
    after = settings.find(_name("w:defaultTabStop"))  # the schema has an order
    settings.insert(len(settings) if after is None else settings.index(after), _element("w:trackRevisions"))


def _properties(word: Document, document: Redlined, signed: Signature) -> None:
    time = datetime.fromisoformat(signed.date).replace(tzinfo=None)
    known = word.core_properties
    titles = (each.text for each in document.blocks if isinstance(each, Paragraph) and each.kind == "title")
    known.author = known.last_modified_by = signed.author[:255]
    known.title = visible(next(titles, ""))[:255]
    known.comments = ""
    known.created = known.modified = time


def _same_bytes(word: Document, signed: Signature) -> bytes:
    """The file without anything that the time of day or the order of work put in it."""
    for part in word.part.package.iter_parts():
        if part.partname.endswith("/comments.xml"):
            for each in _children(part):
                each.set(_name("w:date"), signed.date)
    first, last = io.BytesIO(), io.BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as packed, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as again:
        for name in _in_order(packed.namelist()):
            again.writestr(zipfile.ZipInfo(name, _STAMP), packed.read(name), zipfile.ZIP_DEFLATED)
    return last.getvalue()


def _children(part: object) -> Iterator[BaseOxmlElement]:
    yield from getattr(part, "element", ())


def _in_order(names: Sequence[str]) -> list[str]:
    """The list of contents first, as readers expect it; then by name."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
