"""Who can bring something about, where that depends on how many users there are, and on who has a name.

A chest is opened by whoever meets what its rule says; signing it comes before, and leaves a name.
"""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.unparse import unparse
from checker.regime.load import load_texts
from checker.report.paper import text_of
from checker.rooms.who.coalitions import Who
from checker.rooms.who.find import Answers, Typed, answers, members_of
from checker.rooms.who.text import Inquiry, who_paragraphs
from tests.support.effort import ALONE

CHEST = """# A chest

```redline
sort Person
sort Chest
enum Act: Sign, Countersign, Open
state first(Chest): optional Person "the first signatory of {1}"
state second(Chest): optional Person "the second signatory of {1}"
state open(Chest) "{1} is open"
DECLARED
request "{sender} does {act} to {chest}"
    sender: Person
    act: Act
    chest: Chest
component Bank "the bank"
route Bank
start inference "closed": for every v: Chest: not open(v) and first(v) is absent and second(v) is absent
check rule for "V 1" at Bank, reject with V1
    applies when act is Open inference "x"
    requires MEETS inference "x"
effect signing when act is Sign
    first(chest) becomes sender inference "x"
effect countersigning when act is Countersign
    second(chest) becomes sender inference "x"
effect opening when act is Open
    open(chest) becomes true inference "x"
version now "v"
```
"""
CHAIR = 'constant Chair: Person "the chair"'
AT_MOST_TWO = (
    'axiom two-only "There are at most two." because "x": '
    "for every p: Person, q: Person, r: Person: p is q or p is r or q is r"
)
TWO = (
    "first(chest) is present and first(chest) is not sender and sender is not Chair "
    "and first(chest) is not Chair"
)
THREE = (
    f"{TWO} and second(chest) is present and second(chest) is not sender "
    "and second(chest) is not first(chest) and second(chest) is not Chair"
)
AGENT = (
    'state agent(Chest): optional Person "the agent of {1}"\n'
    'state owner(Chest): optional Person "the owner of {1}"'
)
AGENT_OR_ELSE_OWNER = (
    "(agent(chest) is present and agent(chest) is sender) "
    "or (agent(chest) is absent and owner(chest) is sender)"
)
NAMES = """define early(v: Chest): Person means morning(v) when true
define late(v: Chest): Person means evening(v) when true
define now-early(v: Chest): Person means morning(v) when by-day(v)
define now-late(v: Chest): Person means evening(v) when not by-day(v)"""
GUARDS = "state by-day(Chest)\nfixed morning(Chest): Person\nfixed evening(Chest): Person\n"
ON_GUARD = "(by-day(chest) and morning(chest) is sender) or (not by-day(chest) and evening(chest) is sender)"


def answered(
    declared: str,
    meets: str,
    bound: str = "v: Chest",
    condition: str = "true",
    members: tuple[str, ...] = (),
) -> Answers:
    regime = load_texts({"chest.md": CHEST.replace("DECLARED", declared).replace("MEETS", meets)})
    question = Typed(bound, (), condition, "open(v)").asked(regime, "redline who")
    question = members_of(regime, question, members) if members else question
    return answers(regime, question, (Column("now"),), ALONE)


def found(made: Answers) -> Who:
    (one,) = made.found
    return one


def able(one: Who) -> list[str]:
    return [str(each.coalition) for each in one.able]


def told(made: Answers) -> str:
    return " ".join(text_of(who_paragraphs(Inquiry(made, "redline who", 1.0), full=True)).split())


@pytest.mark.parametrize(
    ("meets", "coalitions"),
    [(TWO, []), (f"sender is Chair or ({TWO})", ["`Chair`"])],
    ids=["nobody else", "the chair alone"],
)
def test_two_without_a_name_are_found_beside_all_others(meets: str, coalitions: list[str]) -> None:
    """Whether or not somebody can alone, two users whom nothing names can, too; one of them cannot."""
    made = answered(CHAIR, meets)
    one = found(made)
    assert one.complete
    assert able(one) == [*coalitions, "another user and yet another"]
    assert "another person" in told(made)
    assert "user" not in told(made)


