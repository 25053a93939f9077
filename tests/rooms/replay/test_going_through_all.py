"""Logs of requests that carry no values of enums, under checks that go through all things of a sort."""

from __future__ import annotations

from pathlib import Path

import pytest

import checker
from checker.data.row_situations import RowSituations
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort

SPEC = """# Rooms

```redline
sort User
sort Room
fixed warden(User) "{1} is [not] a warden"
state open(Room) "{1} is [not] open"
request "{sender} opens {room}"
    sender: User
    room: Room
component Desk "the desk"
route Desk
version v "v"
effect opening
    open(room) becomes true inference "as it says"
```

> A closed room is opened while there is a warden.
>
> — Rule 1, verbatim in Book

```redline
check closed for "Rule 1" at Desk, reject with OPEN "already"
    "A closed room is opened" requires not open(room)
    "while there is a warden." requires (for some u: User: warden(u))
```
"""
MAPPING = """
absent = ["open"]
[tables.users]
file = "users.csv"
things.User = "id"
values."warden({id})" = "warden"
[tables.rooms]
file = "rooms.csv"
things.Room = "id"
[tables.log]
file = "log.csv"
[log]
table = "log"
when = "at"
answer = "answer"
accepted = ["ok"]
request = { sender = "who", room = "room" }
versions = { 2026-01-01 = "v" }
"""
USERS = "id,warden\nann,no\nbob,no\ncat,yes\n"
LOG = """at,who,room,answer
2026-03-01 10:00:00,ann,r1,ok
2026-03-01 11:00:00,bob,r1,ok
2026-03-01 12:00:00,bob,r2,OPEN
2026-03-01 13:00:00,bob,nowhere,ok
"""


def _replayed(folder: Path, users: str = USERS) -> set[tuple[str, str]]:
    files = {"users.csv": users, "rooms.csv": "id\nr1\nr2\n", "log.csv": LOG, "mapping.toml": MAPPING}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    law = checker.load({"rooms.md": SPEC}, {"claims.md": "# Claims\n"}, effort=Effort(processes=1))
    return {(each.when[11:13], each.law) for each in law.replay(folder / "mapping.toml").groups}


def test_things_that_no_request_names_count(tmp_path: Path) -> None:
    """Cat is the warden, and sends nothing: what is followed in order reads of her, too."""
    assert _replayed(tmp_path) == {("11", "Desk: OPEN;"), ("12", "accepted"), ("13", "malformed")}


def test_without_a_warden_nothing_is_opened(tmp_path: Path) -> None:
    """All that were let pass are told, and the room stays as the log has it."""
    found = _replayed(tmp_path, USERS.replace("yes", "no"))
    assert found == {("10", "Desk: OPEN;"), ("13", "malformed")}


def test_too_many_to_go_through_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than decided by those that requests happen to name."""
    monkeypatch.setattr(RowSituations, "read", lambda _self, _things: False)
    with pytest.raises(SpecError, match="going through every User"):
        _replayed(tmp_path)
