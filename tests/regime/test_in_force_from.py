"""Modifications that are in force from a day: what is refused, several days, and days that are left open."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.dates import day_of
from checker.model.evaluate import decide
from checker.model.situation import Request, Situation
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.report.paper import text_of
from checker.report.redlined_law import law_paragraphs

LAW = """
sort User
enum Act: Ask, Take
fixed start-day: optional date "the day of commencement"
fixed other-day: date "the other day"
state spare(User)
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
define idle: date means 1 June 2027
define first-day: date means 1 June 2027
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
version old
modification M "m"
modification N "n"
"""
ACCEPT = 'by M replace "1": check may for "1" at Desk, reject with E1 requires true inference "y"\n'
THIRD = 'insert after "2": check third for "5" at Desk, reject with E3 requires asked(sender) inference "y"\n'
CLERKS_DUTY = 'duty pay for "3" of Clerk with u: User by 5 May 2027 requires true inference "y"'
E1, E9 = "at Desk, reject with E1", "at Desk, reject with E9"


def _law(changes: str, day: str = "1 June 2027", more: str = "") -> Regime:
    made = f"version dated is old with M in force from {day}\n{changes}\n{more}"
    return load_texts({"law.md": f"```redline\n{LAW}{made}\n```\n"})


def _codes(changes: str, day: str = "1 June 2027", more: str = "") -> dict[str, str]:
    with pytest.raises(SpecError) as refused:
        _law(changes, day, more)
    return {each.code: each.message for each in refused.value.diagnostics}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("by M replace spare: state spare(User, Act)", "how the function `spare` is declared"),
        (ACCEPT.replace(E1, E9), "the clause, component or code of the check `may`"),
        (ACCEPT.replace("at Desk", "at Till"), "the clause, component or code of the check `may`"),
        (
            'by M replace rain: event rain by Clerk with u: User asked(u) becomes false inference "x"',
            "who brings about the event `rain`, or what it is about,",
        ),
        (
            f"by M replace pay: {CLERKS_DUTY}",
            "whose duty `pay` is",
        ),
        ("by M replace idle: define idle: Act means Ask", "what the definition `idle` takes, or is worth,"),
    ],
)
def test_what_cannot_be_another_thing_on_another_day(change: str, what: str) -> None:
    """What both laws have and cannot have side by side is refused, with what differs."""
    message = f"{what} differs before this day and from it on, so both cannot be one law"
    assert _codes(change)["in-force-from"] == message


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("today plus 3 days", "in-force-from"),
        ("beginning of (asked(Clerk))", "in-force-from"),
        ("first-day", "in-force-from"),
        ("act", "no-request"),
        ("30 February 2027", "no-such-day"),
        ("5", "wrong-type"),
        ("asked(Clerk)", "wrong-type"),
    ],
)
def test_a_day_that_is_none_is_refused(day: str, code: str) -> None:
    """The day may not move as time passes, turn on itself, or be anything but a date."""
    assert code in _codes("by M replace first-day: define first-day: date means 2 June 2027", day)


def test_a_lapse_does_not_read_what_changes_on_a_day() -> None:
    """Which day's meaning it is would be a guess."""
    assert "lapse-moves" in _codes("by M replace grown: define grown(u: User) means not asked(u)")


def _number(day: str) -> int:
    found = day_of(day)
    assert found is not None
    return found


def _refusing(regime: Regime, column: str, day: str, **days: str) -> set[str]:
    """The checks that refuse somebody who has not asked and would take, on a day."""
    told = {"today": day, "other-day": "1 January 2030", **{k.replace("_", "-"): v for k, v in days.items()}}
    values: dict[tuple[str, tuple[str, ...]], str | bool]
    values = {(name, ()): str(_number(each)) for name, each in told.items()}
    situation = Situation(
        {"User": ("ann", "Clerk")}, values, {(each, None): column for each in ("Desk", "Till")}
    )
    model = regime.model(Column(column))
    decided = decide({column: model}, situation, Request({"sender": "ann", "act": "Take"}))
    return {each.check.name for each in decided.refusing}


