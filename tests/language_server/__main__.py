"""A command: `redline lsp`, held against the protocol by pytest-lsp, as several editors would speak to it.

    pip install -e ".[editors]"
    python -m tests.language_server              # as three editors
    python -m tests.language_server --short      # as one

A pytest of its own: the plugin would get in the way of other items. Ends with 1 if anything is wrong; without
pytest-lsp it says so and ends with 0: nothing was looked at.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

SESSION = Path(__file__).with_name("session.py")


def main() -> None:
    """Run the session, by pytest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="as one editor")
    short = parser.parse_args().short
    if importlib.util.find_spec("pytest_lsp") is None:
        sys.stdout.write("pytest-lsp is not installed: the language server is not tested with it\n")
        return
    words = [sys.executable, "-m", "pytest", "-o", "addopts=", "-o", "asyncio_mode=auto", "-q"]
    words += ["-p", "no:xdist", "-p", "no:cacheprovider", "--import-mode=importlib", str(SESSION)]
    words += ["-k", "neovim"] if short else []
    sys.exit(subprocess.run(words, check=False).returncode)


if __name__ == "__main__":
    main()
