"""What was counted in tables, and what an event must make of their rows."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The values of a group's terms, None for absent; the way that its rows have, and how many they are."""

    values: tuple[str | None, ...]
    way: int | None
    rows: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted. `total`: all rows; `first`: the first of those that are so, by their keys.
    `again`: how many rows were decided again, of how many groups; `not_again`: why none was, or not of all
    groups.
    """

    total: int
    matching: int
    groups: tuple[GroupCount, ...]
    more_groups: int
    columns: tuple[str, ...]
    first: tuple[tuple[str | None, ...], ...]
    again: int
    boundaries: int
    not_again: str
    written: int | None


@dataclass
class Expected:
    """What the functions that an event changes must be after it: by key, function and the other arguments."""

    values: dict[tuple[str, str, tuple[str | None, ...]], str | bool | None] = field(default_factory=dict)
