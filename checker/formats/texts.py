"""Small texts that several answers need."""

from __future__ import annotations

from checker.formats.outcome import Place
from checker.regime.regime import Regime


def capital_one(text: str) -> str:
    """Begin with a capital, unless the text begins with a name."""
    return text[:1].upper() + text[1:]


def first_page(regime: Regime) -> Place | None:
    """Return where the law begins."""
    return Place(regime.documents[0].file, 1) if regime.documents else None
