"""A claim that names a column under one reading, asked of a column under another."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from tests.support.load import load

LAW = """
sort User
enum Act: One, Two
state good(User) "{1} is [not] good"
state nice(User) "{1} is [not] nice"
request "{sender} does {act}"
    sender: User
    act: Act
component Desk
route Desk
version v "v"
effect e when act is Two
    good(sender) becomes true inference "so"
define fit(u: User) means good(u)
check c for "1" at Desk, reject with R1
    applies when act is One inference "so"
    requires fit(sender) inference "so"
"""
TWO_WAYS = """
reading a "A." because "so"
    define fit(u: User) means nice(u)
reading b "B." because "so"
    define fit(u: User) means not good(u)
"""
TWICE = """
reading a "A." because "so"
    also state more(User) "{1} is more"
    define fit(u: User) means more(u)
reading b "B." because "so"
    also fixed more(User) "{1} is more"
    define fit(u: User) means more(u)
"""
CLAIM = """
claim 1 a "A."
    from "1"
    v under b and v under a decide alike
    expect refuted in v
    expect refuted in v under b
    expect refuted in v under a
"""


def test_the_reading_that_a_claim_names_counts() -> None:
    """Two readings of one definition are told apart in whichever column the claim is asked."""
    regime = load(LAW + TWO_WAYS, CLAIM)
    found = [Prover(regime, budget=60, explore=0).decide(job) for job in jobs_for(regime.claims)]
    assert [each.verdict for each in found] == ["refuted"] * 3


def test_readings_that_do_not_go_together_are_refused_with_their_place() -> None:
    """A reading that the claim names may bring what one of the column brings; that is said with the place."""
    with pytest.raises(SpecError) as wrong:
        load(LAW + TWICE, CLAIM)
    assert {each.code for each in wrong.value.diagnostics} == {"duplicate"}
    assert any("in `v under b and a`" in each.notes for each in wrong.value.diagnostics)
    assert load(LAW + TWICE, CLAIM.split("    expect refuted in v under", maxsplit=1)[0]).claims
