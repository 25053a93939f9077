"""Requests under way, in a staged column, where other things may happen meanwhile.

Source: spec/reference.md, "Staged processing". `checker.regime.staged_law` makes the law of such a column;
other columns have no requests under way.
"""

from __future__ import annotations

from collections.abc import Mapping
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
)
from checker.model.deadline import Deadline
from checker.model.decision import Decision
from checker.model.environment import Rules
from checker.model.expressions import Formula, Outcome
from checker.model.made_of import within
from checker.model.meaning import decide, stops
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step


def unaskable(claim: Claim, demand: Formula | None = None) -> str | None:
    """Why the claim cannot be asked of a staged column; None if it can. `demand`: a further condition that a
    refutation must show.
    """
    match claim.statement:
        case Compare() | Difference():
            return "it compares the outcomes of a request that is processed in one go"
        case EveryRequest(reachable=False) | SomeRequest(reachable=False):
            return "it is about any situation, and in some there are requests under way that nothing let pass"
        case Eventually():
            return "`eventually` is not decided with requests under way"
        case Always() | AlwaysAfter() | EveryRequest() | SomeRequest():
            pass
        case Possibly() | PossiblyAfter() | Leads():
            pass
        case _:
            assert_never(claim.statement)
    for outcome in outcomes(claim.statement, claim.where, claim.premises, claim.witness, demand):
        if outcome.kind == "exempted":
            return "what exempted a request at a component that it has passed is not recorded"
        if outcome.column is not None:
            return "a request that is under way has been checked by one law only"
    return None


def outcomes(*parts: object) -> tuple[Outcome, ...]:
    """The outcomes within formulas, or within what contains them, in reading order."""
    found = [each for each in within(*parts) if isinstance(each, Outcome)]
    return tuple(reversed(found))


def flight_of(model: Model, step: Step) -> str | None:
    """The thing in flight that the step lets pass at a component; None if it is another step."""
    staging = model.staging
    if staging is None or step.event not in staging.passing:
        return None
    return step.arguments.get(staging.flight)


def sent(model: Model, situation: Situation, flight: str) -> Request:
    """The request that a thing in flight stands for."""
    assert model.staging is not None
    found = {name: situation.values.get((f, (flight,))) for name, f in model.staging.carried.items()}
    given = {name: value for name, value in found.items() if isinstance(value, str)}
    return Request({**given, model.staging.parameter: flight})


def under_way(rules: Rules, situation: Situation, request: Request, deadline: Deadline) -> bool:
    """Whether the request has already been let pass somewhere."""
    return any(behind for _, behind in stops(rules, situation, request, deadline))


def by_itself(model: Model, request: Request) -> Request:
    """The request as one that is not in flight."""
    if model.staging is None:
        return request
    return Request({n: value for n, value in request.values.items() if n != model.staging.parameter})


def let_pass(rules: Rules, model: Model, situation: Situation, step: Step) -> Decision:
    """The decision of the components that the step lets a request pass: those that it has not passed yet, up
    to the step's component. The step is one for which `flight_of` returns a thing.
    """
    flight = flight_of(model, step)
    assert model.staging is not None
    assert flight is not None
    passing: Mapping[str, str] = model.staging.passing
    known = list(passing.values())
    reached = known[: known.index(passing[step.event or ""]) + 1]
    decision = decide(rules, situation, sent(model, situation, flight))
    stages = (each for each in decision.stages if not each.behind and each.component[0] in reached)
    return Decision(decision.request, tuple(stages))
