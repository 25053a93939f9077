"""Holds the encoder to the reference meaning: a column, encoded once, asked about many situations.

Whatever `evaluate` says of a situation, a request and an event must be what the encoder's terms are worth
there (read by `reading.py`) and, for some, what the solver says when it is told the situation.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.logic.node import Node
from checker.logic.solver import Unknown, Unsatisfiable
from checker.logic.symbolic_state import Maybe
from checker.model.decision import Decision, exempted, fails, rejected_by
from checker.model.evaluate import (
    Environment,
    apply_event,
    apply_request,
    decide,
    event_enabled,
    holds,
    members,
    term_value,
    well_formed,
    well_made,
)
from checker.model.expressions import FACT, Outcome
from checker.model.situation import Situation
from checker.question.columns import column_rules
from tests.agreement.encoded import Encoded, call_of, formulas_of, named_requests, variables_of
from tests.agreement.reading import Reading, Worth
from tests.random_laws.situations import Sample, places

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


class Law(Encoded):
    """A column whose terms are held against `evaluate`."""

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

    def _situation(self, given: Sample, reading: Reading) -> Iterator[Compared]:
        env = Environment(self.model, given.situation, rules=self.rules)
        for about, formula, node in self.stated:
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
            expected = term_value(call_of(self.model, name), env)
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
        enabled = event_enabled(model, situation, given.event, given.arguments, self.rules)
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
                node = self.claim_node(claim, number, formula, after=after)
                variables = {
                    self.system.terms.symbol(f"claim {name}", sort): binding[name]
                    for name, sort in variables_of(claim).items()
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
                    requests=dict.fromkeys((*names, *named_requests(claim)), given.request),
                    rules=self.rules,
                    columns=lambda text: column_rules(self.regime, self.column, text),
                )
                about = f"claim {claim.name}, formula {number}, {binding}"
                found = reading.at(Maybe(self.system.terms.true, node), variables)
                yield Compared(about, holds(formula, env), found)

    # --------------------------------------------------------------- solver

    def _solve(self, given: Sample, reading: Reading, chance: random.Random, tally: Tally) -> None:
        """The solver, told the situation, finds what is so possible, and what is not so impossible."""
        asked = [node for _, node in self.outcomes if node.arguments]
        asked += [node for _, _, node in self.stated]
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
            here = self.system.terms.and_(*(self.equal(x, name) for x, name in zip(symbols, at, strict=True)))
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
        return terms.and_(term.present, self.equal(term.value, str(value)))

    def _ask(self, given: Sample, node: Node, about: str, tally: Tally, *also: Node) -> None:
        """What is so in the situation is possible there, and that it is not so is impossible."""
        told = (*self.facts(given), *also)
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
