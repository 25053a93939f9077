"""Laws in which words are exchanged at random."""

from __future__ import annotations

import random
import re
from pathlib import Path

Texts = tuple[str, str]
"""A law and its claims, each as one text."""

_NUMBERS = re.compile(r"(?<![\w.-])\d+(?![\w.-])")
_ROWS = re.compile(r"^\|(?![\s:|-]+$).*\|\n", re.MULTILINE)
_CELLS = re.compile(r"(?<=\| )[^|\n]+(?= \|)")
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


def edited_in_numbers(chance: random.Random, texts: Texts) -> Texts:
    """The texts with another number in a fence, or another cell in a table, or without one of its rows."""
    law, claims = texts
    if chance.random() < 0.3:
        return law, _other_number(chance, claims)
    return (_other_number if chance.random() < 0.5 else _other_cell)(chance, law), claims


def _other_number(chance: random.Random, text: str) -> str:
    inside = [
        found
        for fence in re.finditer(r"```redline\n(.*?)```", text, re.DOTALL)
        for found in _NUMBERS.finditer(text, *fence.span(1))
    ]
    if not inside:
        return text
    place = chance.choice(inside)
    other = max(0, int(place[0]) + chance.choice((-1, 1, 5)))
    return f"{text[: place.start()]}{other}{text[place.end() :]}"


def _other_cell(chance: random.Random, text: str) -> str:
    rows = list(_ROWS.finditer(text))
    if not rows:
        return text
    row = chance.choice(rows)
    if chance.random() < 0.3:
        return text[: row.start()] + text[row.end() :]
    cells = [cell for each in rows for cell in _CELLS.finditer(text, *each.span())]
    cell = chance.choice([each for each in cells if row.start() <= each.start() < row.end()])
    return f"{text[: cell.start()]}{chance.choice(cells)[0]}{text[cell.end() :]}"
