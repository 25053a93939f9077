"""Nodes as Z3's own terms, through its C interface: a law makes many small ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import z3

from checker.logic import z3_calls as calls
from checker.logic.linear import constant, weights
from checker.logic.node import Node, subterms
from checker.logic.z3_calls import Ast, array
from checker.model.expressions import FACT, Sort

_NO_PATTERNS = array(())


def _lasting() -> z3.Context:
    """A context in which every term lives as long as the context, so no references need be counted."""
    calls.keep_memory()
    context = z3.Context.__new__(z3.Context)  # its constructor would count references
    settings = z3.Z3_mk_config()
    context.ctx = z3.Z3_mk_context(settings)
    context.owner = True
    context.eh = z3.Z3_set_error_handler(
        context.ctx, lambda _context, _code: None
    )  # the Python API checks the code
    z3.Z3_del_config(settings)
    return context


class Translator:
    """Builds each node once. Enum values are bit vectors, quantities integers, uninterpreted
    sorts Z3's own.
    """

    def __init__(self) -> None:
        self.context = _lasting()  # a new one: earlier questions must not influence an answer
        self._ref: int = self.context.ref().value
        self._sorts: dict[str, z3.SortRef] = {}
        self._asts: dict[Node, Ast] = {}
        self._bounds: dict[Node, Ast] = {}
        self._integers: dict[int, Ast] = {}
        self._numbers: dict[tuple[str, int], Ast] = {}
        self._functions: dict[tuple[str, ...], int] = {}
        self._known_runs: dict[tuple[str, frozenset[str]], list[list[int]]] = {}

    def __call__(self, root: Node) -> Ast:
        """The node as a term of Z3, which lives as long as the translator."""
        found = self._asts.get(root)
        return self.all((root,))[0] if found is None else found

    def all(self, roots: Sequence[Node]) -> list[Ast]:
        """The nodes as terms of Z3."""
        self.build(subterms(roots, self._asts))
        return [self._asts[each] for each in roots]

    def build(self, nodes: Iterable[Node]) -> None:
        """Make terms of all the nodes, each of which comes after its arguments."""
        asts = self._asts
        for node in nodes:
            if node not in asts:
                made = self._made(node, [asts[each] for each in node.arguments])
                if made is None:
                    raise z3.Z3Exception(f"Z3 has no term for {node!r}")
                asts[node] = made

    def _sort(self, sort: Sort) -> z3.SortRef:
        found = self._sorts.get(sort.name)
        if found is None:
            if sort == FACT:
                found = z3.BoolSort(self.context)
            elif sort.is_quantity:
                found = z3.IntSort(self.context)
            elif sort.is_enum:
                found = z3.BitVecSort(max(1, (len(sort.values) - 1).bit_length()), self.context)
            else:
                found = z3.DeclareSort(sort.name, self.context)
            self._sorts[sort.name] = found
        return found

    def _made(self, node: Node, arguments: list[Ast]) -> Ast | None:
        ref, made = self._ref, None
        match node.operator:
            case "member":
                return self._member(node, arguments[0])
            case "and":
                made = calls.MK_AND(ref, len(arguments), array(arguments))
            case "or":
                made = calls.MK_OR(ref, len(arguments), array(arguments))
            case "not":
                made = calls.MK_NOT(ref, arguments[0])
            case "symbol" | "constant" | "apply" | "months" | "working" | "counted" | "holidays":
                return self._apply(node, arguments)
            case "equal":
                made = calls.MK_EQ(ref, arguments[0], arguments[1])
            case "value" if node.sort.is_quantity:
                return self._integer(int(node.name))
            case "sum":
                return self._sum(node, arguments)
            case "quotient":
                made = calls.MK_QUOTIENT(ref, arguments[0], self._integer(constant(node)))
            case "at_most":
                made = calls.MK_NO_MORE(ref, arguments[0], self._integer(constant(node)))
            case "value":
                return self._number(node.sort, node.sort.values.index(node.name))
            case "ite":
                made = calls.MK_ITE(ref, *arguments)
            case "exists":
                return self._exists(node, arguments[0])
            case "true":
                made = calls.MK_TRUE(ref)
            case "false":
                made = calls.MK_FALSE(ref)
            case _:
                assert_never(node.operator)
        return made

    def _apply(self, node: Node, arguments: list[Ast]) -> Ast:
        match node.operator:
            case "months":
                name = str(node.data)
            case "working" | "counted" | "holidays":
                name = f"{node.operator} {node.data!r}"  # calendars of one name need not be the same
            case _:
                name = node.name
        key = (name, node.sort.name, *(each.sort.name for each in node.arguments))
        function = self._functions.get(key)
        if function is None:
            sorts = [self._sort(each.sort) for each in node.arguments]
            made = z3.Function(name, *sorts, self._sort(node.sort))
            function = self._functions[key] = made.ast.value
        return calls.MK_APP(self._ref, function, len(arguments), array(arguments))

    def _exists(self, node: Node, body: Ast) -> Ast:
        """The existential, with bounds for enums that have fewer values than their bit vectors."""
        within = [self.within(each) for each in node.bound if is_roomy(each.sort)]
        whole = calls.MK_AND(self._ref, 1 + len(within), array([body, *within]))
        bound = array([self(each) for each in node.bound])
        return calls.MK_EXISTS(self._ref, 0, len(bound), bound, 0, _NO_PATTERNS, whole)

    def within_everywhere(self, node: Node) -> Ast:
        """For all arguments, the value of the function that the node applies is one of its sort's values."""
        arguments = [
            z3.Const(f"argument {place}", self._sort(each.sort)) for place, each in enumerate(node.arguments)
        ]
        given = [each.as_ast().value for each in arguments]
        body = self._within(self._apply(node, given), node.sort)
        if not given:
            return body
        return calls.MK_FORALL(self._ref, 0, len(given), array(given), 0, _NO_PATTERNS, body)

    def _integer(self, number: int) -> Ast:
        found = self._integers.get(number)
        if found is None:
            found = self._integers[number] = z3.IntVal(number, self.context).as_ast().value
        return found

    def _sum(self, node: Node, arguments: list[Ast]) -> Ast | None:
        data, ref = weights(node), self._ref
        parts = [
            each if times == 1 else calls.MK_PRODUCT(ref, 2, array((self._integer(times), each)))
            for times, each in zip(data.coefficients, arguments, strict=True)
        ]
        parts += [self._integer(data.constant)] if data.constant else []
        return parts[0] if len(parts) == 1 else calls.MK_SUM(ref, len(parts), array(parts))

    def _number(self, sort: Sort, number: int) -> Ast:
        key = (sort.name, number)
        found = self._numbers.get(key)
        if found is None:
            found = calls.MK_NUMBER(self._ref, number, self._sort(sort).ast.value)
            self._numbers[key] = found
        return found

    def _member(self, node: Node, term: Ast) -> Ast:
        """A membership test with few comparisons: runs of neighbouring values become ranges."""
        sort = node.arguments[0].sort
        tests = [self._run(sort, term, low, high) for low, high in self._runs(sort, node.values)]
        return tests[0] if len(tests) == 1 else calls.MK_OR(self._ref, len(tests), array(tests))

    def _runs(self, sort: Sort, values: frozenset[str]) -> list[list[int]]:
        """The first and the last number of each run of neighbouring values."""
        key = (sort.name, values)
        if key in self._known_runs:
            return self._known_runs[key]
        runs: list[list[int]] = []
        for number in (number for number, name in enumerate(sort.values) if name in values):
            if runs and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        self._known_runs[key] = runs
        return runs

    def _run(self, sort: Sort, term: Ast, low: int, high: int) -> Ast:
        if low == high:
            return calls.MK_EQ(self._ref, term, self._number(sort, low))
        ends = []
        if low > 0:
            ends.append(calls.MK_AT_LEAST(self._ref, term, self._number(sort, low)))
        if high < len(sort.values) - 1:  # bit vectors that are no value are ruled out elsewhere
            ends.append(calls.MK_AT_MOST(self._ref, term, self._number(sort, high)))
        return ends[0] if len(ends) == 1 else calls.MK_AND(self._ref, 2, array(ends))

    def within(self, node: Node) -> Ast:
        """The enum term is one of its sort's values; needed if bit vectors have room for more."""
        found = self._bounds.get(node)
        if found is None:
            found = self._bounds[node] = self._within(self(node), node.sort)
        return found

    def _within(self, value: Ast, sort: Sort) -> Ast:
        last = self._number(sort, len(sort.values) - 1)
        return calls.MK_AT_MOST(self._ref, value, last)

    def distinct(self, nodes: list[Node]) -> Ast:
        """No two of the terms are the same thing."""
        return calls.MK_DISTINCT(self._ref, len(nodes), array([self(each) for each in nodes]))


def is_roomy(sort: Sort) -> bool:
    """Whether the sort is an enum with fewer values than its bit vectors."""
    count = len(sort.values)
    return sort.is_enum and count & (count - 1) != 0
