"""Days of the calendar: their numbers, how laws write them, and what is said of them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from operator import attrgetter

import pytest

from checker.model import quantities
from checker.model.claim import EveryRequest
from checker.model.dates import NoSuchDay, day_in_cell, day_of, told_day, written_day
from checker.model.environment import Environment
from checker.model.expressions import DATE, Arithmetic, Formula
from checker.model.meaning import holds
from checker.model.situation import Request, Situation
from checker.model.thresholds import worth_telling
from checker.model.unparse import unparse
from tests.support.load import load

LEFT, RIGHT, PARTS, NAME = (attrgetter(each) for each in ("left", "right", "parts", "name"))

LAW = """
sort User
fixed due(User): optional date "the day on which {1} is due"
fixed notice(User): days "the notice of {1}"
request "{sender} asks"
    sender: User
    sent: date
component Desk
route Desk
version v "v"
"""


def _read(text: str) -> Formula:
    claim = f'claim 1 a "A."\n    from "1"\n    always, for every request r: {text}\n    expect proved in v\n'
    regime = load(LAW, claim)
    statement = regime.claims[0].statement
    assert isinstance(statement, EveryRequest)
    return statement.formula


def test_days_are_those_of_the_calendar() -> None:
    """A day is written and told as Python's calendar has it, and read back as itself."""
    for number in (1, 59, 60, 693_596, 730_120, 737_791, date.max.toordinal()):
        day = date.fromordinal(number)
        assert written_day(number) == f"{day.day} {day:%B} {day.year:04d}"
        assert day_of(written_day(number)) == number
        assert told_day(number) == f"{day:%A} {day.day} {day:%B} {day.year}"
        assert day_in_cell(day.isoformat()) == number


def test_there_is_a_day_before_and_after_every_day() -> None:
    """Beyond what Python's calendar has, days go on: every 400 years are alike."""
    assert told_day(date.max.toordinal() + 1) == "Saturday 1 January 10000"
    assert told_day(0) == "Sunday 31 December 1 BC"
    assert told_day(date(2026, 3, 11).toordinal() - 7 * 146_097) == "Wednesday 11 March 775 BC"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 June 2026", "June has 30 days"),
        ("29 February 2026", "February 2026 has 28 days"),
        ("0 May 2026", "days of a month are counted from 1"),
        ("1 May 0000", "there is no year 0"),
    ],
)
def test_a_day_that_there_is_not_says_why(text: str, why: str) -> None:
    """What is written like a date, and is none, is refused with the reason."""
    with pytest.raises(NoSuchDay, match=why):
        day_of(text)
    assert quantities.no_day(text) == why
    assert quantities.in_cell(text, DATE) is None


def test_dates_are_compared_and_counted_from_as_python_does() -> None:
    """`plus`, `minus`, `earliest of` and `days from` are what they are to `datetime`."""
    one, other = date(2024, 2, 28), date(2024, 3, 1)
    numbers = (one.toordinal(), other.toordinal())
    assert quantities.worked_out("plus", Fraction(1), (numbers[0], 2)) == numbers[1]
    assert quantities.worked_out("minus", Fraction(1), numbers[::-1]) == 2
    assert date.fromordinal(numbers[0] + 2) == one + timedelta(days=2) == other


@pytest.mark.parametrize(
    "text",
    [
        "due(r.sender) plus 5 days minus 3 days no later than 1 April 2026",
        "days from due(r.sender) to r.sent at least notice(r.sender)",
        "r.sent earlier than due(r.sender) plus notice(r.sender)",
        "earliest of (r.sent, due(r.sender)) later than latest of (r.sent, 29 February 2024)",
        "not r.sent no earlier than today minus 14 days",
        "days from 1 May 2026 to (r.sent plus 1 days) is 3",
        "r.sent plus 1 month plus 5 days minus 2 years later than due(r.sender) plus 14 months",
        "due(r.sender) minus 4 months (on-last-day) is r.sent",
    ],
)
def test_what_is_said_of_dates_is_printed_as_it_is_read(text: str) -> None:
    """The text of a formula about dates reads back as the same formula."""
    formula = _read(text)
    assert unparse(formula).startswith(text.split(" ", maxsplit=1)[0])
    assert _read(unparse(formula)) == formula


