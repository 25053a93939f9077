"""The law as terms: mirrors `checker.model.evaluate` rule by rule, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from checker.logic.encode_expressions import Expressions
from checker.logic.node import Node
from checker.logic.scope import RequestTerms, Rules, Scope
from checker.logic.symbolic_requests import well_formed
from checker.logic.symbolic_state import State
from checker.logic.terms import Terms
from checker.model.decision import limb_path
from checker.model.expressions import Formula, Outcome
from checker.model.mixture import common_model
from checker.model.model import Check, Limb, Model, Stage


class Encoder(Expressions):
    """Encodes one column. `model` gives the definitions; `rules` the checks of each version; `columns`
    gives the rules for outcomes in another column.
    """

    def __init__(self, terms: Terms, model: Model, rules: Rules, columns: Callable[[str], Rules]) -> None:
        super().__init__(terms, model)
        self.rules = rules
        self.columns = columns
        # The same check is read again and again for the same situation and request.
        self._failing: dict[tuple[object, ...], Node] = {}
        self._refusing: dict[tuple[object, ...], Node] = {}
        self._passing: dict[tuple[object, ...], dict[str, Node]] = {}
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

    def outcome(self, outcome: Outcome, scope: Scope) -> Node:
        """The condition that a request has the outcome; cached, because the same outcome is read again and
        again.
        """
        request = scope.requests.get(outcome.request, RequestTerms({}))
        if outcome.changes:
            return self._asked_of(outcome, request, scope)
        key = (outcome, scope.state, request.key)
        if key not in self._outcomes:
            self._outcomes[key] = self._asked_of(outcome, request, scope)
        return self._outcomes[key]

    def _asked_of(self, outcome: Outcome, request: RequestTerms, scope: Scope) -> Node:
        """The condition that the request, changed as the outcome says, has the outcome in the column named
        there.
        """
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
        """The situation with this law's own versions deployed at its components."""
        return state.deployed({at: self.version_value(name) for at, name in self.rules.versions.items()})

    def decided(self, outcome: Outcome, scope: Scope) -> Node:
        """The condition that the request at hand has the outcome under this law."""
        match outcome.kind:
            case "accepted":
                return self.accepted(scope)
            case "rejected":
                return self.rejected(outcome.by, scope)
            case "passes":
                return self.terms.not_(self.fails(outcome.by, scope))
            case "fails":
                return self.fails(outcome.by, scope)
            case "fails only":
                return self.fails_only(outcome.by or "", scope)
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
        """`by` (a check, a component, or None for anything) refuses, and everything before it passes."""
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
        assert by is not None  # `fails` always names a check or component
        return self.terms.or_(*(self._fails_at(each, by, scope) for each in self.model.route))

    def fails_only(self, by: str, scope: Scope) -> Node:
        """The check, or some check at the component, fails, and no other check does."""
        places = by in self.model.components
        key = (places, scope.state, scope.requests[""].key)
        if key not in self._passing:  # what passes is the same, whichever is to fail
            names = [each.component for each in self.model.route] if places else self._names()
            found = ((name, self.fails(name, scope)) for name in dict.fromkeys(names))
            self._passing[key] = {name: self.terms.not_(fails) for name, fails in found}
        others = (passes for name, passes in self._passing[key].items() if name != by)
        return self.terms.and_(self.fails(by, scope), *others)

    def _names(self) -> Iterator[str]:
        """The names of the checks of all versions."""
        return (each.name for model in self.rules.models.values() for each in model.checks)

    def stage_fails(self, stage: Stage, scope: Scope) -> Node:
        """The stage is visited, and a check of the version deployed there fails."""
        number = self.terms.objects.number(stage)  # not its name: a component may have several stages
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
        """The stage is visited and `ask` holds for some check deployed there, of the given name if any."""
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
        """The laws that may be in force at the stage, each with the condition that it is, and the stage is
        visited.
        """
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
        """The check applies and what it requires is false, ignoring exceptions."""
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
        """For some values of the limb's binders, every condition holds."""
        key = self.terms.objects.number(limb)
        if key not in self._said:
            self._said[key] = limb.condition
        holds = self.formula(self._said[key], scope)
        return self._label(holds, f"{limb.clause} holds", scope, limb.clause)
