"""An edit after which a claim speaks of nothing is noticed, also where its proof rests on other words."""

from __future__ import annotations

from checker.model.claim import Column
from checker.question.jobs import Effort
from checker.regime.load import load_texts
from checker.rooms.cover.find import Coverer, Plan

LAW = """
```redline
sort Person
enum Act: Enter, Leave
fixed guest(Person) "{1} is a guest"
state inside(Person) "{1} is inside"
request "{sender} does {act}"
    sender: Person
    act: Act
component Door "the door"
route Door
check rule for "V 1" at Door, reject with V1
    applies when act is Enter inference "entering"
    requires guest(sender) inference "guests"
effect entering when act is Enter
    inside(sender) becomes true inference "in"
version v "v"
claim 1 in "A guest who enters is inside." from "V"
    always, after an accepted request r where r.act is Enter and guest(r.sender): inside(r.sender)
    expect proved in v
claim 2 said "Whoever leaves is let." from "V"
    always, for every request r: r rejected implies r.act is Enter
    expect proved in v
```
"""


def _noticed() -> dict[tuple[str, str, str], list[tuple[str, str, str]]]:
    """The claims that notice each edit, each with its verdict before and after."""
    effort = Effort(budget=20.0, processes=1)
    plan = Plan.of(load_texts({"law.md": LAW}), Column("v"), effort)
    coverer = Coverer(plan, effort, None)
    return {
        (each.rule, each.how, each.said): [(n.number, n.before, n.after) for n in coverer.cover(each).notices]
        for each in plan.edits
    }


def test_a_claim_that_speaks_of_nothing_any_more_notices() -> None:
    """No guest may enter, so of guests who enter all is true: the proof rests on the effect alone. That
    nobody is refused any more leaves nothing to the claim about those who are.
    """
    found = _noticed()
    assert found["rule", "negated", "guest(sender)"] == [("1", "proved", "vacuous")]
    assert found["rule", "struck", "guest(sender)"] == [("2", "proved", "vacuous")]


def test_a_claim_that_another_example_bears_out_does_not_notice() -> None:
    """If guests may do everything and others nothing, guests still enter, and others are still refused."""
    assert ("1", "proved", "vacuous") not in _noticed()["rule", "struck", "act is Enter"]
