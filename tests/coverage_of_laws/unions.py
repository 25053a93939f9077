"""The unions of which laws and claims are made, and which of their members occur in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import get_args

from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.model import claim as c
from checker.model import expressions as e

UNIONS: Mapping[str, UnionType] = {
    "expression as written": s.Expr,
    "meaning": s.Meaning,
    "target": s.Target,
    "declaration": d.Declaration,
    "statement as written": st.StatementSyntax,
    "term": e.Term,
    "formula": e.Formula,
    "statement": c.Statement,
}


def members_of(union: str) -> tuple[str, ...]:
    """The names of the union's members."""
    return tuple(each.__name__ for each in get_args(UNIONS[union]))


_OWNERS = {
    member: [name for name in UNIONS if member in get_args(UNIONS[name])]
    for union in UNIONS.values()
    for member in get_args(union)
}


def types_in(value: object) -> Iterator[tuple[str, str]]:
    """Every member of a union that occurs somewhere in a value, with the union."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple | list):
            waiting += each
        elif isinstance(each, Mapping):
            waiting += each.values()
        elif is_dataclass(each):
            yield from ((owner, type(each).__name__) for owner in _OWNERS.get(type(each), ()))
            waiting += [getattr(each, field.name) for field in fields(each)]
