"""What the server and the process that checks the law tell each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checker.editor.standings import Standing
from checker.interface.held_texts import HeldTexts
from checker.language.diagnostics import Diagnostic
from checker.rooms.lint.finding import Finding


@dataclass(frozen=True, slots=True)
class Begin:
    """Hold this law. `number`: of the text, which every answer about it repeats."""

    number: int
    texts: HeldTexts
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Edit files: new text, or None for a file that is gone. `first`: the claims to decide before others."""

    number: int
    files: Mapping[str, str | None]
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop deciding: there will be another text soon."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the story behind a verdict. `key`: what the answer is known by."""

    key: int
    claim: str
    column: str


Question: TypeAlias = Begin | Change | Cancel | Tell


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What is wrong with the text; nothing, if it is a law."""

    number: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict."""

    number: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Turns:
    """By clause, the claims whose verdicts may turn on it."""

    number: int
    claims: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Noticed:
    """What lint finds: at first by reading alone, later all of it."""

    number: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """All verdicts on the text are there; or (`failed`) no more will come, and why."""

    number: int
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A story, as a report tells it; or why there is none."""

    key: int
    text: str


Answer: TypeAlias = Mistakes | Found | Turns | Noticed | Done | Told
