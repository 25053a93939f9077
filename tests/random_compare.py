"""Holds the encoder to the reference meaning: a column, encoded once, asked about many situations.

Whatever `evaluate` says of a situation, a request and an event must be what the encoder's terms are worth
there (read by `random_reading`) and, for some, what the solver says when it is told the situation.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from random_reading import Free, Reading, Worth
from random_situations import Sample, places, sample

from checker.engines.system import Action, Columns, Schema, System, column_rules
from checker.logic.scope import Scope
from checker.logic.solver import Solver, Unknown, Unsatisfiable
from checker.logic.state import PRESENCE, Maybe
from checker.logic.terms import Node
from checker.model.claim import AlwaysAfter, Claim, Column
from checker.model.decision import Decision, exempted, fails, rejected_by
from checker.model.evaluate import (
    Environment,
    Rules,
    apply_event,
    apply_request,
    decide,
    event_enabled,
    holds,
    members,
    routing_model,
    term_value,
    well_formed,
    well_made,
)
from checker.model.expressions import FACT, Call, Expression, Formula, Outcome, Sort
from checker.model.model import Model
from checker.model.situation import Situation

FEW = 12  # definitions, claims and places asked about for one situation


class Differs(Exception):
    """The two meanings differ; the message says about what, and in which situation."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One question, what it should be and what it is."""

    about: str
    expected: Worth | None
    found: Worth | None


@dataclass
class Tally:
    """What has been compared, and of what kind the requests were. `undecided`: the solver gave up, which it
    may where made-up rules ask of every thing that there be some thing of the same sort."""

    kinds: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    solved: int = 0
    undecided: int = 0

    def add(self, other: Tally) -> None:
        self.kinds += other.kinds
        self.columns += other.columns
        self.compared += other.compared
        self.solved += other.solved
        self.undecided += other.undecided


Expected: TypeAlias = Callable[[Sample], Worth | None]


