"""A story names the columns that it is about in full: with the readings of the column that was asked."""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.report.case_paragraphs import case_paragraphs
from checker.report.paper import text_of
from checker.story.narrate import narrate

LAW = """# A gate

```redline
sort User
state member(User) "{1} is [not] a member"
state guest(User) "{1} is [not] a guest"
request "{sender} enters"
    sender: User
component Gate "the gate"
route Gate
check membership for "Rule 1" at Gate, reject with G1
    requires member(sender) inference "x"
version old "v"
version new "w" is old with Change
modification Change "all may enter"
by Change replace membership: check membership for "Rule 1" at Gate, reject with G1
    requires true inference "y"
reading no-guests
    "Guests are refused."
    because "x"
    adopted check guests for "Rule 2" at Gate, reject with G2,
        because "x"
        requires not guest(sender) inference "x"
```
"""

CLAIMS = """# Claims

```redline
claim 1 sides
    "The new law accepts what the old one does, and no more."
    from "Rule 1"
    new allows no more than old
    expect proved in new

claim 2 outcomes
    "Nobody who is no member is accepted."
    from "Rule 1"
    in any situation, for every request r where not member(r.sender): r rejected in new
    expect proved in new
```
"""


def told(regime: Regime, claim: str, column: str) -> str:
    """The story of a claim in a column."""
    (found,) = (each for each in regime.claims if each.name == claim)
    result = Prover(regime, budget=60).decide(Job(found, regime.parse_column(column)))
    assert result.verdict == "refuted"
    return " ".join(text_of(case_paragraphs(result, narrate(regime, result))).split())


@pytest.fixture(scope="module")
def law() -> Regime:
    return load_texts({"law.md": LAW}, {"claims.md": CLAIMS})


@pytest.mark.parametrize("claim", ["sides", "outcomes"])
def test_a_reading_is_named_with_the_version(law: Regime, claim: str) -> None:
    """The claim says `new`, and is asked of `new under no-guests`: that is the law that accepts."""
    said = told(law, claim, "new under no-guests")
    assert "in new under no-guests" in said
    assert "in new:" not in said
