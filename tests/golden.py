"""A command: the golden wording of what edits of SRPD 6.2(d) change, apart from what they are to change.

    python -m tests.golden              # says which wording is not as it was
    python -m tests.golden --refresh    # and writes it anew
    python -m tests.golden own-fuel     # of these pages only

A page of tests/cases/edits says by hand what its edit does: verdicts, requests, whether it allows more.
Nothing writes that. What `redline diff` then tells a reader is kept in tests/cases/edits/wording, as far as
it does not depend on which example the solver finds. It is written only if it is the difference foreseen.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.regime.load import load_texts
from checker.report.paper import lay_out, plain
from checker.rooms.diff.find import differ
from checker.rooms.diff.text import ACCEPTING, Compared, diff_paragraphs
from tests.support.effort import ALONE
from tests.support.places import ROOT, TESTS

EDITS = TESTS / "cases" / "edits"
PATHS = sorted(EDITS.glob("*.md"))
WIDTH = 80
ROW = re.compile(
    r"^\| (?P<claim>\d+\w?) \| (?P<before>\w+) \| (?P<after>\w+) \| (?P<why>\S.*) \|$", re.MULTILINE
)
KIND = re.compile(r"^Against SECMP0107 it is \*\*(?P<kind>[a-z ]+)\*\*\.$", re.MULTILINE)
EXAMPLE = re.compile(r"^  (?:What turns it|For example).*", re.MULTILINE | re.DOTALL)
SEVERAL = re.compile(r"^  A request may fall under several.*\n.* alone\.\n?", re.MULTILINE)


class NotForeseen(Exception):
    """The difference is not the one that the page foresees, so there is nothing to word."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its edit: claims whose outcome changes, with both outcomes; what it allows."""

    text: str
    changes: set[tuple[str, str, str]]
    kind: str


def page_of(path: Path) -> Page:
    """Read a page."""
    text = path.read_text(encoding="utf-8")
    rows = {(row["claim"], row["before"], row["after"]) for row in ROW.finditer(text)}
    assert len(rows) == len(re.findall(r"^\| \d", text, re.MULTILINE)), "a row says nothing new, or no reason"
    (kind,) = KIND.findall(text)
    return Page(text, rows, kind)


def texts(folder: str) -> dict[str, str]:
    """The shipped pages of a folder, by file."""
    paths = sorted((ROOT / folder).rglob("*.md"))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def wording(path: Path) -> str:
    """What `redline diff mp107 edit` says, without examples, and of codes that some change. NotForeseen if it
    is not so.
    """
    page = page_of(path)
    regime = load_texts({**texts("spec"), "edit.md": page.text})
    found = differ(regime, Column("mp107"), Column("edit"), ALONE, "redline diff mp107 edit")
    if found.undecided or found.relation != page.kind:
        raise NotForeseen(found.undecided or f"{found.relation}, and not {page.kind}")
    codes = [each for each in found.changes if each.kind not in ACCEPTING]
    told = replace(found, changes=tuple(each for each in found.changes if each not in codes[1:]))
    report = diff_paragraphs(Compared(told, None, 0, failing=False, repeat="", seconds=0.0), stories=False)
    blocks = plain(lay_out(report, WIDTH)).split("\n\n")
    kept = [block for block in blocks if block.startswith(("What edit decides", "Newly "))]
    return "\n\n".join(EXAMPLE.sub("", SEVERAL.sub("", block)).rstrip() for block in kept) + "\n"


def golden(path: Path) -> Path:
    """Where the wording of a page is kept."""
    return EDITS / "wording" / f"{path.stem}.txt"


def main() -> None:
    """Prints a line for every page; exits with 1 if a wording is not as it was and was not written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument("--refresh", action="store_true", help="write the wording that there is now")
    asked = parser.parse_args()
    pages = {path.stem: path for path in PATHS}
    if unknown := sorted(set(asked.pages) - pages.keys()):
        parser.error(f"there is no page {', '.join(unknown)}")
    wrong = 0
    for name in asked.pages or pages:
        said = _compare(pages[name], refresh=asked.refresh)
        wrong += said not in {"as it was", "written"}
        sys.stdout.write(f"{name}: {said}\n")
        sys.stdout.flush()
    sys.exit(1 if wrong else 0)


def _compare(path: Path, *, refresh: bool) -> str:
    place = golden(path)
    try:
        now = wording(path)
    except (NotForeseen, SpecError) as why:
        return f"refused: {why}"
    if place.exists() and place.read_text(encoding="utf-8") == now:
        return "as it was"
    if not refresh:
        return "not as it was" if place.exists() else "not there"
    place.parent.mkdir(exist_ok=True)
    place.write_text(now, encoding="utf-8")
    return "written"


if __name__ == "__main__":
    main()
