"""What decides a story about days: said once, and with all that is needed to work the days out again."""

from __future__ import annotations

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.story.case_note import CaseNote
from checker.story.narrate import narrate
from tests.support.load import load

LAW = """
sort Lease
fixed given(Lease): date "the day of the notice of {1}"
fixed asked(Lease) "{1} is [not] renewed at the tenant's request"
state ends(Lease): optional date "the day on which {1} ends"
define last(t: Lease): date "the last day for {t}"
    means given(t) plus 3 days when asked(t), given(t) plus 5 days otherwise inference "x"
event over by the environment with lease: Lease
    "{lease} is given notice"
    ends(lease) becomes today plus 2 days inference "x"
start inference "x": for every t: Lease: ends(t) is absent
version v "v"
"""
CLAIMS = """
claim 1 five "Everybody has five days." from "x"
    for t: Lease
    always given(t) no earlier than 1 April 2026 and given(t) no later than 4 April 2026
        implies last(t) is given(t) plus 5 days
    expect refuted in v
claim 2 alike "Everybody has the same time." from "x"
    for t: Lease, u: Lease where t is not u
    always days from given(t) to last(t) is days from given(u) to last(u)
    expect refuted in v
claim 3 ended "It never ends." from "x"
    for t: Lease
    always ends(t) is absent or today earlier than ends(t)
    expect refuted in v
"""


def told(number: str) -> CaseNote:
    """The story of a claim that is refuted."""
    regime = load(LAW, CLAIMS)
    (job,) = jobs_for(tuple(each for each in regime.claims if each.number == number))
    result = Prover(regime).decide(job)
    assert result.verdict == "refuted"
    return narrate(regime, result)


def here(note: CaseNote) -> str:
    return next(each for each in note.because if each.startswith("Here "))


def test_the_case_of_a_definition_is_told() -> None:
    """The lease of claim 1 has three days: it is renewed at the tenant's request, without which three days
    could not be worked out. Of the two leases of claim 2 one is, and one is not.
    """
    said = told("1").opening
    assert sum("is renewed at the tenant's request" in each for each in said) == 1
    said = told("2").opening
    assert len({"not" in each for each in said if "renewed at the tenant's request" in each}) == 2


def test_what_is_held_against_two_limits_is_said_once() -> None:
    """The day of the notice stands between two limits; it is said once."""
    said = here(told("1")).removeprefix("Here ").split("; ")
    assert sum(each.startswith("the day of the notice of Lease 1 is") for each in said) == 1


def test_the_time_between_days_is_one_thing() -> None:
    """“The days from … to … is 3 days” would be wrong English; it is a time."""
    said = here(told("2"))
    assert "the time from the day of the notice of Lease 1 to the last day for Lease 1 is" in said
    assert "days from" not in said


def test_the_day_is_said_once_where_time_passes() -> None:
    """The last step of claim 3 is that time passes, to the day that the sentence names anyway."""
    note = told("3")
    assert note.steps[-1].sentence.startswith("Time passes: ")
    said = here(note)
    assert said.count("today is") == 1
    assert "passes" not in said
