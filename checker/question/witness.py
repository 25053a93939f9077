"""The witness question, which shows that an `always` is not vacuous: its condition as a `possibly`."""

from __future__ import annotations

from typing import assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
)
from checker.model.expressions import And, Formula, Implies, Not, Truth
from checker.question.goals import ANY_STEP, Simple


def witness_of(claim: Claim, statement: Statement) -> Simple | None:
    """The existential twin of a universal statement; None if the statement is not universal. A claim without
    a `witness` of its own uses the condition of its outermost `implies`.
    """
    match statement:
        case Always(formula=formula):
            return Possibly(_wanted(claim, formula), ANY_STEP)
        case Leads(condition=condition) | Eventually(condition=condition):
            return Possibly(claim.witness or condition, ANY_STEP)
        case AlwaysAfter():
            wanted = Not(_wanted(claim, statement.formula))
            return AlwaysAfter(
                statement.kind, statement.request, statement.event, statement.twice, statement.where, wanted
            )
        case EveryRequest(request=request, where=where, formula=formula, reachable=reachable):
            return SomeRequest(request, _joined(where, _wanted(claim, formula)), reachable)
        case Compare(request=request, where=where):
            return SomeRequest(request, _joined(where, claim.witness or Truth(value=True)), reachable=False)
        case Possibly() | PossiblyAfter() | SomeRequest():
            return None
        case Difference():
            raise AssertionError("differences are request claims by now")
        case _:
            assert_never(statement)


def _wanted(claim: Claim, formula: Formula) -> Formula:
    if claim.witness is not None:
        return claim.witness
    return formula.premise if isinstance(formula, Implies) else Truth(value=True)


def _joined(where: Formula | None, wanted: Formula) -> Formula:
    return wanted if where is None else And((where, wanted))
