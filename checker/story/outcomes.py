"""What becomes of a step, in words."""

from __future__ import annotations

from typing import assert_never

from checker.story.case_note import StepNote


def outcome_words(step: StepNote) -> tuple[str, str]:
    """Return the outcome in a word or two, and the rest of the sentence; both empty for what just happens."""
    match step.outcome:
        case "happens":
            return "", ""
        case "accepted":
            return "Accepted.", ""
        case "under way":
            return "Let pass, and under way.", ""
        case "no request":
            return "Not a request there", f": {' and '.join(step.lacks)}."
        case "refused":
            at = next((each for each in step.stages if each.refuses), None)
            codes = [each.code for each in at.checks if each.outcome == "refuses" and each.code] if at else []
            shown = f", {' or '.join(dict.fromkeys(codes))}" if codes else ", without a published code"
            return "Refused", f" at {at.component if at else '?'}{shown}."
        case _:
            assert_never(step.outcome)
