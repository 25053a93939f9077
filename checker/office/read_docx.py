"""A Word file as a document with tracked changes: paragraphs, their numbers, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from checker.office.blocks import (
    Block,
    Kind,
    Paragraph,
    Redlined,
    Run,
    State,
    Table,
    merged,
    with_settled_marks,
)
from checker.office.merged_cells import Grid
from checker.office.numbering import Lists, Place, lists_of
from checker.office.packed_files import attributes, child, children, local, parts_of, value, wrong_file

if TYPE_CHECKING:
    from lxml.etree import _Element

KIND: Final = "Word file (.docx)"
_CHANGED: Final[Mapping[str, State]] = {
    "ins": "inserted",
    "moveTo": "inserted",
    "del": "struck",
    "moveFrom": "struck",
}
_AROUND: Final = frozenset(
    {
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "bdo",
        "dir",
        "AlternateContent",
        "Choice",
    }
)
_BLANK: Final = frozenset({"tab", "br", "cr", "ptab"})
_LOST: Final = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "drawing": "pictures and text boxes",
    "pict": "pictures and text boxes",
    "object": "embedded objects",
    "oMath": "formulas",
    "oMathPara": "formulas",
    "ruby": "words with a gloss above them",
    "altChunk": "documents inside the document",
    "subDoc": "documents inside the document",
    "sym": "letters of a symbol font",
    "commentReference": "comments",
}
_FORMATS: Final = frozenset(
    {"rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"}
)
_CELLS: Final = frozenset({"cellIns", "cellDel", "cellMerge"})
_NORMAL: Final = 9  # what `outlineLvl` says of a text that is no heading


def read_docx(file: str, data: bytes) -> Redlined:
    """Read a Word file. SpecError with one diagnostic if it cannot be read."""
    parts = parts_of(file, data, KIND)
    name = parts.target("officeDocument") or "word/document.xml"
    body = child(parts.xml(name), "body")
    if body is None:
        raise wrong_file(file, "there is no Word document in it", f"a {KIND}")

    def other(kind: str) -> _Element | None:
        found = parts.target(kind, name)
        return None if found is None else parts.xml(found)

    reader = _Reader(_styles(other("styles")), lists_of(other("numbering")))
    blocks = tuple(reader.blocks(body))
    lost = dict.fromkeys(reader.lost)
    if any(local(each) in _FORMATS for each in body.iter()):
        lost["tracked changes of format"] = None
    if any(local(each) in _CELLS for each in body.iter()):
        lost["columns and cells that were inserted, deleted or merged"] = None
    return Redlined(_numbered(blocks, reader), (), tuple(lost))


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    level: int = _NORMAL
    list: str = ""
    list_level: int = 0


def _styles(root: _Element | None) -> dict[str, _Style]:
    """The styles of paragraphs by their identifiers, each with what it has from those it is based on."""
    found = {attributes(each).get("styleId", ""): each for each in children(root, "style")}
    made: dict[str, _Style] = {}
    for name in found:
        chain: list[str] = []
        at: str | None = name
        while at is not None and at in found and at not in chain:
            chain.append(at)
            at = value(found[at], "basedOn")
        style = _Style()
        for each in reversed(chain):
            style = _with_look(
                replace(style, name=value(found[each], "name") or ""), child(found[each], "pPr")
            )
        made[name] = style
    return made


def _with_look(style: _Style, look: _Element | None) -> _Style:
    """A style, and what a paragraph says besides."""
    level, numbered = value(look, "outlineLvl"), child(look, "numPr")
    if level is not None and level.isdecimal():
        style = replace(style, level=int(level))
    if (known := value(numbered, "numId")) is not None:
        style = replace(style, list=known)
    if (deep := value(numbered, "ilvl")) is not None and deep.isdecimal():
        style = replace(style, list_level=int(deep))
    return style


@dataclass(slots=True)
class _Reader:
    styles: Mapping[str, _Style]
    lists: Lists
    lost: list[str] = field(default_factory=list)
    places: list[Place | None] = field(default_factory=list)
    """Of every paragraph of the body, in order, its place in a list."""

    def blocks(self, parent: _Element) -> Iterator[Block]:
        joined: tuple[Run, ...] = ()  # of paragraphs whose ends never were: they belong to the next one
        elements = [*self._elements(parent)]
        for each, following in zip(elements, [*elements[1:], None], strict=True):
            if local(each) == "tbl":
                yield self._table(each)
            elif _never_was(_mark_of(each)) and following is not None and local(following) == "p":
                joined = (*joined, *self._runs(each, "kept"))
            else:
                yield self._paragraph(each, joined)
                joined = ()

    def _elements(self, parent: _Element) -> Iterator[_Element]:
        """Yield the paragraphs and tables, whatever is around them."""
        for each in parent:
            name = local(each)
            if name in ("p", "tbl"):
                yield each
            elif name in _AROUND or name in _CHANGED:
                yield from self._elements(each)
            elif name in _LOST:
                self.lost.append(_LOST[name])

    def _paragraph(self, element: _Element, joined: tuple[Run, ...] = ()) -> Paragraph:
        """Return a paragraph, with letters `joined` to it before its own."""
        look = child(element, "pPr")
        named = self.styles.get(value(look, "pStyle") or "", _Style())
        style = _with_look(named, look)
        place = Place(style.list, style.list_level) if style.list not in ("", "0") else None
        self.places.append(place)
        mark: State = "kept"
        for each in () if _never_was(_mark_of(element)) else _below(look, "rPr"):
            mark = _CHANGED.get(local(each), mark)
        kind: Kind = "title" if named.name.lower() == "title" else "text"
        if style.level < _NORMAL and kind == "text":
            kind = "heading"
        return Paragraph(
            merged((*joined, *self._runs(element, "kept"))),
            mark,
            kind,
            style.level + 1 if kind == "heading" else 0,
        )

    def _runs(self, parent: _Element, state: State | None) -> Iterator[Run]:
        """Yield the letters. `state` is None for what was inserted and is struck again: it never was law."""
        for each in parent:
            name = local(each)
            if name == "r":
                yield from self._letters(each, state)
            elif name in _CHANGED:
                now = _CHANGED[name]
                yield from self._runs(each, now if state in ("kept", now) else None)
            elif name in _AROUND:
                yield from self._runs(each, state)
            elif name in _LOST:
                self.lost.append(_LOST[name])

    def _letters(self, run: _Element, state: State | None) -> Iterator[Run]:
        if state is None:
            return
        for each in run:
            name = local(each)
            if name in ("t", "delText"):
                yield Run(each.text or "", state)
            elif name in _BLANK:
                yield Run(" ", state)
            elif name == "noBreakHyphen":
                yield Run("-", state)
            elif name in _LOST:
                self.lost.append(_LOST[name])
            elif name == "AlternateContent":
                self.lost.append(_LOST["drawing"])

    # -------------------------------------------------------------- tables

    def _table(self, table: _Element) -> Table:
        grid = Grid()
        for row in _rows(table):
            look = child(row, "trPr")
            if _never_was(look):
                continue
            state: State = "kept"
            for each in _below(row, "trPr"):
                state = _CHANGED.get(local(each), state)
            grid.next_row(state)
            for _ in range(_count(value(look, "gridBefore"), 0)):
                grid.put((), 1, 1)
            for cell in _cells(row):
                kind = child(cell, "tcPr")
                across = _count(value(kind, "gridSpan"), 1)
                merge = value(kind, "vMerge")
                runs = tuple(self._cell(cell))
                if merge is not None and merge != "restart":
                    grid.continue_above(across)
                else:
                    grid.put(runs, across, 1)
        return grid.table()

    def _cell(self, cell: _Element) -> Iterator[Run]:
        """Yield the letters of all paragraphs in a cell, those of tables within it, too."""
        first = True
        for each in cell.iter():
            if local(each) == "p":
                runs = merged(self._runs(each, "kept"))
                if runs and not first:
                    states = {run.state for run in runs}
                    yield Run(" ", states.pop() if len(states) == 1 else "kept")
                yield from runs
                first = first and not runs


def _mark_of(paragraph: _Element) -> _Element | None:
    """What is said of the end of a paragraph."""
    look = child(paragraph, "pPr")
    return None if look is None else child(look, "rPr")


def _never_was(look: _Element | None) -> bool:
    """Whether the end of a paragraph, or a row, was inserted and is struck again: it is in neither text."""
    states = {_CHANGED[local(each)] for each in (() if look is None else look) if local(each) in _CHANGED}
    return len(states) > 1


def _below(element: _Element | None, name: str) -> Iterator[_Element]:
    found = child(element, name)
    yield from () if found is None else found


def _rows(parent: _Element) -> Iterator[_Element]:
    for each in parent:
        if local(each) == "tr":
            yield each
        elif local(each) in _AROUND or local(each) in _CHANGED:
            yield from _rows(each)


def _cells(parent: _Element) -> Iterator[_Element]:
    for each in parent:
        if local(each) == "tc":
            yield each
        elif local(each) in _AROUND:
            yield from _cells(each)


def _count(text: str | None, otherwise: int) -> int:
    return min(int(text), 200) if text and text.isascii() and text.isdecimal() else otherwise


# --------------------------------------------------------------- numbers


def _numbered(blocks: tuple[Block, ...], reader: _Reader) -> tuple[Block, ...]:
    """Settle the ends of paragraphs, and count them, before the changes and after them."""
    before, after = reader.lists.again(), reader.lists.again()
    places = iter(reader.places)
    found: list[Block] = []
    for is_text, group in groupby(blocks, key=lambda each: isinstance(each, Paragraph)):
        if not is_text:
            found += group
            continue
        for paragraph in with_settled_marks([each for each in group if isinstance(each, Paragraph)]):
            place = next(places)
            if place is None or not paragraph.states:
                found.append(paragraph)
                continue
            there, here = (
                "" if paragraph.states <= {gone} else lists.number(place)
                for gone, lists in (("inserted", before), ("struck", after))
            )
            found.append(replace(paragraph, number=here, before=there))
    return tuple(found)
