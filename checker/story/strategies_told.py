"""Strategies in words: how near to the goal each is, and who does what."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.expressions import Term
from checker.question.verdict import Strategy
from checker.story.given_names import sender_sort
from checker.story.phrases import Phrases
from checker.story.step_phrases import event_phrase, request_phrase
from checker.story.wording import capital


def ways(phrases: Phrases, strategies: tuple[Strategy, ...]) -> Iterator[str]:
    """Yield a sentence for each strategy, nearest to the goal first: how near, and who does what."""
    for each in sorted(strategies, key=lambda strategy: strategy.rank):
        yield f"with {each.rank} step{'' if each.rank == 1 else 's'} to go: {step_taken(phrases, each)}"


def step_taken(phrases: Phrases, strategy: Strategy) -> str:
    """Return who takes which step, without a final period."""
    given = {name: _chosen(phrases, strategy, name, term) for name, term in strategy.parameters.items()}
    event = phrases.model.events.get(strategy.schema)
    if event is not None:
        return capital(event_phrase(phrases.model, event, given))
    return capital(request_phrase(phrases.model, given))


def _chosen(phrases: Phrases, strategy: Strategy, name: str, term: Term | None) -> str:
    if term is not None:
        return phrases.of(term)
    event = phrases.model.events.get(strategy.schema)
    declared = phrases.model.request if event is None else event.parameters
    sorts = {each.name: each.sort for each in declared}
    return "anybody" if sorts[name] == sender_sort(phrases.model) else "anything"
