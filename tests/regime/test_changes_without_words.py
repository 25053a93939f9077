"""Tables, calendars and definitions of two versions: what an amendment changes there is told, both ways."""

from __future__ import annotations

import itertools

import pytest

import checker
from checker.language.diagnostics import NOWHERE
from checker.language.syntax import Text
from checker.regime.program import TableData
from checker.regime.tables_compared import ChangedTable, tables_between

LAW = """# A library

```redline
sort Book
quantity money "$" with 2 decimals, never negative
calendar gb "working day" never on Saturday, Sunday, table holidays: "day"
    known from 1 January 2026 to 31 December 2026
enum Kind from table fines: value "kind"
fixed fine(Kind): money "the fine for {1}" from table fines: "fine"
fixed kind(Book): Kind "the kind of {1}"
request "a loan of {book}"
    book: Book
component Desk "the desk"
route Desk
define dear(b: Book) "{b} is [not] dear" means fine(kind(b)) more than 1.00 inference "so it is called"
adopted check cheap at Desk, reject without a published code, because "nothing dear is lent"
    requires not dear(book) inference "it is dear"
version old "the old law"
version new "the new law" is old with act
modification act "an Act"
```

```redline
table holidays
```

| holiday | day |
|---|---|
| Christmas Day | 2026-12-25 |
| Boxing Day | 2026-12-28 |

```redline
table fines
```

| kind | fine |
|---|---|
| Atlas | $1.00 |
| Novel | $0.50 |

```redline
by act amend table fines: row "Atlas", "fine" becomes "$2.00"
by act amend table holidays: row "Boxing Day", "day" becomes "2026-12-29"

by act replace dear:
define dear(b: Book) "{b} is [not] dear" means fine(kind(b)) more than 1.50 inference "so it is called"
```
"""


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> checker.Law:
    folder = tmp_path_factory.mktemp("library")
    (folder / "spec").mkdir()
    (folder / "properties").mkdir()
    (folder / "spec" / "law.md").write_text(LAW, encoding="utf-8")
    return checker.load(folder / "spec", folder / "properties")


def _left(table: ChangedTable, without: str) -> list[list[str]]:
    """The table when one kind of change is taken, and the other is not."""
    rows = [each for each in table.rows if each.kind != without]
    return [["".join(x.text for x in cell if x.kind != without) for cell in row.cells] for row in rows]


def test_tables_and_declarations_are_told_with_what_is_struck_and_inserted(law: checker.Law) -> None:
    """In `show --against`, and in `show` alone, where it is what modifications changed."""
    for text in (law.show("new", against="old").text(), law.show("new").text()):
        said = " ".join(text.split())
        assert (
            "Table fines (amended) kind | fine Atlas | [-$1.00-] {+$2.00+} 1 other row is not changed" in said
        )
        assert "Boxing Day | [-2026-12-28-] {+2026-12-29+}" in said
        assert "means fine(kind(b)) more than [-1.00-] {+1.50+} inference" in said
    back = " ".join(law.show("old", against="new").text().split())
    assert "Atlas | [-$2.00-] {+$1.00+}" in back
    assert "more than [-1.50-] {+1.00+} inference" in back


def test_what_is_not_changed_is_not_told(law: checker.Law) -> None:
    """A version against itself, and the first one alone, have no changed table and no changed declaration."""
    for answer in (law.show("old"), law.show("new", against="new")):
        assert not answer.declarations
        assert [each.name for each in answer.tables] == ["holidays", "fines"]
        assert not any(each.changed for each in answer.tables)
        assert "Table" not in answer.text()


def test_the_page_has_the_tables(law: checker.Law) -> None:
    """So has the law in a report, which is the same section."""
    page = law.page(law.show("new", against="old"))
    assert "<td>Atlas</td><td><del>$1.00</del> <ins>$2.00</ins></td>" in page
    assert "more than <del>1.00</del> <ins>1.50</ins> inference" in page


def test_rows_that_come_and_go_lead_from_one_table_to_the_other() -> None:
    """Also where several rows begin with the same cell, and where columns are others."""
    head = ("kind", "age", "fine")
    rows = [("A", "old", "1"), ("A", "new", "2"), ("B", "new", "3")]
    grids: list[tuple[tuple[str, ...], ...]] = [
        (head, *kept) for size in range(4) for kept in itertools.permutations(rows, size)
    ]
    grids += [(("kind", "fine"), ("A", "1")), (head, ("A", "new", "3"), ("B", "new", "3"))]
    made = [_table(grid) for grid in grids]
    for (old, one), (new, other) in itertools.product(zip(grids, made, strict=True), repeat=2):
        (table,) = tables_between({"t": one}, {"t": other})
        assert _left(table, "inserted") == [list(row) for row in old]
        assert _left(table, "struck") == [list(row) for row in new]
        assert table.changed == (old != new)


def _table(grid: tuple[tuple[str, ...], ...]) -> TableData:
    head, *rows = grid
    return TableData("t", head, tuple(tuple(Text(cell, NOWHERE) for cell in row) for row in rows))
