"""The clauses of a document with tracked changes: their names, and their words before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from checker.language.document import words_of
from checker.language.invisible_characters import visible
from checker.office.blocks import ATTRIBUTION, Block, Paragraph, Redlined, Run, State, Table, text_of
from checker.office.changed_words import escaped
from checker.office.clause_numbers import Numbers

_SHOWS_NOTHING: Final = {ord(each): None for each in "\u00ad\u200b\u200c\u2060\ufeff"}
_ENDS: Final = (".", ";", ":", ",")
_LONG: Final = 14  # words, of a numbered heading that is a clause


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a mark. `spaced`: white space precedes it."""

    text: str
    spaced: bool
    state: State


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its name, where its words come from as an attribution says it, and the words. `numbered`: the
    name is that of its number, and not that of an attribution in the document.
    """

    name: str
    attribution: str
    pieces: tuple[Piece, ...]
    numbered: bool = False

    @property
    def states(self) -> frozenset[State]:
        """What becomes of its words."""
        return frozenset(each.state for each in self.pieces)

    def words(self, without: State) -> str:
        """The words before the changes (without the inserted ones) or after them (without the struck)."""
        return spelled(each for each in self.pieces if each.state != without)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it was before the changes; `inserted`: as it is after them, for there was none."""

    level: int
    text: str
    changed: bool = False
    inserted: bool = False


@dataclass(frozen=True, slots=True)
class NamedTable:
    name: str
    table: Table


Part: TypeAlias = Clause | Heading | NamedTable


@dataclass(frozen=True, slots=True)
class Outline:
    """A document as law: `title`, then headings, clauses and tables in order; `lost`: what is left out."""

    title: str
    parts: tuple[Part, ...]
    lost: tuple[str, ...]


def spelled(pieces: Iterable[Piece]) -> str:
    """Words as a text with single spaces."""
    return "".join((" " if each.spaced and at else "") + each.text for at, each in enumerate(pieces))


def outline_of(document: Redlined, source: str) -> Outline:
    """Take a document apart. `source`: what its clauses are called by, before their numbers. Clauses that
    have an attribution in the document (a line `— CLAUSE, verbatim in SOURCE`) keep it.
    """
    reader = _Reader(source)
    for block in document.blocks:
        reader.read(block)
    reader.end()
    parts = tuple(_without_names(_apart(reader.parts)))
    lost = list(document.lost)
    if any(isinstance(each, Heading) and each.changed for each in parts):
        lost.append("tracked changes in headings, which are kept as before")
    return Outline(reader.title, parts, tuple(lost))


