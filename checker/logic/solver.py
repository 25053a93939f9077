"""Asks Z3 whether formulas are satisfiable, and reads its models back.

A question is asked as its ground instances if these are few, otherwise with its quantifiers.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import z3

from checker.logic.calendar_in_solvers import GAVE_UP, Calendar
from checker.logic.ground import Grounder
from checker.logic.node import ORDER, Node, subterms
from checker.logic.simplify import propagate
from checker.logic.terms import Terms
from checker.logic.z3_calls import ASSERT, IDENTITY, Ast, Values, array
from checker.logic.z3_terms import Translator, is_roomy
from checker.model.deadline import NEVER, SPENT, Deadline, OutOfTime
from checker.model.expressions import FACT

LEAVES = ("symbol", "constant", "apply", "value")
FEW = 1_000  # ground instances of a question; one that has more is asked with its quantifiers
COSTLY = "one question takes more effort than it may"
SIZES = (1, 2, 4)  # things of a sort among which a situation is looked for first


@dataclass(frozen=True, slots=True)
class Satisfied:
    """The formulas can hold together: the value of every ground term that occurs in them.

    Things of uninterpreted sorts are named by strings; two terms have the same name iff they are equal. A
    number is its numeral.
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


@dataclass(frozen=True, slots=True)
class Answered:
    """A satisfiable question, and how it was asked, so that more can be asked about it."""

    question: frozenset[Node]
    grounder: Grounder
    count: int  # ground formulas that it came to
    solver: z3.Solver
    calendar: Calendar
    answer: Satisfied


class _Asked(NamedTuple):
    """A solver with a question, the ground terms whose values are read from its model, and what it was told
    of months.
    """

    solver: z3.Solver
    leaves: list[Node]
    calendar: Calendar


