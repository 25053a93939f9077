"""Names in force, the mistakes found so far, and the nearest valid name for a wrong one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.habits import for_name
from checker.language.look_alikes import looks
from checker.language.statements import LemmaDecl
from checker.language.syntax import Name
from checker.model.expressions import DATE, DAYS, NUMBER, Sort
from checker.model.self_maps import SelfMap
from checker.model.working_days import WorkingDays

_CLOSE = 0.5
_MANY = 500  # with more valid names, only those with the same first letter are compared
_ENOUGH = 100  # at most so many mistakes are reported at once
SHORTEST = 3  # part of a name must have so many letters to be a hint
LISTED = 6  # at most so many valid names are listed


QUANTITIES: Final = {each.name: each for each in (NUMBER, DATE, DAYS)}
"""The quantities that every law has. A law may declare `days` anew."""


@dataclass(slots=True)
class Report:
    """Collects mistakes; each is kept once. Stops with SpecError when there are very many."""

    found: dict[tuple[str, Span | None], Diagnostic] = field(default_factory=dict)

    def add(self, diagnostic: Diagnostic) -> None:
        self.found.setdefault((diagnostic.code, diagnostic.span), diagnostic)
        if len(self.found) >= _ENOUGH:
            self.stop_if_any()

    def say(
        self,
        code: str,
        message: str,
        span: Span,
        *,
        expected: Iterable[str] = (),
        nearest: str | None = None,
        notes: tuple[str, ...] = (),
        word: str = "",
    ) -> None:
        self.add(Diagnostic(code, message, span, tuple(expected), nearest, notes, word=word))

    def unknown(
        self,
        kind: str,
        name: str,
        span: Span,
        valid: Iterable[str],
        *,
        english: bool = False,
        listed: Sequence[str] = (),
    ) -> None:
        """Reports a name that is not one of the valid names of its kind. `english`: it stands where a term or
        a statement does, and may be a word of English, or a number in words. `listed`: those among the valid
        names that are meant, as far as can be known; the first and the last of them, if they are many.
        """
        names = tuple(dict.fromkeys(valid))
        meant, notes = for_name(name) if english else (None, ())
        close = meant or (None if notes else nearest_name(name, names))
        said = tuple(f"`{each}`" for each in listed or names)
        expected = said if len(said) <= LISTED else ()
        if listed and not (close or notes or expected):
            expected = (f"one of {len(said)}, from {said[0]} to {said[-1]}",)
        message = f"there is no {kind} `{name}`"
        self.say("unknown-name", message, span, expected=expected, nearest=close, notes=notes, word=name)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        for each in diagnostics:
            self.add(each)

    def stop_if_any(self) -> None:
        """Raises SpecError with everything found, in the order of places."""
        if self.found:
            raise SpecError(tuple(sorted(self.found.values(), key=_place)))


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    span = diagnostic.span
    return (span.file, span.line, span.column, diagnostic.code) if span else ("", 0, 0, diagnostic.code)


def nearest_name(name: str, valid: Iterable[str]) -> str | None:
    """The valid name that is most similar to `name`, if any is similar."""
    names = list(valid)
    if len(names) > _MANY:
        names = [each for each in names if each[:1] == name[:1]][:_MANY]
    folded = {each.casefold(): each for each in names}
    if name.casefold() in folded:
        return folded[name.casefold()]
    alike = looks(name)
    if alike != name and alike in names:
        return alike
    close = difflib.get_close_matches(name, names, n=1, cutoff=_CLOSE)
    if close:
        return close[0]
    return next((each for each in names if len(name) >= SHORTEST and name in each), None)


@dataclass(frozen=True, slots=True)
class Signature:
    """What may be applied: a function, a definition or a premise. `result` is FACT for statements."""

    name: str
    kind: Literal["function", "definition", "premise"]
    parameters: tuple[Sort, ...]
    result: Sort
    state: bool = False
    reads_request: bool = False
    reads_versions: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names in force in one version (or, for claims, in any version). Two vocabularies are equal if rules
    mean the same in both; names that only claims may use are not compared.
    """

    sorts: Mapping[str, Sort]
    values: Mapping[str, tuple[Sort, ...]]  # enum value -> the enums that have it
    constants: Mapping[str, Sort]
    callables: Mapping[str, Signature]
    request: Mapping[str, Sort]
    shapes: Mapping[str, tuple[str, ...]]  # shape of request -> what one carries
    components: Mapping[str, Sort | None]
    maps: Mapping[str, SelfMap]  # trees and self-maps
    calendars: Mapping[str, WorkingDays]
    events: frozenset[str] = field(compare=False)
    checks: frozenset[str] = field(compare=False)
    exempting: frozenset[str] = field(compare=False)  # clauses of limbs and groups
    clauses: frozenset[str] = field(compare=False)  # of checks and limbs
    versions: frozenset[str] = field(compare=False)  # versions and deployments: the bases of columns
    readings: frozenset[str] = field(compare=False)
    suppositions: frozenset[str] = field(compare=False)  # axioms, premises, adopted checks
    lemmas: tuple[LemmaDecl, ...] = field(default=(), compare=False)  # those of the law

    def sort(self, name: Name, report: Report) -> Sort | None:
        """The sort of that name; reports one that doesn't exist."""
        return sort_named(name, self.sorts, report)


def sort_named(name: Name, sorts: Mapping[str, Sort], report: Report) -> Sort | None:
    """The sort of that name; reports one that doesn't exist."""
    found = sorts.get(name.text, QUANTITIES.get(name.text))
    if found is None:
        report.unknown("sort", name.text, name.span, sorts)
    return found
