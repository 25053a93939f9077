"""One question as an SMT-LIB 2 script that other solvers, and people, can read.

Names are those of the spec. A node that occurs more than once or has a name in the law is defined once and
used by that name; quantifiers stay as they are. The text depends only on the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.logic.linear import constant, weights
from checker.logic.node import ORDER, Label, Node, subterms
from checker.logic.terms import Terms
from checker.model.expressions import FACT, Sort

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789~!@$%^&*_-+=<>.?/")
RESERVED = """
    ! _ as let exists forall match par BINARY DECIMAL HEXADECIMAL NUMERAL STRING Bool Int Real Array String
    true false not => and or xor = distinct ite select store is div mod abs to_int to_real bag set seq
"""
NEW_LINE = "\n    "
FEW = 3  # values of an enum that are tested one by one; larger sets get a name


@dataclass(frozen=True, slots=True)
class Part:
    """A conjunct of a question, and a description of it."""

    caption: str
    formula: Node


def script(heading: Iterable[str], parts: Iterable[Part], terms: Terms, named: Iterable[Node] = ()) -> str:
    """The script that asks whether the parts can hold together, expected to be unsatisfiable.

    `heading`: lines of comment. Nodes that have names in the law keep them. `named`: constants that stand for
    things in every situation, whether or not a part mentions them.
    """
    return _Writer(tuple(parts), terms.labels, tuple(named)).text(heading)


class _Writer:
    def __init__(
        self, parts: tuple[Part, ...], labels: Mapping[Node, Label], named: tuple[Node, ...]
    ) -> None:
        self.parts = parts
        self.labels = labels
        self.nodes = subterms((*(each.formula for each in parts), *named))
        bound = {symbol for node in self.nodes if node.operator == "exists" for symbol in node.bound}
        self._free = _free_in(self.nodes, bound)
        self._taken = set(RESERVED.split())
        self._names: dict[object, str] = {}
        self._name_sorts()
        self._name_functions(bound)
        self._defined = self._shared()
        self._sets: dict[tuple[str, frozenset[str]], str] = {}
        self._set_lines: list[str] = []

    # -------------------------------------------------------------- names

    def _name(self, key: object, wanted: str) -> str:
        """A unique symbol for the key."""
        quotable = wanted.replace("|", "/").replace("\\", "/")
        name, number = quotable, 1
        while name in self._taken:
            number += 1
            name = f"{quotable} ({number})"
        self._taken.add(name)
        plain = set(name) <= PLAIN and not name[0].isdigit()
        self._names[key] = name if plain else f"|{name}|"
        return self._names[key]

    def _name_sorts(self) -> None:
        spoken = {each.sort.name: each.sort for each in self.nodes if each.sort != FACT}
        self.numbers = any(each.is_quantity for each in spoken.values())
        sorts = {name: each for name, each in spoken.items() if not each.is_quantity}
        for node in self.nodes:
            if node.operator == "exists":
                sorts |= {each.sort.name: each.sort for each in node.bound if not each.sort.is_quantity}
        self.sorts = dict(sorted(sorts.items()))
        for sort in self.sorts.values():
            self._name(sort.name, sort.name)
        values = [value for sort in self.sorts.values() for value in sort.values]
        for sort in self.sorts.values():
            for value in sort.values:
                alone = values.count(value) == 1
                self._name((sort.name, value), value if alone else f"{sort.name} {value}")

    def _name_functions(self, bound: set[Node]) -> None:
        self.functions: dict[tuple[object, ...], Node] = {}
        for node in self.nodes:
            key = _function_key(node)
            if (
                node.operator in ("symbol", "constant", "apply", "months", "working", "counted", "holidays")
                and node not in bound
                and key not in self._names
            ):
                self.functions[key] = node
        for key, node in sorted(
            self.functions.items(), key=lambda pair: (len(pair[1].arguments) == 0, str(pair[0]))
        ):
            self._name(key, f"{'holidays' if node.operator == 'holidays' else ''}{node.data}")
        for symbol in sorted(bound, key=ORDER):
            self._name(symbol, symbol.name)

    def _shared(self) -> dict[Node, str]:
        """The nodes that get a definition: those with a label, and those that would be written more than
        once.
        """
        uses: dict[Node, int] = {}
        for node in self.nodes:
            for each in node.arguments:
                uses[each] = uses.get(each, 0) + 1
        for part in self.parts:
            uses[part.formula] = uses.get(part.formula, 0) + 1
        found = {}
        number = 0
        for node in self.nodes:
            if node.operator not in ("and", "or", "exists", "ite"):
                continue
            if node in self.labels:
                found[node] = self._name(("part", node), self.labels[node].name)
            elif uses[node] > 1:
                number += 1
                found[node] = self._name(("part", node), f"part {number}")
        return found

    # --------------------------------------------------------------- text

    def text(self, heading: Iterable[str]) -> str:
        definitions = [self._definition(node, name) for node, name in self._defined.items()]
        assertions = [line for part in self.parts for line in self._assertion(part)]
        lines = [
            *(f"; {line}".rstrip() for line in heading),
            f"(set-logic {'UFDTLIA' if self.numbers else 'UFDT'})",
            "(set-info :status unsat)",
            "",
            *self._declarations(),
            "",
            *self._set_lines,
            *definitions,
            "",
            *assertions,
            "(check-sat)",
        ]
        return "\n".join(lines) + "\n"

    def _declarations(self) -> Iterator[str]:
        for sort in self.sorts.values():
            name = self._names[sort.name]
            if sort.is_enum:
                values = " ".join(f"({self._names[sort.name, value]})" for value in sort.values)
                yield f"(declare-datatype {name} ({values}))"
            else:
                yield f"(declare-sort {name} 0)"
        for key, node in self.functions.items():
            sorts = " ".join(self._sort(each.sort) for each in node.arguments)
            yield f"(declare-fun {self._names[key]} ({sorts}) {self._sort(node.sort)})"
        constants: dict[str, list[str]] = {}
        for key, node in self.functions.items():
            if node.operator == "constant":
                constants.setdefault(node.sort.name, []).append(self._names[key])
        for names in constants.values():
            if len(names) > 1:
                yield f"(assert (distinct {' '.join(names)}))"

    def _sort(self, sort: Sort) -> str:
        if sort.is_quantity:
            return "Int"
        return "Bool" if sort == FACT else self._names[sort.name]

    def _definition(self, node: Node, name: str) -> str:
        bound = sorted(self._free[node], key=ORDER)
        given = " ".join(f"({self._names[each]} {self._sort(each.sort)})" for each in bound)
        label = self.labels.get(node)
        comment = f"; {label.source}\n" if label and label.source else ""
        return f"{comment}(define-fun {name} ({given}) {self._sort(node.sort)}\n  {self._in_lines(node)})"

    def _assertion(self, part: Part) -> Iterator[str]:
        yield f"; {part.caption}"
        formula = part.formula
        text = self._used(formula) if formula in self._defined else self._in_lines(formula)
        yield f"(assert {text})"

    def _in_lines(self, node: Node) -> str:
        """The node; if it is a list of parts, each on a line of its own."""
        if node.operator not in ("and", "or"):
            return self._written(node)
        return f"({node.operator}{''.join(f'{NEW_LINE}{self._used(each)}' for each in node.arguments)})"

    def _used(self, node: Node) -> str:
        """The node where it occurs: by its name if it has one."""
        name = self._defined.get(node)
        if name is None:
            return self._written(node)
        bound = sorted(self._free[node], key=ORDER)
        return f"({name} {' '.join(self._names[each] for each in bound)})" if bound else name

    def _written(self, node: Node) -> str:
        match node.operator:
            case "true" | "false":
                return node.operator
            case "value" if node.sort.is_quantity:
                return _numeral(int(node.name))
            case "sum":
                data = weights(node)
                parts = [*zip(data.coefficients, node.arguments, strict=True)]
                return self._sum(parts, data.constant)
            case "quotient":
                return f"(div {self._used(node.arguments[0])} {constant(node)})"
            case "at_most":
                return self._at_most(node)
            case "value":
                return self._names[node.sort.name, node.name]
            case "symbol" | "constant" | "apply" | "months" | "working" | "counted" | "holidays":
                name = self._names[node] if node in self._names else self._names[_function_key(node)]
                return self._applied(name, node.arguments)
            case "equal":
                return self._applied("=", node.arguments)
            case "member":
                return self._member(node)
            case "exists":
                given = " ".join(f"({self._names[each]} {self._sort(each.sort)})" for each in node.bound)
                return f"(exists ({given}) {self._used(node.arguments[0])})"
            case _:
                return self._applied(node.operator, node.arguments)

    def _sum(self, parts: list[tuple[int, Node]], constant: int) -> str:
        """A sum, written without a coefficient of one and without a constant of zero."""
        said = [
            self._used(each) if times == 1 else f"(* {_numeral(times)} {self._used(each)})"
            for times, each in parts
        ]
        said += [_numeral(constant)] if constant or not said else []
        return said[0] if len(said) == 1 else f"(+ {' '.join(said)})"

    def _at_most(self, node: Node) -> str:
        """A comparison; what would have a negative coefficient is on the right."""
        (number,), right = node.arguments, constant(node)
        if number.operator != "sum":
            return f"(<= {self._used(number)} {_numeral(right)})"
        parts = [*zip(weights(number).coefficients, number.arguments, strict=True)]
        left = self._sum([pair for pair in parts if pair[0] > 0], 0)
        return f"(<= {left} {self._sum([(-times, each) for times, each in parts if times < 0], right)})"

    def _applied(self, name: str, arguments: tuple[Node, ...]) -> str:
        return f"({name} {' '.join(map(self._used, arguments))})" if arguments else name

    def _member(self, node: Node) -> str:
        sort, term = node.arguments[0].sort, self._used(node.arguments[0])
        inside = [each for each in sort.values if each in node.values]
        outside = [each for each in sort.values if each not in node.values]
        if len(inside) <= FEW:
            return self._one_of(sort, term, inside)
        if len(outside) <= FEW:
            return f"(not {self._one_of(sort, term, outside)})"
        key = (sort.name, node.values)
        if key not in self._sets:
            number = 1 + sum(1 for name, _ in self._sets if name == sort.name)
            name = self._sets[key] = self._name(("set", key), f"{sort.name} set {number}")
            fewer = inside if len(inside) <= len(outside) else outside
            test = self._one_of(sort, "x", fewer)
            test = test if fewer is inside else f"(not {test})"
            self._set_lines.append(f"(define-fun {name} ((x {self._sort(sort)})) Bool {test})")
        return f"({self._sets[key]} {term})"

    def _one_of(self, sort: Sort, term: str, values: list[str]) -> str:
        tests = [f"(= {term} {self._names[sort.name, value]})" for value in values]
        return tests[0] if len(tests) == 1 else f"(or {' '.join(tests)})"


def _numeral(number: int) -> str:
    return str(number) if number >= 0 else f"(- {-number})"


def _function_key(node: Node) -> tuple[object, ...]:
    return (
        node.data,
        node.operator in ("apply", "holidays"),
        node.sort.name,
        *(each.sort.name for each in node.arguments),
    )


def _free_in(nodes: list[Node], bound: set[Node]) -> dict[Node, frozenset[Node]]:
    """The symbols that a quantifier further out binds, for every node."""
    free: dict[Node, frozenset[Node]] = {}
    for node in nodes:
        own = frozenset({node}) if node in bound else frozenset[Node]()
        found = own.union(*(free[each] for each in node.arguments))
        free[node] = found.difference(node.bound) if node.operator == "exists" else found
    return free
