"""Runs the command; `coverage_of_laws/command.py` says what it does."""

from __future__ import annotations

import sys

from tests.coverage_of_laws.command import main

if __name__ == "__main__":
    sys.exit(main())
