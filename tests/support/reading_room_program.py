"""A program that does what the reading room does, written from its rules by hand; run by the tests of packs.

Reads tests on standard input and answers each, as `redline cases --run` asks for. `--bug`: an attendant lends
an atlas again to whoever keeps it. `--stale`: the gate has not heard of the opening.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

World = dict[tuple[str, ...], Any]


def world_of(situation: dict[str, Any]) -> World:
    """Return what is so: place -> value."""
    return {(each["function"], *each["arguments"]): each["value"] for each in situation["values"]}


def gate(world: World, request: dict[str, str], *, stale: bool) -> str | None:
    """Return the code of a refusal by the gate."""
    keeps_novel = any(
        place[0] == "keeper" and who == request["sender"] and world["kind", place[1]] == "Novel"
        for place, who in world.items()
    )
    opened = request["act"] == "Return" and not stale
    return None if world.get(("member", request["sender"])) or keeps_novel or opened else "G1"


def stack(world: World, request: dict[str, str], *, bug: bool) -> str | None:
    """Return the code of a refusal by the attendant of a shelf."""
    keeper = world.get(("keeper", request["book"]))
    if bug and keeper == request["sender"]:
        return None
    return "S1" if request["act"] == "Borrow" and keeper is not None else None


def answers(world: World, steps: list[dict[str, Any]], *, bug: bool, stale: bool) -> Iterator[dict[str, Any]]:
    """Yield the answer to each request, and carry it out."""
    for step in steps:
        if "event" in step:
            world["member", step["arguments"]["p"]] = True
            continue
        request = step["request"]
        book = request["book"]
        atlas = world["kind", book] == "Atlas"
        if code := gate(world, request, stale=stale):
            yield {"outcome": "refused", "component": "Gate", "index": None, "code": code}
        elif atlas and (code := stack(world, request, bug=bug)):
            yield {"outcome": "refused", "component": "Stack", "index": world["shelf", book], "code": code}
        else:
            yield {"outcome": "accepted"}
            if request["act"] == "Borrow":
                world["keeper", book] = request["sender"]
            elif world.get(("keeper", book)) == request["sender"]:
                del world["keeper", book]


def main() -> None:
    """Answer every test."""
    bug, stale = "--bug" in sys.argv, "--stale" in sys.argv
    for line in sys.stdin:
        test = json.loads(line)
        world = world_of(test["situation"])
        if "component" not in test:
            told = list(answers(world, test["steps"], bug=bug, stale=stale))
            found: dict[str, Any] = {"id": test["id"], "answers": told}
        else:
            request = test["steps"][-1]["request"]
            asked = test["component"][0] == "Gate"
            code = gate(world, request, stale=stale) if asked else stack(world, request, bug=bug)
            found = {"id": test["id"], "outcome": "refuses" if code else "passes", "code": code}
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
