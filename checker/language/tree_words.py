"""What makes the declaration of a function that of a tree."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.syntax import Label


@dataclass(frozen=True, slots=True)
class TreeWords:
    """That a function says what each thing is directly in. `inside`: the words for what is inside what."""

    inside: Label | None
