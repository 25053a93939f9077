"""A page of HTML as a document with tracked changes: what stands in `<ins>` and `<del>`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
from checker.office.libraries import library
from checker.office.merged_cells import Grid
from checker.office.numbering import in_form
from checker.office.packed_files import MAX_FILE, attributes, local, wrong_file

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHANGED: Final[dict[str, State]] = {"ins": "inserted", "del": "struck"}
_TEXTS: Final[tuple[State, State]] = ("inserted", "struck")
"""The texts before and after the changes, each by what it is without."""
_UNREAD: Final = frozenset({"script", "style", "template", "noscript", "select", "textarea"})
_LOST: Final = {
    "img": "pictures",
    "video": "pictures",
    "audio": "pictures",
    "canvas": "pictures",
    "svg": "pictures",
    "math": "formulas",
    "iframe": "embedded objects",
    "object": "embedded objects",
}
_BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "blockquote",
        "pre",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
    }
    | {
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "address",
        "body",
        "form",
        "fieldset",
        "hr",
        "details",
        "summary",
        "caption",
    }
)
_HEADING: Final = re.compile(r"h([1-6])")
_FORMS: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read_html(file: str, data: bytes) -> Redlined:
    """Read a page. SpecError with one diagnostic if it cannot be read."""
    if len(data) > MAX_FILE:
        raise wrong_file(file, f"it holds {len(data):,} bytes, more than {MAX_FILE:,}")
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise wrong_file(file, "it is no page of HTML", "a page of HTML (.html)")
    etree = library("lxml.etree", "reading HTML")
    parser = etree.HTMLParser(
        encoding=_encoding(data), no_network=True, remove_comments=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise wrong_file(file, f"it is damaged: {str(wrong).split(', line')[0]}") from None
    body = None if root is None else root.find("body")
    if body is None:
        raise wrong_file(file, "there is no text in it")
    reader = _Reader()
    reader.read(body, "kept")
    reader.close()
    return Redlined(tuple(_settled(reader.blocks)), (), tuple(dict.fromkeys(reader.lost)))


def _encoding(data: bytes) -> str | None:
    """UTF-8, unless the page says or shows otherwise."""
    if re.search(rb"<meta[^>]{0,200}charset", data[:2000], re.IGNORECASE):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _settled(blocks: list[Block]) -> Iterator[Block]:
    waiting: list[Paragraph] = []
    for each in blocks:
        if isinstance(each, Paragraph):
            waiting.append(each)
            continue
        yield from with_settled_marks(waiting)
        waiting = []
        yield each
    yield from with_settled_marks(waiting)


@dataclass(slots=True)
class _Reader:
    """Collects letters, and closes a paragraph where a block begins or ends."""

    blocks: list[Block] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    number: str = ""

    def read(self, element: _Element, state: State | None) -> None:
        """Read what is in an element."""
        self._text(element.text, state)
        count = _first(element)
        for each in element:
            name = local(each)
            if name == "li":
                self.close()
                count = _value(each, count)
                self.number = _numeral(element, count)
                count += 1
            if name == "table":
                self.close()
                for caption in (one for one in each if local(one) == "caption"):
                    self._element(caption, "caption", state)
                self.blocks.append(_table(each, state, self.lost))
            elif name == "br":
                self._text(" ", state)
            elif name in _LOST:
                self.lost.append(_LOST[name])
            elif name and name not in _UNREAD:
                self._element(each, name, state)
            self._text(each.tail, state)

    def _element(self, element: _Element, name: str, state: State | None) -> None:
        heading = _HEADING.fullmatch(name)
        block = heading is not None or name in _BLOCKS
        if block and name != "li":
            self.close()
        self.read(element, _within(name, state))
        if block:
            self.close(int(heading[1]) if heading else 0)

    def _text(self, text: str | None, state: State | None) -> None:
        if text and state is not None:
            self.runs.append(Run(text, state))

    def close(self, level: int = 0) -> None:
        """End the paragraph, if there is one. Its end is tracked if all of it is."""
        runs = _single(self.runs)
        self.runs = []
        states = {each.state for each in runs if each.text.strip()}
        if states:
            whole: State = states.pop() if len(states) == 1 else "kept"
            kind: Kind = "heading" if level else "text"
            now = "" if whole == "struck" else self.number
            before = "" if whole == "inserted" else self.number
            self.blocks.append(Paragraph(runs, whole, kind, level, now, before))
            self.number = ""


def _within(name: str, state: State | None) -> State | None:
    """The state of what stands in an element; None for what was inserted and is struck again."""
    if name not in _CHANGED:
        return state
    now = _CHANGED[name]
    return now if state in ("kept", now) else None


def _single(runs: list[Run]) -> tuple[Run, ...]:
    """The runs with single spaces, and none at either end. No space goes for one that is in another text:
    before the changes, what is inserted separates no words, and after them what is struck does not.
    """
    found: list[Run] = []
    blank = dict.fromkeys(_TEXTS, True)  # whether each text, so far, ends in a space
    for each in merged(runs):
        text = re.sub(r"\s+", " ", each.text)
        seen = [gone for gone in _TEXTS if gone != each.state]
        if text.startswith(" "):
            if all(blank[gone] for gone in seen):
                text = text[1:]
            for gone in (gone for gone in seen if text.startswith(" ") and blank[gone]):
                _without_last_space(found, gone)
        if text:
            found.append(Run(text, each.state))
            blank |= dict.fromkeys(seen, text.endswith(" "))
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[-1] = Run(found[-1].text.rstrip(), found[-1].state)
    return tuple(each for each in found if each.text)


def _without_last_space(found: list[Run], gone: State) -> None:
    """Take the space at the end of one text from it, if it has that alone. `gone`: what it is without."""
    for place in reversed(range(len(found))):
        run = found[place]
        if run.state == "kept":
            return
        if run.state != gone:
            found[place] = Run(run.text.rstrip(), run.state)
            return


def _first(element: _Element) -> int:
    return _number(attributes(element).get("start"), 1) if local(element) == "ol" else 1


def _value(element: _Element, otherwise: int) -> int:
    return _number(attributes(element).get("value"), otherwise)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text, re.ASCII) else otherwise


def _numeral(element: _Element, count: int) -> str:
    if local(element) != "ol":
        return ""
    return f"{in_form(count, _FORMS.get(attributes(element).get('type', ''), 'decimal'))}."


def _table(table: _Element, outer: State | None, lost: list[str]) -> Table:
    grid = Grid()
    for row, state in _rows(table, outer):
        cells = [each for each in row if local(each) in ("td", "th")]
        words = [_cell(each, state, lost) for each in cells]
        states = {run.state for runs in words for run in runs if run.text.strip()}
        grid.next_row(states.pop() if len(states) == 1 else "kept")
        for each, runs in zip(cells, words, strict=True):
            across, down = (_number(attributes(each).get(name), 1) for name in ("colspan", "rowspan"))
            grid.put(runs, max(across, 1), max(down, 1))
    return grid.table()


def _rows(parent: _Element, state: State | None) -> Iterator[tuple[_Element, State | None]]:
    for each in parent:
        name = local(each)
        if name == "tr":
            yield each, state
        elif name in ("thead", "tbody", "tfoot", "ins", "del"):
            yield from _rows(each, _within(name, state))


def _cell(cell: _Element, state: State | None, lost: list[str]) -> tuple[Run, ...]:
    reader = _Reader(lost=lost)
    reader.read(cell, state)
    reader.close()
    runs: list[Run] = []
    for block in reader.blocks:
        if isinstance(block, Paragraph):
            runs += [*([Run(" ", block.mark)] if runs else []), *block.runs]
        else:
            runs += [run for row in block.rows for one in row.cells for run in (*one, Run(" "))]
    return _single(runs)
