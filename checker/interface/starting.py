"""A small complete law for those who begin: it is shipped with redline, and copied into a folder."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.results.files import check_outside_laws, write_files
from checker.results.started import Started

_README: Final = "README.md"
_NEXT: Final = "\n## What to do next\n"
_PROGRAM: Final = ".py.txt"  # of what is a program where it is copied to, and here only a text
_ASIDE: Final = ".git"  # a folder that has nothing else is empty


def start_law(folder: str | Path) -> Started:
    """Write a small law with two versions, three claims and a test into a folder, which is made if it is not
    there. Returns what was written, and what to do next.

    Raises SpecError if the folder is not empty, lies in a law, or cannot be written to; then nothing is
    written.
    """
    place = Path(folder)
    check_outside_laws(place)
    _check_empty(place)
    texts = starter_texts()
    write_files(place, texts)
    steps = _steps(texts[_README])
    first = () if place.resolve() == Path.cwd() else (f"cd {shlex.quote(str(place))}",)
    return Started(folder=str(place), files=tuple(texts), next=(*first, *steps))


def starter_texts() -> dict[str, str]:
    """The files of the small law, by name: the one place that they come from."""
    return dict(sorted(_texts(files("checker") / "starter", "")))


def _texts(place: Traversable, above: str) -> Iterator[tuple[str, str]]:
    for each in place.iterdir():
        if each.is_dir():
            yield from _texts(each, f"{above}{each.name}/")
        else:
            name = each.name.removesuffix(".txt") if each.name.endswith(_PROGRAM) else each.name
            yield f"{above}{name}", each.read_text(encoding="utf-8")


def _steps(readme: str) -> tuple[str, ...]:
    """The commands that the page says to run, with what each is for."""
    section = readme.partition(_NEXT)[2]
    return tuple(line.strip() for line in section.splitlines() if line.startswith("    "))


def _check_empty(place: Path) -> None:
    try:
        held = sorted(each.name for each in place.iterdir() if each.name != _ASIDE)
    except FileNotFoundError:
        return
    except OSError as wrong:
        message = f"`{place}` cannot be read: {(wrong.strerror or 'no reason given').lower()}"
        raise SpecError((Diagnostic("unreadable", message, None, ("a folder",)),)) from None
    if held:
        message = f"`{place}` is not empty: it has `{held[0]}`"
        expected = ("a folder that is empty, or not there yet",)
        raise SpecError((Diagnostic("not-empty", message, None, expected),))
