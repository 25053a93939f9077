"""The situations of an explored instance as things and values, and the steps to be tried there."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from checker.explore.bitsets import Space
from checker.explore.finite_instance import Instance
from checker.explore.state_graph import Digit, Graph
from checker.logic.decode import Completed, Table, arbitrary
from checker.logic.node import Node
from checker.logic.scope import RequestTerms
from checker.logic.symbolic_state import PRESENCE
from checker.model.deadline import Deadline
from checker.model.evaluate import (
    Rules,
    belongs,
    decide,
    holds,
    request_environment,
    situation_problem,
    value_at,
)
from checker.model.expressions import FACT, Sort
from checker.model.model import Event, Model
from checker.model.quantities import measure
from checker.model.situation import Request, Situation, Step
from checker.question.problem import Problem
from checker.question.transition_system import Action

_T = TypeVar("_T")

VARIED: Final = 64  # at most so many values of one situation are varied


TRIED: Final = 8  # steps of each kind that are tried in one situation, if not all are


VARIANTS: Final = 4  # of each situation, which differ in values that were found not to matter


class Chance:
    """Pseudo-random choices that are the same in every run."""

    def __init__(self) -> None:
        self._state = 1

    def below(self, count: int) -> int:
        """A number from 0 up to the count, exclusively."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self._state >> 33) % count

    def one_of(self, choices: Sequence[_T]) -> _T:
        """One of the choices."""
        return choices[self.below(len(choices))]


