"""Tables of data, opened in DuckDB under the names that a mapping gives them, and queries over them."""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import duckdb
from sqlglot import exp

from checker.data import sql
from checker.data.closed_subqueries import alike, closed_in, constant, open_in
from checker.data.csv_files import csv_options
from checker.data.kept_results import Kept, kept_in
from checker.data.lookups import NotInSql
from checker.data.mapping import DataMapping, Table, columns_of
from checker.data.pieces import Piece, in_pieces
from checker.data.read_mapping import wrong
from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.names import nearest_name
from checker.results.answer import Watch, nobody
from checker.results.files import CANNOT_WRITE, check_place

Row: TypeAlias = tuple[object, ...]

MEMORY: Final = "2500MB"
"""What DuckDB may use before it writes to disk. The process takes some more."""

_ELSEWHERE: Final = "the environment variable `TMPDIR` names the folder for what does not fit into memory"
_TICK: Final = 0.2  # seconds between two looks at how far a query is
DEEPEST: Final = 10_000  # levels of an expression in SQL; definitions within definitions are written out
MOST_OPEN: Final = 400  # subqueries that read the row around them; DuckDB plans as many for some seconds
_OF_ALL: Final = "looking up what is so of all rows alike"
_HUNDRED: Final = 100
_MESSAGE: Final = re.compile(r'"exception_message":"((?:[^"\\]|\\.)*)"')
_LONGEST: Final = 300  # letters of what DuckDB says
_READERS: Final = {".parquet": "read_parquet", ".csv": "read_csv", ".tsv": "read_csv", ".gz": "read_csv"}
_OF_DATA: Final = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.ConversionException,
    duckdb.OutOfMemoryException,
    duckdb.HTTPException,
    duckdb.SerializationException,
)
"""What goes wrong with files, memory and disks. Other errors of DuckDB are mistakes of the checker."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Tables in DuckDB. `types`: of every column, by table. `found`: the cells of columns that have been
    looked up: of enums, all, and of others those that are missing values. `pieces`: of tables that are gone
    through piece by piece; `kept`: what is found is kept there. `answers`: of closed subqueries, in tables
    and views as they are now.
    """

    connection: duckdb.DuckDBPyConnection = field(repr=False)
    mapping: DataMapping
    types: Mapping[str, Mapping[str, str]]
    watch: Watch = nobody
    found: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    kept: Kept | None = None
    answers: dict[str, sql.Tree] = field(default_factory=dict)

    def rows(self, query: exp.Query | str, values: Sequence[object] = (), what: str = "") -> list[Row]:
        """The rows of a query. `what`: what is done, for people; the rows of such a query are kept.
        SpecError if the data cannot be read.
        """
        text = query if isinstance(query, str) else said(self.settled(query))
        keep = self.kept if what and not values else None
        known = None if keep is None else keep.rows(text)
        if known is not None:
            return known
        with self._reading(), self._watched(what):
            rows = self.connection.execute(text, list(values)).fetchall()
        if keep is not None:
            keep.keep(text, rows)
        return rows

    def settled(self, query: exp.Query) -> exp.Query:
        """The query with the answers of its closed subqueries in their places. NotInSql if too many others
        are left.
        """
        made = query.copy()
        for each in list(closed_in(made)):
            each.replace(self._answer(each))
        left = open_in(made)
        if left > MOST_OPEN:
            message = f"{left:,} subqueries would be asked of each row, and DuckDB plans {MOST_OPEN:,}"
            raise NotInSql(message, "definitions are written out in SQL, as often as they are used")
        return made

    def _answer(self, subquery: exp.Exists | exp.Subquery) -> sql.Tree:
        asked = alike(subquery)
        text = said(asked)
        if text not in self.answers:
            asked.this.replace(self.settled(asked.this))
            ((value,),) = self.rows(f"SELECT {said(asked)}", what=_OF_ALL)
            self.answers[text] = constant(value)
        return self.answers[text].copy()

    def table(self, name: str, query: str, what: str = "") -> None:
        """Make a table of the rows of a query, which are kept."""
        self.answers.clear()
        quoted = sql.quoted(name).sql("duckdb")
        if self.kept is None:
            self.run(f"CREATE OR REPLACE TABLE {quoted} AS {query}", what)
            return
        file = self.kept.file(query, ".parquet")
        literal = sql.text(str(file)).sql("duckdb")
        wide = self._wide(query)
        if not file.exists():
            self._copied(
                f"{_cast(wide, 'DECIMAL(38, 0)')} FROM ({query})",
                file,
                "FORMAT parquet",
                what,
                self.kept.named,
            )
        self.kept.follow(f"{name} {query}")
        with self._reading():
            read = f"{_cast(wide, 'HUGEINT')} FROM read_parquet({literal})"
            self.connection.execute(f"CREATE OR REPLACE TABLE {quoted} AS {read}")

    def _wide(self, query: str) -> list[str]:
        """The columns of numbers that Parquet has no type for, and would keep as floating ones."""
        with self._reading():
            described = self.connection.execute(f"DESCRIBE {query}").fetchall()
        return [str(each[0]) for each in described if each[1] == "HUGEINT"]

    def run(self, statement: exp.Expr | str, what: str = "") -> int:
        """Run a statement; how many rows it changed, if it changes any."""
        self.answers.clear()
        text = statement if isinstance(statement, str) else said(statement)
        if self.kept is not None:
            self.kept.follow(text)
        with self._reading(), self._watched(what):
            found = self.connection.execute(text).fetchone()
        return found[0] if found is not None and isinstance(found[0], int) else 0

    @contextmanager
    def as_stored(self) -> Iterator[None]:
        """In here, rows are read in the order in which their table has them."""
        self.run("SET preserve_insertion_order=true")
        try:
            yield
        finally:
            self.run("SET preserve_insertion_order=false")

    def view(self, name: str, query: exp.Query) -> None:
        """Make a view, or another of its name."""
        self.run(f"CREATE OR REPLACE TEMP VIEW {sql.quoted(name).sql('duckdb')} AS {said(query)}")

    def write(self, query: exp.Query, file: Path, what: str) -> int:
        """Write the rows of a query to a CSV or Parquet file, whole or not at all; how many they are."""
        form = form_of(file)
        check_place(file)
        options = "FORMAT parquet" if form == "parquet" else "FORMAT csv, HEADER true"
        return self._copied(said(self.settled(query)), file.resolve(), options, what, file)

    def _copied(self, query: str, target: Path, options: str, what: str, shown: Path) -> int:
        """Write rows beside their place, and move them there when they are whole; how many they are."""
        waiting = target.with_name(f".{target.name}.writing")
        literal = sql.text(str(waiting)).sql("duckdb")
        try:
            with self._reading(), self._watched(what):
                found = self.connection.execute(f"COPY ({query}) TO {literal} ({options})").fetchone()
            waiting.replace(target)
        except SpecError as error:
            told = error.diagnostics[0].message
            if waiting.name not in told:
                raise
            message = f"`{shown}` cannot be written to: {told.rpartition(': ')[2]}"
            raise wrong(CANNOT_WRITE, message, None) from error
        except OSError as error:
            message = f"`{shown}` cannot be written to: {error.strerror or error}"
            raise wrong(CANNOT_WRITE, message, None) from error
        finally:
            with suppress(OSError):
                waiting.unlink(missing_ok=True)
        return found[0] if found is not None and isinstance(found[0], int) else 0

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            if isinstance(error, duckdb.BinderException) and "expression depth" in str(error):
                message = f"this comes to an expression that is more than {DEEPEST:,} deep"
                raise wrong("too-large", message, None) from error
            told = _first_line(error)
            if "could not write" in told.lower() and ".writing" not in told:
                raise _no_room(told) from error
            if not isinstance(error, _OF_DATA) and type(error) is not duckdb.Error:
                raise
            names = {each.shown: each.file.name for each in self.mapping.tables.values()}
            notes = (
                ()
                if any(each in told for each in names.values())
                else (f"it is one of {', '.join(f'`{each}`' for each in names)}",)
            )
            raise wrong("cannot-read", f"a table cannot be read: {told}", None, notes=notes) from error

    @contextmanager
    def _watched(self, what: str) -> Iterator[None]:
        """Say how far the query is, while it runs."""
        if not what:
            yield
            return
        done = threading.Event()
        self.watch(0, _HUNDRED, what)

        def look() -> None:
            while not done.wait(_TICK):
                with suppress(duckdb.Error):
                    percent = self.connection.query_progress()
                    if percent > 0:
                        self.watch(min(_HUNDRED - 1, int(percent)), _HUNDRED, what)

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        try:
            yield
        finally:
            done.set()
            looking.join()
        self.watch(_HUNDRED, _HUNDRED, what)


