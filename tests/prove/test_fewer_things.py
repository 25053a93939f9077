"""Stories among fewer things are stories still."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.model.claim import Column
from checker.model.deadline import Deadline
from checker.model.situation import Situation, Trace
from checker.prove.decide import Attempt, Prover
from checker.prove.fewer_things import slimmed
from checker.question.jobs import jobs_for
from checker.question.verdict import Evidence
from checker.regime.load import load_texts
from tests.support.load import load

LAW = """
# Boxes

```redline
sort User
sort Box
state keeper(Box): User
request "{sender} asks"
    sender: User
component Desk "the desk"
route Desk
version v "v"
```
"""


def test_what_a_thing_that_is_kept_leads_to_is_kept() -> None:
    """One box must be there though nothing names it, and so must its keeper, who is not the first user."""
    rules = {"v": load_texts({"boxes.md": LAW}).model(Column("v"))}
    things = {"User": ("user-1", "user-2", "user-3"), "Box": ("box-1", "box-2")}
    keepers: dict[tuple[str, tuple[str, ...]], str | bool] = {
        ("keeper", ("box-1",)): "user-2",
        ("keeper", ("box-2",)): "user-3",
    }
    first = Situation(things, keepers, {("Desk", None): "v"})
    found = slimmed(rules, Evidence(trace=Trace((first,), ())))
    assert found is not None
    assert found.trace is not None
    left = found.trace.situations[0]
    assert left.things["Box"] == ("box-1",)
    assert left.values == {("keeper", ("box-1",)): "user-2"}
    assert "user-2" in left.things["User"]


DUE = """
sort Payer
sort Invoice
calendar gb "working day" never on Saturday, Sunday
fixed received(Invoice): date "the day on which {1} was received"
define due(i: Invoice): date "the last day for {i}" means received(i) plus 5 working days
request "{payer} pays {invoice}"
    payer: Payer
    invoice: Invoice
component Bank
route Bank
version v "v"
"""
MONDAY, OFF = 739_677, (739_679, 739_690)  # 2 March 2026; the Wednesday after it, and one too late to matter


@pytest.mark.parametrize(
    ("latest", "left"),
    [("9 March 2026", (739_679,)), ("8 March 2026", ())],
    ids=["one day is needed", "none is"],
)
def test_a_story_supposes_no_day_off_that_it_can_do_without(latest: str, left: tuple[int, ...]) -> None:
    """Five working days after a Monday end on the next one, unless a day between them is off."""
    claim = f"""claim 1 a "A." from "x"
    for i: Invoice where received(i) is 2 March 2026
    always due(i) no later than {latest}
    expect refuted in v
"""
    (job,) = jobs_for((regime := load(DUE, claim)).claims)
    prover = Prover(regime)
    attempt = Attempt(prover, job, Deadline.after(60))
    found = prover.decide(job).evidence
    assert found.trace is not None
    first = replace(found.trace.situations[0], days_off={"gb": OFF})
    told = attempt._settled("refuted", replace(found, trace=Trace((first,), ()), obligations=()))
    assert told.evidence.trace is not None
    assert told.evidence.trace.situations[0].days_off == ({"gb": left} if left else {})
