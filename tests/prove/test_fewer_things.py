"""Stories among fewer things are stories still."""

from __future__ import annotations

from checker.model.claim import Column
from checker.model.situation import Situation, Trace
from checker.prove.fewer_things import slimmed
from checker.question.verdict import Evidence
from checker.regime.load import load_texts

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
