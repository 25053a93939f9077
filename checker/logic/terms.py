"""Hash-consed many-sorted terms and formulas, simplified as they are built.

One `Terms` builder makes the nodes of one problem: equal nodes are the same object, so comparison is
by identity. Enum-sorted terms are compared with `member` only (`x in {values}`), which lets conjunctions of
tests on one term fold. Nothing here knows of solvers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from typing import Literal

from checker.logic.linear import Linear
from checker.logic.node import ORDER, Label, Node, Operator, subterms
from checker.logic.occurring import Occurring
from checker.logic.order import Order
from checker.model.deadline import NEVER, OutOfTime
from checker.model.expressions import FACT, Sort
from checker.model.objects import Objects

OFTEN = 1 << 12  # new nodes between two looks at the clock


class Terms(Linear, Occurring):
    """Builds simplified nodes. Raises OutOfTime past the `deadline` or with too many nodes."""

    def __init__(self) -> None:
        Linear.__init__(self)
        Occurring.__init__(self)
        self.deadline, self.most = NEVER, math.inf
        self._table: dict[tuple[object, ...], Node] = {}
        self._order = Order()
        self._members: dict[tuple[Node, frozenset[str]], Node] = {}
        self._instances: dict[tuple[Node, tuple[Node, ...], tuple[Node, ...]], Node] = {}
        self.labels: dict[Node, Label] = {}
        self.parameters: dict[Node, str] = {}  # proposition that a parameter is carried -> its name
        self.objects = Objects()
        self.tabled: dict[tuple[int, tuple[Node, ...]], tuple[Node, Node | None]] = {}  # see `State.tabled`
        self.true = self._make("true", (), None, FACT)
        self.false = self._make("false", (), None, FACT)

    def _make(self, operator: Operator, arguments: tuple[Node, ...], data: object, sort: Sort) -> Node:
        key = (operator, arguments, data, sort.name)  # equal nodes are identical, so they hash as objects
        found = self._table.get(key)
        if found is None:
            if len(self._table) % OFTEN == 0:
                self.keep_time()
            said = tuple(map(ORDER, data)) if isinstance(data, tuple) else data
            place = self._order.place(operator, sort.name, said, tuple(map(ORDER, arguments)))
            found = Node(operator, arguments, data, sort, place)
            self._table[key] = found
        return found

    def __len__(self) -> int:
        return len(self._table)

    def keep_time(self) -> None:
        """Raise OutOfTime if the deadline has passed; called by work that makes few new nodes."""
        self.deadline.keep()
        if len(self._table) > self.most:
            raise OutOfTime

    def label(self, node: Node, name: str, source: str) -> Node:
        """Give the node a name if it has none, and return it."""
        if node.operator in ("and", "or", "exists", "ite"):
            self.labels.setdefault(node, Label(name, source))
        return node

    # ------------------------------------------------------------ terms

    def symbol(self, name: str, sort: Sort) -> Node:
        """A free variable; a proposition if `sort` is FACT."""
        return self._make("symbol", (), name, sort)

    def carried(self, prefix: str, parameter: str) -> Node:
        """The proposition that a step or request carries an optional parameter."""
        found = self.symbol(f"{prefix}.{parameter}?", FACT)
        self.parameters[found] = parameter
        return found

    def binder(self, name: str, sort: Sort) -> Node:
        """A symbol that is never free: quantifiers bind it."""
        found = self.symbol(name, sort)
        self._bound.add(found)
        return found

    def constant(self, name: str, sort: Sort) -> Node:
        """A named constant; different constants are unequal."""
        return self._make("constant", (), name, sort)

    def value(self, name: str, sort: Sort) -> Node:
        """A value of an enum, or a number."""
        return self._make("value", (), name, sort)

    def apply(self, function: str, arguments: tuple[Node, ...], sort: Sort) -> Node:
        """An applied function; choices between enum arguments move outwards."""
        for position, argument in enumerate(arguments):
            if argument.operator == "ite" and argument.sort.is_enum:
                condition, yes, no = argument.arguments
                before, after = arguments[:position], arguments[position + 1 :]
                return self.ite(
                    condition,
                    self.apply(function, (*before, yes, *after), sort),
                    self.apply(function, (*before, no, *after), sort),
                )
        return self._make("apply", arguments, function, sort)

    def ite(self, condition: Node, yes: Node, no: Node) -> Node:
        """If condition then yes else no, for terms and for formulas."""
        if condition is self.true or yes is no:
            return yes
        if condition is self.false:
            return no
        if yes.sort is FACT or yes.sort == FACT:
            return self.or_(self.and_(condition, yes), self.and_(self.not_(condition), no))
        if condition.operator == "not":
            return self._make("ite", (condition.arguments[0], no, yes), None, yes.sort)
        return self._make("ite", (condition, yes, no), None, yes.sort)

    # ------------------------------------------------------------ atoms

    def equal(self, left: Node, right: Node) -> Node:
        """The two terms are the same thing."""
        if left is right:
            return self.true
        if left.sort.is_enum:
            return self._equal_values(left, right)
        if left.sort.is_quantity:
            return self.same_number(left, right)
        if left.operator == "constant" and right.operator == "constant":
            return self.false
        for one, other in ((left, right), (right, left)):
            if one.operator == "ite":
                condition, yes, no = one.arguments
                return self.ite(condition, self.equal(yes, other), self.equal(no, other))
        if left.order > right.order:
            left, right = right, left
        return self._make("equal", (left, right), None, FACT)

    def _equal_values(self, left: Node, right: Node) -> Node:
        if right.operator == "value":
            return self.member(left, (right.name,))
        if left.operator == "value":
            return self.member(right, (left.name,))
        return self.or_(
            *(self.and_(self.member(left, (v,)), self.member(right, (v,))) for v in left.sort.values)
        )

    def member(self, term: Node, values: Iterable[str]) -> Node:
        """The enum term has one of the values."""
        chosen = frozenset(values)
        if term.operator == "value":
            return self.true if term.data in chosen else self.false
        if term.operator == "ite":
            key = (term, chosen)
            if key not in self._members:  # nested choices share their parts
                condition, *ways = term.arguments
                self._members[key] = self.ite(condition, *(self.member(each, chosen) for each in ways))
            return self._members[key]
        if not chosen:
            return self.false
        if len(chosen) == len(term.sort.values):
            return self.true
        return self._make("member", (term,), chosen, FACT)

    # ------------------------------------------------------ connectives

    def not_(self, body: Node) -> Node:
        if body is self.true:
            return self.false
        if body is self.false:
            return self.true
        if body.operator == "not":
            return body.arguments[0]
        if body.operator == "member":
            return self.member(body.arguments[0], frozenset(body.arguments[0].sort.values) - body.values)
        return self._make("not", (body,), None, FACT)

    def and_(self, *parts: Node) -> Node:
        return self._join("and", parts, self.true, self.false)

    def or_(self, *parts: Node) -> Node:
        return self._join("or", parts, self.false, self.true)

    def implies(self, premise: Node, conclusion: Node) -> Node:
        return self.or_(self.not_(premise), conclusion)

    def iff(self, left: Node, right: Node) -> Node:
        if left is right:
            return self.true
        return self.and_(self.implies(left, right), self.implies(right, left))

    def _join(self, operator: Literal["and", "or"], parts: Iterable[Node], unit: Node, zero: Node) -> Node:
        kept: dict[Node, None] = {}
        for part in parts:
            if part.operator == operator:
                kept.update(dict.fromkeys(part.arguments))
            elif part is zero:
                return zero
            elif part is not unit:
                kept[part] = None
        if len(kept) <= 1:
            return next(iter(kept), unit)
        tested: set[Node] = set()
        again = False  # some term is tested more than once
        for part in kept:
            kind = part.operator
            if kind == "member":
                term = part.arguments[0]
                again = again or term in tested
                tested.add(term)
            elif kind == "not" and part.arguments[0] in kept:
                return zero
        if again:
            return self._join(operator, self._folded(operator, kept), unit, zero)
        return self._make(operator, tuple(kept), None, FACT)

    def _folded(self, operator: Literal["and", "or"], parts: Iterable[Node]) -> list[Node]:
        """The parts, with the tests of each term merged into one."""
        rest: list[Node] = []
        values: dict[Node, frozenset[str]] = {}  # the merged tests of each term
        for part in parts:
            if part.operator == "member":
                term, own = part.arguments[0], part.values
                known = values.get(term, own)
                values[term] = own & known if operator == "and" else own | known
            else:
                rest.append(part)
        return [*rest, *itertools.starmap(self.member, values.items())]

    # ------------------------------------------------------ quantifiers

    def forall(self, bound: tuple[Node, ...], body: Node) -> Node:
        """For all things: written as a negated `exists`, and simplified as such."""
        return self.not_(self.exists(bound, self.not_(body)))

    def exists(self, bound: tuple[Node, ...], body: Node) -> Node:
        """For some things. Bound symbols that equal a term are replaced by it; parts without bound symbols
        move out.
        """
        while True:
            conjuncts = body.arguments if body.operator == "and" else (body,)
            point = self._point(bound, conjuncts)
            if point is None:
                break
            symbol, term = point
            bound = tuple(each for each in bound if each is not symbol)
            body = self.substitute(body, {symbol: term})
        speaking = [each for each in conjuncts if not self.symbols(each).isdisjoint(bound)]
        if not speaking:
            return body
        outside = (each for each in conjuncts if each not in speaking)
        used = tuple(b for b in bound if any(b in self.symbols(each) for each in speaking))
        self._bound.update(used)
        return self.and_(*outside, self._make("exists", (self.and_(*speaking),), used, FACT))

    def _point(self, bound: tuple[Node, ...], conjuncts: tuple[Node, ...]) -> tuple[Node, Node] | None:
        """A bound symbol, and a term without it that a conjunct equates it with."""
        for each in conjuncts:
            if each.operator == "equal":
                for symbol, term in itertools.permutations(each.arguments):
                    if symbol in bound and symbol not in self.symbols(term):
                        return symbol, term
        return None

    # ----------------------------------------------------- substitution

    def substitute(self, root: Node, replacement: Mapping[Node, Node]) -> Node:
        """`root` with nodes replaced (outermost first), rebuilt and so simplified again. Nothing is captured:
        bound symbols of `root` that are replaced, or occur in the replacements, are renamed.
        """
        if root.quantified:
            root = self._apart(root, replacement)
        done = dict(replacement)
        for node in self._touched(root, replacement, done):
            for each in node.arguments:
                if done[each] is not each:
                    done[node] = self.rebuild(node, tuple([done[each] for each in node.arguments]))
                    break
            else:
                done[node] = node
        return done[root]

    def _apart(self, root: Node, replacement: Mapping[Node, Node]) -> Node:
        """The node, with bound symbols renamed if they are among the replacement's symbols."""
        inside = self.binds(root)
        spoken = inside.intersection(replacement).union(
            *(inside & self.symbols(each) for each in replacement.values())
        )
        if not spoken:
            return root
        taken = self.symbols(root).union(replacement, *map(self.symbols, replacement.values()))
        others = {each: self._another(each, taken) for each in spoken}
        done: dict[Node, Node] = {}
        for node in subterms((root,)):
            arguments = tuple([done[each] for each in node.arguments])
            if node.operator == "exists" and not spoken.isdisjoint(node.bound):
                body = self.substitute(arguments[0], {each: others[each] for each in spoken & {*node.bound}})
                done[node] = self.exists(tuple([others.get(each, each) for each in node.bound]), body)
            else:
                done[node] = node if arguments == node.arguments else self.rebuild(node, arguments)
        return done[root]

    def _another(self, symbol: Node, taken: frozenset[Node]) -> Node:
        """A symbol to bind instead that is not taken."""
        while symbol in taken:
            symbol = self.binder(f"{symbol.name}'", symbol.sort)
        return symbol

    def instance(self, body: Node, bound: tuple[Node, ...], chosen: tuple[Node, ...]) -> Node:
        """The body with the chosen terms for the bound symbols, kept: one problem needs it many times."""
        key = (body, bound, chosen)
        if key not in self._instances:
            self._instances[key] = self.substitute(body, dict(zip(bound, chosen, strict=True)))
        return self._instances[key]

    def _touched(self, root: Node, replacement: Mapping[Node, Node], done: dict[Node, Node]) -> list[Node]:
        """The nodes that may have to be rebuilt, arguments first; all others are put into `done`."""
        symbols = {each for each in replacement if each.operator == "symbol"}
        only_symbols = len(symbols) == len(replacement)
        if only_symbols:
            self.symbols(root)  # and so of all nodes below it
        within = self._symbols
        touched: set[Node] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node in done or node in touched:
                continue
            if not node.arguments or (only_symbols and within[node].isdisjoint(symbols)):
                done[node] = node
            else:
                touched.add(node)
                stack += [each for each in node.arguments if each not in done and each not in touched]
        return sorted(touched, key=ORDER)

    def rebuild(self, node: Node, arguments: tuple[Node, ...]) -> Node:
        """The node's operator over other arguments."""
        match node.operator:
            case "apply":
                return self.apply(node.name, arguments, node.sort)
            case "equal":
                return self.equal(*arguments)
            case "member":
                return self.member(arguments[0], node.values)
            case "not":
                return self.not_(arguments[0])
            case "and":
                return self.and_(*arguments)
            case "or":
                return self.or_(*arguments)
            case "ite":
                return self.ite(*arguments)
            case "exists":
                return self.exists(node.bound, arguments[0])
            case "sum" | "quotient" | "at_most" | "months" | "working" | "counted" | "holidays":
                return self.rebuilt_number(node, arguments)
            case _:
                return node
