"""The story of a trace: the facts that matter at its start, its steps, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checker.engines.verdict import Evidence
from checker.model.evaluate import holds, value_at
from checker.model.model import Claim, Column, Model
from checker.model.situation import Situation, Step, Trace
from checker.reports.asked import Law, Question, Trial
from checker.reports.grounds import grounds
from checker.reports.here import here
from checker.reports.names import Names, name_things
from checker.reports.notes import CaseNote
from checker.reports.sentences import (
    Place,
    event_sentence,
    fact_sentence,
    in_order,
    request_sentence,
)
from checker.reports.teller import (
    Teller,
    event_places,
    event_things,
    exempting_things,
    request_places,
    request_things,
)


@dataclass(frozen=True, slots=True)
class Read:
    """A place that the story rests on, read in situation number `at`.

    `telling`: it matters also where it holds nothing.
    """

    place: Place
    at: int
    telling: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A trace, told for the claim that it is about."""

    question: Question
    trace: Trace
    model: Model
    trials: tuple[Trial, ...]
    names: Names

    @classmethod
    def of(cls, law: Law, claim: Claim, column: Column, evidence: Evidence) -> Story:
        """Return the story of `evidence`. ValueError if it has no trace."""
        trace = evidence.trace
        if trace is None:
            raise ValueError("there is no story to tell")
        question = Question(law, claim, column, evidence, trace)
        model, trials = question.model, question.trials()
        unnamed = cls(question, trace, model, trials, Names(model, {}))
        return replace(unnamed, names=name_things(model, trace.situations, unnamed._appearing()))

    # ------------------------------------------------------------ telling

    def note(self, because: tuple[str, ...], proof: tuple[str, ...]) -> CaseNote:
        """Return the whole story."""
        teller = Teller(self.names, self.question.rules)
        attempt = self.question.evidence.attempt
        return CaseNote(
            opening=self.opening(),
            steps=tuple(teller.step(*each) for each in self._moves()),
            trials=tuple(
                Teller(self.names, each.rules).request(each.situation, each.request, each.setting)
                for each in self.trials
            ),
            attempt=None if attempt is None else teller.request(self.trace.situations[-1], attempt),
            because=(*because, *self._here()),
            facts=self.closing(),
            proof=proof,
        )

    def _here(self) -> Iterator[str]:
        """Yield the values that make what the claim says false, if a single formula says it."""
        for asked in self.question.asked():
            if asked.central and not holds(asked.formula, asked.env):
                said = here(self.names, asked.formula, asked.env)
                yield from (said,) if said else ()

    def one_line(self) -> str:
        """Return what happens, and what is tried, on one line; the starting situation if nothing does."""
        told = [
            request_sentence(self.names, each.request)
            if each.request is not None
            else event_sentence(self.names, each)
            for each in self.trace.steps
        ]
        told += [request_sentence(self.names, each.request) for each in self.trials]
        return "; ".join(dict.fromkeys(told)) or "; ".join(self.opening())

    def _moves(self) -> Iterator[tuple[Situation, Step, Situation]]:
        situations = self.trace.situations
        return zip(situations, self.trace.steps, situations[1:], strict=False)

    # -------------------------------------------------------------- facts

    def opening(self) -> tuple[str, ...]:
        """Return the facts of the first situation that the story rests on, in the vocabulary's order."""
        first = self.trace.situations[0]
        places = in_order(self.model, self._opening_places())
        return tuple(fact_sentence(self.names, each, first) for each in places)

    def closing(self) -> tuple[str, ...]:
        """Return what the claim says of the end of the story, where the start was different."""
        first, last = self.trace.situations[0], self.trace.situations[-1]
        told = {each.place: None for each in self._asked(central=True) if each.at != 0}
        return tuple(
            fact_sentence(self.names, each, last)
            for each in told
            if self._value(each, first) != self._value(each, last)
        )

    def _opening_places(self) -> Iterable[Place]:
        """Choose what was so from the start, of things that take part (or are values of such facts)."""
        first = self.trace.situations[0]
        known = set(self._cast())
        known.update((each.sort.name, each.name) for each in self.model.constants.values())
        chosen: dict[Place, None] = {}
        while True:
            new = [each for each in self._reads() if each.place not in chosen and self._opens(each, known)]
            if not new:
                return chosen
            for each in new:
                chosen[each.place] = None
                value = self._value(each.place, first)
                known.add((self.model.functions[each.place.function].result.name, str(value)))

    def _opens(self, read: Read, known: set[tuple[str, str]]) -> bool:
        value = self._value(read.place, self.trace.situations[0])
        unchanged = value == self._value(read.place, self.trace.situations[read.at])
        sorts = self.model.functions[read.place.function].parameters
        return (
            unchanged
            and (read.telling or value not in (None, False))
            and all(
                sort.is_enum or (sort.name, each) in known
                for sort, each in zip(sorts, read.place.arguments, strict=True)
            )
        )

    def _value(self, place: Place, situation: Situation) -> str | bool | None:
        return value_at(self.model, situation, place.function, place.arguments)

    def _reads(self) -> Iterator[Read]:
        rules = self.question.rules
        for at, (before, step, _) in enumerate(self._moves()):
            if step.request is None:
                places = event_places(self.model, before, step)
            else:
                places = request_places(rules, before, step.request)
            yield from (Read(place, at, telling) for place, telling in places)
        last = len(self.trace.situations) - 1
        for trial in self.trials:
            places = request_places(trial.rules, trial.situation, trial.request)
            yield from (Read(place, last, telling) for place, telling in places)
        attempt = self.question.evidence.attempt
        if attempt is not None:
            places = request_places(rules, self.trace.situations[-1], attempt)
            yield from (Read(place, last, telling) for place, telling in places)
        yield from self._asked(central=False)

    def _asked(self, *, central: bool) -> Iterator[Read]:
        """Yield what the claim's formulas rest on; `central`: only what is said, not what is given."""
        end = len(self.trace.situations) - 1
        for asked in self.question.asked():
            if central and not asked.central:
                continue
            earlier = self.question.after_a_step and not asked.central
            for before, place in grounds(asked.formula, asked.env):
                yield Read(place, end - (before or earlier), telling=True)

    # -------------------------------------------------------------- things

    def _appearing(self) -> Iterator[tuple[str, str]]:
        """Yield (sort, thing) for what the story mentions: those who take part, then what facts add."""
        yield from self._cast()
        first = self.trace.situations[0]
        for place in in_order(self.model, self._opening_places()):
            function = self.model.functions[place.function]
            values = (*place.arguments, self._value(place, first))
            for sort, each in zip((*function.parameters, function.result), values, strict=True):
                if isinstance(each, str) and not sort.is_enum:
                    yield sort.name, each

    def _cast(self) -> Iterator[tuple[str, str]]:
        """Yield (sort, thing) for what takes part, in the order in which the story mentions it."""
        for before, step, _ in self._moves():
            if step.request is None:
                yield from event_things(self.model, step)
            else:
                yield from request_things(self.model, step.request)
                yield from exempting_things(self.question.rules, before, step.request)
        for trial in self.trials:
            yield from request_things(self.model, trial.request)
            yield from exempting_things(trial.rules, trial.situation, trial.request)
        if self.question.evidence.attempt is not None:
            yield from request_things(self.model, self.question.evidence.attempt)
        for variable in self.question.claim.variables:
            thing = self.question.evidence.binding.get(variable.name)
            if variable.sort is not None and not variable.sort.is_enum and thing is not None:
                yield variable.sort.name, thing