class Law:
    """One column, encoded. `mixed`: versions of which every component may have any."""

    def __init__(
        self, regime: Columns, column: Column, claims: tuple[Claim, ...] = (), mixed: tuple[str, ...] = ()
    ) -> None:
        self.regime, self.column, self.mixed = regime, column, mixed
        self.name = f"{column}, every mixture" if mixed else str(column)
        self.system = System(regime, column, mixed)
        self.rules: Rules = self.system.encoder.rules.models
        self.model: Model = self.system.model
        self.claims = claims
        self.free = Free()
        self.request = self.system.fresh_request("r", {})
        self.scope = Scope(self.system.base, requests={"": self.request, "r": self.request})
        self._definitions: dict[str, tuple[list[Node], Maybe]] = {}
        self._claims: dict[tuple[str, int], Node] = {}
        self._lookups: dict[tuple[str, str], tuple[list[Node], Maybe]] = {}
        self._actions: dict[tuple[str, ...], Action] = {}
        self._names: set[str] = set()
        self.solver = Solver(self.system.terms)

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
        """The limbs of all checks, and the limbs that these stand under."""
        limbs = [x for model in self.rules.values() for check in model.checks for x in check.limbs]
        groups = {check.group for model in self.rules.values() for check in model.checks}
        return {clause for limb in limbs for clause in (limb.clause, *limb.above)} - groups

    def definition(self, name: str) -> tuple[list[Node], Maybe]:
        """A definition or premise, of symbols for its arguments."""
        if name not in self._definitions:
            model = self.model
            named = model.definitions.get(name) or model.premises[name]
            symbols = [self.system.terms.symbol(f"x{n}", v.sort) for n, v in enumerate(named.parameters)]
            there = [self.system.terms.symbol(f"x{n}?", FACT) for n, _ in enumerate(named.parameters)]
            given = {v.name: Maybe(p, x) for v, p, x in zip(named.parameters, there, symbols, strict=True)}
            body = _call(model, name)
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

    # ---------------------------------------------------------- comparing

    def compare(self, given: Sample, chance: random.Random, tally: Tally, *, solve: bool = False) -> None:
        """Compare everything about one sample. Raises Differs."""
        problem = well_made(self.event_model(given.situation), given.situation)
        if problem is not None or not well_formed(self.model, given.situation, given.request):
            raise AssertionError(f"badly generated: {problem}: {given}")
        decision = decide(self.rules, given.situation, given.request)
        reading = self.reading(given)
        tally.columns[self.name] += 1
        tally.kinds[_kind(decision)] += 1
        for compared in self._comparisons(given, decision, reading, chance, tally):
            tally.compared += 1
            if compared.expected != compared.found:
                raise Differs(self._told(given, compared))
        if solve:
            self._solve(given, reading, chance, tally)

    def _told(self, given: Sample, compared: Compared) -> str:
        lines = [
            f"column: {self.name}",
            f"about: {compared.about}",
            f"evaluate: {compared.expected}   encode: {compared.found}",
            f"request: {dict(given.request.values)}",
            f"event: {given.event} {dict(given.arguments)}",
            f"things: {dict(given.situation.things)}",
            f"versions: {dict(given.situation.versions)}",
            *(f"{name}({', '.join(at)}) = {value}" for (name, at), value in given.situation.values.items()),
        ]
        return "\n  ".join(lines)

    def _comparisons(
        self, given: Sample, decision: Decision, reading: Reading, chance: random.Random, tally: Tally
    ) -> Iterator[Compared]:
        yield from self._carried(given, reading)
        yield from self._outcomes(decision, reading, tally)
        yield from self._situation(given, reading)
        yield from self._definitions_compared(given, reading, chance)
        yield from self._after(given, decision, reading, chance, tally)
        yield from self._claims_compared(given, reading, chance)

    def _carried(self, given: Sample, reading: Reading) -> Iterator[Compared]:
        for name, term in self.request.values.items():
            yield Compared(f"{name} of the request", given.request.values.get(name), reading.optional(term))

    def _outcomes(self, decision: Decision, reading: Reading, tally: Tally) -> Iterator[Compared]:
        for outcome, node in self.outcomes:
            expected = _decided(outcome, decision)
            if expected and outcome.kind == "exempted":
                tally.kinds[f"exempted by {outcome.by}"] += 1
            yield Compared(f"{outcome.kind} {outcome.by or ''}", expected, reading.worth(node))

    @cached_property
    def _stated(self) -> tuple[tuple[str, Formula, Node], ...]:
        """Axioms and start."""
        base = self.system.base
        axioms = zip(self.model.axioms, self.system.axioms(base), strict=True)
        start = zip(self.model.start, self.system.start(base), strict=True)
        return (
            *((f"axiom {axiom.name}", axiom.formula.formula, node) for axiom, node in axioms),
            *(("start", located.formula, node) for located, node in start),
        )

    def _situation(self, given: Sample, reading: Reading) -> Iterator[Compared]:
        env = Environment(self.model, given.situation, rules=self.rules)
        for about, formula, node in self._stated:
            yield Compared(about, holds(formula, env), reading.worth(node))

    def _definitions_compared(
        self, given: Sample, reading: Reading, chance: random.Random
    ) -> Iterator[Compared]:
        names = (*self.model.definitions, *self.model.premises)
        for name in chance.sample(names, min(FEW, len(names))):
            named = self.model.definitions.get(name) or self.model.premises[name]
            symbols, term = self.definition(name)
            values = {
                v.name: None if chance.random() < 0.2 else chance.choice(members(v.sort, given.situation))
                for v in named.parameters
            }
            env = Environment(
                self.model, given.situation, variables=values, requests={"r": given.request}, rules=self.rules
            )
            worth = dict(
                zip(symbols, (*values.values(), *(v is not None for v in values.values())), strict=True)
            )
            bound = {node: value for node, value in worth.items() if value is not None}
            expected = term_value(_call(self.model, name), env)
            found = reading.at(term, bound)
            if term.value is None or term.value.sort == FACT:
                expected, found = bool(expected), bool(found)
            yield Compared(f"{name}({values})", expected, found)

    def _after(
        self, given: Sample, decision: Decision, reading: Reading, chance: random.Random, tally: Tally
    ) -> Iterator[Compared]:
        situation = given.situation
        model = self.event_model(situation)
        after_request = apply_request(self.rules, situation, given.request)
        guard = self.action("request").guard
        yield Compared("guard of the request", decision.accepted, reading.worth(guard))
        yield from self._changed(after_request, reading, chance, "request")
        if given.event is None:
            return
        enabled = event_enabled(model, situation, given.event, given.arguments)
        tally.kinds["event enabled" if enabled else "event not enabled"] += 1
        found = reading.worth(self.action(given.event).guard)
        yield Compared(f"guard of {given.event}", enabled, found)
        after_event = apply_event(model, situation, given.event, given.arguments)
        yield from self._changed(after_event, reading, chance, given.event)
        twice = apply_event(model, after_event, given.event, given.arguments)
        yield from self._changed(twice, reading, chance, given.event, given.event)
        then = apply_request(self.rules, after_event, given.request)
        yield from self._changed(then, reading, chance, given.event, "request")
        last = apply_event(model, after_request, given.event, given.arguments)
        yield from self._changed(last, reading, chance, "request", given.event)
        if well_formed(self.model, after_event, given.request):
            expected = decide(self.rules, after_event, given.request).accepted
            node = self.action(given.event, "request").guard
            yield Compared(f"accepted after {given.event}", expected, reading.worth(node))

    def _changed(
        self, after: Situation, reading: Reading, chance: random.Random, *steps: str
    ) -> Iterator[Compared]:
        """Every place after one step, some places after two."""
        for function in self.model.functions.values():
            if not function.state:
                continue
            chosen = places(function, after)
            if len(steps) > 1:
                chosen = chance.sample(chosen, min(FEW, len(chosen)))
            symbols, term = self.lookup(function.name, *steps)
            for at in chosen:
                value = after.values.get((function.name, at))
                expected = bool(value) if function.result == FACT else value
                found = reading.at(term, dict(zip(symbols, at, strict=True)))
                yield Compared(f"{function.name}{at} after {' and '.join(steps)}", expected, found)

    # -------------------------------------------------------------- claims

    def _claims_compared(self, given: Sample, reading: Reading, chance: random.Random) -> Iterator[Compared]:
        """The formulas that claims are made of, with `before`, and with outcomes in other columns."""
        for claim in chance.sample(self.claims, min(3, len(self.claims))):
            binding = {
                each.name: chance.choice(members(each.sort, given.situation))
                for each in claim.variables
                if each.sort is not None
            }
            for number, (formula, after) in enumerate(formulas_of(claim)):
                node = self._claim_node(claim, number, formula, after=after)
                variables = {
                    self.system.terms.symbol(f"claim {name}", sort): binding[name]
                    for name, sort in _variables(claim).items()
                }
                situation = given.situation
                if after:
                    situation = apply_request(self.rules, situation, given.request)
                names = {each.name for each in claim.variables if each.sort is None}
                env = Environment(
                    self.model,
                    situation,
                    before=given.situation if after else None,
                    variables=binding,
                    requests=dict.fromkeys((*names, *_named_requests(claim)), given.request),
                    rules=self.rules,
                    columns=lambda text: column_rules(self.regime, self.column, text),
                )
                about = f"claim {claim.name}, formula {number}, {binding}"
                found = reading.at(Maybe(self.system.terms.true, node), variables)
                yield Compared(about, holds(formula, env), found)

    def _claim_node(self, claim: Claim, number: int, formula: Formula, *, after: bool) -> Node:
        key = (claim.name, number)
        if key not in self._claims:
            terms = self.system.terms
            variables = {
                name: Maybe(terms.true, terms.symbol(f"claim {name}", sort))
                for name, sort in _variables(claim).items()
            }
            named = (*(e.name for e in claim.variables if e.sort is None), *_named_requests(claim))
            state = self.action("request").after if after else self.system.base
            scope = Scope(
                state,
                self.system.base if after else None,
                variables,
                dict.fromkeys(named, self.request),
            )
            self._claims[key] = self.system.encoder.formula(formula, scope)
        return self._claims[key]

    # --------------------------------------------------------------- solver

    def _solve(self, given: Sample, reading: Reading, chance: random.Random, tally: Tally) -> None:
        """The solver, told the situation, finds what is so possible, and what is not so impossible."""
        asked = [node for _, node in self.outcomes if node.arguments]
        asked += [node for _, _, node in self._stated]
        asked += [self.action(name).guard for name in (given.event,) if name is not None]
        for node in chance.sample(asked, min(3, len(asked))):
            holds_here = reading.worth(node) is True
            self._ask(given, node if holds_here else self.system.terms.not_(node), "a condition", tally)
        changing = [each for each in self.model.functions.values() if each.state]
        steps = [("request",), *([(given.event,), ("request", given.event)] if given.event else [])]
        for path in steps:
            function = chance.choice(changing)
            symbols, term = self.lookup(function.name, *path)
            at = chance.choice(places(function, given.situation))
            value = reading.at(term, dict(zip(symbols, at, strict=True)))
            here = self.system.terms.and_(
                *(self._equal(x, name) for x, name in zip(symbols, at, strict=True))
            )
            node = self._is(term, value)
            about = f"{function.name}{at} after {path}"
            self._ask(given, node, about, tally, here)

    def _is(self, term: Maybe, value: Worth | None) -> Node:
        terms = self.system.terms
        if term.value is None or value is None:
            return terms.not_(term.present)
        if term.value.sort == FACT:
            wanted = term.value if value is True else terms.not_(term.value)
            return terms.and_(term.present, wanted)
        return terms.and_(term.present, self._equal(term.value, str(value)))

    def _ask(self, given: Sample, node: Node, about: str, tally: Tally, *also: Node) -> None:
        """What is so in the situation is possible there, and that it is not so is impossible."""
        told = (*self._facts(given), *also)
        tally.solved += 1
        answer = self.solver.ask((*told, self.system.terms.not_(node)))
        if isinstance(answer, Unknown):
            tally.undecided += 1
            return
        if not isinstance(answer, Unsatisfiable):
            self._differs(given, f"{about}: that it is not so", "impossible", answer)
        answer = self.solver.ask((*told, node))
        if isinstance(answer, Unsatisfiable):
            self._differs(given, f"{about}: that it is so", "possible", answer)

    def _differs(self, given: Sample, about: str, expected: str, answer: object) -> None:
        raise Differs(self._told(given, Compared(about, expected, type(answer).__name__)))

    def _thing(self, name: str, sort: Sort) -> Node:
        if sort.is_enum:
            return self.system.terms.value(name, sort)
        return self.system.terms.constant(name if name in self.model.constants else f"the {name}", sort)

    def _equal(self, node: Node, name: str) -> Node:
        return self.system.terms.equal(node, self._thing(name, node.sort))

    def _facts(self, given: Sample) -> Iterator[Node]:
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
                    yield self._equal(applied, str(value))
        for sort_name, names in situation.things.items():
            sort = self.model.sorts[sort_name]
            someone = terms.symbol(f"any {sort_name}", sort)
            known = terms.or_(*(self._equal(someone, name) for name in names))
            yield terms.forall((someone,), known)
        yield from self._symbols(given)

    def _symbols(self, given: Sample) -> Iterator[Node]:
        terms = self.system.terms
        for name, value in given.request.values.items():
            term = self.request.values[name]
            assert term.value is not None
            yield self._equal(term.value, value)
        for parameter in self.model.request:
            symbol = terms.symbol(f"r.{parameter.name}?", FACT)
            yield symbol if parameter.name in given.request.values else terms.not_(symbol)
        if given.event is not None:
            for each in self.model.events[given.event].parameters:
                argument = given.arguments.get(each.name)
                there = terms.symbol(f"e.{each.name}?", FACT)
                yield there if argument is not None else terms.not_(there)
                if argument is not None:
                    yield self._equal(terms.symbol(f"e.{each.name}", each.sort), argument)
        for at, version in given.situation.versions.items():
            for name in self.mixed[1:]:
                chosen = terms.symbol(f"version 0 {at[0]} {at[1] or ''} {name}", FACT)
                yield chosen if version == name else terms.not_(chosen)


# -------------------------------------------------------------------- helpers


def _kind(decision: Decision) -> str:
    failing = sum(each.fails for each in decision.checks)
    if failing == 0:
        return "accepted"
    return "one check fails" if failing == 1 else "several checks fail"


def _decided(outcome: Outcome, decision: Decision) -> bool:
    match outcome.kind:
        case "accepted":
            return decision.accepted
        case "rejected":
            return not decision.accepted if outcome.by is None else rejected_by(decision, outcome.by)
        case "passes":
            return not fails(decision, outcome.by or "")
        case "fails":
            return fails(decision, outcome.by or "")
        case _:
            return exempted(decision, outcome.by or "")


def _call(model: Model, name: str) -> Expression:

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


def _variables(claim: Claim) -> Mapping[str, Sort]:
    return {each.name: each.sort for each in claim.variables if each.sort is not None}


def _named_requests(claim: Claim) -> tuple[str, ...]:
    name = getattr(claim.statement, "request", "")
    return (name,) if name else ()
