"""Where reports go: paragraphs to a terminal or a file, documents for machines, progress to people."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import IO, TYPE_CHECKING, Final, Self, TypeAlias

import click

from checker.commands.streams import say, sending
from checker.language.diagnostics import Diagnostic
from checker.language.invisible_characters import visible, visible_json
from checker.report.paper import WIDTH, Paragraph, lay_out, plain

if TYPE_CHECKING:
    from checker.results.answer import Evidenced

FORMS: Final = ("text", "json", "html")
"""What `--format` takes where one page suffices."""

_WIDEST: Final = 100
_NARROWEST: Final = 40
_EVERY: Final = 0.1  # seconds, at least, between two drawings of the progress line
_TICK: Final = 0.5  # seconds after which it is drawn although nothing was done

Told: TypeAlias = Callable[[], Iterable[Paragraph]]
"""Tells an answer to people, when it is asked to."""


def write_paragraphs(paragraphs: Iterable[Paragraph]) -> None:
    """Write a report to standard output: in colour on a terminal, plain text elsewhere."""
    seen = [_seen(each) for each in paragraphs]
    if not coloured(sys.stdout):
        _write(plain(lay_out(seen, page_width(sys.stdout))))
        return
    lines = lay_out(seen, page_width(sys.stdout), marks=False)
    with sending():
        importlib.import_module("checker.report.colour").print_in_colour(lines, sys.stdout)


def text_of_report(paragraphs: Iterable[Paragraph]) -> str:
    """Return a report as a page of plain text."""
    return plain(lay_out([_seen(each) for each in paragraphs], WIDTH))


def _seen(paragraph: Paragraph) -> Paragraph:
    runs = tuple(replace(each, text=visible(each.text)) for each in paragraph.runs)
    return replace(paragraph, runs=runs, first=visible(paragraph.first), rest=visible(paragraph.rest))


def _write(text: str) -> None:
    with sending():
        sys.stdout.write(text)


def write_text(text: str) -> None:
    """Write a page to standard output."""
    _write(visible(text))


def write_markup(text: str, form: str) -> None:
    """Write text that is no report for people, whatever the encoding of standard output: XML (`junit`), a
    page of HTML, JSON, or lines.
    """
    encoding = sys.stdout.encoding or "utf-8"
    match form:
        case "junit" | "html":
            _write(text.encode(encoding, "xmlcharrefreplace").decode(encoding))
        case "sarif" | "gitlab":
            _write(visible_json(text, encoding))
        case _:
            _write(visible(text))


def write_json(document: object) -> None:
    """Write a document for machines, whatever the encoding of standard output."""
    text: str = importlib.import_module("checker.report.json_documents").dumped(document)
    _write(visible_json(text, sys.stdout.encoding or "utf-8"))


def write_evidence(answer: Evidenced, place: Path | None) -> None:
    """Write the evidence of an answer to a folder, if that was asked."""
    if place is not None:
        with Progress() as progress:
            answer.write_evidence(place, progress)


def write_diagnostics(
    diagnostics: Iterable[Diagnostic], typed: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write mistakes to standard error, each with its line of the spec. `typed`: texts that are no files."""
    render = importlib.import_module("checker.language.render_diagnostics")
    found = tuple(diagnostics)
    files = {each.span.file for each in found if each.span is not None}
    texts = {each: _source(Path(each)) for each in files if Path(each).is_file()} | dict(typed)
    paint = _painted if coloured(sys.stderr) else render.plain
    say(f"{render.render_all(found, texts, paint)}\n", painted=True)


def _source(path: Path) -> str:
    """Return the text of a file as far as it can be read."""
    document = importlib.import_module("checker.language.document")
    with path.open("rb") as opened:
        text: str = document.decode_anyway(opened.read(document.MAX_BYTES))
    return text


def _painted(text: str, role: str) -> str:
    match role:
        case "place" | "message":
            return click.style(text, bold=True)
        case "caret":
            return click.style(text, fg="red")
        case "hint":
            return click.style(text, dim=True)
        case _:
            return text


def coloured(stream: IO[str]) -> bool:
    """Whether colour is wanted: on a terminal that has it, unless NO_COLOR is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def page_width(stream: IO[str]) -> int:
    """Return the columns to set text to: the terminal's, within reason, or 80."""
    if not stream.isatty():
        return WIDTH
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((WIDTH, 24)).columns - 1))


@dataclass(slots=True)
class Progress:
    """One line on standard error that is drawn again and again, if that is a terminal: whenever it is called,
    with how much is done, of how much, and what was done last, and every half second, so that it is seen to
    move. Until it is called, it says what is `doing`.
    """

    doing: str = ""
    started: float = field(default_factory=time.monotonic)
    drawn: float = 0.0
    count: str = ""
    ended: threading.Event = field(default_factory=threading.Event)
    ticking: threading.Thread | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self.ticking = threading.Thread(target=self._tick, daemon=True)
            self.ticking.start()
        return self

    def __call__(self, done: int, total: int, what: str) -> None:
        """Draw the line, unless that was done just now."""
        self.count, self.doing = f"{done}/{total}", what
        if time.monotonic() - self.drawn > _EVERY:
            self._draw()

    def _tick(self) -> None:
        while not self.ended.wait(_TICK):
            self._draw()

    def _draw(self) -> None:
        if sys.stderr.isatty():
            self.drawn = time.monotonic()
            parts = (self.count, f"{self.drawn - self.started:.1f} s", self.doing)
            line = visible("  ".join(filter(None, parts)))
            width = page_width(sys.stderr)
            self._put(f"\r{line[:width]:<{width}}")

    def _put(self, text: str) -> None:
        """Write without the locks of a stream, which a process that is started meanwhile would inherit."""
        with suppress(OSError):
            os.write(sys.stderr.fileno(), text.encode(sys.stderr.encoding or "utf-8", "backslashreplace"))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.ticking is not None:
            self.ended.set()
            self.ticking.join()
            if self.drawn:
                self._put(f"\r{'':<{page_width(sys.stderr)}}\r")
