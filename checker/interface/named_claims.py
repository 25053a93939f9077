"""Claims as people name them on the command line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim
from checker.regime.regime import Regime


def chosen_claims(regime: Regime, wanted: Sequence[str]) -> tuple[Claim, ...]:
    """Return the claims of these numbers or names, all without any. SpecError if there is no such claim."""
    if not wanted:
        return tuple(regime.claims)
    found = {each.name: each for name in wanted for each in _claims_called(regime, name)}
    return tuple(found.values())


def _claims_called(regime: Regime, name: str) -> tuple[Claim, ...]:
    found = tuple(each for each in regime.claims if name in (each.number, each.name))
    found = found or tuple(each for each in regime.claims if each.number.rstrip("abcdefgh") == name)
    if found:
        return found
    names = [each.name for each in regime.claims]
    close = difflib.get_close_matches(name, names, n=1)
    numbers = ", ".join(
        sorted((each.number for each in regime.claims), key=lambda n: (len(n.rstrip("abcdefgh")), n))
    )
    raise SpecError(
        (
            Diagnostic(
                "unknown-name",
                f"there is no claim `{name}`",
                None,
                nearest=close[0] if close else None,
                notes=(f"claims are numbered {numbers}",) if not close else (),
            ),
        )
    )
