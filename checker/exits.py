"""Exit codes of every command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

AS_EXPECTED: Final = 0
NOT_AS_EXPECTED: Final = 1
BAD_USAGE: Final = 2
NO_ANSWER: Final = 3
GATE_FAILED: Final = 4
INTERNAL: Final = 5
INTERRUPTED: Final = 130

_FIRST: Final = (INTERNAL, BAD_USAGE, NOT_AS_EXPECTED, GATE_FAILED, NO_ANSWER)


def exit_code(codes: Iterable[int]) -> int:
    """Return the one exit code for several: 5 before 2, 1, 4, 3; 0 if there are none but 0."""
    given = set(codes)
    return next((each for each in _FIRST if each in given), AS_EXPECTED)
