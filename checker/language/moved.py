"""The same syntax some lines further down, or up: what a text says does not turn on the line it begins on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from checker.language.diagnostics import Span
from checker.language.lexer import Fragment, Lexeme

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_T = TypeVar("_T")
_PLAIN: Final = frozenset(
    {"str", "int", "bool", "float", "str | None", "int | None", "tuple[str, ...]", "bool | None"}
)
"""How fields are annotated that have no places in them."""


def moved(thing: _T, lines: int) -> _T:
    """Syntax as a fresh reading of the same text gives it if that begins so many lines further down. What was
    one object before is one object after. Raises TypeError for what is no syntax.
    """
    return thing if not lines else cast("_T", _Moving(lines).of(thing))


@dataclass(slots=True)
class _Moving:
    lines: int
    done: dict[int, object] = field(default_factory=dict)

    def of(self, thing: object) -> object:
        kind = thing.__class__
        if kind in _AS_IT_IS or thing is None:
            return thing
        if kind is Span:
            return self._span(cast("Span", thing))
        if kind is tuple:
            return tuple(map(self.of, cast("tuple[object, ...]", thing)))
        known = self.done.get(id(thing))
        if known is None:
            known = self.done[id(thing)] = _way(cast("Any", kind))(self, thing)
        return known

    def _span(self, span: Span) -> Span:
        if not span.file:  # the place of what nobody wrote
            return span
        return Span(
            span.file, span.line + self.lines, span.column, span.end_line + self.lines, span.end_column
        )


_AS_IT_IS: Final = frozenset({str, int, bool, float})
_Way = Callable[[_Moving, Any], object]


@cache
def _way(kind: type[Any]) -> _Way:
    """How things of a type are moved."""
    if kind is Lexeme:
        return _lexeme
    if kind is Fragment:
        return _fragment
    if issubclass(kind, Enum):
        return lambda _, thing: thing
    if issubclass(kind, Mapping):
        return lambda moving, thing: {key: moving.of(each) for key, each in thing.items()}
    if not is_dataclass(kind):
        raise TypeError(kind)
    return _of_dataclass(kind)


def _of_dataclass(kind: type[DataclassInstance]) -> _Way:
    names = tuple((each.name, each.type in _PLAIN) for each in fields(kind))

    def way(moving: _Moving, thing: DataclassInstance) -> object:
        of = moving.of
        return kind(*[getattr(thing, name) if plain else of(getattr(thing, name)) for name, plain in names])

    return way


def _lexeme(moving: _Moving, word: Lexeme) -> Lexeme:
    line, end_line = (word.line or 1) + moving.lines, (word.end_line or 1) + moving.lines
    found = Lexeme(
        word.type, str(word), word.start_pos, line, word.column, end_line, word.end_column, word.end_pos
    )
    found.file = word.file
    return found


def _fragment(moving: _Moving, fragment: Fragment) -> Fragment:
    line = fragment.line + moving.lines
    return Fragment(fragment.file, fragment.text, line, fragment.column, fragment.generated)
