"""The only module that speaks to Z3: satisfiability of ground formulas, and models read back."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import z3

from checker.logic.ground import Grounder
from checker.logic.simplify import propagate
from checker.logic.terms import NUMBER, Node, Terms, subterms
from checker.logic.translate import Translator
from checker.model.expressions import FACT

LEAVES = ("symbol", "constant", "apply", "value")
COMPLETED = True  # terms that a model leaves open get a value, too


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
    """Answers questions about one problem's terms. `deadline` is on the monotonic clock; `named` are the
    constants that stand for things in every situation, whether or not a question speaks of them.
    """

    def __init__(
        self, terms: Terms, seed: int = 0, deadline: float = float("inf"), named: tuple[Node, ...] = ()
    ) -> None:
        self.terms = terms
        self.named = named
        self.seed = seed
        self.deadline = deadline
        self.questions = 0
        self.seconds = 0.0
        self._translate = Translator()
        self._excluded: set[frozenset[Node]] = set()  # found not to hold together

    def ask(self, formulas: Iterable[Node]) -> Answer:
        """Whether the formulas can hold together, for some number of things of every sort."""
        question = frozenset(formulas)
        if question in self._excluded:
            return Unsatisfiable()
        answer = self._ask(sorted(question, key=NUMBER))
        if isinstance(answer, Unsatisfiable):
            self._excluded.add(question)
        return answer

    def _ask(self, formulas: Iterable[Node]) -> Answer:
        grounder = Grounder(self.terms, self.named)
        parts = propagate(self.terms, grounder.ground(formulas))
        if any(each is self.terms.false for each in parts):
            return Unsatisfiable()
        remaining = self.deadline - time.monotonic()
        if remaining <= 0:
            return Unknown("the time budget is spent")
        started = time.perf_counter()
        solver = z3.SimpleSolver(ctx=self._translate.context)
        solver.set("random_seed", self.seed)
        if remaining != float("inf"):
            solver.set("timeout", max(1, int(remaining * 1000)))
        leaves = [node for node in subterms(parts) if node.operator in LEAVES]
        for each in (*map(self._translate, parts), *self._bounds(leaves)):
            z3.Z3_solver_assert(solver.ctx.ref(), solver.solver, each)
        verdict = solver.check()
        self.questions += 1
        answer = self._answer(solver, verdict, leaves)
        self.seconds += time.perf_counter() - started
        if isinstance(answer, Satisfied) and not grounder.complete:
            return Unknown("the question has too many instances to be put in full")
        return answer

    def questioning(self, formulas: Iterable[Node]) -> Questioning:
        """A question that is asked again and again, with some of its switches on."""
        grounder = Grounder(self.terms, self.named)
        parts = grounder.ground(formulas)
        solver = z3.SimpleSolver(ctx=self._translate.context)
        solver.set("random_seed", self.seed)
        leaves = [node for node in subterms(parts) if node.operator in LEAVES]
        for each in (*map(self._translate, parts), *self._bounds(leaves)):
            z3.Z3_solver_assert(solver.ctx.ref(), solver.solver, each)
        return Questioning(self, solver, leaves)

    def translated(self, node: Node) -> z3.Ast:
        """A formula in the solver's own terms."""
        return self._translate(node)

    def _answer(self, solver: z3.Solver, verdict: z3.CheckSatResult, leaves: list[Node]) -> Answer:
        if verdict == z3.unsat:
            return Unsatisfiable()
        if verdict == z3.sat:
            return self._read(solver.model(), leaves)
        reason = solver.reason_unknown()
        return Unknown("the time budget is spent" if reason in ("timeout", "canceled") else reason)

    def _bounds(self, leaves: list[Node]) -> list[z3.Ast]:
        """Constants of a sort differ, and enum terms stay within their values."""
        constants: dict[str, list[Node]] = {}
        conditions = []
        for node in leaves:
            if node.operator == "constant":
                constants.setdefault(node.sort.name, []).append(node)
            elif node.operator != "value" and node.sort.is_enum:
                count = len(node.sort.values)
                if count & (count - 1):
                    conditions.append(self._translate.within(node))
        distinct = (group for group in constants.values() if len(group) > 1)
        return [*conditions, *map(self._translate.distinct, distinct)]

    def _read(self, model: z3.ModelRef, leaves: list[Node]) -> Satisfied:
        """The value of every leaf. Things are named after the constant that they are, or numbered."""
        context = model.ctx.ref()
        names: dict[tuple[str, int], str] = {}
        count: dict[str, int] = {}
        values: dict[Node, str | bool] = {}
        raw = (z3.Ast * 1)()
        number = ctypes.c_uint()
        for node in sorted(leaves, key=lambda each: each.operator != "constant"):
            z3.Z3_model_eval(context, model.model, self._translate(node), COMPLETED, raw)
            if node.sort == FACT:
                values[node] = z3.Z3_get_bool_value(context, raw[0]) == z3.Z3_L_TRUE
            elif node.sort.is_enum:
                z3.Z3_get_numeral_uint(context, raw[0], ctypes.byref(number))
                values[node] = node.sort.values[number.value]
            else:
                key = (node.sort.name, z3.Z3_get_ast_id(context, raw[0]))
                if key not in names:
                    place = count[node.sort.name] = count.get(node.sort.name, 0) + 1
                    numbered = f"{node.sort.name.lower()}-{place}"
                    names[key] = node.name if node.operator == "constant" else numbered
                values[node] = names[key]
        return Satisfied(values)


