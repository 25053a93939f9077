"""A command: the extension for VS Code is built, tested and packaged.

    python -m tests.vscode              # types, colours, the program, the package
    python -m tests.vscode --short      # the first three, without random laws

Copies `editors/vscode/` to a folder of its own and installs the packages of `package-lock.json` there. Exits
with 1 if anything is wrong, with 0 and a sentence if npm is not installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.support.places import ROOT
from tests.support.short_mode import exit_code, is_missing, is_short
from tests.vscode.colours import compare, pages, random_pages

MARKDOWN: Final = "node_modules/tm-grammars/grammars/markdown.json"
PACKED: Final = {
    "LICENSE.txt",
    "dist/extension.js",
    "dist/licences.txt",
    "language-configuration.json",
    "package.json",
    "readme.md",
    "syntaxes/markdown.redline.json",
    "syntaxes/redline.tmLanguage.json",
}
"""What the package has, below `extension/`, and nothing else."""

SECONDS: Final = 600


def main() -> None:
    """Print a line for each check."""
    short = is_short(__doc__, "do not build and package")
    if is_missing("npm", "the extension is not built, tested or packaged"):
        return
    with tempfile.TemporaryDirectory() as made:
        code = exit_code(checks(copied(Path(made)), short=short))
    if short:
        sys.stdout.write("not built and packaged: this is the short mode\n")
    sys.exit(code)


def copied(made: Path) -> Path:
    """The extension and the licence, in a folder of their own."""
    place = made / "editors" / "vscode"
    shutil.copytree(
        ROOT / "editors" / "vscode", place, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix")
    )
    shutil.copy(ROOT / "LICENSE", made / "LICENSE")
    return place


def checks(place: Path, *, short: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each check and what is wrong."""
    installed = run(place, "npm", "ci", "--no-audit", "--no-fund")
    yield "npm ci", installed
    if not installed:
        yield "types", run(place, "npm", "run", "-s", "check")
        yield "colours of examples", run(place, "npm", "run", "-s", "test:grammar")
        yield "colours of pages", tuple(colours(place, pages()))
        yield "the program", run(place, "npm", "run", "-s", "test:program")
        if not short:
            yield "colours of random laws", tuple(colours(place, random_pages()))
            yield "package", run(place, "npm", "run", "-s", "package") or tuple(package(place))


def colours(place: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """Each word of each page that has the colour of something else."""
    for name, text in texts.items():
        (place / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "pages" / name).write_text(text, encoding="utf-8")
    words = ("npx", "vscode-tmgrammar-snap", "-g", MARKDOWN, "-s", "text.html.markdown", "pages/**/*.md")
    yield from run(place, *words)
    found = [
        compare(name, text, (place / "pages" / f"{name}.snap").read_text(encoding="utf-8"))
        for name, text in texts.items()
    ]
    if sum(each.words for each in found) == 0:
        yield "no word was compared"
    for each in found:
        yield from each.wrong


def package(place: Path) -> Iterator[str]:
    """What is wrong with the package."""
    made = list(place.glob("*.vsix"))
    if len(made) != 1:
        yield f"there are {len(made)} packages"
        return
    with zipfile.ZipFile(made[0]) as packed:
        names = packed.namelist()
        inside = {each.removeprefix("extension/") for each in names if each.startswith("extension/")}
        yield from (f"has no {each}" for each in sorted(PACKED - inside))
        yield from (f"has {each}, too" for each in sorted(inside - PACKED))
        if "dist/extension.js" in inside:
            script = packed.read("extension/dist/extension.js").decode()
            yield from (f"does not speak of {each}" for each in ("redline.story",) if each not in script)


def run(place: Path, *words: str) -> tuple[str, ...]:
    """Nothing, or how a program failed."""
    program = Path(sys.executable).parent / "redline"
    env = {**os.environ, "REDLINE": str(program) if program.exists() else "", "REDLINE_CACHE": "0"}
    found = subprocess.run(
        words, cwd=place, env=env, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    if found.returncode == 0:
        return ()
    return (f"{' '.join(words)} ended with {found.returncode}: {(found.stdout + found.stderr)[-2000:]}",)


if __name__ == "__main__":
    main()
