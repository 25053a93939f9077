"""What a claim asks, in one shape for all forms of statement; or why a module cannot check it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, assert_never

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
    Steps,
)
from checker.model.expressions import Formula, Outcome, Truth, Variable
from checker.model.made_of import within

Form: TypeAlias = Literal["situation", "request", "after", "next", "never"]

ANY_STEP: Final = Steps(any_step=True)
_TRUE: Final = Truth(value=True)


@dataclass(frozen=True, slots=True)
class ClaimShape:
    """A claim that a module can check.

    `form`: what the claim is about: a situation, a request in it (accepted or not), the situation after a
    step, what one step can bring about, or what no sequence of steps may bring about. `universal`: it says
    "always", so a violation refutes it; otherwise a violation of what is checked proves it. `where` and
    `formula`: the condition, read before the step, and the conclusion; for `next` and `never`, the condition
    and the goal. `request`: the name of the request asked about, or of the step. `steps`: those that count.
    `reachable`: only situations that stories reach count, not all within the axioms.
    """

    claim: Claim
    form: Form
    formula: Formula
    where: Formula = _TRUE
    universal: bool = True
    request: str = ""
    kind: Literal["request", "step", "event"] = "request"
    event: str = ""
    twice: bool = False
    steps: Steps = field(default=ANY_STEP)
    reachable: bool = True

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The claim's variables, except its requests."""
        return tuple(Variable(e.name, e.sort) for e in self.claim.variables if e.sort is not None)

    @property
    def asks_requests(self) -> bool:
        """Whether it is about requests, or about accepted requests as steps."""
        return self.form == "request" or (self.form == "after" and self.kind != "event")

    @property
    def requests(self) -> tuple[str, ...]:
        """The claim's own requests, without the one that is the step or that the claim is about."""
        return tuple(each.name for each in self.claim.variables if each.sort is None)


def question_of(claim: Claim) -> ClaimShape | str:
    """Return what the claim asks, or the reason why it is not exported."""
    if claim.deployment_over or claim.deployed:
        return "it lets components have different versions; this module has one version at every component"
    columns = _columns(claim)
    if columns:
        return f"it asks what `{columns[0]}` decides; this module has the rules of one column"
    statement = claim.statement
    match statement:
        case Always(formula=formula):
            return ClaimShape(claim, "situation", formula)
        case Possibly(formula=formula, steps=steps):
            return ClaimShape(claim, "situation", formula, universal=False, steps=steps)
        case EveryRequest(request=request, where=where, formula=formula, reachable=reachable):
            return ClaimShape(claim, "request", formula, where or _TRUE, request=request, reachable=reachable)
        case SomeRequest(request=request, formula=formula, reachable=reachable):
            return ClaimShape(
                claim, "request", formula, universal=False, request=request, reachable=reachable
            )
        case AlwaysAfter():
            return ClaimShape(
                claim,
                "after",
                statement.formula,
                statement.where or _TRUE,
                request=statement.request,
                kind=statement.kind,
                event=statement.event,
                twice=statement.twice,
            )
        case PossiblyAfter(request=request, where=where, formula=formula):
            return ClaimShape(claim, "after", formula, where or _TRUE, universal=False, request=request)
        case Leads():
            return _leads(claim, statement)
        case Eventually():
            return (
                "it says `eventually`: that needs fairness of requests that depend on the situation, and "
                "restricts the steps of a behaviour from some situation on"
            )
        case Compare(left=left):
            if left.kind == "order":
                return "it compares orders of checks; this module has no order of checks"
            return "it compares columns; this module has the rules of one"
        case Difference():
            return "it compares columns; this module has the rules of one"
        case _:
            assert_never(statement)


def _leads(claim: Claim, statement: Leads) -> ClaimShape | str:
    if any(each.sort is None for each in claim.variables):
        return "it is about what can still happen, and has requests of its own"
    match statement.modality:
        case "next" | "never":
            return ClaimShape(
                claim, statement.modality, statement.goal, statement.condition, steps=statement.steps
            )
        case "possibly":
            return (
                "it says that something can still be brought about, whatever has happened (AG EF): that is "
                "not a property of single behaviours, and formulas of TLA can only express those"
            )
        case _:
            assert_never(statement.modality)


def _columns(claim: Claim) -> list[str]:
    """The columns that outcomes in the claim name."""
    outcomes = (e for e in within(claim.statement, claim.where, claim.premises) if isinstance(e, Outcome))
    return [each.column for each in outcomes if each.column is not None]
