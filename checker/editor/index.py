"""The names of all pages: where each is declared, and everything that uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from checker.editor.names_in_tables import table_names
from checker.editor.occurrences import Declared, Kind, Occurrence, within
from checker.editor.pages import Page
from checker.editor.tables import LawTable, law_tables
from checker.language import declarations as d
from checker.language.diagnostics import Span
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl


@dataclass(frozen=True, slots=True)
class Index:
    """All names of a law and its claims, as the texts have them now.

    `declared`: by kind and name; `occurrences`: by file, in the order of places; `binders`: variables by the
    place where they are declared; `of_rules`: the variables that a rule declares, by its name or clause;
    `tables`: those that the law names, by name.
    """

    pages: Mapping[str, Page]
    declared: Mapping[tuple[Kind, str], tuple[Declared, ...]]
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    binders: Mapping[Span, Declared]
    of_rules: Mapping[str, Mapping[str, Span]]
    tables: Mapping[str, LawTable]
    _named: Mapping[str, tuple[Occurrence, ...]] = field(repr=False)

    def at(self, file: str, line: int, column: int) -> Occurrence | None:
        """The name at a place; the one that begins there, if one ends there too. Phrases are no names."""
        found = [
            each
            for each in self.occurrences.get(file, ())
            if each.kinds != ("phrase",) and within(each.span, line, column)
        ]
        return max(found, key=lambda each: (each.span.line, each.span.column), default=None)

    def resolve(self, name: Occurrence) -> tuple[Declared, ...]:
        """What a name stands for: several things where several versions or enums declare it."""
        binder = name.binder or self._of_rule(name)
        if binder is not None:
            known = self.binders.get(binder)
            return () if known is None else (known,)
        found = [each for kind in name.kinds for each in self.declared.get((kind, name.name), ())]
        if name.of and any(each.of == name.of for each in found):
            return tuple(each for each in found if each.of == name.of)
        return tuple(found)

    def _of_rule(self, name: Occurrence) -> Span | None:
        if not name.of or "variable" not in name.kinds:
            return None
        return self.of_rules.get(name.of, {}).get(name.name)

    def uses(self, things: Iterable[Declared]) -> Iterator[Occurrence]:
        """Yield every name that stands for one of the things, also where they are declared."""
        wanted = {(each.kind, each.span) for each in things}
        for name in {each.name for each in things}:
            for each in self._named.get(name, ()):
                if any((known.kind, known.span) in wanted for known in self.resolve(each)):
                    yield each

    def all_of(self, *kinds: Kind) -> Iterator[Declared]:
        """Yield everything of these kinds."""
        for (kind, _), found in self.declared.items():
            if kind in kinds:
                yield from found


def index_of(pages: Mapping[str, Page]) -> Index:
    """Find the names of all pages."""
    declared: dict[tuple[Kind, str], list[Declared]] = {}
    occurrences: dict[str, tuple[Occurrence, ...]] = {}
    binders: dict[Span, Declared] = {}
    of_rules: dict[str, dict[str, Span]] = {}
    named_tables = law_tables(pages)
    tables = table_names(pages, named_tables)
    for file, page in pages.items():
        in_tables = tables.get(file, ((), ()))
        quoted = (Declared("clause", each.name, each.span, each.span) for each in page.quoted)
        for each in (*(one for fence in page.fences for one in fence.declared), *in_tables[1], *quoted):
            if each.kind == "variable":
                binders[each.span] = each
            else:
                declared.setdefault((each.kind, each.name), []).append(each)
        names = {(each.span, each.declares): each for each in (*page.occurrences, *in_tables[0])}
        occurrences[file] = tuple(sorted(names.values(), key=lambda each: (each.span.line, each.span.column)))
        for decl in _rules(page.declarations):
            own = decl.clause.text if isinstance(decl, d.LimbDecl) else decl.name.text
            bound = decl.binders if isinstance(decl, d.LimbDecl) else decl.parameters
            of_rules.setdefault(own, {}).update({each.name.text: each.name.span for each in bound})
    named: dict[str, list[Occurrence]] = {}
    for found in occurrences.values():
        for name in found:
            named.setdefault(name.name, []).append(name)
    return Index(
        pages,
        {key: tuple(each) for key, each in declared.items()},
        occurrences,
        binders,
        of_rules,
        named_tables,
        {key: tuple(each) for key, each in named.items()},
    )


_Bound: TypeAlias = d.LimbDecl | d.EventDecl | LapseDecl | DutyDecl


def _rules(declarations: Iterable[d.Declaration]) -> Iterator[_Bound]:
    """Yield the rules that have variables."""
    for each in declarations:
        if isinstance(each, _Bound):
            yield each
        elif isinstance(each, d.InsertDecl | d.ReplaceDecl):
            yield from _rules(each.body)
        elif isinstance(each, d.ReadingDecl):
            yield from _rules(each.brings)
