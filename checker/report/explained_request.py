"""The report of `explain`: one request in one situation, told like a step of a case note."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.claim import Column
from checker.model.evaluate import Rules, decide, successor, value_at
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step
from checker.report.case_paragraphs import step_paragraphs
from checker.report.paper import Paragraph, Words, joined, paragraph, row
from checker.story.case_note import StepNote
from checker.story.given_names import names_as_given
from checker.story.sentences import fact_sentence, in_order
from checker.story.steps_told import Teller, decision_places


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of a request, and the facts that it turns on."""

    column: Column
    facts: tuple[str, ...]
    step: StepNote
    warnings: tuple[str, ...]


def explained(
    column: Column,
    model: Model,
    rules: Rules,
    situation: Situation,
    request: Request,
    *,
    warnings: tuple[str, ...],
) -> Explanation:
    """Decide a request, with its effects if it is accepted. `warnings` are told as they are."""
    names = names_as_given(model, situation)
    decision = decide(rules, situation, request)
    step = Step("request", request=request)
    after = successor(rules, situation, step) if decision.accepted else situation
    told = (
        place
        for place, weight in decision_places(rules, situation, decision)
        if weight == "always" or value_at(model, situation, place.function, place.arguments)
    )
    return Explanation(
        column,
        tuple(fact_sentence(names, each, situation) for each in in_order(model, told)),
        Teller(names, rules).step(situation, step, after, decision),
        warnings,
    )


def explain_paragraphs(found: Explanation, repeat: str) -> tuple[Paragraph, ...]:
    """Return the explanation as paragraphs, closed by the command that repeats it."""
    title = paragraph(Words(f"One request in {found.column}", "heading"))
    warned = tuple(paragraph(Words(f"Note: {each}", "warning"), hang=2) for each in found.warnings)
    facts = tuple(paragraph(f"{each}.", indent=4, bullet="- ") for each in found.facts)
    turns_on = (paragraph(Words("It turns on this", "strong"), indent=2), *facts) if facts else ()
    return joined(
        (
            (title, *warned, *turns_on, *step_paragraphs(found.step, "1. ")),
            (row(f"Repeat with: {repeat}"),),
        )
    )
