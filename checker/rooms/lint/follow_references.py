"""Compares the references in the words with the references in the rules, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.model.item import Item
from checker.model.model import Check, Limb
from checker.rooms.lint.finding import BY_INFERENCE, Finding, Kind
from checker.rooms.lint.references import Named, Reference, named
from checker.rooms.lint.words_and_rules import Law, Place, Rule


@dataclass(frozen=True)
class Following:
    """One version, and what its words refer to."""

    law: Law
    references: Mapping[Place, tuple[Reference, ...]]

    # ----------------------------------------------------- from words to rules

    def from_words(self) -> Iterator[Finding]:
        """Yield the references to clauses that are not there, and those that no rule follows."""
        links = frozenset(self._links())
        for place, references in self.references.items():
            for reference in references:
                holders = self.law.holders(place.clause, reference.said)
                if holders and all(_set_aside(item) for _, item in holders):
                    continue
                if not reference.clauses:
                    yield self._absent(place, reference)
                elif not self._followed(place, reference, [rule for rule, _ in holders], links):
                    yield self._not_followed(place, reference)

    def _links(self) -> Iterator[frozenset[str]]:
        """Yield pairs of clauses that a rule brings together: subject to, `as`, or above one another."""
        checks = {check.name: check for check in self.law.model.checks}
        for check in checks.values():
            groups = {item.note for item in check.items if item.kind == "subject-to"}
            own = {check.clause, *(x.clause for x in checks.values() if x.name == check.like)}
            exceptions = groups | {each for x in check.limbs for each in (x.clause, *x.above)}
            yield from (frozenset((a, b)) for a in own for b in exceptions | own)
        for check in checks.values():
            for limb in check.all_limbs:
                backs = (each for x in limb.exceptions for each in (x.clause, *x.above))
                yield from (frozenset((limb.clause, each)) for each in (*limb.above, *backs))

    def _followed(
        self, place: Place, reference: Reference, rules: Iterable[Rule], links: frozenset[frozenset[str]]
    ) -> bool:
        own = {place.clause, *(rule.clause for rule in rules if rule.clause)}
        return any(
            one == other or frozenset((one, other)) in links or _one_in_another(one, other)
            for one in own
            for other in reference.clauses
        )

    def _absent(self, place: Place, reference: Reference) -> Finding:
        message = f"there is no quote and no rule of `{reference.called}`"
        others = [name for name in self.law.regime.versions if name != self.law.version]
        held = [name for name in others if self._has(name, reference)]
        notes = (f"it stands in {', '.join(held)}",) if held else ()
        return self._found("clause-absent", place, reference, message, notes)

    def _has(self, version: str, reference: Reference) -> bool:
        clauses = (named(each.clause) for each in self.law.regime.texts[version] if each.text)
        return any(
            each is not None and each.part_of(reference.number) and reference.document in ((), each.document)
            for each in clauses
        )

    def _not_followed(self, place: Place, reference: Reference) -> Finding:
        clauses = ", ".join(f"`{each}`" for each in reference.clauses)
        message = f"the words refer to {clauses}, and no rule brings the two together"
        return self._found("reference-not-followed", place, reference, message, (BY_INFERENCE,))

    def _found(
        self, kind: Kind, place: Place, reference: Reference, message: str, notes: tuple[str, ...]
    ) -> Finding:
        span = self.law.span(place, reference.start, reference.end)
        holders = self.law.holders(place.clause, reference.said)
        phrases = (x.text for _, item in holders for x in item.phrases if reference.said in x.text)
        said = tuple(dict.fromkeys(phrases))[:1]
        return Finding(kind, reference.called, message, place.clause, said, span, (self.law.version,), notes)

    # ----------------------------------------------------- from rules to words

    def from_rules(self) -> Iterator[Finding]:
        """Yield the clauses that a check is subject to, or is `as`, without a word of its own clause."""
        checks = {check.name: check for check in self.law.model.checks}
        for rule in self.law.rules:
            check = rule.made_of
            if not isinstance(check, Check):
                continue
            said = self._referred(rule)
            for item in filter(_says_so, rule.items):
                if item.kind == "subject-to" and not said & _group(check.limbs, item.note):
                    yield self._unsaid(rule, item, item.note)
                elif item.kind == "as":
                    yield from self._taken_over(rule, item, checks[item.note], said)

    def _taken_over(self, rule: Rule, item: Item, other: Check, said: set[str]) -> Iterator[Finding]:
        if other.clause and other.clause != rule.clause and other.clause not in said:
            yield self._unsaid(rule, item, other.clause)
        check = rule.made_of
        assert isinstance(check, Check)
        readings = [x.name for x in self.law.regime.readings.values() if rule.name in x.changes]
        told = ", ".join(f"`{each}`" for each in readings)
        notes = (f"it is read otherwise in {told}",) if readings else (BY_INFERENCE,)
        for group in other.groups:
            if group in check.groups and check.limbs and not said & _group(other.limbs, group):
                name = f"`{rule.name}`"
                message = f"{name} takes `{group}` over with `{other.name}`, and its words do not refer to it"
                yield self._of_rule("exceptions-unsaid", rule, item, message, notes)

    def _referred(self, rule: Rule) -> set[str]:
        """The clauses that the rule's words refer to."""
        clauses: set[str] = set()
        for place, references in self.references.items():
            phrases = [x.text for item in rule.items for x in item.phrases if x.clause == place.clause]
            for each in references:
                if any(each.said in text for text in phrases):
                    clauses |= set(each.clauses)
        return clauses

    def _unsaid(self, rule: Rule, item: Item, clause: str) -> Finding:
        message = f"`{rule.name}` rests on `{clause}` here, and its words do not refer to it"
        return self._of_rule("subject-to-unsaid", rule, item, message, (BY_INFERENCE,))

    def _of_rule(self, kind: Kind, rule: Rule, item: Item, message: str, notes: tuple[str, ...]) -> Finding:
        phrase, shown = item.phrases[0], tuple(each.text for each in item.phrases)
        versions = (self.law.version,)
        return Finding(kind, rule.name, message, phrase.clause, shown, phrase.span, versions, notes)


def _set_aside(item: Item) -> bool:
    """Whether the item says itself that the words mean less, or more, than they say."""
    return item.kind == "not-modelled" or item.inference is not None


def _says_so(item: Item) -> bool:
    """Whether words that are in force on the last of days stand for it."""
    return bool(item.phrases) and item.inference is None and all(each.come for each in item.days)


def _group(limbs: Iterable[Limb], group: str) -> set[str]:
    return {group, *(limb.clause for limb in limbs if group in limb.above)}


def _one_in_another(one: str, other: str) -> bool:
    first, second = named(one), named(other)
    return first is not None and second is not None and _below(first, second) | _below(second, first)


def _below(lower: Named, upper: Named) -> bool:
    return lower.document == upper.document and lower.part_of(upper.number)
