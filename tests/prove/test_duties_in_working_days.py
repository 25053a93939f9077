"""Claims about duties in working days, months and years, worked out by hand, for every list of holidays."""

from __future__ import annotations

import pytest

from checker.model.deadline import Stop
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from tests.support.answered_transfers import ANSWERED, DUTY, SILENCE
from tests.support.cpu import cpu_budget
from tests.support.load import load
from tests.support.params import with_thorough
from tests.yardstick.working_days import working_days_later

OPEN = 'calendar gb "Working Day" never on Saturday, Sunday\n'
CLOSED = 'calendar gb "Working Day" never on Saturday, Sunday and on no other day\n'
IN_WORKING_DAYS = ANSWERED + DUTY.replace("5 days", "5 working days")
SILENT = SILENCE.format(days=5).replace("5 days", "5 working days")
KEPT = "given kept(answer, d)\n    "
HELD_UP = "pending(d) is present and today later than asked-on(d) plus {} working days"


def _decided(law: str, *claims: str, stop: Stop | None = None) -> list[Result]:
    texts = (
        f'claim {number} a{number} "A."\n    from "1"\n    for d: Domain\n    {each}\n    expect proved in v'
        for number, each in enumerate(claims, 1)
    )
    regime = load(law, "\n".join(texts))
    prover = Prover(regime, budget=120, explore=0, stop=stop)
    return [prover.decide(job) for job in jobs_for(regime.claims)]


def test_who_answers_late_is_in_breach() -> None:
    """Nobody must answer, so there is a breach; kept, nothing is pending past the last day."""
    law = IN_WORKING_DAYS + OPEN
    broken, kept = _decided(law, "always not breach of answer(d)", f"{KEPT}always not ({HELD_UP.format(5)})")
    assert (broken.verdict, kept.verdict) == ("refuted", "proved")
    assert broken.evidence.trace is not None
    begins, *_, ends = broken.evidence.trace.situations
    asked = broken.evidence.trace.situations[1].values["asked-on", (broken.evidence.binding["d"],)]
    assert not begins.days_off  # no holiday is needed for it
    assert int(str(ends.values["today", ()])) > working_days_later(int(str(asked)), 5, (5, 6), set())


def test_five_and_then_ten_working_days_are_fifteen() -> None:
    """What is ever later than fifteen is ever later than ten after five, and need not be later than eleven
    after five.
    """
    ever = "(ever today later than asked-on(d) plus {})"
    after = "5 working days plus {} working days"
    claims = [
        f"always {ever.format('15 working days')} implies {ever.format(after.format(more))}"
        for more in (10, 11)
    ]
    same, longer = _decided(ANSWERED + OPEN, *claims)
    assert (same.verdict, longer.verdict) == ("proved", "refuted")


def test_that_no_calendar_has_a_story_is_seen_soon() -> None:
    """Who has ever been within fifteen working days has been within fourteen: the first day is in both."""
    claim = "always (ever {}) implies ever {}"
    within = "today within {} working days after asked-on(d)"
    with cpu_budget(2) as stop:  # it takes a quarter of a second; with all that is so of calendars, four
        said = claim.format(within.format(15), within.format(14))
        (found,) = _decided(ANSWERED + OPEN, said, stop=stop)
    assert found.verdict == "proved"


WORKED_OUT = (
    # in one law, whose claims ask what has been, too
    ("always not ever breach of answer(d)", "refuted"),
    ("always not breach of answer(d)", "refuted"),
    (f"always {HELD_UP.format(5)} implies breach of answer(d)", "proved"),
    (f"{KEPT}always not ({HELD_UP.format(5)})", "proved"),
    (f"{KEPT}always not ({HELD_UP.format(4)})", "refuted"),
    (f"{KEPT}possibly pending(d) is present by requests and time", "proved"),
)
DEEMED = (
    ("always not ever breach of answer(d)", "refuted"),
    (f"always not ({HELD_UP.format(5)})", "proved"),
    (f"always not ({HELD_UP.format(4)})", "refuted"),
    (f"{KEPT}possibly pending(d) is present by requests and time", "proved"),
)


@pytest.mark.thorough
@pytest.mark.parametrize("calendar", [OPEN, CLOSED], ids=["open", "closed"])
def test_claims_of_one_law(calendar: str) -> None:
    """Each verdict is what counting day by day says, whatever days are off, or by the days of the week."""
    for law, claims in ((IN_WORKING_DAYS, WORKED_OUT), (IN_WORKING_DAYS + SILENT, DEEMED)):
        found = _decided(law + calendar, *(claim for claim, _ in claims))
        assert [each.verdict for each in found] == [verdict for _, verdict in claims]


WITHIN = "always, if pending(d) is present, then pending(d) is absent, within {}"


@pytest.mark.thorough
def test_what_is_owed_comes_in_time_if_the_duty_is_kept() -> None:
    """Whoever asks is answered within the period of the duty if that is kept, and otherwise need not be."""
    five, four = (WITHIN.format(f"{number} working days") for number in (5, 4))
    kept, sooner, free = _decided(IN_WORKING_DAYS + OPEN, KEPT + five, KEPT + four, five)
    assert [each.verdict for each in (kept, sooner, free)] == ["proved", "refuted", "refuted"]


ON_LAST = "define month-end: month-end-rule means on-last-day\n"
ON_NEXT = "define month-end: month-end-rule means on-day-after\n"


PERIODS = (
    # of the duty; what else the law says; a period of the claim that is never shorter, and one that may be
    ("2 years", ON_NEXT, "24 months", "730 days"),  # 731 where a leap year is among them
    ("1 month", ON_NEXT, "31 days", "30 days"),  # 29 or 30 from 31 January to 1 March, 31 from 1 March on
    ("1 month", ON_LAST, "31 days", "30 days"),
    ("1 month", "", "31 days", "30 days"),
    ("5 working days", OPEN, "5 working days", "4 working days"),
    ("5 working days", CLOSED, "7 days", "6 days"),  # a weekend lies in all of them
    ("5 working days", OPEN, "5 working days", "1 month"),  # so many days may be off
)


@pytest.mark.parametrize("periods", with_thorough(PERIODS, lambda each: each not in PERIODS[:2]))
def test_what_is_owed_comes_within_the_period_of_the_duty(periods: tuple[str, str, str, str]) -> None:
    """If the duty is kept, whatever its period is counted in, no claim needs a lemma; no shorter one holds.
    Who waits sees the duty broken.
    """
    period, also, longer, shorter = periods
    claims = (
        KEPT + WITHIN.format(longer),
        KEPT + WITHIN.format(shorter),
        "always, if pending(d) is present, then possibly ever breach of answer(d) by time",
    )
    law = ANSWERED + DUTY.replace("5 days", period) + also
    found = [*_decided(law, *claims[:2]), *_decided(law, claims[2])]
    assert [each.verdict for each in found] == ["proved", "refuted", "proved"]
