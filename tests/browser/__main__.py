"""Open the report in Chromium, follow its links, and hold it against axe-core.

    python -m tests.browser              # a small law and the shipped one, in all looks
    python -m tests.browser --short      # the small law only
    python -m tests.browser --pictures DIR   # also write what is seen

Ends with 0 if all is well, with 1 if something is not. Without Chromium, its driver or the extra
`redline[browser]`, it says so and ends with 0: nothing was looked at.
"""

from __future__ import annotations

import argparse
import base64
import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import checker
from tests.browser.chromium import LOOKS, Look, Window, installed, window
from tests.support.effort import ALONE
from tests.support.places import PERMITS, ROOT

LARGEST: Final = 1_500_000  # bytes of a page, that of the whole shipped law too


def pages(folder: Path, *, short: bool) -> Iterator[tuple[str, Path, str]]:
    """Yield the name of each law, its report, and the number of a claim that a phrase of it leads to."""
    permits = checker.load(PERMITS / "spec", PERMITS / "properties", effort=ALONE)
    yield "permits", permits.report(quick=True).write(folder / "permits"), "1"
    if not short:
        shipped = checker.load(ROOT / "spec", ROOT / "properties")
        yield "shipped", shipped.report().write(folder / "shipped"), "1"


def wrongs(opened: Window, page: Path, look: Look, claim: str) -> Iterator[str]:
    """Yield everything that is not as it should be on one page in one look."""
    size = page.stat().st_size
    if size > LARGEST:
        yield f"the page has {size:,} bytes"
    opened.open(page, look)
    wide = opened.ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        yield f"the page is {wide} pixels wider than the window"
    yield from (f"{each}: not followed" for each in _not_followed(opened, claim))
    yield from opened.violations()
    yield from (f"on the console: {each}" for each in opened.complaints())
    here = page.resolve().as_uri()
    yield from (f"asked for {each}" for each in opened.requests() if not each.startswith((here, "data:")))


def _not_followed(opened: Window, claim: str) -> Iterator[str]:
    """Open a story from the matrix, go from its words to the law, to the words in the text, and back."""
    cell = f".matrix a[href*='story-{claim}-']:has(.refuted)"
    story = opened.follow(cell)
    if not opened.sees(story):
        yield "from the matrix to a story"
    meaning = opened.follow(f"#{story} blockquote a")
    if not opened.sees(meaning):
        yield "from the words in a story to their meaning"
    words = opened.follow(f"#{meaning} a.back")
    if not opened.sees(words):
        yield "from a meaning to the words in the text"
    if opened.follow(f"#{words}") != meaning:
        yield "from the words in the text to their meaning"
    again = opened.follow(f"#{meaning} + dd .turn a[href*='story-{claim}-']")
    if not opened.sees(again):
        yield "from a meaning to a story"


def _picture(opened: Window, place: Path) -> None:
    opened.ask("scrollTo(0, 0)")
    seen = opened.driver.execute_cdp_cmd("Page.captureScreenshot", {})
    place.write_bytes(base64.b64decode(seen["data"]))


def main() -> int:
    """Look at all pages in all looks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--short", action="store_true", help="the small law only")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write what is seen")
    given = parser.parse_args()
    places = installed()
    if places is None:
        sys.stdout.write("no Chromium, or no chromedriver: nothing was looked at\n")
        return 0
    if not all(importlib.util.find_spec(each) for each in ("selenium", "axe_core_python")):
        sys.stdout.write("no selenium or axe-core (`redline[browser]`): nothing was looked at\n")
        return 0
    wrong = 0
    with tempfile.TemporaryDirectory() as made, window(*places, Path(made) / "profile") as opened:
        for name, page, claim in pages(Path(made), short=given.short):
            for look in LOOKS:
                found = tuple(wrongs(opened, page, look, claim))
                wrong += len(found)
                sys.stdout.write(f"{name}, {look.name}: {len(found) or 'nothing'} wrong\n")
                sys.stdout.writelines(f"  {each}\n" for each in found)
                if given.pictures is not None:
                    given.pictures.mkdir(parents=True, exist_ok=True)
                    _picture(opened, given.pictures / f"{name}-{look.name}.png")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
