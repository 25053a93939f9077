"""Laws in which words are exchanged at random."""

from __future__ import annotations

import random
import re
from pathlib import Path

Texts = tuple[str, str]
"""A law and its claims, each as one text."""

_WORDS = re.compile(r"[\w-]+|[()=<>]")


def texts_of(place: Path) -> Texts:
    """The law and the claims in a folder."""
    law, claims = (
        "\n".join(each.read_text(encoding="utf-8") for each in sorted((place / name).rglob("*.md")))
        for name in ("spec", "properties")
    )
    return law, claims


def edited(chance: random.Random, texts: Texts) -> Texts:
    """The texts with one word exchanged for another, or doubled, or dropped: mostly in the law."""
    law, claims = texts
    return (_edited(chance, law), claims) if chance.random() < 0.7 else (law, _edited(chance, claims))


def _edited(chance: random.Random, text: str) -> str:
    """The text with one word in a fence exchanged for another, or doubled, or dropped."""
    inside = [
        found
        for fence in re.finditer(r"```redline\n(.*?)```", text, re.DOTALL)
        for found in _WORDS.finditer(text, *fence.span(1))
    ]
    place = chance.choice(inside)
    other = chance.choice(inside)[0]
    instead = chance.choice((other, other, "", f"{place[0]} {other}", f"not {place[0]}"))
    return f"{text[: place.start()]}{instead}{text[place.end() :]}"
