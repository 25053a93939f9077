"""CSV files: with which columns DuckDB is to read them."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path

from checker.data import sql
from checker.data.mapping import Table
from checker.data.read_mapping import wrong


def csv_options(table: Table, files: Sequence[str]) -> str:
    """How DuckDB is to read CSV files, which all have the same columns: it guesses nothing."""
    between = "\t" if ".tsv" in Path(files[0]).suffixes else ","
    heads = [_head(table, each, between) for each in files]
    for file, head in zip(files, heads, strict=True):
        repeated = next((each for n, each in enumerate(head) if each in head[:n]), None)
        if repeated is not None:
            raise wrong("cannot-read", f"`{file}` has two columns `{repeated}`", table.span)
        if head != heads[0]:
            message = f"`{file}` has other columns than `{files[0]}`"
            raise wrong("cannot-read", message, table.span, tuple(f"`{each}`" for each in heads[0]))
    columns = ", ".join(f"{sql.text(each).sql('duckdb')}: 'VARCHAR'" for each in heads[0])
    return (
        f"auto_detect=false, header=true, delim='{between}', quote='\"', escape='\"', columns={{{columns}}}"
    )


def _head(table: Table, file: str, between: str) -> list[str]:
    """The names of the columns of a CSV file."""
    opening = gzip.open if file.endswith(".gz") else open
    try:
        with opening(file, "rt", encoding="utf-8-sig", newline="") as lines:
            head = next(csv.reader(lines, delimiter=between), [])
    except UnicodeDecodeError as error:
        message = f"`{table.shown}` is not in UTF-8: byte {error.start + 1:,} is none of a letter"
        raise wrong("cannot-read", message, table.span) from error
    except (OSError, EOFError, ValueError, csv.Error) as error:
        message = f"`{table.shown}` cannot be read: {getattr(error, 'strerror', None) or error}"
        raise wrong("cannot-read", message, table.span) from error
    if not head:
        message = f"`{table.shown}` does not begin with the names of its columns"
        raise wrong("cannot-read", message, table.span)
    return head
