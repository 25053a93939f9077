"""What is left of expressions when all but the situation is known: conditions on places.

Mirrors `checker.model.meaning` once more, over a situation of which nothing is known. A *place* is a function
at named things and values; it is a symbol that may have the values of the function, with `""` for absent.
A fact has the values `""` (false) and `true`. No solver is asked; the terms simplify themselves.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from checker.logic.ground_conditions import conjuncts
from checker.logic.node import Node
from checker.logic.terms import Terms
from checker.model.exactly_one import some_and_no_two
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
    Expression,
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
    Sort,
    StepIs,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Function, Model
from checker.tla.possible_values import HOLDS, NOTHING, Place, Possible, Reading, Situation


class Meaning(ABC):
    """Reads the expressions of one column over a finite instance.

    `things`: sort -> its things, constants included.
    """

    def __init__(
        self,
        model: Model,
        things: Mapping[str, Sequence[str]],
        version: str,
        known: Mapping[Place, frozenset[str]] | None = None,
    ) -> None:
        """`known`: the only values that some places ever have."""
        self.model = model
        self.things = things
        self.version = version
        self.narrowed = known or {}
        self.terms = Terms()
        self.places: dict[Node, Place] = {}
        self._at: dict[Place, Possible] = {}

    # ---------------------------------------------------------- situations

    def at(self, place: Place) -> Possible:
        """The place of a situation of which nothing is known but what tables say."""
        if place not in self._at:
            self._at[place] = self._unknown(place)
        return self._at[place]

    def _unknown(self, place: Place) -> Possible:
        name, arguments = place
        function = self.model.functions[name]
        if function.table is not None and arguments in function.table.entries:
            entry = function.table.entries[arguments]
            return self.known(HOLDS if entry is True else entry or NOTHING)
        values = self.domain(function)
        if place in self.narrowed:
            values = tuple(each for each in values if each in self.narrowed[place])
        if len(values) == 1:
            return self.known(values[0])
        found = self.symbol(f"{name}({', '.join(arguments)})", values)
        self.places[found[values[0]].arguments[0]] = place
        return found

    def symbol(self, name: str, values: tuple[str, ...]) -> Possible:
        """A term that may have any of the values."""
        node = self.terms.symbol(name, Sort(name, values))
        return {each: self.terms.member(node, (each,)) for each in values}

    def domain(self, function: Function) -> tuple[str, ...]:
        """The values that the function may have."""
        if function.result == FACT:
            return (NOTHING, HOLDS)
        values = self.members(function.result)
        return (NOTHING, *values) if function.optional or not values else tuple(values)

    def members(self, sort: Sort) -> Sequence[str]:
        """The values of an enum, or the things of a sort."""
        return sort.values if sort.is_enum else self.things[sort.name]

    def known(self, value: str | None) -> Possible:
        """A term whose value is known."""
        return {value or NOTHING: self.terms.true}

    def held(self, formulas: Iterable[Formula]) -> list[Node]:
        """What the statements say of the situation, one thing at a time."""
        nodes = (self.formula(each, Reading(self)) for each in formulas)
        return [each for node in nodes for each in conjuncts(self.terms, node)]

    def single(self, formulas: Iterable[Formula]) -> dict[Place, frozenset[str]]:
        """The values that the statements leave to places, as far as they speak of one place alone."""
        found: dict[Place, frozenset[str]] = {}
        for node in self.held(formulas):
            if node.operator == "member":
                place = self.places[node.arguments[0]]
                found[place] = found.get(place, node.values) & node.values
        return found

    def read_by(self, node: Node) -> Iterator[Place]:
        """The places that the condition depends on."""
        for symbol in self.terms.symbols(node):
            yield self.places[symbol]

    # --------------------------------------------------------------- terms

    def term(self, expression: Expression, reading: Reading) -> Possible:
        """What the term may be, and when; mirrors `term_value`."""
        match expression:
            case Variable(name=name):
                return reading.variables.get(name) or self.known(NOTHING)
            case Parameter(request=request, name=name):
                return reading.requests.get(request, {}).get(name) or self.known(NOTHING)
            case Value(name=name) | Constant(name=name):
                return self.known(name)
            case Absent():
                return self.known(NOTHING)
            case Apply(function=name, arguments=arguments):
                given = [self.term(each, reading) for each in arguments]
                return self._applied(name, given, reading.now)
            case Call():
                return self._called(expression, reading)
            case Cases():
                return self._cases(expression, reading)
            case Before(body=body):
                assert reading.before is not None
                return self.term(body, replace(reading, now=reading.before))
            case VersionOf(index=index):
                if index is None:
                    return self.known(self.version)
                present = self.present(self.term(index, reading))
                return {self.version: present, NOTHING: self.terms.not_(present)}
            case (
                Truth()
                | Is()
                | Matches()
                | Present()
                | In()
                | Not()
                | And()
                | Or()
                | Implies()
                | Iff()
                | Quantified()
                | ExactlyOne()
                | StepIs()
                | Outcome()
            ):
                holds = self.formula(expression, reading)
                return {HOLDS: holds, NOTHING: self.terms.not_(holds)}
            case _:
                assert_never(expression)

    def _applied(self, function: str, given: list[Possible], now: Situation) -> Possible:
        choices: list[tuple[Node, Possible]] = []
        for chosen in itertools.product(*(each.items() for each in given)):
            when = self.terms.and_(*(condition for _, condition in chosen))
            if when is self.terms.false:
                continue
            arguments = tuple(value for value, _ in chosen)
            value = self.known(NOTHING) if NOTHING in arguments else now.at((function, arguments))
            choices.append((when, value))
        return self.one_of(choices)

    def one_of(self, choices: list[tuple[Node, Possible]]) -> Possible:
        """The value of the choice whose condition holds; no two hold at once, and one always does."""
        if len(choices) == 1:
            return choices[0][1]
        found: dict[str, list[Node]] = {}
        for when, value in choices:
            for name, condition in value.items():
                found.setdefault(name, []).append(self.terms.and_(when, condition))
        joined = {name: self.terms.or_(*conditions) for name, conditions in found.items()}
        return {name: node for name, node in joined.items() if node is not self.terms.false}

    def _called(self, call: Call, reading: Reading) -> Possible:
        given = [self.term(each, reading) for each in call.arguments]
        body: Expression
        if call.definition in self.model.definitions:
            definition = self.model.definitions[call.definition]
            parameters, body = definition.parameters, definition.body
        else:
            premise = self.model.premises[call.definition]
            parameters, body = premise.parameters, premise.formula.formula
        variables = {each.name: value for each, value in zip(parameters, given, strict=True)}
        requests = {"": reading.requests[call.request]} if call.request in reading.requests else {}
        return self.term(body, Reading(reading.now, reading.before, variables, requests, reading.event))

    def _cases(self, cases: Cases, reading: Reading) -> Possible:
        choices: list[tuple[Node, Possible]] = []
        rest = self.terms.true
        for term, condition in cases.branches:
            when = self.terms.and_(rest, self.formula(condition, reading))
            rest = self.terms.and_(rest, self.terms.not_(self.formula(condition, reading)))
            if when is not self.terms.false:
                choices.append((when, self.term(term, reading)))
            if rest is self.terms.false:
                return self.one_of(choices)
        otherwise = cases.otherwise
        last = self.known(NOTHING) if otherwise is None else self.term(otherwise, reading)
        return self.one_of([*choices, (rest, last)])

    # ------------------------------------------------------------ formulas

    def formula(self, formula: Formula, reading: Reading) -> Node:
        """When the statement is true; mirrors `holds`."""
        terms = self.terms
        match formula:
            case Truth(value=value):
                return terms.true if value else terms.false
            case Is(left=left, right=right):
                return self._same(self.term(left, reading), self.term(right, reading))
            case Matches(left=left, right=right):
                one, other = self.term(left, reading), self.term(right, reading)
                both = terms.and_(one.get(NOTHING, terms.false), other.get(NOTHING, terms.false))
                return terms.or_(self._same(one, other), both)
            case Present(term=term):
                return self.present(self.term(term, reading))
            case In(term=term, values=values):
                subject = self.term(term, reading)
                return terms.or_(*(self._same(subject, self.term(each, reading)) for each in values))
            case Not(body=body):
                return terms.not_(self.formula(body, reading))
            case And(parts=parts):
                return self.all_of(parts, reading)
            case Or(parts=parts):
                return terms.not_(self.all_of(tuple(Not(each) for each in parts), reading))
            case Implies(premise=premise, conclusion=conclusion):
                return self.formula(Or((Not(premise), conclusion)), reading)
            case Iff(left=left, right=right):
                return terms.iff(self.formula(left, reading), self.formula(right, reading))
            case Quantified():
                return self._quantified(formula, reading)
            case ExactlyOne():
                return self.formula(some_and_no_two(formula), reading)
            case StepIs(event=event):
                return terms.true if reading.event == event else terms.false
            case Outcome():
                return self.outcome(formula, reading)
            case Apply() | Call() | Before():
                return self.term(formula, reading).get(HOLDS, terms.false)
            case _:
                assert_never(formula)

    def all_of(self, parts: Sequence[Formula], reading: Reading) -> Node:
        """The conjunction; nothing is read behind a part that is false."""
        found: list[Node] = []
        for each in parts:
            node = self.formula(each, reading)
            if node is self.terms.false:
                return node
            found.append(node)
        return self.terms.and_(*found)

    def _same(self, one: Possible, other: Possible) -> Node:
        return self.terms.or_(
            *(self.terms.and_(when, other[v]) for v, when in one.items() if v != NOTHING and v in other)
        )

    def present(self, value: Possible) -> Node:
        """When the term has a value."""
        return self.terms.or_(*(when for name, when in value.items() if name != NOTHING))

    def _quantified(self, quantified: Quantified, reading: Reading) -> Node:
        found = []
        for inner in self.bindings(quantified.variables, reading):
            node = self.terms.true
            if quantified.where is not None:
                node = self.formula(quantified.where, inner)
            if node is not self.terms.false:
                body = self.formula(quantified.body, inner)
                wanted = body if not quantified.universal else self.terms.not_(body)
                found.append(self.terms.and_(node, wanted))
        some = self.terms.or_(*found)
        return self.terms.not_(some) if quantified.universal else some

    def bindings(self, variables: tuple[Variable, ...], reading: Reading) -> Iterator[Reading]:
        """The readings in which the variables are things that are there."""
        for chosen in itertools.product(*(self.members(each.sort) for each in variables)):
            bound = {each.name: self.known(value) for each, value in zip(variables, chosen, strict=True)}
            yield replace(reading, variables={**reading.variables, **bound})

    @abstractmethod
    def outcome(self, outcome: Outcome, reading: Reading) -> Node:
        """When what is asked of a request is so."""
