"""Lint from beginning to end: asks claims in rounds, and collects findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checker.model.claim import Column
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.rooms.lint.absent_values import absent_findings, limit_findings
from checker.rooms.lint.claims import Asker, Deciding, LintAnswer
from checker.rooms.lint.finding import KINDS, Finding
from checker.rooms.lint.follow_references import Following
from checker.rooms.lint.idle_readings import ReadingLint, not_compared
from checker.rooms.lint.idle_rules import RuleLint
from checker.rooms.lint.idle_words_of_claims import claim_findings
from checker.rooms.lint.references import Referring
from checker.rooms.lint.shared_meanings import shared_findings
from checker.rooms.lint.typical_marks import TypicalLint
from checker.rooms.lint.undefined_terms import term_findings
from checker.rooms.lint.unnamed_values import value_findings
from checker.rooms.lint.words_and_rules import Law


@dataclass(frozen=True, slots=True)
class Lint:
    """`regime` and `text`: the law with the claims that were asked, and those claims as written; `unasked`:
    reading and version where a reading changes more than checks and effects, so that no claim compares it.
    """

    findings: tuple[Finding, ...]
    asked: tuple[LintAnswer, ...]
    unasked: tuple[tuple[str, str], ...]
    regime: Regime
    text: str

    @property
    def undecided(self) -> tuple[LintAnswer, ...]:
        """Questions without an answer."""
        return tuple(each for each in self.asked if not each.result.decided)

    @property
    def results(self) -> tuple[Result, ...]:
        """The answers."""
        return tuple(each.result for each in self.asked)


def lint(law: Regime, versions: tuple[str, ...], deciding: Deciding) -> Lint:
    """Look at versions of a law as they stand. `deciding` decides the claims that are asked."""
    asker = Asker(law, deciding)
    laws = [Law(law, each) for each in versions]
    rules = [RuleLint(each, elsewhere(law, each.version)) for each in laws]
    readings = [each for version in versions for each in _readings(law, version)]
    marks = [TypicalLint(each) for each in laws]
    parts: tuple[RuleLint | ReadingLint | TypicalLint, ...] = (*rules, *readings, *marks)
    asker.ask([each for part in parts for each in part.first()])
    asker.ask([each for part in parts for each in part.second(asker)])
    wanted = [each for part in marks for each in part.third(asker)]
    while more := [each for part in rules for each in part.third(asker)]:
        asker.ask([*more, *wanted])
        wanted = []
    asker.ask(wanted)
    found = [each for part in parts for each in part.findings(asker)]
    found += [each for one in laws for each in in_words(one)]
    return Lint(
        findings=in_order(merged(found)),
        asked=tuple(asker.asked.values()),
        unasked=tuple(not_compared(readings)),
        regime=asker.regime,
        text=asker.text,
    )


def by_reading(law: Regime) -> Iterator[Finding]:
    """Yield what is found in any version without asking anything, as often as it is found."""
    for version in law.versions:
        yield from in_words(Law(law, version))


def in_words(law: Law) -> Iterator[Finding]:
    """Yield what is found by reading, without asking anything."""
    referring = Referring(law)
    references = {place: tuple(referring.within(place)) for place in law.places}
    following = Following(law, references)
    yield from value_findings(law)
    yield from shared_findings(law)
    yield from term_findings(law, references)
    yield from following.from_words()
    yield from following.from_rules()
    yield from absent_findings(law)
    yield from limit_findings(law)
    yield from claim_findings(law)


def elsewhere(law: Regime, version: str) -> tuple[Column, ...]:
    """Return where else a version's rules are in force: in deployments, and under readings."""
    deployments = [each.name for each in law.deployments.values() if version in each.versions.values()]
    readings = [each.reading.name for each in _readings(law, version) if each.changes]
    return (*map(Column, deployments), *(Column(version, (name,)) for name in readings))


def _readings(law: Regime, version: str) -> Iterator[ReadingLint]:
    main = law.model(Column(version))
    for reading in law.readings.values():
        yield ReadingLint(reading, version, main, law.model(Column(version, (reading.name,))))


def merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield one finding for those that differ in versions, notes and claims only."""
    groups: dict[Finding, list[Finding]] = {}
    for each in findings:
        groups.setdefault(replace(each, versions=(), notes=(), claims=()), []).append(each)
    for same, group in groups.items():
        versions, notes, claims = (
            tuple(dict.fromkeys(part for each in parts for part in each))
            for parts in zip(*((each.versions, each.notes, each.claims) for each in group), strict=True)
        )
        yield replace(same, versions=versions, notes=notes, claims=claims)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings: those that gate first, then by kind, then as they stand in the spec."""
    kinds = list(KINDS)
    return tuple(sorted(findings, key=lambda each: (not each.gates, kinds.index(each.kind), each.span)))
