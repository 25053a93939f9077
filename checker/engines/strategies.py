"""Strategies and invariants in the rule language, for people to read."""

from __future__ import annotations

from checker.engines.problem import Problem
from checker.engines.region import Region
from checker.engines.search import Ending
from checker.engines.verdict import Strategy
from checker.model.expressions import Term
from checker.model.unparse import unparse


def describe(region: Region) -> tuple[str, ...]:
    """One sentence for each strategy: what to do next, and who does it."""
    return tuple(f"rank {each.rank}: {_step(region, each)}" for each in region.strategies)


def exclusion(region: Region) -> tuple[str, ...]:
    """How the excluded could come about, from situations that no story enters."""
    return tuple(f"excluded: {line}" for line in describe(region))


def _step(region: Region, strategy: Strategy) -> str:
    given = ", ".join(f"{name}: {_term(term)}" for name, term in strategy.parameters.items())
    event = region.schemas[strategy.schema].event
    return f"{'a request' if event is None else strategy.schema} with {given}" if given else strategy.schema


def _term(term: Term | None) -> str:
    return "anybody" if term is None else unparse(term)


def trivial_ending(problem: Problem) -> Ending:
    """A story may end anywhere."""
    return Ending(problem.terms.true)
