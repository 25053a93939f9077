"""What every document for machines shares: how it is written as text, and how a column stands in it."""

from __future__ import annotations

import json

import msgspec

from checker.model.claim import Column


class ToldColumn(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim is asked of: a version or deployment (`base`), under `readings`, `without` suppositions.

    `text` is how it is typed for `--version` and in Python. `staged`: other things may happen while a request
    is under way.
    """

    text: str
    base: str
    readings: tuple[str, ...]
    without: tuple[str, ...]
    staged: bool

    def __str__(self) -> str:
        return self.text


def told_column(column: Column) -> ToldColumn:
    """Return a column in parts, and as it is written."""
    return ToldColumn(
        text=str(column),
        base=column.base,
        readings=column.readings,
        without=column.without,
        staged=column.staged,
    )


def dumped(document: object) -> str:
    """Return a document as text, ended by a line feed; letters of any script stand as they are.

    msgspec turns it into lists and mappings; the text is `json`'s, which can also write the names of files
    that are no text in any encoding.
    """
    return json.dumps(msgspec.to_builtins(document), indent=2, ensure_ascii=False) + "\n"
