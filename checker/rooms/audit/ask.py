"""Holding tables against the law: what `audit` does."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.exits import AS_EXPECTED, NOT_AS_EXPECTED
from checker.interface.loaded_law import LoadedLaw, column_called
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.office.libraries import library
from checker.question.jobs import Effort
from checker.regime.regime import Regime
from checker.report.json_documents import told_column
from checker.results.answer import Watch
from checker.rooms.audit.answer import Audit
from checker.rooms.audit.asked import Asked
from checker.rooms.audit.document import AuditBroken, AuditEvent

if TYPE_CHECKING:
    from checker.rooms.audit.check import Broken


def audit(law: LoadedLaw, asked: Asked, effort: Effort, *, command: str, watch: Watch) -> Audit:
    """Count the rows of a condition, say who can put them right, and what they break."""
    for name in ("duckdb", "sqlglot"):
        library(name, "reading tables", "data")
    from checker.data.read_mapping import Reader, on_day, toml_of, wrong
    from checker.data.warehouse import form_of, opened
    from checker.rooms.audit.asking import Asking
    from checker.rooms.audit.check import broken
    from checker.rooms.audit.side_by_side import law_of

    started, regime = time.monotonic(), law.regime
    if asked.where is None and asked.claim is None and asked.event is None and not asked.check:
        expected = ("`--where`", "`--claim`", "`--event`", "`--check`")
        raise wrong("bad-option", "what is to be looked up is not said", None, expected)
    if asked.rows is not None:
        form_of(asked.rows)
    text, document = toml_of(asked.mapping)
    column = _column(regime, asked, document.get("law"))
    model = law_of(regime, column)
    mapping = Reader(asked.mapping, text, model).mapping(document)
    if asked.today is not None:
        mapping = on_day(mapping, model, asked.today)
    with opened(mapping, effort.processes, watch, asked.keep) as warehouse:
        found = broken(warehouse, model, regime.deployed(column)) if asked.check else None
        asking = Asking(regime, column, asked, warehouse, effort)
        count, event = asking.event() if asked.event is not None else (asking.count(), None)
    told = None if found is None else tuple(_broken(each) for each in found)
    bad = any(not each.holds and not each.unsaid and each.kind != "premise" for each in told or ())
    words = ("audit", str(asked.mapping), *(("--check",) if asked.check else ()))
    return Audit(
        command=command or law.command(words, *asked.options),
        seconds=round(time.monotonic() - started, 3),
        exit=NOT_AS_EXPECTED if bad or _fails(event) else AS_EXPECTED,
        column=told_column(column),
        mapping=str(asked.mapping),
        tables={name: each.shown for name, each in mapping.tables.items()},
        count=count,
        event=event,
        broken=told,
        shipped=law.shipped,
    )


def _column(regime: Regime, asked: Asked, said: object) -> Column:
    named = asked.version or (said if isinstance(said, str) else list(regime.versions)[-1])
    try:
        return column_called(regime, named)
    except SpecError as error:
        if asked.version is not None:
            raise
        said_where = f"`law` of `{asked.mapping}`"
        found = (replace(each, message=f"{said_where}: {each.message}") for each in error.diagnostics)
        raise SpecError(tuple(found)) from error


def _broken(found: Broken) -> AuditBroken:
    return AuditBroken(
        kind=found.kind,
        name=found.name,
        sentence=found.sentence,
        holds=found.holds,
        rows=found.rows,
        variables=found.variables,
        first=found.first,
        unsaid=found.unsaid,
    )


def _fails(event: AuditEvent | None) -> bool:
    return event is not None and (event.again > 0 or any(each.broken for each in event.claims))
