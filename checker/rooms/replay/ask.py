"""Holding a log against the law in order of time: what `replay` does."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker.exits import AS_EXPECTED, NO_ANSWER, NOT_AS_EXPECTED
from checker.interface.loaded_law import LoadedLaw, column_called
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.office.libraries import library
from checker.question.jobs import Effort
from checker.results.answer import Watch
from checker.rooms.replay.answer import Replay

if TYPE_CHECKING:
    from checker.data.read_log import RequestLog


def replay(
    law: LoadedLaw, mapping: Path, effort: Effort, *, keep: Path | None, command: str, watch: Watch
) -> Replay:
    """Decide every row of the mapping's log as the law in force at its time. `keep`: a folder for what was
    found, until all is.
    """
    for name in ("duckdb", "sqlglot"):
        library(name, "reading tables", "data")
    from checker.data.log_times import check_times, times_are_moments
    from checker.data.lookups import refuse_the_past
    from checker.data.read_log import log_of, missing_columns
    from checker.data.read_mapping import Reader, toml_of
    from checker.data.warehouse import opened
    from checker.rooms.replay.replaying import Replaying, Time

    started, regime = time.monotonic(), law.regime
    text, document = toml_of(mapping)
    reader = Reader(mapping, text, regime.model(column_called(regime, list(regime.versions)[-1])))
    read = reader.mapping(document)
    log = log_of(reader, read, document)
    columns = [_column(law, log, number) for number, _ in enumerate(log.versions)]
    for column in columns:
        refuse_the_past(regime.model(column))
    with opened(read, effort.processes, watch, keep) as warehouse:
        missing_columns(reader, log, warehouse.types[log.table])
        check_times(warehouse, log)
        utc = times_are_moments(warehouse, log)
        since = [log.moments(each.since) if utc else each.since for each in log.versions]
        times = [
            Time(column, regime.model(column), regime.deployed(column), span)
            for column, span in zip(columns, zip(since, [*since[1:], None], strict=True), strict=True)
        ]
        found = Replaying(warehouse, log, tuple(times), utc=utc).found()
    kept = () if keep is None else (("--keep", (str(keep),)),)
    code = NOT_AS_EXPECTED if found.against else NO_ANSWER if found.open else AS_EXPECTED
    return Replay(
        command=command or law.command(("replay", str(mapping)), *kept),
        seconds=round(time.monotonic() - started, 3),
        exit=code,
        mapping=str(mapping),
        rows=sum(found.columns.values()),
        columns=found.columns,
        before=found.before,
        utc=utc,
        against=found.against,
        groups=found.groups,
        in_order=found.in_order,
        same_time=found.same_time,
        open=found.open,
        again=found.again,
        shipped=law.shipped,
    )


def _column(law: LoadedLaw, log: RequestLog, number: int) -> Column:
    named = log.versions[number]
    try:
        return column_called(law.regime, named.column)
    except SpecError as error:
        raise SpecError(tuple(replace(each, span=named.span) for each in error.diagnostics)) from error
