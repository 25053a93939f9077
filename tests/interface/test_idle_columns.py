"""A column under a reading that changes nothing there is refused, in every question that takes a column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

import checker
from tests.support.effort import ALONE

LAW: Final = """# Answers

```redline
sort User
fixed known(User) "{1} is known"
state heard(User) "{1} is heard"
request "{sender} answers"
    sender: User
component Desk
route Desk
version now "now"
version then "then" is now with m1
modification m1 "M1"
check asked-known for "1" at Desk, reject with UNKNOWN
    requires known(sender) inference "one must be known"
check asked-heard for "2" at Desk, reject with UNHEARD
    requires heard(sender) inference "one must be heard"
by m1 strike asked-heard
reading kindly "Nobody need be heard." because "it does not say"
    in asked-heard, inference "one must be heard" means requires true
```
"""
CLAIMS: Final = """# Claims

```redline
claim 1 heard "Who answers is known."
    from "1"
    always, for every request r: r accepted implies known(r.sender)
    expect proved in now, then
```
"""
IDLE: Final = "then under kindly"
ASKING: Final[dict[str, Callable[[checker.Law], object]]] = {
    "prove": lambda law: law.prove(versions=[IDLE]),
    "diff": lambda law: law.diff("now", IDLE),
    "rollout": lambda law: law.rollout(IDLE, IDLE),
    "report": lambda law: law.report("now", IDLE),
    "who": lambda law: law.who(versions=[IDLE], bound="u: User", goal="heard(u)"),
    "cover": lambda law: law.cover(IDLE),
    "explain": lambda law: law.explain(version=IDLE),
    "show": lambda law: law.show(IDLE),
    "cases": lambda law: law.cases(IDLE),
}


@pytest.fixture(scope="module")
def law() -> checker.Law:
    return checker.load({"answers.md": LAW}, {"claims.md": CLAIMS}, effort=ALONE)


@pytest.mark.parametrize("asking", ASKING)
def test_a_reading_of_what_is_not_there_is_refused(law: checker.Law, asking: str) -> None:
    """The answer would be that without the reading, and look like one with it."""
    with pytest.raises(checker.SpecError) as refused:
        ASKING[asking](law)
    (wrong,) = refused.value.diagnostics
    assert (wrong.code, wrong.span) == ("idle-reading", None)
    assert wrong.message == "reading `kindly` changes nothing in `then`: what it reads is not there"


def test_of_two_columns_it_may_change_one(law: checker.Law) -> None:
    """Both sides of a comparison are read alike, and the words may be there in one of them only."""
    assert law.prove(versions=["now under kindly"]).results[0].verdict == "proved"
    assert law.diff("now under kindly", IDLE).relation == "equivalent"