def test_days_that_no_law_can_write_are_counted_from_one_that_it_can() -> None:
    """A day before the year 1, or after 9999, is printed as so many days before or after one of these."""
    for number in (0, -400, date.max.toordinal() + 3):
        printed = unparse(quantities.value_of(DATE, number))
        formula = _read(f"r.sent is {printed}")
        right = RIGHT(formula)
        assert isinstance(right, Arithmetic)
        assert quantities.amount(right, NAME) == number


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("within 5 days after due(r.sender)", 0, 5),
        ("within 5 days from due(r.sender)", 0, 4),
        ("within 5 days before due(r.sender)", -5, 0),
        ("within 2 weeks after due(r.sender)", 0, 14),
    ],
)
def test_a_period_has_these_days(text: str, first: int, last: int) -> None:
    """After a day, the day itself is not counted, but is within; from a day, it is the first that counts."""
    formula = _read(f"r.sent {text}")
    due = 739_000

    def held(day: int) -> bool:
        def value(term: object) -> str | None:
            name = getattr(term, "name", getattr(term, "function", None))
            return {"sent": str(day), "due": str(due)}.get(str(name), getattr(term, "name", None))

        return all(quantities.in_order(each, value) for each in PARTS(formula))

    assert [each for each in range(-20, 20) if held(due + each)] == list(range(first, last + 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("within 2 months after 31 December 2025", (2025, 12, 31), (2026, 2, 28)),
        ("within 2 months from 31 December 2025", (2025, 12, 31), (2026, 2, 27)),
        ("within 2 months (on-day-after) from 31 December 2025", (2025, 12, 31), (2026, 2, 28)),
        ("within 1 month (on-last-day) before 28 February 2026", (2026, 1, 31), (2026, 2, 28)),
        ("within 1 year after 29 February 2024", (2024, 2, 29), (2025, 2, 28)),
    ],
)
def test_a_period_of_months_has_these_days(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    """The period ends by its own rule; from a day, the day before that is its last."""
    regime = load(LAW, _CLAIM.replace("r.sent is present", f"r.sent {text}"))
    model, statement = regime.model(regime.parse_column("v")), regime.claims[0].statement
    assert isinstance(statement, EveryRequest)
    for day, within in ((first, True), (last, True), (_beside(first, -1), False), (_beside(last, 1), False)):
        sent = {"sent": str(date(*day).toordinal()), "sender": "user-1"}
        env = Environment(model, Situation({"User": ("user-1",)}, {}, {}), requests={"r": Request(sent)})
        assert holds(statement.formula, env) is within, day


def _beside(day: tuple[int, int, int], days: int) -> tuple[int, int, int]:
    other = date(*day) + timedelta(days=days)
    return other.year, other.month, other.day


def test_a_story_prefers_written_days_and_ends_of_periods() -> None:
    """The first is the day that is written, then those next to it, then the ends of written periods."""
    text = "r.sent no later than due(r.sender) plus 5 days and r.sent later than 1 April 2026"
    model = load(LAW, _CLAIM).model(load(LAW, _CLAIM).parse_column("v"))
    start = date(2026, 4, 1).toordinal()
    found = worth_telling([model], DATE, _read(text))
    assert [each - start for each in found[:3]] == [0, 1, -1]
    assert {start + 4, start + 5, start + 6, start - 5} <= set(found)


_CLAIM = """claim 1 a "A."
    from "1"
    always, for every request r: r.sent is present
    expect proved in v
"""


def test_days_are_counted_from_the_first_date_to_the_second() -> None:
    """From a Friday to the Monday after it are three days; the other way round, minus three."""
    for text, days in (("1 May 2026 to 4 May 2026", 3), ("4 May 2026 to 1 May 2026", -3)):
        left = LEFT(_read(f"days from {text} is 3 days"))
        assert quantities.amount(left, NAME) == days
