"""The query that counts rows, for the system where the tables are."""

from __future__ import annotations

from sqlglot import exp

from checker.data import sql
from checker.data.dialects import in_dialect, plain_comparison
from checker.data.relations import Relations
from checker.rooms.audit.event import about
from checker.rooms.audit.find import Counting

_COUNT = "rows"


def query_of(counting: Counting, dialect: str) -> str:
    """Count the rows that are so, by groups and ways, in one query over the tables of the mapping."""
    warehouse = counting.warehouse
    relations = Relations(warehouse.mapping, counting.model, warehouse.types, dialect=dialect)
    chosen, names = counting.chosen()
    grouped = exp.select(
        *(sql.column(each) for each in names),
        exp.alias_(exp.Count(this=exp.Star()), _COUNT, quoted=True),
    ).from_(chosen.subquery("chosen"))
    if names:
        grouped = grouped.group_by(*(sql.column(each) for each in names))
    for name, view in relations.views(counting.meaning):
        grouped = grouped.with_(sql.quoted(name), as_=view)
    text = f"{in_dialect(grouped.transform(plain_comparison), dialect, pretty=True)};"
    head = (
        f"-- Counts the rows where {' '.join(counting.question.text.split()) or 'the claim speaks of them'}."
    )
    return "\n".join((head, *about(warehouse, (text,), dialect), text, ""))
