"""Turns a result into a case note: the story behind a verdict, in the regime's own terms."""

from __future__ import annotations

from typing import assert_never

from checker.engines.verdict import Evidence, Result
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
from checker.model.expressions import Expression
from checker.model.unparse import unparse
from checker.reports.asked import Law
from checker.reports.notes import CaseNote
from checker.reports.story import Story


def narrate(law: Law, result: Result) -> CaseNote:
    """Return the case note of a result: its story if it has one, and why it is what it is."""
    trace = result.evidence.trace
    strategy = map(sentence, result.evidence.strategy)
    proof = (*strategy, *_obligations(result.evidence), *_explored(result))
    if result.verdict == "refuted" and trace is not None:
        story = Story.of(law, result.claim, result.column, result.evidence)
        return story.note(because(result), ("The story was replayed step by step.", *proof))
    shown = result.evidence if result.verdict == "proved" and trace is not None else result.witness
    return CaseNote(because=because(result), proof=proof, witness=_one_line(law, result, shown))


def _one_line(law: Law, result: Result, evidence: Evidence | None) -> str:
    if evidence is None or evidence.trace is None:
        return ""
    return Story.of(law, result.claim, result.column, evidence).one_line()


def _obligations(evidence: Evidence) -> tuple[str, ...]:
    count = len(evidence.obligations)
    if not count:
        return ()
    return (f"{count} obligation{'' if count == 1 else 's'} shown to be unsatisfiable.",)


def because(result: Result) -> tuple[str, ...]:
    """Return the engine's sentence or, without one, what the form of the claim says of its failure."""
    if result.reason:
        return (sentence(result.reason),)
    match result.verdict:
        case "proved":
            return ()
        case "unknown" | "bounded":
            return ("No reason was given.",)
        case "refuted":
            return (failure(result.claim),)
        case _:
            assert_never(result.verdict)


def failure(claim: Claim) -> str:
    """Say in one sentence what a refutation of a claim of this form shows."""
    match claim.statement:
        case Leads(modality="next", goal=goal, steps=steps):
            return f"No {steps_text(steps)} gives {_quoted(goal)}: proved for any number of parties."
        case Leads(modality="possibly", goal=goal, steps=steps):
            return (
                f"No {steps_text(steps)}, nor any sequence of them, ever gives {_quoted(goal)}: "
                "proved for any number of parties and of steps."
            )
        case Leads(goal=goal):
            return f"The story brings about {_quoted(goal)}, which was said never to come."
        case Possibly() | PossiblyAfter() | SomeRequest():
            return "It never happens; proved for any number of parties and of steps."
        case Eventually():
            return "The story can go round in a circle for ever without it."
        case Compare(relation="alike"):
            return "The two sides do not decide this request alike."
        case Compare():
            return "The first side accepts this request, and the second refuses it."
        case Difference():
            return "This request does not change as the claim says."
        case Always() | AlwaysAfter() | EveryRequest():
            return f"So it is false that: {claim.statement_text.rstrip('.')}."
        case _:
            assert_never(claim.statement)


def steps_text(steps: Steps) -> str:
    """Say which steps count, in the singular, after `no`."""
    if steps.any_step:
        return "step"
    senders = " or ".join(map(_quoted, steps.senders))
    requests = f"request of {senders}" if senders else "request of any user"
    parts = (*((requests,) if steps.requests else ()), *(f"event `{each}`" for each in steps.events))
    return " or ".join(parts)


def _quoted(expression: Expression) -> str:
    return f"`{unparse(expression)}`"


def _explored(result: Result) -> tuple[str, ...]:
    """Say what the second way of deciding had to say."""
    if result.explored.startswith("agrees"):
        return (sentence(f"a second engine, which explores, {result.explored}"),)
    return (sentence(result.explored),) if result.explored else ()


def sentence(text: str) -> str:
    """Begin with a capital, end with a period."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ":")) else ".")
