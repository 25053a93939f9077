"""Markdown to a document: headings, quotes, fences and tables, each with its place.

Sizes are checked before anything is parsed, so that hostile files are refused at once.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.lexer import Fragment
from checker.language.quotes import Quote
from checker.language.unread_fences import is_read, unread

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_BYTES = 2_000_000
MAX_LINE = 100_000
MAX_LINES = 50_000
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_CELLS = 40_000
MAX_QUOTE = 100_000
MAX_QUOTE_DEPTH = 20
"""What a file may hold at most; a diagnostic says so beyond that."""

_ATTRIBUTION = re.compile(r"(?P<clause>.+?), (?P<kind>verbatim|paraphrased) in (?P<source>.+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a punctuation mark of a quote. `spaced`: white space stands before it."""

    text: str
    spaced: bool
    span: Span


@dataclass(frozen=True, slots=True)
class QuoteText:
    """A quote with its words; `attributed` is false where the attribution is missing."""

    quote: Quote
    words: tuple[Word, ...]
    attributed: bool


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A `redline` fence with the quotes above it that no heading and no other fence separates from it."""

    fragment: Fragment
    quotes: tuple[QuoteText, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class PipeTable:
    """`rows` have a cell for every heading, as Markdown reads them; `uneven`: the first line with more cells,
    or fewer, and how many it has.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    span: Span
    uneven: tuple[Span, int] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph outside of quotes, or one of a list's item: its lines without indentation and marks."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file. `unused` are the quotes without a fence: for reading only."""

    file: str
    text: str
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    fences: tuple[Fence, ...]
    tables: tuple[PipeTable, ...]
    quotes: tuple[QuoteText, ...]
    unused: tuple[QuoteText, ...]

    def trail(self, line: int) -> tuple[str, ...]:
        """The headings that a line stands under, outermost first."""
        stack: list[Heading] = []
        for heading in self.headings:
            if heading.line > line:
                break
            stack = [each for each in stack if each.level < heading.level] + [heading]
        return tuple(each.text for each in stack)


