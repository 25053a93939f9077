"""A page with the text of a source, at random: no rule and no claim quotes it, so it changes no verdict."""

from __future__ import annotations

import random

SENTENCES = ("Nothing is said here.", "All of it is prose.", "A third sentence ends the page.")
PARTS = ("is said here", "prose", "A third … ends")


def source_page(chance: random.Random) -> str:
    """A source of two sections, of which some words are left out."""
    exemptions = [_exemption(chance) for _ in range(chance.choice((0, 1, 2, 3)))]
    declared = "\n    ".join(('source Book "A book"', *exemptions))
    text = " ".join(SENTENCES)
    return f"# A book\n\n```redline\n{declared}\n```\n\n## 1 One\n\n{text}\n\n## 1.1 More\n\n{text}\n"


def _exemption(chance: random.Random) -> str:
    section = chance.choice(("", "", 'section "1" ', 'section "1.1" '))
    count = chance.choice((0, 1, 2, 3)) if section else chance.choice((1, 2, 3))
    words = "".join(f'"{each}" ' for each in chance.sample(PARTS, count))
    return f'{section}{words}not modelled "by chance"'
