"""Decides every row of a log in SQL, as the law in force at its time does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import Final

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import THING, NotInSql, Scope, view_of
from checker.data.mapping import Cell, DataMapping, Place
from checker.data.read_log import RequestLog
from checker.data.relations import Relations
from checker.data.request_outcomes import RequestOutcomes
from checker.data.sound_tables import check_tables
from checker.data.sql import Sql, Tree
from checker.data.warehouse import Warehouse
from checker.language.diagnostics import NOWHERE, SpecError
from checker.model.clock import TODAY
from checker.model.expressions import Formula
from checker.model.model import Model
from checker.model.situation import Instance
from checker.rooms.near_limits import near_limits
from checker.rooms.replay.bound_things import BoundThings
from checker.rooms.replay.locality import Changing, check_local, read_by_requests
from checker.rooms.replay.logged import ACCEPTED, MALFORMED, Group, Logged, answer_of, both

KINDS: Final = 5_000  # combinations of values of enums in one log
NEAR: Final = 500  # rows at limits that are decided again, for each time
_LOG: Final = "log"
_WHEN: Final = "when"
_DAY: Final = "day"
_ANSWER: Final = "answer"
_KIND: Final = "kind"
_TURN: Final = "turn"
_TURNS: Final = "turns"
_CHANGES: Final = "changes"
_READING: Final = "reading the log"
CHANGED: Final = "changed things"


class LogInSql:
    """A log in the time of one version. `number`: tells its tables from those of other times. `changing`:
    what requests change, at any time. `utc`: the times of the log are moments, told as UTC has them.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        log: RequestLog,
        model: Model,
        deployed: Mapping[Instance, str],
        span: tuple[datetime, datetime | None],
        number: int,
        changing: Changing,
        *,
        utc: bool = False,
    ) -> None:
        check_local(model, changing.functions)
        self.warehouse, self.log, self.model, self.span = warehouse, log, model, span
        self.utc = utc
        self.enums = [each for each in model.request if each.sort.is_enum and each.name in log.request]
        self.things = [each for each in model.request if each.sort.has_things and each.name in log.request]
        self.numbers = [each for each in model.request if each.sort.is_quantity and each.name in log.request]
        day = Sql(sql.column(_DAY, _LOG), always=True, largest=amounts.LAST_DAY)
        today = day if TODAY in model.functions else None
        self.meaning = SqlMeaning(model, warehouse.mapping, deployed, today=today)
        self.outcomes = RequestOutcomes(model, (each.name for each in model.request if each.sort.has_things))
        self.relations = Relations(warehouse.mapping, model, warehouse.types)
        self.requests, self.kinds = f"requests {number}", f"kinds {number}"
        self.answers: list[Tree] = []
        self.written = changing.functions
        self.shared = [each for each in self.things if each.sort in changing.sorts]
        read = _with_all(warehouse.mapping, model, self.written)
        self.bound_things = BoundThings(warehouse, model, deployed, self.written, self.enums, self.things)
        self._reading = SqlMeaning(model, read, deployed, today=today)
        for each in self.things:
            self.meaning.bound(each.sort, each.name)
            self._reading.bound(each.sort, each.name)

    # ------------------------------------------------------------------ SQL

    def prepare(self) -> None:
        """Make the view of the rows in this time, and find the law's answer to every kind of request."""
        self.warehouse.view(self.requests, self._rows())
        self.pieces = self.warehouse.pieces.get(self.log.table, ())
        self._answer_kinds(self._kinds())
        numbers = [(self.log.table, self.log.request[each.name], each.sort) for each in self.numbers]
        check_tables(self.warehouse, self.model, self.meaning, numbers)

    def _kinds(self) -> list[tuple[str | None, ...]]:
        """The combinations of values of enums that the requests have, or one of nothing."""
        if not self.enums:
            return [()]
        names = [sql.column(each.name) for each in self.enums]
        query = exp.select(*names).from_(sql.table(self.requests)).distinct().limit(KINDS + 1)
        kinds = sorted((tuple(map(_text, row)) for row in self.warehouse.rows(query, what=_READING)), key=str)
        if len(kinds) > KINDS:
            raise NotInSql(f"the log has more than {KINDS:,} kinds of requests")
        return kinds

    def _rows(self) -> exp.Select:
        table = self.log.table
        when: Tree = sql.column(self.log.when.column)
        kind = self.warehouse.types[table][self.log.when.column]
        if not kind.startswith("TIMESTAMP") or kind.endswith("ZONE"):  # a moment is told as UTC has it
            when = exp.Cast(this=when, to=exp.DataType.build("TIMESTAMP"))
        columns = [exp.alias_(when.copy(), _WHEN, quoted=True)]
        answer = self.relations.text(table, self.log.answer)
        columns.append(exp.alias_(answer, _ANSWER, quoted=True))
        if self.meaning.today is not None:
            columns.append(exp.alias_(amounts.day_number(self._day(when)), _DAY, quoted=True))
        for each in (*self.enums, *self.things, *self.numbers):
            held = self.relations.held(table, self.log.request[each.name], each.sort)
            columns.append(exp.alias_(held, each.name, quoted=True))
        found = exp.select(*columns).from_(sql.table(table)).where(_from(when, self.span[0]))
        return found if self.span[1] is None else found.where(exp.Not(this=_from(when.copy(), self.span[1])))

    def _day(self, when: Tree) -> Tree:
        """The day of a time, in the zone of the law."""
        if self.utc and self.log.zone is not None:
            moment = exp.AtTimeZone(this=when.copy(), zone=sql.text("UTC"))
            when = exp.AtTimeZone(this=moment, zone=sql.text(self.log.zone.key))
        return exp.Cast(this=when.copy(), to=exp.DataType.build("DATE"))

    def _answer_kinds(self, kinds: list[tuple[str | None, ...]]) -> None:
        """The law's answer to each kind of request; kinds with the same one share it. And whether it turns on
        what requests can change, or such a request changes it.
        """
        known: dict[str, int] = {}
        rows: list[exp.Expr] = []
        for kind in kinds:
            scope = self._scope(kind)
            tree = self._answer(self.meaning, scope)
            text = tree.sql("duckdb")
            if text not in known:
                known[text] = len(self.answers)
                self.answers.append(tree)
            read = _looked_up(self._answer(self._reading, scope))
            reads = any(name.split("(")[0] in self.written for name in read)
            changes = any(
                each.when is None or not sql.is_false(self.meaning.formula(each.when, scope))
                for each in self.model.effects
            )
            cells = [exp.null() if each is None else sql.text(each) for each in kind]
            flags = [sql.truth(value=reads or changes), sql.truth(value=changes)]
            rows.append(exp.Tuple(expressions=[*cells, exp.Literal.number(known[text]), *flags]))
        if not rows:
            nothing = [exp.Cast(this=exp.null(), to=exp.DataType.build("VARCHAR")) for _ in self.enums]
            no = sql.truth(value=False)
            rows = [exp.Tuple(expressions=[*nothing, exp.Literal.number(0), no, no.copy()])]
        names = [each.name for each in self.enums]
        columns = [sql.quoted(each) for each in (*names, _KIND, _TURNS, _CHANGES)]
        alias = exp.TableAlias(this=sql.quoted("k"), columns=columns)
        listed = exp.select(exp.Star()).from_(exp.Values(expressions=rows, alias=alias))
        name = sql.quoted(self.kinds).sql("duckdb")
        self.warehouse.run(f"CREATE OR REPLACE TABLE {name} AS {listed.sql('duckdb')}")

    def _scope(self, kind: tuple[str | None, ...]) -> Scope:
        request: dict[str, Sql] = {
            each.name: sql.ABSENT if value is None else sql.value_of(value)
            for each, value in zip(self.enums, kind, strict=True)
        }
        for each in self.things:
            request[each.name] = Sql(sql.column(each.name, _LOG), row=each.name)
        for each in self.numbers:
            most = amounts.largest(each.sort)
            request[each.name] = Sql(sql.column(each.name, _LOG), largest=most)
        return Scope(requests={"": request})

    def _answer(self, meaning: SqlMeaning, scope: Scope) -> Tree:
        known = [
            sql.or_((sql.not_(sql.present(scope.requests[""][each.name])), _known(each.name)))
            for each in self.things
        ]
        formed = sql.and_((meaning.formula(self.outcomes.well_formed(), scope), *known))
        branches: list[tuple[Tree, Sql]] = [(sql.not_(formed), sql.value_of(MALFORMED))]
        for stage in self.model.route:
            stops = meaning.formula(self.outcomes.stops(stage), scope)
            fails = [
                (
                    answer_of(each),
                    sql.and_((stops.copy(), meaning.formula(self.outcomes.fails(each), scope))),
                )
                for each in self.outcomes.checks(stage)
            ]
            refused = sql.or_(condition.copy() for _, condition in fails)
            if not sql.is_false(refused):
                parts = [
                    sql.choose(((condition, sql.value_of(f" {code};")),), sql.value_of("")).tree
                    for code, condition in fails
                ]
                said = exp.Concat(expressions=[sql.text(f"{stage.component}:"), *parts])
                branches.append((refused, Sql(said, always=True)))
        return sql.choose(branches, sql.value_of(ACCEPTED)).tree

    def changing(self) -> exp.Query | None:
        """The things that requests which were let pass have changed, and when first."""
        parts: list[exp.Query] = []
        let = [sql.text(each) for each in self.log.accepted]
        for each in self.shared:
            thing = sql.column(each.name, _LOG)
            query = self._with_kinds(self.requests).select(
                exp.alias_(thing, THING, quoted=True),
                exp.alias_(sql.column(_WHEN, _LOG), "since", quoted=True),
            )
            query = query.where(sql.column(_CHANGES, self.kinds))
            parts.append(query.where(exp.In(this=sql.column(_ANSWER, _LOG), expressions=let)))
        return reduce(lambda one, other: exp.union(one, other, distinct=False), parts) if parts else None

    def _with_kinds(self, source: str) -> exp.Select:
        same = sql.and_(
            sql.same(sql.column(each.name, _LOG), sql.column(each.name, self.kinds)) for each in self.enums
        )
        return exp.select().from_(sql.table(source, _LOG)).join(sql.table(self.kinds), on=same)

    def joined(self, source: str) -> exp.Select:
        """Rows of the log, each with the rows of the things that it names, its kind, and since when requests
        have changed these things.
        """
        query = self._with_kinds(source)
        for each in self.things:
            on = exp.EQ(this=sql.column(THING, each.name), expression=sql.column(each.name, _LOG))
            query = query.join(sql.table(view_of(each.sort), each.name), on=on, join_type="left")
        for each in self.shared:
            row = f"changed {each.name}"
            on = exp.EQ(this=sql.column(THING, row), expression=sql.column(each.name, _LOG))
            query = query.join(sql.table(CHANGED, row), on=on, join_type="left")
        return query

    def _in_order(self) -> Tree:
        """Whether a row must be decided after those before it."""
        later = [
            exp.Coalesce(
                this=exp.Paren(
                    this=exp.GTE(
                        this=sql.column(_WHEN, _LOG), expression=sql.column("since", f"changed {each.name}")
                    )
                ),
                expressions=[exp.false()],
            )
            for each in self.shared
        ]
        return sql.and_((sql.column(_TURNS, self.kinds), sql.or_(later)))

    def _row(self) -> list[Tree]:
        """A row as text."""
        names = (_WHEN, _ANSWER, *(each.name for each in (*self.enums, *self.things, *self.numbers)))
        return [exp.Cast(this=sql.column(each, _LOG), to=exp.DataType.build("VARCHAR")) for each in names]

    def _law(self) -> Tree:
        ifs = [exp.If(this=exp.Literal.number(n), true=tree.copy()) for n, tree in enumerate(self.answers)]
        return exp.Case(this=sql.column(_KIND, self.kinds), ifs=ifs) if ifs else exp.null()

    # ------------------------------------------------------------- deciding

    def make_views(self) -> None:
        """Make the views that answers are read over, in place of those of another time."""
        relations = Relations(
            self.warehouse.mapping, self.model, self.warehouse.types, found=self.warehouse.found
        )
        for name, view in relations.views(self.meaning):
            self.warehouse.view(name, view)

    def groups(self, column: str) -> tuple[Group, ...]:
        """Decide all rows, and count them by the law's answer and the log's."""
        found: dict[tuple[str, str | None, bool], Group] = {}
        for number, piece in enumerate(self.pieces or (None,), 1):
            source = self.requests
            if piece is not None:
                source = f"{self.requests} in a piece"
                self.warehouse.view(source, self._rows().where(piece.holds()))
            of = f" ({number} of {len(self.pieces)})" if len(self.pieces) > 1 else ""
            for each in self._groups(source, column, f"deciding the requests under {column}{of}"):
                key = each.law, each.answer, each.in_order
                found[key] = each if key not in found else both(found[key], each)
        return tuple(found.values())

    def _groups(self, source: str, column: str, what: str) -> Iterator[Group]:
        inner = self.joined(source).select(
            exp.alias_(self._law(), "law", quoted=True),
            exp.alias_(sql.column(_ANSWER, _LOG), _ANSWER, quoted=True),
            exp.alias_(exp.Paren(this=self._in_order()), "in order", quoted=True),
            exp.alias_(exp.Anonymous(this="row", expressions=self._row()), "example", quoted=True),
        )
        query = exp.select(
            sql.column("law"),
            sql.column(_ANSWER),
            sql.column("in order"),
            exp.Count(this=exp.Star()),
            exp.Min(this=sql.column("example")),
        )
        query = query.from_(inner.subquery("decided")).group_by(exp.Var(this="ALL"))
        for row in self.warehouse.rows(query, what=what):
            logged = self.logged(row[4])
            yield Group(column, str(row[0]), _text(row[1]), bool(row[2]), _int(row[3]), logged)

    def sample(self, rows: int) -> list[tuple[str, Logged]]:
        """Rows at random that need not be followed in order, with the law's answer by SQL."""
        source = sql.quoted(self.requests).sql("duckdb")
        chosen = f"FROM {source} USING SAMPLE reservoir({rows} ROWS) REPEATABLE (1)"
        self.warehouse.table("sample", chosen, "taking a sample")
        query = self.joined("sample").select(self._law(), *self._row()).where(sql.not_(self._in_order()))
        return [(str(row[0]), self.logged(row[1:])) for row in self.warehouse.rows(query)]

    def near_limits(self) -> list[tuple[str, Logged]]:
        """A row for each way in which numbers stand to the limits that checks set, with the law's answer."""
        read = tuple(read_by_requests(self.model))
        scope = self._scope(tuple(None for _ in self.enums))
        request = {**scope.requests[""]} | {
            each.name: Sql(sql.column(each.name, _LOG), possible=each.sort.values) for each in self.enums
        }
        here = Scope(requests={"": request})
        trees = [tree for each in near_limits(self.model, *read) for tree in self._read_already(each, here)]
        if not trees:
            return []
        columns = [exp.alias_(exp.Paren(this=each), f"{n}", quoted=True) for n, each in enumerate(trees)]
        inner = self.joined(self.requests).where(sql.not_(self._in_order()))
        example = exp.Anonymous(this="row", expressions=[self._law(), *self._row()])
        inner = inner.select(*columns, exp.alias_(example, "example", quoted=True))
        query = exp.select(exp.Min(this=sql.column("example")), exp.Count(this=exp.Star()))
        names = (sql.column(f"{n}") for n, _ in enumerate(trees))
        query = query.from_(inner.subquery("near")).group_by(*names).limit(NEAR)
        rows = self.warehouse.rows(query, what="looking for rows at the limits")
        found = (tuple(each[0]) for each in rows if isinstance(each[0], tuple | list))
        return [(str(each[0]), self.logged(each[1:])) for each in found]

    def _read_already(self, formula: Formula, scope: Scope) -> Iterator[Tree]:
        """The formula in SQL, unless it reads what no answer to a request of this log reads."""
        known = self.meaning
        meaning = SqlMeaning(self.model, known.mapping, known.deployed, today=known.today)
        with suppress(SpecError):
            tree = meaning.formula(formula, scope)
            slots = ((sort, slot) for sort, mine in meaning.slots.items() for slot in mine)
            if all(slot in known.slots.get(sort, {}) for sort, slot in slots) and not meaning.pairs:
                yield tree

    def ordered(self) -> list[Logged]:
        """The rows that must be followed in order: by time, and of the same time as the table has them."""
        turn = exp.Window(this=exp.RowNumber())
        numbered = exp.select(exp.Star(), exp.alias_(turn, _TURN, quoted=True)).from_(
            sql.table(self.requests)
        )
        self.warehouse.view(f"{self.requests} in turn", numbered)
        query = self.joined(f"{self.requests} in turn").select(*self._row()).where(self._in_order())
        query = query.order_by(sql.column(_WHEN, _LOG), sql.column(_TURN, _LOG))
        with self.warehouse.as_stored():
            rows = self.warehouse.rows(query, what="reading what is to be followed")
        return self.bound_things.with_them([self.logged(row) for row in rows])

    def logged(self, row: object) -> Logged:
        """A row as it was read."""
        values = tuple(row) if isinstance(row, tuple | list) else (row,)
        names = [each.name for each in (*self.enums, *self.things, *self.numbers)]
        request = {n: str(v) for n, v in zip(names, values[2:], strict=True) if v is not None}
        return Logged(str(values[0]), _text(values[1]), request)


def _with_all(mapping: DataMapping, model: Model, written: frozenset[str]) -> DataMapping:
    """The mapping as if tables had these functions of all things: what requests have changed may be read
    though no table has it.
    """
    added = []
    for name in written & model.functions.keys():
        cells = tuple(Cell(f"{number}", NOWHERE) for number, _ in enumerate(model.functions[name].parameters))
        added.append(Place(name, "", cells, Cell("value", NOWHERE), NOWHERE))
    kept = (each for each in mapping.places if each.function not in written)
    return replace(mapping, places=(*kept, *added), absent=mapping.absent - written)


def _known(name: str) -> Tree:
    return exp.Not(this=exp.Is(this=sql.column(THING, name), expression=exp.null()))


def _looked_up(tree: Tree) -> Iterator[str]:
    """The columns and views that are read: a function of several things is a view of its own."""
    yield from (each.name for each in tree.find_all(exp.Column, exp.Table))


def _from(when: Tree, moment: datetime) -> Tree:
    stamp = exp.Cast(this=sql.text(moment.isoformat(sep=" ")), to=exp.DataType.build("TIMESTAMP"))
    return exp.GTE(this=when, expression=stamp)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
