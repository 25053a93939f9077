"""Symbolic situations: the values of functions, as terms over the situation in which a story starts.

A later situation is its predecessor with writes on top, looked up by substitution; no frame axiom is
ever needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeAlias

from checker.logic.node import Node
from checker.logic.terms import Terms
from checker.model.expressions import FACT
from checker.model.model import Function
from checker.model.situation import Instance


class Maybe(NamedTuple):
    """A term that may be absent: `value` is meaningful where `present` holds, and None if it never holds."""

    present: Node
    value: Node | None


Arguments: TypeAlias = tuple[Node, ...]
PRESENCE = "?"  # suffix of the predicate that says whether an optional function has a value


class Write(NamedTuple):
    """A write to `function`: `match(arguments)` is the condition that it is written there, and the value."""

    function: str
    match: Callable[[Arguments], tuple[Node, Maybe]]


class Recall(Protocol):
    """What a function that remembers says of a situation (see `checker.logic.encode_history`)."""

    def __call__(self, state: State, function: Function, arguments: Arguments) -> Maybe: ...


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Functions and deployed versions at one moment. Facts are values of sort FACT, always present."""

    terms: Terms
    functions: Mapping[str, Function]
    versions: Mapping[Instance, Node]
    previous: State | None = None
    writes: tuple[Write, ...] = ()
    moment: int = 0  # steps since the first situation
    recall: Recall | None = None  # what has been, where functions remember
    _known: dict[tuple[str, Arguments], Maybe] = field(default_factory=dict)
    _deployed: dict[tuple[tuple[Instance, Node], ...], State] = field(default_factory=dict)

    def lookup(self, function: str, arguments: Arguments, declared: Function | None = None) -> Maybe:
        """The value of the function at present arguments. `declared`: the function in the law that asks, if
        that may differ from the situation's law.
        """
        key = (function, arguments)
        if key not in self._known:
            self._known[key] = self._lookup(function, arguments, declared)
        return self._known[key]

    def _lookup(self, function: str, arguments: Arguments, declared: Function | None) -> Maybe:
        known = self.functions.get(function, declared)
        if known is not None and known.history is not None:
            assert self.recall is not None
            return self.recall(self, known, arguments)
        if self.previous is None:
            assert known is not None
            return self._start(known, arguments)
        found = self.previous.lookup(function, arguments, declared)
        for write in reversed(self.writes):
            if write.function == function:
                condition, new = write.match(arguments)
                found = self._choose(condition, new, found)
        return found

    def _choose(self, condition: Node, yes: Maybe, no: Maybe) -> Maybe:
        if condition is self.terms.false:
            return no
        present = self.terms.ite(condition, yes.present, no.present)
        if yes.value is None or no.value is None:
            return Maybe(present, no.value if yes.value is None else yes.value)
        return Maybe(present, self.terms.ite(condition, yes.value, no.value))

    def _start(self, function: Function, arguments: Arguments) -> Maybe:
        terms = self.terms
        if function.table is not None:
            return self.tabled(function, arguments)
        if function.result == FACT:
            return Maybe(terms.true, terms.apply(function.name, arguments, FACT))
        value = terms.apply(function.name, arguments, function.result)
        if not function.optional:
            return Maybe(terms.true, value)
        return Maybe(terms.apply(function.name + PRESENCE, arguments, FACT), value)

    def tabled(self, function: Function, arguments: Arguments) -> Maybe:
        """The value in the table of this `function`; another version's table may differ. It is the same in
        every situation and law, so it is worked out once.
        """
        key = (self.terms.objects.number(function), arguments)
        if key not in self.terms.tabled:
            self.terms.tabled[key] = self._tabled(function, (), arguments)
        return Maybe(*self.terms.tabled[key])

    def _tabled(self, function: Function, known: tuple[str, ...], rest: Arguments) -> Maybe:
        """The table's entry if the arguments are values; otherwise a choice over values."""
        assert function.table is not None
        if rest and rest[0].operator == "value":
            return self._tabled(function, (*known, rest[0].name), rest[1:])
        if rest and rest[0].operator == "ite":
            condition, yes, no = rest[0].arguments
            return self._choose(
                condition,
                self._tabled(function, known, (yes, *rest[1:])),
                self._tabled(function, known, (no, *rest[1:])),
            )
        if rest:
            return self._choice(function, known, rest)
        if known in function.table.entries:
            return self._entry(function, function.table.entries[known])
        open_arguments = tuple(
            self.terms.value(name, sort) for name, sort in zip(known, function.parameters, strict=True)
        )
        value = self.terms.apply(function.name, open_arguments, function.result)
        if not function.optional:
            return Maybe(self.terms.true, value)
        return Maybe(self.terms.apply(function.name + PRESENCE, open_arguments, FACT), value)

    def _entry(self, function: Function, entry: str | bool | None) -> Maybe:
        if isinstance(entry, bool):
            return Maybe(self.terms.true, self.terms.true if entry else self.terms.false)
        if entry is None:
            return Maybe(self.terms.false, None)
        return Maybe(self.terms.true, self.terms.value(entry, function.result))

    def _choice(self, function: Function, known: tuple[str, ...], rest: Arguments) -> Maybe:
        """Group the argument's values by the rest of the table, so that each answer occurs once."""
        assert function.table is not None
        entries, told = function.table.entries, dict[str | bool | None, Maybe]()
        groups: dict[Maybe, list[str]] = {}
        for name in rest[0].sort.values:
            row = (*known, name)
            if len(rest) > 1 or row not in entries:
                answer = self._tabled(function, row, rest[1:])
            else:  # large tables have few answers
                entry = entries[row]
                answer = told[entry] if entry in told else self._entry(function, entry)
                told[entry] = answer
            groups.setdefault(answer, []).append(name)
        result = Maybe(self.terms.false, None)
        for answer, names in groups.items():
            result = self._choose(self.terms.member(rest[0], names), answer, result)
        return result

    def version(self, component: str, index: Node | None) -> Node | None:
        """The version deployed at the instance that `index` selects."""
        if index is None:
            return self.versions.get((component, None))
        found: Node | None = None
        for (name, instance), version in self.versions.items():
            if name == component and instance is not None:
                here = self.terms.member(index, (instance,))
                found = version if found is None else self.terms.ite(here, version, found)
        return found

    def after(self, writes: tuple[Write, ...]) -> State:
        """The situation after the writes. Writes that match the same place write the same value."""
        return State(self.terms, self.functions, self.versions, self, writes, self.moment + 1, self.recall)

    def deployed(self, versions: Mapping[Instance, Node]) -> State:
        """The same situation with other versions at the components. Repeated calls return the same state, so
        that its values are worked out once.
        """
        key = tuple(versions.items())
        if key not in self._deployed:
            self._deployed[key] = State(
                self.terms, self.functions, versions, self, (), self.moment, self.recall
            )
        return self._deployed[key]
