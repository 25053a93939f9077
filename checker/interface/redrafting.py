"""An edit of the law as it stands, said as a modification: what the workbench tries, and what it saves.

The pages of the law quote words that are in force, so an edit does not change them. What was edited in them
is written as a page with a modification, and with a version that has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from checker.interface.amending import Origin, Statement, amendments, inserted, replaced, struck
from checker.language import declarations as d
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import QuoteText
from checker.language.source_declaration import SourceDecl
from checker.language.statements import LemmaDecl
from checker.model.fingerprint import Fingerprints
from checker.office import markdown_text as md
from checker.regime.files_as_written import Written
from checker.regime.names import Report
from checker.regime.program import RULES, TableData, Unit

_NO_LAW: Final = (
    d.VersionDecl,
    d.ModificationDecl,
    d.ReadingDecl,
    d.DeploymentDecl,
    d.ClaimDecl,
    SourceDecl,
    LemmaDecl,
)
"""What no modification changes, because it is no part of a version's law: it is saved as it is."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a modification is called, the version that has it, and the version that it changes. `page`: the
    name of the file.
    """

    modification: str
    version: str
    changes: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Redraft:
    """An edit, said as a modification. `law`: the pages whose law was edited, which stay as they are;
    `page`: the text of the modification's page, empty if there is none; `origins`: for lines of that page,
    where their words were written; `same_words`: places at which words stay and mean something else.
    """

    law: tuple[str, ...] = ()
    page: str = ""
    origins: Mapping[int, Origin] = field(default_factory=dict)
    same_words: tuple[str, ...] = ()

    def placed(self, found: Diagnostic, page: str) -> Diagnostic:
        """Return a diagnostic about the modification's page at the place where the words were edited."""
        from dataclasses import replace

        if found.span is None or found.span.file != page:
            return found
        lines = [each for each in self.origins if each <= found.span.line]
        if not lines:
            return replace(found, span=None)
        origin = self.origins[max(lines)]
        span = Span(origin.file, origin.line, 1, origin.line, 2)
        return replace(
            found, span=span, word="", notes=(*found.notes, "said of the modification that this edit makes")
        )


def redraft(saved: Mapping[str, str], edited: Mapping[str, str], names: Names) -> Redraft:
    """Return what an edit of pages comes to. Raises SpecError for a mistake in the edited pages, and for an
    edit that no modification can say.
    """
    touched = [name for name, text in edited.items() if saved.get(name) != text]
    if not touched:
        return Redraft()
    before, after = _read(saved), _read(edited)
    changed = [name for name in touched if name in saved and _law(before, name) != _law(after, name)]
    if not changed:
        return Redraft()
    for name in changed:
        if _rest(before, name) != _rest(after, name):
            raise _refused(
                name,
                "this page was edited in its rules and in its versions or modifications",
                "make and save the one before the other",
            )
    made = [each for name in changed for each in _statements(before, after, name)]
    return _page(tuple(changed), made, names)


def _read(texts: Mapping[str, str]) -> Written:
    report = Report()
    written = Written(report)
    written.read(texts)
    return written


def _law(written: Written, file: str) -> str:
    """What a page says of the law: its rules, its quotes and its tables, wherever they stand."""
    units = [_said(each) for each in _units(written, file)]
    document = written.documents[file]
    quotes = [(each.quote.clause, each.quote.text) for each in document.quotes]
    tables = [[[cell.text for cell in row] for row in (each.header, *each.rows)] for each in document.tables]
    brought = [unit for change in written.changes if change.decl.span.file == file for unit in change.brings]
    own = {quote.text for unit in brought for quote in unit.quotes}
    return Fingerprints().of(units, [each for each in quotes if each[1] not in own], tables)


def _rest(written: Written, file: str) -> str:
    """What a page says besides: versions, modifications, readings."""
    units = [
        each.decl for each in written.base if each.decl.span.file == file and isinstance(each.decl, _NO_LAW)
    ]
    return Fingerprints().of(units, [each.decl for each in written.changes if each.decl.span.file == file])


def _units(written: Written, file: str) -> tuple[Unit, ...]:
    return tuple(
        each for each in written.base if each.decl.span.file == file and not isinstance(each.decl, _NO_LAW)
    )


def _said(unit: Unit) -> str:
    phrases = [[phrase.text for phrase in item.phrases] for item in unit.items]
    return Fingerprints().of(unit.decl, phrases, unit.label, unit.clause)


