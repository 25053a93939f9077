"""Evidence of laws whose holidays change from a day on: it names a calendar, which means on each day what the
law means by it. So strategies and invariants that count such days are read back as they were found.
"""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.expressions import Arithmetic
from checker.model.made_of import within
from checker.prove.decide import Prover
from checker.prove.written_literals import written
from checker.question.jobs import jobs_for
from tests.support.evidence_made import BOTH, certified, law, loaded, reasons
from tests.support.evidence_made import written as folder

RULES = """
sort User
table off
calendar uk "working day" never on Saturday, Sunday, table off and on no other day
state asked(User): optional date "the day on which {1} asked"
state closed(User) "{1} [is|is not] closed"
request "{sender} asks"
    sender: User
component Desk
route Desk
check late for "1" at Desk, reject with E1
    applies when asked(sender) is present inference "who has asked"
    requires today later than asked(sender) plus 6 working days inference "not before"
effect ask when asked(sender) is absent
    asked(sender) becomes today inference "it is written down"
effect closing when asked(sender) is present
    closed(sender) becomes true inference "it is closed"
start inference "at first": for every u: User: asked(u) is absent and not closed(u)
version old "old"
version new "new" is old with M in force from 27 December 2026
modification M "no holiday"
by M amend table off: row "A", "day" becomes "2026-12-26"
"""
TABLE = "\n| name | day |\n|---|---|\n| A | 2026-12-28 |\n"
CLAIM = 'claim 1 a "A."\n    from "1"\n    for u: User\n    always{}\n    expect proved in new\n'
STRATEGY = ", if asked(u) is present and not closed(u), then possibly closed(u) by a request of u and time"
LATER = " not (closed(u) and asked(u) is 18 December 2026 and today no later than 28 December 2026)"
INVARIANT = " closed(u) implies today later than asked(u) plus 6 working days"


@pytest.mark.parametrize("claim", [STRATEGY, INVARIANT, LATER], ids=["strategy", "invariant", "later"])
def test_what_counts_the_days_is_read_back_as_it_was_found(claim: str) -> None:
    """Who has asked waits until six working days are over, whichever these are. Under the new words they are
    over no later than under the old ones, as one holiday fewer is in them: so what was late stays late.
    """
    sources = law(RULES, CLAIM.format(claim))
    sources["spec/law.md"] = f"# Answers\n\n{sources['spec/law.md']}{TABLE}"
    regime = loaded(sources)
    (job,) = jobs_for(regime.claims)
    found = Prover(regime, budget=300, explore=0).decide(job)
    assert found.verdict == "proved"
    files = folder(regime, sources, [found])
    assert not reasons(certified(regime, sources, files, BOTH))


def test_clauses_that_say_what_guards_say_count_by_the_day() -> None:
    """A clause that counted by the holidays of one era would be read back as another one."""
    sources = law(RULES, CLAIM.format(INVARIANT))
    sources["spec/law.md"] = f"# Answers\n\n{sources['spec/law.md']}{TABLE}"
    model = loaded(sources).model(Column("new"))
    counted = [
        part.calendar
        for literal in written(model, lambda _: True, 1, ())
        for part in within(literal.formula)
        if isinstance(part, Arithmetic) and part.calendar is not None
    ]
    assert counted
    assert all(each.of_column for each in counted)
