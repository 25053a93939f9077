"""Runs the command; `metamorphic/command.py` says what it does."""

from __future__ import annotations

import sys

from tests.metamorphic.command import main

if __name__ == "__main__":
    sys.exit(main())