class Solver:
    """Answers questions about one problem's terms. `named`: the constants of things that exist in every
    situation, whether or not a question mentions them. `most`: what one question may cost, in Z3's units
    rather than seconds; 0: no limit.
    """

    def __init__(
        self,
        terms: Terms,
        seed: int = 0,
        deadline: Deadline = NEVER,
        named: tuple[Node, ...] = (),
        most: int = 0,
    ) -> None:
        self.terms = terms
        self.named = named
        self.seed = seed
        self.deadline = deadline
        self.most = most
        self.questions = 0
        self.seconds = 0.0
        self.months: set[int] = set()  # of the calendar, that were looked at one by one
        self._translate = Translator()
        self._excluded: set[frozenset[Node]] = set()  # questions found unsatisfiable
        self._last: Answered | None = None

    def ask(self, formulas: Iterable[Node]) -> Answer:
        """Whether the formulas are satisfiable, with some number of things of every sort."""
        question = frozenset(formulas)
        if question in self._excluded:
            return Unsatisfiable()
        answer = self._ask(question)
        if isinstance(answer, Unsatisfiable):
            self._excluded.add(question)
        return answer

    def _ask(self, question: frozenset[Node]) -> Answer:
        formulas = sorted(question, key=ORDER)
        grounder = Grounder(self.terms, self.named, limit=FEW)
        ground = grounder.ground(formulas)
        if not grounder.complete:
            return self._with_quantifiers(propagate(self.terms, formulas))
        answer, asked = self._checked(propagate(self.terms, ground))
        if isinstance(answer, Satisfied) and asked is not None:
            self._last = Answered(question, grounder, len(ground), asked.solver, asked.calendar, answer)
        return answer

    def _with_quantifiers(self, parts: tuple[Node, ...]) -> Answer:
        """The answer to a question that has too many instances, asked with its quantifiers.

        It counts as satisfiable only if it is so among at most as many things as the solver's model has.
        """
        answer, asked = self._checked(parts)
        if asked is None or not isinstance(answer, Satisfied):
            return answer
        model = asked.solver.model()
        counts = {str(each): len(model.get_universe(each)) for each in model.sorts()}
        for most in (*SIZES, max(counts.values(), default=1)):
            among = self._among(parts, {name: min(count, most) for name, count in counts.items()})
            if isinstance(among, Satisfied):
                return among
        return Unknown("no situation was found that is small enough to be reported")

    def _among(self, parts: tuple[Node, ...], counts: Mapping[str, int]) -> Answer:
        """Whether the formulas are satisfiable with so many things of every sort besides the named ones."""
        sorts = {each.sort.name: each.sort for each in subterms(parts)}
        things = {
            name: (
                *(each for each in self.named if each.sort == sort),
                *(self.terms.symbol(f"{name} {n + 1} of all", sort) for n in range(counts.get(name, 1))),
            )
            for name, sort in sorts.items()
            if sort.has_things
        }
        grounder = Grounder(self.terms, self.named, things)
        ground = grounder.ground(parts)
        closed = (
            self.terms.or_(*(self.terms.equal(node, each) for each in things[node.sort.name]))
            for node in subterms(ground)
            if node.operator in LEAVES and node.sort.name in things
        )
        if not grounder.complete:
            return Unknown("too many instances")
        return self._checked(propagate(self.terms, (*ground, *closed)))[0]

    def _checked(self, parts: tuple[Node, ...]) -> tuple[Answer, _Asked | None]:
        """The answer, and what was asked, if something had to be."""
        if any(each is self.terms.false for each in parts):
            return Unsatisfiable(), None
        remaining = self.deadline.remaining
        if remaining <= 0:
            return Unknown(SPENT), None
        started = time.perf_counter()
        asked = self._loaded(parts)
        solver = asked.solver
        if remaining != float("inf"):
            solver.set("timeout", max(1, int(remaining * 1000)))
        verdict = asked.calendar.asked(solver, lambda near: checked(solver, near, self.deadline))
        self.questions += 1
        answer = self._answer(asked, verdict)
        self.seconds += time.perf_counter() - started
        return answer, asked

    def _loaded(self, parts: tuple[Node, ...]) -> _Asked:
        """A solver with the formulas."""
        solver = z3.SimpleSolver(ctx=self._translate.context)
        solver.set("random_seed", self.seed)
        solver.set("rlimit", self.most)
        solver.set(ctrl_c=False)  # it would catch Ctrl-C, and not say so
        nodes = subterms(parts)
        quantified = [each for each in nodes if each.operator == "exists"]
        inner = {symbol for each in quantified for symbol in each.bound}
        leaves = [
            each
            for each in nodes
            if each.operator in LEAVES and (not inner or self.terms.symbols(each).isdisjoint(inner))
        ]
        bounds = self.bounds(leaves)
        if quantified:
            bounds += self.bounds_everywhere(nodes)
        self._translate.build(nodes)
        calendar = self.calendar()
        asserting(solver, (*self._translate.all(parts), *bounds, *calendar.of(nodes, inner)))
        return _Asked(solver, leaves, calendar)

    def calendar(self, *, roughly: bool = False) -> Calendar:
        """What one of Z3's solvers is told of months and working days. One that serves the search alone
        begins with none of the months that other questions turned on, which would burden it.
        """
        months = set[int]() if roughly else self.months
        return Calendar(self.terms, self._translate, months, roughly=roughly)

    def questioning(self, formulas: Iterable[Node]) -> Questioning:
        """A question that is asked again and again, with some of its switches on."""
        grounder = Grounder(self.terms, self.named)
        return Questioning(self, self._loaded(grounder.ground(formulas)))

    def answered(self, formulas: Iterable[Node]) -> Answered | None:
        """How the question was answered, if it is satisfiable; None if that is not known, or if it has too
        many instances. The solver then belongs to the caller, so this can be had only once.
        """
        question = frozenset(formulas)
        if self._last is None or self._last.question != question:
            self._ask(question)
        last, self._last = self._last, None
        return None if last is None or last.question != question else last

    @property
    def context(self) -> z3.Context:
        """Where the solver's own terms are made."""
        return self._translate.context

    def translated(self, node: Node) -> Ast:
        """A formula in the solver's own terms."""
        return self._translate(node)

    def _answer(self, asked: _Asked, verdict: int) -> Answer:
        if verdict == z3.Z3_L_FALSE:
            return Unsatisfiable()
        if verdict == z3.Z3_L_TRUE:
            return self.read(asked.solver.model(), [*asked.leaves, *asked.calendar.leaves])
        costly = self.most > 0 and not self.deadline.passed
        return Unknown(_why_not(asked.solver, asked.calendar, costly=costly))

    def bounds(self, leaves: list[Node]) -> list[Ast]:
        """Constants of a sort differ, and enum terms stay within their values."""
        constants: dict[str, list[Node]] = {}
        conditions = []
        for node in leaves:
            if node.operator == "constant":
                constants.setdefault(node.sort.name, []).append(node)
            elif node.operator != "value" and is_roomy(node.sort):
                conditions.append(self._translate.within(node))
        distinct = (group for group in constants.values() if len(group) > 1)
        return [*conditions, *map(self._translate.distinct, distinct)]

    def bounds_everywhere(self, nodes: list[Node]) -> list[Ast]:
        """Functions stay within the values of their enums, whatever a quantifier applies them to."""
        applied = (each for each in nodes if each.operator == "apply" and is_roomy(each.sort))
        kinds = {(each.name, *(given.sort.name for given in each.arguments)): each for each in applied}
        return [self._translate.within_everywhere(each) for each in kinds.values()]

    def read(self, model: z3.ModelRef, leaves: list[Node]) -> Satisfied:
        """The value of every leaf. Things are named after the constant that they are, or numbered."""
        worth = Values(model)
        names: dict[tuple[str, int], str] = {}
        count: dict[str, int] = {}
        values: dict[Node, str | bool] = {}
        for node in sorted(leaves, key=lambda each: each.operator != "constant"):
            term, sort = self._translate(node), node.sort
            if sort.is_enum:
                values[node] = sort.values[worth.number(term)]
            elif sort.is_quantity:
                values[node] = worth.integer(term)
            elif sort == FACT:
                values[node] = worth.holds(term)
            else:
                key = (sort.name, worth.thing(term))
                if key not in names:
                    place = count[sort.name] = count.get(sort.name, 0) + 1
                    numbered = f"{sort.name.lower()}-{place}"
                    names[key] = node.name if node.operator == "constant" else numbered
                values[node] = names[key]
        return Satisfied(values)


