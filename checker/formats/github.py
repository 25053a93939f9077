"""GitHub's workflow commands: a line for each alert, which GitHub shows at its place in a pull request.

Source: GitHub documentation, “Workflow commands for GitHub Actions”.
"""

from __future__ import annotations

from typing import Final

from checker.formats.outcome import Alert, Level, Outcome
from checker.formats.places import Root

_COMMANDS: Final[dict[Level, str]] = {"error": "error", "warning": "warning", "note": "notice"}
_LONGEST: Final = 4000  # letters of a message; GitHub cuts what is much longer


def github_of(outcome: Outcome, root: Root) -> str:
    """Return an outcome as workflow commands; nothing but those, and nothing in them begins another."""
    lines = [_command(each, outcome, root) for each in outcome.alerts]
    return "".join(f"{each}\n" for each in lines)


def _command(alert: Alert, outcome: Outcome, root: Root) -> str:
    place = alert.place or outcome.law
    about: dict[str, str] = {}
    if place is not None:
        about |= {"file": root.name(place.file), "line": str(place.line)}
        one_line = place.end_line in (None, place.line)
        if place.end_line is not None:
            about["endLine"] = str(place.end_line)
        if one_line and place.column is not None:
            about["col"] = str(place.column)
        if one_line and place.end_column is not None:
            about["endColumn"] = str(max(place.end_column - 1, place.column or 1))
    about["title"] = alert.title
    told = ",".join(f"{name}={_property(value)}" for name, value in about.items())
    text = f"{alert.below_title}\n\n{alert.details}".strip() or alert.message
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"::{_COMMANDS[alert.level]} {told}::{_data(short)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
