"""The story of a trace: the facts that matter at its start, its steps, and where it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from msgspec.structs import replace as replace_fields

from checker.model.claim import Always, AlwaysAfter, Claim, Column, Leads, PossiblyAfter
from checker.model.clock import TIME, TODAY
from checker.model.evaluate import holds
from checker.model.expressions import Parameter
from checker.model.situation import Step
from checker.question.verdict import Evidence
from checker.story.asked_at_the_end import Asked, AtTheEnd, Law
from checker.story.atoms_that_decide import Here
from checker.story.case_note import Begins, CaseNote, StepNote, mentions
from checker.story.coming_into_force import in_force
from checker.story.given_names import Names, marked_in, marks, name_things, sender_sort
from checker.story.in_one_sentence import Deed, deciding_sentence
from checker.story.phrases import Phrases
from checker.story.plot import Decided, Plot
from checker.story.sentences import (
    Place,
    event_sentence,
    fact_sentence,
    flight_sentence,
    passing_sentence,
    supposed_days_off,
)
from checker.story.since_when import Since
from checker.story.step_phrases import request_clause
from checker.story.steps_told import Teller, no_request
from checker.story.wording import capital

DOUBT: Final = "redline does not know whether this situation can arise."
"""Told with the story of a claim about any situation where no way of a few steps to it was found."""


@dataclass(frozen=True, slots=True)
class Story:
    """A trace as a story for its claim, with people's names."""

    question: AtTheEnd
    plot: Plot
    names: Names

    @classmethod
    def of(cls, law: Law, claim: Claim, column: Column, evidence: Evidence) -> Story:
        """Return the story of `evidence`. ValueError if it has no trace."""
        trace = evidence.trace
        if trace is None:
            raise ValueError("there is no story to tell")
        question = AtTheEnd.of(law, claim, column, evidence, trace)
        plot = Plot.of(question)
        marked = cls(question, plot, marks(question.model, plot.appearing))
        return marked.named(mentions(marked.note((), ())))

    def named(self, said: Iterable[str]) -> Story:
        """Return the same with people's names, by order of mention in what this one, in marks, has said."""
        appearing = (*marked_in(said), *self.plot.appearing)
        situations = self.question.trace.situations
        return replace(self, names=name_things(self.question.model, situations, appearing, self.plot.told()))

    def note(self, because: tuple[str, ...], proof: tuple[str, ...]) -> CaseNote:
        """Return the whole story."""
        attempt = self.plot.attempt
        told = CaseNote(
            begins=_begins(self.question.evidence),
            opening=(*self.opening(), *self._holding(0)),
            steps=tuple(self._steps()),
            trials=tuple(self._request(each) for each in self.plot.tried),
            attempt=None if attempt is None else self._request(attempt),
        )
        return replace_fields(
            told,
            because=(*because, *self._here(told)),
            facts=self.closing(),
            proof=proof,
        )

    def _steps(self) -> Iterator[StepNote]:
        teller = Teller(self.names, self.question.rules, self.plot.cited)
        told = zip(self.plot.moves(), self.plot.taken, strict=True)
        for number, (move, taken) in enumerate(told, 1):
            step = teller.step(*move, None if taken is None else taken.decision)
            yield replace_fields(step, changes=(*step.changes, *self._holding(number)))

    def _holding(self, number: int) -> Iterator[str]:
        """Say that the claim's “if” holds from the situation of that number on, in a story with steps."""
        since = Since.of(self.question)
        if since is not None and since.at == number and self.question.trace.steps:
            yield capital(since.words(self.phrases()))

    def _request(self, each: Decided) -> StepNote:
        told = Teller(self.names, each.rules, self.plot.cited).request(
            each.situation, each.decision, each.setting
        )
        return no_request(self.names.model, told, each.strange) if each.strange else told

    def _here(self, told: CaseNote) -> Iterator[str]:
        """Yield what decides: the refusal of what one would try, what is reached that was said never to be,
        or what makes a statement of the claim false.
        """
        statement = self.question.claim.statement
        if told.attempt is not None:
            yield deciding_sentence(self._deeds((told.attempt,), (self.plot.attempt,)), "", "")
        elif isinstance(statement, Leads):
            if statement.modality == "never":
                goal = self.phrases().said(statement.goal) or ""
                yield from filter(None, (deciding_sentence(self._last(told), f"then {goal}", goal),))
        else:
            yield from filter(None, map(self._false(told), self.question.asked()))

    def _false(self, told: CaseNote) -> Callable[[Asked], str]:
        here = Here(self.names, self.requests())
        deeds = self._deeds(told.trials, self.plot.tried) or self._last(told)
        given = isinstance(self.question.claim.statement, Always)  # its “if” need not be what happened last

        def says(asked: Asked) -> str:
            """Say what makes what the claim says false; nothing of what is true."""
            if not asked.central or holds(asked.formula, asked.env):
                return ""
            values = here.says(asked.formula, asked.env, outcomes=False, given=given)
            every = here.says(asked.formula, asked.env, given=given)
            passes = not self.plot.tried and self._time_passes_last()
            return deciding_sentence(() if passes and _says_the_day(every) else deeds, values, every)

        return says

    def _time_passes_last(self) -> bool:
        last = self.question.trace.steps[-1:]
        return bool(last) and last[0].event == TIME and TIME in self.question.model.events

    def _last(self, told: CaseNote) -> tuple[Deed, ...]:
        """The last step of the story, if it has one."""
        return self._deeds(told.steps[-1:], self.plot.taken[-1:])

    def _deeds(self, told: Iterable[StepNote], decided: Iterable[Decided | None]) -> tuple[Deed, ...]:
        return tuple(self._deed(*each) for each in zip(told, decided, strict=True))

    def _deed(self, told: StepNote, decided: Decided | None) -> Deed:
        if decided is None:
            return Deed(told)
        model = self.question.model
        values = decided.decision.request.values
        carried = {e.name: self.names.of(e.sort, values[e.name]) for e in model.request if e.name in values}
        sender = sender_sort(model)
        who = (carried[each.name] for each in model.request if each.name in carried and each.sort == sender)
        return Deed(told, next(who, ""), request_clause(model, carried))

    def one_line(self) -> str:
        """Return what happens, and what is tried, on one line; the starting situation if nothing does."""
        return self._by_mention().line()

    def parted(self, number: int) -> tuple[str, str]:
        """Return what happens before the situation of that number, and from it on, on a line each."""
        told = self._by_mention().taken()
        return ". ".join(dict.fromkeys(told[:number])), ". ".join(dict.fromkeys(told[number:]))

    def _by_mention(self) -> Story:
        marked = replace(self, names=marks(self.question.model, self.plot.appearing))
        return marked.named((marked.line(),))

    def line(self) -> str:
        """Return the same in the names that the whole story has."""
        tried = [flight_sentence(self.names, e.situation, e.decision.request) for e in self.plot.tried]
        return ". ".join(dict.fromkeys((*self.taken(), *tried)) or self.opening())

    def taken(self) -> list[str]:
        """Return a sentence for every step."""
        return [
            self._sentence(step, taken)
            for step, taken in zip(self.question.trace.steps, self.plot.taken, strict=True)
        ]

    def _sentence(self, step: Step, taken: Decided | None) -> str:
        if taken is None:
            return event_sentence(self.names, step)
        if step.request is None:
            return passing_sentence(self.names, taken.situation, taken.decision)
        return flight_sentence(self.names, taken.situation, taken.decision.request)

    def phrases(self) -> Phrases:
        """Return the words for what the claim says; what it speaks of is called by its name in the story."""
        sorts = {each.name: each.sort for each in self.question.claim.variables if each.sort is not None}
        binding = self.question.evidence.binding
        called = {name: self.names.of(sorts[name], each) for name, each in binding.items() if name in sorts}
        carried = {
            Parameter(request, each.name, each.sort): self.names.of(each.sort, given.values[each.name])
            for request, given in self.question.requests().items()
            for each in self.question.model.request
            if each.name in given.values
        }
        return Phrases(self.question.model, called, carried, requests=self.requests())

    def requests(self) -> Mapping[str, str]:
        """Return what requests are called, where the claim speaks of several: the one that was the last step,
        and those that are only asked about.
        """
        statement = self.question.claim.statement
        taken = statement.request if isinstance(statement, AlwaysAfter | PossiblyAfter) else None
        named = self.question.requests()
        others = [each for each in named if each != taken]
        if len(named) <= 1:
            return {}
        told = {
            each: f"request {each}" if len(others) > 1 else "the request that is asked about"
            for each in others
        }
        return told if taken is None else {**told, taken: "the accepted request"}

    def opening(self) -> tuple[str, ...]:
        """Return the facts of the first situation that the story rests on, in the vocabulary's order."""
        first = self.question.trace.situations[0]
        appearing = dict.fromkeys(thing for _, thing in self.plot.appearing)
        order = {thing: number for number, thing in enumerate(appearing)}
        functions = {name: number for number, name in enumerate(self.question.model.functions)}

        def as_named(place: Place) -> tuple[int, list[tuple[int, str]]]:
            return functions[place.function], [(order.get(each, 0), each) for each in place.arguments]

        places = sorted(self.plot.opening, key=as_named)
        return (
            *supposed_days_off(self.question.model, first),
            *(fact_sentence(self.names, each, first) for each in places),
            *in_force(self.question.rules, first),
        )

    def closing(self) -> tuple[str, ...]:
        """Return what the claim says of the end of the story, where the start was different."""
        last = self.question.trace.situations[-1]
        told = {each.place: None for each in self.plot.said if each.at != 0}
        return tuple(
            f"{fact_sentence(self.names, each, last)}{self.plot.cited(each, last)}"
            for each in told
            if self.plot.value(each, 0) != self.plot.value(each, -1)
        )


def _says_the_day(values: str) -> bool:
    """Whether clauses say which day it is, which then need not be said once more."""
    return any(each.startswith(f"{TODAY} is ") for each in values.split("; "))


def _begins(evidence: Evidence) -> Begins:
    if not evidence.anywhere:
        return "at the start"
    return "in a situation that can arise" if evidence.arises else "in some situation"
