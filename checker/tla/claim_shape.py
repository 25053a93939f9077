"""What a claim asks, in one shape for all forms of statement; or why a module cannot ask it."""

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
    """A claim that a module can ask.

    `form`: what the claim is about: a situation, a request in it (accepted or not), what is so after a step,
    what one step can bring about, what no sequence of steps may. `universal`: it says "always", so that a
    violation refutes it; else a violation of what is checked shows it. `where` and `formula`: the condition
    that is read before, and what is said; for `next` and `never`, the condition and the goal.
    `request`: the name of the request asked about, or of the step. `steps`: those that count.
    `reachable`: of situations that can come about, not of all within the axioms.
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
        """The claim's variables, requests apart."""
        return tuple(Variable(e.name, e.sort) for e in self.claim.variables if e.sort is not None)

    @property
    def asks_requests(self) -> bool:
        """Whether it is asked of requests, or of accepted ones as steps."""
        return self.form == "request" or (self.form == "after" and self.kind != "event")

    @property
    def requests(self) -> tuple[str, ...]:
        """The claim's own requests: not the one that is the step, or that is asked about."""
        return tuple(each.name for each in self.claim.variables if each.sort is None)


def question_of(claim: Claim) -> ClaimShape | str:
    """Return what the claim asks, or the reason why it is not exported."""
    if claim.deployment_over or claim.deployed:
        return "it lets the versions that are deployed differ; this module has one version at every component"
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
                "it is about what comes about in the end: it needs fairness of requests that the situation "
                "chooses, and restricts the steps of a behaviour from a situation on"
            )
        case Compare(left=left):
            if left.kind == "order":
                return "it compares orders of checks; this module does not say in which order checks are made"
            return "it compares columns; this module has the rules of one"
        case Difference():
            return "it compares columns; this module has the rules of one"
        case _:
            assert_never(statement)


def _leads(claim: Claim, statement: Leads) -> ClaimShape | str:
    if any(each.sort is None for each in claim.variables):
        return "it has requests of its own in a claim about what can still happen"
    match statement.modality:
        case "next" | "never":
            return ClaimShape(
                claim, statement.modality, statement.goal, statement.condition, steps=statement.steps
            )
        case "possibly":
            return (
                "that something can still be brought about, whatever has happened (AG EF), is no property of "
                "single behaviours, and formulas of TLA speak of those only"
            )
        case _:
            assert_never(statement.modality)


def _columns(claim: Claim) -> list[str]:
    """The columns that outcomes in the claim name."""
    outcomes = (e for e in within(claim.statement, claim.where, claim.premises) if isinstance(e, Outcome))
    return [each.column for each in outcomes if each.column is not None]
