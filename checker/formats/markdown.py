"""A page of Markdown for the summary of a CI run: tables, what is not as it should be, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.formats.outcome import Alert, Level, Outcome, Table, one_line
from checker.formats.places import Root

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~&#$@])")
_MOST: Final = 100  # alerts of a page; a summary that is too large is not shown at all
_LONGEST: Final = 6000  # letters of one story
_HEADS: Final[dict[Level, str]] = {
    "error": "Not as it should be",
    "warning": "Without an answer",
    "note": "Worth knowing",
}


def markdown_of(outcome: Outcome, root: Root) -> str:
    """Return an outcome as a page. Nothing in the law or the claims can become markup."""
    lines = [f"## redline {outcome.command}: {_text(outcome.sum)}", ""]
    for table in outcome.tables:
        lines += [*_table(table), ""]
    for level, head in _HEADS.items():
        alerts = [each for each in outcome.alerts if each.level == level]
        if alerts:
            lines += [f"### {head}", ""]
        for each in alerts[:_MOST]:
            lines += _alert(each, root)
        if len(alerts) > _MOST:
            lines += [f"And {len(alerts) - _MOST} more.", ""]
    if outcome.told:
        lines += ["### Told", ""]
    for told in outcome.told[:_MOST]:
        lines += [f"- **{_text(told.title)}**", "", *_story(told.lines)]
    lines += [f"Repeat with: {_code(outcome.repeat)}", ""]
    return "\n".join(lines)


def _table(table: Table) -> Iterator[str]:
    yield f"### {_text(table.title)}"
    yield ""
    yield _row(table.heads)
    yield f"|{'---|' * len(table.heads)}"
    yield from map(_row, table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_text, cells))} |"


def _alert(alert: Alert, root: Root) -> Iterator[str]:
    where = "" if alert.place is None else f" ({_text(root.name(alert.place.file))}:{alert.place.line})"
    yield f"- **{_text(alert.title)}**{where}" + ("  " if alert.below_title else "")
    if alert.below_title:
        yield f"  {_text(alert.below_title)}"
    yield ""
    if alert.details:
        yield from _story(alert.details)


def _story(lines: str) -> Iterator[str]:
    """Yield a story, folded away, as code: nothing in it is markup."""
    story = lines if len(lines) <= _LONGEST else f"{lines[:_LONGEST]}\n…"
    fence = "`" * (max((len(each) for each in re.findall("`+", story)), default=2) + 1)
    fence = fence if len(fence) > len("``") else "```"
    yield "  <details><summary>The story</summary>"
    yield ""
    yield from (f"  {line}".rstrip() for line in (fence, *story.split("\n"), fence))
    yield ""
    yield "  </details>"
    yield ""


def _text(text: str) -> str:
    """Return a text as it stands in a cell or a paragraph."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _code(text: str) -> str:
    """Return a text as code, whatever backticks are in it."""
    line = one_line(text)
    fence = "`" * (max((len(each) for each in re.findall("`+", line)), default=0) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"`{line}`"
