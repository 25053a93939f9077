"""Small laws on which a verdict was once wrong: what is right was worked out by hand, and the yardstick says
the same.

The first lines of a case's claims say which verdicts are right, or that the law is refused, and with which
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.cli import run
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.support.places import TESTS
from tests.yardstick.asking import Engines
from tests.yardstick.inquiry import Asking
from tests.yardstick.verdicts import Effort, hold, worked_out

CASES = sorted((TESTS / "cases" / "soundness").iterdir())
HEADER = re.compile(r"<!-- claim (\S+)(?: by (\S+))? in (.+): (.+) -->")
REFUSED = re.compile(r"<!-- refused: (.+) -->")
EFFORT = Effort(most=400, worlds=4, fixed=20)


def _header(case: Path) -> str:
    return (case / "properties" / "claims.md").read_text(encoding="utf-8")


ACCEPTED = [each for each in CASES if not REFUSED.search(_header(each))]
TURNED_AWAY = [each for each in CASES if each not in ACCEPTED]


def _load(case: Path) -> Regime:
    return load_regime(case / "spec", case / "properties")


def _asked(case: Path, regime: Regime) -> Iterator[tuple[Asking, set[str]]]:
    """Yield what is asked, and the verdicts of which one is right."""
    claims = {each.number: each for each in regime.claims}
    for number, by, column, verdicts in HEADER.findall(_header(case)):
        asking = Asking(claims[number], regime.parse_column(column), by or None)
        yield asking, set(verdicts.split(" or "))


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_the_yardstick_gives_the_right_value(case: Path) -> None:
    """Worlds of a few things say what was worked out by hand, in one sense of a word that has two."""
    regime = _load(case)
    several = list(_asked(case, regime))
    assert several
    for asking, right in several:
        found = set(worked_out(regime, asking, EFFORT).values())
        told = f"{asking.claim.name} by {asking.by} in {asking.column}: {found}"
        assert found <= right or ("unknown" in right and found & right), told


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_redline_gives_the_right_value(case: Path) -> None:
    """The verdict is the right one, and no world is against it."""
    regime = _load(case)
    engines = Engines(regime, budget=20.0)
    for asking, right in _asked(case, regime):
        answer = engines.answer(asking)
        told = f"{asking.claim.name} by {asking.by} in {asking.column}: {answer.verdict}, {answer.reason}"
        assert answer.verdict in right, told
        assert not hold(regime, asking, answer, EFFORT).complaints


@pytest.mark.parametrize("case", TURNED_AWAY, ids=lambda case: case.name)
def test_what_means_two_things_is_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2, and words that name what is wrong."""
    code = run(["prove", "--spec", str(case / "spec"), "--properties", str(case / "properties")])
    wanted, told = REFUSED.search(_header(case)), capsys.readouterr()
    assert wanted is not None
    assert code == 2
    assert wanted[1] in told.out + told.err
