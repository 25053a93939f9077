"""Turns quantified into ground formulas: existentials become fresh things, universals their instances. Each
quantified part gets a name, a proposition, which is tied to it in the direction in which it is used. Over a
stratified sort graph the ground terms of a problem are finite and suffice (Herbrand), so nothing is lost.
Instances that are dropped at a limit only weaken the problem, so `unsat` stays sound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checker.logic.interchangeable import Group, count, groups, tuples
from checker.logic.node import Node, subterms
from checker.logic.terms import Terms
from checker.model.expressions import FACT

LIMIT = 20_000  # instances of universals in one problem; laws that are stratified need some tens


@dataclass(slots=True)
class Universal:
    """If `condition` holds, `body` holds for all things. `done`: the tuples of things used so far; `sizes`:
    how many things there were of each sort when they were used; `groups`: which bound symbols may change
    places.
    """

    bound: tuple[Node, ...]
    condition: Node
    body: Node
    done: set[tuple[Node, ...]] = field(default_factory=set)
    sizes: tuple[int, ...] | None = None
    groups: tuple[Group, ...] = ()


class Grounder:
    """Grounds the conjuncts of one problem."""

    def __init__(
        self,
        terms: Terms,
        named: Iterable[Node] = (),
        things: Mapping[str, tuple[Node, ...]] | None = None,
        limit: int = LIMIT,
    ) -> None:
        """`named`: constants that stand for things in every situation, whether or not a formula mentions
        them. `things`: all things of every sort, if known; otherwise all ground terms stand for things.
        """
        self.terms = terms
        self._things = things
        self.limit = limit  # of instances; callers may raise it for later formulas
        self._named = tuple(named)
        self.complete = True  # no instance was left out, so "satisfiable" can be trusted
        self._result: list[Node] = []
        self._universals: list[Universal] = []
        self._tied: set[tuple[Node, bool]] = set()
        self._replaced: dict[tuple[Node, bool], Node] = {}

    def ground(self, formulas: Iterable[Node]) -> tuple[Node, ...]:
        """Quantifier-free formulas that are satisfiable if the given ones are."""
        for each in formulas:
            self._assert(each)
        if self._universals:
            self._instantiate()
        return tuple(self._result)

    def _assert(self, formula: Node) -> None:
        if formula.operator == "and":
            for each in formula.arguments:
                self._assert(each)
        elif formula.operator == "not" and formula.arguments[0].operator == "exists":
            quantified = formula.arguments[0]
            self._universal(quantified, self.terms.true)
        else:
            self._result.append(self._replace(formula, positive=True))

    # --------------------------------------------------------------- names

    def _replace(self, node: Node, *, positive: bool) -> Node:
        """The formula with names for its quantified parts; `positive`: the direction in which it is used."""
        if not node.quantified:
            return node
        key = (node, positive)
        found = self._replaced.get(key)
        if found is None:
            if node.operator == "exists":
                self._tie(node, positive=positive)
                found = self._name(node)
            elif node.operator == "not":
                found = self.terms.not_(self._replace(node.arguments[0], positive=not positive))
            elif node.operator in ("and", "or"):
                parts = tuple(self._replace(each, positive=positive) for each in node.arguments)
                found = self.terms.rebuild(node, parts)
            else:
                found = self._replace_inside(node)
            self._replaced[key] = found
        return found

    def _replace_inside(self, node: Node) -> Node:
        """A term with names for its quantified conditions, which may be used in both directions."""
        names: dict[Node, Node] = {}
        for each in subterms((node,)):
            if each.operator == "exists":
                self._tie(each, positive=True)
                self._tie(each, positive=False)
                names[each] = self._name(each)
        return self.terms.substitute(node, names)

    def _name(self, quantified: Node) -> Node:
        return self.terms.symbol(f"quantified {quantified.order:x}", FACT)

    def _tie(self, node: Node, *, positive: bool) -> None:
        """Make the name imply the quantified part (positive), or the other way round."""
        if (node, positive) in self._tied:
            return
        self._tied.add((node, positive))
        name = self._name(node)
        body = node.arguments[0]
        if not positive:
            self._universal(node, self.terms.not_(name))
            return
        witness = tuple(self.terms.symbol(f"{s.name} of {node.order:x}", s.sort) for s in node.bound)
        instance = self.terms.instance(body, node.bound, witness)
        self._result.append(self.terms.implies(name, self._replace(instance, positive=True)))

    def _universal(self, denied: Node, condition: Node) -> None:
        """Say that, if the condition holds, there is nothing such as the quantified part says."""
        body, made = denied.arguments[0], groups(self.terms, denied.bound, denied.arguments[0])
        self._universals.append(Universal(denied.bound, condition, self.terms.not_(body), groups=made))

    # ----------------------------------------------------------- instances

    def _instantiate(self) -> None:
        """Add instances of every universal for all ground terms, until there are no new terms."""
        read = 0
        universe: dict[str, dict[Node, None]] = {}
        self._collect(self._named, universe)
        for each in self._universals:
            self._collect((each.body, each.condition), universe)
        count = 0
        while True:
            self._collect(self._result[read:], universe)
            read = len(self._result)
            known = self._universals.copy()
            before = count
            sizes = [self._sizes(each, universe) for each in known]
            if sum(map(_instances, known, sizes)) > self.limit:
                self.complete = False
                return
            for universal, size in zip(known, sizes, strict=True):
                if size == universal.sizes:
                    continue  # things are only added, so there is no new one
                universal.sizes = size
                for chosen in self._tuples(universal, universe):
                    self._add_instance(universal, chosen)
                    count += 1
            for each in self._universals[len(known) :]:
                self._collect((each.body, each.condition), universe)
            if count == before and len(known) == len(self._universals):
                return

    def _add_instance(self, universal: Universal, chosen: tuple[Node, ...]) -> None:
        universal.done.add(chosen)
        instance = self.terms.instance(universal.body, universal.bound, chosen)
        self._result.append(self.terms.implies(universal.condition, self._replace(instance, positive=True)))

    def _sizes(self, universal: Universal, universe: Mapping[str, Collection[Node]]) -> tuple[int, ...]:
        """How many things are known of the sort of each bound symbol."""
        known = universe if self._things is None else self._things
        return tuple([len(known.get(each.sort.name, ())) for each in universal.bound])

    def _choices(
        self, universal: Universal, universe: Mapping[str, Collection[Node]]
    ) -> list[Sequence[Node]]:
        """The things that each bound symbol may stand for: where none is known, some thing."""
        known = universe if self._things is None else self._things
        return [
            tuple(known.get(each.sort.name, ())) or (self.terms.symbol(f"some {each.sort.name}", each.sort),)
            for each in universal.bound
        ]

    def _tuples(
        self, universal: Universal, universe: Mapping[str, Collection[Node]]
    ) -> Iterator[tuple[Node, ...]]:
        for chosen in tuples(universal.groups, self._choices(universal, universe)):
            if chosen not in universal.done:
                yield chosen

    def _collect(self, formulas: Iterable[Node], universe: dict[str, dict[Node, None]]) -> None:
        """Add the ground terms of uninterpreted sorts that occur in the formulas."""
        for formula in formulas:
            for each in self.terms.things(formula):
                universe.setdefault(each.sort.name, {})[each] = None


def _instances(universal: Universal, sizes: tuple[int, ...]) -> int:
    """How many instances the universal has over so many things of the sort of each bound symbol."""
    return count(universal.groups, [size or 1 for size in sizes])
