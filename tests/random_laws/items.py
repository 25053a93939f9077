"""The items of rules: words of the law with what they mean, or meanings with the inference behind them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.random_laws.lawmaker import Lawmaker, Said, plain

QUOTED = 0.3  # of rules: with words of the law


@dataclass(frozen=True, slots=True)
class Item:
    """A meaning as written, its kind, and whether words of the law may stand behind it."""

    kind: str
    text: str


def ruled(
    law: Lawmaker, rule: str, clause: str, heading: str, items: list[Item], *, label: bool = False
) -> str:
    """A rule as text: a fence, or a quote with the fence that tiles it. `label`: it may have a label."""
    told: list[str] = []
    words: list[str] = []
    quoted = bool(items) and law.maybe(QUOTED)
    for each in items:
        phrases = _phrases(law) if quoted and law.maybe(0.75) else ()
        words += phrases
        why = law.why() if not phrases or law.maybe(0.15) else ""
        strings = "".join(f'"{phrase}" ' for phrase in phrases)
        text = f"({each.text})" if each.kind == "condition" and each.text[0] != "(" else each.text
        told.append(f"    {strings}{plain(text)} {why}".rstrip())
        law.said.append(Said(rule, each.kind, clause, phrases, why.removeprefix("inference ").strip('"')))
    if words and law.maybe(0.3):
        words.append(law.fresh("word "))
        told.append(f'    "{words[-1]}" ' + law.one(("connective", 'not modelled "so it is"')))
    if label and not words and law.maybe(0.3):
        told.insert(0, '    "what it is called"')
    text = "\n".join([heading, *told])
    return text if not words else f"{_quote(law, clause, words)}\n\n```redline\n{text}\n```"


def _phrases(law: Lawmaker) -> tuple[str, ...]:
    return tuple(f"{law.fresh('word ')} {law.fresh('term ')}" for _ in range(law.chance.choice((1, 1, 2, 3))))


def _quote(law: Lawmaker, clause: str, words: list[str]) -> str:
    source = law.one((f"{clause}, verbatim in S", f"{clause}, paraphrased in S"))
    return f"> {' '.join(words)}\n>\n> — {source}"
