"""What becomes of a `never` if a question about what leads to its goal takes more than it may."""

from __future__ import annotations

import pytest

from checker.logic.solver import COSTLY
from checker.prove import stories_of_possible
from checker.prove.story_or_invariant import led
from checker.question.problem import GaveUp, Problem
from checker.trusted.region import Region
from checker.trusted.still_possible import Possible
from tests.support.evidence_made import decided
from tests.support.load import load

RULES = """
sort Person
fixed keeper(Person) "{1} is [not] a keeper"
state inside(Person) "{1} is [not] inside"
request "{sender} lets {guest} in"
    sender: Person
    guest: Person
component Door "the door"
route Door
start inference "x": for every p: Person: not inside(p)
check keepers for "C 1" at Door, reject with E1 "x"
    requires keeper(sender) inference "x"
effect let-in
    inside(guest) becomes true inference "x"
version v "x"
"""
CLAIMS = """
claim 1 alone "Who is no keeper does not get in alone."
    from "C 1"
    for p: Person
    always, if not inside(p) and not keeper(p), then never inside(p) by requests of p
    expect proved in v
claim 2 with-others "Nor with others."
    from "C 1"
    for p: Person
    always, if not inside(p) and not keeper(p), then never inside(p) by requests
    expect refuted in v
"""


def test_a_question_that_costs_too_much_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """First a story is looked for without its answer; if there is none, the question gets its time."""
    monkeypatch.setattr(stories_of_possible, "ENOUGH", 1)
    costly: list[str] = []

    def told(problem: Problem, possible: Possible) -> Region:
        try:
            return led(problem, possible)
        except GaveUp as why:
            costly.append(str(why))
            raise

    monkeypatch.setattr(stories_of_possible, "led", told)
    found = {each.claim.name: each.verdict for each in decided(load(RULES, CLAIMS))}
    assert found == {"alone": "proved", "with-others": "refuted"}
    assert set(costly) == {COSTLY}
