"""Files that are no tables, and cells that are no values: one diagnostic, exit code 2, nothing written."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

import checker
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort
from tests.support.loans import CLAIMS, LOANS, MAPPING, SPEC, loans

Run = Callable[..., tuple[int, str, str]]
PARQUET = MAPPING.replace("loans.csv", "loans.parquet")
LATE = ("--where", "late(l) and lent(l) at most 100", "--today", "2026-03-17")


@pytest.fixture(name="law", scope="module")
def _law(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("law")
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(text, encoding="utf-8")
    return "--spec", str(folder / "spec"), "--properties", str(folder / "properties"), "--jobs", "1"


def refused(run: Run, words: tuple[object, ...], folder: Path, law: tuple[str, ...]) -> str:
    """What is said, in one line; nothing is written."""
    before = sorted(folder.iterdir())
    code, out, err = run(*words, *law)
    assert (code, out) == (2, ""), err
    assert "internal error" not in err
    assert sorted(folder.iterdir()) == before
    return " ".join(err.split())


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "`loans.csv` does not begin with the names of its columns"),
        (LOANS.encode("utf-16"), "`loans.csv` is not in UTF-8: byte 1"),
        (LOANS.replace("c,", "\xe9,").encode("latin-1"), "`loans.csv` is not in UTF-8: byte "),
        ((LOANS + "x" * 2_100_000 + ",1,,\n").encode(), "line size of 2000000 bytes exceeded"),
        (LOANS.replace("99.99", '"99.99').encode(), "loans.csv`: Value with unterminated quote"),
        (LOANS.replace("99.99", "NaN").encode(), "`NaN` in `lent` of `loans.csv` is no money"),
        (LOANS.replace("99.99", "9" * 60).encode(), "is no money, such as £0.01"),
        (LOANS.replace("99.99", "99\0").encode(), "is no money, such as £0.01"),
        (LOANS.replace("1 March 2026", "-0044-03-15").encode(), "`-0044-03-15` in `since` of `loans.csv`"),
    ],
)
def test_a_bad_csv_file_is_refused(
    run: Run, tmp_path: Path, law: tuple[str, ...], file: bytes, said: str
) -> None:
    """Empty, of another encoding, cut short, or with cells that say nothing; the message is short."""
    mapping = loans(tmp_path)
    (tmp_path / "loans.csv").write_bytes(file)
    told = refused(run, ("audit", mapping, *LATE, "--rows", tmp_path / "rows.csv"), tmp_path, law)
    assert said in told
    assert len(told) < 1000


@pytest.mark.parametrize(
    ("lent", "since", "said"),
    [
        ("'nan'::DOUBLE", "'2026-03-01'", "`nan` in `lent`"),
        ("1e300::DOUBLE", "'2026-03-01'", "is no money"),
        ("true", "'2026-03-01'", "`true` in `lent`"),
        ("[1, 2]", "'2026-03-01'", "`[1, 2]` in `lent`"),
        ("1", "'0044-03-15 (BC)'::DATE", "`0044-03-15 (BC)` in `since`"),
        ("1", "'infinity'::DATE", "`infinity` in `since`"),
    ],
)
def test_cells_of_another_type_are_refused(
    run: Run, tmp_path: Path, law: tuple[str, ...], lent: str, since: str, said: str
) -> None:
    """In Parquet, whatever the column's type is."""
    mapping = loans(tmp_path, PARQUET)
    query = f"SELECT 'a' AS id, {lent} AS lent, {since} AS since, NULL::DATE AS renewed"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{tmp_path}/loans.parquet' (FORMAT parquet)")
    assert said in refused(run, ("audit", mapping, *LATE), tmp_path, law)


@pytest.mark.parametrize("content", [b"", b"PAR1" + b"x" * 100 + b"PAR1", None])
def test_what_is_no_parquet_file_is_refused(
    run: Run, tmp_path: Path, law: tuple[str, ...], content: bytes | None
) -> None:
    """An empty file, one of nothing that it should have, and a folder; in the line of the mapping."""
    mapping = loans(tmp_path, PARQUET)
    file = tmp_path / "loans.parquet"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    told = refused(run, ("audit", mapping, *LATE), tmp_path, law)
    assert "`loans.parquet` is a folder" in told or "`loans.parquet` cannot be read: " in told
    assert "mapping.toml:7:1:" in told.replace(" ", "")


FIRST = "2026-03-05 10:00:00,ann,Pay,1.50,a,ok\n"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("", "a row of `log.csv` has no time in `at`: no law is known for it"),
        ("yesterday", "`yesterday` in `at` of `log.csv` is no time"),
        ("0000-01-01 00:00:00", "is no time"),
        ("-0044-03-15 00:00:00", "is no time"),
        ("99999-01-01 00:00:00", "is no time"),
        ("infinity", "is no time"),
    ],
)
def test_a_row_of_a_log_without_a_time_is_refused(
    run: Run, tmp_path: Path, law: tuple[str, ...], when: str, said: str
) -> None:
    """Nobody knows which law was in force: it is not taken to be older than all of them."""
    mapping = loans(tmp_path, log=f"{FIRST}{when}{FIRST.removeprefix('2026-03-05 10:00:00')}")
    told = refused(run, ("replay", mapping), tmp_path, law)
    assert said in told
    assert "row 2 has it, after the heading" in told


def test_a_request_with_a_value_that_the_law_does_not_know_is_none(
    run: Run, tmp_path: Path, law: tuple[str, ...]
) -> None:
    """The log should not have accepted it: SQL says so as the meaning of the language does."""
    mapping = loans(tmp_path, log=f"{FIRST}{FIRST.replace('Pay', 'Steal')}{FIRST.replace(',a,', ',,')}")
    code, out, err = run("replay", mapping, *law)
    assert (code, err) == (1, "")
    assert "2 rows in v: the log says ok, the law that it is no such request." in " ".join(out.split())


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """In here no file can be made larger, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told(law: tuple[str, ...], tmp_path: Path) -> None:
    """Where there is no room to begin in, and where there is none for the copies of an event."""
    mapping = loans(tmp_path)
    rows = "".join(f"l{n},{n}.5,2026-03-02,\n" for n in range(20_000))
    (tmp_path / "loans.csv").write_text(f"id,lent,since,renewed\n{rows}", encoding="utf-8")
    told = checker.load(Path(law[1]), Path(law[3]), effort=Effort(processes=1))
    before = sorted(tmp_path.iterdir())
    for size in (4096, 100_000):
        with files_of_at_most(size), pytest.raises(SpecError) as error:
            told.audit(mapping, event="forgiving", dialect="postgres", script=tmp_path / "event.sql")
        (found,) = error.value.diagnostics
        assert found.message.startswith("there is no room to work in")
        assert sorted(tmp_path.iterdir()) == before
