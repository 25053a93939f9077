"""The curves: each verdict is the right one at the smallest size, and a wrong one ends the program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.cliffs import CURVES, check, cliff, timed


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_starts_right(name: str) -> None:
    """Verdict and length of the story are those that are worked out in the curve."""
    curve = CURVES[name]
    for expected in curve.expected(curve.sizes[0]):
        result, seconds = timed(curve.law(curve.sizes[0]), expected.claim, 60)
        check(expected, result, curve.sizes[0])
        assert seconds > 0


def test_a_wrong_verdict_ends_the_program() -> None:
    """A story of another length is wrong, too."""
    curve = CURVES["approvers"]
    expected = curve.expected(2)[0]
    result, _ = timed(curve.law(2), expected.claim, 60)
    check(expected, result, 2)
    for wrong in (replace(expected, verdict="refuted", steps=None), replace(expected, steps=2)):
        with pytest.raises(SystemExit, match="and right is"):
            check(wrong, result, 2)


def test_what_stays_open_is_the_cliff(capsys: pytest.CaptureFixture[str]) -> None:
    """Without any time nothing is decided; the curve ends at its first size."""
    assert cliff(CURVES["things"], 0, 0.0) == "open at 2"
    assert capsys.readouterr().out.split() == ["open"]
