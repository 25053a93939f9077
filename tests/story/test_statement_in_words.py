"""What a claim states in words: every form says which it is, for whom, and on what condition."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.story.statement_in_words import statement_in_words
from tests.support.load import load

RULES = """
sort User
sort Safe
enum Act: Open "an opening", Shut "a shutting"
state keeper(Safe): optional User "the keeper of {1}"
state shut(Safe) "{1} is [shut|open]"
request "{sender} makes {act} of {safe}"
    sender: User
    act: Act
    safe: Safe
component Gate "the gate"
route Gate
effect shutting when act is Shut
    shut(safe) becomes true inference "that is what it means"
event alarm by the environment with s: Safe "the alarm of {s} goes off"
    shut(s) becomes true inference "alarms shut safes"
premise kept(s: Safe)
    "It is kept."
    because "of order"
    means keeper(s) is present
start inference "all is open": for every s: Safe: not shut(s)
version one "the first"
"""


SHUT = "in every situation in which s is shut"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("always shut(s)", "at all times, s is shut"),
        (
            "always, if shut(s), then possibly next not shut(s) by a request of keeper(s)",
            f"{SHUT}, one request of the keeper of s can bring it about that s is open",
        ),
        (
            "always, if shut(s), then never not shut(s) by requests",
            f"{SHUT}, requests of any user can never bring it about that s is open",
        ),
        (
            "always, after an accepted request r where r.act is Shut: shut(r.safe)",
            "after every accepted request where the act is a shutting, the safe is shut",
        ),
        (
            "possibly shut(s) by requests",
            "it can come about, by requests of any user, that s is shut",
        ),
    ],
)
def test_each_form_is_said(statement: str, said: str) -> None:
    """The form, the bound things and the conditions are all there, in the words of the law."""
    law = load(RULES, f'claim 1 a "A." from "B"\n    for s: Safe\n    {statement}\n    expect proved in one')
    (claim,) = law.claims
    assert statement_in_words(claim, law.model(Column("one"))) == f"For every Safe s: {said}."


def test_premises_and_restrictions_are_not_left_out() -> None:
    """A claim about some things only, or on a premise, says so first."""
    about = "for s: Safe where shut(s)\n    given kept(s)\n    always shut(s)"
    text = f'claim 1 a "A." from "B"\n    {about}\n    expect proved in one'
    law = load(RULES, text)
    told = statement_in_words(law.claims[0], law.model(Column("one")))
    assert told.startswith("For every Safe s where s is shut, given the premise kept for s: ")
