"""Turns a result into a case note: the story behind a verdict, in the regime's own terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as changed
from typing import Final, assert_never

from msgspec.structs import replace

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
from checker.model.expressions import Expression, Formula
from checker.model.mixture import common_model
from checker.model.model import Model
from checker.model.unparse import unparse
from checker.question.one_by_one import OneByOne
from checker.question.verdict import Evidence, Open, Result
from checker.story.asked_at_the_end import Law
from checker.story.case_note import CaseNote
from checker.story.clauses import clause_sentence
from checker.story.full_columns import in_full
from checker.story.in_one_sentence import PROVED
from checker.story.phrases import Phrases
from checker.story.rests_on import rest_lines
from checker.story.strategies_told import step_taken, ways
from checker.story.trace_told import DOUBT, Story
from checker.story.what_differs import differing
from checker.story.what_is_claimed import claimed
from checker.story.wording import shapes_named

NOT_EXCLUDED: Final = (
    "Redline cannot exclude the situation in which this begins. If it cannot come about, say why: by an "
    "axiom, a check or where stories start."
)
"""Told where there is neither a story from a start nor a proof."""


def narrate(law: Law, result: Result, *, examples: bool = True) -> CaseNote:
    """Return the case note of a result: its story if it has one, and why it is what it is. `examples`: with a
    sentence for what shows that a proof is not vacuous.
    """
    note = _narrated(law, _in_full(law, result), examples=examples)
    if result.blame is None:
        return note
    rules = law.rules(result.column)
    return replace(note, rests=tuple(rest_lines(common_model(rules), result.blame)))


def narrate_others(law: Law, result: Result) -> tuple[CaseNote, ...]:
    """Return the case notes of a result's further stories."""
    stories = () if result.others is None else result.others.stories
    told = _in_full(law, result)
    return tuple(_narrated(law, changed(told, evidence=each), examples=True) for each in stories)


def _in_full(law: Law, result: Result) -> Result:
    return changed(result, claim=in_full(law, result.claim, result.column))


def _narrated(law: Law, result: Result, *, examples: bool) -> CaseNote:
    evidence = result.evidence
    model = common_model(law.rules(result.column))
    proof = (*_how(model, result), *_obligations(evidence), *_explored(result))
    if result.verdict == "refuted" and evidence.trace is not None:
        story = Story.of(law, _told_of(result), result.column, evidence)
        phrases = story.phrases()
        doubt = () if evidence.arises else (DOUBT,)
        differs = differing(story.plot, story.names)
        why = (*doubt, *(differs or because(result, phrases)))
        return story.note(why, ("The story was replayed step by step.", *proof))
    if result.left_open is not None and not result.decided:
        return _left_open(law, result, result.left_open, because(result, Phrases(model)), proof)
    shown = evidence if result.verdict == "proved" and evidence.trace is not None else result.witness
    told = (*because(result, Phrases(model)), *_lemmas(law, result))
    return CaseNote(because=told, proof=proof, witness=_one_line(law, result, shown) if examples else "")


def _lemmas(law: Law, result: Result) -> Iterator[str]:
    """Yield which lemmas a proof does without, and of one that is false, a story that shows it."""
    open_story = result.left_open
    for lemma in result.claim.unneeded(result.evidence.invariant) if result.verdict == "proved" else ():
        yield f"The lemma `{lemma.name}` is not needed: the claim is proved without it."
        if open_story is not None and open_story.lemma == lemma:
            about = result.claim.of_lemma(lemma)
            told = Story.of(law, about, result.column, open_story.story).one_line()
            yield f"That lemma is false: {sentence(told)}"


def _left_open(
    law: Law, result: Result, left: Open, why: tuple[str, ...], proof: tuple[str, ...]
) -> CaseNote:
    """Return the story of what would help."""
    if left.lemma is not None:
        about = result.claim.of_lemma(left.lemma)
        return Story.of(law, about, result.column, left.story).note(why, proof)
    story = Story.of(law, _told_of(result), result.column, left.story)
    return replace(story.note((*why, NOT_EXCLUDED), proof), begins="in a situation that is not excluded")