@dataclass(slots=True)
class _Reader:
    source: str
    title: str = ""
    parts: list[Part] = field(default_factory=list)
    waiting: list[Paragraph] = field(default_factory=list)
    before: Numbers = field(default_factory=Numbers)
    after: Numbers = field(default_factory=Numbers)
    tables: dict[str, int] = field(default_factory=dict)
    heading: Paragraph | None = None
    loose: int = 0
    caption: str = ""

    def read(self, block: Block) -> None:
        """Read a block; paragraphs wait until it is known whether an attribution follows."""
        above, self.heading = self.heading, None
        if isinstance(block, Table):
            self.end()
            self._table(block)
        elif block.kind == "title" and not self.title:
            self.title = cleaned(text_of(block.runs, "struck"))
        elif block.text.lstrip().startswith(ATTRIBUTION) and (self.waiting or above):
            if above and not self.waiting:  # some programs give a struck paragraph the style of the one above
                self.parts.pop()
                self.waiting = [above]
            self._attributed(cleaned(block.text).lstrip("\N{EM DASH} "))
        elif block.kind in ("heading", "title") and not _is_clause(block):
            self.end()
            self._heading(block)
        elif block.states:
            self.waiting.append(block)

    def _heading(self, block: Paragraph) -> None:
        text = cleaned(f"{block.before} {text_of(block.runs, 'inserted')}")
        changed, inserted = bool(block.states - {"kept"}), not text
        text = text or cleaned(f"{block.number} {text_of(block.runs, 'struck')}")
        if text:
            self.heading = block
            self.parts.append(Heading(max(block.level, 1), text, changed, inserted))
            self.caption = text
            self.before.named(text)
            self.after.named(text)

    def _attributed(self, attribution: str) -> None:
        pieces = tuple(piece for each in self.waiting for piece in pieces_of(each))
        self.waiting = []
        self.parts.append(Clause(_clause(attribution), attribution, pieces))

    def end(self) -> None:
        """Close the clauses that wait, which have no attribution."""
        joined = False  # to the paragraph before
        numbered = False
        for paragraph in self.waiting:
            pieces = pieces_of(paragraph)
            name = "" if joined else self._number(paragraph)
            last = self.parts[-1] if self.parts else None
            if isinstance(last, Clause) and last.numbered and (joined or (not name and numbered)):
                self.parts[-1] = replace(last, pieces=(*last.pieces, *pieces))
            else:
                numbered = bool(name)
                self._clause(name, pieces)
            joined = paragraph.mark != "kept" and not paragraph.states <= {paragraph.mark}
        self.waiting = []

    def _number(self, paragraph: Paragraph) -> str:
        """The clause's number before the changes or, if they insert it, after them."""
        old, new = "", ""
        if paragraph.states != {"inserted"}:
            old = self.before.named(cleaned(f"{paragraph.before} {text_of(paragraph.runs, 'inserted')}"))
        if paragraph.states != {"struck"}:
            new = self.after.named(cleaned(f"{paragraph.number} {text_of(paragraph.runs, 'struck')}"))
        return new if paragraph.states == {"inserted"} else old

    def _clause(self, number: str, pieces: tuple[Piece, ...]) -> None:
        if not number:
            self.loose += 1
            number = f"paragraph {self.loose}"
        name = f"{self.source} {number}"
        last = self.parts[-1] if self.parts else None
        states = {each.state for each in pieces}
        replaces = isinstance(last, Clause) and last.states == {"struck"} and states == {"inserted"}
        if isinstance(last, Clause) and replaces and last.name == name:
            self.parts[-1] = replace(last, pieces=(*last.pieces, *pieces))
            return
        self.parts.append(Clause(name, name, pieces, numbered=True))

    def _table(self, table: Table) -> None:
        if not table.rows:
            return
        name = slug(self.caption)[:40].strip("-")
        name = name if name[:1].isalpha() else f"table-{name}".strip("-")
        count = self.tables[name] = self.tables.get(name, 0) + 1
        self.parts.append(NamedTable(name if count == 1 else f"{name}-{count}", table))


def _is_clause(paragraph: Paragraph) -> bool:
    """Whether what looks like a heading is a clause: many templates have styles of headings for clauses."""
    text = cleaned(f"{paragraph.number or paragraph.before} {paragraph.text}")
    if paragraph.kind != "heading" or not Numbers().named(text):
        return False
    return text.endswith(_ENDS) or len(text.split()) > _LONG


def _clause(attribution: str) -> str:
    for verb in (", verbatim in ", ", paraphrased in "):
        if verb in attribution:
            return attribution.partition(verb)[0]
    return attribution


def _apart(parts: Sequence[Part]) -> Sequence[Part]:
    """The parts, with clauses of one number told apart: those that were there before keep it, in their order.
    Attributions of the document stay as they are.
    """
    found = list(parts)
    used: dict[str, int] = {}
    numbered = [at for at, each in enumerate(found) if isinstance(each, Clause) and each.numbered]
    for inserted in (False, True):
        for at in numbered:
            clause = found[at]
            if not isinstance(clause, Clause) or (clause.states == {"inserted"}) != inserted:
                continue
            count = used[clause.name] = used.get(clause.name, 0) + 1
            if count > 1:
                name = f"{clause.name}{', as inserted' if inserted else ''} no. {count}"
                name = name.removesuffix(" no. 2") if inserted else name
                found[at] = Clause(name, name, clause.pieces, numbered=True)
    return found


