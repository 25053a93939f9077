"""A comparison is told by the values that it leaves, where the other side has one value, and only there."""

from __future__ import annotations

import pytest

from checker.model.unparse import unparse
from checker.regime.load import load_texts
from checker.rooms.diff.find import Difference
from tests.rooms.diff.small_laws import difference

LAW = """# An airfield

```redline
sort Pilot
enum Rating: Land, Air, Sea
table kinds
```

| kind | rating |
|---|---|
| Lorry | Land |
| Wagon | Land |
| Tank | Land |
| Kite | Air |
| Glider | Air |
| Raft | Sea |
| Cloud | none |

```redline
enum Kind from table kinds: value "kind"
fixed rating-for(Kind): optional Rating "the rating for a {1}" from table kinds: "rating"
fixed held(Pilot): Rating "the rating of {1}"
request "{pilot} brings a {kind} and shows {rating}"
    pilot: Pilot
    kind: Kind
    rating: Rating
component Gate "the gate"
route Gate
check any for "1" at Gate, reject with G1 "never"
    requires true inference "x"
version old
version new is old with MOD
modification MOD "mod"
by MOD insert after any: check second for "2" at Gate, reject with G2 "odd"
    requires not (RULE) inference "x"
```
"""


def airfield(rule: str) -> Difference:
    """What a new rule of the airfield changes."""
    return difference(load_texts({"airfield.md": LAW.replace("RULE", rule)}), "old", "new")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("rating is Air and rating-for(kind) is rating", {"r.rating is Air", "r.kind in {Kite, Glider}"}),
        ("rating is Sea and rating-for(kind) is rating", {"r.rating is Sea", "r.kind is Raft"}),
        (
            "rating is Land and rating-for(kind) is rating",
            {"r.rating is Land", "rating-for(r.kind) is r.rating"},
        ),
        ("rating-for(kind) is rating", {"rating-for(r.kind) is r.rating"}),
        ("rating is Air and held(pilot) is rating", {"r.rating is Air", "held(r.pilot) is r.rating"}),
        (
            "rating is Air and not rating-for(kind) is rating",
            {"r.rating is Air", "rating-for(r.kind) is not r.rating"},
        ),
    ],
    ids=["two", "one", "three", "neither-fixed", "a-fact", "denied"],
)
def test_few_values_are_named(rule: str, told: set[str]) -> None:
    """Each case is exactly the difference, which is proved in the words in which it is told."""
    found = airfield(rule)
    (case,) = found.of("newly rejected")
    assert {unparse(each) for each in case.case.conditions} == told
    assert {each.verdict for each in found.results} == {"proved"}
