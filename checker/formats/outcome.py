"""What an answer comes to for CI: what was checked, and what is not as it should be.

Every format of CI is written from an `Outcome`, and every answer that has such formats is made one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal, TypeAlias

from checker.exits import AS_EXPECTED, NO_ANSWER
from checker.language.diagnostics import Span
from checker.language.invisible_characters import visible

Level: TypeAlias = Literal["error", "warning", "note"]
"""Error: it makes the command fail. Warning: there is no answer. Note: it is worth knowing."""

Judged: TypeAlias = Literal["passed", "failed", "no answer", "left out"]
"""What became of one thing that was checked."""

_DIGITS: Final = 32  # of a fingerprint


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, as spans have it; without columns it is a whole line."""

    file: str
    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    @classmethod
    def of(cls, span: Span) -> Place | None:
        """The place of a span; None for what nobody wrote."""
        if not span.file:
            return None
        return cls(span.file, span.line, span.column, span.end_line, span.end_column)

    @classmethod
    def read(cls, told: str) -> Place | None:
        """The place that is told as `FILE:LINE`; None for anything else."""
        file, _, line = told.rpartition(":")
        return cls(file, int(line)) if file and line.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Rule:
    """What something can be at odds with: a claim, a kind of finding, the code of a diagnostic. `name`:
    stable, unlike all texts; `text`: at more length than `sentence`.
    """

    name: str
    sentence: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a story. `depth`: how far it is indented; `decisive`: why the story ends as it does."""

    text: str
    place: Place | None
    depth: int = 0
    decisive: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that is not as it should be. `identity`: what makes it the same alert after an edit
    elsewhere; `message`: one paragraph; `details`: the story in lines; `story`: the same, point by point.
    """

    rule: str
    level: Level
    title: str
    message: str
    place: Place | None
    identity: tuple[str, ...]
    details: str = ""
    story: tuple[Point, ...] = ()

    @property
    def below_title(self) -> str:
        """The message where the title is read above it: without that, if it says it again as a sentence."""
        rest = self.message.removeprefix(self.title)
        sentence = rest.lstrip(".:").lstrip()
        apart = rest != self.message and (not rest or rest[0] in ".:")
        return sentence if apart and (not sentence or sentence[0].isupper()) else self.message


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked. `group`: what it belongs to; `seconds` it took; `about`: more, by name."""

    group: str
    name: str
    judged: Judged
    message: str = ""
    details: str = ""
    seconds: float = 0.0
    place: Place | None = None
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A story that was asked for, in lines, though nothing is wrong."""

    title: str
    lines: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer comes to. `command` gave it and `repeat` gives it again; `exit`: the code with which
    that ends; `sum`: all of it in a phrase; `law`: a place in the law, for alerts without one. `shipped`: it
    is about the law that comes with redline.
    """

    command: str
    repeat: str
    exit: int
    seconds: float
    sum: str
    rules: tuple[Rule, ...]
    alerts: tuple[Alert, ...]
    checks: tuple[Check, ...]
    tables: tuple[Table, ...] = ()
    told: tuple[Telling, ...] = ()
    law: Place | None = None
    shipped: bool = False

    def fingerprinted(self) -> Iterator[tuple[Alert, str]]:
        """Yield each alert with a text that stays while it is the same alert: it names no line."""
        seen: dict[tuple[str, ...], int] = {}
        for each in self.alerts:
            key = (each.rule, *each.identity)
            seen[key] = seen.get(key, 0) + 1
            parts = (*key, *((str(seen[key]),) if seen[key] > 1 else ()))
            written = "".join(f"{len(part)}:{part}" for part in parts)
            yield each, sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def level_of(code: int) -> Level | None:
    """Return how bad a result with that exit code is; None if it is as it should be."""
    if code == AS_EXPECTED:
        return None
    return "warning" if code == NO_ANSWER else "error"


def one_line(text: str) -> str:
    """Return a text as one line in which everything is visible."""
    return visible(" ".join(text.split()))


def sentence(text: str) -> str:
    """Return one line that ends in a full stop, or as it ends already."""
    line = one_line(text)
    return line if not line or line[-1] in ".!?:" else f"{line}."


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with the word for what is counted."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def rules_used(rules: Iterable[Rule], alerts: Sequence[Alert]) -> tuple[Rule, ...]:
    """Return each rule once that an alert is about, in the order of the rules."""
    used = {each.rule for each in alerts}
    return tuple({each.name: each for each in rules if each.name in used}.values())
