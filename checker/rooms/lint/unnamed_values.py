"""Values in a meaning that its words do not name, and values in the words that their meaning lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from checker.language.diagnostics import Span
from checker.model.expressions import VERSION, Constant, Sort, Value
from checker.model.item import Item
from checker.model.model import Effect, Event, Lapse, Model
from checker.model.quantities import told, written
from checker.rooms.lint.compared_words import akin, parts, shared, spoken, stands_in, words
from checker.rooms.lint.finding import BY_INFERENCE, Finding, Kind
from checker.rooms.lint.words_and_rules import Law, Rule

_SHOWN = 3  # so many phrases are repeated
_SPELT = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def value_findings(law: Law) -> Iterator[Finding]:
    """Yield a finding for every value in the meaning of a phrase that the rule's words do not name, and for
    every value that a phrase names while the rule's meaning has others of the same sort there, but not it.

    An item with an `inference` says itself why it means something else, and so do rules without words. A day
    from which a change is in force is said by the version, and not by the words that it changes.
    """
    naming = Naming(law.model)
    days = {each.day for each in law.model.commencements}
    for rule in law.rules:
        meanings = tuple(_meant(law.model, rule))
        everything = {value for _, values in meanings for value in values}
        whole = naming.said(rule.said)
        unnamed: dict[Value | Constant, list[Item]] = {}
        for item, values in meanings:
            said = naming.said(" ".join(phrase.text for phrase in item.phrases))
            pointed = naming.pointed_to(values, said)
            for value in (each for each in values if each not in pointed and each not in days):
                if not naming.names(value, whole):
                    unnamed.setdefault(value, []).append(item)
            for value in (each for each in _of_their_sorts(values) if each not in everything):
                if naming.names(value, said) and not naming.within(value, values):
                    yield _not_meant(law, naming, item, value, values)
        for value, items in unnamed.items():
            yield _not_named(law, naming, rule, value, items)


def _of_their_sorts(values: Iterable[Value | Constant]) -> Iterator[Value]:
    """Yield every value of the enums that some values are of."""
    for sort in dict.fromkeys(each.sort for each in values if isinstance(each, Value)):
        yield from (Value(sort, name) for name in sort.values)


def _meant(model: Model, rule: Rule) -> Iterator[tuple[Item, tuple[Value | Constant, ...]]]:
    """Yield the items with words and without an inference, with the values that their meaning has."""
    made = rule.made_of
    updates = iter(made.updates if isinstance(made, Effect | Event | Lapse) else ())
    for item in rule.items:
        roots: list[object] = [item.meaning.formula] if item.meaning is not None else []
        if item.kind == "update":
            roots = [next(updates)]
        elif item.kind == "defines" and item.note in model.definitions:
            roots = [model.definitions[item.note].body]
        if item.phrases and item.inference is None:
            yield item, tuple(dict.fromkeys(_values(roots)))


def _values(roots: Iterable[object]) -> Iterator[Value | Constant]:
    """Yield the values and constants that are written in expressions; definitions are not looked into."""
    for node in roots:
        if isinstance(node, Value | Constant):
            if node.sort.name != VERSION:
                yield node
        elif isinstance(node, tuple):
            yield from _values(node)
        elif is_dataclass(node) and not isinstance(node, Span | Sort):
            yield from _values(getattr(node, each.name) for each in fields(node))


def _not_named(law: Law, naming: Naming, rule: Rule, value: Value | Constant, items: list[Item]) -> Finding:
    called = _called(naming, value)
    message = f"the meaning has {called}, and no words of `{rule.clause or rule.name}` name it"
    return _found("value-not-in-words", law, value, message, items)


def _not_meant(
    law: Law, naming: Naming, item: Item, value: Value, values: Iterable[Value | Constant]
) -> Finding:
    meant = ", ".join(_called(naming, each) for each in values if each.sort == value.sort)
    message = f"the words name {_called(naming, value)}, and their meaning has {meant}"
    return _found("value-not-in-meaning", law, value, message, [item])


def _called(naming: Naming, value: Value | Constant) -> str:
    label = naming.label(value)
    if value.sort.is_quantity:
        return f"`{label}`"
    plain = akin(label.lower(), value.name.lower())
    return f"`{value.name}`" if plain else f"`{value.name}` (“{label}”)"


def _found(kind: Kind, law: Law, value: Value | Constant, message: str, items: list[Item]) -> Finding:
    phrases = tuple(phrase.text for item in items for phrase in item.phrases)
    first = items[0].phrases[0]
    shown, versions = phrases[:_SHOWN], (law.version,)
    return Finding(kind, value.name, message, first.clause, shown, first.span, versions, (BY_INFERENCE,))


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the law: each as it stands, and those that carry meaning in small letters. `spelt_out`: these
    together with the words of what names and short names of values stand for. `numbers`: without commas, and
    without zeros at the end of their decimals.
    """

    there: frozenset[str]
    spoken: tuple[str, ...]
    spelt_out: tuple[str, ...]
    numbers: frozenset[str] = frozenset()


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a text, as laws write them and in words up to twelve."""
    for whole, decimals in re.findall(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", text):
        yield f"{whole.replace(',', '').lstrip('0') or '0'}{decimals}"
        yield whole.replace(",", "") + (decimals.rstrip("0") if decimals.strip(".0") else "")
    spelt = re.findall(r"[a-z]+", text.lower())
    yield from (str(number) for number, word in enumerate(_SPELT) if word in spelt)


@dataclass(frozen=True, slots=True)
class Naming:
    """Words name a value if they have its name, its short name, or the words of its label in a row;
    they point to the values of an enum to whose labels they come nearer than to that of any other one.
    """

    model: Model

    def said(self, text: str) -> Said:
        """Return the words of a text."""
        there = frozenset(word.text for word in words(text))
        found = [each for each in spoken(text) if not each[0].isdigit()]
        for enum in self.model.enums.values():
            named = [name for name in enum.sort.values if name in there]
            named += [name for short, name in enum.shorts.items() if short in there]
            found += [each for name in named for each in spoken(enum.labels[name])]
        return Said(there, spoken(text), tuple(dict.fromkeys(found)), frozenset(_numbers(text)))

    def names(self, value: Value | Constant, said: Said) -> bool:
        """Whether the words have its name, its short name or its label; of a number, whether they have it."""
        if value.sort.is_quantity:
            return written(value.sort, value.name) in said.numbers
        known = {value.name, *self._shorts(value)} & said.there
        return bool(known) or any(stands_in(each, said.spoken) for each in self.called(value))

    def pointed_to(self, values: Iterable[Value | Constant], said: Said) -> frozenset[Value | Constant]:
        """Return those of the values that the words come nearer to than to any that is none of the values."""
        meant = frozenset(values)
        found = {each: self._score(each, said) for each in meant}
        for enum in self.model.enums.values():
            own = [each for each in meant if each.sort == enum.sort]
            others = (Value(enum.sort, name) for name in enum.sort.values) if own else ()
            nearest = max((self._score(each, said) for each in others if each not in meant), default=0)
            found |= {each: 0 for each in own if found[each] <= nearest}
        return frozenset(each for each, score in found.items() if score)

    def _score(self, value: Value | Constant, said: Said) -> int:
        return max((shared(each, said.spelt_out) for each in self.called(value)), default=0)

    def called(self, value: Value | Constant) -> tuple[tuple[str, ...], ...]:
        """Return the words that it goes by."""
        label = self.label(value)
        return tuple(each for each in dict.fromkeys((spoken(label), parts(value.name))) if each)

    def within(self, value: Value, others: Iterable[Value | Constant]) -> bool:
        """Whether what it is called is a part of what one of the others is called."""
        longer = tuple(each for other in others for each in self.called(other))
        return any(stands_in(own, each) for own in self.called(value) for each in longer)

    def label(self, value: Value | Constant) -> str:
        """Return its label, or its name."""
        if isinstance(value, Constant):
            return self.model.constants[value.name].label
        if value.sort.is_quantity:
            return told(value.sort, value.name)
        enum = self.model.enums.get(value.sort.name)
        return enum.labels[value.name] if enum else value.name

    def _shorts(self, value: Value | Constant) -> Iterator[str]:
        enum = self.model.enums.get(value.sort.name)
        if enum is not None:
            yield from (short for short, name in enum.shorts.items() if name == value.name)
