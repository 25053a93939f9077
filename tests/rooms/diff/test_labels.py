"""Conditions of cases are told by the labels of the law, where that says just the same, and not unfolded."""

from __future__ import annotations

import pytest

from checker.model.unparse import unparse
from checker.regime.load import load_texts
from checker.rooms.diff.find import Difference
from checker.rooms.diff.text import Telling
from tests.rooms.diff.small_laws import difference

LAW = """# A ferry

```redline
sort Driver
enum Element: Land, Air
table kinds
```

| kind | name | element | heavy |
|---|---|---|---|
| Lorry | Lorry of up to seven tonnes | Land | yes |
| Wagon | Wagon with or without a horse | Land | yes |
| Tank | Tank on chains | Land | yes |
| Bicycle | Bicycle with any number of wheels | Land | no |
| Kite | Kite with or without a line | Air | no |
| Glider | Glider for one person | Air | no |
| Balloon | Balloon | Air | yes |
| Raft | Raft | none | no |

```redline
enum Kind from table kinds: value "kind", label "name"
fixed element(Kind): optional Element "the element of {1}" from table kinds: "element"
fixed heavy(Kind) "{1} is [not] heavy" from table kinds: "heavy"
fixed licence(Driver): Element "the licence of {1}"
state paid(Driver) "{1} has [not] paid"
state debt(Driver) "{1} has [no|a] debt"
define towed(k: Kind) "{k} is [not] towed" means k in {Wagon, Glider}
define clear(d: Driver) "{d} is [not] clear" means paid(d) and not debt(d)
define odd(k: Kind) means ODD
request "{driver} brings a {kind}"
    driver: Driver
    kind: Kind
component Gate "the gate"
route Gate
check any for "1" at Gate, reject with G1 "never"
    requires true inference "x"
version old
version new is old with MOD
modification MOD "mod"
by MOD insert after any: check second for "2" at Gate, reject with G2 "odd"
    requires RULE inference "x"
```
"""


def ferry(rule: str, odd: str = "k is Raft") -> Difference:
    """What a new rule of the ferry changes."""
    return difference(load_texts({"ferry.md": LAW.replace("RULE", rule).replace("ODD", odd)}), "old", "new")


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ("k in {Lorry, Wagon, Tank, Balloon}", "heavy(r.kind)"),
        ("k in {Bicycle, Kite, Glider, Raft}", "not heavy(r.kind)"),
        ("k in {Kite, Glider, Balloon}", "element(r.kind) is Air"),
        ("k in {Lorry, Wagon, Tank, Bicycle, Raft}", "element(r.kind) is not Air"),
        ("k in {Lorry, Wagon, Tank, Bicycle, Kite, Glider, Balloon}", "r.kind is not Raft"),
        ("k in {Wagon, Glider}", "towed(r.kind)"),
        ("k in {Lorry, Wagon, Tank, Balloon, Raft}", "heavy(r.kind) or element(r.kind) is absent"),
        ("k in {Lorry, Wagon, Tank, Balloon, Kite, Glider}", "r.kind not in {Bicycle, Raft}"),
        ("k in {Lorry, Kite}", "r.kind in {Lorry, Kite}"),
        ("k is Raft", "r.kind is Raft"),
    ],
)
def test_a_list_of_values_is_told_by_the_label_of_just_these(odd: str, told: str) -> None:
    """By a column, a definition, a denial or some together; by the values if no label is of these alone."""
    found = ferry("not odd(kind)", odd)
    (case,) = found.of("newly rejected")
    assert [unparse(each) for each in case.case.conditions] == [told]
    assert {each.verdict for each in found.results} == {"proved"}


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("kind in {Kite, Glider, Balloon}", {"r.kind not in {Kite, Glider, Balloon}"}),
        ("clear(driver)", {"not clear(r.driver)"}),
        ("not clear(driver)", {"clear(r.driver)"}),
        ("not (paid(driver) and not debt(driver))", {"paid(r.driver)", "not debt(r.driver)"}),
        ("licence(driver) is element(kind)", {"licence(r.driver) is not element(r.kind)"}),
        ("heavy(kind) implies paid(driver)", {"heavy(r.kind)", "not paid(r.driver)"}),
    ],
)
def test_what_a_rule_says_is_told_as_it_says_it(rule: str, told: set[str]) -> None:
    """One case in the rule's own words, neither unfolded into values nor folded into what it does not say."""
    found = ferry(rule)
    (case,) = found.of("newly rejected")
    assert {unparse(each) for each in case.case.conditions} == told


def test_what_a_rule_says_with_and_is_two_cases() -> None:
    """The gate that asks for a definition has one case, and the gate that asks for its parts has one each."""
    said = [
        set(map(unparse, each.case.conditions)) for each in ferry("paid(driver) and not debt(driver)").changes
    ]
    assert sorted(said, key=sorted) == [{"debt(r.driver)"}, {"not paid(r.driver)"}]


def test_labels_read_as_sentences() -> None:
    """What stands in the report is the words that the law gave to the column."""
    found = ferry("not odd(kind)", "k in {Lorry, Wagon, Tank, Balloon, Raft}")
    (case,) = found.of("newly rejected")
    (said,) = Telling.of(found, case).conditions()
    assert said == "the request's kind is heavy or there is no element of the request's kind"
