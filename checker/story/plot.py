"""What a story is about: who takes part in it, and which facts of its start it rests on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checker.model.evaluate import Decision, Rules, decide, value_at
from checker.model.model import Model
from checker.model.situation import Situation, Step, Trace
from checker.model.under_way import flight_of, let_pass
from checker.story.asked_at_the_end import AtTheEnd, Trial
from checker.story.breaches import breaches
from checker.story.facts_that_decide import grounds
from checker.story.sentences import Place, changed_places, in_order
from checker.story.steps_told import (
    decision_places,
    event_places,
    event_things,
    exempting_things,
    request_things,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A request that is decided in situation number `at`: taken, or only tried."""

    at: int
    situation: Situation
    rules: Rules
    decision: Decision
    setting: str = ""
    strange: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A place that the story rests on, read in situation number `at`.

    `telling`: it matters also where it holds nothing. `of_all`: as one of all the things that a quantifier is
    about, so that it is told only if its things take part.
    """

    place: Place
    at: int
    telling: bool
    of_all: bool = False


@dataclass(frozen=True)
class Plot:
    """A trace and the claim that it is about, with every request decided once.

    `taken` has an entry for each step, None for events other than those that let a request pass.
    """

    question: AtTheEnd
    taken: tuple[Decided | None, ...]
    tried: tuple[Decided, ...]
    attempt: Decided | None

    @classmethod
    def of(cls, question: AtTheEnd) -> Plot:
        """Decide all requests of a story."""
        rules, situations = question.rules, question.trace.situations
        last = len(situations) - 1
        asked = question.evidence.attempt
        return cls(
            question,
            tuple(
                _taken(question.model, rules, at, situations[at], step)
                for at, step in enumerate(question.trace.steps)
            ),
            tuple(_decided(last, each) for each in question.trials()),
            None if asked is None else _decided(last, Trial(situations[last], asked, rules)),
        )

    @property
    def trace(self) -> Trace:
        return self.question.trace

    @property
    def model(self) -> Model:
        return self.question.model

    def moves(self) -> Iterator[tuple[Situation, Step, Situation]]:
        """Yield each step with the situations before and after it."""
        situations = self.trace.situations
        return zip(situations, self.trace.steps, situations[1:], strict=False)

    def value(self, place: Place, at: int) -> str | bool | None:
        """Return what a place holds in situation number `at` (-1: the last)."""
        return value_at(self.model, self.trace.situations[at], place.function, place.arguments)

    def cited(self, place: Place, situation: Situation) -> str:
        """Return by which step what has been at that place came about, in brackets; "" of what was so from
        the start, is not so, or is no matter of the past.
        """
        history = self.model.functions[place.function].history if place.function else None
        situations = self.trace.situations
        at = next((number for number, each in enumerate(situations) if each is situation), 0)
        value = self.value(place, at)
        if history is None or not value:
            return ""
        while at and self.value(place, at - 1) == value:
            at -= 1
        return f" (by step {at})" if at else ""

    # -------------------------------------------------------------- facts

    @cached_property
    def opening(self) -> tuple[Place, ...]:
        """What was so from the start, of things that take part or that the claim rests on (or are
        values of such facts).
        """
        known = set(self.cast())
        known.update((each.sort.name, each.name) for each in self.model.constants.values())
        known.update(thing for each in (*self.given, *self.said) for thing in self._arguments(each.place))
        waiting: dict[Place, list[Read]] = {}
        for each in sorted(self._reads, key=lambda each: each.telling):
            waiting.setdefault(each.place, []).append(each)
        chosen: list[Place] = []
        while new := [p for p, reads in waiting.items() if any(self._opens(each, known) for each in reads)]:
            for place in new:
                del waiting[place]
                chosen.append(place)
                result = self.model.functions[place.function].result
                known.add((result.name, str(self.value(place, 0))))
        return in_order(self.model, chosen)

    def _opens(self, read: Read, known: set[tuple[str, str]]) -> bool:
        value = self.value(read.place, 0)
        sorts = self.model.functions[read.place.function].parameters
        return (
            value == self.value(read.place, read.at)
            and (read.telling or value not in (None, False))
            and all(
                not read.of_all or sort.is_enum or (sort.name, each) in known
                for sort, each in zip(sorts, read.place.arguments, strict=True)
            )
        )

    def _arguments(self, place: Place) -> Iterator[tuple[str, str]]:
        sorts = self.model.functions[place.function].parameters
        yield from ((sort.name, each) for sort, each in zip(sorts, place.arguments, strict=True))

    @cached_property
    def _reads(self) -> tuple[Read, ...]:
        return tuple(self._read())

    def _read(self) -> Iterator[Read]:
        for at, (before, step, after) in enumerate(self.moves()):
            for place, telling in event_places(self.model, before, step):
                yield Read(place, at, telling)
            for breach in breaches(self.model, before, after):
                yield from (Read(each, at, telling=False) for each in breach.places)
        for each in self.decided():
            for place, weight in decision_places(each.rules, each.situation, each.decision):
                yield Read(place, each.at, telling=weight == "always", of_all=weight == "if it takes part")
        yield from self.given
        yield from self.said

    @cached_property
    def given(self) -> tuple[Read, ...]:
        """What the claim's conditions rest on."""
        return tuple(self._asked(central=False))

    @cached_property
    def said(self) -> tuple[Read, ...]:
        """What the statement of the claim rests on."""
        return tuple(self._asked(central=True))

    def _asked(self, *, central: bool) -> Iterator[Read]:
        end = len(self.trace.situations) - 1
        for asked in self.question.asked():
            if central is not asked.central:
                continue
            earlier = self.question.after_a_step and not asked.central
            for before, place in grounds(asked.formula, asked.env):
                yield Read(place, end - (before or earlier), telling=True)

    def decided(self) -> Iterator[Decided]:
        """Yield every request, those that are taken first."""
        yield from (each for each in self.taken if each is not None)
        yield from self.tried
        if self.attempt is not None:
            yield self.attempt

    # -------------------------------------------------------------- things

    @cached_property
    def appearing(self) -> tuple[tuple[str, str], ...]:
        """(sort, thing) for what the story mentions: those who take part, then what facts add."""
        return tuple(self._appearing())

    def _appearing(self) -> Iterator[tuple[str, str]]:
        yield from self.cast()
        for place in self.opening:
            yield from self._mentioned(place, 0)
        for before, _, after in self.moves():
            at = self.trace.situations.index(after)
            for place in changed_places(self.model, before, after):
                yield from self._mentioned(place, at - 1)
                yield from self._mentioned(place, at)
            for each in breaches(self.model, before, after):
                yield from (*each.things, *((each.party,) if each.party else ()))
        for read in self._reads:
            if read.telling:
                yield from self._mentioned(read.place, read.at)

    def told(self) -> frozenset[tuple[str, tuple[str, ...]]]:
        """The places whose values the story tells: those it starts with, and those that change."""
        changed = (changed_places(self.model, before, after) for before, _, after in self.moves())
        places = itertools.chain(self.opening, *changed)
        return frozenset((each.function, each.arguments) for each in places)

    def _mentioned(self, place: Place, at: int) -> Iterator[tuple[str, str]]:
        function = self.model.functions[place.function]
        values = (*place.arguments, self.value(place, at))
        for sort, each in zip((*function.parameters, function.result), values, strict=True):
            if isinstance(each, str) and sort.has_things:
                yield sort.name, each

    def cast(self) -> Iterator[tuple[str, str]]:
        """Yield (sort, thing) for what takes part, in the order in which the story mentions it."""
        for step, taken in zip(self.trace.steps, self.taken, strict=True):
            yield from event_things(self.model, step)
            if taken is not None:
                yield from self._involved(taken)
        for each in (*self.tried, *((self.attempt,) if self.attempt else ())):
            yield from self._involved(each)
        for variable in self.question.claim.variables:
            thing = self.question.evidence.binding.get(variable.name)
            if variable.sort is not None and variable.sort.has_things and thing is not None:
                yield variable.sort.name, thing

    def _involved(self, each: Decided) -> Iterator[tuple[str, str]]:
        yield from request_things(self.model, each.decision.request)
        yield from exempting_things(each.decision)


def _taken(model: Model, rules: Rules, at: int, situation: Situation, step: Step) -> Decided | None:
    """Return what is made of a request that is carried out, or let pass on its way; None for events."""
    if step.request is not None:
        return _decided(at, Trial(situation, step.request, rules))
    if flight_of(model, step) is None:
        return None
    return Decided(at, situation, rules, let_pass(rules, model, situation, step))


def _decided(at: int, trial: Trial) -> Decided:
    decision = decide(trial.rules, trial.situation, trial.request)
    return Decided(at, trial.situation, trial.rules, decision, trial.setting, trial.strange)
