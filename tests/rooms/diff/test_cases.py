"""Differences of small laws, which anybody can see, in the words of the law; and what is not compared."""

from __future__ import annotations

import pytest

from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts
from checker.rooms.diff.text import Telling
from tests.rooms.diff.small_laws import difference, gate


@pytest.mark.parametrize(
    ("changed", "accepted", "rejected"),
    [
        ("member(sender)", [], []),
        ("member(sender) or act is Shut", [{"r.act is Shut", "not member(r.sender)"}], []),
        ("member(sender) and act is Shut", [], [{"r.act is Open", "member(r.sender)"}]),
        ("not member(sender)", [{"not member(r.sender)"}], [{"member(r.sender)"}]),
        ("true", [{"not member(r.sender)"}], []),
        ("act is Shut", [{"r.act is Shut", "not member(r.sender)"}], [{"r.act is Open", "member(r.sender)"}]),
        ("member(sender) or (member(sender) and act is Open)", [], []),
    ],
)
def test_cases_are_in_the_words_of_the_law(
    changed: str, accepted: list[set[str]], rejected: list[set[str]]
) -> None:
    """Small changes whose difference anybody can see."""
    found = difference(gate(changed), "old", "new")
    told = [
        [set(map(unparse, each.case.conditions)) for each in found.of(kind)]
        for kind in ("newly accepted", "newly rejected")
    ]
    assert told == [accepted, rejected]
    assert found.same == (not accepted and not rejected)


LANES = """# Lanes

```redline
sort User
sort Box
enum Lane: Left, Right, Middle
state lane(Box): optional Lane "the lane of {1}"
state member(User) "{1} is a member"
state sealed(Box) "{1} is sealed"
request "{sender} moves {box}"
    sender: User
    box: Box
component Gate "the gate"
component Belt[Lane] "the {1} belt"
route Gate, then Belt[lane(box)]
check membership for "Rule 1" at Gate, reject with G1
    requires member(sender) inference "x"
check seal for "Rule 2" at Belt, reject with B1
    requires not sealed(box) inference "x"
version old "v"
version free "w" is old with Free
modification Free "all may move"
by Free strike membership
version open "z" is old with Open
modification Open "sealed boxes may move"
by Open strike seal
deployment left-open "x": Gate at old, Belt[Left] at open, Belt[Right] at old, Belt[Middle] at old
```
"""


@pytest.mark.parametrize(
    ("new", "accepted"),
    [
        (
            "free",
            [
                {"not member(r.sender)", "not sealed(r.box)"},
                {"not member(r.sender)", "lane(r.box) is absent"},
            ],
        ),
        ("open", [{"member(r.sender)", "sealed(r.box)", "lane(r.box) is present"}]),
        ("left-open", [{"member(r.sender)", "sealed(r.box)", "lane(r.box) is Left"}]),
    ],
)
def test_cases_turn_on_where_a_request_goes(new: str, accepted: list[set[str]]) -> None:
    """No rule speaks of lanes: that of a box says whether it meets the check of a belt, and of which one."""
    found = difference(load_texts({"law.md": LANES}), "old", new)
    told = [set(map(unparse, each.case.conditions)) for each in found.of("newly accepted")]
    assert sorted(told, key=sorted) == sorted(accepted, key=sorted)
    assert not found.of("newly rejected")


ELSEWHERE = """# Boxes

```redline
sort User
sort Box
fixed holder(Box): User "the holder of {1}"
request "{sender} moves {box}"
    sender: User
    box: Box
component Gate "the gate"
route Gate
check own for "Rule 1" at Gate, reject with G1
    requires holder(box) is sender inference "x"
    subject to "Rule 2" inference "x"
exceptions "Rule 2"
    any of inference "x"
limb "Rule 2(a)" of "Rule 2"
    false inference "x"
version old "v"
version new "w" is old with Change
modification Change "who has a box may move all"
by Change insert after "Rule 2(a)":
limb "Rule 2(b)" of "Rule 2" for some b: Box
    holder(b) is sender inference "x"
```
"""


def test_an_example_tells_all_that_makes_it_one() -> None:
    """Who is let through has a box, though another one: without that it would be no example."""
    found = difference(load_texts({"law.md": ELSEWHERE}), "old", "new")
    (change,) = found.changes
    told = Telling.of(found, change).story.opening()
    assert set(told) == {"The holder of Box 1 is User A", "The holder of Box 2 is User B"}


def test_what_is_not_compared_is_named() -> None:
    """A version that changes what a request does decides alike; that it does is said."""
    changes = "by Change replace opening: effect opening when act is Open\n"
    changes += '    member(sender) becomes false inference "x"'
    found = difference(gate("member(sender)", changes), "old", "new")
    assert found.same
    assert found.beside == ("the effect opening",)


