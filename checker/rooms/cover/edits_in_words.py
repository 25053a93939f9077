"""Edits of rules in the words of the language: the lines of a reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from checker.language.diagnostics import Span
from checker.model.duty import Duty
from checker.model.expressions import FACT, Cases, Formula, Term
from checker.model.item import Item
from checker.model.model import Check, Definition, Effect, Event, Lapse, Limb, Model, Update
from checker.model.unparse import unparse, update_text
from checker.rooms.claim_texts import quoted
from checker.rooms.cover.on_days import changed_on_its_days, on_its_days

NOTHING: Final = "connective"
"""What words mean that are struck."""

MEANING: Final = ("applies-when", "applies-unless", "requires", "condition")
_APPLIES: Final = ("applies-when", "applies-unless")
_SAID: Final[Mapping[str, str]] = {
    "applies-when": "applies when ",
    "applies-unless": "applies unless ",
    "requires": "requires ",
    "condition": "",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Says edits of a model. `owners`: place of an item -> the rule that has it, as a reading names it."""

    model: Model
    owners: Mapping[Span, str]

    # ------------------------------------------------------------- phrases

    def meaning(self, item: Item, instead: Formula | None) -> tuple[str, ...]:
        """The words of an item mean something else, or nothing any more."""
        if instead is None:
            return tuple(self._means(item, NOTHING))
        said = on_its_days(item, instead) if any(self._twins(item)) else instead
        return tuple(self._means(item, _said(item, said)))

    def _means(self, item: Item, said: str) -> Iterator[str]:
        """The item says something else. What else stands on the same words is said again."""
        owner, twins = self.owners[item.span], tuple(self._twins(item))
        yield f"in {owner}, {_words(item)} means {NOTHING if twins else said}"
        if twins and said != NOTHING:
            yield _also(owner, said, "as it is edited")
        for twin in twins:
            yield from self._again(owner, twin, twin.inference or "as before")

    def _twins(self, item: Item) -> Iterator[Item]:
        words = {each.text for each in item.phrases}
        for each in self._items(self.owners[item.span]):
            others = {phrase.text for phrase in each.phrases}
            same = words <= others if words else not others and each.inference == item.inference
            if same and each.span != item.span:
                yield each

    def _items(self, owner: str) -> tuple[Item, ...]:
        """The items of the rule that readings call so."""
        model = self.model
        limbs = (limb for check in model.checks for limb in check.limbs)
        rules: Iterator[Check | Limb | Effect | Event | Duty]
        rules = chain(model.checks, limbs, model.effects, model.events.values(), model.duties.values())
        items = {each.span: each for rule in rules for each in rule.items if not each.only_days}
        return tuple(each for span, each in items.items() if self.owners[span] == owner)

    def _again(self, target: str, item: Item, why: str) -> Iterator[str]:
        """The same once more, in a rule that may be another one, and on the same days: what a reading adds is
        in force on all.
        """
        if item.kind == "subject-to":
            yield _also(target, f"subject to {quoted(item.note)}", why)
        elif item.kind == "as":
            yield _also(target, f"as {item.note}, {self._how(target, item.note)} its exceptions", why)
        elif item.meaning is not None and item.kind in MEANING:
            yield _also(target, _said(item, item.meaning.formula), why)
        elif item.kind == "update":
            updates = {each.span: each for each in self._updates() if _in(each.span, item.span)}
            dated = (changed_on_its_days(self.model, each) for each in updates.values())
            yield from (_also(target, update_text(each), why) for each in dated)

    def _how(self, name: str, like: str) -> str:
        """Whether a check is `as` another with its exceptions or without."""
        limbs = {each.name: {limb.clause for limb in each.limbs} for each in self.model.checks}
        return "with" if limbs[like] <= limbs[name] else "without"

    def _updates(self) -> Iterator[Update]:
        events = self.model.events.values()
        lapses = (each for event in events for each in event.lapses)  # as written, and so after the events
        rules: Iterator[Effect | Event | Lapse] = chain(self.model.effects, events, lapses)
        for rule in rules:
            yield from rule.updates

    # -------------------------------------------------------------- checks

    def check_struck(self, check: Check) -> tuple[str, ...]:
        """A check never applies; those that are `as` it do as before."""
        followers = [each for each in self.model.checks if each.like == check.name]
        apart = (line for each in followers for line in self._apart(each, check))
        return (*apart, _also(check.name, "applies when false", "the check is struck"))

    def exceptions_struck(self, check: Check) -> tuple[str, ...]:
        """A check is subject to nothing; those that are `as` it, with its exceptions, do as before."""
        followers = [each for each in self.model.checks if each.like == check.name and each.limbs]
        lines = [line for each in followers for line in self._apart(each, check)]
        for item in check.items:
            if item.kind == "subject-to" and self.owners[item.span] == check.name:
                lines += self._means(item, NOTHING)
            elif item.kind == "as":
                lines += self._means(item, f"as {item.note}, without its exceptions")
        return tuple(lines)

    def _apart(self, check: Check, other: Check) -> Iterator[str]:
        """A check that is `as` another says itself what it takes over from there."""
        for item in check.items:
            if item.kind == "as":
                yield from self._means(item, NOTHING)
            elif not item.only_days and self.owners[item.span] != check.name:
                yield from self._again(check.name, item, f"as {other.name}")

    def limb_struck(self, limb: Limb) -> tuple[str, ...]:
        """A limb never holds."""
        return (_also(quoted(limb.clause), "false", "the limb is struck"),)

    # -------------------------------------------------------- what happens

    def never(self, rule: Effect | Event | Lapse | Duty) -> tuple[str, ...]:
        """An effect or event never happens; claims may still speak of it."""
        return (_also(rule.name, "applies when false", "it is struck"),)

    def guard(self, rule: Effect | Event | Lapse | Duty, when: Formula | None) -> tuple[str, ...]:
        """An effect or event happens when something else is the case."""
        said = "true" if when is None else unparse(when)
        items = [each for each in rule.items if each.kind in _APPLIES and not each.only_days]
        gone = {_words(each): f"in {rule.name}, {_words(each)} means {NOTHING}" for each in items}
        kept = {each.span: each for item in items for each in self._twins(item)}
        again = (each for each in kept.values() if each.kind not in _APPLIES)
        lines = (line for each in again for line in self._again(rule.name, each, each.inference or ""))
        return (f"in {rule.name}, when {said}", *gone.values(), *lines)

    def moved(self, rule: Lapse | Duty, day: Term) -> tuple[str, ...]:
        """A lapse falls on another day, or a duty is owed by another one."""
        word = "on" if isinstance(rule, Lapse) else "by"
        return (f"in {rule.name}, {word} {unparse(day)}",)

    def update_struck(self, rule: Effect | Event | Lapse, number: int) -> tuple[str, ...]:
        """One of the changes that an effect or event makes is not made."""
        struck = rule.updates[number].span
        item = next(each for each in rule.items if each.kind == "update" and _in(struck, each.span))
        return tuple(self._means(item, NOTHING))

    def start_dropped(self, number: int) -> tuple[str, ...]:
        """Of what holds where stories start, all but one."""
        left = [each.formula for at, each in enumerate(self.model.start) if at != number]
        if not left:
            return (f"start inference {quoted('stories may start anywhere')}: true",)
        return tuple(f"start inference {quoted('as it was')}: {unparse(each)}" for each in left)