def _key(unit: Unit) -> tuple[str, str]:
    named = "" if isinstance(unit.decl, d.LimbDecl | d.ExceptionsDecl) else unit.name
    return type(unit.decl).__name__, named or unit.clause


def _statements(before: Written, after: Written, file: str) -> Iterator[Statement]:
    """Yield what a modification says of one page, in the order of the edited page."""
    old = {_key(each): each for each in _units(before, file)}
    new = {_key(each): each for each in _units(after, file)}
    shown = after.documents[file]
    made = 0
    for key, unit in old.items():
        if key not in new:
            made += 1
            yield struck(unit)
    last: Unit | None = None
    for key, unit in new.items():
        was = old.get(key)
        if was is None:
            made += 1
            yield inserted(unit, shown, _anchor(last, unit))
        elif _said(was) != _said(unit):
            found = amendments(was, unit, shown.text) if isinstance(unit.decl, RULES) else None
            made += 1
            yield from (replaced(was, unit, shown),) if found is None else found
        last = unit
    for each in _cells(before, after, file):
        made += 1
        yield each
    if not made:
        what = _first_other_quote(before.documents[file].quotes, shown.quotes)
        raise SpecError(
            (
                Diagnostic(
                    "no-modification",
                    "no rule stands for these words, so no modification can change them",
                    what or Span(file, 1, 1, 1, 2),
                    ("a rule in a fence under the words",),
                ),
            )
        )


def _first_other_quote(old: Sequence[QuoteText], new: Sequence[QuoteText]) -> Span | None:
    known = {(each.quote.clause, each.quote.text) for each in old}
    return next((e.quote.span for e in new if (e.quote.clause, e.quote.text) not in known), None)


def _anchor(last: Unit | None, unit: Unit) -> Unit:
    if last is None or not isinstance(last.decl, RULES):
        message = "a modification inserts after a rule, and no rule stands before this one"
        raise SpecError((Diagnostic("no-modification", message, unit.decl.span, ("a place under a rule",)),))
    return last


def _cells(before: Written, after: Written, file: str) -> Iterator[Statement]:
    """Yield the cells of tables that are others now."""
    old = {name: each for name, each in before.program().tables.items() if _is_of(before, name, file)}
    new = {name: each for name, each in after.program().tables.items() if _is_of(after, name, file)}
    for name, table in new.items():
        was = old.get(name)
        if was is None:
            continue
        if was.header != table.header or _first_cells(was) != _first_cells(table):
            raise _refused(
                file, f"rows or columns of `{name}` come or go", "a modification changes single cells"
            )
        for row_was, row in zip(was.rows, table.rows, strict=True):
            for header, cell_was, cell in zip(table.header, row_was, row, strict=True):
                if cell_was.text != cell.text:
                    words = (
                        f"row {md.string(row[0].text)}, {md.string(header)} becomes {md.string(cell.text)}"
                    )
                    origin = Origin(file, cell.span.line)
                    yield Statement((f"by {{by}} amend table {name}: {words}",), origin)


def _first_cells(table: TableData) -> list[str]:
    return [row[0].text for row in table.rows if row]


def _is_of(written: Written, name: str, file: str) -> bool:
    return any(
        isinstance(each.decl, d.TableDecl) and each.name == name and each.decl.span.file == file
        for each in written.base
    )


def _refused(file: str, message: str, expected: str) -> SpecError:
    return SpecError((Diagnostic("no-modification", message, Span(file, 1, 1, 1, 2), (expected,)),))


def _page(law: tuple[str, ...], statements: Sequence[Statement], names: Names) -> Redraft:
    """Write the page: a fence that names the modification, then what it says; words above their rules."""
    title, label = md.string(names.title), md.string(f"{names.changes}, with {names.title}")
    lines = [
        f"# {names.title[:1].upper()}{names.title[1:]}",
        "",
        "```redline",
        f"modification {names.modification} {title}",
        f"version {names.version} {label} is {names.changes} with {names.modification}",
        "```",
    ]
    origins: dict[int, Origin] = {}
    for each in statements:
        for quote in each.quotes:
            lines += [
                "",
                *md.quote(quote.text, f"{quote.clause}, verbatim in {names.modification}").split("\n"),
            ]
        lines += ["", "```redline"]
        origins[len(lines) + 1] = each.origin
        lines += "\n".join(each.lines).replace("{by}", names.modification).split("\n")
        lines.append("```")
    same = tuple(f"{each.origin.file}:{each.origin.line}" for each in statements if each.same_words)
    return Redraft(law, "\n".join(lines) + "\n", origins, same)
