"""What a verdict rests on, in a drafter's words: the words of each clause, then the suppositions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.model import Model
from checker.question.verdict import Blame, Ground, GroundKind
from checker.story.wording import clause_and_name

KINDS: Final[tuple[GroundKind, ...]] = ("phrase", "limb", "update", "condition", "start", "axiom", "premise")
"""Words of the law first, then what happens, then what is supposed."""


def rest_lines(model: Model, blame: Blame) -> Iterator[str]:
    """Yield the rules that are needed with their words, and how much else could mean anything."""
    if blame.unknown:
        yield f"not found out: {blame.unknown}"
        return
    rules: dict[str, dict[str, None]] = {}
    for each in sorted(blame.needed, key=_order):
        rules.setdefault(_title(model, each), {})[_words(each)] = None
    for rule, words in rules.items():
        told = "; ".join(each for each in words if each)
        yield f"{rule}: {told}" if told else rule
    if blame.others == 1:
        yield "not on the one other phrase, rule or supposition: it could mean anything"
    elif blame.others:
        yield f"not on the {blame.others} other phrases, rules and suppositions: they could mean anything"


def _order(ground: Ground) -> tuple[int, bool, str, int]:
    """Quoted words come before what was inferred."""
    return KINDS.index(ground.kind), not ground.phrases, ground.span.file, ground.span.line


def _title(model: Model, ground: Ground) -> str:
    match ground.kind:
        case "axiom" | "premise":
            return f"the {ground.kind} {ground.rule}"
        case "start":
            return "where stories start"
        case "update" | "condition":
            return f"what happens: {ground.rule}"
        case _:
            check = next((each for each in model.checks if each.name == ground.rule), None)
            if check is None:
                return ground.rule
            adopted = ", an adopted check" if check.adopted_because else ""
            return f"{clause_and_name(check.clause, check.name)}{adopted}"


def _words(ground: Ground) -> str:
    if ground.phrases:
        quoted = " … ".join(each.text for each in ground.phrases)
        return f"\N{LEFT DOUBLE QUOTATION MARK}{quoted}\N{RIGHT DOUBLE QUOTATION MARK}"
    match ground.kind:
        case "axiom" | "premise" | "start":
            return ""
        case "phrase":
            return f"`{ground.meaning}`, an inference"
        case _:
            return ground.meaning
