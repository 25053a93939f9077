"""Tables of Parquet files in pieces, which are gone through one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
from sqlglot import exp

from checker.data import sql
from checker.data.mapping import Table
from checker.data.sql import Tree

IN_FILE: Final = "redline file"
AT_ROW: Final = "redline row"
"""Columns of tables that are gone through piece by piece: in which file a row is, and where."""
ROWS: Final = 2_000_000
"""Rows of a table that are decided in one piece, at least."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a Parquet file: from `start` on, and before `end`."""

    file: str
    start: int
    end: int

    def holds(self, row: str = "") -> Tree:
        """That a row of the table is one of them. `row`: the name under which the query has it."""
        number = sql.column(AT_ROW, row)
        return exp.And(
            this=exp.And(
                this=exp.EQ(this=sql.column(IN_FILE, row), expression=sql.text(self.file)),
                expression=exp.GTE(this=number, expression=exp.Literal.number(self.start)),
            ),
            expression=exp.LT(this=number.copy(), expression=exp.Literal.number(self.end)),
        )


def in_pieces(connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces of a table of Parquet files, whose rows then say where they are; of others, none."""
    if table.inner is not None or any(Path(each).suffix.lower() != ".parquet" for each in files):
        return ()
    source = exp.Anonymous(this="read_parquet", expressions=[sql.text(str(table.file))])
    at = (("filename", IN_FILE), ("file_row_number", AT_ROW))
    columns = (exp.alias_(exp.column(of), name, quoted=True) for of, name in at)
    query = exp.select(exp.Star(), *columns).from_(exp.Table(this=source)).sql("duckdb")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {sql.quoted(table.name).sql('duckdb')} AS {query}")
    counts = connection.execute("SELECT file_name, num_rows FROM parquet_file_metadata(?)", [str(table.file)])
    return tuple(
        Piece(str(file), start, min(start + ROWS, int(rows)))
        for file, rows in sorted(counts.fetchall())
        for start in range(0, int(rows), ROWS)
    )
