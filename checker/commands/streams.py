"""The standard streams, which may be closed or full."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.invisible_characters import visible

OUTPUT: Final = "output"
"""The code of a diagnostic that standard output takes no more: it cannot be written there."""


class AfterDocument(Exception):
    """Something went wrong, which is the cause, after the one document was written."""


@contextmanager
def sending() -> Iterator[None]:
    """Send to standard output. Nobody need read to the end; raises SpecError if it takes no more for another
    reason.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop(sys.stdout)
    except OSError as wrong:
        drop(sys.stdout)
        why = f"standard output cannot be written: {wrong.strerror or wrong}"
        raise SpecError((Diagnostic(OUTPUT, why, None),)) from wrong


def say(text: str, *, painted: bool = False) -> None:
    """Write to standard error; that this is closed or full changes no outcome. `painted`: what is not to be
    seen is escaped already, and colour is put on.
    """
    try:
        sys.stderr.write(text if painted else visible(text))
        sys.stderr.flush()
    except OSError:
        drop(sys.stderr)


def drop(stream: IO[str]) -> None:
    """Write to nowhere from now on, so that nothing is tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
