"""Random formulas and terms of the language, about what a scope has names for."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

FACT = "fact"
VERSION = "Version"
DEEP = 3  # of formulas and terms within one another
MONTH_END = "month-end: month-end-rule"
RULES = ("on-corresponding-date", "on-last-day", "on-day-after")
_ENDS = ("31 January 2026", "30 January 2026", "28 February 2026", "29 February 2024", "31 March 2026")


@dataclass(frozen=True, slots=True)
class Applicable:
    """A function, definition or premise that expressions may apply. `kind`: as constructs are called."""

    name: str
    parameters: tuple[str, ...]
    result: str
    fixed: bool = False
    reads_request: bool = False
    defined: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may speak of: variables, parameters of a request under a prefix, the past.

    `claim`: it stands in a claim, and may ask what becomes of the request.
    """

    variables: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    request: str | None = None
    fixed_only: bool = False
    past: bool = False
    quantifiers: bool = True
    claim: bool = False
    historic: bool = False  # of what has been

    def names(self) -> tuple[tuple[str, str], ...]:
        prefix = f"{self.request}." if self.request else ""
        return (*self.variables, *((prefix + name, sort) for name, sort in self.parameters))

    def binding(self, *variables: tuple[str, str]) -> Scope:
        return replace(self, variables=(*self.variables, *variables))


