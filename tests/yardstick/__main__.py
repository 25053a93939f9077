"""A command: random laws, each claim decided by the engines and held against worlds worked out from the
reference.

    python -m tests.yardstick --laws 5000 --seed 1
    python -m tests.yardstick --laws 1000 --from 2000 --seed 1      # a slice of them

    python -m tests.yardstick --laws 500 --analyses --claims 4       # diff, rollout, who, cover

Prints, for every form of claim, how many verdicts of each kind there were, how many of them were held against
worlds, and how many disagree. What disagrees is printed with its law's number and kept in a folder, as it is
and cut down to what the disagreement needs; then the exit code is 1.
"""

from __future__ import annotations

import sys

from tests.yardstick.command import main

if __name__ == "__main__":
    sys.exit(main(__doc__ or ""))
