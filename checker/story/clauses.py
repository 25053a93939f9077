"""Clauses of an invariant as sentences."""

from __future__ import annotations

from checker.model.expressions import Formula, Implies, Not, Quantified
from checker.story.phrases import Phrases
from checker.story.wording import capital, listed


def clause_sentence(phrases: Phrases, clause: Formula) -> str:
    """Return what the clause says of all things, without a final period."""
    body = clause.body if isinstance(clause, Quantified) and clause.universal else clause
    if body is clause:
        return capital(_always(phrases, body))
    assert isinstance(clause, Quantified)
    things = listed((f"{each.sort.name} {each.name}" for each in clause.variables), "and")
    where = "" if clause.where is None else f" where {phrases.clause(clause.where)}"
    if isinstance(body, Not):
        return f"For no {things}{where}: {phrases.clause(body.body)}"
    return f"For every {things}{where}: {_said(phrases, body)}"


def _always(phrases: Phrases, body: Formula) -> str:
    return (
        f"never: {phrases.clause(body.body)}" if isinstance(body, Not) else f"always: {_said(phrases, body)}"
    )


def _said(phrases: Phrases, body: Formula) -> str:
    if isinstance(body, Implies):
        return f"if {phrases.clause(body.premise)}, then {phrases.clause(body.conclusion)}"
    return phrases.clause(body)