class Questioning:
    """One question with switches: propositions that are supposed, or left open.

    What an answer says of other suppositions is kept: what held together once needs no second asking, nor
    does what was found to hold together with nothing.
    """

    def __init__(self, solver: Solver, asked: z3.Solver, leaves: Iterable[Node]) -> None:
        self._solver = solver
        self._asked = asked
        propositions = (each for each in leaves if each.sort == FACT and not each.arguments)
        self._bits = {each: 1 << place for place, each in enumerate(propositions)}
        self._held: list[int] = []
        self._refuted: list[int] = []

    def core(self, switches: Iterable[Node]) -> frozenset[Node] | None:
        """Switches that, supposed together, make the question unsatisfiable; None if all of them do not.

        Raises NoCore when the solver gives up.
        """
        chosen = self._chosen(switches)
        return None if self._supposing(chosen) else self._core(chosen)

    def possible(self, switches: Iterable[Node]) -> bool:
        """Whether the switches, supposed together, leave the question satisfiable. Raises NoCore."""
        known = [each for each in switches if each in self._bits]
        bits = self._bits_of(known)
        if any(bits & held == bits for held in self._held):
            return True
        if any(bits & refuted == refuted for refuted in self._refuted):
            return False
        chosen = self._chosen(known)
        possible = self._supposing(chosen)
        if possible:
            self._held.append(self._holding())
        else:
            self._refuted.append(self._bits_of(self._core(chosen)))
        return possible

    def define(self, name: Node, meaning: Node) -> None:
        """Add a proposition that means something in the question's own propositions."""
        self._bits[name] = 1 << len(self._bits)
        either = self._solver.terms.iff(name, meaning)
        z3.Z3_solver_assert(self._asked.ctx.ref(), self._asked.solver, self._solver.translated(either))

    def _chosen(self, switches: Iterable[Node]) -> Mapping[Node, z3.Ast]:
        """The switches in the solver's own terms, but for those that the question doesn't speak of."""
        return {each: self._solver.translated(each) for each in switches if each in self._bits}

    def _bits_of(self, switches: Iterable[Node]) -> int:
        found = 0
        for each in switches:
            found |= self._bits[each]
        return found

    def _holding(self) -> int:
        """The propositions that hold in the solver's last answer."""
        model = self._asked.model()
        context, raw = model.ctx.ref(), (z3.Ast * 1)()
        found = 0
        for each, bit in self._bits.items():
            z3.Z3_model_eval(context, model.model, self._solver.translated(each), COMPLETED, raw)
            if z3.Z3_get_bool_value(context, raw[0]) == z3.Z3_L_TRUE:
                found |= bit
        return found

    def _core(self, chosen: Mapping[Node, z3.Ast]) -> frozenset[Node]:
        """Those of the switches that the solver's last refutation rests on."""
        context, solver = self._asked.ctx.ref(), self._asked.solver
        vector = z3.Z3_solver_get_unsat_core(context, solver)
        z3.Z3_ast_vector_inc_ref(context, vector)
        size = z3.Z3_ast_vector_size(context, vector)
        core = {z3.Z3_get_ast_id(context, z3.Z3_ast_vector_get(context, vector, n)) for n in range(size)}
        z3.Z3_ast_vector_dec_ref(context, vector)
        return frozenset(each for each, ast in chosen.items() if z3.Z3_get_ast_id(context, ast) in core)

    def _supposing(self, chosen: Mapping[Node, z3.Ast]) -> bool:
        remaining = self._solver.deadline - time.monotonic()
        if remaining != float("inf"):
            self._asked.set("timeout", max(1, int(remaining * 1000)))
        given = (z3.Ast * len(chosen))(*chosen.values())
        context, solver = self._asked.ctx.ref(), self._asked.solver
        verdict = z3.Z3_solver_check_assumptions(context, solver, len(chosen), given)
        if verdict not in (z3.Z3_L_TRUE, z3.Z3_L_FALSE):
            raise NoCore(self._asked.reason_unknown())
        return bool(verdict == z3.Z3_L_TRUE)


class NoCore(Exception):
    """The solver gave up; the message is its reason."""