def decode(file: str, data: bytes) -> str:
    """The text of a file. Raises SpecError if it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        message = f"this file holds {len(data):,} bytes, more than {MAX_BYTES:,}"
        raise SpecError((Diagnostic("too-large", message, _line(file, 1, "")),))
    try:
        text = data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        data = data.removeprefix(BOM_UTF8)
        before = _with_newlines(data[: error.start].decode("utf-8"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        span = Span(file, line, column, line, column + 1)
        message = f"byte {data[error.start]:#04x} is not UTF-8"
        raise SpecError((Diagnostic("bad-encoding", message, span, ("UTF-8 text",)),)) from None
    return _with_newlines(text)


def decode_anyway(data: bytes) -> str:
    """The text of a file as `decode` counts its lines and columns, with marks for what is not UTF-8."""
    return _with_newlines(data[:MAX_BYTES].removeprefix(BOM_UTF8).decode("utf-8", "replace"))


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_document(file: str, text: str, *, generated: bool = False) -> Document:
    """Takes a Markdown text apart. Raises SpecError for one that is broken or, unless redline `generated` it,
    too large.
    """
    lines = text.split("\n")
    if not generated:
        _check_length(file, text, lines)
    _check_lines(file, lines)
    return _Reader(file, text, lines, generated=generated).read()


def _line(file: str, line: int, text: str) -> Span:
    return Span(file, line, 1, line, max(2, min(len(text), 80) + 1))


def _check_length(file: str, text: str, lines: list[str]) -> None:
    """Refuses what users would not write."""

    def refuse(code: str, message: str, number: int) -> None:
        raise SpecError((Diagnostic(code, message, _line(file, number, lines[number - 1])),))

    if len(text) > MAX_BYTES:
        refuse("too-large", f"this file holds {len(text):,} characters, more than {MAX_BYTES:,}", 1)
    if len(lines) > MAX_LINES:
        refuse("too-large", f"this file has {len(lines):,} lines, more than {MAX_LINES:,}", 1)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            refuse("line-too-long", f"this line has {len(line):,} characters, more than {MAX_LINE:,}", number)


def _check_lines(file: str, lines: list[str]) -> None:
    """Refuses what cannot be read."""

    def refuse(code: str, message: str, number: int) -> None:
        raise SpecError((Diagnostic(code, message, _line(file, number, lines[number - 1])),))

    rows = cells = 0
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            column = line.index("\0") + 1
            span = Span(file, number, column, number, column + 1)
            raise SpecError((Diagnostic("bad-encoding", "a NUL byte has no place in a text", span),))
        bars = line.count("|")
        rows, cells = (rows + 1, cells + bars) if bars else (0, 0)
        if rows > MAX_ROWS:
            refuse("too-large", f"a table has more than {MAX_ROWS:,} rows", number)
        if cells > MAX_CELLS:
            refuse("too-large", f"a table has more than {MAX_CELLS:,} cells", number)
        if bars > MAX_COLUMNS:
            refuse("too-large", f"a table has more than {MAX_COLUMNS} columns", number)
        markers = re.match(r"[\s>*+-]*", line[:2000])
        if markers and (
            markers.group().count(">") > MAX_QUOTE_DEPTH or len(markers.group().split()) > MAX_COLUMNS
        ):
            refuse("too-deep", f"quotes nested more than {MAX_QUOTE_DEPTH} deep", number)


class _Reader:
    """Reads the block structure that markdown-it finds; its inline rules aren't needed."""

    def __init__(self, file: str, text: str, lines: list[str], *, generated: bool) -> None:
        self.file, self.text, self.lines, self.generated = file, text, lines, generated
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.fences: list[Fence] = []
        self.tables: list[PipeTable] = []
        self.quotes: list[QuoteText] = []
        self.pending: list[QuoteText] = []
        self.unused: list[QuoteText] = []

    def read(self) -> Document:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
        parser.core.ruler.enableOnly(["normalize", "block"])
        blocks = parser.parse(self.text)
        missed = unread(self.file, self.lines, blocks)
        if missed:
            raise SpecError(missed)
        tokens = iter(blocks)
        for token in tokens:
            self._block(token, tokens)
        self.unused += self.pending
        return Document(
            self.file,
            self.text,
            tuple(self.headings),
            tuple(self.blocks),
            tuple(self.fences),
            tuple(self.tables),
            tuple(self.quotes),
            tuple(self.unused),
        )

    def _block(self, token: Token, tokens: Iterator[Token]) -> None:
        first, last = token.map or (0, 0)
        if token.type == "heading_open":
            self.headings.append(Heading(int(token.tag[1:]), next(tokens).content, first + 1))
            self._drop_pending()
        elif token.type == "blockquote_open":
            self._quote(first, last)
            _skip(tokens, "blockquote_open", "blockquote_close")
        elif token.type == "inline":
            self.blocks.append(Block(token.content, first + 1))
        elif token.type == "table_open":
            self.tables.append(self._table(tokens, _line(self.file, first + 1, self.lines[first])))
        elif token.type == "fence" and is_read(token.info):
            indent = (
                len(self.lines[first + 1]) - len(self.lines[first + 1].lstrip()) if first + 1 < last else 0
            )
            shift = indent - (len(token.content) - len(token.content.lstrip(" ")))
            fragment = Fragment(
                self.file, token.content, first + 2, 1 + max(0, shift), generated=self.generated
            )
            self.fences.append(Fence(fragment, tuple(self.pending)))
            self.pending = []

    def _drop_pending(self) -> None:
        self.unused += self.pending
        self.pending = []

    def _quote(self, first: int, last: int) -> None:
        if sum(len(line) for line in self.lines[first:last]) > MAX_QUOTE:
            message = f"this quote has more than {MAX_QUOTE:,} characters"
            place = _line(self.file, first + 1, self.lines[first])
            raise SpecError((Diagnostic("too-large", message, place),))
        quote = read_quote(self.file, self.lines, first, last)
        self.quotes.append(quote)
        self.pending.append(quote)

    def _table(self, tokens: Iterator[Token], span: Span) -> PipeTable:
        rows: list[tuple[Cell, ...]] = []
        cells: list[Cell] = []
        row = span
        for token in tokens:
            if token.type == "tr_open" and token.map:
                row = _line(self.file, token.map[0] + 1, self.lines[token.map[0]])
                cells = []
            elif token.type == "inline":
                cells.append(Cell(token.content.strip(), row))
            elif token.type == "tr_close":
                rows.append(tuple(self._placed(cells)))
            elif token.type == "table_close":
                break
        return PipeTable(rows[0], tuple(rows[1:]), span, self._uneven(rows))

    def _uneven(self, rows: list[tuple[Cell, ...]]) -> tuple[Span, int] | None:
        for number in (row[0].span.line for row in rows[1:] if row):
            line = self.lines[number - 1]
            cells = BAR.split(line.strip())
            count = len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")
            if count != len(rows[0]):
                return _line(self.file, number, line), count
        return None

    def _placed(self, cells: list[Cell]) -> Iterator[Cell]:
        position = 0
        for cell in cells:
            line = self.lines[cell.span.line - 1]
            found = line.find(cell.text, position) if cell.text else -1
            if found < 0:
                yield cell
                continue
            position = found + len(cell.text)
            yield Cell(cell.text, Span(self.file, cell.span.line, found + 1, cell.span.line, position + 1))


