"""The only module that speaks to Z3: satisfiability of ground formulas, and models read back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import z3

from checker.logic.ground import Grounder
from checker.logic.terms import Node, Terms, subterms
from checker.model.expressions import FACT, Sort


@dataclass(frozen=True, slots=True)
class Satisfied:
    """The formulas can hold together: the value of every ground term that occurs in them.

    Things of uninterpreted sorts are named by strings; two terms have the same name iff they are equal.
    """

    values: Mapping[Node, str | bool]


@dataclass(frozen=True, slots=True)
class Unsatisfiable:
    """The formulas cannot hold together."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The solver gave up; `reason` is its own word."""

    reason: str


Answer = Satisfied | Unsatisfiable | Unknown


class Solver:
    """Answers questions about one problem's terms. `deadline` is on the monotonic clock."""

    def __init__(self, terms: Terms, seed: int = 0, deadline: float = float("inf")) -> None:
        self.terms = terms
        self.seed = seed
        self.deadline = deadline
        self.questions = 0
        self.seconds = 0.0
        self._context = z3.main_ctx()
        self._sorts: dict[str, z3.SortRef] = {}
        self._values: dict[tuple[str, str], z3.ExprRef] = {}
        self._nodes: dict[Node, z3.ExprRef] = {}

    def ask(self, formulas: Iterable[Node]) -> Answer:
        """Whether the formulas can hold together, for some number of things of every sort."""
        parts = self.terms.propagate(Grounder(self.terms).ground(formulas))
        if any(each is self.terms.false for each in parts):
            return Unsatisfiable()
        remaining = self.deadline - time.monotonic()
        if remaining <= 0:
            return Unknown("the time budget is spent")
        started = time.perf_counter()
        solver = z3.SimpleSolver()
        solver.set("random_seed", self.seed)
        if remaining != float("inf"):
            solver.set("timeout", max(1, int(remaining * 1000)))
        for each in parts:
            self._translate(each)
        solver.add(z3.And(*(self._nodes[each] for each in parts), *self._distinct(parts)))
        verdict = solver.check()
        self.questions += 1
        answer = self._answer(solver, verdict, parts)
        self.seconds += time.perf_counter() - started
        return answer

    def _answer(self, solver: z3.Solver, verdict: z3.CheckSatResult, parts: tuple[Node, ...]) -> Answer:
        if verdict == z3.unsat:
            return Unsatisfiable()
        if verdict == z3.sat:
            return self._read(solver.model(), parts)
        reason = solver.reason_unknown()
        return Unknown("the time budget is spent" if reason in ("timeout", "canceled") else reason)

    # -------------------------------------------------------- translation

    def _sort(self, sort: Sort) -> z3.SortRef:
        found = self._sorts.get(sort.name)
        if found is None:
            if sort == FACT:
                found = z3.BoolSort()
            elif sort.is_enum:
                found = z3.BitVecSort(max(1, (len(sort.values) - 1).bit_length()))
                for number, name in enumerate(sort.values):
                    self._values[sort.name, name] = z3.BitVecVal(number, found)
            else:
                found = z3.DeclareSort(sort.name)
            self._sorts[sort.name] = found
        return found

    def _translate(self, root: Node) -> z3.ExprRef:
        for node in subterms((root,)):
            if node not in self._nodes:
                self._nodes[node] = self._build(node, [self._nodes[each] for each in node.arguments])
        return self._nodes[root]

    def _build(self, node: Node, arguments: list[z3.ExprRef]) -> z3.ExprRef:
        match node.operator:
            case "true" | "false":
                return z3.BoolVal(node.operator == "true")
            case "symbol" | "constant":
                return z3.Const(node.name, self._sort(node.sort))
            case "value":
                self._sort(node.sort)
                return self._values[node.sort.name, node.name]
            case "apply":
                sorts = [self._sort(each.sort) for each in node.arguments]
                if not sorts:
                    return z3.Const(node.name, self._sort(node.sort))
                return z3.Function(node.name, *sorts, self._sort(node.sort))(*arguments)
            case "equal":
                return arguments[0] == arguments[1]
            case "member":
                return self._member(node, arguments[0])
            case "not":
                return z3.Not(arguments[0])
            case "and":
                return z3.And(*arguments)
            case "or":
                return z3.Or(*arguments)
            case "ite":
                return z3.If(*arguments)
            case _:
                raise AssertionError(node.operator)

    def _member(self, node: Node, term: z3.ExprRef) -> z3.ExprRef:
        """As few comparisons as possible: runs of neighbouring values become ranges."""
        sort = node.arguments[0].sort
        self._sort(sort)
        chosen = [number for number, name in enumerate(sort.values) if name in node.values]
        runs: list[list[int]] = []
        for number in chosen:
            if runs and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        tests = [
            term == low if low == high else z3.And(z3.UGE(term, low), z3.ULE(term, high))
            for low, high in runs
        ]
        return z3.Or(*tests)

    def _distinct(self, parts: tuple[Node, ...]) -> list[z3.ExprRef]:
        """Constants of a sort differ, and enum terms stay within their values."""
        constants: dict[str, list[z3.ExprRef]] = {}
        conditions = []
        for node in subterms(parts):
            if node.operator == "constant":
                constants.setdefault(node.sort.name, []).append(self._nodes[node])
            elif node.operator in ("symbol", "apply") and node.sort.is_enum:
                count = len(node.sort.values)
                if count & (count - 1):
                    conditions.append(z3.ULE(self._nodes[node], count - 1))
        return conditions + [z3.Distinct(*group) for group in constants.values() if len(group) > 1]

    # ------------------------------------------------------------ models

    def _read(self, model: z3.ModelRef, parts: tuple[Node, ...]) -> Satisfied:
        names: dict[tuple[str, int], str] = {}
        values: dict[Node, str | bool] = {}
        nodes = list(subterms(parts))
        for node in sorted(nodes, key=lambda each: each.operator != "constant"):
            if node.operator not in ("symbol", "constant", "apply", "value"):
                continue
            raw = model.eval(self._nodes[node], model_completion=True)
            if node.sort == FACT:
                values[node] = z3.is_true(raw)
            elif node.sort.is_enum:
                values[node] = node.sort.values[raw.as_long()]
            else:
                key = (node.sort.name, raw.get_id())
                if key not in names:
                    number = sum(1 for sort, _ in names if sort == node.sort.name) + 1
                    names[key] = (
                        node.name if node.operator == "constant" else f"{node.sort.name.lower()}-{number}"
                    )
                values[node] = names[key]
        return Satisfied(values)
