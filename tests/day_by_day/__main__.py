"""A command: random laws with days, periods, months, numbers, counts and what has been, each claim decided by
the engines and held against what comes about day by day.

    python -m tests.day_by_day                                # 3,000 laws
    python -m tests.day_by_day --laws 500 --from 2000         # a slice of them

Prints, for every form of claim, how many verdicts of each kind there were, how many of them were held
against all that comes about of two things or against their own story, and how many disagree. What disagrees
is printed with its law's number and kept in a folder; then the exit code is 1.
Ctrl-C ends it with what was counted so far.
"""

from __future__ import annotations

import sys

from tests.day_by_day.command import main

if __name__ == "__main__":
    sys.exit(main(__doc__ or ""))
