"""Nodes as Z3's own terms, through its C interface: a law makes many small ones."""

from __future__ import annotations

from collections.abc import Sequence

import z3

from checker.logic.node import Node, subterms
from checker.model.expressions import FACT, Sort

_NO_PATTERNS = (z3.Pattern * 0)()


def _lasting() -> z3.Context:
    """A context in which every term lives as long as the context, so no references need be counted."""
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
    """Builds each node once. Enum values are bit vectors, uninterpreted sorts Z3's own."""

    def __init__(self) -> None:
        self.context = _lasting()  # a new one: earlier questions must not influence an answer
        self._ref = self.context.ref()
        self._sorts: dict[str, z3.SortRef] = {}
        self._asts: dict[Node, z3.Ast] = {}
        self._bounds: dict[Node, z3.Ast] = {}
        self._numbers: dict[tuple[str, int], z3.Ast] = {}
        self._functions: dict[tuple[str, ...], z3.FuncDeclRef] = {}

    def __call__(self, root: Node) -> z3.Ast:
        """The node as a term of Z3, which lives as long as the translator."""
        found = self._asts.get(root)
        return self.all((root,))[0] if found is None else found

    def all(self, roots: Sequence[Node]) -> list[z3.Ast]:
        """The nodes as terms of Z3."""
        asts = self._asts
        for node in subterms(roots, asts):
            asts[node] = self._build(node, [asts[each] for each in node.arguments])
        return [asts[each] for each in roots]

    def _sort(self, sort: Sort) -> z3.SortRef:
        found = self._sorts.get(sort.name)
        if found is None:
            if sort == FACT:
                found = z3.BoolSort(self.context)
            elif sort.is_enum:
                found = z3.BitVecSort(max(1, (len(sort.values) - 1).bit_length()), self.context)
            else:
                found = z3.DeclareSort(sort.name, self.context)
            self._sorts[sort.name] = found
        return found

    def _build(self, node: Node, arguments: list[z3.Ast]) -> z3.Ast:
        ref = self._ref
        match node.operator:
            case "true":
                return z3.Z3_mk_true(ref)
            case "false":
                return z3.Z3_mk_false(ref)
            case "symbol" | "constant":
                return self._apply(node, arguments)
            case "value":
                return self._number(node.sort, node.sort.values.index(node.name))
            case "apply":
                return self._apply(node, arguments)
            case "equal":
                return z3.Z3_mk_eq(ref, arguments[0], arguments[1])
            case "member":
                return self._member(node, arguments[0])
            case "not":
                return z3.Z3_mk_not(ref, arguments[0])
            case "and":
                return z3.Z3_mk_and(ref, len(arguments), _array(arguments))
            case "or":
                return z3.Z3_mk_or(ref, len(arguments), _array(arguments))
            case "ite":
                return z3.Z3_mk_ite(ref, *arguments)
            case "exists":
                return self._exists(node, arguments[0])
            case _:
                raise AssertionError(node.operator)

    def _apply(self, node: Node, arguments: list[z3.Ast]) -> z3.Ast:
        key = (node.name, node.sort.name, *(each.sort.name for each in node.arguments))
        function = self._functions.get(key)
        if function is None:
            sorts = [self._sort(each.sort) for each in node.arguments]
            function = z3.Function(node.name, *sorts, self._sort(node.sort))
            self._functions[key] = function
        return z3.Z3_mk_app(self._ref, function.ast, len(arguments), _array(arguments))

    def _exists(self, node: Node, body: z3.Ast) -> z3.Ast:
        """The existential, with bounds for enums that have fewer values than their bit vectors."""
        within = [self.within(each) for each in node.bound if is_roomy(each.sort)]
        whole = z3.Z3_mk_and(self._ref, 1 + len(within), _array([body, *within]))
        return z3.Z3_mk_exists_const(
            self._ref, 0, len(node.bound), _array([self(each) for each in node.bound]), 0, _NO_PATTERNS, whole
        )

    def within_everywhere(self, node: Node) -> z3.Ast:
        """For all arguments, the value of the function that the node applies is one of its sort's values."""
        arguments = [
            z3.Const(f"argument {place}", self._sort(each.sort)) for place, each in enumerate(node.arguments)
        ]
        given = [each.ast for each in arguments]
        body = self._within(self._apply(node, given), node.sort)
        if not given:
            return body
        return z3.Z3_mk_forall_const(self._ref, 0, len(given), _array(given), 0, _NO_PATTERNS, body)

    def _number(self, sort: Sort, number: int) -> z3.Ast:
        key = (sort.name, number)
        found = self._numbers.get(key)
        if found is None:
            found = z3.Z3_mk_unsigned_int(self._ref, number, self._sort(sort).ast)
            self._numbers[key] = found
        return found

    def _member(self, node: Node, term: z3.Ast) -> z3.Ast:
        """A membership test with few comparisons: runs of neighbouring values become ranges."""
        sort = node.arguments[0].sort
        runs: list[list[int]] = []
        for number in (number for number, name in enumerate(sort.values) if name in node.values):
            if runs and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        tests = [self._run(sort, term, low, high) for low, high in runs]
        return tests[0] if len(tests) == 1 else z3.Z3_mk_or(self._ref, len(tests), _array(tests))

    def _run(self, sort: Sort, term: z3.Ast, low: int, high: int) -> z3.Ast:
        if low == high:
            return z3.Z3_mk_eq(self._ref, term, self._number(sort, low))
        ends = []
        if low > 0:
            ends.append(z3.Z3_mk_bvuge(self._ref, term, self._number(sort, low)))
        if high < len(sort.values) - 1:  # bit vectors that are no value are ruled out elsewhere
            ends.append(z3.Z3_mk_bvule(self._ref, term, self._number(sort, high)))
        return ends[0] if len(ends) == 1 else z3.Z3_mk_and(self._ref, 2, _array(ends))

    def within(self, node: Node) -> z3.Ast:
        """The enum term is one of its sort's values; needed if bit vectors have room for more."""
        found = self._bounds.get(node)
        if found is None:
            found = self._bounds[node] = self._within(self(node), node.sort)
        return found

    def _within(self, value: z3.Ast, sort: Sort) -> z3.Ast:
        last = self._number(sort, len(sort.values) - 1)
        return z3.Z3_mk_bvule(self._ref, value, last)

    def distinct(self, nodes: list[Node]) -> z3.Ast:
        """No two of the terms are the same thing."""
        return z3.Z3_mk_distinct(self._ref, len(nodes), _array([self(each) for each in nodes]))


def is_roomy(sort: Sort) -> bool:
    """Whether the sort is an enum with fewer values than its bit vectors."""
    count = len(sort.values)
    return sort.is_enum and count & (count - 1) != 0


def _array(asts: list[z3.Ast]) -> z3.Array:
    return (z3.Ast * len(asts))(*asts)
