"""Claims about periods of months that follow each other, worked out by hand."""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from tests.support.charity_accounts import CHARITY
from tests.support.load import load
from tests.support.params import with_thorough

GONE = "always year-end(c) is present and not held(c) implies today later than year-end(c) plus {}"
ENDS = "always year-end(c) is present implies (year-end(c) plus {}) {} (year-end(c) plus {})"
LATER = "always today later than year-end(c) plus {} implies today later than year-end(c) plus {}"
LATE = "always breach of accounts(c) implies today later than year-end(c) plus {}"
KEPT = "given kept(accounts, c)\n    "
OPEN = "year-end(c) is present and not filed(c)"
WORKED_OUT = (
    # kept for six years, which are 12 months and five years also after 29 February
    (GONE.format("12 months plus 5 years"), "proved"),
    (GONE.format("10 months plus 62 months"), "proved"),
    (GONE.format("6 years plus 1 days"), "refuted"),
    (LATER.format("12 months plus 6 years", "7 years"), "proved"),
    # 29 February 2020: a year later 28 February 2021, and three years later 28 February 2024, not the 29th
    (ENDS.format("12 months plus 36 months", "is", "4 years"), "refuted"),
    # 30 April plus ten months is 28 February, and two months later 28 April
    (ENDS.format("10 months plus 2 months", "is", "12 months"), "refuted"),
    (ENDS.format("10 months plus 2 months", "no later than", "12 months"), "proved"),
    # from 31 January to 30 November are 303 days, and no ten months are shorter
    (LATE.format("303 days"), "proved"),
    (LATE.format("304 days"), "refuted"),
    (
        f"{KEPT}always {OPEN.removeprefix('if ')} implies today no later than year-end(c) plus 1 year",
        "proved",
    ),
    (f"{KEPT}always, if {OPEN}, then filed(c), within 10 months", "proved"),
    (f"always, if {OPEN}, then possibly ever breach of accounts(c) by time", "proved"),
)


@pytest.mark.parametrize("case", with_thorough(WORKED_OUT, lambda each: each not in WORKED_OUT[:4:3]))
def test_periods_after_periods_are_compared(case: tuple[str, str]) -> None:
    """What is true of them in every month is proved, and a story with such a day is found otherwise."""
    claim, verdict = case
    text = f'claim 1 a "A."\n    from "1"\n    for c: Charity\n    {claim}\n    expect proved in v\n'
    regime = load(CHARITY, text)
    (job,) = jobs_for(regime.claims)
    assert Prover(regime, budget=60, explore=0).decide(job).verdict == verdict
