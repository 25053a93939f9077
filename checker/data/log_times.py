"""The times of a log: whether every row has one, and whether they are moments, which a zone makes times.

What is read of them is in `checker.rooms.replay.find`.
"""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from checker.data import sql
from checker.data.read_log import RequestLog
from checker.data.warehouse import Warehouse
from checker.language.diagnostics import Diagnostic, SpecError

_OFFSET: Final = r":\d\d(\.\d+)?\s*([Zz]|[+-]\d\d(:?\d\d)?)$"  # after a time: a date ends with `-03`, too


_BOUNDS: Final = ("0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")
_READING: Final = "reading the times of the log"


def times_are_moments(warehouse: Warehouse, log: RequestLog) -> bool:
    """Whether the log says moments, and not what a clock showed somewhere. SpecError if only some of its
    times do, or if nobody says in which zone the times of the law are.
    """
    kind = warehouse.types[log.table][log.when.column]
    moments = kind == "TIMESTAMP WITH TIME ZONE"
    if kind == "VARCHAR":
        cell = sql.column(log.when.column)
        offset = exp.RegexpLike(this=cell, expression=sql.text(_OFFSET))
        query = exp.select(
            *(exp.Sum(this=sql.number(each)) for each in (offset, exp.Not(this=offset.copy())))
        )
        query = query.from_(sql.table(log.table)).where(
            exp.Not(this=exp.Is(this=cell.copy(), expression=exp.null()))
        )
        ((some, others),) = warehouse.rows(query, what=_READING)
        moments = bool(some)
        if some and others:
            raise _wrong(
                warehouse, log, f"{some:,} times of the log name a time zone, and {others:,} do not", ()
            )
    if moments and log.zone is None:
        message = f"`{log.when.column}` has moments, and nobody says in which time zone the law's times are"
        raise _wrong(warehouse, log, message, ('say it under `[log]`: zone = "Europe/London"',))
    return moments


def _wrong(warehouse: Warehouse, log: RequestLog, message: str, notes: tuple[str, ...]) -> SpecError:
    found = Diagnostic("bad-value", message, log.when.span, notes=notes)
    return SpecError((found,), {warehouse.mapping.file: warehouse.mapping.text})


def check_times(warehouse: Warehouse, log: RequestLog) -> None:
    """Raise SpecError if a row of the log has no time, or one that is none: then nobody knows under which law
    it was answered.
    """
    table, cell = log.table, sql.column(log.when.column)
    bounds = [exp.Cast(this=sql.text(each), to=exp.DataType.build("TIMESTAMP")) for each in _BOUNDS]
    stamp = exp.TryCast(this=cell.copy(), to=exp.DataType.build("TIMESTAMP"))
    inside = exp.Between(this=stamp, low=bounds[0], high=bounds[1])
    strange = exp.Not(this=exp.Coalesce(this=exp.Paren(this=inside), expressions=[exp.false()]))
    counted = exp.select(exp.Count(this=exp.Star())).from_(sql.table(table)).where(strange)
    ((count,),) = warehouse.rows(counted, what=_READING)
    if not count:
        return
    text = exp.Cast(this=cell.copy(), to=exp.DataType.build("VARCHAR"))
    turn = exp.Window(this=exp.RowNumber())
    named = (
        exp.alias_(tree, name) for tree, name in ((text, "cell"), (strange.copy(), "bad"), (turn, "row"))
    )
    rows = exp.select(*named).from_(sql.table(table)).subquery("numbered")
    first = exp.select("cell", "row").from_(rows).where(sql.column("bad")).order_by("row").limit(1)
    with warehouse.as_stored():
        ((found, row),) = warehouse.rows(first)
    shown = warehouse.mapping.tables[table].shown
    message = f"`{found}` in `{log.when.column}` of `{shown}` is no time, such as `2026-04-01 09:30:00`"
    if not str(found or "").strip():
        message = f"a row of `{shown}` has no time in `{log.when.column}`: no law is known for it"
    more = f"row {row} has it" if count == 1 else f"{count:,} rows are without a time, row {row} first"
    raise _wrong(warehouse, log, message, (f"{more}, after the heading",))
