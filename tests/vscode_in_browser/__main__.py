"""A command: the extension, as it is packaged, in a real VS Code, with real keys.

    python -m tests.vscode_in_browser                   # get VS Code from npm, build the package, try it
    python -m tests.vscode_in_browser --host DIR        # keep that VS Code there for the next time
    python -m tests.vscode_in_browser --pictures DIR    # write what is seen at the end, or where it fails

VS Code is the one within npm's `code-server`: about 400 MB, and two minutes the first time, for parts of it
are compiled. Ends with 0 if all is well, with 1 if something is not. Where what it needs is not there
(Chromium and its driver, selenium, Node.js, npm, a C++ compiler), or npm cannot get it, it says so and ends
with 0: nothing was tried.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from checker.interface.starting import start_law
from tests.browser.chromium import installed, window
from tests.vscode.__main__ import copied, run
from tests.vscode_in_browser.host import NEEDED, made, running, version


def main() -> int:
    """Print a line for everything that was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--host", type=Path, metavar="DIR", help="where VS Code is, or is to be")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write what is seen")
    given = parser.parse_args()
    missing = [each for each in NEEDED if shutil.which(each) is None]
    missing += [] if installed() else ["Chromium or chromedriver"]
    missing += [] if importlib.util.find_spec("selenium") else ["selenium (`redline[browser]`)"]
    if missing:
        sys.stdout.write(f"not installed: {', '.join(missing)}: nothing was tried in VS Code\n")
        return 0
    with tempfile.TemporaryDirectory() as place:
        return _try(Path(place), given.host or Path(place) / "host", given.pictures)


def _try(place: Path, host: Path, pictures: Path | None) -> int:
    try:
        code = made(host)
    except subprocess.SubprocessError as wrong:
        sys.stdout.write(f"there is no VS Code from npm: nothing was tried in it ({wrong})\n")
        return 0
    extension = copied(place)
    for words in (("npm", "ci", "--no-audit", "--no-fund"), ("npm", "run", "-s", "package")):
        problems = run(extension, *words)
        if problems:
            sys.stdout.write("\n".join(problems) + "\n")
            return 1
    (package,) = extension.glob("*.vsix")
    from tests.vscode_in_browser.editor import Editor
    from tests.vscode_in_browser.scenes import scenes

    law, state = place / "law", place / "state"
    start_law(law)
    state.mkdir()
    places = installed()
    assert places is not None
    with running(code, package, state) as address, window(*places, place / "profile") as opened:
        sys.stdout.write(f"VS Code {version(code)}, {package.name}\n")
        editor = Editor(opened)
        try:
            for seen in scenes(editor, address, law):
                sys.stdout.write(f"{seen}: as it should be\n")
                sys.stdout.flush()
        except Exception:
            sys.stdout.write(f"then something is wrong\n{traceback.format_exc()}\n")
            editor.picture(pictures, "wrong")
            return 1
        editor.picture(pictures, "end")
    return 0


if __name__ == "__main__":
    sys.exit(main())
