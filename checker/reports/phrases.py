"""Terms, statements and strategies of a claim in the words that the spec has for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.engines.verdict import Strategy
from checker.model.evaluate import definition
from checker.model.expressions import (
    FACT,
    Apply,
    Call,
    Constant,
    Expression,
    Formula,
    Not,
    Term,
    Value,
    Variable,
)
from checker.model.model import Definition, Model
from checker.model.unparse import unparse
from checker.reports.names import sender_sort, value_label
from checker.reports.sentences import capital, event_phrase, fill, request_phrase


@dataclass(frozen=True, slots=True)
class Phrases:
    """`called`: what a variable of the claim is called; by default, its own name."""

    model: Model
    called: Mapping[str, str] = field(default_factory=dict)

    def of(self, term: Expression) -> str:
        """Return the term in words; as it is written where the spec has none for it."""
        match term:
            case Variable(name=name):
                return self.called.get(name, name)
            case Value(sort=sort, name=name):
                return value_label(self.model, sort, name)
            case Constant(name=name):
                return self.model.constants[name].label or name
            case Apply(function=name, arguments=arguments):
                label = self.model.functions[name].label
                given = {str(place): self.of(each) for place, each in enumerate(arguments, 1)}
                return fill(label, given) if label else unparse(term)
            case Call(definition=name, arguments=arguments):
                found = definition(self.model, name)
                if not isinstance(found, Definition) or not found.label:
                    return unparse(term)
                pairs = zip(found.parameters, arguments, strict=True)
                return fill(found.label, {parameter.name: self.of(each) for parameter, each in pairs})
            case _:
                return unparse(term)

    def said(self, formula: Formula) -> str | None:
        """Return what the formula says as a clause, or None if the spec has no words for it."""
        match formula:
            case Apply(sort=sort) | Call(sort=sort) if sort == FACT:
                words = self.of(formula)
                return words if words != unparse(formula) else None
            case Not(body=body):
                inner = self.said(body)
                return None if inner is None else f"it is not so that {inner}"
            case _:
                return None

    def ways(self, strategies: tuple[Strategy, ...]) -> Iterator[str]:
        """Yield a sentence for each strategy, those nearest to the goal first: who takes which step."""
        for each in sorted(strategies, key=lambda strategy: strategy.rank):
            yield f"rank {each.rank}: {self.step(each)}"

    def step(self, strategy: Strategy) -> str:
        """Return who takes which step, without a final period."""
        given = {name: self._chosen(strategy, name, term) for name, term in strategy.parameters.items()}
        event = self.model.events.get(strategy.schema)
        if event is not None:
            return capital(event_phrase(self.model, event, given))
        return capital(request_phrase(self.model, given))

    def _chosen(self, strategy: Strategy, name: str, term: Term | None) -> str:
        if term is not None:
            return self.of(term)
        event = self.model.events.get(strategy.schema)
        sorts = {each.name: each.sort for each in (self.model.request if event is None else event.parameters)}
        return "anybody" if sorts[name] == sender_sort(self.model) else "anything"
