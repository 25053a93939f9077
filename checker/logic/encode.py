"""The law as terms: mirrors `checker.model.evaluate` rule by rule, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from checker.logic.arbitrary import arbitrary
from checker.logic.binders import Bound
from checker.logic.node import Node, term_text
from checker.logic.quantify import exactly_one, limb_formula, quantified
from checker.logic.scope import RequestTerms, Rules, Scope
from checker.logic.symbolic_requests import well_formed
from checker.logic.symbolic_state import Maybe, State
from checker.logic.terms import Terms
from checker.model.decision import limb_path
from checker.model.expressions import (
    FACT,
    Absent,
    And,
    Apply,
    Before,
    Call,
    Cases,
    Constant,
    ExactlyOne,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Outcome,
    Parameter,
    Present,
    Quantified,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.mixture import common_model
from checker.model.model import Check, Limb, Model, Stage


class Encoder:
    """Encodes one column. `model` gives the definitions; `rules` the checks of each version; `columns`
    answers outcomes asked of another column.
    """

    def __init__(self, terms: Terms, model: Model, rules: Rules, columns: Callable[[str], Rules]) -> None:
        self.terms = terms
        self.model = model
        self.rules = rules
        self.columns = columns
        self.bound = Bound(terms)
        # The same definition or check is asked again and again of the same situation and request.
        self._called: dict[tuple[object, ...], Maybe] = {}
        self._tables: dict[tuple[str, tuple[Node, ...]], Maybe] = {}
        self._failing: dict[tuple[object, ...], Node] = {}
        self._refusing: dict[tuple[object, ...], Node] = {}
        self._outcomes: dict[tuple[object, ...], Node] = {}
        self._under: dict[int, Encoder] = {terms.objects.number(model): self}
        self._columns: dict[str, Encoder] = {}
        self._said: dict[int, Formula] = {}

    def under(self, model: Model) -> Encoder:
        """The same rules, read with the definitions of another version."""
        key = self.terms.objects.number(model)
        if key not in self._under:
            other = Encoder(self.terms, model, self.rules, self.columns)
            other._under, other.bound = self._under, self.bound
            self._under[key] = other
        return self._under[key]

    def of_column(self, column: str) -> Encoder:
        """The law of another column."""
        if column not in self._columns:
            rules = self.columns(column)
            first = common_model(rules.models)
            self._columns[column] = Encoder(self.terms, first, rules, self.columns)
            self._columns[column].bound = self.bound
        return self._columns[column]

    # -------------------------------------------------------------- terms

    def term(self, expression: Term | Formula, scope: Scope) -> Maybe:
        """The value of a term; a formula's truth as a value of sort FACT."""
        terms = self.terms
        match expression:
            case Variable(name=name):
                return scope.variables.get(name, Maybe(terms.false, None))
            case Parameter(request=request, name=name):
                values = scope.requests[request].values if request in scope.requests else {}
                return values.get(name, Maybe(terms.false, None))
            case Value(sort=sort, name=name):
                return Maybe(terms.true, terms.value(name, sort))
            case Constant(sort=sort, name=name):
                return Maybe(terms.true, terms.constant(name, sort))
            case Absent():
                return Maybe(terms.false, None)
            case Apply(function=function, arguments=arguments):
                return self._apply(function, arguments, scope)
            case Call():
                return self._call(expression, scope)
            case Cases():
                return self._cases(expression, scope)
            case Before(body=body):
                assert scope.before is not None
                return self.term(body, scope.at(scope.before))
            case VersionOf(component=component, index=index):
                return self._version(component, index, scope)
            case Truth() | Is() | Matches() | Present() | In() | Not() | And() | Or():
                return Maybe(terms.true, self.formula(expression, scope))
            case Implies() | Iff() | Quantified() | ExactlyOne() | StepIs() | Outcome():
                return Maybe(terms.true, self.formula(expression, scope))
            case _:
                assert_never(expression)

    def _apply(self, function: str, arguments: tuple[Term, ...], scope: Scope) -> Maybe:
        if self.model.functions[function].arbitrary:
            return arbitrary(self.terms, self.model.functions[function], scope)
        given = [self.term(each, scope) for each in arguments]
        values = [each.value for each in given if each.value is not None]
        if len(values) < len(given):
            return Maybe(self.terms.false, None)
        found = self._looked_up(function, tuple(values), scope)
        present = self.terms.and_(*(each.present for each in given), found.present)
        return Maybe(present, found.value)

    def _looked_up(self, function: str, arguments: tuple[Node, ...], scope: Scope) -> Maybe:
        """The function at present arguments: what a table says, this version's own table says."""
        declared = self.model.functions[function]
        if declared.table is None:
            return scope.state.lookup(function, arguments, declared)
        key = (function, arguments)
        if key not in self._tables:
            self._tables[key] = scope.state.tabled(declared, arguments)
        return self._tables[key]

    def _call(self, call: Call, scope: Scope) -> Maybe:
        """The definition's body, read with its own parameters and the request that it was called for."""
        body: Term | Formula
        if call.definition in self.model.premises:
            premise = self.model.premises[call.definition]
            parameters, body = premise.parameters, premise.formula.formula
        else:
            definition = self.model.definitions[call.definition]
            parameters, body = definition.parameters, definition.body
        given = tuple(self.term(each, scope) for each in call.arguments)
        request = scope.requests.get(call.request, RequestTerms({}))
        key = (call.definition, given, scope.state, request.key)
        if key not in self._called:
            variables = {p.name: value for p, value in zip(parameters, given, strict=True)}
            inner = Scope(scope.state, variables=variables, requests={"": request})
            found = self._called[key] = self.term(body, inner)
            if call.sort == FACT and found.value is not None:
                told = ", ".join("…" if each.value is None else term_text(each.value) for each in given)
                self._label(found.value, f"{call.definition}({told})" if told else call.definition, scope, "")
        return self._called[key]

    def _label(self, node: Node, name: str, scope: Scope, source: str) -> Node:
        """Give a formula the name of its rule, with a prime for every step before the situation."""
        return self.terms.label(node, name + "'" * scope.state.moment, source)

    def _cases(self, cases: Cases, scope: Scope) -> Maybe:
        absent = Maybe(self.terms.false, None)
        result = absent if cases.otherwise is None else self.term(cases.otherwise, scope)
        for term, condition in reversed(cases.branches):
            holds, value = self.formula(condition, scope), self.term(term, scope)
            present = self.terms.ite(holds, value.present, result.present)
            if value.value is None or result.value is None:
                result = Maybe(present, result.value if value.value is None else value.value)
            else:
                result = Maybe(present, self.terms.ite(holds, value.value, result.value))
        return result

    def _version(self, component: str, index: Term | None, scope: Scope) -> Maybe:
        given = None if index is None else self.term(index, scope)
        if given is not None and given.value is None:
            return Maybe(self.terms.false, None)
        version = scope.state.version(component, None if given is None else given.value)
        present = self.terms.true if given is None else given.present
        return Maybe(self.terms.false if version is None else present, version)

    # ----------------------------------------------------------- formulas

    def formula(self, formula: Formula, scope: Scope) -> Node:
        """The condition under which the formula holds; atoms about something absent are false."""
        terms = self.terms
        match formula:
            case Truth(value=value):
                return terms.true if value else terms.false
            case Is(left=left, right=right):
                return self.same(self.term(left, scope), self.term(right, scope))
            case Matches(left=left, right=right):
                a, b = self.term(left, scope), self.term(right, scope)
                both_absent = terms.and_(terms.not_(a.present), terms.not_(b.present))
                return terms.or_(self.same(a, b), both_absent)
            case Present(term=term):
                return self.term(term, scope).present
            case In(term=term, values=values):
                subject = self.term(term, scope)
                return terms.or_(*(self.same(subject, self.term(each, scope)) for each in values))
            case Not(body=body):
                return terms.not_(self.formula(body, scope))
            case And(parts=parts):
                return terms.and_(*(self.formula(each, scope) for each in parts))
            case Or(parts=parts):
                return terms.or_(*(self.formula(each, scope) for each in parts))
            case Implies(premise=premise, conclusion=conclusion):
                return terms.implies(self.formula(premise, scope), self.formula(conclusion, scope))
            case Iff(left=left, right=right):
                return terms.iff(self.formula(left, scope), self.formula(right, scope))
            case Quantified():
                return quantified(self, formula, scope)
            case ExactlyOne():
                return exactly_one(self, formula, scope)
            case StepIs(event=event):
                return scope.events.get(event, terms.false)
            case Outcome():
                return self._outcome(formula, scope)
            case Apply() | Call() | Before():
                return self._holds(self.term(formula, scope))
            case _:
                assert_never(formula)

    def truth(self, expression: Term | Formula, scope: Scope) -> Node:
        """The condition under which an expression of sort FACT is true; one that is absent is not."""
        return self._holds(self.term(expression, scope))

    def _holds(self, given: Maybe) -> Node:
        if given.value is None:
            return self.terms.false
        assert given.value.sort == FACT
        return self.terms.and_(given.present, given.value)

    def same(self, a: Maybe, b: Maybe) -> Node:
        """Both present and equal."""
        if a.value is None or b.value is None:
            return self.terms.false
        return self.terms.and_(a.present, b.present, self.terms.equal(a.value, b.value))

    # ----------------------------------------------------------- the law

    def _outcome(self, outcome: Outcome, scope: Scope) -> Node:
        request = scope.requests.get(outcome.request, RequestTerms({}))
        if outcome.changes:
            return self._asked_of(outcome, request, scope)
        key = (outcome, scope.state, request.key)
        if key not in self._outcomes:
            self._outcomes[key] = self._asked_of(outcome, request, scope)
        return self._outcomes[key]

    def _asked_of(self, outcome: Outcome, request: RequestTerms, scope: Scope) -> Node:
        """What the law that is asked makes of the request, changed as the outcome says."""
        changes = {name: self.term(term, scope) for name, term in outcome.changes}
        law = self
        if outcome.column is not None:
            law = self.of_column(outcome.column)
            scope = scope.at(law.placed(scope.state))
        asked = RequestTerms({**request.values, **changes})
        said = law.decided(outcome, replace(scope, requests={**scope.requests, "": asked}))
        if not outcome.request:
            return said
        return self.terms.and_(well_formed(law, request, scope.state), said)

    def placed(self, state: State) -> State:
        """The situation with the versions deployed that this law has at its components."""
        return state.deployed({at: self.version_value(name) for at, name in self.rules.versions.items()})

    def decided(self, outcome: Outcome, scope: Scope) -> Node:
        """Whether this law makes of the request at hand what the outcome says."""
        match outcome.kind:
            case "accepted":
                return self.accepted(scope)
            case "rejected":
                return self.rejected(outcome.by, scope)
            case "passes":
                return self.terms.not_(self.fails(outcome.by, scope))
            case "fails":
                return self.fails(outcome.by, scope)
            case "exempted":
                return self.exempted(outcome.by, scope)
            case _:
                assert_never(outcome.kind)

    def version_value(self, name: str) -> Node:
        """The value that stands for a version."""
        return self.terms.value(name, self.model.sorts["Version"])

    def accepted(self, scope: Scope) -> Node:
        """Every check of every stage on the request's route passes."""
        refused = self.terms.or_(*(self.stage_fails(stage, scope) for stage in self.model.route))
        return self.terms.not_(self._label(refused, "refused", scope, "some check on the route fails"))

    def rejected(self, by: str | None, scope: Scope) -> Node:
        """`by` (a check, a component, or None for anything) refuses: what comes before it all passes."""
        if by is None:
            return self.terms.not_(self.accepted(scope))
        refusals = []
        earlier = self.terms.true
        for stage in self.model.route:
            if by == stage.component:
                refusals.append(self.terms.and_(earlier, self.stage_fails(stage, scope)))
            elif by not in self.model.components:
                refusals.append(self.terms.and_(earlier, self._fails_at(stage, by, scope)))
            earlier = self.terms.and_(earlier, self.terms.not_(self.stage_fails(stage, scope)))
        return self.terms.or_(*refusals)

    def fails(self, by: str | None, scope: Scope) -> Node:
        """The check, or some check at the component, fails, whatever earlier components say."""
        if by in self.model.components:
            stages = [each for each in self.model.route if each.component == by]
            return self.terms.or_(*(self.stage_fails(each, scope) for each in stages))
        assert by is not None  # it is always said of something
        return self.terms.or_(*(self._fails_at(each, by, scope) for each in self.model.route))

    def stage_fails(self, stage: Stage, scope: Scope) -> Node:
        """The stage is visited, and a check of the version deployed there fails."""
        number = self.terms.objects.number(stage)  # a component may have several stages
        key = (number, scope.state, scope.requests[""].key)
        if key not in self._refusing:
            fails = self._at_stage(stage, scope, lambda law, check: law.check_fails(check, scope))
            self._refusing[key] = fails
        return self._refusing[key]

    def _fails_at(self, stage: Stage, name: str, scope: Scope) -> Node:
        return self._at_stage(stage, scope, lambda law, check: law.check_fails(check, scope), name)

    def exempted(self, clause: str | None, scope: Scope) -> Node:
        """The limb, or one below it, holds, and a check that is subject to it would otherwise fail."""

        def through(law: Encoder, check: Check) -> Node | None:
            limbs = [law.limb_holds(limb, scope) for limb in check.limbs if clause in limb_path(limb)]
            if not limbs:
                return None
            return self.terms.and_(self.terms.or_(*limbs), law.would_fail(check, scope))

        return self.terms.or_(*(self._at_stage(each, scope, through) for each in self.model.route))

    def _at_stage(
        self,
        stage: Stage,
        scope: Scope,
        ask: Callable[[Encoder, Check], Node | None],
        name: str | None = None,
    ) -> Node:
        """Some check deployed at the stage, of that name if one is given, for which `ask` holds, if the stage
        is visited at all.
        """
        answers = []
        ahead = self.terms.true
        if stage.behind is not None:
            ahead = self.terms.not_(self.formula(stage.behind, scope))
        for law, enforced in self.enforced_at(stage, scope) if ahead is not self.terms.false else ():
            here = self.terms.and_(ahead, enforced)
            checks = law.checks_at(stage) if name is None else law.checks_named(name, stage)
            found = [ask(law, check) for check in checks]
            answers.append(self.terms.and_(here, self.terms.or_(*(n for n in found if n is not None))))
        return self.terms.or_(*answers)

    def checks_at(self, stage: Stage) -> tuple[Check, ...]:
        """The checks of this version at the stage."""
        return tuple(each for each in self.model.checks if stage.component in each.components)

    def checks_named(self, name: str, stage: Stage) -> tuple[Check, ...]:
        """The checks of this name that this version has at the stage."""
        return tuple(each for each in self._named.get(name, ()) if stage.component in each.components)

    @cached_property
    def _named(self) -> Mapping[str, tuple[Check, ...]]:
        found: dict[str, tuple[Check, ...]] = {}
        for each in self.model.checks:
            found[each.name] = (*found.get(each.name, ()), each)
        return found

    def enforced_at(self, stage: Stage, scope: Scope) -> list[tuple[Encoder, Node]]:
        """The laws that may be in force at the stage, with the condition that it is visited and they are."""
        terms = self.terms
        index = None if stage.index is None else self.term(stage.index, scope)
        if index is not None and index.value is None:
            return []
        visited = [] if index is None else [index.present]
        if stage.when is not None:
            visited.append(self.formula(stage.when, scope))
        version = scope.state.version(stage.component, None if index is None else index.value)
        if version is None:
            return []
        found = []
        for name, model in self.rules.models.items():
            here = terms.and_(*visited, terms.member(version, (name,)))
            if here is not terms.false:
                found.append((self.under(model), here))
        return found

    def would_fail(self, check: Check, scope: Scope) -> Node:
        """The check applies and what it requires is false, exceptions aside."""
        terms = self.terms
        applies, required = [], []
        for item in check.items:
            if item.meaning is None:
                continue
            meaning = self.formula(item.meaning.formula, scope)
            if item.kind == "applies-when":
                applies.append(meaning)
            elif item.kind == "applies-unless":
                applies.append(terms.not_(meaning))
            elif item.kind == "requires":
                required.append(meaning)
        return terms.and_(*applies, terms.not_(terms.and_(*required)))

    def check_fails(self, check: Check, scope: Scope) -> Node:
        """The check would fail, and no limb of its exceptions holds."""
        key = (check.name, scope.state, scope.requests[""].key)
        if key not in self._failing:
            self._failing[key] = self._check_fails(check, scope)
        return self._failing[key]

    def _check_fails(self, check: Check, scope: Scope) -> Node:
        exempt = self.terms.or_(*(self.limb_holds(limb, scope) for limb in check.limbs))
        fails = self.terms.and_(self.would_fail(check, scope), self.terms.not_(exempt))
        return self._label(fails, f"{check.name} fails", scope, check.clause)

    def limb_holds(self, limb: Limb, scope: Scope) -> Node:
        """For some things for the limb's binders, every condition holds."""
        key = self.terms.objects.number(limb)
        if key not in self._said:
            self._said[key] = limb_formula(limb)
        holds = self.formula(self._said[key], scope)
        return self._label(holds, f"{limb.clause} holds", scope, limb.clause)
