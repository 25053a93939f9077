"""The claims that nothing shows a goal, written in the language, so that they can be read and re-checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.claim import Column
from checker.model.expressions import Not
from checker.model.unparse import unparse
from checker.regime.additions import free_numbers
from checker.regime.regime import Regime
from checker.rooms.cases.goals import Goal, R
from checker.rooms.claim_texts import ClaimText, document

_TITLE: Final = "What no request shows"
_PREFACE: Final = (
    "Of conditions that decide nothing in one direction, and of answers that nobody gets: that there is no "
    "such request, in any situation within the axioms."
)


def impossible(regime: Regime, column: Column, goals: Sequence[Goal]) -> tuple[str, ...]:
    """Return the names of the claims that nothing shows these goals, in their order."""
    return tuple(each.name for each in _claims(regime, column, goals))


def claims_text(regime: Regime, column: Column, goals: Sequence[Goal], source: str) -> str:
    """Return the claims as a page. `source`: the command that asks, named in them."""
    return document(_TITLE, _PREFACE, _claims(regime, column, goals), source)


def _claims(regime: Regime, column: Column, goals: Sequence[Goal]) -> list[ClaimText]:
    numbers = free_numbers(regime)
    return [_claim(next(numbers), column, each) for each in goals]


def _claim(number: str, column: Column, goal: Goal) -> ClaimText:
    statement = f"in any situation, for every request {R}:"
    said = f"    {unparse(Not(goal.weakest))}"
    name = f"no-request-shows-{goal.number}"
    return ClaimText(number, name, sentence(goal), (statement, said), (("proved", (column,)),))


def sentence(goal: Goal, subject: str = "No request") -> str:
    """Return what is said of a goal that nothing shows; with another subject, of one that something does."""
    check = "" if goal.check is None else goal.check.name
    where = "" if goal.at is None else f" at {goal.at[0]}{f'[{goal.at[1]}]' if goal.at[1] else ''}"
    match goal.kind:
        case "condition":
            way = "fails" if goal.fails else "passes"
            limb = f" (in {goal.limb.clause})" if goal.limb else ""
            return f"{subject} {way} {check}{where} because {goal.told}{limb}."
        case "limit":
            limb = f" (in {goal.limb.clause})" if goal.limb else ""
            return f"{subject} turns on whether {goal.whether} in {check}{where} when {goal.told}{limb}."
        case "answer":
            return f"{subject} is {f'refused by {check}' if check else 'accepted that comes by'}{where}."
        case "code":
            code = None if goal.check is None else goal.check.code
            answer = f"answered with {code}" if code else f"refused by {check}" if check else "accepted"
            return f"{subject} is {answer}."
        case "change":
            return f"{subject} changes its answer so: {goal.condition}."
