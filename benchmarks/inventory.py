"""A made-up inventory of devices with the numbers of the FIA: 9,024 ESMEs and 18,905 GPFs with a wrong
Network Operator certificate in one cohort, 125 and 1,226 in another, and none elsewhere.

    python -m benchmarks.inventory FOLDER                       # 100,000 devices
    python -m benchmarks.inventory FOLDER --devices 30000000    # as many as there are
    python -m benchmarks.inventory FOLDER --log 1000000         # and a log of so many requests

Writes `devices.parquet`, `users.csv`, `roles.csv` and the mapping that says what is in them, which is that of
`examples/inventory/`. Which S1SP serves which cohort is made up: the FIA does not say.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb

WRONG: Final = (("IOC", "ESME", 9_024), ("IOC", "GPF", 18_905), ("MOC", "ESME", 125), ("MOC", "GPF", 1_226))
"""Cohort, type, and how many SMETS1 devices have a wrong certificate (FIA 1)."""

FEWEST: Final = sum(count for _, _, count in WRONG)
OPERATORS: Final = 6  # of each fuel; the last of each has left
SUPPLIERS: Final = 12
HERE: Final = Path(__file__).resolve().parent.parent
LOG_MAPPING: Final = HERE / "examples" / "inventory" / "log.toml"
MAPPING: Final = HERE / "examples" / "inventory" / "mapping.toml"

_DEVICES: Final = """
COPY (
  WITH numbered AS (
    SELECT i, (i::HUGEINT * 11400714819323198485) % 18446744073709551616 AS mark FROM range({devices}) t(i)
  ), kinds AS (
    SELECT i, mark, printf('%016x', mark::UBIGINT) AS device_id,
      {wrong_cohort} AS wrong_cohort, {wrong_type} AS wrong_type, (mark // 4096) % 1000 AS dice
    FROM numbered
  ), made AS (
    SELECT i, mark, device_id, dice, wrong_cohort IS NOT NULL AS is_wrong,
      coalesce(wrong_type, CASE
        WHEN dice % 10 < 3 THEN 'ESME' WHEN dice % 10 < 5 THEN 'GSME' WHEN dice % 10 < 7 THEN 'GPF'
        WHEN dice % 10 < 9 THEN 'CHF' WHEN dice < 500 THEN 'PPMID' ELSE 'IHD' END) AS device_type,
      CASE WHEN wrong_cohort IS NOT NULL OR (mark // 7) % 2 = 0 THEN 'SMETS1' ELSE 'SMETS2' END AS generation,
      coalesce(wrong_cohort, ['IOC', 'MOC', 'FOC'][1 + ((mark // 11) % 3)::INT]) AS cohort_of_smets1
    FROM kinds
  ), registered AS (
    SELECT *, CASE WHEN generation = 'SMETS1' THEN cohort_of_smets1 END AS cohort,
      CASE WHEN device_type IN ('ESME', 'HCALCS') THEN 'electricity'
           WHEN device_type IN ('GSME', 'GPF') THEN 'gas' END AS fuel,
      (1 + (mark // 13) % {running})::INT AS operator, (1 + (mark // 17) % {suppliers})::INT AS supplier,
      (1 + (mark // 19) % ({operators} - 1))::INT AS shift
    FROM made
  )
  SELECT device_id, device_type, generation, cohort,
    CASE cohort WHEN 'IOC' THEN 'One' WHEN 'MOC' THEN 'Two' WHEN 'FOC' THEN 'Three'
      ELSE 'One' END AS s1sp,
    printf('hub-%08d', i // 4) AS hub_id,
    CASE WHEN device_type IN ('ESME', 'GPF') THEN CASE
      WHEN is_wrong THEN
        (CASE fuel WHEN 'gas' THEN 'gt-' ELSE 'ed-' END) || (1 + (operator - 1 + shift) % {operators})
      WHEN dice % 50 = 1 THEN 'DCC'
      WHEN dice % 50 = 2 THEN NULL
      ELSE (CASE fuel WHEN 'gas' THEN 'gt-' ELSE 'ed-' END) || operator END END AS network_operator,
    CASE WHEN fuel IS NOT NULL THEN 'supplier-' || supplier END AS supplier,
    CASE WHEN fuel = 'electricity' THEN 'ed-' || operator END AS registered_distributor,
    CASE WHEN fuel = 'gas' THEN 'gt-' || operator END AS registered_transporter,
    CASE WHEN fuel = 'electricity' THEN 'supplier-' || supplier END AS registered_import,
    CASE WHEN fuel = 'gas' THEN 'supplier-' || supplier END AS registered_gas
  FROM registered
) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 200000)
"""


_LOG: Final = """
COPY (
  WITH asked AS (
    SELECT *, r AS turn, ((row_number() OVER ()) * 2654435761) % 1000003 AS dice
    FROM '{devices}' CROSS JOIN range({turns}) t(r)
    WHERE coalesce(registered_import, registered_gas) IS NOT NULL LIMIT {rows}
  )
  SELECT TIMESTAMP '2022-01-01' + to_seconds((dice * 31 + turn * 7919) % 31536000) AS sent,
    CASE WHEN dice < {stray} OR dice % 100 = 99 THEN 'supplier-' || (1 + dice % {suppliers})
      ELSE coalesce(registered_import, registered_gas) END AS sender,
    CASE WHEN registered_import IS NULL THEN 'GS' ELSE 'IS' END AS role,
    '4.8.1' AS srv, device_id AS target, NULL::VARCHAR AS credential, NULL::VARCHAR AS certificate,
    CASE WHEN dice < {stray} OR dice % 100 <> 99
        OR coalesce(registered_import, registered_gas) = 'supplier-' || (1 + dice % {suppliers})
      THEN 'accepted' ELSE 'E4' END AS answer
  FROM asked
  UNION ALL
  SELECT TIMESTAMP '2022-11-10' + to_seconds(i), network_operator,
    CASE WHEN device_type = 'GPF' THEN 'GT' ELSE 'ED' END, '6.15.1', device_id, 'NetworkOperator',
    coalesce(registered_distributor, registered_transporter), 'accepted'
  FROM (SELECT *, row_number() OVER (ORDER BY device_id) AS i FROM '{devices}'
    WHERE generation = 'SMETS1' AND network_operator NOT IN ('DCC', 'ed-{operators}', 'gt-{operators}')
      AND network_operator <> coalesce(registered_distributor, registered_transporter)
    ORDER BY device_id LIMIT {handed})
) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 200000)
"""
STRAY: Final = 12  # of 1,000,003 rows: accepted from a Supplier that is mostly not the registered one
HANDED: Final = 1_000  # slots that their wrong holders hand over, after the change


def main() -> int:
    """Write the inventory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--devices", type=int, default=100_000, metavar="N")
    parser.add_argument("--log", type=int, default=0, metavar="ROWS", help="also a log of so many reads")
    given = parser.parse_args()
    if given.devices < FEWEST:
        parser.error(f"--devices: there are {FEWEST:,} wrong ones alone")
    write(given.folder, given.devices)
    if given.log:
        write_log(given.folder, given.devices, given.log)
    sys.stdout.write(f"{given.devices:,} devices in {given.folder}\n")
    return 0


def write(folder: Path, devices: int) -> None:
    """Write the tables, and beside them the mapping that says what is in them."""
    folder.mkdir(parents=True, exist_ok=True)
    waiting = folder / ".devices.parquet"
    values = {
        "devices": devices,
        "wrong_cohort": _wrong(0),
        "wrong_type": _wrong(1),
        "operators": OPERATORS,
        "running": OPERATORS - 1,
        "suppliers": SUPPLIERS,
        "file": str(waiting).replace("'", "''"),
    }
    _make(folder, _DEVICES.format(**values))
    waiting.replace(folder / "devices.parquet")
    (folder / "users.csv").write_text("user_id,shared\n" + "".join(f"{each},yes\n" for each in _users()))
    roles = "".join(f"{user},{role}\n" for user, role in _roles())
    (folder / "roles.csv").write_text(f"user_id,role\n{roles}")
    if MAPPING.resolve().parent != folder.resolve():
        shutil.copy(MAPPING, folder / MAPPING.name)


def _make(folder: Path, statement: str) -> None:
    """Have a table made, in little memory."""
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit='2GB'")
        connection.execute("SET preserve_insertion_order=false")
        connection.execute(f"SET temp_directory='{folder}'")
        connection.execute(statement)


def write_log(folder: Path, devices: int, rows: int) -> None:
    """Write a log of reads by Suppliers, with some that should have been refused, and of some hand-overs."""
    waiting = folder / ".log.parquet"
    values = {
        "devices": str(folder / "devices.parquet").replace("'", "''"),
        "rows": rows,
        "turns": 1 + 3 * rows // devices,
        "stray": STRAY,
        "suppliers": SUPPLIERS,
        "operators": OPERATORS,
        "handed": HANDED,
        "file": str(waiting).replace("'", "''"),
    }
    _make(folder, _LOG.format(**values))
    waiting.replace(folder / "log.parquet")
    shutil.copy(LOG_MAPPING, folder / LOG_MAPPING.name)


def _wrong(part: int) -> str:
    """Which of the first devices have a wrong certificate: their cohort, or their type."""
    branches, end = [], 0
    for each in WRONG:
        end += each[2]
        branches.append(f"WHEN i < {end} THEN '{each[part]}'")
    return f"CASE {' '.join(branches)} END"


def _users() -> Iterator[str]:
    yield from (f"{kind}-{number}" for kind in ("ed", "gt") for number in range(1, OPERATORS + 1))
    yield from (f"supplier-{number}" for number in range(1, SUPPLIERS + 1))


def _roles() -> Iterator[tuple[str, str]]:
    """Who acts in which role: the last operator of each fuel holds slots, and acts no more."""
    for number in range(1, OPERATORS):
        yield f"ed-{number}", "Electricity Distributor"
        yield f"gt-{number}", "GT"
    for number in range(1, SUPPLIERS + 1):
        yield f"supplier-{number}", "ImportSupplier"
        yield f"supplier-{number}", "GasSupplier"


if __name__ == "__main__":
    sys.exit(main())
