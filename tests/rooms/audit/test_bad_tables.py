"""Bad tables and mappings: one diagnostic each, with its place, and nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.support.inventories import DEVICES, MAPPING, ROLES, USERS, inventory
from tests.support.places import ROOT

Run = Callable[..., tuple[int, str, str]]
LAW = ("--spec", ROOT / "spec", "--properties", ROOT / "properties")


def refused(run: Run, mapping: Path, *more: object) -> str:
    """What `audit` says of a mapping or of its tables, with exit code 2 and nothing on standard output."""
    code, out, err = run("audit", mapping, "--where", "wrong(d)", *more, *LAW)
    assert (code, out) == (2, "")
    assert "internal error" not in err
    return err


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"type({id})" = "type"', '"type({id})" = "typ"', 12, "did you mean `type`?"),
        ('"type({id})"', '"typ({id})"', 12, "there is no function `typ`"),
        ("NetworkOperator)", "NetworkOperatr)", 15, "did you mean `NetworkOperator`?"),
        ('"published({user})"', '"published({user}, {user})"', 26, "takes 1 argument"),
        ("devices.csv", "device.csv", 6, "there is no file `device.csv`"),
        ("devices.csv", "devices.txt", 6, "there is no file `devices.txt`"),
        ("[tables.users.things]", "[tables.users.thing]", 22, "did you mean `things`?"),
        ("takes-part(Three)", "takes-part(Four)", 35, "there is no value of Provider `Four`"),
        ('absent = ["alerted"', 'absent = ["alrted"', 3, "did you mean `alerted`?"),
        ('"generation({id})" = "generation"', '"right({id})" = "generation"', 13, "is defined by the law"),
        ("[given]", "[given", 34, "is not TOML"),
        ("takes-part(Three)", "takes-part(One)", 35, "the law says itself what"),
    ],
)
def test_a_mistake_in_the_mapping_has_its_place(
    run: Run, tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    """The line is shown, with carets under what is wrong, and the nearest name."""
    mapping = inventory(tmp_path, mapping=MAPPING.replace(old, new, 1))
    err = refused(run, mapping)
    assert said in " ".join(err.split())
    assert f"mapping.toml:{line}:" in err
    assert "^" in err


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("devices", DEVICES.replace("second,", "right,"), "`right` stands in `id` of two rows"),
        ("devices", DEVICES.replace("GPF", "GPS"), "is no DeviceType"),
        ("devices", DEVICES.replace(",bob,ann", ",bobby,ann"), "`bobby` in `network_operator`"),
        ("users", USERS.replace("YES", "perhaps"), "`perhaps` in `shared` of `users.csv` is neither"),
        ("roles", ROLES.replace("bob,", "rob,"), "`rob` in `user` of `roles.csv` is no User"),
        ("devices", DEVICES.replace("hub,CHF", "hub,CHF,too,many,cells,here"), "cannot be read"),
    ],
)
def test_a_mistake_in_a_table_has_its_column(
    run: Run, tmp_path: Path, table: str, text: str, said: str
) -> None:
    """The mapping's line that names the column is shown, and how many rows are bad."""
    err = refused(
        run, inventory(tmp_path, **{table: text}), "--claim", "1", "--group", "published(correct(d))"
    )
    assert said in " ".join(err.split())


def test_a_truncated_parquet_file_is_named(run: Run, tmp_path: Path) -> None:
    """A file that was cut short is refused in the mapping's line."""
    mapping = inventory(tmp_path, mapping=MAPPING.replace("devices.csv", "devices.parquet"))
    whole = tmp_path / "devices.parquet"
    duckdb.connect().execute(f"COPY (FROM '{tmp_path}/devices.csv') TO '{whole}' (FORMAT parquet)")
    whole.write_bytes(whole.read_bytes()[:-100])
    err = refused(run, mapping)
    assert "mapping.toml:6:" in err
    assert "`devices.parquet` cannot be read" in err


def test_rows_are_written_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    """Where the disk is full or there is no folder, nothing is left behind."""
    mapping = inventory(tmp_path)
    err = refused(run, mapping, "--rows", tmp_path / "nowhere" / "rows.csv")
    assert "there is no folder" in err
    assert "neither a CSV nor a Parquet" in refused(run, mapping, "--rows", tmp_path / "rows.xls")
    before = sorted(tmp_path.iterdir())
    folder = tmp_path / "rows.csv"
    folder.mkdir()
    assert "is a directory" in refused(run, mapping, "--rows", folder)
    assert sorted(tmp_path.iterdir()) == sorted((*before, folder))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_leaves_nothing(run: Run, tmp_path: Path) -> None:
    """What was begun is removed, and the file is named."""
    mapping = inventory(tmp_path)
    (tmp_path / ".rows.csv.writing").symlink_to("/dev/full")
    err = "".join(refused(run, mapping, "--rows", tmp_path / "rows.csv").split())  # as lines may be broken
    assert "rows.csv`cannotbewrittento" in err
    assert not list(tmp_path.glob("*rows.csv*"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--where", "wrng(d)"), "did you mean `wrong`?"),
        (("--where", "true"), "are about no things"),
        (("--for", "d: Devic", "--where", "wrong(d)"), "did you mean `Device`?"),
        (("--where", "wrong(d)", "--group", "typ(d)"), "`--group`, character 1: there is no"),
        (("--where", "wrong(d)", "--claim", "3"), "does not say what users can do"),
        ((), "what is to be looked up is not said"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    run: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    """Exit code 2, with the nearest name where there is one."""
    code, out, err = run("audit", inventory(tmp_path), *options, *LAW)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())
