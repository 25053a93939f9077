"""What the evidence folder records about one verdict: everything needed to re-check it, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker.evidence.itf import Json, Object
from checker.language.diagnostics import SpecError
from checker.model.expressions import Formula, Is, Sort, Term
from checker.model.model import Model
from checker.model.unparse import unparse
from checker.question.verdict import Strategy
from checker.regime.regime import Regime
from checker.story.clauses import clause_sentence
from checker.story.phrases import Phrases
from checker.story.strategies_told import step_taken

AT_HAND = "parameter-at-hand"  # name of the parameter while its term is read


class Unreadable(Exception):
    """A record is not valid; the message says why."""


@dataclass(frozen=True, slots=True)
class Strategies:
    """Writes and reads strategies over a claim's variables, in the rule language."""

    regime: Regime
    model: Model
    variables: Mapping[str, Sort]

    def written(self, strategy: Strategy) -> Object:
        """The strategy as data, with a sentence for people."""
        return {
            "rank": strategy.rank,
            "step": strategy.schema,
            "parameters": {
                name: None if term is None else unparse(term) for name, term in strategy.parameters.items()
            },
            "says": step_taken(Phrases(self.model), strategy),
        }

    def read(self, data: Json) -> Strategy:
        """The strategy that the data describes. Raises Unreadable."""
        match data:
            case {"rank": int(rank), "step": str(step), "parameters": Mapping() as given}:
                pass
            case _:
                raise Unreadable("a strategy has the wrong format")
        if isinstance(rank, bool):
            raise Unreadable("a strategy's rank is not a number")
        event = self.model.events.get(step)
        sorts = {each.name: each.sort for each in (self.model.request if event is None else event.parameters)}
        if not sorts.keys() >= given.keys():
            raise Unreadable(f"`{step}` has no such parameter")
        terms = {name: self._term(text, sorts[name]) for name, text in given.items()}
        return Strategy(rank, step, terms)

    def _term(self, text: Json, sort: Sort) -> Term | None:
        if text is None:
            return None
        if not isinstance(text, str):
            raise Unreadable("a strategy's parameter is not a term")
        try:
            read = self.regime.parse_formula(f"{AT_HAND} is {text}", {**self.variables, AT_HAND: sort})
        except SpecError as wrong:
            raise Unreadable(f"`{text}` is not a term: {wrong.diagnostics[0].message}") from wrong
        if not isinstance(read, Is):
            raise Unreadable(f"`{text}` is not a term")
        return read.right


@dataclass(frozen=True, slots=True)
class Clauses:
    """Writes and reads the clauses of an invariant, in the rule language."""

    regime: Regime
    model: Model

    def written(self, clause: Formula) -> Object:
        """The clause as data, with a sentence for people."""
        return {"clause": unparse(clause), "says": clause_sentence(Phrases(self.model), clause)}

    def read(self, data: Json) -> Formula:
        """The clause that the data describes. Raises Unreadable."""
        match data:
            case {"clause": str(text)}:
                pass
            case _:
                raise Unreadable("a clause of the invariant has the wrong format")
        try:
            return self.regime.parse_formula(text)
        except SpecError as wrong:
            raise Unreadable(f"`{text}` is not a formula: {wrong.diagnostics[0].message}") from wrong
