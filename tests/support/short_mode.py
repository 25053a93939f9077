"""Commands that try something at length or, with `--short`, in CI: what they are told, and what they tell."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable


def is_short(told: str | None, left_out: str) -> bool:
    """Whether only the short mode is asked for. `told`: the help; `left_out`: what that mode does without."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--short", action="store_true", help=left_out)
    short: bool = parser.parse_args().short
    return short


def is_missing(program: str, then: str) -> bool:
    """Whether a program is not installed; if so, say what is therefore not done."""
    missing = shutil.which(program) is None
    if missing:
        sys.stdout.write(f"{program} is not installed: {then}\n")
    return missing


def exit_code(checks: Iterable[tuple[str, Iterable[str]]]) -> int:
    """Print each check with what is wrong, as soon as it is done; 1 if anything is, else 0."""
    wrong = False
    for name, problems in checks:
        told = "; ".join(problems)
        wrong = wrong or bool(told)
        sys.stdout.write(f"{name}: {told or 'good'}\n")
    return 1 if wrong else 0
