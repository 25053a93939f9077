"""An edit of the words that say whom an update is about is noticed by a claim that turns on them."""

from __future__ import annotations

from checker.model.claim import Column
from checker.question.jobs import Effort
from checker.regime.load import load_texts
from checker.rooms.cover.find import Coverer, Plan

LAW = """
```redline
sort Person
state out(Person) "{1} is [not] out"
fixed able(Person) "{1} is able"
define fit(p: Person) means able(p)
request "{sender} rings"
    sender: Person
component Door "the door"
route Door
start inference "nobody": for every p: Person: not out(p)
check open for "R 1" at Door, reject with E1
    requires true inference "open"
effect going
    for every p: Person where fit(p): out(p) becomes true inference "the able go"
version v "v"
claim 1 unable "Who is not able is never out." from "R"
    for p: Person
    always out(p) implies able(p)
    expect proved in v
```
"""


def test_a_definition_that_says_whom_an_update_is_about_is_noticed() -> None:
    """If the others were fit, they would be out; and if nothing became of anybody, nobody would be."""
    effort = Effort(budget=20.0, processes=1)
    plan = Plan.of(load_texts({"law.md": LAW}), Column("v"), effort)
    coverer = Coverer(plan, effort)
    found = {
        (each.rule, each.how): [(n.before, n.after) for n in coverer.cover(each).notices]
        for each in plan.edits
        if each.rule in ("fit", "going")
    }
    assert found["fit", "negated"] == [("proved", "refuted")]
    assert found["going", "struck"] == [("proved", "vacuous")]
