"""Holds versions and readings to one sort for each name, since claims are about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.request_declaration import RequestDecl
from checker.regime.names import Report
from checker.regime.program import Program

_FACT: Final = "a fact"


@dataclass(frozen=True, slots=True)
class _Sorts:
    """What a declaration says of a name: the sorts of its arguments in order, and its own."""

    kind: str
    name: s.Name
    arguments: tuple[str, ...]
    result: str

    @property
    def told(self) -> str:
        """The sorts, to be said after “is”."""
        own = self.result if self.result in ("", _FACT) else f"`{self.result}`"
        about = " and ".join(f"`{each}`" for each in self.arguments)
        return " ".join(filter(None, (own, f"of {about}" if about else "")))


def report_sorts_apart(union: Program, changed: Iterable[s.Define], report: Report) -> None:
    """Reports names that are of one sort in one version or under one reading, and of another in another.

    `changed`: definitions as readings have them.
    """
    first: dict[tuple[str, str], _Sorts] = {}
    for each in _declared(union, changed):
        known = first.setdefault((each.kind, each.name.text), each)
        if (known.arguments, known.result) != (each.arguments, each.result):
            message = (
                f"`{each.name.text}` is {each.told} here and {known.told} elsewhere: one name has one sort"
            )
            where = f"the first one is at line {known.name.span.line} of {known.name.span.file}"
            expected = ("the same sorts", "another name")
            report.say("two-sorts", message, each.name.span, expected=expected, notes=(where,))


def _declared(union: Program, changed: Iterable[s.Define]) -> Iterator[_Sorts]:
    for unit in union.units:
        yield from _of(unit.decl)
        for item in unit.items:
            if isinstance(item.syntax.meaning, s.Define):
                yield from _of(item.syntax.meaning)
    for each in changed:
        yield from _of(each)


def _of(decl: object) -> Iterator[_Sorts]:
    match decl:
        case d.FunctionDecl(name=name, parameters=parameters, result=result):
            yield _Sorts("function", name, tuple(each.text for each in parameters), _result(result))
        case s.Define(name=name, parameters=binders, result=result):
            yield _Sorts("definition", name, _bound(binders), _result(result))
        case d.PremiseDecl(name=name, parameters=binders):
            yield _Sorts("premise", name, _bound(binders), _FACT)
        case d.EventDecl(name=name, parameters=binders):
            yield _Sorts("event", name, _bound(binders), "")
        case RequestDecl(parameters=carried):
            for each in carried:
                yield _Sorts("parameter", each.name, (), each.sort.text)
        case _:
            return


def _result(sort: s.Name | None) -> str:
    return _FACT if sort is None or sort.text == "fact" else sort.text


def _bound(binders: Iterable[s.Binder]) -> tuple[str, ...]:
    return tuple("request" if each.sort is None else each.sort.text for each in binders)
