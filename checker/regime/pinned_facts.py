"""Facts that somebody pins: the claim, of those situations and requests only in which they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model import claim as c
from checker.model.claim import Claim
from checker.model.expressions import And, Call, Formula, Outcome, Parameter
from checker.model.made_of import within
from checker.regime.regime import Regime

PLACE: Final = "--where"
"""The file in diagnostics about a fact."""


def pinned(regime: Regime, claim: Claim, facts: Sequence[str]) -> Claim:
    """The claim with `facts` as further conditions on its variables: formulas of the rule language over these
    and over the request that its statement names. It expects no verdict. Raises SpecError, with places in
    the text of the fact.
    """
    if isinstance(claim.statement, c.Difference):
        message = (
            f"claim `{claim.name}` is an exact difference: each of its cases must occur, so none is left out"
        )
        note = "`redline diff` tells the cases, with an example of each"
        raise SpecError((Diagnostic("bad-option", message, None, notes=(note,)),))
    variables = {each.name: each.sort for each in claim.variables if each.sort is not None}
    named = {each.name for each in claim.variables if each.sort is None}
    own = _request(claim.statement)
    requests = named | ({own} if own is not None else set())
    for text in facts:
        try:
            fact = regime.parse_formula(text, variables, requests, claim=True, place=PLACE)
        except SpecError as wrong:
            notes = (_could_be_used(claim, own),)
            told = tuple(replace(each, notes=(*each.notes, *notes)) for each in wrong.diagnostics)
            raise SpecError(told, {PLACE: text}) from wrong
        claim = _with(claim, fact, own)
    return replace(claim, pinned=(*claim.pinned, *facts), expectations=(), needs=())


def _could_be_used(claim: Claim, own: str | None) -> str:
    known = [*(each.name for each in claim.variables), *((own,) if own is not None else ())]
    if not known:
        return f"claim `{claim.name}` has no variables"
    return f"the variables of claim `{claim.name}`: {', '.join(f'`{each}`' for each in known)}"


def _with(claim: Claim, fact: Formula, own: str | None) -> Claim:
    """The claim with one more condition: on its variables or, if the fact speaks of that, on its request."""
    spoken_of = (each.request for each in within(fact) if isinstance(each, Outcome | Parameter | Call))
    if own is None or own not in spoken_of:
        return replace(claim, where=_both(claim.where, fact))
    return replace(claim, statement=_narrowed(claim.statement, fact))


def _request(statement: c.Statement) -> str | None:
    """The request whose `where` the statement has, or could have."""
    match statement:
        case c.AlwaysAfter(kind="request", request=request):
            return request
        case (
            c.EveryRequest(request=request)
            | c.SomeRequest(request=request)
            | c.PossiblyAfter(request=request)
            | c.Compare(request=request)
        ):
            return request
        case c.Always() | c.AlwaysAfter() | c.Possibly() | c.Leads() | c.Eventually() | c.Difference():
            return None
        case _:
            assert_never(statement)


def _narrowed(statement: c.Statement, fact: Formula) -> c.Statement:
    match statement:
        case c.AlwaysAfter() | c.EveryRequest() | c.PossiblyAfter() | c.Compare():
            return replace(statement, where=_both(statement.where, fact))
        case c.SomeRequest():
            return replace(statement, formula=And((statement.formula, fact)))
        case c.Always() | c.Possibly() | c.Leads() | c.Eventually() | c.Difference():
            raise AssertionError("such a statement has no request of its own")
        case _:
            assert_never(statement)


def _both(where: Formula | None, fact: Formula) -> Formula:
    return fact if where is None else And((where, fact))
