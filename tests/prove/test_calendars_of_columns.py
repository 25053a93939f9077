"""Claims count working days by the calendar of the column that they are asked of; worked out by hand.

Christmas 2026 is on a Friday. By the old law it is off; by the new one the Monday after it is off instead. So
the first working day after Thursday 24 December is Monday the 28th in the old law, and Friday the 25th in the
new one.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.prove.reached_by_edits import Reach
from checker.question.jobs import Job
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime

LAW = """# Answers

```redline
sort User
table off
calendar uk "working day" never on Saturday, Sunday, table off known from 1 January 2026 to 31 December 2026
state asked(User): optional date "the day on which {1} asked"
request "{sender} asks"
    sender: User
component Desk
component Hall
route Desk, then Hall
check once for "R 1" at Desk, reject with E1
    requires asked(sender) is absent inference "once"
effect ask
    asked(sender) becomes today inference "it is written down"
version old "old"
version new "new" is old with M
version bare "bare" is old with N
modification M "another holiday"
modification N "no calendar"
by M amend table off: row "Christmas", "day" becomes "2026-12-28"
by N strike uk
deployment half "Half of them have switched.": Desk at old, Hall at new
```

| name | day |
|---|---|
| Christmas | 2026-12-25 |
"""
ON_THE_EVE = "asked(u) is 24 December 2026"
FIRST = "asked(u) plus 1 working days is {} December 2026"


def _regime(claim: str, law: str = LAW) -> Regime:
    said = f'claim 1 a "A."\n    from "R 1"\n    for u: User\n    {claim}\n    expect proved in old'
    return load_texts({"law.md": law, "claims.md": f"```redline\n{said}\n```"})


def _decided(claim: str, columns: Sequence[str]) -> list[Result]:
    regime = _regime(claim)
    prover = Prover(regime, budget=120, explore=0)
    return [prover.decide(Job(regime.claims[0], Column(each))) for each in columns]


@pytest.mark.parametrize(
    ("claim", "verdicts"),
    [
        (f"always {ON_THE_EVE} implies {FIRST.format(28)}", ["proved", "refuted"]),
        (f"always {ON_THE_EVE} implies {FIRST.format(25)}", ["refuted", "proved"]),
        (f"always not ever ({ON_THE_EVE} and {FIRST.format(25)})", ["proved", "refuted"]),
    ],
)
def test_a_claim_counts_by_the_calendar_of_its_column(claim: str, verdicts: Sequence[str]) -> None:
    """Each version has its own holidays, also in what has been."""
    assert [each.verdict for each in _decided(claim, ["old", "new"])] == verdicts


def test_what_has_been_is_counted_alike_by_law_and_claim() -> None:
    """A claim asks in the words of a rule that only one of the laws has; each counts by its own calendar."""
    eve = f"({ON_THE_EVE} and {FIRST.format(28)})"
    rule = f'requires not ever {eve} inference "x"'.replace("(u)", "(sender)")
    other = f'by M replace "R 1": check once for "R 1" at Desk, reject with E1 {rule}'
    regime = _regime(f"always not ever {eve}", LAW.replace("by N", f"{other}\nby N"))
    prover = Prover(regime, budget=120, explore=0)
    found = [prover.decide(Job(regime.claims[0], Column(each))).verdict for each in ("old", "new")]
    assert found == ["refuted", "proved"]


def test_a_calendar_that_is_not_one_is_named() -> None:
    """Versions that are deployed side by side count other days, and one version counts none."""
    mixed, bare = _decided(f"always {ON_THE_EVE} implies {FIRST.format(28)}", ["half", "bare"])
    assert (mixed.verdict, bare.verdict) == ("unknown", "unknown")
    told = "the claim reads the calendar `uk`, which does not mean the same in `new` and in `old`"
    assert mixed.reason.startswith(told)
    assert bare.reason == "it mentions `uk`, which `bare` does not have"


def test_an_edit_of_holidays_reaches_the_claims_that_count_by_them() -> None:
    """No verdict of an earlier run stands for a claim whose own words count days that are now off."""
    claim = f"always {ON_THE_EVE} implies {FIRST.format(28)}"
    before, after = _regime(claim), _regime(claim, LAW.replace("2026-12-25", "2026-12-29"))
    reach = Reach()
    texts = [reach.of(each, Job(each.claims[0], Column("old"))) for each in (before, after)]
    assert texts[0] != texts[1]
