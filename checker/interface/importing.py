"""Documents of Word, HTML and Excel as laws that are to be given their meaning: what `import` does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.document import words_of
from checker.language.invisible_characters import visible
from checker.office.blocks import Redlined
from checker.office.clauses import Clause, NamedTable, Outline, count_of, outline_of, slug
from checker.office.packed_files import MAX_FILE, wrong_file
from checker.office.requirements import requirements_of
from checker.office.skeleton import AFTER, Names, Skeleton, cell_changes, skeleton_of
from checker.results.imported import Imported

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_KINDS: Final = (".docx", ".html", ".htm", ".xlsx")
_OLDER: Final = {".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".xls": ".xlsx", ".ods": ".xlsx"}
_CHANGE: Final = "Change"


def import_document(
    file: str | Path,
    *,
    source: str | None = None,
    modification: str | None = None,
    header: int | None = None,
) -> Imported:
    """Make a law of a document: `.docx` or `.html` with tracked changes, or tables of requirements in
    `.xlsx`. No meaning is guessed. `write(folder)` of the answer writes the law. Needs `redline[office]`.

    `source`: what clauses or requirements come from; by default, the file's name. `modification`: what the
    changes are called. `header`: the row of each sheet that has the headings; by default, it is looked for.

    Raises SpecError with one diagnostic for a file that cannot be read.
    """
    file = Path(file)
    kind = file.suffix.lower()
    if kind not in _KINDS:
        problem = "its name does not say what it is"
        if kind in _OLDER:
            problem = f"it is a file of another program or an older one: save it as `{_OLDER[kind]}` first"
        raise wrong_file(str(file), problem, *(f"`{each}`" for each in _KINDS))
    data = _read(file)
    shown = visible(file.name)
    if kind == ".xlsx":
        return _workbook(str(file), shown, data, source or _as_name(file.stem, "Requirements"), header)
    change = _checked("modification", modification or _CHANGE)
    document = _document(str(file), kind, data)
    outline = outline_of(document, _one_line(source or file.stem))
    made = skeleton_of(outline, Names(shown, change))
    return Imported(
        shown,
        made.files,
        tuple(_found(outline)),
        tuple(_to_do(outline, made, change)),
        (*outline.lost, *_lost_in_tables(outline, change)),
        made.regime,
    )


def _document(file: str, kind: str, data: bytes) -> Redlined:
    if kind == ".docx":
        from checker.office.read_docx import read_docx

        return read_docx(file, data)
    from checker.office.read_html import read_html

    return read_html(file, data)


def _workbook(file: str, shown: str, data: bytes, source: str, header: int | None) -> Imported:
    from checker.office.read_xlsx import read_xlsx

    source = _checked("source", source)
    book = read_xlsx(file, data, header)
    made = requirements_of(book, shown, source)
    found = (
        f"sheet “{each.title}”: {_many(len(each.rows) - 1, 'row')} under its head" for each in book.sheets
    )
    to_do = (
        f"write the claims for the requirements in `properties/10-{source}-claims.md`, each under its quote",
        "write the law that they are about in `spec/`",
        "`redline register` then lists the requirements that no claim cites",
    )
    return Imported(shown, made.files, tuple(found), to_do, book.lost, made.regime)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_FILE + 1)
    except OSError as wrong:
        message = f"`{file}` cannot be read: {wrong.strerror or wrong}"
        raise SpecError((Diagnostic("cannot-read", message, None),)) from None
    if len(data) > MAX_FILE:
        raise wrong_file(str(file), f"it holds more than {MAX_FILE:,} bytes")
    if not data:
        raise wrong_file(str(file), "it is empty")
    return data


def _as_name(text: str, otherwise: str) -> str:
    name = slug(text)
    return name if _NAME.fullmatch(name) else otherwise


def _checked(what: str, name: str) -> str:
    """Return a name of the language. SpecError for what is none."""
    if not _NAME.fullmatch(name):
        message = f"`{name}` cannot be the name of a {what}"
        expected = ("letters, digits and inner hyphens, beginning with a letter",)
        raise SpecError((Diagnostic("bad-option", message, None, expected),))
    return name


def _one_line(text: str) -> str:
    """What clauses are called by, as an attribution can have it."""
    name = " ".join(visible(text).split()).lstrip("\N{EM DASH} ")
    if not name or re.search(r", (verbatim|paraphrased) in\b", name):
        raise SpecError((Diagnostic("bad-option", f"`{text}` cannot be the name of a source", None),))
    return name


# ------------------------------------------------------------------- report


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _found(outline: Outline) -> Iterator[str]:
    count = count_of(outline.parts)
    yield _many(sum(1 for each in outline.parts if isinstance(each, Clause)), "clause")
    tables = sum(1 for each in outline.parts if isinstance(each, NamedTable))
    if tables:
        yield _many(tables, "table")
    changes = [f"{number} {kind}" for kind, number in count.items() if kind != "kept" and number]
    yield f"of the clauses, {', '.join(changes)}" if changes else "no tracked changes to clauses"


def _to_do(outline: Outline, made: Skeleton, change: str) -> Iterator[str]:
    if made.open_phrases:
        have = "phrase has" if made.open_phrases == 1 else "phrases have"
        yield f"{made.open_phrases} {have} no meaning yet; `redline register` lists each under *Not modelled*"
    yield "declare the sorts, functions and requests that rules speak of"
    yield "write claims in `properties/`"
    if AFTER in made.regime.versions:
        yield f"`redline show {AFTER}` shows the law with the changes, which are the modification {change}"
    del outline


def _lost_in_tables(outline: Outline, change: str) -> Iterator[str]:
    """Yield changes of tables that the language has no way to say."""
    for part in outline.parts:
        if not isinstance(part, NamedTable):
            continue
        if any(each.state != "kept" for each in part.table.rows):
            yield f"inserted and struck rows of the table {part.name}, which is written as before"
        changed = sum(
            _is_changed(cell) for row in part.table.rows for cell in row.cells if row.state == "kept"
        )
        if changed > sum(1 for _ in cell_changes(part, change)):
            yield f"changed cells of the table {part.name} in its head, or in rows that begin alike"


def _is_changed(cell: object) -> bool:
    return isinstance(cell, tuple) and any(
        each.state != "kept" and [*words_of("", each.text, 1)] for each in cell
    )
