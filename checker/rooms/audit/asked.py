"""What somebody asks of tables, by the words of `audit`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from checker.report.summary import Option

Dialect: TypeAlias = Literal["duckdb", "spark", "postgres", "tsql", "bigquery"]
"""What a script can be written for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of tables. `where`: a condition, with `bound` and `groups`; `claim`: whose strategy
    is applied to the rows; `check`: what the tables break of the law; `rows`: where the rows go; `keep`:
    where what was found is kept until all is; `today`: the present day.
    """

    mapping: Path
    where: str | None
    bound: str
    groups: tuple[str, ...]
    claim: str | None
    check: bool
    rows: Path | None
    version: str | None
    event: str | None = None
    dialect: Dialect = "duckdb"
    script: Path | None = None
    keep: Path | None = None
    today: str | None = None

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that make up the question."""
        single = (("--for", self.bound), ("--where", self.where), ("--claim", self.claim))
        given = tuple((name, (value,)) for name, value in single if value)
        rows = (("--rows", (str(self.rows),)),) if self.rows is not None else ()
        version = (("--version", (self.version,)),) if self.version is not None else ()
        event = (("--event", (self.event,)),) if self.event is not None else ()
        dialect = (("--dialect", (self.dialect,)),) if self.dialect != "duckdb" else ()
        script = (("--script", (str(self.script),)),) if self.script is not None else ()
        keep = (("--keep", (str(self.keep),)),) if self.keep is not None else ()
        today = (("--today", (self.today,)),) if self.today is not None else ()
        return (*given, *today, *event, *dialect, *script, ("--group", self.groups), *rows, *version, *keep)
