"""Requests that are followed in order of time, each in the situation that those before it made.

Where results are kept, so is how far this is: what was changed, and what was found. A run that was killed
goes on there, if the data, the mapping, the laws, the requests and this program are the same; else anew.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import msgspec

from checker.data.kept_results import Kept
from checker.data.row_situations import RowSituations
from checker.interface.shelf import program
from checker.model.fingerprint import Fingerprints
from checker.model.situation import Request, Situation
from checker.results.answer import Watch
from checker.rooms.replay.follow import Following, Told
from checker.rooms.replay.logged import MALFORMED, Logged

SECONDS: Final = 5.0  # after which it is kept how far this is
_SHOWN: Final = 100  # requests after which progress is told
_WHAT: Final = "following requests in order"

Place: TypeAlias = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Followed:
    """Requests that got the same answer of the log and of the law in a column, with the first of them."""

    column: str
    rows: int
    first: Logged
    told: Told


@dataclass(frozen=True, slots=True)
class Standing:
    """How far this is: so many requests are done. `changed`: things, with a function at its arguments and
    its value.
    """

    done: int
    changed: list[tuple[str, str, tuple[str, ...], str | bool | None]]
    found: list[Followed]


class Changes:
    """What accepted requests have changed so far, by the thing that it is about."""

    def __init__(self, situations: RowSituations) -> None:
        self.situations = situations
        self.values: dict[str, dict[Place, str | bool | None]] = {}

    def situation(self, following: Following, row: Logged, request: Request) -> Situation:
        """The situation of what a row names, as changed."""
        changed = {
            place: value
            for name in following.sorts
            for place, value in self.values.get(request.values.get(name, ""), {}).items()
        }
        things = following.things(row)
        for (function, _), value in changed.items():
            result = following.model.functions[function].result
            if isinstance(value, str) and result.has_things:
                things.append((result, self.situations.key(result, value)))
        found = self.situations.of(things)
        values = {place: value for place, value in found.values.items() if place not in changed}
        values |= {
            place: value for place, value in changed.items() if value is not None and value is not False
        }
        return replace(found, values=values, versions=following.deployed)

    def note(self, before: Situation, after: Situation) -> None:
        """Note what a request has changed."""
        for place in {*before.values, *after.values}:
            if before.values.get(place) != after.values.get(place):
                for thing in place[1]:
                    self.values.setdefault(thing, {})[place] = after.values.get(place)


@dataclass(frozen=True, slots=True)
class InOneTime:
    """The rows that must be followed in the time of one column, in order."""

    column: str
    following: Following
    rows: Sequence[Logged]


class InOrder:
    """Follows requests. `accepted`: the answers of the log that say that a request was let pass; `kept`:
    where it is kept how far this is.
    """

    def __init__(
        self, times: Sequence[InOneTime], accepted: tuple[str, ...], kept: Kept | None, watch: Watch
    ) -> None:
        self.times, self.accepted, self.kept, self.watch = times, accepted, kept, watch
        self.rows = [(time, row) for time in times for row in time.rows]
        self.found: dict[tuple[str, str, str | None], Followed] = {}

    def follow(self) -> tuple[Followed, ...]:
        """Decide all requests."""
        if not self.rows:
            return ()
        changes = Changes(_situations([each.following for each in self.times], [row for _, row in self.rows]))
        name = "" if self.kept is None else self._name()
        done, saved = self._begun(name, changes), time.monotonic()
        for number, (mine, row) in enumerate(self.rows[done:], done):
            if number % _SHOWN == 0 or number == done:
                self.watch(number, len(self.rows), _WHAT)
            self._one(mine, row, changes)
            if self.kept is not None and time.monotonic() - saved > SECONDS:
                self._keep(self.kept, name, number + 1, changes)
                saved = time.monotonic()
        self.watch(len(self.rows), len(self.rows), _WHAT)
        return tuple(self.found.values())

    def _one(self, mine: InOneTime, row: Logged, changes: Changes) -> None:
        following = mine.following
        request = following.request(row, changes.situations)
        situation = following.on_its_day(changes.situation(following, row, request), row)
        told = following.told(situation, request)
        key = mine.column, told.law, row.answer
        known = self.found.get(key) or Followed(mine.column, 0, replace(row, also=()), told)
        self.found[key] = replace(known, rows=known.rows + 1)
        if row.answer in self.accepted and told.law != MALFORMED:
            changes.note(situation, following.after(situation, request))

    # -------------------------------------------------------------- how far

    def _name(self) -> str:
        """What tells this from following other requests, or by other laws."""
        laws = [
            (each.column, each.following.model, sorted(each.following.deployed.items(), key=str))
            for each in self.times
        ]
        zones = [str(each.following.zone) for each in self.times]
        rows = [(each.when, each.answer, sorted(each.request.items())) for _, each in self.rows]
        counts = [len(each.rows) for each in self.times]
        return f"following {Fingerprints().of(program(), laws, zones, rows, counts, self.accepted)}"

    def _keep(self, kept: Kept, name: str, done: int, changes: Changes) -> None:
        changed = [
            (thing, function, arguments, value)
            for thing, values in changes.values.items()
            for (function, arguments), value in values.items()
        ]
        kept.keep(name, [[msgspec.to_builtins(Standing(done, changed, list(self.found.values())))]])

    def _begun(self, name: str, changes: Changes) -> int:
        """Take over how far an earlier run was; how many requests it had decided."""
        known = None if self.kept is None else self.kept.rows(name)
        if not known:
            return 0
        standing = msgspec.convert(known[0][0], Standing)
        for thing, function, arguments, value in standing.changed:
            changes.values.setdefault(thing, {})[function, arguments] = value
        self.found = {(each.column, each.told.law, each.first.answer): each for each in standing.found}
        return standing.done


def _situations(laws: Sequence[Following], rows: Sequence[Logged]) -> RowSituations:
    """The situations of what the rows name, with all that any of the laws reads."""
    last, models = laws[-1], [each.model for each in laws]
    model = replace(
        last.model,
        functions={name: each for model in models for name, each in model.functions.items()},
        constants={name: each for model in models for name, each in model.constants.items()},
        enums={name: each for model in models for name, each in model.enums.items()},
    )
    read = frozenset[str]().union(*(each.functions for each in laws))
    found = RowSituations(last.warehouse, model, last.deployed, read)
    found.read(dict.fromkeys(thing for each in rows for thing in last.things(each)))
    return found
