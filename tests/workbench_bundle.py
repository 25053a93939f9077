"""A command: the script of the workbench is what its sources give, byte for byte.

    python -m tests.workbench_bundle
    python -m tests.workbench_bundle --write     # write the words of the language, and what is built

Copies `workbench/` to a folder of its own, installs the packages of `package-lock.json` there, checks types,
builds, and compares with `checker/workbench/static`. Exits with 1 if anything is another, with 0 and a
sentence if npm is not installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.language_words import language_words
from tests.support.places import ROOT

STATIC = ROOT / "checker" / "workbench" / "static"
WORDS = ROOT / "workbench" / "src" / "words.json"


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write what is another")
    write = parser.parse_args().write
    if shutil.which("npm") is None:
        sys.stdout.write("npm is not installed: nothing was built\n")
        return
    if write:
        WORDS.write_text(json.dumps(sorted(language_words()), indent=1) + "\n", encoding="utf-8")
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
            built = (place / "built" / each.name).read_bytes()
            same = each.read_bytes() == built
            wrong += not same and not write
            if write:
                each.write_bytes(built)
            sys.stdout.write(f"{each.name}: {'the same' if same else 'another'}\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
