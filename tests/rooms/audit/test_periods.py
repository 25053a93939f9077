"""Months and working days in tables and in a log: notices to quit, as in Dodds v Walker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import sqlglot

import checker
from checker.api import Law
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort
from checker.rooms.audit.asked import Dialect
from tests.support.params import with_thorough

SPEC = """# Notices

```redline
table bank
```

| name | day |
|---|---|
| Christmas Day | 25 December 1978 |
| Boxing Day | 26 December 1978 |
| New Year's Day | 1 January 1979 |

```redline
sort User
sort Notice
fixed given-on(Notice): optional date "the day on which {1} was given"
state ends(Notice): optional date "the day on which {1} ends"
calendar court "court day" never on Saturday, Sunday, table bank: "day"
    known from 1 January 1978 to 31 December 1979
request "{sender} applies under {notice}"
    sender: User
    notice: Notice
component Court "the court"
route Court
version v "v"
version moved "moved" is v with M
modification M "Boxing Day is moved"
define late(n: Notice) means today later than given-on(n) plus 4 months
define answer-by(n: Notice): date means given-on(n) plus 3 court days
event noting by the environment
    for every n: Notice: ends(n) becomes given-on(n) plus 4 months inference "as it says"
by M amend table bank: row "Boxing Day", "day" becomes "2 January 1979"
reading end-to-end "A period that begins on the last day of a month ends on the last day of one."
    because "the dissent in Dodds v Walker"
    define month-end: month-end-rule means on-last-day
```

> An application is made not more than four months after the notice was given.
>
> — Rule 1, verbatim in Book

```redline
check in-time for "Rule 1" at Court, reject with LATE "late"
    "An application is made not more than four months after the notice was given."
        requires not late(notice) and given-on(notice) is present
```
""".replace("court days", "working days")
CLAIMS = """# Claims

