"""What a law has names for, for completion at a terminal."""

from __future__ import annotations

from msgspec import Struct


class LawNames(Struct, frozen=True, kw_only=True):
    """What can be named in a command: name -> what it stands for, in words. `values`: of each parameter of a
    request that has values with names; `places`: what has a value in a situation.
    """

    claims: dict[str, str]
    numbers: dict[str, str]
    columns: dict[str, str]
    premises: dict[str, str]
    parameters: dict[str, str]
    values: dict[str, tuple[str, ...]]
    places: dict[str, str]