def _cast(columns: Sequence[str], kind: str) -> str:
    """Begin to select all, with these columns as numbers of a type."""
    quoted = [sql.quoted(each).sql("duckdb") for each in columns]
    others = ", ".join(f"CAST({each} AS {kind}) AS {each}" for each in quoted)
    return f"SELECT * REPLACE ({others})" if others else "SELECT *"


def _no_room(told: str) -> SpecError:
    message = f"there is no room to work in: {told}"
    return wrong(CANNOT_WRITE, message, None, notes=(_ELSEWHERE,))


def said(query: exp.Expr, dialect: str = "duckdb") -> str:
    """A query as text."""
    return query.sql(dialect)


def form_of(file: Path) -> str:
    """What a file of rows is written as. SpecError for an ending that says neither."""
    form = file.suffix.lower().lstrip(".")
    if form in ("parquet", "csv"):
        return form
    message = f"`{file}` is neither a CSV nor a Parquet file by its name"
    raise wrong("bad-option", message, None, ("`.csv`", "`.parquet`"))


@contextmanager
def opened(
    mapping: DataMapping, processes: int, watch: Watch, keep: Path | None = None, memory: str = MEMORY
) -> Iterator[Warehouse]:
    """Open the tables of a mapping, and close them in the end. `keep`: a folder for what is found, until all
    is found. SpecError with the place in the mapping of each that cannot be opened, and of each column that
    is not there.
    """
    try:
        folder = tempfile.mkdtemp(prefix="redline-")
    except OSError as error:
        raise _no_room(error.strerror or str(error)) from error
    try:
        connection = duckdb.connect(str(Path(folder) / "work.duckdb"))
    except duckdb.Error as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _no_room(_first_line(error)) from error
    try:
        for setting in (
            f"SET memory_limit='{memory}'",
            f"SET threads={processes}",
            f"SET max_expression_depth={DEEPEST}",
            f"SET temp_directory='{folder}'",
            "SET preserve_insertion_order=false",
            "SET enable_progress_bar=true",
            "SET enable_progress_bar_print=false",
            "SET TimeZone='UTC'",
        ):
            connection.execute(setting)
        types = _all_types(connection, mapping)
        if keep is None:
            yield Warehouse(connection, mapping, types, watch)
            return
        files = {name: _files(connection, each) for name, each in mapping.tables.items()}
        every = [Path(file) for each in files.values() for file in each]
        kept = kept_in(keep, mapping.text, every, watch, duckdb.__version__)
        pieces = {name: in_pieces(connection, mapping.tables[name], each) for name, each in files.items()}
        yield Warehouse(
            connection, mapping, types, watch, pieces={n: p for n, p in pieces.items() if p}, kept=kept
        )
        kept.forget()
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)


