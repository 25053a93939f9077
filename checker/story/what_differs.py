"""Why a comparison is false of one request: what each side makes of it, and what the claim says of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias, assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Compare,
    Difference,
    DifferenceCase,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    is_of_orders,
)
from checker.model.decision import CheckReport
from checker.model.evaluate import holds
from checker.story.given_names import Names
from checker.story.in_one_sentence import HERE
from checker.story.plot import Decided, Plot
from checker.story.wording import clause_and_name, listed

Kind: TypeAlias = str
BOTH: Final = 2
"""Sides of a comparison; where there are fewer, both make the same of the request."""

_ACCEPTED: Final = "newly accepted"
_REJECTED: Final = "newly rejected"
_DIFFERENTLY: Final = "differently rejected"
_MADE: Final = "newly a request, and rejected"
_UNMADE: Final = "no longer a request, and was rejected"
_SAME: Final = "decided as before"


def differing(plot: Plot, names: Names) -> tuple[str, ...]:
    """Return why the comparison that the claim makes is false of the request that the story is about: what
    the claim says, then what each side makes of the request. Nothing if the claim makes none.
    """
    statement = plot.question.claim.statement
    match statement:
        case Compare() if is_of_orders(statement):
            return _answers(plot, names)
        case Compare() | Difference() if len(plot.tried) < BOTH:
            return ()
        case Compare(relation=relation, codes=codes):
            if relation == "no-more":
                said = "whatever the first of the two accepts, the second accepts as well"
            else:
                said = f"the two accept the same requests{', and refuse by the same checks' if codes else ''}"
            return (f"The claim says that {said}.", f"{HERE}{_sides(plot, names)}.")
        case Difference():
            return _difference(plot, names, statement)
        case (
            Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest()
            | Leads()
            | Eventually()
        ):
            return ()
        case _:
            assert_never(statement)


def _answers(plot: Plot, names: Names) -> tuple[str, ...]:
    """Return which checks may answer, each with its own code."""
    decision = plot.tried[0].decision if plot.tried else None
    if decision is None or decision.refused_at is None:
        return ()
    refusing = decision.refusing
    said = (f"{_called(each)} {_code(each)}" for each in refusing)
    where = names.component(decision.refused_at)
    return (
        "Which check is made first is not published, and decides the answer.",
        f"{HERE}more than one check refuses the request at {where}: {listed(said, 'and')}.",
    )


def _called(report: CheckReport) -> str:
    return clause_and_name(report.check.clause, report.check.name)


def _code(report: CheckReport) -> str:
    return f"answers {report.check.code}" if report.check.code else "has no published code"


def _sides(plot: Plot, names: Names) -> str:
    """Return what either side makes of the request."""
    one, other = (_side(each, names) for each in plot.tried[:2])
    return f"{one.format('the request')}; {other.format('it')}"


def _side(decided: Decided, names: Names) -> str:
    """Return what one side makes of `{}`."""
    where = decided.setting or "as deployed"
    if decided.strange:
        return f"{where} {{}} is no request"
    at = decided.decision.refused_at
    if at is None:
        return f"{where} {{}} is accepted"
    by = listed(dict.fromkeys(map(_called, decided.decision.refusing)), "and")
    return f"{where} {names.component(at)} refuses {{}}, by {by}"


def _difference(plot: Plot, names: Names, statement: Difference) -> tuple[str, ...]:
    old, new = plot.tried[:2]
    kind = _kind(old, new)
    env = plot.question.here
    covering = [(k, case) for k, cases in _cases(statement) for case in cases if holds(case.formula, env)]
    wrong = [(k, case) for k, case in covering if k != kind]
    if wrong:
        said = listed((f"{k}: “{case.label}”" for k, case in wrong), "and")
        return (f"By the claim, this request is {said}.", f"{HERE}{_sides(plot, names)}: it is {kind}.")
    missing = f"The claim lists every request that is {kind}; none of its cases covers this one."
    return (missing, f"{HERE}{_sides(plot, names)}: it is {kind}.")


def _cases(statement: Difference) -> Iterator[tuple[Kind, Sequence[DifferenceCase]]]:
    yield _ACCEPTED, statement.accepted
    yield _REJECTED, statement.rejected
    yield _DIFFERENTLY, statement.differently or ()
    yield _MADE, statement.made or ()
    yield _UNMADE, statement.unmade or ()


def _kind(old: Decided, new: Decided) -> Kind:
    """Return how the decision on the request changes from one side to the other."""
    if old.strange or new.strange:
        if new.strange:
            return _REJECTED if old.decision.accepted else _UNMADE
        return _ACCEPTED if new.decision.accepted else _MADE
    if old.decision.accepted != new.decision.accepted:
        return _ACCEPTED if new.decision.accepted else _REJECTED
    refusing = [{each.check.name for each in one.decision.refusing} for one in (old, new)]
    return _SAME if refusing[0] == refusing[1] else _DIFFERENTLY
