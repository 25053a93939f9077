"""Finite situations, requests and stories: the values that `evaluate` reads and reports tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Instance: TypeAlias = tuple[str, str | None]
"""A component and, if it is indexed, the enum value of the instance."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A finite structure. Things and enum values are named by strings.

    `things`: the elements of each uninterpreted sort, including named constants (by their own name).
    `values`: (function, arguments) -> value name, or True for a fact that holds. Values that are not listed
    are absent or false, unless they are in a table. `versions`: the version deployed at every component
    instance. `days_off`: by the name of a calendar that leaves it open, which other days are no working days.
    """

    things: Mapping[str, tuple[str, ...]]
    values: Mapping[tuple[str, tuple[str, ...]], str | bool]
    versions: Mapping[Instance, str]
    days_off: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """Parameter name -> value name; parameters that are not listed are absent."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """An accepted (or, as the last step of a story, refused) request, or an event with its arguments."""

    kind: Literal["request", "event"]
    request: Request | None = None
    event: str | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """A story: `situations` has one more entry than `steps`; the first one satisfies `start`, unless
    the claim is about any situation (then there may be no step at all)."""

    situations: tuple[Situation, ...]
    steps: tuple[Step, ...]