@dataclass(slots=True)
class Expressions:
    """Writes expressions. Sorts are in order, so that functions go down."""

    chance: random.Random
    sorts: list[str] = field(default_factory=list)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    in_order: set[str] = field(default_factory=set)  # of the enums
    quantities: dict[str, int] = field(default_factory=dict)  # name -> decimals
    constants: list[tuple[str, str]] = field(default_factory=list)
    callables: list[Applicable] = field(default_factory=list)
    components: list[tuple[str, str | None]] = field(default_factory=list)
    maps: list[tuple[str, str, bool]] = field(default_factory=list)  # name, sort; whether it is a tree
    names: int = 0

    # ------------------------------------------------------------ helpers

    def maybe(self, share: float = 0.5) -> bool:
        return self.chance.random() < share

    def fresh(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def one(self, choices: Sequence[str]) -> str:
        return self.chance.choice(choices)

    def any_sort(self) -> str:
        return self.one([*self.sorts, *self.sorts, *self.enums])

    # --------------------------------------------------------------- terms

    def term(self, sort: str, scope: Scope, depth: int = DEEP) -> str | None:
        """A term of the sort; None if nothing can be said of it here."""
        if sort in self.quantities and (depth == 0 or self.maybe(0.5)):
            return self.number(sort, scope, depth)
        ways = [name for name, own in scope.names() if own == sort] * 2
        ways += [name for name, own in self.constants if own == sort]
        ways += [self.one(self.enums[sort])] if sort in self.enums else []
        calls = [each for each in self.callables if each.result == sort and self._may(each, scope)]
        if calls and depth > 0 and (not ways or self.maybe(0.55)):
            applied = self.applied(self.chance.choice(calls), scope, depth)
            if applied is not None:
                return f"before {applied}" if scope.past and self.maybe(0.3) else applied
        return self.one(ways) if ways else None

    def literal_of(self, sort: str) -> str:
        """A small number, now and then with decimals where the quantity has them."""
        whole = self.chance.choice((0, 1, 2, 3, 5, 7, 10))
        if sort == "date":
            return f"{whole + 1} March 2026" if self.maybe(0.7) else self.one(_ENDS)
        if sort == "days":
            return f"{whole} days" if self.maybe(0.8) else f"{whole % 3} weeks"
        decimals = self.quantities[sort]
        return (
            f"{whole}.{self.chance.choice((1, 5, 25))}"[: 2 + len(str(whole)) + decimals - 1]
            if (decimals and self.maybe(0.2))
            else str(whole)
        )

    def number(self, sort: str, scope: Scope, depth: int) -> str:
        """A number, or one that is worked out from others; in parentheses where it needs them."""
        if depth <= 0 or self.maybe(0.35):
            return self.literal_of(sort)
        one = self.term(sort, scope, depth - 1) or self.literal_of(sort)
        other = self.term(sort, scope, depth - 1) or self.literal_of(sort)
        if sort == "date":
            return self._day(one, other, scope, depth)
        if sort == "days" and "date" in self.quantities and self.maybe(0.3):
            first, last = (self.term("date", scope, depth - 1) or self.literal_of("date") for _ in range(2))
            return f"(days from {first} to {last})"
        way = self.chance.randrange(7)
        if way <= 1:
            return f"({one} {('plus', 'minus')[way]} {other})"
        if way == 2:
            return f"({self.chance.randint(0, 3)} times {one})"
        if way <= 4:
            return f"{self.one(('least', 'greatest'))} of ({one}, {other})"
        share = f"{self.one(('20', '50', '33.3', '150'))} per cent of {one}"
        return f"({share} rounded {self.one(('down', 'up'))})"

    def _day(self, one: str, other: str, scope: Scope, depth: int) -> str:
        """A date that is worked out from others."""
        if self.maybe(0.3):
            return f"{self.one(('earliest', 'latest'))} of ({one}, {other})"
        if self.maybe(0.3):
            return f"({one} {self.one(('plus', 'minus'))} {self.months()})"
        days = self.term("days", scope, depth - 1) or self.literal_of("days")
        return f"({one} {self.one(('plus', 'minus'))} {days})"

    def months(self) -> str:
        """A period of months or years; now and then it says itself on which day it ends."""
        period = self.one(("1 month", "2 months", "11 months", "1 year", "4 years"))
        return f"{period} ({self.one(RULES)})" if self.maybe(0.3) else period

    def ordered(self, scope: Scope, depth: int) -> str | None:
        """A comparison of two numbers, one of which has a name; a share need not be rounded there."""
        sort = self.one(list(self.quantities))
        named = [name for name, own in scope.names() if own == sort]
        calls = [each for each in self.callables if each.result == sort and self._may(each, scope)]
        left = self.one(named) if named and (not calls or self.maybe()) else None
        if left is None and calls:
            left = self.applied(self.chance.choice(calls), scope, depth)
        if left is None:
            return None
        right = self.term(sort, scope, depth) or self.literal_of(sort)
        sides = [left, right] if self.maybe(0.7) else [right, left]
        if sort == "date":
            return self.of_dates(*sides)
        if self.maybe(0.2):
            side = self.chance.randrange(2)
            sides[side] = f"{self.one(('12.5', '30', '200'))} per cent of {sides[side]}"
        return f"({sides[0]} {self.one(('at least', 'at most', 'more than', 'less than'))} {sides[1]})"

    def of_dates(self, left: str, right: str) -> str:
        """A comparison of two dates, or that one is within a period that begins or ends with the other."""
        if self.maybe(0.4):
            length = self.months() if self.maybe(0.3) else self.literal_of("days")
            period = f"within {length} {self.one(('after', 'from', 'before'))}"
            return f"({left} {period} {right})"
        word = self.one(("earlier than", "later than", "no earlier than", "no later than"))
        return f"({left} {word} {right})"

    def compared(self, scope: Scope, depth: int) -> str | None:
        """A comparison of a term of an enum in order with a value, another term, or steps from either."""
        sort = self.one(sorted(self.in_order))
        values, how = self.enums[sort], self.one(("at least", "at most", "more than", "less than"))
        left, right = (self.term(sort, scope, depth) for _ in range(2))
        if left is None or right is None or left in values:
            return None
        steps = f" {self.one(('plus', 'minus'))} {self.one('012')}" if self.maybe(0.3) else ""
        ends = {"more than": values[-1], "less than": values[0]}
        if right in values and (steps or right == ends.get(how)):
            steps, how = "", "at least"
        sides = [left, right + steps] if self.maybe(0.8) or right in values else [right + steps, left]
        return f"({sides[0]} {how} {sides[1]})"

    def _may(self, each: Applicable, scope: Scope) -> bool:
        if (each.reads_request and scope.request is None) or (each.defined and not scope.quantifiers):
            return False
        return each.fixed or not scope.fixed_only

    def applied(self, each: Applicable, scope: Scope, depth: int) -> str | None:
        prefix = f"{scope.request}." if each.reads_request and scope.request else ""
        arguments = [self.term(sort, scope, depth - 1) for sort in each.parameters]
        known = [argument for argument in arguments if argument is not None]
        if len(known) < len(arguments):
            return None
        return f"{prefix}{each.name}({', '.join(known)})" if known else f"{prefix}{each.name}"

    # ------------------------------------------------------------ formulas

    def formula(self, scope: Scope, depth: int = DEEP) -> str:
        """A formula, in parentheses where it needs them."""
        if depth > 0 and self.maybe(0.55):
            return self._joined(scope, depth)
        for _ in range(6):
            atom = self._atom(scope, depth)
            if atom is not None:
                return atom
        return "true"

    def _joined(self, scope: Scope, depth: int) -> str:
        way = self.chance.randrange(9 if scope.quantifiers else 6)
        if way == 0:
            return f"not {self.formula(scope, depth - 1)}"
        if way <= 5:
            word = ("and", "or", "and", "implies", "iff")[way - 1]
            return f"({self.formula(scope, depth - 1)} {word} {self.formula(scope, depth - 1)})"
        if self.maybe(0.2):
            return self.counted(scope, depth, self.any_sort())
        return self.quantified(scope, depth, self.one(("every", "some")), self.any_sort())

    def quantified(self, scope: Scope, depth: int, word: str, sort: str, share: float = 0.4) -> str:
        """A formula about every or some thing of a sort; `share`: how often of those with something."""
        variables = [(self.fresh("x"), sort)]
        if self.maybe(0.2):
            variables.append((self.fresh("x"), self.any_sort()))
        inner = scope.binding(*variables)
        bound = ", ".join(f"{each}: {own}" for each, own in variables)
        where = f" where {self.formula(inner, depth - 2)}" if self.maybe(share) else ""
        return f"(for {word} {bound}{where}: {self.formula(inner, depth - 1)})"

    def counted(self, scope: Scope, depth: int, sort: str) -> str:
        """A formula about how many things of a sort are so."""
        name = self.fresh("x")
        body = self.formula(scope.binding((name, sort)), depth - 1)
        many = f"{self.one(('exactly', 'at least', 'at most'))} {self.one(('one', 'one', '2', 'three'))}"
        return f"({many} {name}: {sort} where {body})"

    def _atom(self, scope: Scope, depth: int) -> str | None:
        if self.quantities and self.maybe(0.3):
            return self.ordered(scope, depth)
        if self.in_order and self.maybe(0.25):
            return self.compared(scope, depth)
        if self.maps and not scope.fixed_only and self.maybe(0.3):
            return self.led_back(scope)
        facts = [each for each in self.callables if each.result == FACT and self._may(each, scope)]
        if facts and self.maybe(0.3):
            return self.applied(self.chance.choice(facts), scope, depth)
        if self.components and not scope.historic and self.maybe(0.04) and not scope.fixed_only:
            return self.version_is(scope)
        sort = self._spoken_of(scope)
        left = self.term(sort, scope, depth)
        right = self.term(sort, scope, depth)
        if left is None or right is None or (sort in self.quantities and not _speaks(left)):
            return None
        if sort in self.enums and left in self.enums[sort] and self.maybe(0.9):
            return None
        way = self.chance.randrange(8)
        if way <= 2:
            return f"({left} is {right})"
        if way == 3:
            return f"({left} is not {right})"
        if way == 4:
            return f"({left} matches {right})"
        if way <= 6:
            return f"({left} is {self.one(('present', 'absent'))})"
        return self.member(sort, left, scope, self.one(("in", "not in")))

    def led_back(self, scope: Scope) -> str | None:
        """What a tree or a self-map says of things with names."""
        name, sort, tree = self.chance.choice(self.maps)
        known = [each for each, own in (*scope.names(), *self.constants) if own == sort]
        if not known:
            return None
        one, other = self.one(known), self.one(known)
        if tree and self.maybe(0.6):
            return f"({one} is {self.one(('inside', 'not inside', 'or inside'))} {other})"
        if tree or not scope.quantifiers or self.maybe():
            word = self.one((f"is {other}", f"is not {other}")) if tree and not scope.quantifiers else ""
            return f"({name}({one}) {word or self.one((f'is {other}', 'is absent', 'is present'))})"
        ends = (f"is {other}", f"is {name}({other})", f"matches {other}", "is absent")
        return f"({name}({name}({one})) {self.one(ends)})"

    def member(self, sort: str, left: str, scope: Scope, word: str) -> str:
        """That a term is one of some: values or, now and then, other terms."""
        values = self.enums.get(sort, ())
        some = self.chance.sample(values, self.chance.randint(1, len(values))) if values else []
        if not some or self.maybe(0.2):
            others = [self.term(sort, scope, 1) for _ in range(2)]
            some += [each for each in dict.fromkeys(others) if each is not None and each not in some]
        return f"({left} {word} {{{', '.join(some or [left])}}})"

    def _spoken_of(self, scope: Scope) -> str:
        """A sort; more often than not that of something named."""
        named = [sort for _, sort in scope.names()]
        return self.one(named) if named and self.maybe(0.7) else self.any_sort()

    def version_is(self, scope: Scope, *, indexed: bool | None = None) -> str | None:
        """That some version is deployed at a component; one with instances or without, if that is said."""
        found = self.version_of(scope, indexed=indexed)
        return f"({found} is {self.one(('old', 'new'))})" if found else None

    def version_of(self, scope: Scope, *, indexed: bool | None = None) -> str | None:
        """The version deployed at a component, as a term."""
        known = [each for each in self.components if indexed is None or (each[1] is not None) == indexed]
        if not known:
            return None
        name, index = self.chance.choice(known)
        at = self.term(index, scope, 1) if index else None
        return None if index and at is None else f"version({name}{f'[{at}]' if at else ''})"


def _speaks(number: str) -> bool:
    """Whether a number names something, so that it is plain of which quantity it is."""
    words = {"plus", "minus", "times", "least", "greatest", "of", "per", "cent", "rounded", "down", "up"}
    words |= {"days", "weeks", "from", "to", "earliest", "latest", "arch", "anuary", "ebruary"}
    words |= {"month", "months", "year", "years", *(word for each in RULES for word in each.split("-"))}
    return not words.issuperset(re.findall(r"[a-z]\w*", number))