def test_a_word_that_only_claims_use_is_not_compared() -> None:
    """A reading of a definition decides alike if no check uses it; claims and effects may."""
    words = "state holder: optional User\nstate heir: optional User\ndefine chosen: User means holder\n"
    words += 'axiom odd "x" because "y": holder is absent or not member(chosen)\n'
    changes = 'reading other "x" because "y"\n    define chosen: User means heir inference "x"\n'
    found = difference(gate("member(sender)", words + changes), "new", "new under other")
    assert found.same
    assert found.beside == ("the axiom odd", "the definition chosen")


OPEN = """# A gate with a list

```redline
sort User
enum Act: Open, Shut
table acts
fixed listed(Act) from table acts: "listed"
fixed idle(Act) from table acts: "idle"
request "{sender} does {act}"
    sender: User
    act: Act
component Gate "the gate"
route Gate
check list for "Rule 1" at Gate, reject with G1
    requires listed(act) inference "x"
modification Change "a change"
by Change amend table acts: row "Open", "COLUMN" becomes "yes"
version old "v"
version new "w" is old with Change
```

| act | listed | idle |
|---|---|---|
| Open | unknown | unknown |
| Shut | no | no |
"""


def test_what_only_one_column_leaves_open_is_not_compared() -> None:
    """No situation could say of an open row what the other column's table says; nobody decides by `idle`."""
    found = difference(load_texts({"law.md": OPEN.replace("COLUMN", "listed")}), "old", "new")
    assert (
        found.undecided == "`listed` for `Open` is open in one of the compared columns and known in another"
    )
    idle = load_texts({"law.md": OPEN.replace("COLUMN", "idle")})
    assert difference(idle, "old", "new").same
    claim = 'claim 1 alike "x" from "x"\n    old and new decide alike\n    expect proved in new\n'
    for column, verdict in (("listed", "unknown"), ("idle", "proved")):
        text = f"{OPEN.replace('COLUMN', column)}\n```redline\n{claim}```\n"
        regime = load_texts({"law.md": text})
        (job,) = jobs_for(regime.claims)
        assert Prover(regime).decide(job).verdict == verdict


CHOOSING = """
# A guide

```redline
sort Visitor
state member(Visitor)
state guide: optional Visitor
define host(u: Visitor): Visitor means u when member(u)
request "{sender} brings {item}"
    sender: Visitor
    item: Visitor
component Gate "the gate"
route Gate
check any for "1" at Gate, reject with G1 "never"
    requires true inference "all may"
version old
version new is old with MOD
modification MOD "mod"
by MOD insert after any: check known for "2" at Gate, reject with G2 "not known"
    requires sender in {guide, host(item)} inference "the guide or the host"
by MOD replace host: define host(u: Visitor): Visitor means item when member(u) and member(sender)
```
"""


def test_a_choice_that_a_version_defines_anew_is_told_by_what_decides_it() -> None:
    """The language has no words for a choice between terms in a condition, so no case is told in one."""
    found = difference(load_texts({"guide.md": CHOOSING}), "old", "new")
    assert not found.undecided
    assert found.of("newly rejected")
    assert not any(" when " in unparse(change.case.formula) for change in found.changes)


OWED = """
state due(Box): optional date "the day on which {1} is due"
state owner(Box): optional User "the owner of {1}"
duty giving for "D 1" of owner(b) with b: Box by due(b) when due(b) is present
    requires not taken(b) inference "x"
"""
"""A duty beside the gate."""


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("by due(b)", "by due(b) plus 1 days"),
        ("of owner(b)", "of holder(b)"),
        ("when due(b) is present", "when taken(b)"),
        ("requires not taken(b)", "requires due(b) is absent"),
    ],
)
def test_a_duty_of_another_day_party_or_matter_is_not_compared(was: str, now: str) -> None:
    """Nothing is refused for it, so the versions decide alike; whatever of the duty is another is said."""
    things = "sort Box\nstate taken(Box)\nstate holder(Box): optional User\n"
    anew = OWED[OWED.index("duty ") :].replace(was, now)
    law = gate("member(sender)", f"{things}{OWED}by Change replace giving: {anew}")
    found = difference(law, "old", "new")
    assert found.same
    assert found.beside == ("the duty giving",)


def test_a_duty_is_named_though_a_check_asks_about_its_breach() -> None:
    """A day more lets those through who are one day late; and claims may suppose that it is kept."""
    asked = "not (for some b: Box where holder(b) is sender: breach of giving(b))"
    things = "sort Box\nstate taken(Box)\nstate holder(Box): optional User\n"
    anew = OWED[OWED.index("duty ") :].replace("by due(b)", "by due(b) plus 1 days")
    law = gate(asked, f"{things}{OWED}by Change replace giving: {anew}", member=asked)
    found = difference(law, "old", "new")
    assert not found.same
    assert found.beside == ("the duty giving",)