def _skip(tokens: Iterator[Token], opening: str, closing: str) -> None:
    depth = 1
    for token in tokens:
        depth += (token.type == opening) - (token.type == closing)
        if depth == 0:
            return


BAR = re.compile(r"(?<!\\)\|")
"""Stands between the cells of a table."""
_PREFIX = re.compile(r"\s{0,3}(?:>\s?)*")
_WORD = re.compile(r"[^\W_]+(?:[.\-/'\u2019_][^\W_]+)*|[^\w\s]|_")
_EMPHASIS = re.compile(r"\\([^\w\s])|\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")


def read_quote(file: str, lines: list[str], first: int, last: int) -> QuoteText:
    """The quote on lines `first` to `last` (from 0, exclusive) of a file."""
    stripped = [(number, *_strip(lines[number])) for number in range(first, last)]
    while stripped and not stripped[-1][1].strip():
        stripped.pop()
    attribution = ""
    if len(stripped) > 1 and stripped[-1][1].lstrip().startswith("—"):
        above = stripped[-2][1].strip()
        if not above:
            attribution = stripped.pop()[1].strip().lstrip("— ").strip()
    words = tuple(
        word for number, text, column in stripped for word in words_of(file, text, number + 1, column)
    )
    span = Span(file, first + 1, 1, last, len(lines[last - 1]) + 1)
    clause, kind, source = _attribution(attribution)
    return QuoteText(Quote(clause, kind, source, spell(words), span), words, bool(attribution))


def _strip(line: str) -> tuple[str, int]:
    found = _PREFIX.match(line)
    start = found.end() if found else 0
    return line[start:], start + 1


def _attribution(text: str) -> tuple[str, Literal["verbatim", "paraphrase"], str]:
    found = _ATTRIBUTION.fullmatch(text)
    if not found:
        return text, "paraphrase", text
    kind: Literal["verbatim", "paraphrase"] = "verbatim" if found["kind"] == "verbatim" else "paraphrase"
    return found["clause"], kind, found["source"]


def _hidden(found: re.Match[str]) -> str:
    """What Markdown does not show, as NULs of the same length."""
    escaped: str | None = found.group(1)
    return "\0" + escaped if escaped else "\0" * len(found.group())


def words_of(file: str, text: str, line: int, column: int = 1) -> Iterator[Word]:
    """The words and marks of one line; emphasis and escapes of Markdown are not words."""
    plain = _EMPHASIS.sub(_hidden, text)
    end = -1
    for found in _WORD.finditer(plain):
        if found.group() == "\0":
            continue
        between = plain[end : found.start()] if end >= 0 else " "
        spaced = bool(between.replace("\0", ""))
        start, end = found.start(), found.end()
        yield Word(found.group(), spaced, Span(file, line, start + column, line, end + column))


def spell(words: tuple[Word, ...]) -> str:
    """Words as a text with single spaces."""
    return "".join((" " if word.spaced and at else "") + word.text for at, word in enumerate(words))
