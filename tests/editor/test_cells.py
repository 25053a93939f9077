"""In tables of a law, what a cell can say is offered, told and renamed."""

from __future__ import annotations

import pytest

from checker.editor.completion import completions
from checker.editor.hover import hover
from checker.editor.index import Index, index_of
from checker.editor.pages import read_pages
from checker.editor.proposals import Proposal
from checker.editor.renaming import renamed
from tests.support.edited_law import marked, place

TEXT = """\
```redline
enum Act: Read "read", Write "write", Wipe "wipe"
enum Role from table roles: value "role", label "name"
table roles
```

| role | name | may | needs-key | first |
|---|---|---|---|---|
| clerk | a clerk | Read Write | no | Read |
| guest | a guest | none | unknown | none |

```redline
fixed may(Role, Act) "{1} may {2}" from table roles: "may" lists Act
fixed needs-key(Role) "{1} needs a key" from table roles: "needs-key"
fixed first(Role): optional Act "the first act of {1}" from table roles: "first"
fixed trained(Act) "{1} is trained for" from table acts: "trained"
table acts
```

| act | trained |
|---|---|
| Read | yes |
ROW

```redline
modification LATER "later"
by LATER amend table roles: row "guest", "may" becomes "Read"
```
"""


def _index(text: str) -> Index:
    return index_of(read_pages({"law.md": text}, {}))


def _asked(words: str, instead: str) -> tuple[Proposal, ...]:
    text, line, column = marked(TEXT.replace(words, instead, 1).replace("ROW\n", ""))
    return completions(_index(text), "law.md", line, column)


@pytest.mark.parametrize(
    ("words", "instead", "offered"),
    [
        ("| Read Write |", "| Read ¦ |", {"Write", "Wipe"}),
        ("| Read Write |", "| Read W¦ |", {"Write", "Wipe"}),
        ("| Read Write |", "| ¦ |", {"Read", "Write", "Wipe", "none", "unknown"}),
        ("| no |", "| ¦ |", {"yes", "no", "unknown"}),
        ("| no | Read |", "| no |¦|", {"Read", "Write", "Wipe", "none", "unknown"}),
        ("ROW", "| ¦", {"Write", "Wipe"}),
        ("ROW", "| Wi¦ |", {"Write", "Wipe"}),
        ("ROW", "| Wipe | y¦", {"yes", "no", "unknown"}),
        ("| act | trained |", "| act | ¦ |", {"trained"}),
        ("| role |", "| ¦role |", set()),
        ("|---|---|\n| Read", "|¦---|---|\n| Read", set()),
        ("| clerk |", "| ¦clerk |", set()),
    ],
)
def test_a_cell_is_offered_what_its_column_can_say(words: str, instead: str, offered: set[str]) -> None:
    """Values that the cell does not have yet, yes and no, rows that are missing, headings that are read."""
    assert {each.text for each in _asked(words, instead)} == offered


def test_what_is_begun_is_replaced() -> None:
    """The word before the pointer is replaced, and no other of the cell."""
    found = _asked("| Read Write |", "| Read W¦ |")
    assert {each.span.end_column - each.span.column for each in found} == {1}
    assert next(each.words for each in found if each.text == "Wipe") == "wipe"


def test_a_table_that_no_law_reads_is_left_alone() -> None:
    """In other tables there is no proposal and no hover."""
    text, line, column = marked(TEXT.replace("ROW\n", "") + "\n| a | b |\n|---|---|\n| ¦x | y |\n")
    found = _index(text)
    assert completions(found, "law.md", line, column) == ()
    assert hover(found, "law.md", line, column) is None


def test_a_cell_and_a_heading_tell_who_reads_them() -> None:
    """A yes or a no is told as the function that it is about; a value as itself."""
    found = _index(TEXT)
    for inner in ("no |", "needs-key |"):
        said = hover(found, "law.md", *place(TEXT, inner))
        assert said is not None
        assert "**function** `needs-key(Role)" in said.text
    value = hover(found, "law.md", *place(TEXT, "| Read Write", "Write"))
    assert value is not None
    assert "**value** `Write" in value.text


def test_a_value_is_renamed_in_cells_and_in_their_amendments() -> None:
    """Its declaration, the cells that list it, and what an amendment writes into one."""
    edits = renamed(_index(TEXT), "law.md", *place(TEXT, 'Read "read"'), "Look")
    assert len(edits) == 5
    rows = renamed(_index(TEXT), "law.md", *place(TEXT, "| guest"[2:]), "visitor")
    assert [each.span.line for each in rows] == sorted(
        [TEXT[: TEXT.index("| guest")].count("\n") + 1, TEXT[: TEXT.index('row "guest"')].count("\n") + 1]
    )