def defined(definition: Definition, body: Formula | Term) -> tuple[str, ...]:
    """A definition has another body."""
    parameters = ", ".join(f"{each.name}: {each.sort.name}" for each in definition.parameters)
    heading = f"{definition.name}({parameters})" if parameters else definition.name
    result = "" if definition.result == FACT else f": {definition.result.name}"
    said = _cases(body) if isinstance(body, Cases) else unparse(body)
    return (f"define {heading}{result} means {said} inference {quoted('as it is edited')}",)


def _cases(cases: Cases) -> str:
    """The cases, without those that are never reached, which nobody may write."""
    said: dict[str, str] = {}
    for value, condition in cases.branches:
        said.setdefault(unparse(condition), unparse(value))
    lines = [f"{value} when {condition}" for condition, value in said.items()]
    lines += [] if cases.otherwise is None else [f"{unparse(cases.otherwise)} otherwise"]
    return ", ".join(lines)


def _said(item: Item, formula: Formula) -> str:
    return f"{_SAID[item.kind]}{unparse(formula)}"


def _in(inner: Span, outer: Span) -> bool:
    """Whether one place lies within the other."""
    return inner.file == outer.file and (
        (outer.line, outer.column) <= (inner.line, inner.column)
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )


def _also(target: str, meaning: str, why: str) -> str:
    return f"in {target}, also {meaning} inference {quoted(why)}"


def _words(item: Item) -> str:
    """The words of an item or, where the law has none, the inference behind it."""
    if item.phrases:
        return " ".join(quoted(each.text) for each in item.phrases)
    return f"inference {quoted(item.inference or '')}"
