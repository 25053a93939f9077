"""Events that do more when they happen again, and names of tables that would end a comment."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import Law
from checker.rooms.audit.document import AuditEvent
from tests.support.doors import law_of_doors

SPEC = """# Doors

```redline
sort Person
sort Door
enum State: Open, Closed, Locked
state state(Door): State
request "{sender} asks"
    sender: Person
component Host "host"
route Host
version before "before"
event push by the environment
    for every d: Door where state(d) is Open: state(d) becomes Closed inference "as it says"
    for every d: Door where state(d) is Closed: state(d) becomes Locked inference "as it says"
event shut by the environment
    for every d: Door: state(d) becomes Locked inference "as it says"
```

> Doors are pushed.
>
> — Rule 1, verbatim in Book

```redline
event slam by the environment
    "Doors are pushed." for every d: Door: state(d) becomes Closed
```
"""
MAPPING = """
tables."a\\nb" = { file = "doors.csv", things.Door = "id", values."state({id})" = "state" }
"""


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """Doors that are pushed from open to closed, and from closed to locked."""
    return law_of_doors(tmp_path_factory.mktemp("doors"), SPEC)


def _event(law: Law, folder: Path, name: str) -> AuditEvent:
    (folder / "doors.csv").write_text("id,state\na,Open\nb,Open\nc,Closed\nd,Locked\n", encoding="utf-8")
    mapping = folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    found = law.audit(mapping, event=name).event
    assert found is not None
    return found


def test_a_script_says_whether_it_may_be_run_twice(law: Law, tmp_path: Path) -> None:
    """Three doors are pushed, and then two of them again; what is shut stays shut."""
    pushed, shut = _event(law, tmp_path, "push"), _event(law, tmp_path, "shut")
    assert (pushed.tables, pushed.again) == ({"a\nb": 3}, 2)
    assert "a second run changes nothing" not in pushed.script
    assert "to be run once: a second run changed 2 rows" in pushed.script
    assert (shut.tables, shut.again) == ({"a\nb": 3}, 0)
    assert "a second run changes nothing" in shut.script


def test_a_name_cannot_end_the_comment_that_it_stands_in(law: Law, tmp_path: Path) -> None:
    """A line break in the name of a table is told as a space."""
    comments = [each for each in _event(law, tmp_path, "shut").script.split("\n") if each.startswith("--")]
    assert any("a b: doors.csv" in each for each in comments)
