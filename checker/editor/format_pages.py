"""Pages whose fences are laid out as they should be: texts, and files."""

from __future__ import annotations

import stat
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from checker.editor.edits import Edit
from checker.editor.layout import laid_out
from checker.interface.loaded_law import find_folders
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import Fence, read_document
from checker.language.parse import parse_fence
from checker.language.spec_files import is_page, text_of, texts_in
from checker.results.files import write_file


@dataclass(frozen=True, slots=True)
class FormattedPage:
    """A page, and how it should be. With mistakes, `after` is the text as it is."""

    file: str
    before: str
    after: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether it should be otherwise."""
        return self.before != self.after

    def diff(self) -> str:
        """What should change, as a unified diff."""
        old, new = (each.splitlines(keepends=True) for each in (self.before, self.after))
        return "".join(unified_diff(old, new, self.file, self.file))

    def write(self) -> None:
        """Write the page as it should be over the file, whole or not at all, with the line ends and the mark
        at the top that the file has. Raises SpecError if it cannot be written to, or is another by now.
        """
        path = Path(self.file)
        data, rights = path.read_bytes(), path.stat().st_mode
        if text_of(self.file, data) != self.before:
            message = f"`{self.file}` was edited while it was laid out"
            raise SpecError((Diagnostic("cannot-write", message, None, ("another try",)),))
        after = self.after.replace("\n", "\r\n") if b"\r\n" in data else self.after
        mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
        write_file(path, mark + after.encode("utf-8"))
        path.chmod(stat.S_IMODE(rights))


def format_edits(file: str, text: str) -> tuple[Edit, ...]:
    """What to change on a page so that its fences are laid out. Raises SpecError with its mistakes."""
    edits: list[Edit] = []
    wrong: list[Diagnostic] = []
    lines = text.split("\n")
    for fence in read_document(file, text).fences:
        try:
            parse_fence(fence.fragment)
        except SpecError as error:
            wrong += error.diagnostics
        else:
            edits += _edit(fence, lines)
    if wrong:
        raise SpecError(tuple(wrong))
    return tuple(edits)


def _edit(fence: Fence, lines: Sequence[str]) -> Iterator[Edit]:
    """Yield the edit of a fence; nothing for one that is as it should be, or stands too oddly to be moved."""
    fragment = fence.fragment
    after = laid_out(fragment)
    if after is None or after == fragment.text:
        return
    count = fragment.text.count("\n")
    first = fragment.line - 1
    written = lines[first : first + count]
    margin = min((_margin(line, own) for line, own in _both(written, fragment.text)), default=0)
    told = [f"{' ' * margin}{own}".rstrip() for own in fragment.text.split("\n")[:count]]
    if [each.rstrip() for each in written] != told:
        return
    text = "".join(f"{' ' * margin}{each}".rstrip() + "\n" for each in after.split("\n")[:-1])
    yield Edit(Span(fragment.file, fragment.line, 1, fragment.line + count, 1), text)


def _both(written: Sequence[str], text: str) -> Iterator[tuple[str, str]]:
    yield from ((line, own) for line, own in zip(written, text.split("\n"), strict=False) if own.strip())


def _margin(line: str, own: str) -> int:
    return len(line) - len(line.lstrip(" ")) - (len(own) - len(own.lstrip(" ")))


def format_page(file: str, text: str) -> FormattedPage:
    """A page as it should be."""
    try:
        edits = format_edits(file, text)
    except SpecError as wrong:
        return FormattedPage(file, text, text, wrong.diagnostics)
    lines = text.split("\n")
    for each in reversed(edits):
        lines[each.span.line - 1 : each.span.end_line - 1] = each.text.split("\n")[:-1]
    return FormattedPage(file, text, "\n".join(lines))


def format_files(places: Sequence[str | Path]) -> tuple[FormattedPage, ...]:
    """Each page of files and folders as it should be; without any, of `spec/` and `properties/` here or
    above. Nothing is written: `FormattedPage.write` does that. Raises SpecError for what cannot be read.
    """
    found: dict[Path, FormattedPage] = {}
    for place in map(Path, places or _folders()):
        for path, text in _texts(place).items():
            if path.resolve() not in found:
                found[path.resolve()] = format_page(str(path), text)
    return tuple(found.values())


def _folders() -> tuple[Path, ...]:
    law = find_folders(None, None)
    if law.shipped:
        message = "there is no `spec/` with a `properties/` beside it here or above"
        raise SpecError((Diagnostic("no-spec", message, None, ("a file or a folder to be laid out",)),))
    return law.spec, law.properties


def _texts(place: Path) -> dict[Path, str]:
    if place.is_dir() or not place.exists():
        return texts_in(place)
    if not is_page(place.name):
        message = f"`{place}` is no page: the name of one ends in `.md`"
        raise SpecError((Diagnostic("not-read", message, None),))
    try:
        return {place: text_of(str(place), place.read_bytes())}
    except OSError as wrong:
        message = f"`{place}` cannot be read: {(wrong.strerror or 'no reason given').lower()}"
        raise SpecError((Diagnostic("unreadable", message, None),)) from None