def _without_names(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts without headings that only repeat the name of the clause, or table, below them."""
    for at, part in enumerate(parts):
        below = parts[at + 1] if at + 1 < len(parts) else None
        if isinstance(part, Heading) and isinstance(below, Clause | NamedTable) and below.name == part.text:
            continue
        yield part


# --------------------------------------------------------------------- words


def pieces_of(paragraph: Paragraph) -> tuple[Piece, ...]:
    """The words of a paragraph, its number first, with what becomes of each. A word of which letters are
    changed is changed as a whole.
    """
    runs = [*_numbers(paragraph), *paragraph.runs]
    found = tuple(_pieces(runs))
    return (replace(found[0], spaced=True), *found[1:]) if found else ()


def _numbers(paragraph: Paragraph) -> Iterator[Run]:
    if paragraph.before == paragraph.number:
        if paragraph.number:
            yield Run(f"{paragraph.number} ")
        return
    if paragraph.before:
        yield Run(f"{paragraph.before} ", "struck")
    if paragraph.number:
        yield Run(f"{paragraph.number} ", "inserted")


def _pieces(runs: Sequence[Run]) -> Iterator[Piece]:
    """Yield the words, in stretches between places where both texts have the end of a word."""
    old: list[str] = []
    new: list[str] = []
    for run in runs:
        if run.state != "kept":
            (old if run.state == "struck" else new).append(run.text)
            continue
        first, last = _edge(run.text, first=True), _edge(run.text, first=False)
        if first > last:  # a part of a word, or nothing but the blank between two
            old.append(run.text)
            new.append(run.text)
            continue
        yield from _changed("".join([*old, run.text[:first]]), "".join([*new, run.text[:first]]))
        yield from _stretch(run.text[first:last], "kept")
        old, new = [run.text[last:]], [run.text[last:]]
    yield from _changed("".join(old), "".join(new))


def _edge(text: str, *, first: bool) -> int:
    """Where the first blank of a text is, or where the letters after its last blank begin."""
    blanks = [at for at, letter in enumerate(text) if letter.isspace()]
    if not blanks:
        return len(text) if first else 0
    return blanks[0] if first else blanks[-1]


def _changed(old: str, new: str) -> Iterator[Piece]:
    """Yield words that are changed, except what both texts begin or end with."""
    before, after = list(_stretch(old, "struck")), list(_stretch(new, "inserted"))
    first = 0
    while first < min(len(before), len(after)) and _same(before[first], after[first]):
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and _same(before[-1 - last], after[-1 - last]):
        last += 1
    yield from (replace(each, state="kept") for each in before[:first])
    yield from before[first : len(before) - last]
    yield from after[first : len(after) - last]
    yield from (replace(each, state="kept") for each in before[len(before) - last :])


def _same(one: Piece, other: Piece) -> bool:
    return (one.text, one.spaced) == (other.text, other.spaced)


def _stretch(text: str, state: State) -> Iterator[Piece]:
    shown = plain(text)
    for number, word in enumerate(words_of("", escaped(shown), 1)):
        yield Piece(word.text, word.spaced if number else shown[:1].isspace(), state)


def plain(text: str) -> str:
    """The text without letters that never show anything, and with escapes for others that nobody sees."""
    return visible(text.translate(_SHOWS_NOTHING)).replace("\N{NO-BREAK SPACE}", " ")


def cleaned(text: str) -> str:
    """A line of the document with single spaces."""
    return " ".join(plain(text).split())


def slug(text: str) -> str:
    """A text as a part of a name: letters, digits and hyphens."""
    letters = "".join(each if each.isascii() and each.isalnum() else " " for each in text)
    return "-".join(letters.split())


def count_of(parts: Iterable[Part]) -> Mapping[str, int]:
    """How many clauses are as before, amended, inserted and struck."""
    found = {"kept": 0, "amended": 0, "inserted": 0, "struck": 0}
    for each in parts:
        if isinstance(each, Clause):
            states = each.states
            found[next(iter(states)) if len(states) == 1 else "amended"] += 1
    return found
