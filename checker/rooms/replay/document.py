"""What the document of `replay` has in it."""

from __future__ import annotations

from msgspec import Struct

from checker.results.answer import Answer


class ReplayGroup(Struct, frozen=True, kw_only=True):
    """Rows that the log answers alike, and the law otherwise. `column`: the law in force; `law`:
    `malformed`, `accepted`, or the component and the codes of the checks that fail there; `log`: the log's
    answer; `clause` and `reason`: why, of the `example`; `when`: its time.
    """

    column: str
    law: str
    log: str | None
    rows: int
    when: str
    example: dict[str, str]
    clause: str
    reason: str


class ReplayDocument(Answer, frozen=True, kw_only=True):
    """The fields of the document, which `Replay` describes."""

    command: str
    seconds: float
    exit: int
    mapping: str
    rows: int
    columns: dict[str, int]
    before: int
    utc: bool
    against: int
    groups: tuple[ReplayGroup, ...]
    in_order: int
    same_time: int
    open: int
    again: int
    shipped: bool
