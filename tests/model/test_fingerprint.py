"""What a fingerprint tells apart."""

from __future__ import annotations

from fractions import Fraction

from checker.model.fingerprint import Fingerprints


def test_shares_have_fingerprints() -> None:
    """The share that a calculation takes counts: two of the same number are alike, and two others are not."""
    prints = Fingerprints()
    assert prints.of(Fraction(1, 5)) == prints.of(Fraction(2, 10))
    assert prints.of(Fraction(1, 5)) != prints.of(Fraction(1, 4))
