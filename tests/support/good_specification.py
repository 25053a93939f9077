"""Texts that the tests of the language share: the good specification, and extensions of it."""

from __future__ import annotations

from functools import cache

from checker.model.model import Model
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.places import TESTS

PRELUDE = (TESTS / "cases" / "bad" / "_prelude.md").read_text(encoding="utf-8")


@cache
def library() -> Regime:
    """The good specification."""
    return load_texts({"library.md": PRELUDE})


def extended(*fences: str) -> Regime:
    """The good specification with more fences."""
    more = "\n\n".join(f"```redline\n{fence}\n```" for fence in fences)
    return load_texts({"library.md": PRELUDE, "more.md": more})


def model(column: str) -> Model:
    return library().model(library().parse_column(column))
