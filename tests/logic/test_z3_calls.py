"""Z3's C functions, and the memory that they take."""

from __future__ import annotations

import platform
import resource

import pytest

from checker.logic.z3_terms import Translator

PAGES = 500  # a context takes some 4,000


def _faults() -> int:
    """How often the system has given this process a page of memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="memory is kept by GNU's C library alone")
def test_the_memory_of_a_context_is_used_again() -> None:
    """What one question has freed, the next one takes, without asking the system."""
    taken = []
    for _ in range(5):
        before = _faults()
        Translator()
        taken.append(_faults() - before)
    assert min(taken) < PAGES
