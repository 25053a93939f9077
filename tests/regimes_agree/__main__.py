"""A command: on random regimes, the engines agree with each other and with concrete worlds.

    python -m tests.regimes_agree --regimes 1000 --seed 1

Prints, for every form of claim, how many were proved, refuted, unknown or bounded, how many were held against
concrete worlds, and how many disagree. A regime on which anything disagrees is kept in a folder, as it is and
cut down to what the disagreement needs; then the exit code is 1.
"""

from __future__ import annotations

import sys

from tests.regimes_agree.command import run

if __name__ == "__main__":
    sys.exit(run(None, __doc__ or ""))
