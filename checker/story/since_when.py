"""From which moment of a story on the “if” of its claim holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
)
from checker.model.evaluate import holds
from checker.model.expressions import And, Before, Call, Formula, Implies, Outcome, Parameter, StepIs, Truth
from checker.model.made_of import within
from checker.story.asked_at_the_end import AtTheEnd
from checker.story.phrases import Phrases

_OF_A_STEP = (Parameter, Outcome, StepIs, Before)
"""What is so of a request or a step, and not of a situation."""


@dataclass(frozen=True, slots=True)
class Since:
    """What a claim supposes holds from situation number `at` on, and not in the one before. `condition`: what
    it says after “if”; `given`: what it says besides of its things.
    """

    at: int
    condition: Formula | None
    given: Formula | None

    @classmethod
    def of(cls, asked: AtTheEnd) -> Since | None:
        """Return since when it holds without a break; None if nothing is supposed of situations, or that does
        not hold where the claim looks at it. What is given from the start is told by the story.
        """
        condition = tuple(filter(_of_situations, _conditions(asked)))
        given = tuple(each for each in (asked.claim.where, *asked.claim.premises) if each is not None)
        supposed = And((*given, *condition))
        at: int | None = None
        for number in range(_last(asked, supposed), -1, -1):
            if not holds(supposed, asked.environment(asked.trace.situations[number])):
                break
            at = number
        if at is None or not (condition or (given and at)):
            return None
        said = tuple(each for each in given if not isinstance(each, Call))
        return cls(at, And(condition) if condition else None, And(said) if said else None)

    def words(self, phrases: Phrases) -> str:
        """Say it, without a final period."""
        if self.condition is not None:
            return f"from here on, what the claim says after “if” holds: {phrases.clause(self.condition)}"
        told = "" if self.given is None else f": {phrases.clause(self.given)}"
        return f"from here on, what the claim is given holds{told}"


def _conditions(asked: AtTheEnd) -> tuple[Formula, ...]:
    """Return what the claim supposes besides what it is given."""
    match asked.claim.statement:
        case Leads(condition=condition) | Eventually(condition=condition):
            return (condition,)
        case Always(formula=formula) | AlwaysAfter(formula=formula) | EveryRequest(formula=formula):
            return tuple(_premises(formula))
        case Possibly() | PossiblyAfter() | SomeRequest() | Compare() | Difference():
            return ()
        case _:
            assert_never(asked.claim.statement)


def _premises(formula: Formula) -> list[Formula]:
    return [formula.premise, *_premises(formula.conclusion)] if isinstance(formula, Implies) else []


def _of_situations(formula: Formula) -> bool:
    return not isinstance(formula, Truth) and not any(
        isinstance(part, _OF_A_STEP) for part in within(formula)
    )


def _last(asked: AtTheEnd, supposed: Formula) -> int:
    """Return the number of the last situation at which the claim looks at its “if”."""
    end = len(asked.trace.situations) - 1
    match asked.claim.statement:
        case Leads(modality="never"):
            there = (
                n for n in range(end, -1, -1) if holds(supposed, asked.environment(asked.trace.situations[n]))
            )
            return next(there, end)
        case AlwaysAfter() | PossiblyAfter():
            return max(end - 1, 0)
        case (
            Always()
            | EveryRequest()
            | Leads()
            | Eventually()
            | Possibly()
            | SomeRequest()
            | Compare()
            | Difference()
        ):
            return end
        case _:
            assert_never(asked.claim.statement)
