"""Holding tables against the law: what `audit` does."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.exits import AS_EXPECTED, NOT_AS_EXPECTED
from checker.interface.loaded_law import LoadedLaw, column_called
from checker.interface.named_claims import chosen_claims
from checker.language.diagnostics import SpecError
from checker.model.claim import Claim, Column
from checker.model.unparse import unparse
from checker.office.libraries import library
from checker.question.jobs import Effort
from checker.regime.regime import Regime
from checker.report.json_documents import told_column
from checker.report.summary import Option
from checker.results.answer import Watch
from checker.rooms.audit.answer import Audit, AuditBroken, AuditCount, AuditGroup, AuditWay


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of tables. `where`: a condition, with `bound` and `groups`; `claim`: whose strategy
    is applied to the rows; `check`: what the tables break of the law; `rows`: where the rows go.
    """

    mapping: Path
    where: str | None
    bound: str
    groups: tuple[str, ...]
    claim: str | None
    check: bool
    rows: Path | None
    version: str | None

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that make up the question."""
        single = (("--for", self.bound), ("--where", self.where), ("--claim", self.claim))
        given = tuple((name, (value,)) for name, value in single if value)
        rows = (("--rows", (str(self.rows),)),) if self.rows is not None else ()
        version = (("--version", (self.version,)),) if self.version is not None else ()
        return (*given, ("--group", self.groups), *rows, *version)


def audit(law: LoadedLaw, asked: Asked, effort: Effort, *, command: str, watch: Watch) -> Audit:
    """Count the rows of a condition, say who can put them right, and what they break."""
    for name in ("duckdb", "sqlglot"):
        library(name, "reading tables", "data")
    from checker.data.read_mapping import Reader, toml_of, wrong
    from checker.data.warehouse import form_of, opened

    started, regime = time.monotonic(), law.regime
    if asked.where is None and asked.claim is None and not asked.check:
        expected = ("`--where`", "`--claim`", "`--check`")
        raise wrong("bad-option", "what is to be looked up is not said", None, expected)
    if asked.rows is not None:
        form_of(asked.rows)
    text, document = toml_of(asked.mapping)
    column = _column(regime, asked, document.get("law"))
    model = regime.model(column)
    mapping = Reader(asked.mapping, text, model).mapping(document)
    with opened(mapping, effort.processes, watch) as warehouse:
        from checker.rooms.audit.check import broken

        count = None
        if asked.where is not None or asked.claim is not None:
            count = _count(regime, column, asked, warehouse, effort)
        found = broken(warehouse, model, regime.deployed(column)) if asked.check else None
    told = None if found is None else tuple(_broken(each) for each in found)
    bad = any(not each.holds and not each.unsaid and each.kind != "premise" for each in told or ())
    words = ("audit", str(asked.mapping), *(("--check",) if asked.check else ()))
    return Audit(
        command=command or law.command(words, *asked.options),
        seconds=round(time.monotonic() - started, 3),
        exit=NOT_AS_EXPECTED if bad else AS_EXPECTED,
        column=told_column(column),
        mapping=str(asked.mapping),
        tables={name: each.shown for name, each in mapping.tables.items()},
        count=count,
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


def _count(regime: Regime, column: Column, asked: Asked, warehouse: object, effort: Effort) -> AuditCount:
    from checker.data.warehouse import Warehouse
    from checker.rooms.audit.find import Counting
    from checker.rooms.audit.question import question_of
    from checker.rooms.audit.senders import senders_of

    assert isinstance(warehouse, Warehouse)
    model = regime.model(column)
    claim = None if asked.claim is None else _claim(regime, asked.claim)
    where, bound = asked.where or "", asked.bound
    if claim is not None and asked.where is None:
        where, bound = _of_claim(claim)
    question = question_of(regime, bound, where, asked.groups)
    senders = None if claim is None else senders_of(regime, column, model, claim, question, effort)
    counting = Counting(warehouse, model, regime.deployed(column), question, senders, effort.seed)
    found = counting.counted(asked.rows)
    names = tuple(each.text for each in question.groups)
    ways = () if senders is None else senders.ways
    return AuditCount(
        where=where,
        variables={each.name: each.sort.name for each in question.variables},
        total=found.total,
        matching=found.matching,
        groups=tuple(
            AuditGroup(values=dict(zip(names, each.values, strict=True)), way=each.way, rows=each.rows)
            for each in found.groups
        ),
        more_groups=found.more_groups,
        claim=None if claim is None else claim.number,
        ways=tuple(
            AuditWay(
                number=number,
                rank=each.rank,
                parameters={n: unparse(t) for n, t in each.parameters.items() if t is not None},
            )
            for number, each in enumerate(ways, 1)
        ),
        columns=found.columns,
        first=found.first,
        again=found.again,
        boundaries=found.boundaries,
        not_again=found.not_again,
        rows_file=None if asked.rows is None else str(asked.rows),
    )


def _claim(regime: Regime, name: str) -> Claim:
    from checker.data.read_mapping import wrong

    found: Sequence[Claim] = chosen_claims(regime, (name,))
    if len(found) > 1:
        expected = tuple(f"`{each.number}`" for each in found)
        raise wrong("bad-option", f"`{name}` names several claims", None, expected)
    return found[0]


def _of_claim(claim: Claim) -> tuple[str, str]:
    """The condition of a claim, and what it is about, as typed."""
    from checker.model.claim import Leads

    statement = claim.statement
    parts = [*(() if claim.where is None else (claim.where,))]
    parts += [statement.condition] if isinstance(statement, Leads) else []
    bound = ", ".join(f"{each.name}: {each.sort.name}" for each in claim.variables if each.sort)
    return " and ".join(f"({unparse(each)})" for each in parts), bound


def _broken(found: object) -> AuditBroken:
    from checker.rooms.audit.check import Broken

    assert isinstance(found, Broken)
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
