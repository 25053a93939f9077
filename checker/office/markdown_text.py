"""Words of a document as Markdown and as strings of the language: read again, they are the same words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from checker.office.changed_words import escaped

_WIDE: Final = 100
QUOTED: Final = "|\\*"
"""The marks of a table whose words are quoted elsewhere."""

OPEN: Final = "still to be given a meaning"


def heading(level: int, text: str) -> str:
    """A heading; the title of the page has the first level."""
    return f"{'#' * min(level, 6)} {escaped(text)}"


def quote(text: str, attribution: str) -> str:
    """A block quote with where it comes from."""
    lines = [f"> {each}" for each in wrapped(escaped(text), _WIDE)]
    return "\n".join((*lines, ">", f"> \N{EM DASH} {attribution}"))


def phrase(text: str, indent: int = 0) -> str:
    """Words of the law as a string in a fence, over as many lines as it needs."""
    inner = _in_string("".join(f"\\{each}" if each in "\\*" else each for each in text))
    return '"' + f"\n{' ' * (indent + 1)}".join(wrapped(inner, _WIDE - indent)) + '"'


def string(text: str) -> str:
    """A string in a fence that is no law: the same letters."""
    return f'"{_in_string(text)}"'


def _in_string(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def placeholder(name: str, phrases: Sequence[str]) -> str:
    """A rule with the words of a clause, which says that the meaning of each phrase is still to be given."""
    return "\n".join((f"event {name} by the environment", *_items(phrases)))


def _items(phrases: Sequence[str]) -> Iterator[str]:
    for each in phrases:
        yield f"    {phrase(each, 4)}\n        not modelled {string(OPEN)}"


def fence(*lines: str) -> str:
    """A fence of rules."""
    return "\n".join(("```redline", *lines, "```"))


def table(rows: Sequence[Sequence[str]], marks: str = "|") -> str:
    r"""A table; the first row is its head. `marks`: the letters that get a `\`: of a text that is quoted,
    also those that would mark emphasis.
    """
    cells = [["".join(f"\\{one}" if one in marks else one for one in each) for each in row] for row in rows]
    written = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join((written[0], f"|{'---|' * len(rows[0])}", *written[1:]))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of whole words."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
