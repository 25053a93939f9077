"""Reads what a mapping says of a log of requests: which columns have what, and which law counted when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checker.data.mapping import Cell, DataMapping
from checker.data.read_mapping import Reader
from checker.language.diagnostics import Span
from checker.regime.names import nearest_name

_PARTS: Final = ("table", "when", "zone", "answer", "accepted", "request", "versions")


@dataclass(frozen=True, slots=True)
class InForce:
    """A column of the law, and from when on it counts."""

    since: datetime
    column: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class RequestLog:
    """A table with a row for each request. `when`, `answer`: columns; `accepted`: the answers that say that a
    request was let pass, all others being codes; `request`: parameter -> column; `versions`: by time. `zone`:
    the time zone in which these times are said, None if nobody says.
    """

    table: str
    when: Cell
    answer: Cell
    accepted: tuple[str, ...]
    request: Mapping[str, Cell]
    versions: tuple[InForce, ...]
    zone: ZoneInfo | None

    def moments(self, since: datetime) -> datetime:
        """The moment of a time of a version, as UTC has it. There must be a zone."""
        assert self.zone is not None
        return since.replace(tzinfo=self.zone).astimezone(UTC).replace(tzinfo=None)


def log_of(reader: Reader, mapping: DataMapping, document: Mapping[str, object]) -> RequestLog:
    """The log of a mapping. SpecError with every mistake, and if there is none."""
    top = reader.span("log")
    if "log" not in document:
        reader.say("bad-value", "the mapping has no log of requests", top, ("`[log]`",))
        reader.stop()
    section = reader.section(document, "log")
    for name in section:
        if name not in _PARTS:
            reader.unknown("part of a log", name, reader.span("log", name), _PARTS)
    texts = {name: _text(reader, section, name) for name in ("table", "when", "answer")}
    if texts["table"] and texts["table"] not in mapping.tables:
        reader.unknown("table", texts["table"], reader.span("log", "table"), mapping.tables)
    request = dict(_request(reader, section))
    versions = tuple(sorted(_versions(reader, section), key=lambda each: each.since))
    accepted = reader.strings(section, "accepted") or ("accepted",)
    if not versions:
        said = 'such as `"2022-11-03" = "VERSION"`'
        reader.say(
            "bad-value", "the log does not say which law was in force when", top, ("`[log.versions]`", said)
        )
    missing = [each.name for each in reader.model.request if not each.optional and each.when is None]
    for name in missing:
        if name not in request:
            message = f"every request carries `{name}`, and the log does not say where it is"
            reader.say("not-mapped", message, reader.span("log", "request"))
    reader.stop()
    cells = {name: Cell(texts[name], reader.span("log", name)) for name in ("when", "answer")}
    zone = _zone(reader, section)
    reader.stop()
    return RequestLog(texts["table"], cells["when"], cells["answer"], accepted, request, versions, zone)


def _zone(reader: Reader, section: Mapping[str, object]) -> ZoneInfo | None:
    said = section.get("zone")
    if said is None:
        return None
    try:
        return ZoneInfo(str(said))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message, span = f"there is no time zone `{said}`", reader.span("log", "zone")
        reader.say("unknown-name", message, span, ('such as `zone = "Europe/London"`',))
        return None


def _text(reader: Reader, section: Mapping[str, object], name: str) -> str:
    found = section.get(name)
    if isinstance(found, str):
        return found
    reader.say(
        "bad-value", f"the log does not name its `{name}`", reader.span("log", name), (f'`{name} = "…"`',)
    )
    return ""


def _request(reader: Reader, section: Mapping[str, object]) -> Iterator[tuple[str, Cell]]:
    parameters = {each.name for each in reader.model.request}
    for name, column in reader.section(section, "request").items():
        span = reader.span("log", "request", name)
        if name not in parameters:
            reader.unknown("request parameter", name, span, sorted(parameters))
        elif not isinstance(column, str):
            reader.say("bad-value", f"`{name}` is the name of a column", span)
        else:
            yield name, Cell(column, span)


def _versions(reader: Reader, section: Mapping[str, object]) -> Iterator[InForce]:
    for since, column in reader.section(section, "versions").items():
        span = reader.span("log", "versions", since)
        try:
            moment = datetime.fromisoformat(since)
        except ValueError:
            reader.say("bad-value", f"`{since}` is no time", span, ("such as `2022-11-03T00:00:00`",))
            continue
        if moment.tzinfo is not None:
            reader.say("bad-value", f"`{since}` names a time zone: say it once for all, as `zone`", span)
        elif not isinstance(column, str):
            reader.say("bad-value", "a version is a text", span)
        else:
            yield InForce(moment, column, span)


def missing_columns(reader: Reader, log: RequestLog, types: Mapping[str, str]) -> None:
    """Raise SpecError if the log's table lacks a column that is named."""
    for cell in (log.when, log.answer, *log.request.values()):
        if cell.column not in types:
            near = nearest_name(cell.column, types)
            reader.say(
                "unknown-name", f"`{log.table}` has no column `{cell.column}`", cell.span, (near or "",)
            )
    reader.stop()
