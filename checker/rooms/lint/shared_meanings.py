"""Phrases that share one meaning though one follows the other: a line between them may have been lost."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from checker.language.quotes import Phrase
from checker.rooms.lint.compared_words import words
from checker.rooms.lint.finding import Finding
from checker.rooms.lint.words_and_rules import Law

_LIST: Final = ("•", "-", "*")
"""Marks of the items of a list, several of which often come to one thing."""

_NOTE: Final = "give the first a meaning of its own or, if both have this one, write them as one phrase"


def shared_findings(law: Law) -> Iterator[Finding]:
    """Yield a notice for each phrase without a meaning of its own whose words go on in the next phrase, in
    the same quote. Phrases that stand apart are left alone: what is between them has a meaning of its own.
    """
    quoted = [tuple(word.text for word in place.words) for place in law.places]
    for rule in law.rules:
        for item in rule.items:
            for one, other in itertools.pairwise(item.phrases):
                if item.inference is None and _goes_on(one, other, quoted):
                    message = f"`{one.text}` has no meaning of its own, and shares that of `{other.text}`"
                    said, versions = (one.text, other.text), (law.version,)
                    yield Finding(
                        "meaning-shared", rule.name, message, one.clause, said, one.span, versions, (_NOTE,)
                    )


def _goes_on(one: Phrase, other: Phrase, quoted: list[tuple[str, ...]]) -> bool:
    """Whether the second phrase begins where the first ends, and is no further item of a list."""
    if one.clause != other.clause or other.text.startswith(_LIST):
        return False
    both = tuple(word.text for word in (*words(one.text), *words(other.text)))
    return any(
        both == there[at : at + len(both)] for there in quoted for at in range(len(there) - len(both) + 1)
    )
