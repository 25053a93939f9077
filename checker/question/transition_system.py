"""One column as a transition system over symbolic situations: starts, axioms, requests and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from checker.logic.encode import Encoder
from checker.logic.encode_history import Recalling, nothing_before
from checker.logic.encode_steps import Changes
from checker.logic.node import ORDER, Node
from checker.logic.scope import RequestTerms, Rules, Scope
from checker.logic.symbolic_requests import drawn, within_bounds
from checker.logic.symbolic_state import PRESENCE, Maybe, State, Write
from checker.logic.terms import Terms
from checker.model.claim import Column, Steps
from checker.model.expressions import FACT, VERSION, Formula, Located, Sort, Term
from checker.model.mixture import changes_alike, common_model
from checker.model.model import SHAPE, Check, Event, Model
from checker.model.situation import Instance
from checker.question.columns import Columns, column_rules, rules_with

ONE = "w"  # prefix of the parameters of a single step from the first situation
REQUEST = "request"  # name of the schema of requests that change nothing, or of all requests


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of step: the requests that one effect concerns, all requests, or one event.

    `fixed`: request parameters whose value the effect's condition dictates. `at_once`: only requests that are
    not under way.
    """

    name: str
    event: Event | None
    fixed: Mapping[str, Node] = field(default_factory=dict)
    when: Formula | None = None
    at_once: bool = False


Parameters = Mapping[str, Maybe]


@dataclass(frozen=True, slots=True)
class Action:
    """A schema in a situation with given parameters: when it can be taken, and the situation after it."""

    schema: Schema
    parameters: Parameters
    guard: Node
    before: State
    after: State
    writes: tuple[Write, ...]


