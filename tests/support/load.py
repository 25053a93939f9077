"""Loads rules and claims that a test has as texts."""

from __future__ import annotations

from checker.regime.load import load_texts
from checker.regime.regime import Regime


def load(rules: str, claims: str) -> Regime:
    return load_texts({"keys.md": f"```redline\n{rules}\n```\n", "claims.md": f"```redline\n{claims}\n```\n"})
