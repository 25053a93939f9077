"""Modifications that are in force from a day: what is refused, several days, and days that nobody has written."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.evaluate import decide
from checker.model.situation import Request, Situation
from checker.model.dates import day_of
from checker.regime.load import load_texts
from checker.regime.regime import Regime

LAW = """
sort User
enum Act: Ask, Take
enum Kind: Plain from table none
"""
LAW = """
sort User
enum Act: Ask, Take
fixed start-day: optional date "the day of commencement"
fixed other-day: date "the other day"
state asked(User) "{1} [has|has not] asked"
state asked-on(User): optional date "the day on which {1} asked"
constant Clerk: User
request "{sender} would {act}"
    sender: User
    act: Act
component Desk
component Till
route Desk
define grown(u: User) means asked(u)
define first-day: date means 1 June 2027
define bound: date means 1 June 2027
check may for "1" at Desk, reject with E1
    requires act is Ask inference "x"
check second for "2" at Desk, reject with E2
    requires true inference "x"
effect ask when act is Ask
    asked(sender) becomes true inference "x"
event rain by the environment with u: User
    asked(u) becomes false inference "x"
duty pay for "3" of u with u: User by asked-on(u) plus 3 days
    requires asked(u) inference "x"
lapse end for "4" with u: User past asked-on(u) plus 3 days when grown(u)
    asked(u) becomes false inference "x"
order at Desk: may, second because "x"
version old
modification M "m"
modification N "n"
"""


def _law(changes: str, day: str = "1 June 2027", more: str = "") -> Regime:
    made = f"version dated is old with M in force from {day}\n{changes}\n{more}"
    return load_texts({"law.md": f"```redline\n{LAW}{made}\n```\n"})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("by M replace may: check may for \"1\" at Desk, reject with E9 requires true inference 'x'", ""),
        ("by M replace asked: state asked(User, Act)", "how the function `asked` is declared"),
        ("by M replace Act: enum Act: Ask, Take, Give", "how the sort `Act` is declared"),
        (
            'by M replace may: check may for "1" at Desk, reject with E9 requires true inference "x"',
            "the clause, component or code of the check `may`",
        ),
        (
            'by M replace may: check may for "1" at Till, reject with E1 requires true inference "x"',
            "the clause, component or code of the check `may`",
        ),
        (
            'by M replace rain: event rain by Clerk with u: User asked(u) becomes false inference "x"',
            "by whom and about what the event `rain` is",
        ),
        (
            "by M replace pay: duty pay for \"3\" of u with u: User by asked-on(u) plus 5 days\n"
            'requires asked(u) inference "x"',
            "whose duty `pay` is, or its last day,",
        ),
        ("by M replace grown: define grown: Act means Ask", "what the definition `grown` takes, or is worth,"),
    ],
)
def test_what_cannot_be_another_thing_on_another_day(change: str, said: str) -> None:
    """What both laws have and cannot have side by side is refused, by a diagnostic at the day."""
    with pytest.raises(SpecError) as refused:
        _law(change)
    if said:
        found = [each for each in refused.value.diagnostics if each.code == "in-force-from"]
        message = f"{said} is not the same before this day and from it on, so both cannot be one law"
        assert message in [each.message for each in found]
        assert found[0].span is not None
        assert found[0].span.line == LAW.count("\n") + 2
