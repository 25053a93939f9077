"""Readings that differ nowhere from the main reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checker.model.claim import Column
from checker.model.mixture import apart
from checker.model.model import Effect, Event, Model
from checker.model.reads import meaning, reads, said
from checker.regime.regime import Reading
from checker.rooms.lint.claims import Asker, LintQuestion
from checker.rooms.lint.finding import Finding, Kind


@dataclass(frozen=True, slots=True)
class ReadingLint:
    """One reading of one version. `main` and `read`: what holds without and under it."""

    reading: Reading
    version: str
    main: Model
    read: Model

    @property
    def column(self) -> Column:
        """The version as it stands, in which the claims are asked."""
        return Column(self.version)

    @property
    def changes(self) -> bool:
        """Whether the version has what the reading reads otherwise."""
        return replace(self.read, column=self.main.column) != self.main

    @property
    def comparable(self) -> bool:
        """Whether both make up one world, so that decisions can be compared side by side."""
        return apart({"": self.main, self.reading.name: self.read}) is None

    def alike(self, *, codes: bool) -> LintQuestion:
        """Return whether every request is decided alike under the reading."""
        suffix = ", codes included" if codes else ""
        sentence = f"Every request is decided under {self.reading.name} as in {self.version}{suffix}."
        statement = f"{self.version} and {self.version} under {self.reading.name} decide alike"
        topic = "reading-codes" if codes else "reading"
        return LintQuestion(topic, sentence, statement + (", with codes" if codes else ""), "refuted")

    def first(self) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield whether anything is decided otherwise, codes included."""
        if self.changes and self.comparable:
            yield self.alike(codes=True), self.column

    def second(self, asker: Asker) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield whether only codes differ."""
        for question, column in self.first():
            if not asker.answer(question, column).unusual:
                yield self.alike(codes=False), column

    def findings(self, asker: Asker) -> Iterator[Finding]:
        """Yield what the answers show."""
        name = self.reading.name
        for question, column in self.first():
            with_codes = asker.answer(question, column)
            if with_codes.unusual:
                changed = self.changed_effects()
                kind: Kind = "reading-decides-alike" if changed else "reading-differs-nowhere"
                message = f"`{name}` decides every request as the main reading does, codes included"
                if not changed:
                    message = f"`{name}` differs nowhere: decisions, codes and what happens are the same"
                yield self._found(kind, message, with_codes.number)
            elif (without := asker.answer(self.alike(codes=False), column)).unusual:
                message = f"`{name}` accepts what the main reading accepts; only which checks refuse differs"
                yield self._found("reading-changes-codes-only", message, without.number)

    def _not_compared(self) -> Iterator[str]:
        """Yield what else is not the same under the reading, as sentences."""
        effects = ", ".join(f"`{each}`" for each in self.changed_effects())
        if effects:
            yield f"what it reads otherwise in {effects} was not compared"
        old, new = self.main.definitions, self.read.definitions
        names = (name for name in new if name in old and old[name].body != new[name].body)
        if defined := ", ".join(f"`{each}`" for each in names):
            yield f"claims that use {defined} may still come out otherwise"

    def _found(self, kind: Kind, message: str, claim: str) -> Finding:
        said = (f"it says: {self.reading.sentence}", *self._not_compared())
        span, versions = self.reading.span, (self.version,)
        return Finding(kind, self.reading.name, message, self._clauses(), (), span, versions, said, (claim,))

    def _clauses(self) -> str:
        """The clauses whose rules it reads otherwise."""
        checks = {check.name: check.clause for check in self.main.checks}
        limbs = {limb.clause for check in self.main.checks for limb in check.limbs}
        named = (checks.get(each, each) for each in self.reading.changes)
        return ", ".join(dict.fromkeys(x for x in named if x in limbs or x in checks.values()))

    def changed_effects(self) -> tuple[str, ...]:
        """Return the effects and events that are not the same under the reading."""
        old, new = (dict(_happening(each)) for each in (self.main, self.read))
        return tuple(name for name in {**old, **new} if old.get(name) != new.get(name))


def _happening(model: Model) -> Iterator[tuple[str, object]]:
    """Yield what each effect and event does, without places and words."""
    for effect in model.effects:
        yield effect.name, _comes_to(model, effect)
    for event in model.events.values():
        yield event.name, _comes_to(model, event)


def _comes_to(model: Model, rule: Effect | Event) -> object:
    return said(rule), meaning(model, reads(model, rule.when, rule.updates))


def not_compared(readings: Iterable[ReadingLint]) -> Iterator[tuple[str, str]]:
    """Yield reading and version where a reading changes more than checks and effects."""
    return ((x.reading.name, x.version) for x in readings if x.changes and not x.comparable)
