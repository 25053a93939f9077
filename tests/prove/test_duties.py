"""Claims about duties, worked out by hand: who is in breach, from which day on, and what is kept."""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.story.narrate import narrate
from tests.support.answered_transfers import ANSWERED, DUTY, SILENCE
from tests.support.load import load

ALONE = ANSWERED + DUTY
DEEMED = ALONE + SILENCE.format(days=5)
LATER = ALONE + SILENCE.format(days=8)
KEPT = "given kept(answer, d)\n    "
LATE = "today later than asked-on(d) plus 5 days"
HELD_UP = f"pending(d) is present and {LATE}"
IF_ASKED = "always, if pending(d) is present, then"
IN_BREACH = "always, if breach of answer(d), then"
NO_LIMIT = "for d: Domain\n    "


def _decided(law: str, claim: str) -> tuple[Regime, Result]:
    regime = load(law, f'claim 1 a "A."\n    from "1"\n    {NO_LIMIT}{claim}\n    expect proved in v\n')
    (job,) = jobs_for(regime.claims)
    return regime, Prover(regime, budget=60, explore=0).decide(job)


WORKED_OUT = (
    # nobody must answer, so five days go by
    (ALONE, "always not breach of answer(d)", "refuted"),
    (ALONE, "always not ever breach of answer(d)", "refuted"),
    # the last day is no breach yet, and the next one is
    (ALONE, "always breach of answer(d) implies today later than asked-on(d) plus 5 days", "proved"),
    (ALONE, "always breach of answer(d) implies today later than asked-on(d) plus 6 days", "refuted"),
    (ALONE, f"always {HELD_UP} implies breach of answer(d)", "proved"),
    # a breach that is over has been one all the same; what has been answered in time never was one
    (ALONE, "always ever breach of answer(d) implies breach of answer(d)", "refuted"),
    (ALONE, "always breach of answer(d) implies ever breach of answer(d)", "proved"),
    (
        ALONE,
        f"{IN_BREACH} possibly not breach of answer(d) by a request of sponsor(d)",
        "proved",
    ),
    (ALONE, f"{IN_BREACH} never not breach of answer(d) by time", "proved"),
    (ALONE, "always, if ever breach of answer(d), then never not ever breach of answer(d)", "proved"),
    # it refuses nothing, not even to the one in breach
    (ALONE, "possibly, after an accepted request r where breach of answer(d): r.domain is d", "proved"),
    # the law deems the request approved on the sixth day: no situation shows a breach, but there was one
    (DEEMED, "always not breach of answer(d)", "unknown"),
    (DEEMED, "always not ever breach of answer(d)", "refuted"),
    (DEEMED, f"always not ({HELD_UP})", "proved"),
    # it is deemed approved on the ninth day, after three days of breach
    (LATER, "always not breach of answer(d)", "refuted"),
    (LATER, "always breach of answer(d) implies today no later than asked-on(d) plus 8 days", "proved"),
    (LATER, "always breach of answer(d) implies today no later than asked-on(d) plus 7 days", "refuted"),
    # in runs in which the sponsor acts in time
    (ALONE, f"{KEPT}always not ever breach of answer(d)", "proved"),
    (ALONE, f"{KEPT}always not ({HELD_UP})", "proved"),
    (
        ALONE,
        f"{KEPT}always not ({HELD_UP.replace('5', '4')})",
        "refuted",
    ),
    (ALONE, f"{KEPT}possibly pending(d) is present by requests and time", "proved"),
    (ALONE, f"{KEPT}possibly {HELD_UP}", "refuted"),
    # it is kept until the end: six days do not go by without an answer, though time alone can pass
    (
        ALONE,
        f"{KEPT}{IF_ASKED} possibly {HELD_UP} by time",
        "refuted",
    ),
    (
        ALONE,
        f"{KEPT}{IF_ASKED} never {HELD_UP} by time",
        "proved",
    ),
    # before a step of time everything was kept; the step breaks it, so nothing is said of what comes after
    (ALONE, f"{KEPT}always, after event time: not ({HELD_UP})", "proved"),
    # nobody who keeps their duties loses a domain by silence
    (DEEMED, f"{KEPT}always, after event time: sponsor(d) is before sponsor(d)", "proved"),
    (DEEMED, "always, after event time: sponsor(d) is before sponsor(d)", "refuted"),
    (LATER, f"{KEPT}always, after event time: sponsor(d) is before sponsor(d)", "proved"),
)


