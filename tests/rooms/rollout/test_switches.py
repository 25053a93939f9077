"""What a roll-out switches: what behaves otherwise with the new version, also where others ask for it."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.results.answer import nobody
from checker.rooms.rollout.find import plan_of, roll_out
from checker.rooms.rollout.harm import Rollout
from tests.support.effort import ALONE
from tests.support.load import load

CLUB = """
sort Person
fixed member(Person) "{1} is a member"
fixed guest(Person) "{1} is a guest"
define gate-is-new means version(Gate) is new
request "{sender} enters"
    sender: Person
component Door "the door"
component Gate "the gate"
component Hall "the hall"
route Door, then Gate, then Hall
check at-door for "C 1" at Door, reject with C1
    requires member(sender) inference "x"
check in-hall for "C 2" at Hall, reject with C2
    requires MEETS inference "x"
version old "without guests"
version new "with guests" is old with GUESTS
modification GUESTS "guests"
by GUESTS replace "C 1": check at-door for "C 1" at Door, reject with C1
    requires member(sender) or guest(sender) inference "x"
"""
NOTHING = 'claim 1 nothing "Nothing." from "X" always true expect proved in old, new'
DOOR = 1  # the mixture in which only the door has the new version


def rolled(meets: str, claims: str) -> Rollout:
    law = load(CLUB.replace("MEETS", meets), claims)
    plan = plan_of(law, Column("old"), Column("new"))
    return roll_out(plan, ALONE, "redline rollout old new", nobody)


def switches(found: Rollout) -> list[str]:
    return [each.instance[0] for each in found.plan.switches]


@pytest.mark.parametrize("meets", ["version(Gate) is new or member(sender)", "gate-is-new or member(sender)"])
def test_a_component_whose_version_a_rule_reads_is_a_switch(meets: str) -> None:
    """The hall lets guests in once the gate has the new version: if the door has it before, a guest passes
    the door and is refused in the hall, as with neither version everywhere.
    """
    found = rolled(meets, NOTHING)
    assert switches(found) == ["Door", "Gate"]
    assert found.lattice.harmful == {DOOR}
    assert [each.kind for each in found.harms(DOOR)] == ["inconsistent"]


def test_a_component_whose_version_a_claim_reads_is_a_switch() -> None:
    """That the gate has the old version is true of every mixture in which it keeps it, and not of the new
    version everywhere.
    """
    found = rolled("true", 'claim 1 gate "It." from "X" always version(Gate) is old expect proved in old')
    assert switches(found) == ["Door", "Gate"]
    (claim,) = found.claims
    assert (claim.pure("old"), claim.pure("new")) == ("proved", "refuted")
    assert not found.lattice.harmful


def test_no_other_component_is_a_switch() -> None:
    """Where nothing asks for versions, only the component whose check differs is one."""
    found = rolled("true", NOTHING)
    assert switches(found) == ["Door"]
