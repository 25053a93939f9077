"""A finite instance of a problem: named things, ground formulas, and the digits of its situations."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from checker.explore.bitsets import Space
from checker.explore.placings import Things, TooLarge
from checker.explore.state_graph import Plan, union
from checker.logic.ground_conditions import told_apart
from checker.logic.interchangeable import groups, tuples
from checker.logic.linear import constant
from checker.logic.node import Node, subterms
from checker.logic.symbolic_state import PRESENCE
from checker.model.expressions import FACT, Sort
from checker.model.thresholds import around, thresholds
from checker.question.problem import Problem

CHOICES = 20_000  # concrete steps tried in one instance; with more, exploring takes too long


class Instance:
    """Things are constants, and the claim's symbols stand for some of them."""

    def __init__(
        self, problem: Problem, things: Mapping[str, Things], places: Mapping[Node, Node], largest: int
    ) -> None:
        """`places`: the values of the claim's symbols; `largest`: how many situations are worth exploring."""
        self.problem = problem
        self.largest = largest
        self.terms = problem.terms
        self.things = {sort: each.all for sort, each in things.items()}
        self.places = places
        self._expanded: dict[Node, Node] = {}
        self._amounts: dict[str, tuple[str, ...]] = {}

    # -------------------------------------------------------------- ground

    def keep_time(self) -> None:
        """Raise OutOfTime when there is no time left."""
        self.terms.keep_time()

    def ground(self, node: Node) -> Node:
        """The formula over the instance's things: symbols replaced, quantifiers written out."""
        return self._expand(self.terms.substitute(node, self.places))

    def _expand(self, node: Node) -> Node:
        found = self._expanded.get(node)
        if found is None:
            self.keep_time()
            if node.operator == "exists":
                body = node.arguments[0]
                choices = [self.things[symbol.sort.name] for symbol in node.bound]
                parts = [
                    self._expand(self.terms.substitute(body, dict(zip(node.bound, chosen, strict=True))))
                    for chosen in tuples(groups(self.terms, node.bound, body), choices)
                ]
                found = self.terms.or_(*parts)
            elif node.arguments:
                arguments = tuple(self._expand(each) for each in node.arguments)
                found = node if arguments == node.arguments else self.terms.rebuild(node, arguments)
                found = self._flat(found)
            else:
                found = node
            self._keep_numbers(found)
            self._expanded[node] = found
        return found

    # ------------------------------------------------------------- numbers

    def amounts(self, sort: Sort) -> tuple[str, ...]:
        """The values of a quantity that are tried: those that are written, and next to these. They stand for
        all as long as numbers are compared with no others, which `_keep_numbers` sees to.
        """
        if sort.name not in self._amounts:
            claim = self.problem.claim
            parts = (claim.statement, claim.where, claim.premises)
            models = self.problem.system.models
            written = (each for model in models for each in thresholds(model, sort, *parts))
            self._amounts[sort.name] = tuple(map(str, around(sort, written)))
        return self._amounts[sort.name]

    def _keep_numbers(self, node: Node) -> None:
        """Raise TooLarge if the values that are tried do not stand for all others there."""
        match node.operator:
            case "sum" | "quotient" | "months" | "working" | "counted" | "holidays":
                raise TooLarge("numbers are added, or compared with each other")
            case "at_most":
                bound = constant(node)
                near, sort = (bound, bound + 1), node.arguments[0].sort
            case "equal" if node.arguments[0].sort.is_quantity:
                values = [each for each in node.arguments if each.operator == "value"]
                if not values:
                    raise TooLarge("numbers are added, or compared with each other")
                near, sort = (int(values[0].name),) * 2, values[0].sort
            case "value" if node.sort.is_quantity:
                near, sort = (int(node.name),) * 2, node.sort
            case _:
                return
        if not {str(each) for each in near} <= set(self.amounts(sort)):
            raise TooLarge("numbers are compared with others than those that are written")

    def _flat(self, node: Node) -> Node:
        """A function of a function's value becomes a choice among the values."""
        for place, argument in enumerate(node.arguments if node.operator == "apply" else ()):
            if argument.operator == "ite":
                condition, *ways = argument.arguments
                before, after = node.arguments[:place], node.arguments[place + 1 :]
                yes, no = (
                    self._flat(self.terms.apply(node.name, (*before, way, *after), node.sort)) for way in ways
                )
                return self.terms.ite(condition, yes, no)
            if argument.operator != "apply":
                continue
            values = (
                [self.terms.value(v, argument.sort) for v in argument.sort.values]
                if argument.sort.is_enum
                else list(self.things[argument.sort.name])
            )
            result: Node | None = None
            for value in reversed(values):
                arguments = (*node.arguments[:place], value, *node.arguments[place + 1 :])
                here = self._flat(self.terms.apply(node.name, arguments, node.sort))
                is_value = self.terms.equal(argument, value)
                result = here if result is None else self.terms.ite(is_value, here, result)
            assert result is not None
            return result
        return node

    def choices(
        self,
        nodes: tuple[Node, ...],
        known: Mapping[Node, Node] | None = None,
        among: frozenset[Node] | None = None,
    ) -> Iterator[tuple[Mapping[Node, Node], tuple[Node, ...]]]:
        """The ground nodes for every choice of their free symbols, with the choice. The first node is a
        condition; choices that make it false are left out. Of values that the nodes do not distinguish, one
        is tried. `known`: values that are substituted for ground terms as soon as these appear; `among`: the
        symbols to choose, if not all.
        """
        none: Mapping[Node, Node] = {}
        stack, tried = [(none, nodes)], 0
        while stack:
            self.keep_time()
            chosen, current = stack.pop()
            if current[0] is self.terms.false:
                continue
            tried += 1
            if tried > CHOICES:
                raise TooLarge(f"more than {CHOICES} choices")
            symbol = self._next_symbol(current, among)
            if symbol is None:
                yield chosen, current
                continue
            for value in self._choices(symbol, current):
                done: dict[Node, Node] = {symbol: value}
                ground = tuple(self._expand(self.terms.substitute(each, done)) for each in current)
                if known:
                    ground = tuple(self.terms.substitute(each, known) for each in ground)
                stack.append(({**chosen, symbol: value}, ground))

    def _next_symbol(self, nodes: tuple[Node, ...], among: frozenset[Node] | None) -> Node | None:
        """The next symbol to choose: enums first, because they decide most."""
        symbols = {each for each in subterms(nodes) if each.operator == "symbol"}
        symbols = symbols if among is None else symbols & among
        return min(symbols, key=lambda each: (each.sort.has_things, each.order), default=None)

    def _choices(self, symbol: Node, nodes: tuple[Node, ...]) -> Iterable[Node]:
        if symbol.sort == FACT:
            return (self.terms.true, self.terms.false)
        if symbol.sort.has_things:
            return self.things[symbol.sort.name]
        if symbol.sort.is_quantity:
            return (self.terms.value(each, symbol.sort) for each in self.amounts(symbol.sort))
        return (self.terms.value(v, symbol.sort) for v in _values_apart(symbol, nodes))

    # -------------------------------------------------------------- digits

    def digits(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """The ground terms that the nodes read; a presence predicate counts as its value."""
        found: dict[Node, None] = {}
        for node in subterms(nodes):
            if node.operator == "apply":
                found[self.value_of(node) if is_presence(node) else node] = None
        return tuple(found)

    def rigid(self, plan: Plan) -> tuple[Node, ...]:
        """The digits that never change."""
        functions = self.problem.system.model.functions
        return tuple(each for each in plan.digits if not functions[each.name].state)

    def configurations(self, plan: Plan, rigid: tuple[Node, ...] | None = None) -> Iterator[Plan]:
        """The plan for every combination of values of what never changes, or of the digits in `rigid`; equal
        plans come once.
        """
        rigid = self.rigid(plan) if rigid is None else rigid
        nodes = plan.nodes
        choices = [self._domain(each, nodes) for each in rigid]
        seen: set[tuple[Node, ...]] = set()
        for values in itertools.product(*choices):
            self.keep_time()
            known = dict(pair for t, v in zip(rigid, values, strict=True) for pair in self.fixed(t, v))
            others = {**plan.others, **dict(zip(rigid, values, strict=True))}
            found = self._restricted(replace(plan, others=others), known)
            if found.axioms is not self.terms.false and found.nodes not in seen:
                seen.add(found.nodes)
                yield found

    def fixed(self, term: Node, value: str | bool | None) -> Iterator[tuple[Node, Node]]:
        """What to substitute for the term, and for its presence, when it has the value. A term without a
        value gets any value: it is read only where that makes no difference.
        """
        function = self.problem.system.model.functions[term.name]
        if isinstance(value, bool):
            yield term, self.terms.true if value else self.terms.false
            return
        if function.optional:
            there = self.terms.false if value is None else self.terms.true
            yield self.terms.apply(term.name + PRESENCE, term.arguments, FACT), there
        sort = term.sort
        if sort.is_quantity:
            yield term, self.terms.value("0" if value is None else value, sort)
        elif sort.is_enum:
            yield term, self.terms.value(sort.values[0] if value is None else value, sort)
        else:
            yield term, self.things[sort.name][0] if value is None else self.terms.constant(value, sort)

    def _restricted(self, plan: Plan, known: dict[Node, Node]) -> Plan:
        """The plan with the known values substituted, and without steps that cannot be taken."""

        def put(node: Node) -> Node:
            return self.terms.substitute(node, known)

        moves = tuple(
            tuple(
                replace(move, guard=guard, writes={t: (put(p), put(v)) for t, (p, v) in move.writes.items()})
                for move in kind
                if (guard := put(move.guard)) is not self.terms.false
            )
            for kind in plan.moves
        )
        digits = tuple(each for each in plan.digits if each not in plan.others)
        goals = tuple(put(each) for each in plan.goals)
        axioms, start = put(plan.axioms), put(plan.start)
        return replace(plan, goals=goals, axioms=axioms, start=start, moves=moves, digits=digits)

    def space(self, plan: Plan) -> Space:
        """The situations distinguished by the plan's digits, each digit restricted by the axioms about it
        alone.
        """
        axioms = plan.axioms.arguments if plan.axioms.operator == "and" else (plan.axioms,)
        return self.space_of(plan.digits, plan.nodes, axioms)

    def space_of(
        self, digits: Iterable[Node], nodes: tuple[Node, ...], axioms: tuple[Node, ...] = ()
    ) -> Space:
        """The situations distinguished by the digits, as far as the nodes read them. Raises TooLarge."""
        domains = self.domains(digits, nodes, axioms)
        size = math.prod(map(len, domains.values()))
        if size > self.largest:
            raise TooLarge(f"{size} situations")
        return Space(domains)

    def domains(
        self, digits: Iterable[Node], nodes: tuple[Node, ...], axioms: Iterable[Node]
    ) -> dict[Node, tuple[str | bool | None, ...]]:
        """The values of each digit, as far as the nodes distinguish them and the axioms about this digit
        alone allow them.
        """
        domains = {each: self._domain(each, nodes) for each in digits}
        for conjunct in axioms:
            self._narrow(domains, conjunct)
        return domains

    def value_of(self, presence: Node) -> Node:
        """The value whose presence the predicate states."""
        name = presence.name.removesuffix(PRESENCE)
        function = self.problem.system.model.functions[name]
        return self.terms.apply(name, presence.arguments, function.result)

    def _narrow(self, domains: dict[Node, tuple[str | bool | None, ...]], axiom: Node) -> None:
        """Remove the values that the axiom excludes, if it is about one digit alone."""
        read = self.digits((axiom,))
        if len(read) == 1 and read[0] in domains:
            (term,) = read
            alone = Space({term: domains[term]})
            holds = self.set_of(axiom, alone, {})
            domains[term] = tuple(v for v in domains[term] if holds & alone.where(term, v))

    def _domain(self, term: Node, formulas: tuple[Node, ...]) -> tuple[str | bool | None, ...]:
        function = self.problem.system.model.functions[term.name]
        if term.sort == FACT:
            return (False, True)
        values: tuple[str, ...]
        if term.sort.is_quantity:
            values = self.amounts(term.sort)
        elif term.sort.is_enum:
            values = term.sort.values if function.state else _values_apart(term, formulas)
        else:
            values = tuple(each.name for each in self.things[term.sort.name])
        return (None, *values) if function.optional else values

    # ----------------------------------------------------------------- sets

    def set_of(self, node: Node, space: Space, done: dict[Node, int]) -> int:
        """The situations in which the ground formula holds."""
        found = done.get(node)
        if found is None:
            self.keep_time()
            found = done[node] = self._set(node, space, done)
        return found

    def _set(self, node: Node, space: Space, done: dict[Node, int]) -> int:
        match node.operator:
            case "true":
                return space.everything
            case "false":
                return 0
            case "not":
                return space.everything & ~self.set_of(node.arguments[0], space, done)
            case "and":
                result = space.everything
                for each in node.arguments:
                    result &= self.set_of(each, space, done)
                    if not result:
                        break
                return result
            case "or":
                result = 0
                for each in node.arguments:
                    result |= self.set_of(each, space, done)
                return result
            case "member":
                values = self.values(node.arguments[0], space, done)
                return union(where for value, where in values.items() if value in node.values)
            case "at_most":
                numbers = self.values(node.arguments[0], space, done)
                low = (at for each, at in numbers.items() if _is_at_most(each, constant(node)))
                return union(low)
            case "equal":
                left, right = (self.values(each, space, done) for each in node.arguments)
                return union(where & right.get(value, 0) for value, where in left.items())
            case "apply":
                if is_presence(node):
                    return space.everything & ~space.where(self.value_of(node), None)
                return space.where(node, value=True)
            case _:
                raise AssertionError(node.operator)

    def values(self, node: Node, space: Space, done: dict[Node, int]) -> dict[str | bool | None, int]:
        """For each value, the situations in which the ground term has it."""
        match node.operator:
            case "value" | "constant":
                return {node.name: space.everything}
            case "ite":
                condition = self.set_of(node.arguments[0], space, done)
                yes = self.values(node.arguments[1], space, done)
                no = self.values(node.arguments[2], space, done)
                return {
                    v: (yes.get(v, 0) & condition) | (no.get(v, 0) & ~condition & space.everything)
                    for v in {**yes, **no}
                }
            case _:
                return {value: space.where(node, value) for value in space.digits[node].values}


def _values_apart(term: Node, formulas: Iterable[Node]) -> tuple[str, ...]:
    """One value for each group of the enum term's values that no formula distinguishes."""
    formulas = tuple(formulas)
    sets: list[frozenset[str]] = []
    if term in formulas:
        return term.sort.values
    for node in subterms(formulas):
        if node.operator == "member" and node.arguments[0] is term:
            sets.append(node.values)
        elif term in node.arguments and node.operator != "member":
            return term.sort.values
    return told_apart(term.sort.values, sets)


def _is_at_most(value: str | bool | None, bound: int) -> bool:
    return isinstance(value, str) and int(value) <= bound


def is_presence(node: Node) -> bool:
    """Whether the node states that an optional function has a value."""
    return node.operator == "apply" and node.name.endswith(PRESENCE)