class Questioning:
    """One question with switches: propositions that are supposed, or left open.

    Answers are reused: suppositions that a model satisfies are not asked again, nor are those that include an
    unsatisfiable core.
    """

    def __init__(self, solver: Solver, asked: _Asked) -> None:
        self._solver = solver
        self._asked = asked.solver
        self._calendar = asked.calendar
        propositions = (each for each in asked.leaves if each.sort == FACT and not each.arguments)
        self._bits = {each: 1 << place for place, each in enumerate(propositions)}
        self._held: list[int] = []
        self._refuted: list[int] = []

    def core(self, switches: Iterable[Node]) -> frozenset[Node] | None:
        """Switches that, supposed together, make the question unsatisfiable; None if all of them do not.

        Raises NoCore when the solver gives up.
        """
        chosen = self._chosen(switches)
        return None if self._supposing(chosen) else core_of(self._asked, chosen)

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
            self._refuted.append(self._bits_of(core_of(self._asked, chosen)))
        return possible

    def define(self, name: Node, meaning: Node) -> None:
        """Add a proposition that means something in the question's own propositions."""
        self._bits[name] = 1 << len(self._bits)
        either = self._solver.terms.iff(name, meaning)
        asserting(self._asked, (self._solver.translated(either),))

    def _chosen(self, switches: Iterable[Node]) -> Mapping[Node, Ast]:
        """The switches in the solver's own terms, without those that the question does not mention."""
        return {each: self._solver.translated(each) for each in switches if each in self._bits}

    def _bits_of(self, switches: Iterable[Node]) -> int:
        found = 0
        for each in switches:
            found |= self._bits[each]
        return found

    def _holding(self) -> int:
        """The propositions that hold in the solver's last answer."""
        worth, found = Values(self._asked.model()), 0
        for each, bit in self._bits.items():
            if worth.holds(self._solver.translated(each)):
                found |= bit
        return found

    def _supposing(self, chosen: Mapping[Node, Ast]) -> bool:
        self._solver.deadline.keep()
        remaining = self._solver.deadline.remaining
        if remaining != float("inf"):
            self._asked.set("timeout", max(1, int(remaining * 1000)))
        verdict = self._calendar.asked(
            self._asked,
            lambda near: checked(self._asked, (*chosen.values(), *near), self._solver.deadline),
        )
        if verdict not in (z3.Z3_L_TRUE, z3.Z3_L_FALSE):
            raise NoCore(_why_not(self._asked, self._calendar))
        return bool(verdict == z3.Z3_L_TRUE)


def _why_not(solver: z3.Solver, calendar: Calendar, *, costly: bool = False) -> str:
    """Why a solver has no answer: in our words, if it was stopped. `costly`: it may be for its effort alone,
    of which Z3 says that it was cancelled, as it does of time.
    """
    if calendar.gave_up:
        return GAVE_UP
    reason: str = solver.reason_unknown()
    if "resource limit" in reason or (costly and reason == "canceled"):
        return COSTLY
    return SPENT if reason in ("timeout", "canceled") else reason


def asserting(solver: z3.Solver, formulas: Iterable[Ast]) -> None:
    """Let the formulas hold in all later answers."""
    context, asked = solver.ctx.ref().value, solver.solver.value
    for each in formulas:
        ASSERT(context, asked, each)


def checked(solver: z3.Solver, assumed: Collection[Ast], deadline: Deadline) -> int:
    """What the solver says under the assumptions, in Z3's own word. Others may work meanwhile. Raises
    OutOfTime if no answer was wanted any more when there was one: a solver that is interrupted as it finds
    one may have no model.
    """
    given = ctypes.cast(array([*assumed]), ctypes.POINTER(z3.Ast))
    with deadline.solving(solver.ctx):
        answer: int = z3.Z3_solver_check_assumptions(solver.ctx.ref(), solver.solver, len(assumed), given)
    if answer != z3.Z3_L_UNDEF and deadline.stopped:
        raise OutOfTime
    return answer


def core_of(asked: z3.Solver, chosen: Mapping[Node, Ast]) -> frozenset[Node]:
    """Those of the switches that the solver's last refutation rests on."""
    context, solver = asked.ctx.ref(), asked.solver
    vector = z3.Z3_solver_get_unsat_core(context, solver)
    z3.Z3_ast_vector_inc_ref(context, vector)
    found = (z3.Z3_ast_vector_get(context, vector, n) for n in range(z3.Z3_ast_vector_size(context, vector)))
    core = {IDENTITY(context.value, each.value) for each in found}
    z3.Z3_ast_vector_dec_ref(context, vector)
    return frozenset(each for each, ast in chosen.items() if IDENTITY(context.value, ast) in core)


class NoCore(Exception):
    """The solver gave up; the message is its reason."""