@pytest.mark.parametrize(("law", "claim", "verdict"), WORKED_OUT, ids=range(len(WORKED_OUT)))
def test_worked_out_by_hand(law: str, claim: str, verdict: str) -> None:
    """The verdict on a claim about a duty is what it comes to day by day."""
    assert _decided(law, claim)[1].verdict == verdict


@pytest.mark.thorough
def test_a_story_of_never_needs_no_name_for_its_last_day() -> None:
    """A day can go by before the last one. Time stops for other domains, too, so no term of the law says how
    far it goes; the story is told all the same.
    """
    fourth = "today is asked-on(d) plus 3 days, then never today later than asked-on(d) plus 3 days by time"
    assert _decided(ALONE, f"{KEPT}always, if pending(d) is present and {fourth}")[1].verdict == "refuted"


ANSWERED_LATE = """
    always, if pending(d) is present, then pending(d) is absent, within 5 days
    lemma dated "It was asked for on that day, or before.": for every d: Domain: pending(d) is present implies
        asked-on(d) no later than beginning of (not (pending(d) is absent) since pending(d) is present)"""


@pytest.mark.parametrize("law", [ALONE, DEEMED], ids=["alone", "deemed"])
def test_what_is_owed_comes_in_time_if_the_duty_is_kept(law: str) -> None:
    """Whoever asks is answered within the period of the duty if that is kept, and otherwise need not be."""
    assert _decided(law, f"given kept(answer, d)\n{ANSWERED_LATE}")[1].verdict == "proved"
    assert _decided(law, ANSWERED_LATE)[1].verdict == "refuted"


@pytest.mark.thorough
@pytest.mark.parametrize("law", [ALONE, DEEMED], ids=["alone", "deemed"])
def test_no_lemma_is_needed_for_it(law: str) -> None:
    """That it was asked for on the day since which it is owed is found; a day less is too few."""
    within = "always, if pending(d) is present, then pending(d) is absent, within {} days"
    assert _decided(law, f"{KEPT}{within.format(5)}")[1].verdict == "proved"
    assert _decided(law, f"{KEPT}{within.format(4)}")[1].verdict == "refuted"


@pytest.mark.parametrize("law", [ALONE, DEEMED], ids=["alone", "deemed"])
def test_a_story_names_the_duty_and_who_broke_it(law: str) -> None:
    """The party in breach is the one that had the duty as its last day ended, also where the same step gives
    the domain to somebody else; the opening says that it was theirs.
    """
    told = narrate(*_decided(law, "always not ever breach of answer(d)"))
    (said,) = [each for each in told.steps[-1].changes if "in breach" in each]
    assert said == "User A is in breach of T 4 (answer) for Domain 1"
    assert any("sponsor of Domain 1 is User A" in each for each in told.opening)


def test_no_party_no_breach() -> None:
    """Nobody is in breach of a duty that is nobody's."""
    nobody = ALONE.replace("state sponsor(Domain): User", "state sponsor(Domain): optional User")
    told = "always breach of answer(d) implies sponsor(d) is present"
    assert _decided(nobody, told)[1].verdict == "proved"
    assert _decided(nobody, f"always {HELD_UP} implies breach of answer(d)")[1].verdict == "refuted"


LATER_STILL = """
claim 1 a "A."
    from "1"
    for d: Domain
    always breach of answer(d) implies today later than asked-on(d) plus 6 days
    expect refuted in v
    expect proved in v under longer
"""


def test_a_reading_moves_the_last_day() -> None:
    """Under a reading by which there is a day more, the sixth day is no breach."""
    longer = 'reading longer "A day more." because "so"\n    in answer, by asked-on(d) plus 6 days\n'
    regime = load(ALONE + longer, LATER_STILL)
    found = [Prover(regime, budget=60, explore=0).decide(job) for job in jobs_for(regime.claims)]
    assert {str(each.column): each.verdict for each in found} == {"v": "refuted", "v under longer": "proved"}
