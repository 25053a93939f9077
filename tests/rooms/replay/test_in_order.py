"""Requests that turn on what those before them changed, in a small law whose versions change other things."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import Law
from checker.language.diagnostics import SpecError
from checker.rooms.replay.answer import Replay
from tests.support.doors import LOG, law_of_doors

SPEC = """# Doors

```redline
sort Person
sort Door
enum Act: Ask, Enter, Leave, Lock
fixed vetted(Person)
state may(Person, Door)
state locked(Door)
request "{sender} {act} {door}"
    sender: Person
    act: Act
    door: Door
component Host "the host"
route Host
version before "before"
version after "after" is before with M
modification M "M"
effect asking when act is Ask
    may(sender, door) becomes true inference "as it says"
effect locking when act is Lock
    locked(door) becomes true inference "as it says"
```

> Whoever enters must be let in.
>
> — Rule 1, verbatim in Book

```redline
check let-in for "Rule 1" at Host, reject with NO "no"
    "Whoever enters" applies when act is Enter
    "must be let in." requires may(sender, door)
```

```redline
by M strike locking
by M replace "Rule 1":
    check let-in-now for "Rule 1" at Host, reject with NOW "not now"
        applies when act is Enter inference "as it says"
        requires may(sender, door) and vetted(sender) and not locked(door) inference "as it says"
    check way-out for "Rule 1" at Host, reject with SHUT "shut"
        applies when act is Leave inference "as it says"
        requires not locked(door) inference "as it says"
```
"""
MAPPING = f"""
absent = ["locked"]
tables.people = {{ file = "people.csv", things.Person = "id", values."vetted({{id}})" = "vetted" }}
tables.doors = {{ file = "doors.csv", things.Door = "id" }}
tables.rights = {{ file = "rights.csv", values."may({{p}}, {{d}})" = true }}
tables.log.file = "log.csv"
{LOG}versions = {{ "2020-01-01" = "before", "2021-01-01T00:00:00.5" = "after" }}
"""
TABLES = {
    "people": "id,vetted\nann,yes\nbob,no\n",
    "doors": "id\nd1\nd2\n",
    "rights": "p,d\nann,d2\nbob,d2\n",
}


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """The doors, whose later version locks none, and lets nobody in whom nobody vetted."""
    return law_of_doors(tmp_path_factory.mktemp("doors"), SPEC)


def _replay(law: Law, folder: Path, *rows: str) -> Replay:
    for name, text in (TABLES | {"log": "t,s,act,d,a\n" + "\n".join(rows) + "\n"}).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    mapping = folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return law.replay(mapping)


def test_a_change_of_several_things_is_followed(law: Law, tmp_path: Path) -> None:
    """Ann may enter once she has asked; bob, who has not asked for this door, may not."""
    found = _replay(
        law,
        tmp_path,
        "2020-01-02,ann,Enter,d1,NO",
        "2020-01-03,ann,Ask,d1,OK",
        "2020-01-04,ann,Enter,d1,OK",
        "2020-01-05,bob,Enter,d1,OK",
    )
    assert [(each.law, each.example["sender"]) for each in found.groups] == [("Host: NO;", "bob")]
    assert found.in_order == 3


def test_what_an_earlier_law_changed_stands_in_the_later_one(law: Law, tmp_path: Path) -> None:
    """The later law locks no doors, and asks whether they are locked: one was, by the earlier law."""
    found = _replay(
        law,
        tmp_path,
        "2020-01-02,bob,Lock,d2,OK",
        "2021-01-02,ann,Enter,d2,NOW",
        "2021-01-02,ann,Leave,d2,SHUT",
        "2021-01-03,bob,Lock,d1,OK",
    )
    assert (found.groups, found.exit) == ((), 0)


def test_rows_in_order_read_all_that_their_own_law_reads(law: Law, tmp_path: Path) -> None:
    """Only the later law asks who is vetted; half a second before it begins the earlier one counts."""
    found = _replay(
        law,
        tmp_path,
        "2020-01-02,ann,Ask,d1,OK",
        "2020-01-02,bob,Ask,d1,OK",
        "2021-01-01 00:00:00.4,bob,Enter,d1,OK",
        "2021-01-01 00:00:00.5,bob,Enter,d1,NOW",
        "2021-01-02,ann,Enter,d1,OK",
    )
    assert (found.groups, found.in_order, found.exit) == ((), 5, 0)


def test_rows_of_one_time_are_taken_as_they_stand(law: Law, tmp_path: Path) -> None:
    """Asked first, or entered first: as the table has them, and the report says that there were such rows."""
    asked, entered = "2020-01-02,ann,Ask,d1,OK", "2020-01-02,ann,Enter,d1,OK"
    assert _replay(law, tmp_path, asked, entered).groups == ()
    other = _replay(law, tmp_path, entered, asked, "2020-01-02,bob,Ask,d2,OK")
    assert [each.law for each in other.groups] == ["Host: NO;"]
    assert other.same_time == 2
    assert "the time of another that names the same thing" in " ".join(other.text().split())


def test_a_change_of_no_thing_in_particular_is_refused(tmp_path: Path) -> None:
    """Whoever locks a door closes the house: then every later request would have to be followed."""
    spec = SPEC.replace("state locked(Door)", "state locked(Door)\nstate closed")
    effect = '    closed becomes true inference "as it says"\n    locked(door) becomes true'
    spec = spec.replace("    locked(door) becomes true", effect)
    with pytest.raises(SpecError, match="changes things that requests do not name"):
        _replay(law_of_doors(tmp_path, spec), tmp_path, "2020-01-02,bob,Lock,d2,OK")
