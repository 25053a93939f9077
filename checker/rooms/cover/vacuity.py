"""Whether an edit makes a claim vacuous: the claim that shows it, and whether its witness is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Column,
    EveryRequest,
    Possibly,
    PossiblyAfter,
    SomeRequest,
)
from checker.model.expressions import Formula, Not
from checker.model.unparse import unparse
from checker.question.goals import Simple
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Result
from checker.question.witness import witness_of
from checker.regime.regime import Regime
from checker.trusted.replay import NotReplayed, Replayer

STEP: Final = "r"

Asked: TypeAlias = tuple[tuple[str, ...], Literal["proved", "refuted"]]
"""A statement, in lines of the language, and the verdict on it that shows that a claim is vacuous."""


def loses_its_witness(law: Regime, result: Result, column: Column) -> bool:
    """Whether what shows that a proof is not vacuous no longer happens in the column. Its proof may go
    through all the same.
    """
    if result.witness is None:
        return False
    question = Question(law, Job(result.claim, column, by=result.by))
    if question.cases:
        return False  # the stories of its cases are part of the proof
    asked = witness_of(result.claim, question.statement)
    if asked is None:
        return False
    try:
        Replayer(question).shows(asked, result.witness)
    except NotReplayed:
        return True
    return False


def vacuity_claim(law: Regime, claim: Claim, column: Column) -> Asked | None:
    """What shows that the claim is vacuous in the column. None for claims about deployments."""
    if claim.deployment_over or claim.deployed:
        return None
    witness = witness_of(claim, Question(law, Job(claim, column)).statement)
    if isinstance(witness, AlwaysAfter) and witness.kind == "event":
        return (*_of_what(claim), *_never(witness)), "proved"
    occurs = _statement(witness)
    return None if occurs is None else ((*_of_what(claim), occurs), "refuted")


def _never(witness: AlwaysAfter) -> tuple[str, str]:
    """Says that the condition never holds after such an event or, if it is taken twice, that this never
    happens. It is a claim about any step, because a law always has steps.
    """
    happens = f"step is {witness.event}"
    said = f"not {happens}" if witness.twice else f"{happens} implies {_in_brackets(witness.formula)}"
    return f"always, after any step {STEP}: {said}", "witness true"


def _statement(witness: Simple | None) -> str | None:
    """That the witness can occur."""
    match witness:
        case Possibly(formula=formula):
            return f"possibly {_in_brackets(formula)} by any step"
        case SomeRequest(request=request, formula=formula, reachable=reachable):
            where = "possibly" if reachable else "in some situation"
            return f"{where}, for some request {request}: {unparse(formula)}"
        case AlwaysAfter(kind="request", request=request, where=where, formula=Not(body=wanted)):
            given = "" if where is None else f" where {unparse(where)}"
            return f"possibly, after an accepted request {request}{given}: {unparse(wanted)}"
        case AlwaysAfter():
            return None  # of an event, which `_never` says, or of any step, which the language cannot say
        case Always() | EveryRequest() | PossiblyAfter():
            raise AssertionError("no claim has such a witness")
        case None:
            return None
        case _:
            assert_never(witness)


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
