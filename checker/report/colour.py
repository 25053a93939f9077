"""Lines in colour, for terminals. The only module that knows rich; import it when you have a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Final

from rich.console import Console
from rich.text import Text

from checker.report.paper import Line, Style

_LOOKS: Final[dict[Style, str]] = {
    "": "",
    "heading": "bold",
    "strong": "bold",
    "good": "green",
    "bad": "bold red",
    "warning": "yellow",
    "quiet": "dim",
    "inserted": "underline green",
    "struck": "strike red",
}


def print_in_colour(lines: Iterable[Line], stream: IO[str]) -> None:
    """Write the lines to a terminal, as they were set."""
    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((run.text, _LOOKS[run.style]) for run in line)))
