"""How the words of the law name the values of enums and constants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.analyses.lint.words import parts, shared, spoken, stands_in, words
from checker.model.expressions import Constant, Value
from checker.model.model import Model


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the law: each as it stands, and those that carry meaning in small letters. `spelt_out`: these
    together with the words of what names and short names of values stand for.
    """

    there: frozenset[str]
    spoken: tuple[str, ...]
    spelt_out: tuple[str, ...]


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
        return Said(there, spoken(text), tuple(dict.fromkeys(found)))

    def names(self, value: Value | Constant, said: Said) -> bool:
        """Whether the words have its name, its short name or its label."""
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
        enum = self.model.enums.get(value.sort.name)
        return enum.labels[value.name] if enum else value.name

    def _shorts(self, value: Value | Constant) -> Iterator[str]:
        enum = self.model.enums.get(value.sort.name)
        if enum is not None:
            yield from (short for short, name in enum.shorts.items() if name == value.name)
