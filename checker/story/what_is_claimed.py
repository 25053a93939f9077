"""What a claim about every situation, step or request says about the one at the end of its story."""

from __future__ import annotations

from typing import assert_never

from checker.model.claim import Always, AlwaysAfter, Claim, EveryRequest
from checker.model.expressions import Formula, Implies
from checker.story.phrases import Phrases


def claimed(claim: Claim, statement: Always | AlwaysAfter | EveryRequest, phrases: Phrases) -> str:
    """Return in one sentence what the claim says of the end of the story; the story itself tells the claim's
    “if”. Where the spec lacks words, that is the claim's own sentence.
    """
    formula, conditional = _concluded(statement.formula)
    said = phrases.said(formula)
    if said is None:
        return f"The claim says: “{claim.sentence}”"
    match statement:
        case Always():
            every = "at all times"
        case AlwaysAfter(where=where):
            every, conditional = "after every such step", conditional or where is not None
        case EveryRequest(where=where):
            every, conditional = "whatever is requested", conditional or where is not None
        case _:
            assert_never(statement)
    return f"The claim says that, {'in such a case' if conditional else every}, {said}."


def _concluded(formula: Formula) -> tuple[Formula, bool]:
    """What is said in the end, and whether it is said on a condition."""
    if not isinstance(formula, Implies):
        return formula, False
    return _concluded(formula.conclusion)[0], True
