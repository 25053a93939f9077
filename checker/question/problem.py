"""One claim in one column: the system, the solver, the claim's variables, and its words as terms."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from checker.logic.decode import Structure, situation_of
from checker.logic.encode import Encoder
from checker.logic.node import Node
from checker.logic.scope import RequestTerms, Scope
from checker.logic.smtlib import Part
from checker.logic.solver import Answer, Satisfied, Unknown, Unsatisfiable
from checker.logic.symbolic_requests import drawn_by_any
from checker.logic.symbolic_state import PRESENCE, Maybe, State
from checker.model.claim import Claim
from checker.model.deadline import Deadline
from checker.model.decision import limb_path
from checker.model.expressions import Formula, Or, Outcome
from checker.model.history import as_kept
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step
from checker.question.transition_system import Parameters, Schema
from checker.question.which_laws import About
from checker.question.workbench import Workbench


class GaveUp(Exception):
    """The solver or the time budget gave no answer; the message is the reason."""


class Problem:
    """What the engines share while they work on one claim in one column."""

    def __init__(self, claim: Claim, bench: Workbench, model: Model, about: About) -> None:
        """`model`: gives the meaning of the claim's words and the functions of its situations; it may lack
        premises that the law has.
        """
        self.model = model
        self.claim = claim
        self.system = bench.system
        self.solver = bench.solver
        self.terms = self.system.terms
        self.encoder = self.system.encoder
        if model.premises != self.system.model.premises:
            self.encoder = self.encoder.under(model)
        self.variables = {
            each.name: Maybe(self.terms.true, self.terms.symbol(f"the claim's {each.name}", each.sort))
            for each in claim.variables
            if each.sort is not None
        }
        self.about = about
        self._hurrying = False
        self.touched = bench.touched
        self.named_requests = {
            each.name: RequestTerms(self.drawn(f"the claim's {each.name}")[0])
            for each in claim.variables
            if each.sort is None
        }

    # --------------------------------------------------------------- laws

    @cached_property
    def laws(self) -> tuple[tuple[Encoder, State], ...]:
        """The laws that the claim is about, each with the situation under the versions deployed there."""
        own, base = self.system.encoder, self.system.base
        named = ((None if each is None else own.of_column(each)) for each in self.about.laws)
        return tuple((own, base) if each is None else (each, each.placed(base)) for each in named)

    def drawn(self, prefix: str) -> tuple[Parameters, Node]:
        """A symbolic request of any of the laws, and the condition that it is one."""
        request, formed = drawn_by_any(self.laws, prefix)
        return request.values, formed

    # ------------------------------------------------------------ reading

    def scope(
        self,
        state: State,
        *,
        before: State | None = None,
        requests: Mapping[str, Parameters] | None = None,
        events: Mapping[str, Node] | None = None,
    ) -> Scope:
        """A scope with the claim's variables, its requests, and the step at hand."""
        named = {name: RequestTerms(values) for name, values in (requests or {}).items()}
        return Scope(state, before, self.variables, {**self.named_requests, **named}, events or {})

    def read(self, formula: Formula | None, scope: Scope) -> Node:
        """The formula as a condition; true if there is none."""
        return self.terms.true if formula is None else self.encoder.formula(formula, scope)

    def given(self, scope: Scope) -> Node:
        """The claim's `where` and premises hold, and the requests that it names are well-formed."""
        formed = (self.drawn(f"the claim's {name}")[1] for name in self.named_requests)
        return self.terms.and_(
            *formed,
            self.read(self.claim.where, scope),
            *(self.read(each, scope) for each in self.claim.premises),
        )

    @cached_property
    def axiom_parts(self) -> tuple[Part, ...]:
        """What holds in every situation: the axioms of the law, or of all that are compared."""
        if self.about.compares:
            return tuple(self._axioms_compared())
        names = [each.name for each in self.system.model.axioms]
        formulas = self.system.axioms(self.system.base)
        return tuple(Part(f"axiom {name}", each) for name, each in zip(names, formulas, strict=True))

    def _axioms_compared(self) -> Iterator[Part]:
        """The axioms of every law; equal ones come once."""
        seen: set[Node] = set()
        for named, (law, state) in zip(self.about.laws, self.laws, strict=True):
            for axiom in law.model.axioms:
                formula = law.formula(axiom.formula.formula, Scope(state))
                if formula not in seen:
                    yield Part(f"axiom {axiom.name}" + (f" in {named}" if named else ""), formula)
                seen.add(formula)

    @cached_property
    def frame_parts(self) -> tuple[Part, ...]:
        """What can be assumed about every situation: the axioms, and the claim's `where` if nothing that it
        reads ever changes.
        """
        where = self.read(self.claim.where, self.scope(self.system.base))
        kept = where is not self.terms.true and self._rigid(where)
        return (*self.axiom_parts, *((Part("what the claim is about", where),) if kept else ()))

    @cached_property
    def frame(self) -> tuple[Node, ...]:
        """The formulas of `frame_parts`."""
        return tuple(each.formula for each in self.frame_parts)

    def _rigid(self, node: Node) -> bool:
        changing = {f.name for f in self.system.model.functions.values() if f.state}
        if any(name.removesuffix(PRESENCE) in changing for name in self.terms.functions(node)):
            return False
        moving = self.system.base.versions.values() if self.system.moving else ()
        return not any(self.terms.symbols(each) & self.terms.symbols(node) for each in moving)

    def reads(self, nodes: Iterable[Node]) -> set[str]:
        """The functions of the spec that the nodes read."""
        return self.system.reads(nodes)

    # ------------------------------------------------------------- asking

    def satisfy(self, *formulas: Node) -> Structure | None:
        """A structure in which all formulas hold, or None. Raises GaveUp."""
        answer = self.answer(*formulas)
        return None if answer is None else Structure(answer)

    def answer(self, *formulas: Node) -> Satisfied | None:
        """The solver's answer. Raises GaveUp when there is none."""
        answer: Answer = self.solver.ask(formulas)
        if isinstance(answer, Unknown):
            raise GaveUp(answer.reason)
        return None if isinstance(answer, Unsatisfiable) else answer

    @contextlib.contextmanager
    def hurrying(self) -> Iterator[None]:
        """Limit work that nothing depends on to half of the time left. Nested uses limit it no further."""
        if self._hurrying:
            yield
            return
        whole = self.solver.deadline
        self.solver.deadline = self.terms.deadline = Deadline.after(whole.remaining / 2, whole.stop)
        self._hurrying = True
        try:
            yield
        finally:
            self._hurrying = False
            self.solver.deadline = self.terms.deadline = whole

    @contextlib.contextmanager
    def costing(self, most: int) -> Iterator[None]:
        """Limit the cost of each question in this block to `most`, in Z3's units."""
        before = self.solver.most
        self.solver.most = most
        try:
            yield
        finally:
            self.solver.most = before

    # ------------------------------------------------------------ decoding

    def situation(self, answer: Satisfied) -> Situation:
        """The situation that the base state stands for."""
        structure = Structure(answer)
        versions = {at: str(structure.value(node)) for at, node in self.system.base.versions.items()}
        return as_kept(self.model, situation_of(structure, self.model, answer, versions))

    def binding(self, structure: Structure, situation: Situation) -> dict[str, str]:
        """The claim's variables -> things."""
        found = {}
        for name, given in self.variables.items():
            assert given.value is not None
            value = structure.value(given.value)
            sort = given.value.sort
            found[name] = str(value or (sort.values[0] if sort.is_enum else situation.things[sort.name][0]))
        return found

    def request(self, parameters: Parameters, structure: Structure, situation: Situation) -> Request:
        """The concrete request that symbolic parameters stand for."""
        return structure.completed(situation.things).request(RequestTerms(parameters))

    def step(
        self, schema: Schema, parameters: Parameters, structure: Structure, situation: Situation
    ) -> Step:
        """The concrete step that a schema with symbolic parameters stands for."""
        request = self.request(parameters, structure, situation)
        if schema.event is None:
            return Step("request", request=request)
        return Step("event", event=schema.name, arguments=request.values)


def relevant(problem: Problem, goals: tuple[Node, ...], schemas: tuple[Schema, ...]) -> tuple[Schema, ...]:
    """The schemas that can change what the goals read, directly or through other steps."""
    reads = problem.reads(goals)
    kept: set[str] = set()
    while True:
        new = [each for each in schemas if each.name not in kept and problem.touched(each)[0] & reads]
        if not new:
            return tuple(each for each in schemas if each.name in kept)
        for schema in new:
            kept.add(schema.name)
            reads |= problem.touched(schema)[1]


def by_condition(by: str | None, request: str, models: Iterable[Model]) -> Formula | None:
    """The condition that a limb of the clause `by` exempts the request, or a check of that clause or name
    refuses it, in one of the models. A clause may have limbs and several checks.
    """
    if by is None:
        return None
    checks = [check for model in models for check in model.checks]
    names = dict.fromkeys(check.name for check in checks if by in (check.clause, check.name))
    exempted = any(by in limb_path(limb) for check in checks for limb in check.limbs)
    parts = [Outcome("exempted", request, by)] if exempted else []
    return Or((*parts, *(Outcome("rejected", request, name) for name in names)))
