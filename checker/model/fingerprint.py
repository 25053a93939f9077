"""A short text that identifies the content of a law or claim: the same in every process, wherever it is in a
file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from checker.language.diagnostics import Span
from checker.model.objects import Objects

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_SIZE: Final = 20  # bytes


class Fingerprints:
    """Makes fingerprints. Objects that were read before are not read again."""

    def __init__(self) -> None:
        self._objects = Objects()
        self._known: dict[int, bytes] = {}

    def of(self, *parts: object) -> str:
        """The fingerprint of values: dataclasses, containers, texts and numbers. The order of a mapping
        counts; the place in a file does not. Raises TypeError for anything else.
        """
        return self._of(parts).hex()

    def _of(self, part: object) -> bytes:
        match part:
            case str():
                return b"s" + part.encode()
            case None | bool() | int() | float() | Fraction():
                return repr(part).encode()
            case Span():
                return b"at"
            case tuple() | list():
                return _digest(b"tuple", [self._of(each) for each in part])
            case frozenset() | set():
                return _digest(b"set", sorted(self._of(each) for each in part))
            case Mapping():
                return _digest(b"map", [self._of(each) for pair in part.items() for each in pair])
            case _ if is_dataclass(part) and not isinstance(part, type):
                return self._of_dataclass(part)
            case _:
                raise TypeError(f"{type(part).__name__} has no fingerprint")

    def _of_dataclass(self, part: DataclassInstance) -> bytes:
        number = self._objects.number(part)
        found = self._known.get(number)
        if found is None:
            kind = type(part)
            told = (each for each in fields(part) if each.repr or each.compare)  # others only remember
            inner = [self._of(getattr(part, each.name)) for each in told]
            found = self._known[number] = _digest(kind.__name__.encode(), inner)
        return found


def _digest(kind: bytes, parts: list[bytes]) -> bytes:
    made = blake2b(kind, digest_size=_SIZE)
    for each in parts:
        made.update(len(each).to_bytes(8))
        made.update(each)
    return made.digest()