class World:
    """One configuration of an instance: the situations that its numbers stand for."""

    def __init__(self, problem: Problem, instance: Instance, graph: Graph) -> None:
        self.model: Model = problem.system.model
        self.space: Space = graph.space
        self.things = {sort: tuple(each.name for each in nodes) for sort, nodes in instance.things.items()}
        self.amounts = instance.amounts
        self._versions = problem.system.deployed
        self._places = instance.places
        self._values: dict[tuple[str, tuple[str, ...]], str | bool] = {
            place: arbitrary(function.result, {sort: names[0] for sort, names in self.things.items()})
            for function in self.model.functions.values()
            if not function.optional and function.result != FACT
            for place in self._open(function.name, function.parameters)
        }
        self._set(self._values, graph.plan.others.items())
        said = {_place(each) for each in (*graph.plan.others, *graph.space.digits)}
        self.unsaid = tuple(
            place
            for function in self.model.functions.values()
            for place in self._open(function.name, function.parameters)
            if place not in said
        )
        self._tabled: Table = {
            (function.name, arguments): value
            for function in self.model.functions.values()
            if function.table is not None
            for arguments, value in function.table.entries.items()
            if value is not None
        }

    def _open(self, function: str, parameters: tuple[Sort, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The places of a function that are not in its table."""
        table = self.model.functions[function].table
        for arguments in itertools.product(*(self._members(each) for each in parameters)):
            if table is None or arguments not in table.entries:
                yield function, arguments

    def _members(self, sort: Sort) -> tuple[str, ...]:
        if sort.is_quantity:
            return self.amounts(sort)
        return sort.values if sort.is_enum else self.things[sort.name]

    def _set(
        self, values: dict[tuple[str, tuple[str, ...]], str | bool], given: Iterable[tuple[Node, Digit]]
    ) -> None:
        for term, value in given:
            place = _place(term)
            values.pop(place, None)
            if value is not None and value is not False:
                values[place] = value

    # ---------------------------------------------------------- situations

    def situation(self, number: int) -> Situation:
        """The situation of that number. Places without a digit have the value that axioms need; otherwise
        they are absent or have any value.
        """
        values: dict[tuple[str, tuple[str, ...]], str | bool] = dict(self._values)
        self._set(values, self.space.at(number))
        return Situation(self.things, values, self._versions)

    def another(self, situation: Situation, chance: Chance) -> Situation:
        """The situation with other values at some places without a digit; it may violate the axioms."""
        values = dict(situation.values)
        for _ in range(min(len(self.unsaid), VARIED)):
            place = chance.one_of(self.unsaid)
            function = self.model.functions[place[0]]
            fact = function.result == FACT
            choices = (True, None) if fact else self._members(function.result)
            value = chance.one_of((None, *choices) if function.optional else choices)
            values.pop(place, None)
            if value is not None:
                values[place] = value
        return replace(situation, values=values)

    def number(self, situation: Situation) -> int | None:
        """The number of a situation; None if a digit cannot have its value."""
        number = 0
        for term, digit in self.space.digits.items():
            value = value_at(self.model, situation, *_place(term))
            if value not in digit.values:
                return None
            number += digit.values.index(value) * digit.stride
        return number

    def structure(self, situation: Situation, chosen: Mapping[Node, Node]) -> Completed:
        """The situation, with values for the symbols of the claim and its steps."""
        symbols = {symbol: _named(value) for symbol, value in {**self._places, **chosen}.items()}
        functions = self.model.functions
        table: Table = dict(self._tabled)
        for (name, at), value in situation.values.items():
            table[name, at] = value
            if functions[name].optional:
                table[name + PRESENCE, at] = True
        return Completed(symbols, table, self.things)

    # --------------------------------------------------------------- steps

    def taken(self, action: Action, structure: Completed) -> Step:
        """The concrete step of the action, with the values that the structure gives to its parameters."""
        event = action.schema.event
        if event is None:
            return Step("request", structure.request(RequestTerms(action.parameters)))
        given = {name: structure.optional(value) for name, value in action.parameters.items()}
        arguments = {name: str(value) for name, value in given.items() if value is not None}
        return Step("event", event=event.name, arguments=arguments)

    def many(self) -> int:
        """An upper bound on the number of steps to be tried in a situation."""
        requests = 1
        for each in self.model.request:
            requests *= len(self._members(each.sort)) + (each.optional or each.when is not None)
        events = 0
        for event in self.model.events.values():
            ways = 1
            for given in event.parameters:
                ways *= len(self._members(given.sort)) + given.optional
            events += ways
        return requests + events

    def steps(self, situation: Situation) -> Iterator[Step]:
        """Every well-formed request, and every event with all arguments."""
        waiting: list[dict[str, str]] = [{}]
        for parameter in self.model.request:
            waiting = [
                {**values, parameter.name: value} if value is not None else values
                for values in waiting
                for value in self._carried(parameter.name, situation, values)
            ]
        yield from (Step("request", Request(values)) for values in waiting)
        for event in self.model.events.values():
            choices = (self._given(event, place) for place in range(len(event.parameters)))
            for chosen in itertools.product(*choices):
                yield _happening(event, chosen)

    def some_step(self, situation: Situation, like: Step | None, chance: Chance) -> Step:
        """A well-formed request or an event, similar to `like`."""
        kinds = (None, *self.model.events.values())
        event = chance.one_of(kinds) if like is None else self.model.events.get(like.event or "")
        if event is None:
            old = None if like is None else like.request
            return Step("request", self.some_request(situation, old, {}, chance))
        places = range(len(event.parameters))
        return _happening(event, tuple(chance.one_of(self._given(event, place)) for place in places))

    def some_request(
        self, situation: Situation, like: Request | None, pinned: Mapping[str, str], chance: Chance
    ) -> Request:
        """A well-formed request that has the pinned values where possible, and usually differs from `like` in
        one parameter only.
        """
        other = chance.one_of(self.model.request).name
        values: dict[str, str] = {}
        for parameter in self.model.request:
            choices = self._carried(parameter.name, situation, values)
            kept = None if like is None else like.values.get(parameter.name)
            again = like is None or parameter.name == other or kept not in choices
            value = chance.one_of(choices) if again else kept
            if pinned.get(parameter.name) in choices:
                value = pinned.get(parameter.name, value)
            if value is not None:
                values[parameter.name] = value
        return Request(values)

    def _carried(self, name: str, situation: Situation, values: Mapping[str, str]) -> tuple[str | None, ...]:
        """What a request with these values may carry for that parameter; None means nothing."""
        parameter = next(each for each in self.model.request if each.name == name)
        here = request_environment(self.model, situation, Request(values))
        if parameter.when is not None and not holds(parameter.when, here):
            return (None,)
        values_there = self._members(parameter.sort)
        if parameter.sort.is_quantity:
            values_there = tuple(each for each in values_there if belongs(each, parameter.sort, situation))
        return (None, *values_there) if parameter.optional else values_there

    def _given(self, event: Event, place: int) -> tuple[str | None, ...]:
        parameter = event.parameters[place]
        values = self._members(parameter.sort)
        if parameter.sort.is_quantity and not measure(parameter.sort).signed:
            values = tuple(each for each in values if int(each) >= 0)
        return (None, *values) if parameter.optional else values


def _place(term: Node) -> tuple[str, tuple[str, ...]]:
    return term.name, tuple(each.name for each in term.arguments)


def _named(value: Node) -> str | bool:
    return value.operator == "true" if value.operator in ("true", "false") else value.name


def _happening(event: Event, chosen: tuple[str | None, ...]) -> Step:
    pairs = zip(event.parameters, chosen, strict=True)
    return Step(
        "event", event=event.name, arguments={p.name: value for p, value in pairs if value is not None}
    )


class Trials:
    """Steps to be tried in the situations of a world: all, or a promising selection. The selection does not
    use the encoder's formulas.
    """

    def __init__(
        self, world: World, problem: Problem, rules: Rules, chance: Chance, deadline: Deadline
    ) -> None:
        self.world = world
        self.rules = rules
        self.chance = chance
        self.deadline = deadline
        self._pinned = tuple(self._changing(problem))

    def _changing(self, problem: Problem) -> Iterator[Mapping[str, str]]:
        """The fixed values of requests whose effects may change a digit."""
        digits = {each.name for each in self.world.space.digits}
        effects = problem.system.model.effects
        when = [x.when for x in effects if any(each.function in digits for each in x.updates)]
        for schema in problem.system.request_schemas:
            if schema.when in when:
                yield {name: value.name for name, value in schema.fixed.items()}

    def variants(self, situation: Situation) -> list[Situation]:
        """The situation, and variants within the axioms that differ in values found not to matter."""
        if not self.world.unsaid:
            return [situation]
        others = [self.world.another(situation, self.chance) for _ in range(VARIANTS - 1)]
        return [situation, *(each for each in others if self._allowed(each))]

    def _allowed(self, situation: Situation) -> bool:
        return situation_problem(self.rules, situation, self.deadline) is None

    def all_of(self, situation: Situation) -> list[Step]:
        """Every well-formed request, and every event with all arguments."""
        return list(self.world.steps(situation))

    def some_of(self, situation: Situation, likely: list[Step]) -> list[Step]:
        """Some steps: similar to the likely ones, arbitrary ones, and requests that are nearly accepted."""
        near = [self.chance.one_of(likely) for _ in range(TRIED // 2)] if likely else []
        found = [self.world.some_step(situation, each, self.chance) for each in (*near, None, None)]
        often = TRIED if self._pinned else 0
        return found + [Step("request", self._nearly_accepted(situation)) for _ in range(often)]

    def _nearly_accepted(self, situation: Situation) -> Request:
        """A request that may change a digit and that few checks refuse, found by changing it while that
        helps.
        """
        pinned = self.chance.one_of(self._pinned)
        found = self.world.some_request(situation, None, pinned, self.chance)
        refusing = self._refusing(situation, found)
        for _ in range(TRIED):
            if not refusing:
                break
            other = self.world.some_request(situation, found, pinned, self.chance)
            fewer = self._refusing(situation, other)
            if fewer <= refusing:
                found, refusing = other, fewer
        return found

    def _refusing(self, situation: Situation, request: Request) -> int:
        """How many checks refuse the request, at all stages together."""
        decision = decide(self.rules, situation, request, self.deadline)
        return sum(len(stage.refusing) for stage in decision.stages)
