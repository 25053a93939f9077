"""Patterns of places and steps as sets of TLA+, in as few products as they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checker.model.expressions import Sort
from checker.tla.possible_values import NOTHING
from checker.tla.products_of_sets import boxes_of
from checker.tla.spelling import WIDTH, hung, set_of, string
from checker.tla.symbol_names import Lexicon
from checker.tla.told_apart import THE_ONE, THE_REST, Focus

Tokens = tuple[str, ...]


def tight(text: str) -> str:
    """Return a set as an operand: in parentheses if it is made of others."""
    return f"({text})" if " \\ " in text or " \\cup " in text else text


class Sets:
    """Writes sets for one claim. `one`: sort -> the constant that names the thing the claim is about."""

    def __init__(self, focus: Focus, lexicon: Lexicon, one: Mapping[str, str]) -> None:
        self.focus = focus
        self.lexicon = lexicon
        self.one = one
        self.model = focus.ground.model

    def products(self, tuples: Iterable[Tokens], sorts: Sequence[Sort]) -> list[tuple[str, ...]]:
        """Return the tuples as products: of each, the set of every part."""
        boxes = boxes_of(sorted(tuples))
        return [
            tuple(self.part(frozenset(part), sort) for part, sort in zip(box, sorts, strict=True))
            for box in boxes
        ]

    def tuples(self, tuples: Iterable[Tokens], sorts: Sequence[Sort]) -> list[str]:
        """Return the lines of a set of values or tuples."""
        lines: list[str] = []
        for product in self.products(tuples, sorts):
            parts = map(tight, product) if len(product) > 1 else product
            lines += hung("\\cup " if lines else "", [" \\X ".join(parts)])
        return lines or ["{}"]

    def records(self, patterns: Iterable[Tokens]) -> list[str]:
        """Return the lines of a set of requests, as a union of sets of records."""
        parameters = self.model.request
        fields = [self.lexicon.parameters[each.name] for each in parameters]
        lines: list[str] = []
        for product in self.products(patterns, [each.sort for each in parameters]):
            pairs = [f"{field} : {part}" for field, part in zip(fields, product, strict=True)]
            lines += hung("\\cup [" if lines else "[", _filled(pairs))
        return lines or ["{}"]

    def part(self, tokens: frozenset[str], sort: Sort) -> str:
        """Return the set of what the tokens stand for."""
        present = tokens - {NOTHING}
        absent = "{Absent}" if NOTHING in tokens else ""
        if not present:
            return absent or "{}"
        text = self._values(present, sort) if sort.is_enum else self._things(present, sort)
        return f"{tight(text)} \\cup {absent}" if absent else text

    def _values(self, values: frozenset[str], sort: Sort) -> str:
        if len(values) == len(sort.values):
            return self.lexicon.sorts[sort.name]
        return set_of(string(each) for each in sort.values if each in values)

    def _things(self, tokens: frozenset[str], sort: Sort) -> str:
        named = self.named(sort)
        missing = [name for token, name in named.items() if token not in tokens]
        all_of_sort = self.lexicon.sorts[sort.name]
        rest = self.focus.count(THE_REST, sort)
        if THE_REST in tokens or not rest:
            if not missing:
                return all_of_sort
            if rest:
                return f"{all_of_sort} \\ {set_of(missing)}"
        return set_of(name for token, name in named.items() if token in tokens)

    def named(self, sort: Sort) -> dict[str, str]:
        """Return the things of a sort that have a name in the module: token -> name."""
        one = {THE_ONE: self.one[sort.name]} if sort.name in self.one else {}
        constants = [each for each in self.model.constants.values() if each.sort == sort]
        return {**one, **{each.name: self.lexicon.constants[each.name] for each in constants}}

    def rest(self, sort: Sort) -> str:
        """Return the set of the things that nothing tells apart."""
        return self._things(frozenset({THE_REST}), sort)


def _filled(pairs: Sequence[str]) -> list[str]:
    """The fields of a set of records, as many a line as there is room for."""
    lines: list[str] = []
    for number, pair in enumerate(pairs, 1):
        text = pair + ("," if number < len(pairs) else "]")
        if lines and len(lines[-1]) + len(text) + 12 <= WIDTH:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return lines
