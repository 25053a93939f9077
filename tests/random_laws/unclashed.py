"""Random laws without two values for one cell: updates that may meet others are struck until none does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.load import load_texts
from checker.regime.regime import Regime

INSTEAD = '    applies when true inference "by chance"'
"""Stands for an update that is struck, so that its effect or event keeps a line."""


def unclashed(
    texts: Mapping[str, str], load: Callable[[Mapping[str, str]], Regime] = load_texts
) -> dict[str, str]:
    """The texts, each update on a line of its own, without those that the loader refuses for others."""
    found = dict(texts)
    while True:
        try:
            load(found)
        except SpecError as error:
            struck = [each for each in error.diagnostics if each.code == "two-values"]
            if not struck or len(struck) < len(error.diagnostics):
                return found  # the mistakes are others, and whoever asks for the law hears of them
            for each in struck:
                _strike(found, each)
        else:
            return found


def _strike(texts: dict[str, str], clash: Diagnostic) -> None:
    assert clash.span is not None
    lines = texts[clash.span.file].split("\n")
    assert " becomes " in lines[clash.span.line - 1]
    lines[clash.span.line - 1] = INSTEAD
    texts[clash.span.file] = "\n".join(lines)
