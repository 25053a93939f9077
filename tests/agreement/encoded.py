"""One column in terms, asked for everything that can be asked, each once and remembered."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cached_property

from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.solver import Solver
from checker.logic.symbolic_state import PRESENCE, Maybe
from checker.model.claim import AlwaysAfter, Claim, Column
from checker.model.evaluate import Rules, routing_model
from checker.model.expressions import FACT, Call, Expression, Formula, Outcome, Sort
from checker.model.lacking import lacking
from checker.model.model import Model
from checker.model.reads import words_of
from checker.model.situation import Situation
from checker.question.columns import Columns
from checker.question.transition_system import Action, Schema, System
from tests.agreement.reading import Free, Reading, Worth
from tests.random_laws.situations import Sample, places, sample


class Encoded:
    """One column, encoded. `mixed`: versions of which every component may have any."""

    def __init__(
        self, regime: Columns, column: Column, claims: tuple[Claim, ...] = (), mixed: tuple[str, ...] = ()
    ) -> None:
        self.regime, self.column, self.mixed = regime, column, mixed
        self.name = f"{column}, every mixture" if mixed else str(column)
        self.system = System(regime, column, mixed)
        self.rules: Rules = self.system.encoder.rules.models
        self.model: Model = self.system.model
        self.claims = tuple(each for each in claims if not self._lacks(each))
        self.free = Free()
        self.request = self.system.fresh_request("r", {})
        self.scope = Scope(self.system.base, requests={"": self.request, "r": self.request})
        self._definitions: dict[str, tuple[list[Node], Maybe]] = {}
        self._claims: dict[tuple[str, int], Node] = {}
        self._lookups: dict[tuple[str, str], tuple[list[Node], Maybe]] = {}
        self._actions: dict[tuple[str, ...], Action] = {}
        self._names: set[str] = set()
        self.solver = Solver(self.system.terms)

    def _lacks(self, claim: Claim) -> bool:
        """Whether the claim speaks of what the column does not have, such as another reading brings."""
        return any(lacking(each, *words_of(claim)) is not None for each in self.rules.values())

    # ------------------------------------------------------------ sampling

    def sample(self, chance: random.Random) -> Sample:
        """A random situation with the versions of the column deployed."""
        versions = self.system.deployed
        if self.mixed:
            versions = {at: chance.choice(self.mixed) for at in versions}
        return sample(self.rules, versions, chance)

    def reading(self, given: Sample) -> Reading:
        """The terms of this column, read in the situation."""
        symbols: dict[str, Worth] = {}
        for parameter in self.model.request:
            value = given.request.values.get(parameter.name)
            symbols[f"r.{parameter.name}?"] = value is not None
            if value is not None:
                symbols[f"r.{parameter.name}"] = value
        if given.event is not None:
            for each in self.event_model(given.situation).events[given.event].parameters:
                value = given.arguments.get(each.name)
                symbols[f"e.{each.name}?"] = value is not None
                if value is not None:
                    symbols[f"e.{each.name}"] = value
        for at, version in given.situation.versions.items():
            for name in self.mixed[1:]:
                symbols[f"version 0 {at[0]} {at[1] or ''} {name}"] = version == name
        return Reading(self.model.functions, given.situation, symbols, self.free)

    def event_model(self, situation: Situation) -> Model:
        """The rules by which events happen."""
        return routing_model(self.rules, situation)

    # ----------------------------------------------------------- encoding

    @cached_property
    def outcomes(self) -> tuple[tuple[Outcome, Node], ...]:
        """Every outcome that can be asked of a request, with its condition."""
        checks = {check.name for model in self.rules.values() for check in model.checks}
        found = [Outcome("accepted", "r"), Outcome("rejected", "r")]
        for name in sorted({*checks, *self.model.components}):
            found += [Outcome(kind, "r", name) for kind in ("rejected", "passes", "fails")]
        found += [Outcome("exempted", "r", clause) for clause in sorted(self.clauses)]
        return tuple((each, self.system.encoder.formula(each, self.scope)) for each in found)

    @cached_property
    def clauses(self) -> set[str]:
        """The limbs of all checks, and the limbs and chapeaus that these stand under."""
        limbs = [x for model in self.rules.values() for check in model.checks for x in check.limbs]
        return {clause for limb in limbs for clause in (limb.clause, *limb.above)}

    def definition(self, name: str) -> tuple[list[Node], Maybe]:
        """A definition or premise, of symbols for its arguments."""
        if name not in self._definitions:
            model = self.model
            named = model.definitions.get(name) or model.premises[name]
            symbols = [self.system.terms.symbol(f"x{n}", v.sort) for n, v in enumerate(named.parameters)]
            there = [self.system.terms.symbol(f"x{n}?", FACT) for n, _ in enumerate(named.parameters)]
            given = {v.name: Maybe(p, x) for v, p, x in zip(named.parameters, there, symbols, strict=True)}
            body = call_of(model, name)
            found = self.system.encoder.term(body, Scope(self.system.base, None, given, self.scope.requests))
            self._definitions[name] = [*symbols, *there], found
        return self._definitions[name]

    def action(self, *steps: str) -> Action:
        """The request or event, or one after the other, from the situation."""
        if steps not in self._actions:
            state = self.system.base if len(steps) == 1 else self.action(*steps[:-1]).after
            schema = self._schema(steps[-1])
            parameters = self.request.values if schema.event is None else self.system.fresh(schema, "e")
            self._actions[steps] = self.system.at(schema, state, parameters)
        return self._actions[steps]

    def _schema(self, name: str) -> Schema:
        if name == "request":
            return self.system.every_request
        return next(each for each in self.system.event_schemas if each.name == name)

    def lookup(self, function: str, *steps: str) -> tuple[list[Node], Maybe]:
        """The function after the steps, at symbols for its arguments."""
        key = (function, " ".join(steps))
        if key not in self._lookups:
            sorts = self.model.functions[function].parameters
            symbols = [self.system.terms.symbol(f"place {n}", s) for n, s in enumerate(sorts)]
            state = self.action(*steps).after if steps else self.system.base
            self._lookups[key] = symbols, state.lookup(function, tuple(symbols))
        return self._lookups[key]

    @cached_property
    def stated(self) -> tuple[tuple[str, Formula, Node], ...]:
        """Axioms and start."""
        base = self.system.base
        axioms = zip(self.model.axioms, self.system.axioms(base), strict=True)
        start = zip(self.model.start, self.system.start(base), strict=True)
        return (
            *((f"axiom {axiom.name}", axiom.formula.formula, node) for axiom, node in axioms),
            *(("start", located.formula, node) for located, node in start),
        )

    def claim_node(self, claim: Claim, number: int, formula: Formula, *, after: bool) -> Node:
        key = (claim.name, number)
        if key not in self._claims:
            terms = self.system.terms
            variables = {
                name: Maybe(terms.true, terms.symbol(f"claim {name}", sort))
                for name, sort in variables_of(claim).items()
            }
            named = (*(e.name for e in claim.variables if e.sort is None), *named_requests(claim))
            state = self.action("request").after if after else self.system.base
            scope = Scope(
                state,
                self.system.base if after else None,
                variables,
                dict.fromkeys(named, self.request),
            )
            self._claims[key] = self.system.encoder.formula(formula, scope)
        return self._claims[key]

    # --------------------------------------------------------- the situation

    def _thing(self, name: str, sort: Sort) -> Node:
        if not sort.has_things:
            return self.system.terms.value(name, sort)
        return self.system.terms.constant(name if name in self.model.constants else f"the {name}", sort)

    def equal(self, node: Node, name: str) -> Node:
        return self.system.terms.equal(node, self._thing(name, node.sort))

    def facts(self, given: Sample) -> Iterator[Node]:
        """The situation as formulas: every place, who is there, and that nobody else is."""
        terms, situation = self.system.terms, given.situation
        for function in self.model.functions.values():
            for at in places(function, situation):
                value = situation.values.get((function.name, at))
                arguments = tuple(map(self._thing, at, function.parameters))
                applied = terms.apply(function.name, arguments, function.result)
                if function.result == FACT:
                    yield applied if value is True else terms.not_(applied)
                    continue
                if function.optional:
                    present = terms.apply(function.name + PRESENCE, arguments, FACT)
                    yield present if value is not None else terms.not_(present)
                if value is not None:
                    yield self.equal(applied, str(value))
        for sort_name, names in situation.things.items():
            sort = self.model.sorts[sort_name]
            someone = terms.symbol(f"any {sort_name}", sort)
            known = terms.or_(*(self.equal(someone, name) for name in names))
            yield terms.forall((someone,), known)
        yield from self._symbols(given)

    def _symbols(self, given: Sample) -> Iterator[Node]:
        terms = self.system.terms
        for name, value in given.request.values.items():
            term = self.request.values[name]
            assert term.value is not None
            yield self.equal(term.value, value)
        for parameter in self.model.request:
            symbol = terms.symbol(f"r.{parameter.name}?", FACT)
            yield symbol if parameter.name in given.request.values else terms.not_(symbol)
        if given.event is not None:
            for each in self.model.events[given.event].parameters:
                argument = given.arguments.get(each.name)
                there = terms.symbol(f"e.{each.name}?", FACT)
                yield there if argument is not None else terms.not_(there)
                if argument is not None:
                    yield self.equal(terms.symbol(f"e.{each.name}", each.sort), argument)
        for at, version in given.situation.versions.items():
            for name in self.mixed[1:]:
                chosen = terms.symbol(f"version 0 {at[0]} {at[1] or ''} {name}", FACT)
                yield chosen if version == name else terms.not_(chosen)


def call_of(model: Model, name: str) -> Expression:

    named = model.definitions.get(name)
    if named is not None:
        return Call(name, named.parameters, named.result, "r")
    return Call(name, model.premises[name].parameters, FACT, "r")


def formulas_of(claim: Claim) -> list[tuple[Formula, bool]]:
    """The formulas of a claim's statement and frame; True for those read after a request."""
    statement = claim.statement
    after = isinstance(statement, AlwaysAfter)
    found: list[tuple[Formula, bool]] = []
    for name in ("formula", "condition", "goal", "where"):
        each = getattr(statement, name, None)
        if each is not None:
            found.append((each, name == "formula" and after))
    cases = (*getattr(statement, "accepted", ()), *getattr(statement, "rejected", ()))
    found += [(case.formula, False) for case in cases]
    found += [(each, False) for each in claim.premises]
    found += [(claim.where, False)] if claim.where is not None else []
    found += [(claim.witness, after)] if claim.witness is not None else []
    return found


def variables_of(claim: Claim) -> Mapping[str, Sort]:
    return {each.name: each.sort for each in claim.variables if each.sort is not None}


def named_requests(claim: Claim) -> tuple[str, ...]:
    name = getattr(claim.statement, "request", "")
    return (name,) if name else ()
