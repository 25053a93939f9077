"""Runs that are killed while requests are followed in order, and go on there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from checker.api import Law
from checker.rooms.replay import in_order
from checker.rooms.replay.answer import Replay
from tests.support.doors import LOG, law_of_doors

SPEC = """# Doors

```redline
sort Person
sort Door
enum Act: Ask, Enter
state may(Person, Door)
state last(Door): optional Person
request "{sender} {act} {door}"
    sender: Person
    act: Act
    door: Door
component Host "the host"
route Host
version before "before"
effect asking when act is Ask
    may(sender, door) becomes true inference "as it says"
    last(door) becomes sender inference "as it says"
```

> Whoever enters must be let in, and was the last to ask.
>
> — Rule 1, verbatim in Book

```redline
check let-in for "Rule 1" at Host, reject with NO "no"
    "Whoever enters" applies when act is Enter
    "must be let in," requires may(sender, door)
    "and was the last to ask." requires last(door) is sender
```
"""
MAPPING = f"""
absent = ["last"]
tables.people = {{ file = "people.csv", things.Person = "id" }}
tables.doors = {{ file = "doors.csv", things.Door = "id" }}
tables.rights = {{ file = "rights.csv", values."may({{p}}, {{d}})" = true }}
tables.log.file = "log.csv"
{LOG}versions = {{ "2020-01-01" = "before" }}
"""
ROWS = (
    "2020-01-01,ann,Ask,d1,OK",
    "2020-01-02,ann,Enter,d1,OK",
    "2020-01-03,bob,Enter,d1,OK",
    "2020-01-04,bob,Ask,d1,OK",
    "2020-01-05,ann,Enter,d1,OK",
    "2020-01-06,bob,Enter,d1,NO",
    "2020-01-07,bob,Enter,d2,NO",
)


class Killed(BaseException):
    """Stands for the end of the process."""


class Until:
    """Progress that ends the run when so many requests were followed; notes from which on they are."""

    def __init__(self, last: int = 10_000) -> None:
        self.last = last
        self.begun: list[int] = []

    def __call__(self, done: int, total: int, what: str) -> None:
        del total
        if "in order" in what:
            self.begun.append(done)
            if done >= self.last:
                raise Killed


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept after each request how far it is."""
    monkeypatch.setattr(in_order, "SECONDS", -1.0)
    monkeypatch.setattr(in_order, "_SHOWN", 1)


def _written(folder: Path, *rows: str) -> Path:
    tables = {"people": "id\nann\nbob\n", "doors": "id\nd1\nd2\n", "rights": "p,d\n"}
    for name, text in (tables | {"log": "\n".join(("t,s,act,d,a", *rows, ""))}).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    mapping = folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping


def _killed(law: Law, mapping: Path, after: int) -> None:
    with pytest.raises(Killed):
        law.replay(mapping, keep=mapping.parent / "kept", progress=Until(after))


def _on(law: Law, mapping: Path, watch: Until) -> Replay:
    found = law.replay(mapping, keep=mapping.parent / "kept", progress=watch)
    return msgspec.structs.replace(found, seconds=0, command="")


def test_a_run_goes_on_after_the_last_request(tmp_path: Path) -> None:
    """Wherever it was killed, with the same answer as in one go, and nothing is left behind."""
    law, mapping = law_of_doors(tmp_path, SPEC), _written(tmp_path, *ROWS)
    plain = msgspec.structs.replace(law.replay(mapping), seconds=0, command="")
    assert {(each.law, each.rows, each.example["sender"]) for each in plain.groups} == {
        ("Host: NO;", 2, "bob"),
        ("accepted", 1, "bob"),
    }
    assert plain.in_order == 7
    for after in (1, 3, 5):
        _killed(law, mapping, after)
        watch = Until()
        assert _on(law, mapping, watch) == plain
        assert watch.begun[0] == after
        assert not (tmp_path / "kept").exists()


def test_what_was_kept_of_other_rows_or_another_law_is_not_taken_over(tmp_path: Path) -> None:
    """The law's words in SQL are the same: only what a request changes is another thing."""
    law, mapping = law_of_doors(tmp_path, SPEC), _written(tmp_path, *ROWS)
    other = tmp_path / "other"
    other.mkdir()
    forgets = SPEC.replace("last(door) becomes sender", "last(door) becomes absent")
    assert forgets != SPEC
    unlike = law_of_doors(other, forgets)
    _killed(law, mapping, 3)
    watch = Until()
    found = _on(unlike, mapping, watch)
    assert watch.begun[0] == 0
    assert found == msgspec.structs.replace(unlike.replay(mapping), seconds=0, command="")
    assert found.groups != law.replay(mapping).groups
    _killed(law, mapping, 3)
    _written(tmp_path, *ROWS[:1], *ROWS[2:])
    watch = Until()
    _on(law, mapping, watch)
    assert watch.begun[0] == 0
