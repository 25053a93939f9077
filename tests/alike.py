"""A command: the same question has the same verdict, story and evidence, whatever else is asked, and how.

    python -m tests.alike
    python -m tests.alike --spec spec --properties properties --claims 1 2 3 8 12

Asks claims all together, in reversed order, in two processes and with other hashes of strings and, with
`--alone`, each by itself; compares the evidence folders byte for byte. Exits with 1 if a file differs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.regime.load import load_regime
from tests.support.places import LIBRARY, PERMITS
from tests.support.running import PROGRAM

LAWS = (PERMITS, LIBRARY)
VARIES = ("manifest.json",)  # it lists what is asked


def main() -> None:
    """Prints a line for each way of asking, and what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spec", type=Path, default=None)
    parser.add_argument("--properties", type=Path, default=None)
    parser.add_argument("--claims", nargs="*", default=[], help="these claims only")
    parser.add_argument("--alone", action="store_true", help="ask every claim by itself, too")
    given = parser.parse_args()
    laws = LAWS if given.spec is None else ()
    wrong = 0
    for spec, properties in [(each / "spec", each / "properties") for each in laws] or [
        (given.spec, given.properties)
    ]:
        for line in differing(spec, properties, given.claims, alone=given.alone):
            wrong += 1
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{wrong} differ\n")
    sys.exit(1 if wrong else 0)


def differing(
    spec: Path, properties: Path, claims: Sequence[str] = (), *, alone: bool = False
) -> Iterator[str]:
    """Yield every file that is not the same in every way of asking."""
    numbers = list(claims) or [each.number for each in load_regime(spec, properties).claims]
    law = ("--spec", str(spec), "--properties", str(properties))
    together = asked((*numbers, *law), jobs=1, hashes=0)
    ways = {
        "in reversed order": asked((*reversed(numbers), *law), jobs=1, hashes=1),
        "in two processes": asked((*numbers, *law), jobs=2, hashes=2),
        **{f"alone ({each})": asked((each, *law), jobs=1, hashes=3) for each in numbers if alone},
    }
    for way, found in ways.items():
        for name in sorted(found):
            if found[name] != together.get(name):
                yield f"{spec}: {name} {way}"
        if not way.startswith("alone") and found.keys() != together.keys():
            yield f"{spec}: other files {way}"


def asked(arguments: Sequence[str], *, jobs: int, hashes: int) -> dict[str, bytes]:
    """Return the evidence that is written, by file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "evidence"
        subprocess.run(
            (*PROGRAM, "prove", *arguments, "--jobs", str(jobs), "--evidence", str(folder)),
            check=False,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": str(hashes)},
        )
        files = (each for each in folder.rglob("*") if each.is_file())
        return {str(each.relative_to(folder)): each.read_bytes() for each in files if each.name not in VARIES}


if __name__ == "__main__":
    main()
