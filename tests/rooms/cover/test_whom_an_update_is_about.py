"""An edit of the words that say whom an update is about is noticed by a claim that turns on them, if only by
an axiom that the update keeps.
"""

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


AXIOM = 'axiom only-able "Only the able are out." because "x": for every p: Person: out(p) implies able(p)'


def _noticed(law: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The verdict before and after each edit, of the claims that notice it."""
    effort = Effort(budget=20.0, processes=1)
    plan = Plan.of(load_texts({"law.md": law}), Column("v"), effort)
    coverer = Coverer(plan, effort)
    return {
        (each.rule, each.how): [(n.before, n.after) for n in coverer.cover(each).notices]
        for each in plan.edits
    }


def test_a_definition_that_says_whom_an_update_is_about_is_noticed() -> None:
    """If the others were fit, they would be out; and if nothing became of anybody, nobody would be."""
    found = _noticed(LAW)
    assert found["fit", "negated"] == [("proved", "refuted")]
    assert found["going", "struck"] == [("proved", "vacuous")]


def test_an_edit_by_which_a_step_breaks_an_axiom_is_noticed() -> None:
    """The claim follows from the axiom; after the edit nothing does, for a step leads out of it."""
    assert _noticed(LAW.replace('version v "v"', f'{AXIOM}\nversion v "v"'))["fit", "negated"] == [
        ("proved", "unknown")
    ]


def test_an_edit_by_which_nothing_starts_is_noticed() -> None:
    """No proof rests on where stories start; but if they start nowhere, nothing is proved."""
    start = "for every p: Person: not out(p)"
    law = LAW.replace(start, f"({start}) and (for every p: Person: able(p)) and (for some p: Person: fit(p))")
    law = law.replace("always out(p) implies able(p)", "always able(p) or not able(p)")
    assert _noticed(law)["fit", "negated"] == [("proved", "unknown")]
