"""Decides a log: most rows in SQL, those that turn on what requests changed one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Final

from msgspec.structs import replace
from sqlglot import exp

from checker.data import sql
from checker.data.read_log import RequestLog
from checker.data.row_situations import RowSituations
from checker.data.warehouse import Warehouse, said
from checker.model.claim import Column
from checker.model.model import Model
from checker.model.situation import Instance
from checker.question.jobs import Disagreement
from checker.rooms.replay.document import ReplayGroup
from checker.rooms.replay.find import CHANGED, LogInSql
from checker.rooms.replay.follow import FOLLOWED, Following, Told, of_the_same_time
from checker.rooms.replay.in_order import InOneTime, InOrder
from checker.rooms.replay.locality import changing
from checker.rooms.replay.logged import Group, Logged, agrees

SAMPLE: Final = 200  # rows at random that are decided again, for each time


@dataclass(frozen=True, slots=True)
class Time:
    """The time in which a column of the law is in force: from when, and until when."""

    column: Column
    model: Model
    deployed: Mapping[Instance, str]
    span: tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; see `Replay`."""

    columns: dict[str, int]
    before: int
    against: int
    groups: tuple[ReplayGroup, ...]
    in_order: int
    same_time: int
    open: int
    again: int


class Replaying:
    """One log, in all times."""

    def __init__(self, warehouse: Warehouse, log: RequestLog, times: tuple[Time, ...], *, utc: bool) -> None:
        self.warehouse, self.log, self.times = warehouse, log, times
        changed = changing(each.model for each in times)
        self.parts = [
            LogInSql(warehouse, log, each.model, each.deployed, each.span, number, changed, utc=utc)
            for number, each in enumerate(times, 1)
        ]
        zone = log.zone if utc else None
        self.following = [Following(warehouse, each.model, each.deployed, zone) for each in times]

    def found(self) -> Found:
        """Decide all rows. Disagreement if SQL and the meaning of the language differ."""
        self._find_changed()
        groups: list[Group] = []
        ordered: list[list[Logged]] = []
        columns: dict[str, int] = {}
        again = left = 0
        for time, part, following in zip(self.times, self.parts, self.following, strict=True):
            part.make_views()
            column = str(time.column)
            mine = part.groups(column)
            columns[column] = columns.get(column, 0) + sum(each.rows for each in mine)
            groups += [each for each in mine if not each.in_order]
            again += self._again(part, following, mine)
            waiting = sum(each.rows for each in mine if each.in_order)
            if sum(map(len, ordered)) + waiting > FOLLOWED or left:
                left += waiting
            ordered.append(part.ordered() if waiting and not left else [])
        if left:
            left, ordered = left + sum(map(len, ordered)), []
        told = [*self._told(groups), *self._followed(ordered)]
        told = [each for each in told if not agrees(each.law, each.log, self.log.accepted)]
        return Found(
            columns=columns,
            before=self._before(),
            against=sum(each.rows for each in told),
            groups=tuple(sorted(_alike(told), key=lambda each: (-each.rows, str(each)))),
            in_order=sum(map(len, ordered)),
            same_time=of_the_same_time(
                itertools.chain(*ordered), [each.name for each in self.parts[0].things]
            ),
            open=left,
            again=again,
        )

    def _find_changed(self) -> None:
        """Make the table of the things that requests have changed, and since when."""
        parts: list[exp.Query] = []
        for part in self.parts:
            part.prepare()
            query = part.changing()
            parts += [] if query is None else [query]
        since = exp.Cast(this=exp.null(), to=exp.DataType.build("TIMESTAMP"))
        thing = exp.Cast(this=exp.null(), to=exp.DataType.build("VARCHAR"))
        nothing = exp.select(exp.alias_(thing, "thing"), exp.alias_(since, "since")).where(exp.false())
        every = reduce(lambda one, other: exp.union(one, other, distinct=False), [nothing, *parts])
        first = exp.select(sql.column("thing"), exp.alias_(exp.Min(this=sql.column("since")), "since"))
        first = first.from_(every.subquery("changing")).group_by(sql.column("thing"))
        first = first.where(exp.Not(this=exp.Is(this=sql.column("thing"), expression=exp.null())))
        self.warehouse.table(CHANGED, said(first), "looking for what requests changed")

    def _before(self) -> int:
        """How many rows are older than the first law."""
        ((count,),) = self.warehouse.rows(
            exp.select(exp.Count(this=exp.Star())).from_(sql.table(self.log.table))
        )
        within = 0
        for part in self.parts:
            query = exp.select(exp.Count(this=exp.Star())).from_(sql.table(part.requests))
            ((rows,),) = self.warehouse.rows(query)
            within += _int(rows)
        return _int(count) - within

    def _again(self, part: LogInSql, following: Following, groups: Sequence[Group]) -> int:
        """Decide a row of every group again, and rows at random, in the situation of the tables."""
        asked = [(each.law, each.example) for each in groups if not each.in_order]
        asked += part.sample(SAMPLE)
        asked += part.near_limits()
        rows = part.bound_things.with_them([row for _, row in asked])
        situations = following.situations(rows)
        for (law, _), row in zip(asked, rows, strict=True):
            told = self._alone(following, situations, row)
            if told.law != law:
                request = ", ".join(f"{name}: {value}" for name, value in row.request.items())
                said = f"SQL says `{law}` and the meaning of the language `{told.law}`"
                message = f"for the request {request}, {said}"
                raise Disagreement(message)
        return len(asked)

    def _alone(self, following: Following, situations: RowSituations, row: Logged) -> Told:
        situation = following.on_its_day(situations.of(following.things(row)), row)
        return following.told(situation, following.request(row, situations))

    def _told(self, groups: Sequence[Group]) -> Iterable[ReplayGroup]:
        """The groups that the law answers otherwise, each with the reason for its example."""
        for time, part, following in zip(self.times, self.parts, self.following, strict=True):
            mine = [
                each
                for each in groups
                if each.column == str(time.column) and not agrees(each.law, each.answer, self.log.accepted)
            ]
            rows = part.bound_things.with_them([each.example for each in mine])
            situations = following.situations(rows)
            for each, row in zip(mine, rows, strict=True):
                told = self._alone(following, situations, row)
                yield _group(following, each.column, each.rows, each.example, told)

    def _followed(self, ordered: Sequence[Sequence[Logged]]) -> Iterable[ReplayGroup]:
        times = [
            InOneTime(str(time.column), following, rows)
            for time, following, rows in zip(self.times, self.following, ordered, strict=False)
        ]
        found = InOrder(times, self.log.accepted, self.warehouse.kept, self.warehouse.watch).follow()
        for each in found:
            yield _group(self.following[0], each.column, each.rows, each.first, each.told)


def _alike(groups: Iterable[ReplayGroup]) -> Iterable[ReplayGroup]:
    """One group for each answer of the law and the log, with the earliest example."""
    found: dict[tuple[str, str, str | None], ReplayGroup] = {}
    for each in sorted(groups, key=lambda one: one.when):
        key = each.column, each.law, each.log
        first = found.get(key)
        found[key] = each if first is None else replace(first, rows=first.rows + each.rows)
    return found.values()


def _group(following: Following, column: str, rows: int, example: Logged, told: Told) -> ReplayGroup:
    return ReplayGroup(
        column=column,
        law=told.law,
        log=example.answer,
        rows=rows,
        when=example.when,
        example=following.shown(example),
        clause=told.clause,
        reason=told.reason,
    )


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
