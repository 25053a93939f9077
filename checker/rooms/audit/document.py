"""What the document of `audit` has in it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from checker.report.json_documents import ToldColumn
from checker.results.answer import Answer


class AuditGroup(Struct, frozen=True, kw_only=True):
    """Rows that are so, and alike in the terms by which they are grouped. `values`: term -> value, `null` for
    absent; `way`: the number of the way to put them right, `null` if there is none or none was asked for.
    """

    values: dict[str, str | None]
    way: int | None
    rows: int


class AuditWay(Struct, frozen=True, kw_only=True):
    """A request that leads nearer to the goal of the claim, in a row that has this way. `number` counts from
    1; at most `rank` steps are left; `parameters`: name -> term of the language.
    """

    number: int
    rank: int
    parameters: dict[str, str]


class AuditBroken(Struct, frozen=True, kw_only=True):
    """Something that the law supposes: an axiom, a premise, or that a function always has a value. `rows`:
    how many choices of things break it (`null` if it is about none); `first`: some of them, in the order of
    `variables`; `unsaid`: why it could not be looked up, or empty.
    """

    kind: Literal["axiom", "premise", "value"]
    name: str
    sentence: str
    holds: bool
    rows: int | None
    variables: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    unsaid: str


class AuditCount(Struct, frozen=True, kw_only=True):
    """How many rows are as `where` says, of all. `variables`: name -> sort. `first`: some of them, by
    `columns`. `again`: how many rows were decided again without SQL; `boundaries`: of how many groups that
    differ in the truth of an atom or in their answer; `not_again`: why not of all. `query_file`: where the
    query that counts them is.
    """

    where: str
    variables: dict[str, str]
    total: int
    matching: int
    groups: tuple[AuditGroup, ...]
    more_groups: int
    claim: str | None
    ways: tuple[AuditWay, ...]
    columns: tuple[str, ...]
    first: tuple[tuple[str | None, ...], ...]
    again: int
    boundaries: int
    not_again: str
    rows_file: str | None
    query_file: str | None


class AuditClaim(Struct, frozen=True, kw_only=True):
    """A claim about the event, looked up after it. Of `rows` choices of things the claim speaks, with its
    premises; of `broken` of these it is false. The same without its premises, which the tables may break.
    `first`: some for which it is false then. `unsaid`: why it could not be looked up, or empty.
    """

    number: str
    name: str
    sentence: str
    rows: int
    broken: int
    rows_without_premises: int
    broken_without_premises: int
    first: tuple[tuple[str, ...], ...]
    unsaid: str


class AuditEvent(Struct, frozen=True, kw_only=True):
    """An event as a script, run on copies of its tables. `tables`: so many of their rows are others after it;
    `again`: so many after a second run. `held`: in so many rows what it wrote was compared with the meaning
    of the language.
    """

    name: str
    dialect: str
    script: str
    script_file: str | None
    tables: dict[str, int]
    again: int
    held: int
    claims: tuple[AuditClaim, ...]


class AuditDocument(Answer, frozen=True, kw_only=True):
    """The fields of the document, which `Audit` describes."""

    command: str
    seconds: float
    exit: int
    column: ToldColumn
    mapping: str
    tables: dict[str, str]
    count: AuditCount | None
    event: AuditEvent | None
    broken: tuple[AuditBroken, ...] | None
    shipped: bool
