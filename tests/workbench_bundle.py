"""A command: the script of the workbench is what its sources give, byte for byte.

    python -m tests.workbench_bundle

Copies `workbench/` to a folder of its own, installs the packages of `package-lock.json` there, checks types,
builds, and compares with `checker/workbench/static`. Exits with 1 if anything is another, with 0 and a
sentence if npm is not installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.places import ROOT

STATIC = ROOT / "checker" / "workbench" / "static"


def main() -> None:
    """Print a line for each file."""
    if shutil.which("npm") is None:
        sys.stdout.write("npm is not installed: nothing was built\n")
        return
    wrong = 0
    with tempfile.TemporaryDirectory() as made:
        place = Path(made) / "workbench"
        shutil.copytree(ROOT / "workbench", place, ignore=shutil.ignore_patterns("node_modules"))
        for words in (
            ("npm", "ci", "--no-audit", "--no-fund"),
            ("npm", "run", "check"),
            ("node", "build.js", "built"),
        ):
            subprocess.run(words, cwd=place, check=True, stdout=subprocess.DEVNULL)
        for each in sorted(STATIC.iterdir()):
            same = each.read_bytes() == (place / "built" / each.name).read_bytes()
            wrong += not same
            sys.stdout.write(f"{each.name}: {'the same' if same else 'another'}\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
