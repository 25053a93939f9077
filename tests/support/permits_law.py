"""The by-law on permits, as the public interface loads it."""

from __future__ import annotations

import checker
from tests.support.effort import ALONE
from tests.support.places import PERMITS


def permits() -> checker.Law:
    """Return the law, with its claims; what it is asked is answered in this process."""
    return checker.load(PERMITS / "spec", PERMITS / "properties", effort=ALONE)
