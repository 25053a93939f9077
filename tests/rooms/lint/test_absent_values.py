"""Lint says where an update of a function that must have a value may have none to write."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.evaluate import apply_request
from checker.model.situation import Request, Situation
from checker.regime.load import load_texts
from checker.rooms.lint.absent_values import absent_findings, limit_findings
from checker.rooms.lint.words_and_rules import Law

LAW = """```redline
sort User
enum Hue: Red, Blue
enum Act: Paint, Wash
state hue: Hue
state last: optional Hue
state favourite(User): Hue
state lit
request "{sender} does {act}"
    sender: User
    act: Act
    choice: optional Hue
    shade: Hue when act is Paint
component Desk "the desk"
route Desk
start inference "s": hue is Red
effect e WHEN
    UPDATE inference "x"
event fades by the environment with u: User, h: optional Hue EVENT
    favourite(u) becomes VALUE inference "x"
version v "v"
```
"""


def law(update: str, when: str = "", value: str = "Red", event: str = "") -> Law:
    text = LAW.replace("UPDATE", update).replace("WHEN", when).replace("VALUE", value).replace("EVENT", event)
    return Law(load_texts({"law.md": text}), "v")


@pytest.mark.parametrize(
    "update",
    ["hue becomes choice", "hue becomes shade", "hue becomes last", "favourite(sender) becomes last"],
)
def test_a_term_that_may_be_absent_is_found(update: str) -> None:
    """The finding names the place that is written and the term that may be absent; it does not gate."""
    (finding,) = absent_findings(law(update))
    place, value = update.split(" becomes ")
    assert finding.kind == "value-may-be-absent"
    assert finding.message == f"`{place}` stays what it is where `{value}` is absent"
    assert not finding.gates


@pytest.mark.parametrize(
    ("update", "when"),
    [
        ("hue becomes Blue", ""),
        ("hue becomes favourite(sender)", ""),
        ("last becomes choice", ""),
        ("lit becomes choice is Red", ""),
        ("hue becomes choice", "when choice is present"),
        ("hue becomes choice", "when act is Wash and choice is present"),
        ("for every u: User: favourite(u) becomes hue", ""),
    ],
)
def test_what_is_there_or_may_be_absent_is_not(update: str, when: str) -> None:
    """Nothing is said where the value is there, or where the place may go without one."""
    assert list(absent_findings(law(update, when))) == []


def test_an_event_with_something_optional() -> None:
    """What an event is given may be absent, unless its condition says that it is there."""
    assert [each.subject for each in absent_findings(law("lit becomes true", value="h"))] == ["fades"]
    assert list(absent_findings(law("lit becomes true", value="h", event="when h is present"))) == []


def test_what_is_there_stays() -> None:
    """The meaning is as lint says: without a choice, the hue is what it was."""
    model = law("hue becomes choice").regime.model(Column("v"))
    before = Situation(
        {"User": ("X",)}, {("hue", ()): "Red", ("favourite", ("X",)): "Red"}, {("Desk", None): "v"}
    )
    for choice, expected in ((None, "Red"), ("Blue", "Blue")):
        carried = {"sender": "X", "act": "Wash", **({"choice": choice} if choice else {})}
        assert apply_request({"v": model}, before, Request(carried)).values["hue", ()] == expected


REGISTER = """
> Whoever has been registered for 28 days may apply.
>
> — R 2

```redline
sort User
state registered(User) "{1} is [not] registered"
request "{sender} applies"
    sender: User
component Desk
route Desk
version v "v"
check fit for "R 2" at Desk, reject with E2
    "Whoever has been registered for 28 days" requires CONDITION
    "may apply." connective
```
"""


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("registered(sender) for at least 28 days", 0),
        ("today later than beginning of (registered(sender)) plus 27 days", 1),
    ],
)
def test_for_how_long_is_no_limit_on_something_absent(condition: str, found: int) -> None:
    """That something has been for so long says that it is; the day from which it has may be absent."""
    regime = load_texts({"law.md": f"# Law\n{REGISTER.replace('CONDITION', condition)}"})
    assert len(list(limit_findings(Law(regime, "v")))) == found
