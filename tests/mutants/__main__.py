"""A command: every mistake that is put into the checker on purpose is seen.

    python -m tests.mutants                              # about half an hour
    python -m tests.mutants --every rank-need-not-fall   # all who see this one

Prints for each mutant who caught it and how, and exits with 1 if one survives.
"""

from __future__ import annotations

import sys

from tests.mutants.command import main

if __name__ == "__main__":
    sys.exit(main())
