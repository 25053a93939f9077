"""A roll-out of many components and claims is told on one page, and whole if that is asked."""

from __future__ import annotations

from functools import cache

import pytest

from checker.model.claim import Column
from checker.report.one_page import PAGE
from checker.report.paper import text_of
from checker.results.answer import nobody
from checker.rooms.rollout.find import plan_of, roll_out
from checker.rooms.rollout.switch_names import Told
from checker.rooms.rollout.text import rollout_paragraphs
from tests.support.effort import ALONE
from tests.support.load import load

DOORS = 6
CLAIMS = 30
DECLARED = """
sort Person
fixed member(Person) "{1} is a member"
fixed guest(Person) "{1} is a guest"
request "{sender} enters"
    sender: Person
version old "without guests"
version new "with guests" is old with GUESTS
modification GUESTS "guests"
"""
CHECK = (
    'check door-NUMBER for "C NUMBER" at DoorNUMBER, reject with CNUMBER\n    requires MEETS inference "x"'
)
CLAIM = """claim NUMBER members-NUMBER "Members are let in." from "X"
    always, for every request r where member(r.sender): r accepted
    expect proved in old, new
"""


def numbered(text: str, number: int) -> str:
    """The text with a number in it."""
    return text.replace("NUMBER", str(number))


@cache
def told() -> Told:
    """Every door lets guests in, one after the other; each order but one turns somebody away midway."""
    doors = range(1, DOORS + 1)
    checks = [numbered(CHECK, each).replace("MEETS", "member(sender)") for each in doors]
    new = [numbered(CHECK, each).replace("MEETS", "member(sender) or guest(sender)") for each in doors]
    replaced = [f'by GUESTS replace "C {number}": {check}' for number, check in zip(doors, new, strict=True)]
    components = [f'component Door{each} "the door with the number {each}"' for each in doors]
    route = f"route {', then '.join(f'Door{each}' for each in doors)}"
    text = "\n".join((DECLARED, *components, route, *checks, *replaced))
    law = load(text, "".join(numbered(CLAIM, each) for each in range(1, CLAIMS + 1)))
    plan = plan_of(law, Column("old"), Column("new"))
    found = roll_out(plan, ALONE, "redline rollout old new", nobody)
    return Told(found, "redline rollout old new", 1.0, 0)


@pytest.mark.thorough
def test_a_rollout_of_many_components_fits_on_a_page() -> None:
    """Switches, harms, what is safe and how it is repeated stand; what is cut is counted."""
    lines = text_of(rollout_paragraphs(told(), stories="none")).splitlines()
    assert len(lines) <= PAGE
    assert max(map(len, lines)) <= 80
    assert lines[0] == "Rolling out new in place of old"
    assert lines[-1] == "Repeat with: redline rollout old new"
    for title in ("Harms", "Mixtures", "Orders", "Rolling back", "Claims"):
        assert any(line.startswith(title) for line in lines), title
    assert any(line.startswith("… and ") and line.endswith("`--all` tells them.") for line in lines)


@pytest.mark.parametrize(
    "full", [pytest.param(True, marks=pytest.mark.thorough), False], ids=["all", "stories"]
)
def test_all_tells_every_mixture_and_claim(full: bool) -> None:
    """Nothing is left out with `--all`, nor where stories are asked for."""
    found = told()
    text = text_of(rollout_paragraphs(found, stories="none" if full else "first", full=full))
    assert "… and" not in text
    signs = [found.sign(each) for each in found.rollout.lattice.mixtures]
    picture = text[text.index("\nMixtures") : text.index("\nOrders")]
    assert len(signs) == 2**DOORS
    assert all(each in picture for each in signs)
