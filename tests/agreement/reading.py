"""What symbolic terms are worth in a concrete situation: an interpreter of its own, for tests only.

It shares nothing with the solver or the way back from it: quantifiers run over the situation's things, and
what a term leaves open (the value of something absent) is something arbitrary, which must not matter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import TypeAlias
from zlib import crc32

from checker.logic.calendar import period_of
from checker.logic.linear import constant, weights
from checker.logic.node import Node
from checker.logic.symbolic_state import PRESENCE, Maybe
from checker.model.evaluate import members
from checker.model.expressions import FACT, Sort
from checker.model.model import Function
from checker.model.months import RULES
from checker.model.situation import Situation
from tests.yardstick.months import months_later

Worth: TypeAlias = str | bool

ANYTHING = 12  # arbitrary numbers are smaller


class Free:
    """Which symbols occur free in a node, remembered for all nodes of one problem."""

    def __init__(self) -> None:
        self._known: dict[Node, tuple[Node, ...]] = {}

    def of(self, node: Node) -> tuple[Node, ...]:
        """The symbols that are free in the node."""
        found = self._known.get(node)
        if found is None:
            if node.operator == "symbol":
                found = (node,)
            else:
                inner = dict.fromkeys(each for a in node.arguments for each in self.of(a))
                if node.operator == "exists":
                    inner = {each: None for each in inner if each not in node.bound}
                found = tuple(inner)
            self._known[node] = found
        return found


class Reading:
    """Reads nodes in one situation. `symbols` says what the free symbols stand for."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        situation: Situation,
        symbols: Mapping[str, Worth],
        free: Free,
    ) -> None:
        self.functions = functions
        self.situation = situation
        self.symbols = symbols
        self.free = free
        self.places: dict[Node, Worth] = {}
        self._known: dict[tuple[object, ...], Worth] = {}

    def optional(self, given: Maybe) -> Worth | None:
        """The value of a term that may be absent."""
        if given.value is None or self.worth(given.present) is not True:
            return None
        return self.worth(given.value)

    def at(self, given: Maybe, places: Mapping[Node, Worth]) -> Worth | None:
        """The value with these symbols standing for these things."""
        self.places = dict(places)
        found = self.optional(given)
        self.places = {}
        return found

    def worth(self, node: Node) -> Worth:
        """The value of a term, the truth of a formula."""
        if not node.arguments:
            return self._simple(node)
        places = self.places
        if places:
            key = (node, *((each, places[each]) for each in self.free.of(node) if each in places))
        else:
            key = (node,)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._worth(node)
        return found

    def _simple(self, node: Node) -> Worth:
        match node.operator:
            case "true":
                return True
            case "false":
                return False
            case "value" | "constant":
                return node.name
            case "symbol":
                if node in self.places:
                    return self.places[node]
                if node.name in self.symbols:
                    return self.symbols[node.name]
                return self._anything(node.name, node.sort)
            case "apply":
                return self._applied(node)
            case _:
                raise AssertionError(node.operator)

    def _worth(self, node: Node) -> Worth:
        arguments = node.arguments
        match node.operator:
            case "apply":
                return self._applied(node)
            case "equal":
                return self.worth(arguments[0]) == self.worth(arguments[1])
            case "member":
                return self.worth(arguments[0]) in node.values
            case "not":
                return not self.worth(arguments[0])
            case "and":
                return all(self.worth(each) for each in arguments)
            case "or":
                return any(self.worth(each) for each in arguments)
            case "ite":
                return self.worth(arguments[1 if self.worth(arguments[0]) else 2])
            case "exists":
                return self._exists(node)
            case "sum":
                data = weights(node)
                pairs = zip(data.coefficients, arguments, strict=True)
                return str(data.constant + sum(times * int(str(self.worth(each))) for times, each in pairs))
            case "quotient":
                return str(math.floor(Fraction(int(str(self.worth(arguments[0]))), constant(node))))
            case "months":
                period = period_of(node)
                day = int(str(self.worth(node.arguments[0])))
                return str(months_later(day, period.months, RULES.index(period.rule)))
            case "at_most":
                return int(str(self.worth(arguments[0]))) <= constant(node)
            case _:
                raise AssertionError(node.operator)

    def _exists(self, node: Node) -> bool:
        outer = self.places
        choices = [members(each.sort, self.situation) for each in node.bound]
        try:
            for things in product(*choices):
                self.places = {**outer, **dict(zip(node.bound, things, strict=True))}
                if self.worth(node.arguments[0]):
                    return True
        finally:
            self.places = outer
        return False

    def _applied(self, node: Node) -> Worth:
        name = node.name.removesuffix(PRESENCE)
        function = self.functions[name]
        at = tuple(str(self.worth(each)) for each in node.arguments)
        value = self.situation.values.get((name, at))
        if node.name != name:
            return value is not None
        if function.result == FACT:
            return value is True
        return self._anything(f"{name}{at}", function.result) if value is None else value

    def _anything(self, name: str, sort: Sort) -> Worth:
        """Something arbitrary, always the same for the same name in the same situation."""
        if sort == FACT:
            return crc32(name.encode()) % 2 == 0
        if sort.is_quantity:
            return str(crc32(name.encode()) % ANYTHING)
        choices = members(sort, self.situation)
        return choices[crc32(name.encode()) % len(choices)]
