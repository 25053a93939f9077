"""The report of `replay`: every kind of answer that the law does not give, with clause and reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.report.paper import BLANK, Paragraph, Words, paragraph, row
from checker.rooms.replay.document import ReplayDocument, ReplayGroup

SHOWN: Final = 40  # groups in a report


def replay_paragraphs(found: ReplayDocument) -> Iterator[Paragraph]:
    """Yield the report."""
    times = ", ".join(f"{count:,} under {column}" for column, count in found.columns.items())
    yield paragraph(Words(f"{found.rows:,} requests: {times}", "heading"))
    if found.before:
        yield paragraph(
            f"{found.before:,} more are older than the first law that the mapping names.", indent=2
        )
    if found.against:
        yield paragraph(Words(f"{found.against:,} are not answered as the law says.", "bad"), indent=2)
    else:
        yield paragraph(Words("All that were decided are answered as the law says.", "good"), indent=2)
    for each in found.groups[:SHOWN]:
        yield BLANK
        yield from _group(each)
    if len(found.groups) > SHOWN:
        yield paragraph(f"and {len(found.groups) - SHOWN:,} more kinds.", indent=2)
    yield BLANK
    if found.utc:
        yield paragraph("The log has moments, which are told as UTC has them.", indent=2)
    if found.in_order:
        told = f"{found.in_order:,} rows turn on what requests before them changed"
        yield paragraph(f"{told}, and were followed in order of time.", indent=2)
    if found.same_time:
        told = f"{found.same_time:,} of these have the time of another that names the same thing"
        yield paragraph(Words(f"{told}: they were taken as the table has them.", "warning"), indent=2)
    if found.open:
        told = f"{found.open:,} rows would have to be followed in order of time. They are too many: not done."
        yield paragraph(Words(told, "warning"), indent=2)
    yield paragraph(f"{found.again:,} rows were decided again without SQL, and found the same.", indent=2)
    yield BLANK
    yield paragraph(f"{found.seconds:.1f} s")
    yield row(f"Repeat with: {found.command}")


def _group(each: ReplayGroup) -> Iterator[Paragraph]:
    log = "no answer" if each.log is None else each.log
    yield paragraph(
        Words(f"{each.rows:,} rows", "strong"),
        f" in {each.column}: the log says {log}, the law {_said(each.law)}.",
        indent=2,
        hang=2,
    )
    carried = ", ".join(f"{name}: {value}" for name, value in each.example.items())
    yield paragraph(f"such as {each.when}, {carried}", indent=4, hang=2)
    where = f"{each.clause}: " if each.clause else ""
    yield paragraph(f"{where}{each.reason}.", indent=4, hang=2)


def _said(law: str) -> str:
    component, colon, codes = law.partition(":")
    if not colon:
        return "that it is no such request" if law == "malformed" else "that it is accepted"
    listed = " or ".join(each.strip() for each in codes.split(";") if each.strip())
    return f"that {component} refuses it with {listed}"