def _all_types(connection: duckdb.DuckDBPyConnection, mapping: DataMapping) -> dict[str, dict[str, str]]:
    types: dict[str, dict[str, str]] = {}
    mistakes: list[Diagnostic] = []
    for table in mapping.tables.values():
        try:
            types[table.name] = _types(connection, table)
            mistakes += _missing_columns(mapping, table, types[table.name])
        except SpecError as error:
            mistakes += error.diagnostics
    if mistakes:
        raise SpecError(tuple(mistakes), {mapping.file: mapping.text})
    return types


def _types(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, str]:
    """Open a table as a view of its name; the types of its columns."""
    name = sql.quoted(table.name).sql("duckdb")
    try:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM {_source(connection, table)}")
        described = connection.execute(f"DESCRIBE {name}").fetchall()
    except duckdb.Error as error:
        message = f"`{table.shown}` cannot be read: {_first_line(error)}"
        raise wrong("cannot-read", message, table.span) from error
    return {str(each[0]): str(each[1]) for each in described}


def _files(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    return [str(each) for (each,) in connection.execute("FROM glob(?)", [str(table.file)]).fetchall()]


def _source(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    place = str(table.file)
    if table.file.is_dir():
        files_in_it = f"files, such as `{table.shown}/*.parquet`"
        raise wrong("cannot-read", f"`{table.shown}` is a folder", table.span, (files_in_it,))
    files = _files(connection, table)
    if not files:
        raise wrong("cannot-read", f"there is no file `{table.shown}`", table.span)
    literal = sql.text(place).sql("duckdb")
    if table.inner is not None:
        database = sql.quoted(f"file {table.file.resolve()}").sql("duckdb")
        connection.execute(f"ATTACH IF NOT EXISTS {literal} AS {database} (READ_ONLY)")
        parts = (sql.quoted(each).sql("duckdb") for each in table.inner.split("."))
        return f"{database}.{'.'.join(parts)}"
    endings = {Path(each).suffix.lower() for each in files}
    reader = _READERS.get(next(iter(endings))) if len(endings) == 1 else None
    if reader is None:
        message = f"`{table.shown}` is neither CSV nor Parquet by its name"
        raise wrong("bad-value", message, table.span, ("`.csv`", "`.parquet`"))
    options = f", {csv_options(table, files)}" if reader == "read_csv" else ""
    return f"{reader}({literal}{options})"


def _missing_columns(mapping: DataMapping, table: Table, types: Mapping[str, str]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for cell in columns_of(mapping, table.name):
        if cell.column not in types and cell.column not in seen:
            seen.add(cell.column)
            message = f"`{table.shown}` has no column `{cell.column}`"
            near = nearest_name(cell.column, types)
            listed = () if near is not None else tuple(f"`{each}`" for each in types)
            yield Diagnostic("unknown-name", message, cell.span, listed, near, word=cell.column)


def _first_line(error: Exception) -> str:
    """What DuckDB says, in one line, without the kind of error that it calls it."""
    lines = [each.strip() for each in str(error).splitlines() if each.strip()] or [type(error).__name__]
    _, colon, rest = lines[0].partition(" Error: ")
    text = rest if colon else lines[0]
    inner = _MESSAGE.search(str(error))
    if inner is not None:  # in the form of JSON, in a message
        text = inner[1].replace('\\"', "`")
    if "CSV Error" in text:
        text = _csv_mistake(text, lines)
    text = (text[:1].lower() + text[1:]).rstrip(".")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _csv_mistake(text: str, lines: Sequence[str]) -> str:
    """In which file and line a mistake is, and what it is: what DuckDB says in many lines."""
    number = re.search(r"Line: (\d+)", text)
    file = next((each.removeprefix("file = ") for each in lines if each.startswith("file = ")), "")
    at = next((n for n, each in enumerate(lines) if each.startswith("Original Line:")), 0)
    ends = ("Possible fixes", "Possible Solution", "file = ")
    told = [each for each in lines[at + 1 :] if not each.startswith("*")]
    told = told[: next((n for n, each in enumerate(told) if each.startswith(ends)), len(told))]
    where = f"line {number[1]} of `{file}`" if number and file else "a line"
    return f"in {where}: {told[-1] if told else text}"
