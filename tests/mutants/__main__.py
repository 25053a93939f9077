"""A command: every mistake that is put into the checker on purpose is seen.

    python -m tests.mutants                              # about half an hour
    python -m tests.mutants --every rank-need-not-fall   # all who see this one

Prints for each mutant who caught it and how, and exits with 1 if one survives.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(importlib.import_module("mutants.command").main())
