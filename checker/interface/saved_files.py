"""Notices that pages are saved, by looking at them again and again.

That works wherever files can be read: on network drives and in containers, where a system tells nobody of
changes, and with editors that write a new file and rename it. A thousand pages are looked at in some
milliseconds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Final, TypeAlias

LOOK: Final = 0.25  # seconds between two looks
_SETTLED: Final = 0.05  # seconds in which nothing may change, so that nothing half-written is read

_State: TypeAlias = tuple[tuple[str, int, int, int], ...]


def saves(folders: Sequence[Path], look: float = LOOK, until: Event | None = None) -> Iterator[None]:
    """Yield at once, and whenever something in the folders was saved, made, renamed or taken away, once
    nothing changes any more. Never ends, or soon after `until` is set.
    """
    until = until or Event()
    seen = _state(folders)
    while True:
        yield
        while (now := _state(folders)) == seen:
            if until.wait(look):
                return
        while now != seen:
            time.sleep(_SETTLED)
            seen, now = now, _state(folders)


def _state(folders: Sequence[Path]) -> _State:
    return tuple(sorted(found for folder in folders for found in _files(folder)))


def _files(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Yield each file, with what changes when it is written; nothing of what cannot be read just now."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            try:
                found = path.stat()
            except OSError:
                continue
            yield str(path), found.st_mtime_ns, found.st_size, found.st_ino