def test_three_without_a_name_are_left_open() -> None:
    """It takes three whom nothing names, and so many are not looked for: it is not said that nobody can."""
    made = answered(CHAIR, THREE)
    assert not found(made).complete
    assert "there may be other coalitions" in told(made)


def test_another_user_who_is_never_there_is_no_coalition() -> None:
    """There are two persons, and both have names: that a third one could do anything is about nobody."""
    one = found(
        answered(
            f'fixed boss(Person) "{{1}} is a boss"\n{AT_MOST_TWO}',
            "boss(sender)",
            "v: Chest, a: Person, b: Person where a is not b",
            "boss(a) and not boss(b)",
        )
    )
    assert one.complete
    assert able(one) == ["`a`"]


def test_from_no_situation_in_which_there_is_one() -> None:
    """Without the agent nobody can, where there is one; where there is none the owner can."""
    made = answered(AGENT, AGENT_OR_ELSE_OWNER, condition="agent(v) is present or owner(v) is present")
    assert able(found(made)) == ["`agent(v)` and `owner(v)`"]
    said = told(made)
    assert "together, cannot, from any such situation where there is an agent of v; for one:" in said
    assert "cannot, from any such situation;" not in said


def test_who_led_to_where_others_can_is_told_apart() -> None:
    """Once the agent has signed, the owner can without the agent: what the agent did comes first."""
    made = answered(
        AGENT,
        "owner(chest) is sender and first(chest) is agent(chest)",
        condition="agent(v) is present and owner(v) is present and agent(v) is not owner(v)",
    )
    assert able(found(made)) == ["`agent(v)` and `owner(v)`"]
    expected = "First: Person A does Sign to Chest 1. Then: Person B does Open to Chest 1."
    assert f"From elsewhere they can. {expected}" in told(made)


@pytest.mark.parametrize(
    "members",
    [
        ("early(v)", "late(v)", "now-early(v)", "now-late(v)"),
        ("now-early(v)", "now-late(v)", "early(v)", "late(v)"),
    ],
    ids=["larger ones first", "smaller ones first"],
)
def test_which_coalition_is_minimal_does_not_turn_on_the_order(members: tuple[str, ...]) -> None:
    """One is on guard by day and one by night: both of them are always more than who is on guard now."""
    condition = "morning(v) is not evening(v)"
    one = found(answered(GUARDS + NAMES, ON_GUARD, condition=condition, members=members))
    assert one.complete
    assert able(one) == ["`now-early(v)` and `now-late(v)`"]


def test_two_coalitions_with_one_member_in_both() -> None:
    """The chair signs, one of two others opens: the chair is needed, and so is either of them."""
    one = found(
        answered(
            f'{CHAIR}\nconstant Clerk: Person "the clerk"\nconstant Cook: Person "the cook"',
            "first(chest) is Chair and sender in {Clerk, Cook}",
        )
    )
    assert one.complete
    assert able(one) == ["`Chair` and `Clerk`", "`Chair` and `Cook`"]
    assert [[unparse(term) for term in each.without] for each in one.barred] == [["Chair"], ["Clerk", "Cook"]]


@pytest.mark.parametrize("name", ["u1", "other1"])
def test_formulas_may_bind_any_name(name: str) -> None:
    """The question may bind names that redline would give to users."""
    condition = f"for every {name}: Person: first(v) is not {name}"
    one = found(answered(CHAIR, "sender is Chair", condition=condition))
    assert one.complete
    assert able(one) == ["`Chair`"]


def test_all_together_can_though_no_coalition_is_known() -> None:
    """Somebody is a member, and nothing says who: all together can, and it is not said that this is open."""
    made = answered(
        'fixed member(Person) "{1} is a member"',
        "member(sender)",
        condition="for some p: Person: member(p)",
    )
    assert not found(made).complete
    assert "All together can, but no minimal coalition of them is known" in told(made)
