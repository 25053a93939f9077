"""What `replay` finds in a small log, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import checker
from checker.api import Law
from checker.data import sql
from checker.language.diagnostics import SpecError
from checker.question.jobs import Disagreement, Effort
from checker.rooms.replay import replaying
from checker.rooms.replay.answer import Replay
from tests.support.inventories import LOG_MAPPING, logged
from tests.support.places import ROOT

Run = Callable[..., tuple[int, str, str]]
NO = "NetworkOperator"


@pytest.fixture(scope="module")
def law() -> Law:
    return checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))


def against(found: Replay) -> set[tuple[str, str, str | None, int, str]]:
    """Column, the law's answer, the log's, how many rows, and the device of the example."""
    return {(e.column, e.law, e.log, e.rows, e.example.get("target", "")) for e in found.groups}


def test_the_law_in_force_at_the_time_decides(law: Law, tmp_path: Path) -> None:
    """The wrong operator is refused with E4 before the change, and let pass after it."""
    log = (
        f"2020-01-01,bob,ED,6.15.1,wrong,{NO},ann,E4\n"
        f"2022-11-02 23:59:59,bob,ED,6.15.1,wrong,{NO},ann,E4\n"
        f"2022-11-03 00:00:00,cat,GT,6.15.1,gas,{NO},dan,E4\n"
        f"2022-11-03 00:00:01,bob,ED,6.15.1,wrong,{NO},ann,OK\n"
    )
    found = law.replay(logged(tmp_path, log))
    assert (found.columns, found.before) == ({"baseline": 1, "mp107": 2}, 1)
    assert against(found) == {("mp107", "accepted", "E4", 1, "gas")}
    assert found.exit == 1
    assert "the log says E4, the law that it is accepted" in found.text()


def test_what_requests_change_is_followed_in_order(law: Law, tmp_path: Path) -> None:
    """Once bob has handed the slot over he owns it no more: his second request must be refused. The rows are
    put in order of time, whatever their order in the file.
    """
    log = (
        f"2022-12-02,cat,GT,6.15.1,gas,{NO},dan,S1VE64\n"
        f"2022-02-02,bob,ED,6.15.1,second,{NO},ann,OK\n"
        f"2022-02-01,bob,ED,6.15.1,second,{NO},ann,OK\n"
        f"2022-12-01,cat,GT,6.15.1,gas,{NO},dan,OK\n"
        f"2022-12-03,dan,GT,6.15.1,gas,{NO},dan,OK\n"
    )
    found = law.replay(logged(tmp_path, log))
    assert found.in_order == 5
    ((column, said, answer, rows, device),) = against(found)
    assert (column, answer, rows, device) == ("baseline", "OK", 1, "second")
    assert said.startswith("DeviceItself:")
    assert found.groups[0].when.startswith("2022-02-02")


def test_rows_that_are_no_requests_are_told(law: Law, tmp_path: Path) -> None:
    """Without a target, of an unknown device, by an unknown user."""
    log = (
        f"2022-12-01,bob,ED,6.15.1,,{NO},ann,OK\n"
        f"2022-12-01,bob,ED,6.15.1,nowhere,{NO},ann,OK\n"
        f"2022-12-01,nobody,ED,6.15.1,wrong,{NO},ann,E1\n"
    )
    found = law.replay(logged(tmp_path, log))
    assert {(e.law, e.rows) for e in found.groups} == {("malformed", 2)}


def test_any_code_of_the_checks_that_fail_will_do(law: Law, tmp_path: Path) -> None:
    """The order of checks is not published: E1 and E2 are both right, E4 is not."""
    rows = [f"2022-12-0{n},gone,OU,6.15.1,wrong,{NO},ann,E{n}\n" for n in (1, 2, 4)]
    found = law.replay(logged(tmp_path, "".join(rows)))
    ((_, said, answer, rows_, _),) = against(found)
    assert (answer, rows_) == ("E4", 1)
    assert said == "DSP: E1; E2;"
    assert found.groups[0].clause
    assert found.again >= 3


def test_too_many_rows_in_order_are_left_open(
    law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said of them, and the exit code says so."""
    monkeypatch.setattr(replaying, "FOLLOWED", 1)
    log = "".join(f"2022-02-0{n},bob,ED,6.15.1,second,{NO},ann,OK\n" for n in (1, 2))
    found = law.replay(logged(tmp_path, log))
    assert (found.open, found.in_order, found.against, found.exit) == (2, 0, 0, 3)


def test_a_disagreement_is_noticed(law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If SQL took `is` for `is not`, the rows that are decided again would show it."""
    right = sql.equal
    monkeypatch.setattr(sql, "equal", lambda left, other: sql.not_(right(left, other)))
    with pytest.raises(Disagreement, match="SQL says"):
        law.replay(logged(tmp_path, f"2022-12-01,bob,ED,6.15.1,wrong,{NO},ann,E4\n"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[log]", "[lg]", "there is no part `lg`"),
        ('when = "sent"', 'when = "snt"', "no column `snt`"),
        ('sender = "user"', 'sendr = "user"', "there is no request parameter `sendr`"),
        ('"2022-11-03"', '"3 November"', "`3 November` is no time"),
        ('"mp107"', '"mp108"', "there is no version or deployment `mp108`"),
        ('table = "log"', 'table = "logs"', "there is no table `logs`"),
    ],
)
def test_a_mistake_in_the_log_has_its_place(law: Law, tmp_path: Path, old: str, new: str, said: str) -> None:
    """With the line of the mapping."""
    with pytest.raises(SpecError, match=said) as raised:
        law.replay(logged(tmp_path, "", LOG_MAPPING.replace(old, new)))
    assert raised.value.diagnostics[0].span is not None


def test_the_command_tells_it(run: Run, tmp_path: Path) -> None:
    """As text within 80 columns."""
    mapping = logged(tmp_path, f"2022-12-03,cat,GT,6.15.1,third,{NO},dan,E4\n")
    code, out, err = run("replay", mapping, "--spec", ROOT / "spec", "--properties", ROOT / "properties")
    assert (code, err) == (1, "")
    assert max(map(len, out.split("Repeat with")[0].split("\n"))) <= 80
