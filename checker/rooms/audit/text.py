"""The report of `audit`: counts as a table, who can send what, and what the tables break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.report.paper import BLANK, WIDTH, Paragraph, Words, paragraph, row
from checker.rooms.audit.document import AuditBroken, AuditClaim, AuditCount, AuditDocument, AuditEvent

SHOWN: Final = 40  # groups in a report
FEW: Final = 4  # rows in a report, if they do not fit in a table
_WIDEST: Final = 30  # letters of a cell
_KINDS: Final = {"axiom": "Axioms", "premise": "Premises", "value": "Values that must be there"}


def audit_paragraphs(audit: AuditDocument) -> Iterator[Paragraph]:
    """Yield the report."""
    if audit.count is not None:
        yield from _counted(audit.count, str(audit.column.text))
        yield BLANK
    if audit.event is not None:
        yield from _event(audit.event)
        yield BLANK
    if audit.broken is not None:
        yield from _supposed(audit.broken)
        yield BLANK
    yield paragraph(f"{audit.seconds:.1f} s")
    yield row(f"Repeat with: {audit.command}")


# -------------------------------------------------------------------- counts


def _counted(count: AuditCount, column: str) -> Iterator[Paragraph]:
    things = ", ".join(f"{name}: {sort}" for name, sort in count.variables.items())
    heading = f"Rows {count.where}, in {column}"
    yield paragraph(Words(heading, "heading"))
    yield paragraph(f"{count.matching:,} of {count.total:,} ({things}).", indent=2)
    if count.groups and (count.groups[0].values or count.claim is not None):
        yield BLANK
        yield from _groups(count)
    if count.claim is not None:
        yield BLANK
        yield from _ways(count)
    if count.first:
        yield BLANK
        yield paragraph(Words("The first rows", "strong"), indent=2)
        yield from _rows(count)
    if count.rows_file is not None:
        yield BLANK
        yield paragraph(f"All {count.matching:,} rows are in {count.rows_file}.", indent=2)
    if count.query_file is not None:
        yield BLANK
        yield paragraph(f"The query that counts them is in {count.query_file}.", indent=2)
    yield BLANK
    yield _again(count)


def _rows(count: AuditCount) -> Iterator[Paragraph]:
    """Yield the first rows as a table or, if that is too wide, a few of them as sentences."""
    table = list(table_of(count.columns, [["" if v is None else v for v in each] for each in count.first]))
    if max(sum(len(run.text) for run in each.runs) for each in table) <= WIDTH:
        yield from table
        return
    for each in count.first[:FEW]:
        told = (f"{n}: {v}" for n, v in zip(count.columns, each, strict=True) if v is not None)
        yield paragraph(", ".join(told), indent=2, hang=2)


def _groups(count: AuditCount) -> Iterator[Paragraph]:
    names = tuple(count.groups[0].values)
    ways = count.claim is not None
    head = (*names, *(("way",) if ways else ()), "rows")
    shown = count.groups[:SHOWN]
    cells = [
        [
            *("absent" if value is None else value for value in each.values.values()),
            *(("none" if each.way is None else str(each.way),) if ways else ()),
            f"{each.rows:,}",
        ]
        for each in shown
    ]
    yield from table_of(head, cells)
    more = len(count.groups) - len(shown) + count.more_groups
    if more:
        yield paragraph(f"and {more:,} more groups.", indent=2)


def _ways(count: AuditCount) -> Iterator[Paragraph]:
    yield paragraph(Words(f"Who can send what, by the proof of claim {count.claim}", "strong"), indent=2)
    for each in count.ways:
        carried = ", ".join(f"{name}: {term}" for name, term in each.parameters.items())
        yield paragraph(f"{carried}.", indent=2, bullet=f"way {each.number}. ", hang=0)
    without = sum(each.rows for each in count.groups if each.way is None)
    if without:
        yield paragraph(f"{without:,} rows have none of these ways.", indent=2)


def _again(count: AuditCount) -> Paragraph:
    if not count.again:
        return paragraph(Words(f"No row was decided again: {count.not_again}.", "warning"), indent=2)
    told = f"{count.again:,} rows were decided again without SQL, and found the same: one of each of"
    limits = f" ({count.not_again})" if count.not_again else ""
    return paragraph(f"{told} {count.boundaries:,} groups{limits}, and others at random.", indent=2)


# --------------------------------------------------------------------- event


def _event(event: AuditEvent) -> Iterator[Paragraph]:
    yield paragraph(Words(f"The event {event.name} as a script, for {event.dialect}", "heading"))
    if event.script_file is None:
        yield from (row("  ", line) for line in event.script.splitlines())
    else:
        yield paragraph(f"It is in {event.script_file}.", indent=2)
    yield BLANK
    copies = "a copy" if len(event.tables) == 1 else "copies"
    changed = " and ".join(f"{rows:,} rows of {table}" for table, rows in event.tables.items())
    yield paragraph(
        f"Run on {copies}, it changes {changed}. A second run changes {event.again:,}. What it wrote was"
        f" held against the law in {event.held:,} rows.",
        indent=2,
    )
    yield BLANK
    yield paragraph(Words("The claims about it, on the copy", "heading"))
    for each in event.claims:
        yield from _claim(each)
    if not event.claims:
        yield paragraph("There are none.", indent=2)


def _claim(each: AuditClaim) -> Iterator[Paragraph]:
    name = f"{each.number}  {each.sentence}"
    if each.unsaid:
        yield paragraph(Words("not known", "warning"), f"  {name} {each.unsaid}", indent=2, hang=2)
        return
    said = Words("broken", "bad") if each.broken else Words("holds", "good")
    told = f"Of {each.rows:,}, and false of {each.broken:,}."
    if each.rows != each.rows_without_premises:
        told += (
            f" Without its premises, of {each.rows_without_premises:,}, and false of"
            f" {each.broken_without_premises:,}."
        )
    if not each.rows and not each.rows_without_premises:
        said = Words("of nothing", "warning")
    elif not each.rows:
        said = Words("not as given", "warning")
    yield paragraph(said, f"  {name} {told}", indent=2, hang=2)
    for values in each.first:
        yield paragraph(", ".join(values), indent=6)


# ---------------------------------------------------------------- suppositions


def _supposed(found: Sequence[AuditBroken]) -> Iterator[Paragraph]:
    for kind, heading in _KINDS.items():
        mine = [each for each in found if each.kind == kind]
        if mine:
            yield paragraph(Words(heading, "heading"))
        for each in mine:
            yield from _one(each)


def _one(each: AuditBroken) -> Iterator[Paragraph]:
    if each.unsaid:
        yield paragraph(Words("not known", "warning"), f"  {each.name}: {each.unsaid}", indent=2, hang=2)
        return
    if each.holds:
        yield paragraph(Words("holds", "good"), f"  {each.name}: {each.sentence}", indent=2, hang=2)
        return
    said = Words("open", "quiet") if each.kind == "premise" else Words("broken", "bad")
    times = "" if each.rows is None else f" Not so of {each.rows:,}."
    yield paragraph(said, f"  {each.name}: {each.sentence}{times}", indent=2, hang=2)
    for values in each.first:
        told = ", ".join(f"{name} = {value}" for name, value in zip(each.variables, values, strict=True))
        yield paragraph(told, indent=6)


def table_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Paragraph]:
    """Yield a table, each column as wide as it must be; long cells are cut."""
    cut = [[_cut(each) for each in cells] for cells in (head, *rows)]
    widths = [max(len(cells[n]) for cells in cut) for n in range(len(head))]
    for number, cells in enumerate(cut):
        line = "  ".join(
            cell.rjust(width) if _is_count(head[n]) else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        yield row("  ", Words(line.rstrip(), "strong" if number == 0 else ""))


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _is_count(name: str) -> bool:
    return name == "rows"