```redline
claim 1 there "There is a notice."
    from "Rule 1"
    always (for some n: Notice: true)
    expect proved in v
```
"""
MAPPING = """
[tables.notices]
file = "notices.csv"
things.Notice = "id"
[tables.notices.values]
"given-on({id})" = "given"
"ends({id})" = "ends"
[tables.users]
file = "users.csv"
things.User = "id"
[tables.log]
file = "log.csv"
[log]
table = "log"
when = "at"
answer = "answer"
accepted = ["ok"]
request = { sender = "who", notice = "notice" }
versions = { "1970-01-01" = "v" }
[days-off]
"""
NOTICES = """id,given,ends
dodds,1978-09-30,
leap,1979-10-31,
friday,1978-12-22,
none,,
"""
LOG = """at,who,notice,answer
1979-01-30 12:00:00,walker,dodds,ok
1979-01-31 12:00:00,walker,dodds,ok
1980-02-29 12:00:00,walker,leap,ok
1980-03-01 00:00:00,walker,leap,ok
"""


WORDS: Mapping[Dialect, str] = {
    "postgres": "INTERVAL '4 MONTH'",
    "spark": "ADD_MONTHS(",
    "tsql": "DATEADD( MONTH, 4,",
    "bigquery": "INTERVAL 4 MONTH",
}


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """The law of notices."""
    folder = tmp_path_factory.mktemp("notices")
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(text, encoding="utf-8")
    return checker.load(folder / "spec", folder / "properties", effort=Effort(processes=1))


def _mapping(folder: Path, off: str = "court = []") -> Path:
    files = {
        "notices.csv": NOTICES,
        "users.csv": "id\nwalker\n",
        "log.csv": LOG,
        "mapping.toml": MAPPING + off,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "mapping.toml"


@pytest.mark.parametrize(
    ("version", "ends"),
    [
        pytest.param("v", ["1979-01-30", "1979-04-22", "1980-02-29"], marks=pytest.mark.thorough),
        ("v under end-to-end", ["1979-01-31", "1979-04-22", "1980-02-29"]),
    ],
)
def test_months_end_by_the_rule_of_the_column(
    law: Law, tmp_path: Path, version: str, ends: Sequence[str]
) -> None:
    """Four months from 30 September end on the 30th or on the last day, and rows are decided again; the event
    writes these days.
    """
    path, groups = _mapping(tmp_path), ["given-on(n) plus 4 months"]
    found = law.audit(path, where="late(n)", groups=groups, today="1980-03-01", version=version).count
    assert found is not None
    assert sorted(str(*each.values.values()) for each in found.groups) == ends
    assert found.again == 4
    event = law.audit(path, event="noting", version=version).event
    assert event is not None
    assert (event.tables, event.again) == ({"notices": 3}, 0)


def test_working_days_pass_holidays(law: Law, tmp_path: Path) -> None:
    """Christmas 1978 was on Monday: three days from the Friday before end on the next Friday."""
    path, groups = _mapping(tmp_path), ["answer-by(n)"]
    found = law.audit(path, where="true", bound="n: Notice", groups=groups, version="v").count
    assert found is not None
    answers = {each.values["answer-by(n)"] for each in found.groups}
    assert answers == {"1978-10-04", "1978-12-29", "1979-11-05", None}


@pytest.mark.parametrize(("version", "first"), [("v", "1978-12-27"), ("moved", "1978-12-26")])
def test_a_question_counts_by_the_calendar_of_its_column(
    law: Law, tmp_path: Path, version: str, first: str
) -> None:
    """After Friday 22 December 1978 come Christmas Day and, in one of the versions, Boxing Day."""
    path, said = _mapping(tmp_path), "given-on(n) plus 1 working days"
    where = "given-on(n) is 22 December 1978"
    found = law.audit(path, where=where, bound="n: Notice", groups=[said], version=version).count
    assert found is not None
    assert [each.values[said] for each in found.groups] == [first]


@pytest.mark.thorough
def test_further_days_off_are_said_by_the_mapping(law: Law, tmp_path: Path) -> None:
    """Of the time in which the law does not know all holidays."""
    path = _mapping(tmp_path, 'court = ["1980-01-01", "2 January 1980"]')
    (tmp_path / "notices.csv").write_text("id,given,ends\nyule,1979-12-28,\n", encoding="utf-8")
    found = law.audit(path, where="true", bound="n: Notice", groups=["answer-by(n)"]).count
    assert found is not None
    assert [each.values["answer-by(n)"] for each in found.groups] == ["1980-01-04"]


@pytest.mark.parametrize(
    ("off", "told"),
    [
        ("", "leaves open which other days are no court days"),
        ("town = []", "there is no calendar `town`"),
        ("court = 1980-01-01", "days off are a list of dates"),
        ('court = ["soon"]', "`soon` is no date"),
        ("court = [1979-12-27]", "by the law, Thursday 27 December 1979 is a day of the calendar `court`"),
    ],
)
def test_days_off_that_cannot_be_are_refused(law: Law, tmp_path: Path, off: str, told: str) -> None:
    """With one diagnostic, before anything is counted."""
    with pytest.raises(SpecError) as error:
        law.audit(_mapping(tmp_path, off), where="true", bound="n: Notice", groups=["answer-by(n)"])
    (found,) = error.value.diagnostics
    assert told in found.message


def test_a_log_is_held_against_months(law: Law, tmp_path: Path) -> None:
    """The application of 31 January was late, and so was that of 1 March 1980, which was a leap year."""
    found = law.replay(_mapping(tmp_path))
    assert (found.against, {each.law for each in found.groups}) == (2, {"Court: LATE;"})
    assert min(each.when for each in found.groups) == "1979-01-31 12:00:00"


@pytest.mark.parametrize("dialect", with_thorough(WORDS, lambda each: each != "tsql"))
def test_scripts_have_months(law: Law, tmp_path: Path, dialect: Dialect) -> None:
    """In each system's own words, which can be read back."""
    event = law.audit(_mapping(tmp_path), event="noting", dialect=dialect).event
    assert event is not None
    assert WORDS[dialect] in " ".join(event.script.split())
    assert sqlglot.parse(event.script, dialect=dialect)