class System:
    """Builds the transition system of a column. All terms of one instance are shared."""

    def __init__(
        self,
        regime: Columns,
        column: Column,
        free: tuple[str, ...] = (),
        *,
        moving: bool = False,
        terms: Callable[[Mapping[str, Sort]], Terms] | None = None,
    ) -> None:
        """`free`: the versions that may be deployed (empty: the column's own); `moving`: they may change
        between steps; `terms`: makes the terms of a law with these sorts, if others use them, too.
        """
        self.column = column
        rules = rules_with(regime, column, free)
        self.model = common_model(rules)
        self.terms = Terms() if terms is None else terms(self.model.sorts)
        deployed = self.deployed = regime.deployed(column)
        self.encoder = Encoder(
            self.terms,
            self.model,
            Rules(rules, deployed),
            lambda text: Rules(*column_rules(regime, column, text)),
        )
        self.changes = Changes(self.encoder)
        self._version_sort = self.model.sorts[VERSION]
        versions = {
            at: self._free_version(at, free, "0") if free else self.terms.value(name, self._version_sort)
            for at, name in deployed.items()
        }
        self.free = free
        self.moving = moving
        self._actions: dict[tuple[object, ...], Action] = {}
        self._moved: dict[tuple[State, str], State] = {}
        self._axioms: dict[State, tuple[Node, ...]] = {}
        self._starts: dict[State, tuple[Node, ...]] = {}
        recall = Recalling(self.encoder)
        self.base = State(self.terms, self.model.functions, versions, recall=recall)
        constants = sorted(self.model.constants.values(), key=lambda each: each.sort.name)
        self.named = tuple(self.terms.constant(each.name, each.sort) for each in constants)

    def _free_version(self, at: Instance, free: tuple[str, ...], when: str) -> Node:
        """A version among the free ones: the first, unless the symbol of another one holds."""
        node = self.terms.value(free[0], self._version_sort)
        for name in free[1:]:
            chosen = self.terms.symbol(f"version {when} {at[0]} {at[1] or ''} {name}", FACT)
            node = self.terms.ite(chosen, self.terms.value(name, self._version_sort), node)
        return node

    def scope(self, state: State, variables: Parameters | None = None) -> Scope:
        """A scope without requests."""
        return Scope(state, variables=variables or {})

    # ------------------------------------------------------------- states

    def axioms(self, state: State) -> tuple[Node, ...]:
        """What holds in every situation. What was read of a situation is not read again."""
        if state not in self._axioms:
            self._axioms[state] = self._all([each.formula for each in self.model.axioms], state)
        return self._axioms[state]

    def start(self, state: State) -> tuple[Node, ...]:
        """What holds where stories start. If versions move, the column's own are deployed there, and `state`
        is the situation after they have moved, before any other step.
        """
        if state not in self._starts:
            first = self.encoder.placed(state) if self.moving else state
            own = self._all(list(self.model.start), first) + tuple(nothing_before(self.encoder, first))
            self._starts[state] = (*own, *self.axioms(first)) if self.moving else own
        return self._starts[state]

    def _all(self, located: list[Located], state: State) -> tuple[Node, ...]:
        return tuple(self.encoder.formula(each.formula, self.scope(state)) for each in located)

    @property
    def models(self) -> tuple[Model, ...]:
        """Every version that may be deployed."""
        return tuple(self.encoder.rules.models.values())

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks of every version that may be deployed."""
        return tuple(check for model in self.models for check in model.checks)

    # ------------------------------------------------------------ schemas

    @cached_property
    def request_schemas(self) -> tuple[Schema, ...]:
        """One schema for each effect; requests without an effect change nothing. If versions deployed side by
        side have different effects, one schema for all requests.
        """
        if not all(changes_alike(self.model, each) for each in self.encoder.rules.models.values()):
            return (self.every_request,)
        schemas = []
        for effect in self.model.effects:
            fixed: dict[str, Node] = {}
            if effect.when is not None:
                request = self.fresh_request("e", {})
                scope = self._request_scope(self.base, request, {})
                when = self.encoder.formula(effect.when, scope)
                symbols = {g.value: name for name, g in request.values.items() if g.value is not None}
                for unit in when.arguments if when.operator == "and" else (when,):
                    if unit.operator == "member" and len(unit.values) == 1 and unit.arguments[0] in symbols:
                        name = symbols[unit.arguments[0]]
                        fixed[name] = self.terms.value(next(iter(unit.values)), unit.arguments[0].sort)
            name = f"{effect.name} (effect)" if effect.name in (REQUEST, *self.model.events) else effect.name
            schemas.append(Schema(name, None, fixed, effect.when))
        return tuple(schemas)

    @cached_property
    def event_schemas(self) -> tuple[Schema, ...]:
        return tuple(Schema(event.name, event) for event in self.model.events.values())

    @cached_property
    def every_request(self) -> Schema:
        """All requests, whatever they change."""
        return Schema(REQUEST, None)

    def schemas(self, steps: Steps) -> tuple[Schema, ...]:
        """The steps that count; if requests count, so do the events that let one pass on its way."""
        if steps.any_step:
            return (*self.request_schemas, *self.event_schemas)
        passing = self._passing if steps.requests and not steps.at_once else ()
        events = tuple(each for each in self.event_schemas if each.name in (*steps.events, *passing))
        requests = (replace(each, at_once=steps.at_once) for each in self.request_schemas)
        return (*(requests if steps.requests else ()), *events)

    # ------------------------------------------------------------ actions

    def fresh(self, schema: Schema, prefix: str) -> Parameters:
        """Symbolic parameters for one step."""
        if schema.event is None:
            request = self.fresh_request(prefix, schema.fixed).values
            staging = self.model.staging
            if staging is None or not schema.at_once:
                return request
            return {**request, staging.parameter: Maybe(self.terms.false, request[staging.parameter].value)}
        given: dict[str, Maybe] = {}
        for each in schema.event.parameters:
            name = f"{prefix}.{each.name}"
            present = self.terms.carried(prefix, each.name) if each.optional else self.terms.true
            given[each.name] = Maybe(present, self.terms.symbol(name, each.sort))
        return given

    def taken(self, schema: Schema, number: int) -> Parameters:
        """Symbolic parameters for the step of that number. All requests share theirs, and so do all events
        that let one pass, since only one of them is taken.
        """
        prefix = f"s{number}" if number else ONE  # so other questions share much of the first step
        if schema.event is None:
            return self.fresh(schema, prefix)
        return self.fresh(schema, f"{prefix}.{'pass' if schema.name in self._passing else schema.name}")

    def reads(self, nodes: Iterable[Node]) -> set[str]:
        """The functions of the law that the nodes read."""
        names = frozenset[str]().union(*(self.terms.functions(each) for each in nodes))
        return {name.removesuffix(PRESENCE) for name in names}

    def fresh_request(self, prefix: str, fixed: Mapping[str, Node]) -> RequestTerms:
        """A symbolic well-formed request: parameters are carried exactly as declared."""
        return drawn(self.encoder, prefix, fixed, self.base)

    def _request_scope(self, state: State, request: RequestTerms, variables: Parameters) -> Scope:
        return Scope(state, variables=variables, requests={"": request})

    def at(
        self,
        schema: Schema,
        state: State,
        parameters: Parameters,
        condition: Node | None = None,
        *,
        checked: bool = True,
    ) -> Action:
        """The step from `state`. Writes happen only if `condition` holds; unless `checked`, the guard does
        not require that the request is accepted.
        """
        when = self.terms.true if condition is None else condition
        given = tuple((name, each.present, each.value) for name, each in parameters.items())
        key = (schema.name, state, given, when, checked)
        if key not in self._actions:
            self._actions[key] = self._at(schema, state, parameters, when, checked=checked)
        return self._actions[key]

    def _at(
        self, schema: Schema, state: State, parameters: Parameters, when: Node, *, checked: bool
    ) -> Action:
        self.terms.keep_time()
        bounds = within_bounds(self.terms, parameters)
        if schema.event is not None:
            scope = self.scope(state, parameters)
            guard = self.terms.and_(self.changes.event_guard(schema.event, scope), bounds)
            writes: tuple[Write, ...] = self.changes.event_writes(schema.event, scope, when)
        else:
            scope = self._request_scope(state, RequestTerms(parameters), {})
            concerned = self.terms.true if schema.when is None else self.encoder.formula(schema.when, scope)
            guard = self.terms.false
            if concerned is not self.terms.false:
                accepted = self.encoder.accepted(scope) if checked else self.terms.true
                guard = self.terms.and_(concerned, accepted, bounds)
            writes = self.changes.request_writes(scope, when)
        return Action(schema, parameters, guard, state, state.after(writes), writes)

    def moved(self, state: State, when: str) -> State:
        """The situation in which the next step is taken: if deployment steps count, any version may have
        been deployed anywhere in between. `when` distinguishes such moments.
        """
        if not self.moving:
            return state
        key = (state, when)
        if key not in self._moved:
            versions = {at: self._free_version(at, self.free, when) for at in state.versions}
            self._moved[key] = state.deployed(versions)
        return self._moved[key]

    def somehow_moved(self, node: Node, when: str) -> Node:
        """The condition that `node`, about a situation after deployments, holds for some versions that may
        have been deployed.
        """
        if not self.moving:
            return node
        symbols = sorted(self.terms.symbols(node) & self._chosen(when), key=ORDER)
        for each in symbols:
            ways = (self.terms.substitute(node, {each: way}) for way in (self.terms.true, self.terms.false))
            node = self.terms.or_(*ways)
        return node

    def deployments(self, state: State) -> Iterator[tuple[Node, State]]:
        """Every deployment step, if they count: a new version at one component, while the others keep theirs.
        Yields the condition that the version is new, and the situation after the step.
        """
        for at, version in state.versions.items() if self.moving else ():
            for name in self.free:
                new = self.terms.value(name, self._version_sort)
                another = self.terms.not_(self.terms.equal(version, new))
                yield another, state.deployed({**state.versions, at: new})

    def _chosen(self, when: str) -> frozenset[Node]:
        """The symbols that determine which versions are deployed at a moment."""
        versions = (self._free_version(at, self.free, when) for at in self.base.versions)
        return frozenset[Node]().union(*map(self.terms.symbols, versions))

    @cached_property
    def sender(self) -> str:
        """The request parameter that names the sender."""
        return next(each.name for each in self.model.request if each.sort.has_things)

    def sent_by(self, steps: Steps, action: Action, scope: Scope) -> Node:
        """The request's sender is one whose requests count; other events are not restricted."""
        passing = action.schema.name in self._passing and action.schema.event is not None
        if action.schema.event is not None and not passing:
            return self.terms.true
        given = partial(self._in_flight, action) if passing else action.parameters.__getitem__
        shaped = self.terms.or_(*(self._is(each, given(SHAPE).value, scope) for each in steps.shapes))
        if not (steps.senders or steps.others):
            return shaped if steps.shapes else self.terms.true
        sender = given(self.sender).value
        here = scope.at(action.before)
        choices = [self._is(term, sender, here) for term in steps.senders]
        if steps.others:
            named = (self._is(term, sender, here) for term in steps.others)
            choices.append(self.terms.not_(self.terms.or_(*named)))
        return self.terms.and_(*((shaped,) if steps.shapes else ()), self.terms.or_(*choices))

    def _is(self, term: Term, sender: Node | None, scope: Scope) -> Node:
        """The term is present and is the sender, or the shape."""
        given = self.encoder.term(term, scope)
        if given.value is None or sender is None:
            return self.terms.false
        return self.terms.and_(given.present, self.terms.equal(given.value, sender))

    @property
    def _passing(self) -> Mapping[str, str]:
        """The events that let a request pass on its way."""
        return {} if self.model.staging is None else self.model.staging.passing

    def _plain(self, action: Action) -> Node:
        """A request that says as which request it was sent must be under way; others need not say so."""
        staging = self.model.staging
        if staging is None or not staging.passing or action.schema.event is not None:
            return self.terms.true
        scope = self._request_scope(action.before, RequestTerms(action.parameters), {})
        behind = self.model.route[0].behind
        assert behind is not None
        said = action.parameters[staging.parameter].present
        return self.terms.implies(said, self.encoder.formula(behind, scope))

    def _in_flight(self, action: Action, parameter: str) -> Maybe:
        staging = self.model.staging
        assert staging is not None
        (flight,) = action.parameters.values()
        assert flight.value is not None
        return action.before.lookup(staging.carried[parameter], (flight.value,))

    # ------------------------------------------------------------- paths

    def advance(
        self,
        state: State,
        number: int,
        schemas: tuple[Schema, ...],
        restrict: Callable[[Action], Node] | None,
    ) -> tuple[State, Node, dict[str, Node]]:
        """One step of any of the schemas: the situation after it, the condition that it is a step, and for
        each schema's name the condition that it is that one.
        """
        schemas_known = (self.every_request, *self.request_schemas, *self.event_schemas)
        kinds = Sort("step", tuple(dict.fromkeys(each.name for each in schemas_known)))
        chosen = self.terms.symbol(f"step {number}", kinds)
        conditions, selectors = [], {}
        writes: list[Write] = []
        for schema in schemas:
            selected = self.terms.member(chosen, (schema.name,))
            selectors[schema.name] = selected
            action = self.at(schema, state, self.taken(schema, number), selected)
            allowed = self.terms.true if restrict is None else restrict(action)
            conditions.append(self.terms.and_(selected, action.guard, allowed, self._plain(action)))
            writes += action.writes
        return self.moved(state.after(tuple(writes)), f"{number + 1}"), self.terms.or_(*conditions), selectors
