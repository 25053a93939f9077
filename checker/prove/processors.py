"""How many processors this process may use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_GROUPS: Final = Path("/sys/fs/cgroup")  # where Linux says what a container may use
_ASKED: Final = "LOKY_MAX_CPU_COUNT"  # by which joblib, too, is told to use fewer


def usable_processors(groups: Path = _GROUPS) -> int:
    """The number of processors that we may use, limited by affinity and by the container's quota."""
    limits = (_affinity(), _quota(groups), _number(os.environ.get(_ASKED, "")))
    return max(1, min(each for each in (os.cpu_count() or 1, *limits) if each is not None))


def _affinity() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def _quota(groups: Path) -> int | None:
    """The processors' time that we may use in a period, in whole processors, rounded up."""
    said = _words(groups / "cpu.max")  # of all groups together, in today's Linux
    if not said:
        said = (*_words(groups / "cpu/cpu.cfs_quota_us"), *_words(groups / "cpu/cpu.cfs_period_us"))
    match tuple(map(_number, said)):
        case (int(quota), int(period)):
            return -(-quota // period)
        case _:
            return None


def _words(path: Path) -> tuple[str, ...]:
    try:
        return tuple(path.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return ()


def _number(text: str) -> int | None:
    """A number of at least one; None if it is none: “max”, or -1, says that there is no limit."""
    return int(text) if text.isdecimal() and int(text) > 0 else None
