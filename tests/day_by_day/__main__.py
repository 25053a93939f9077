"""A command: random laws with days, periods, months, working days, numbers, amounts, levels, counts,
exceptions, duties and what has been, which modifications and readings change; each claim is decided by the
engines and held against what comes about day by day and unit by unit.

    python -m tests.day_by_day                             # 3,000 laws
    python -m tests.day_by_day --laws 500 --from 2000      # a slice of them
    python -m tests.day_by_day --jobs 2 --results FILE     # what is in FILE already is not made again

Prints, for every form of claim and for what laws are made of, how many verdicts of each kind there were, how
many of them were held against all that comes about of two things or against their own story, and how many
disagree; then how many laws were drawn and refused, and why claims are unknown. What disagrees is printed
with its law's number and kept in a folder; then the exit code is 1. Budgets are of CPU time, so a machine
that is busy gives the same answers as a quiet one. Ctrl-C ends it with what was counted so far.
"""

from __future__ import annotations

import sys

from tests.day_by_day.command import main

if __name__ == "__main__":
    sys.exit(main(__doc__ or ""))
