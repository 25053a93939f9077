"""How long `audit` and `replay` take over large tables, in how much memory: a line for each.

    python -m benchmarks.tables FOLDER      # 3,000,000 devices, 10,000,000 requests
    python -m benchmarks.tables FOLDER --devices 30000000 --log 100000000
    python -m benchmarks.tables FOLDER --devices 30000000 --keep     # what is found is kept

Makes the tables in FOLDER if they are not there, which is not measured. CPU seconds are those of all threads
of the process that answers, memory is the most that it had at once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.inventory import write, write_log

QUESTION: Final = ("--where", "wrong(d)", "--group", "cohort(d), type(d)")
_GIB: Final = 1 << 20  # of the KiB in which the system counts


def main() -> int:
    """Make the tables, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--devices", type=int, default=3_000_000, metavar="N")
    parser.add_argument("--log", type=int, default=10_000_000, metavar="ROWS", help="0: no replay")
    parser.add_argument("--keep", action="store_true", help="keep what is found, as a run that may be killed")
    given = parser.parse_args()
    folder: Path = given.folder / f"{given.devices}"
    if not (folder / "mapping.toml").exists():
        write(folder, given.devices)
    kept = ("--keep", str(folder / "kept")) if given.keep else ()
    _measured(f"audit of {given.devices:,} devices", "audit", str(folder / "mapping.toml"), *QUESTION, *kept)
    if given.log:
        logged = folder / f"log of {given.log}"
        if not logged.exists():
            write_log(folder, given.devices, given.log)
            logged.touch()
        _measured(f"replay of {given.log:,} requests", "replay", str(folder / "log.toml"), *kept)
    return 0


def _measured(told: str, *words: str) -> None:
    """Run redline, and print what it took."""
    started = time.monotonic()
    running = subprocess.Popen([sys.executable, "-m", "checker", *words], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    wall, cpu = time.monotonic() - started, used.ru_utime + used.ru_stime
    code = os.waitstatus_to_exitcode(status)
    memory = used.ru_maxrss / _GIB
    sys.stdout.write(f"{told}: wall {wall:.0f} s, CPU {cpu:.0f} s, memory {memory:.1f} GiB, exit {code}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
