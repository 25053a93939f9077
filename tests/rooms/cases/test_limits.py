"""Test packs of laws with amounts and days: tests at every limit, next to it, and as a day passes."""

from __future__ import annotations

from functools import cache

import checker
from checker.question.jobs import Effort
from checker.results.told_stories import EventStep, RequestStep
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.document import ToldCase

SPEC = """# Returns

```redline
quantity money "£" with 2 decimals, never negative
sort User
sort Book
fixed price(Book): money "the price of {1}"
fixed bought(Book): date "the day on which {1} was bought"
request "{sender} returns {book} with a fee of {fee}"
    sender: User
    book: Book
    fee: money
component Shop "the shop"
route Shop
version v "v"
define last-day(b: Book): date means bought(b) plus 14 days
define in-time(b: Book) means not (today later than last-day(b))
```

> A book of more than £100 is returned in fourteen days.
>
> — Rule 1, verbatim in Book

```redline
check dear for "Rule 1" at Shop, reject with LATE "late"
    "A book of more than £100" applies when price(book) more than 100
    "is returned in fourteen days." requires in-time(book)
```

> The fee is two pounds and a half.
>
> — Rule 2, verbatim in Book

```redline
check charge for "Rule 2" at Shop, reject with FEE "wrong amount"
    "The fee is two pounds and a half." requires fee is 2.50
```
"""
LIMIT, FEE, DAYS = 10_000, 250, 14  # of pence, and of days, as Rules 1 and 2 have them


@cache
def pack() -> CasePack:
    claims = "# Claims\n"
    law = checker.load({"returns.md": SPEC}, {"claims.md": claims}, effort=Effort(processes=1))
    return law.cases("v", stories=False)


def value(test: ToldCase, function: str) -> int:
    (found,) = (each.value for each in test.situation.values if each.function == function)
    return int(found)


def fee(test: ToldCase) -> int:
    (request,) = (each.step.request for each in test.steps if isinstance(each.step, RequestStep))
    return int(request["fee"])


def codes(test: ToldCase) -> set[str | None]:
    """The codes of all checks that refuse, by the rules as read by hand."""
    late = value(test, "price") > LIMIT and _day_sent(test) > value(test, "bought") + DAYS
    return {code for code, fails in (("LATE", late), ("FEE", fee(test) != FEE)) if fails}


def _day_sent(test: ToldCase) -> int:
    days = [int(each.step.arguments["day"]) for each in test.steps if isinstance(each.step, EventStep)]
    return days[-1] if days else value(test, "today")


def test_every_answer_is_that_of_the_rules_as_read_by_hand() -> None:
    """Of a request at a limit, next to it, and elsewhere."""
    for test in pack().cases:
        expected = test.steps[-1].expected
        assert expected is not None
        assert set(expected.codes) == codes(test)
    assert len({frozenset(codes(test)) for test in pack().cases}) > 2


def test_each_limit_is_tested_from_both_sides() -> None:
    """A price of £100, a penny more and a penny less; a fee of £2.50 and a penny next to it, and none; the
    fourteenth day, the fifteenth and the thirteenth.
    """
    tests = pack().of_level("component")
    prices = {value(each, "price") for each in tests}
    assert {LIMIT - 1, LIMIT, LIMIT + 1} <= prices
    assert {0, FEE - 1, FEE, FEE + 1} <= {fee(each) for each in tests}
    dear = [each for each in tests if value(each, "price") > LIMIT]
    assert {DAYS - 1, DAYS, DAYS + 1} <= {value(each, "today") - value(each, "bought") for each in dear}


def test_what_a_test_at_a_limit_shows_is_said() -> None:
    """Four ways for an amount to stand to its limit, with none, and three for a day. All have tests."""
    limits = [each for each in pack().goals if each.kind == "limit"]
    assert len(limits) == 4 + 3 + 4
    assert all(each.tests for each in limits)
    assert all(each.sentence.startswith("Some request turns on whether ") for each in limits)


def test_a_day_passes_where_that_changes_the_answer() -> None:
    """From the fourteenth to the fifteenth; then the request is refused."""
    (test,) = (each for each in pack().cases if each.origin == "time")
    first, last = test.steps
    assert value(test, "today") - value(test, "bought") == DAYS
    assert isinstance(first.step, EventStep)
    assert (int(first.step.arguments["day"]), first.expected) == (value(test, "today") + 1, None)
    assert last.expected is not None
    assert last.expected.codes == ("LATE",)
    assert test.levels == ("end-to-end", "user")


def test_days_are_days_of_the_calendar() -> None:
    """Also those on which nothing turns: programs read every date of a test."""
    given = [each for test in pack().cases for each in test.situation.values]
    days = [each.value for each in given if each.function in {"bought", "today"}]
    assert days
    assert all(int(str(each)) >= 700_000 for each in days)
