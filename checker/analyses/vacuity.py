"""That a claim which holds of nothing speaks of something, as a claim of its own, which is refuted."""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.job import Job
from checker.engines.question import Question
from checker.engines.witness import witness_of
from checker.model.claim import AlwaysAfter, Claim, Column, Possibly, SomeRequest
from checker.model.expressions import Formula, Not
from checker.model.unparse import unparse
from checker.regime.regime import Regime


def holds_of_nothing(law: Regime, claim: Claim, column: Column) -> tuple[str, ...] | None:
    """The statement, in lines of the language, that what the claim speaks of can occur in the column. None
    for claims about deployments, and about what is so after an event.
    """
    if claim.deployment_over or claim.deployed:
        return None
    said = _statement(law, claim, column)
    return None if said is None else (*_of_what(claim), said)


def _statement(law: Regime, claim: Claim, column: Column) -> str | None:
    match witness_of(claim, Question(law, Job(claim, column)).statement):
        case Possibly(formula=formula):
            return f"possibly {_in_brackets(formula)} by any step"
        case SomeRequest(request=request, formula=formula, reachable=reachable):
            where = "possibly" if reachable else "in some situation"
            return f"{where}, for some request {request}: {unparse(formula)}"
        case AlwaysAfter(kind="request", request=request, where=where, formula=Not(body=wanted)):
            given = "" if where is None else f" where {unparse(where)}"
            return f"possibly, after an accepted request {request}{given}: {unparse(wanted)}"
        case _:
            return None


def _in_brackets(formula: Formula) -> str:
    return f"({unparse(formula)})"


def _of_what(claim: Claim) -> Iterator[str]:
    """Yield the things that the claim is about, and what is supposed of them."""
    if claim.variables:
        binders = (f"{each.name}: {each.sort.name if each.sort else 'request'}" for each in claim.variables)
        where = "" if claim.where is None else f" where {unparse(claim.where)}"
        yield f"for {', '.join(binders)}{where}"
    if claim.premises:
        yield f"given {', '.join(map(unparse, claim.premises))}"
