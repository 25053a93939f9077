"""What all answers of a law have in common: text, JSON, rows and a small page for notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias, TypeVar, runtime_checkable

import msgspec

from checker.report.json_documents import dumped
from checker.report.paper import WIDTH, Paragraph, text_of

Frame: TypeAlias = dict[str, list[object]]
"""Rows by column: what `pandas.DataFrame` and `polars.DataFrame` are made of."""

Watch: TypeAlias = Callable[[int, int, str], None]
"""Hears how much is done, of how much, and what was done last."""

_SHOWN: Final = 60  # rows in a notebook
_SHORT: Final = 40  # letters of a text that is shown in one line with others
_A = TypeVar("_A", bound="Answer")
_T = TypeVar("_T")


def nobody(done: int, total: int, what: str) -> None:
    """Watch, and say nothing."""
    del done, total, what


class Untold(Exception):
    """An answer was read from a document, which has no report."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An answer, which is at the same time the JSON document of the command that gives it.

    Fields are those of the document, described in spec/json.md. Answers are equal if their documents are.
    """

    def __repr__(self) -> str:
        shown = (
            f"{name}={value!r}" if isinstance(value, str | int | float | None) else f"{len(value)} {name}"
            for name, value in ((each, getattr(self, each)) for each in self.__struct_fields__)
            if isinstance(value, int | float | tuple | None)
            or (isinstance(value, str) and len(value) <= _SHORT)
        )
        return f"{type(self).__name__}({', '.join(shown)})"

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report, to be laid out. Raises Untold if the answer was read from a document."""
        raise NotImplementedError

    def text(self, width: int = WIDTH) -> str:
        """The report that the command prints, without colour, in lines of at most `width` letters."""
        return text_of(self.paragraphs(), width)

    def json(self) -> str:
        """The document that the command writes with `--format json`."""
        return dumped(self)

    def frame(self) -> Frame:
        """The answer as a table: column -> values, all of one length."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        """The table for a notebook: escaped, without script, style or anything that is loaded."""
        return html_table(type(self).__name__, self.frame())


@runtime_checkable
class Writable(Protocol):
    """What stands behind an answer, and can be written."""

    def write(self, place: Path, watch: Watch) -> None:
        """Write it to a folder."""


class Evidenced(Answer, frozen=True, kw_only=True, dict=True):
    """An answer whose evidence can be written, for `certify`."""

    def write_evidence(self, place: str | Path, progress: Watch | None = None) -> None:
        """Write the evidence to a folder, whole or not at all. SpecError if it cannot be written there or
        would be read as law; Untold if the answer was read from a document.
        """
        behind: object = self.__dict__.get("behind")
        if not isinstance(behind, Writable):
            message = f"this {type(self).__name__} was read from a document, and has no evidence"
            raise Untold(message)
        behind.write(Path(place), progress or nobody)


def keeping(answer: _A, **found: object) -> _A:
    """Return the answer, which from now on remembers what it was made of; that is no part of the document."""
    for name, value in found.items():
        msgspec.structs.force_setattr(answer, name, value)
    return answer


def kept(answer: Answer, name: str, kind: type[_T]) -> _T:
    """Return what an answer remembers. Untold if it was read from a document and never found by a law."""
    found = answer.__dict__.get(name)
    if isinstance(found, kind):
        return found
    message = f"this {type(answer).__name__} was read from a document; ask a law for one that can be told"
    raise Untold(message)


def frame_of(rows: Iterable[Mapping[str, object]], names: Sequence[str]) -> Frame:
    """Return rows as columns of these names, which are there even if there is no row."""
    found = tuple(rows)
    return {name: [each[name] for each in found] for name in names}


def html_table(title: str, frame: Frame) -> str:
    """Return a table of at most some dozens of rows, with every letter of the law escaped."""
    from checker.report.rendering import render

    rows = [tuple(map(_cell, each)) for each in zip(*frame.values(), strict=True)]
    more = max(0, len(rows) - _SHOWN)
    return render(
        "checker.report", "table.html.jinja", title=title, names=tuple(frame), rows=rows[:_SHOWN], more=more
    )


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case tuple() | list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