def _how(model: Model, result: Result) -> Iterator[str]:
    """Yield the strategies that reach the goal or, if no story reaches it, those that would."""
    phrases, evidence = Phrases(model), result.evidence
    never = isinstance(result.claim.statement, Leads) and result.claim.statement.modality == "never"
    if result.verdict == "proved" and not never:
        yield from map(sentence, ways(phrases, evidence.ways))
    if result.verdict == "proved" and evidence.one_by_one:
        yield "It was shown of any one thing, by steps that spoil it for no other: so all follow, one by one."
    for each in evidence.excluded or ():
        yield sentence(
            f"no story comes to where it could come about in this way: {step_taken(phrases, each)}"
        )
    if evidence.invariant:
        yield "This holds at the start, and after every step before which all of it holds:"
    yield from (sentence(clause_sentence(phrases, each)) for each in evidence.invariant)


def _one_line(law: Law, result: Result, evidence: Evidence | None) -> str:
    if evidence is None or evidence.trace is None:
        return ""
    return Story.of(law, result.claim, result.column, evidence).one_line()


def _obligations(evidence: Evidence) -> tuple[str, ...]:
    count = len(evidence.obligations)
    if not count:
        return ()
    return (f"{count} proof obligation{'' if count == 1 else 's'} shown to have no counterexample.",)


def because(result: Result, phrases: Phrases) -> tuple[str, ...]:
    """Return the engine's sentence or, without one, what the form of the claim says of its failure."""
    if result.reason:
        return (sentence(result.reason),)
    match result.verdict:
        case "proved":
            return ()
        case "unknown" | "bounded":
            return ("No reason was given.",)
        case "refuted":
            return failure(_told_of(result), phrases)
        case _:
            assert_never(result.verdict)


def _told_of(result: Result) -> Claim:
    """The claim or, where its story is about one of the things that its goal is of, the claim about that."""
    one = OneByOne.of(result.claim, result.column) if result.evidence.one_by_one else None
    return result.claim if one is None else one.of_body()


def failure(claim: Claim, phrases: Phrases) -> tuple[str, ...]:
    """Say in a sentence or two what a refutation of a claim of this form shows."""
    match claim.statement:
        case Leads(modality="next", goal=goal, steps=steps):
            return (f"No {steps_text(steps, phrases)} {_gives(goal, phrases)}{PROVED} of parties.",)
        case Leads(modality="possibly", goal=goal, steps=steps):
            ever = f"nor any sequence of them, ever {_gives(goal, phrases)}"
            return (f"No {steps_text(steps, phrases)}, {ever}{PROVED} of parties and of steps.",)
        case Leads(goal=goal):
            words = phrases.said(goal)
            end = f"a situation in which {words}" if words else _quoted(goal)
            return (f"The story comes to {end}, which was said never to come.",)
        case Possibly() | PossiblyAfter() | SomeRequest():
            return tuple(_never(claim.statement, phrases))
        case Eventually():
            return ("The story can go round in a circle for ever without it.",)
        case Compare(relation="alike"):
            return ("The two sides do not decide this request alike.",)
        case Compare():
            return ("The first side accepts this request, and the second does not.",)
        case Difference():
            return ("This request does not change as the claim says.",)
        case Always() | AlwaysAfter() | EveryRequest():
            return (claimed(claim, claim.statement, phrases),)
        case _:
            assert_never(claim.statement)


def _never(statement: Possibly | PossiblyAfter | SomeRequest, phrases: Phrases) -> Iterator[str]:
    """Say that what can happen by the claim does not."""
    said, shown = phrases.said(statement.formula), f"{PROVED} of parties and of steps."
    given = statement.where if isinstance(statement, PossiblyAfter) else None
    where = None if given is None else phrases.said(given)
    if said is None or (where is None and given is not None):
        yield f"What the claim says can happen never does{shown}"
        return
    match statement:
        case Possibly():
            yield f"No situation ever comes about in which {said}{shown}"
        case PossiblyAfter():
            yield f"No {'such ' if where else ''}request is ever accepted after which {said}{shown}"
        case SomeRequest():
            yield f"There can be no request where {said}{shown}"
        case _:
            assert_never(statement)
    if where:
        yield f"The claim speaks of requests where {where}."


def _gives(goal: Formula, phrases: Phrases) -> str:
    words = phrases.said(goal)
    return f"brings it about that {words}" if words else f"gives {_quoted(goal)}"


def steps_text(steps: Steps, phrases: Phrases) -> str:
    """Say which steps count, in the singular, after `no`."""
    if steps.any_step:
        return "step"
    named = tuple(dict.fromkeys(map(phrases.of, steps.senders)))
    if steps.others:
        named = (*named, f"anybody but {' and '.join(map(phrases.of, steps.others))}")
    requests = f"request{shapes_named(steps.shapes)} of {' or '.join(named) or 'any user'}"
    parts = (*((requests,) if steps.requests else ()), *map(phrases.event, steps.events))
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
