"""Claims that ask what has been, in working days, of a law whose holidays change on a day: all by hand.

From Friday 25 to Tuesday 29 December 2026 every day is off or at a weekend, and from 27 December on only the
weekends are.
"""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts

LAW = """# Answers

```redline
sort User
table off
calendar uk "working day" never on Saturday, Sunday, table off and on no other day
state asked(User): optional date "the day on which {1} asked"
request "{sender} asks"
    sender: User
component Desk
route Desk
check once for "1" at Desk, reject with E1
    requires asked(sender) is absent inference "once"
start inference "at first": for every u: User: asked(u) is absent
effect ask
    asked(sender) becomes today inference "it is written down"
version old "old"
version new "new" is old with M in force from 27 December 2026
modification M "fewer holidays"
by M amend table off: row "A", "day" becomes "2026-12-26"
by M amend table off: row "B", "day" becomes "2026-12-26"
by M amend table off: row "C", "day" becomes "2026-12-26"
```

| name | day |
|---|---|
| A | 2026-12-25 |
| B | 2026-12-28 |
| C | 2026-12-29 |
"""
SIXTH = "today is asked(u) plus 6 working days"
NEXT = "today plus 1 working days later than 29 December 2026"


@pytest.mark.parametrize(
    ("asked", "today", "has_been"),
    [(18, 30, SIXTH), (23, 28, NEXT)],
    ids=["a last day that comes sooner", "the next working day"],
)
def test_time_stops_where_the_holidays_change(asked: int, today: int, has_been: str) -> None:
    """The sixth working day after Friday the 18th is Thursday the 31st, and from the 27th on Monday the 28th:
    by the 30th it has been, though nobody need have looked on the 28th. The first working day after the 24th
    is the 30th, and from the 27th on the 28th: by the 28th it has been later than the 29th.
    """
    when = f"asked(u) is {asked} December 2026 and today is {today} December 2026"
    claim = f'claim 1 a "A."\n    from "1"\n    for u: User\n    always {when} implies ever {has_been}'
    claims = f"```redline\n{claim}\n    expect proved in new\n```"
    regime = load_texts({"law.md": LAW, "claims.md": claims})
    (job,) = jobs_for(regime.claims)
    assert Prover(regime, budget=300, explore=0).decide(job).verdict == "proved"
