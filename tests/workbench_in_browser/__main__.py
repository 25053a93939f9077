"""Use the workbench in Chromium, with real keys, and hold what is seen against axe-core.

    python -m tests.workbench_in_browser              # a small law and the shipped one
    python -m tests.workbench_in_browser --short      # the small law only
    python -m tests.workbench_in_browser --pictures DIR   # also write what is seen

Ends with 0 if all is well, with 1 if something is not. Without Chromium, its driver or what is to be
installed for it, it says so and ends with 0: nothing was looked at.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Final

from tests.browser.chromium import installed, window
from tests.support.places import PERMITS, ROOT

_NEEDED: Final = ("selenium", "axe_core_python", "starlette", "uvicorn", "websockets")


def main() -> int:
    """Do everything that is to be done, and say what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--short", action="store_true", help="the small law only")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write what is seen")
    parser.add_argument("--only", metavar="WORD", default="", help="only what has this word in its name")
    given = parser.parse_args()
    places = installed()
    if places is None:
        sys.stdout.write("no Chromium, or no chromedriver: nothing was looked at\n")
        return 0
    if not all(importlib.util.find_spec(each) for each in _NEEDED):
        sys.stdout.write("no selenium or axe-core (`redline[browser,serve]`): nothing was looked at\n")
        return 0
    from tests.workbench_in_browser.desk import Desk
    from tests.workbench_in_browser.scenes import SCENES, Scene
    from tests.workbench_in_browser.server import free_port

    wrong = 0
    for number, scene in enumerate(each for each in SCENES if given.only in each.__name__):
        shipped = scene.__name__.startswith("shipped")
        if shipped and given.short:
            continue
        with tempfile.TemporaryDirectory() as made, window(*places, Path(made) / "profile") as opened:
            law = Path(made) / "law"
            origin = ROOT if shipped else PERMITS
            for each in ("spec", "properties"):
                shutil.copytree(origin / each, law / each)
            desk = Desk(opened)
            try:
                scene(Scene(desk, law, Path(made) / "state", free_port(), given.pictures))
                sys.stdout.write(f"{scene.__name__.replace('_', ' ')}: as it should be\n")
            except Exception:
                wrong += 1
                sys.stdout.write(f"{scene.__name__.replace('_', ' ')}: wrong\n{traceback.format_exc()}\n")
                desk.picture(given.pictures, f"wrong-{number}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
