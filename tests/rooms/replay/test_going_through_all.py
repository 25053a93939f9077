"""Logs of requests that carry no values of enums, under checks that go through all things of a sort."""

from __future__ import annotations

from pathlib import Path

import pytest

import checker
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort
from checker.rooms.replay import bound_things

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
    monkeypatch.setattr(bound_things, "MOST_FOR_ALL", 0)
    with pytest.raises(SpecError, match="going through every User"):
        _replayed(tmp_path)


AT_HUBS = "sort Room\nsort Hub\nfixed hub(Room): optional Hub\nfixed lamp(Room)"
HUB_MAPPING = MAPPING.replace(
    'things.Room = "id"', 'things.Room = "id"\nvalues."hub({id})" = "hub"\nvalues."lamp({id})" = "lamp"'
)
ROOMS = 4_000
NEARBY = (
    "(for some e: Room: hub(e) is hub(room) and lamp(e))",
    "(not (for every e: Room: hub(e) is hub(room) implies not lamp(e)))",
    "(at least 1 e: Room where hub(e) is hub(room) and lamp(e))",
    "(for some h: Hub: hub(room) is h and (for some e: Room: hub(e) is h and lamp(e)))",
)


@pytest.mark.parametrize("nearby", NEARBY)
def test_only_what_can_matter_is_gone_through(tmp_path: Path, nearby: str) -> None:
    """There are 4,000 rooms, two to a hub. A room is opened if the other one at its hub has the lamp: of the
    rooms 0 to 3, that is room 0, whose neighbour 1 has one, and 1 itself.
    """
    spec = SPEC.replace("sort Room", AT_HUBS).replace("(for some u: User: warden(u))", nearby)
    rooms = "".join(f"r{n},h{n // 2},{'yes' if n == 1 else 'no'}\n" for n in range(ROOMS))
    rows = [(n, turn) for turn in (10, 11) for n in range(4)]
    log = "".join(f"2026-03-01 {turn}:00:0{n},ann,r{n},ok\n" for n, turn in rows)
    files = {
        "users.csv": USERS,
        "rooms.csv": f"id,hub,lamp\n{rooms}",
        "log.csv": f"at,who,room,answer\n{log}",
        "mapping.toml": HUB_MAPPING,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    law = checker.load({"rooms.md": spec}, {"claims.md": "# Claims\n"}, effort=Effort(processes=1))
    found = law.replay(tmp_path / "mapping.toml").groups
    # At ten the law refuses rooms 2 and 3; at eleven all four, since the log let them be opened.
    assert [(each.law, each.rows) for each in found] == [("Desk: OPEN;", 6)]
