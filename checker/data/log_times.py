"""Whether the times of a log are moments, which a time zone turns into times of a clock."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from checker.data import sql
from checker.data.read_log import RequestLog
from checker.data.warehouse import Warehouse
from checker.language.diagnostics import Diagnostic, SpecError

_OFFSET: Final = r":\d\d(\.\d+)?\s*([Zz]|[+-]\d\d(:?\d\d)?)$"  # after a time: a date ends with `-03`, too


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
        ((some, others),) = warehouse.rows(query, what="reading the times of the log")
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
