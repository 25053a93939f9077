"""Values that a meaning has and the words do not name, and values that the words name and it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from checker.analyses.lint.finding import BY_INFERENCE, Finding, Kind
from checker.analyses.lint.law import Law, Rule
from checker.analyses.lint.words import akin, parts, shared, spoken, stands_in, words
from checker.language.diagnostics import Span
from checker.model.expressions import VERSION, Constant, Sort, Value
from checker.model.model import Effect, Event, Item, Model

_SHOWN = 3  # so many phrases are repeated


@dataclass(frozen=True, slots=True)
class Naming:
    """How the words of the law name the values of enums and constants.

    Words name a value if they have its name, its short name, or all words of its label one after the other.
    The phrase whose meaning it is also names the value to whose label it comes nearer than to that of any
    value of the enum that is not meant.
    """

    model: Model

    def names(self, value: Value | Constant, text: str) -> bool:
        """Whether the text has its name, its short name or its label."""
        there = [word.text for word in words(text)]
        small = [each.lower() for each in there if each.lower() in spoken(each)]
        known = {value.name, *self._shorts(value)} & set(there)
        return bool(known) or any(stands_in(each, small) for each in self._called(value))

    def points_to(self, value: Value | Constant, text: str, meant: frozenset[str]) -> bool:
        """Whether the text comes nearer to it than to every other value of its sort that is not meant."""
        there = self._spelt_out(text)
        own = self._score(value, there)
        enum = self.model.enums.get(value.sort.name)
        others = (Value(enum.sort, each) for each in enum.sort.values if each not in meant) if enum else ()
        return own > 0 and own > max((self._score(each, there) for each in others), default=0)

    def _score(self, value: Value | Constant, there: tuple[str, ...]) -> int:
        return max((shared(each, there) for each in self._called(value)), default=0)

    def _called(self, value: Value | Constant) -> tuple[tuple[str, ...], ...]:
        """The words that it goes by."""
        label = self.label(value)
        return tuple(each for each in dict.fromkeys((spoken(label), parts(value.name))) if each)

    def within(self, value: Value, others: Iterable[Value | Constant]) -> bool:
        """Whether what it is called is a part of what one of the others is called."""
        longer = tuple(each for other in others for each in self._called(other))
        return any(stands_in(own, each) for own in self._called(value) for each in longer)

    def label(self, value: Value | Constant) -> str:
        """Return its label, or its name."""
        if isinstance(value, Constant):
            return self.model.constants[value.name].label
        enum = self.model.enums.get(value.sort.name)
        return enum.labels[value.name] if enum else value.name

    def _shorts(self, value: Value | Constant) -> Iterator[str]:
        enum = self.model.enums.get(value.sort.name)
        if enum is not None:
            yield from (short for short, name in enum.shorts.items() if name == value.name)

    def _spelt_out(self, text: str) -> tuple[str, ...]:
        """The words of a text; those that are names or short names of values bring their labels' words."""
        found = [each for each in spoken(text) if not each[0].isdigit()]
        there = {word.text for word in words(text)}
        for enum in self.model.enums.values():
            named = {name for name in enum.sort.values if name in there}
            named |= {name for short, name in enum.shorts.items() if short in there}
            found += [each for name in named for each in spoken(enum.labels[name])]
        return tuple(dict.fromkeys(found))


def value_findings(law: Law) -> Iterator[Finding]:
    """Yield a finding for every value in the meaning of a phrase that the rule's words do not name, and for
    every value that a phrase names while the rule's meaning has others of the same sort there, but not it.

    An item with an `inference` says itself why it means something else, and so do rules without words.
    """
    naming = Naming(law.model)
    for rule in law.rules:
        meanings = tuple(_meant(law.model, rule))
        everything = {value for _, values in meanings for value in values}
        unnamed: dict[Value | Constant, list[Item]] = {}
        for item, values in meanings:
            said = _said(item)
            meant = frozenset(each.name for each in values)
            for value in values:
                if not naming.names(value, rule.said) and not naming.points_to(value, said, meant):
                    unnamed.setdefault(value, []).append(item)
            for value in _of_their_sorts(values):
                if value not in everything and naming.names(value, said) and not naming.within(value, values):
                    yield _not_meant(law, naming, item, value, values)
        for value, items in unnamed.items():
            yield _not_named(law, naming, rule, value, items)


def _said(item: Item) -> str:
    return " ".join(phrase.text for phrase in item.phrases)


def _of_their_sorts(values: Iterable[Value | Constant]) -> Iterator[Value]:
    """Yield every value of the enums that some values are of."""
    for sort in dict.fromkeys(each.sort for each in values if isinstance(each, Value)):
        yield from (Value(sort, name) for name in sort.values)


def _meant(model: Model, rule: Rule) -> Iterator[tuple[Item, tuple[Value | Constant, ...]]]:
    """Yield the items with words and without an inference, with the values that their meaning has."""
    made = rule.made_of
    updates = iter(made.updates if isinstance(made, Effect | Event) else ())
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
    plain = akin(label.lower(), value.name.lower())
    return f"`{value.name}`" if plain else f"`{value.name}` (“{label}”)"


def _found(kind: Kind, law: Law, value: Value | Constant, message: str, items: list[Item]) -> Finding:
    phrases = tuple(phrase.text for item in items for phrase in item.phrases)
    first = items[0].phrases[0]
    shown, versions = phrases[:_SHOWN], (law.version,)
    return Finding(kind, value.name, message, first.clause, shown, first.span, versions, (BY_INFERENCE,))
