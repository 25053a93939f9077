"""Two versions that differ in nothing but which days are off."""

from __future__ import annotations

from checker.model.claim import Column
from checker.model.unparse import unparse
from checker.question.jobs import Effort
from checker.regime.load import load_texts
from checker.rooms.diff.find import Difference, differ

LAW = """# Answers

```redline
sort User
table off
calendar uk "working day" never on Saturday, Sunday, table off known from 1 January 2026 to 31 December 2026
fixed asked(User): date "the day on which {1} asked"
request "{sender} answers"
    sender: User
    day: date
component Desk
route Desk
check once for "R 1" at Desk, reject with E1
    requires CONDITION inference "x"
version old "old"
version new "new" is old with M
modification M "another holiday"
by M amend table off: row "Christmas", "day" becomes "2026-12-28"
```

| name | day |
|---|---|
| Christmas | 2026-12-25 |
"""


def difference(condition: str) -> Difference:
    regime = load_texts({"law.md": LAW.replace("CONDITION", condition)})
    return differ(regime, Column("old"), Column("new"), Effort(), "redline diff old new")


def test_holidays_that_a_case_cannot_tell_apart() -> None:
    """A period that ends on other days in each version is told by no words of both; the days are named."""
    found = difference("day no later than asked(sender) plus 5 working days")
    assert not found.same
    assert found.undecided.startswith(
        "it turns on working days, and `uk` counts other days in new than in old: Friday 25 December 2026 is "
        "off in old alone, Monday 28 December 2026 is off in new alone."
    )
    assert "`redline cases new --against old`" in found.undecided
    assert found.beside == ("the calendar uk",)


def test_holidays_that_nothing_turns_on() -> None:
    """Where no check counts working days, nothing is decided differently, and the calendar is named."""
    found = difference("day no later than asked(sender) plus 5 days")
    assert found.same
    assert found.beside == ("the calendar uk",)


BY_DAY = (
    LAW.replace("request ", 'fixed member(User) "{1} is a member"\nrequest ')
    .replace("CONDITION", "today no later than asked(sender) plus 5 working days")
    .replace("    day: date\n", "")
    .replace("is old with M\n", "is old with M in force from 27 December 2026\n")
    .replace("version old", 'check members for "R 2" at Desk, reject with E2\n    MEMBERS\nversion old')
    .replace("MEMBERS", 'requires member(sender) inference "y"')
    .replace("modification M", 'version open "open" is new with N\nmodification M')
    .replace("by M", 'modification N "for all"\nby N strike members\nby M')
)


def test_holidays_of_the_day_in_both_columns() -> None:
    """Where both columns have other holidays from a day on, a period means the same in both: who is no member
    and answers in time is newly accepted, whichever holidays count on the day. Who answers late is rejected
    in both, by one check fewer.
    """
    regime = load_texts({"law.md": BY_DAY})
    found = differ(regime, Column("new"), Column("open"), Effort(), "redline diff new open")
    assert found.undecided == ""
    assert found.relation == "more permissive"
    (change,) = found.of("newly accepted")
    assert {unparse(each) for each in change.case.conditions} == {
        "not member(r.sender)",
        "today no later than asked(r.sender) plus 5 working days (uk)",
    }
