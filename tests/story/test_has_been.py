"""What has been, in the words that the law has for what is."""

from __future__ import annotations

import pytest

from checker.model.expressions import FACT, Apply, History, HowPast
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.story.has_been import has_been
from checker.story.narrate import narrate
from tests.support.load import load

SAID: list[tuple[HowPast, tuple[str, ...], bool, str]] = [
    ("ever", ("Ann is disqualified",), False, "Ann has at some time been disqualified"),
    ("ever", ("Ann is disqualified",), True, "Ann has never been disqualified"),
    ("ever", ("Ann is not registered",), False, "Ann has at some time not been registered"),
    ("ever", ("Ann is not registered",), True, "Ann has always been registered"),
    ("ever", ("Ann has a licence",), False, "Ann has at some time had a licence"),
    ("ever", ("Ann owes Bob",), False, "at some time it has been so that Ann owes Bob"),
    ("ever", ("Ann owes Bob",), True, "at no time has it been so that Ann owes Bob"),
    ("beginning of", ("Ann is registered",), False, "the day from which Ann has been registered"),
    (
        "since",
        ("Ann is registered", "Ann is approved"),
        False,
        "Ann has been registered ever since Ann came to be approved",
    ),
    (
        "since",
        ("Ann is not registered", "Bob is not approved"),
        True,
        "it is not so that Ann has not been registered ever since Bob ceased to be approved",
    ),
    (
        "as of",
        ("Ann is registered", "the Act is in force"),
        False,
        "Ann was registered when the Act last came to be in force",
    ),
    (
        "as of",
        ("Ann has at some time been registered", "the Act is in force"),
        True,
        "it is not so that Ann had at some time been registered when the Act last came to be in force",
    ),
    (
        "as of",
        ("Ann owes Bob", "Ann has at some time been registered"),
        False,
        "it was so that Ann owes Bob when it last came about that Ann has at some time been registered",
    ),
]


@pytest.mark.parametrize(("how", "parts", "denied", "told"), SAID)
def test_what_has_been_is_told_in_another_tense(
    how: HowPast, parts: tuple[str, ...], denied: bool, told: str
) -> None:
    """The one verb of a clause is put in the tense; what has another verb is said to have been so."""
    history = History(how, tuple(Apply("f", (), FACT) for _ in parts), ())
    assert has_been(history, parts, denied=denied) == told


def test_without_words_nothing_is_told() -> None:
    """Where the law has no words for a part, there are none for what has been."""
    assert not has_been(History("ever", (Apply("f", (), FACT),), ()), [None])


REGISTER = """
sort User
state barred(User) "{1} is [not] barred"
request "{sender} asks"
    sender: User
component Bank
route Bank
version v "v"
start inference "at first": for every u: User: not barred(u)
event barring by the environment with u: User when not barred(u) "{u} is barred"
    barred(u) becomes true inference "so"
event letting by the environment with u: User when barred(u) "{u} is let in"
    barred(u) becomes false inference "so"
check fit for "R 2" at Bank, reject with E2
    requires not ever barred(sender) inference "so"
"""
CLAIM = """
claim 1 let-in "Whoever is let in was never barred."
    from "R 2"
    for u: User
    always, after event letting: not ever barred(u)
    expect refuted in v
claim 2 asks "Whoever is not barred may ask."
    from "R 2"
    always, for every request r where not barred(r.sender): r accepted
    expect refuted in v
"""


def test_the_step_is_cited_by_which_it_came_about() -> None:
    """What has been is told with the step of the story by which it came about, in refusals and at the end."""
    regime = load(REGISTER, CLAIM)
    told = [narrate(regime, Prover(regime).decide(job)) for job in jobs_for(regime.claims)]
    assert "User A has at some time been barred (by step 1)" in told[0].facts
    assert "User A has at some time been barred (by step 1)" in str(told[1].trials[0].stages)
