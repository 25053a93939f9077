"""Loads a law, and asks the solver whether updates may clash if that cannot be read off the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from checker.model.clashing_writes import Clash
from checker.model.model import Model
from checker.regime import load
from checker.regime.earlier import Earlier
from checker.regime.regime import Regime


def load_regime(spec: Path, properties: Path | Sequence[Path] | None = None) -> Regime:
    """Reads a folder of specification files and, if given, folders (or files) of claims.

    Raises SpecError with every mistake found.
    """
    return load.load_regime(spec, properties, judge)


def load_texts(
    spec: Mapping[str, str], properties: Mapping[str, str] | None = None, earlier: Earlier | None = None
) -> Regime:
    """The same, from texts by file name. `earlier`: what was worked out for the text before an edit."""
    return load.load_texts(spec, properties, judge, earlier)


def judge(model: Model, clash: Clash) -> bool:
    """Ask the solver, which is only imported for laws that need it."""
    from checker.trusted.write_once import shown_apart

    return shown_apart(model, clash)