@pytest.mark.parametrize("second", ["1 January 2028", "1 January 2027", "other-day"])
def test_two_modifications_have_two_days(second: str) -> None:
    """Each counts from its own day, whichever comes first, also where one day is left open."""
    more = f"version both is dated with N in force from {second}\nby N {THIRD}"
    regime = _law(ACCEPT, more=more)
    for day in ("31 December 2026", "1 January 2027", "31 May 2027", "1 June 2027", "1 January 2028"):
        for other in ("1 March 2026", "1 June 2027", "1 July 2027")[: 3 if second == "other-day" else 1]:
            begins = _number(other if second == "other-day" else second)
            expected = {"may"} if _number(day) < _number("1 June 2027") else set()
            expected |= {"third"} if _number(day) >= begins else set()
            assert _refusing(regime, "both", day, other_day=other) == expected


def test_what_one_inserts_the_other_may_change_once_it_is_in_force() -> None:
    """Where both days are written out, and the second is later; otherwise there may be no such rule."""
    more = 'version both is dated with N in force from {}\nby N strike "5"\nby M ' + THIRD
    regime = _law("", more=more.format("1 January 2028"))
    days = ("31 May 2027", "1 June 2027", "31 December 2027", "1 January 2028")
    found = [_refusing(regime, "both", day) for day in days]
    assert found == [{"may"}, {"may", "third"}, {"may", "third"}, {"may"}]
    for day in ("other-day", "1 January 2027"):
        assert "missing-clause" in _codes("", more=more.format(day))


def test_a_day_that_never_comes_leaves_the_old_words() -> None:
    """If the day of commencement may be absent, nothing has come into force without one."""
    regime = _law(ACCEPT, "start-day")
    assert _refusing(regime, "dated", "1 January 2100") == {"may"}
    assert _refusing(regime, "dated", "1 May 2027", start_day="1 May 2027") == set()
    assert _refusing(regime, "dated", "30 April 2027", start_day="1 May 2027") == {"may"}


def test_the_redlined_law_says_on_which_days_a_rule_counts() -> None:
    """A rule that is in force on some days says so in its title, and an item before its meaning."""
    regime = _law(f"{ACCEPT}by M {THIRD}by M strike ask")
    told = text_of(law_paragraphs(regime.model(Column("dated")), regime.texts["dated"]), 80)
    lines = [line.strip() for line in told.splitlines()]
    assert "check third at Desk, rejects with E3, from 1 June 2027 on" in lines
    assert "effect ask, before 1 June 2027" in lines
    assert "= before 1 June 2027: requires act is Ask" in lines
    assert "= from 1 June 2027 on: requires true" in lines


def test_each_law_may_call_what_a_definition_is_about_by_another_name() -> None:
    """A name of the new words is none of those that the old words bind. Ann is not alone, but has not asked:
    the old words let her pass, and the new ones do not.
    """
    before = """
define known(u: User) means for some w: User: not w is u
check knows for "7" at Desk, reject with E7
    requires known(sender) inference "x"
"""
    regime = _law(f"{before}by M replace known: define known(w: User) means asked(w)")
    found = [_refusing(regime, "dated", day) for day in ("31 May 2027", "1 June 2027")]
    assert found == [{"may"}, {"may", "knows"}]


def test_what_takes_an_exception_back_is_told_on_its_days() -> None:
    """A limb that both laws have takes back what it does on each day, and is one limb."""
    before = """
check spared for "8" at Desk, reject with E8
    requires act is Ask inference "x"
    subject to "E" inference "x"
exceptions "E"
    any of inference "x"
limb "E 1" of "E"
    spare(sender) inference "x"
    subject to "F" inference "x"
exceptions "F"
    any of inference "x"
limb "F 1" of "F"
    asked(sender) inference "x"
"""
    change = 'by M replace "F 1": limb "F 1" of "F" asked(sender) and spare(sender) inference "x"'
    regime = _law(f"{before}{change}")
    model = regime.model(Column("dated"))
    check = next(each for each in model.checks if each.name == "spared")
    assert [each.clause for each in check.all_limbs] == ["E 1", "F 1"]
    told = text_of(law_paragraphs(model, regime.texts["dated"]), 80)
    lines = [line.strip() for line in told.splitlines()]
    assert "= before 1 June 2027: asked(sender)" in lines
    assert "= from 1 June 2027 on: asked(sender) and spare(sender)" in lines
