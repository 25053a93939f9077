"""The claims that rooms ask, as text of the rule language, so that people can read what was decided."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from checker.model.claim import Column

WIDTH: Final = 100


@dataclass(frozen=True, slots=True)
class ClaimText:
    """A claim to be written. `statement`: lines of the language. `expected`: verdict -> columns."""

    number: str
    name: str
    sentence: str
    statement: tuple[str, ...]
    expected: tuple[tuple[str, tuple[Column, ...]], ...]

    def written(self, source: str) -> str:
        """The claim in the language; `source`: the command that asks it."""
        expectations = (
            f"    expect {verdict} in {', '.join(map(str, columns))}" for verdict, columns in self.expected
        )
        lines = (
            f"claim {self.number} {self.name}",
            f"    {quoted(self.sentence)}",
            f"    from {quoted(source)}",
            *(line for each in self.statement for line in wrapped(each)),
            *expectations,
        )
        return "\n".join(lines)


def document(title: str, preface: str, claims: Iterable[ClaimText], source: str, before: str = "") -> str:
    """A Markdown text with the claims in one fence. `before`: other declarations of the fence."""
    return fenced(
        title, preface, (*((before,) if before else ()), *(each.written(source) for each in claims))
    )


def fenced(title: str, preface: str, declarations: Iterable[str]) -> str:
    """A Markdown text with declarations in one fence."""
    written = "\n\n".join(declarations)
    return f"# {title}\n\n{textwrap.fill(preface, WIDTH)}\n\n```redline\n{written}\n```\n"


def wrapped(line: str) -> list[str]:
    """A line of a declaration, indented, on as many lines as it takes."""
    indent = " " * (4 + len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line.strip(),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def quoted(text: str) -> str:
    """The text as a string of the language."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def named(*parts: str) -> str:
    """A name made of words: letters, digits and hyphens."""
    words = "-".join(parts)
    kept = "".join(each if each.isalnum() else "-" for each in words)
    return "-".join(part for part in kept.split("-") if part)
