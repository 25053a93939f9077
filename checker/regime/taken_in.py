"""Finds declarations of which a reader cannot tell whether they are a modification's or every version's.

What follows `insert` or `replace` in a fence is the modification's own, and what follows `strike` or `amend`
would not be. Nobody can see that from the words, so each is refused unless the law itself says whose it is:
by a clause, a name or words that only the modification has. Of what follows a reading, the indent says it.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.language.duty_declaration import BREACH
from checker.language.lexer import Fragment
from checker.regime.duplicates import given_by
from checker.regime.modifications import Change, ChangeDecl
from checker.regime.names import Report
from checker.regime.program import Unit

CODE = "misplaced"

_ENDS: Final = re.compile(r"(?<=[\w)])(?=[.(]\w)")
"""Where a clause ends of which another is a part, in the name of that: behind `Rule 8` in `Rule 8(2)`."""


def report_taken_in(changes: Iterable[Change], base: Iterable[Unit], report: Report) -> None:
    """Reports what a modification would take in with a rule that it has nothing to do with."""
    changes = tuple(changes)
    law, brought = frozenset(name for unit in base for name in _given(unit)), _Brought.by(changes)
    for number, change in enumerate(changes):
        if not change.brings[1:]:  # the first is what it says that it brings
            continue
        for unit in _unconnected(change, law, brought.elsewhere(number, change) - law):
            by, head = change.decl.by.text, _head(change.decl)
            message = (
                f"{_said(unit.decl)} would belong to `{by}` alone, since it follows `{head}` in one fence, "
                "but nothing connects the two"
            )
            report.say(CODE, message, _place(unit.decl), notes=_what_to_write(change.decl))


def report_left_behind(decl: d.Declaration, change: ChangeDecl, report: Report) -> None:
    """Reports a declaration that follows a change in a fence, and that the change does not take in."""
    head = _head(change)
    message = f"{_said(decl)} would belong to every version, although it follows `{head}` in one fence"
    report.say(CODE, message, _place(decl), notes=_what_to_write(change))


def report_not_indented(reading: d.ReadingDecl, fence: Fragment, report: Report) -> None:
    """Reports a rule that follows a reading in a fence, and stands as every version's would."""
    lines = fence.text.split("\n")
    edge = _indent(lines, fence, reading.name.span)
    below = [each for each in reading.body if each.span.line > reading.name.span.line]
    for each in below:
        if (
            isinstance(each, d.CheckDecl | d.StartDecl | s.Define)
            and _indent(lines, fence, each.span) <= edge
        ):
            name = reading.name.text
            said = "`start`" if isinstance(each, d.StartDecl) else _said(each)
            message = f"{said} would belong to the reading `{name}` alone, since it follows it in one fence"
            notes = (
                f"if `{name}` brings it, indent it, as the other lines of the reading are",
                "if every version has it, put it before the reading, or in a fence of its own",
            )
            report.say(CODE, message, _place(each), notes=notes)


def _indent(lines: Sequence[str], fence: Fragment, place: Span) -> int:
    line = lines[place.line - fence.line]
    return len(line) - len(line.lstrip())


def _what_to_write(change: ChangeDecl) -> tuple[str, str]:
    by = change.by.text
    return (
        f"if `{by}` brings it, write `by {by} insert after \u2026:` before it",
        "if every version has it, put it before the first `by`, or in a fence of its own",
    )


@dataclass(frozen=True, slots=True)
class _Brought:
    """Which changes, by their numbers, bring a name or a clause: those of one modification, with the name of
    that; and a name that is no clause, in whatever modification. Any version may have a rule of a clause, but
    none can use a name that it does not have.
    """

    of_one: Mapping[tuple[str, str], set[int]]
    of_any: Mapping[str, set[int]]

    @staticmethod
    def by(changes: Iterable[Change]) -> _Brought:
        """What the changes bring."""
        of_one, of_any = defaultdict[tuple[str, str], set[int]](set), defaultdict[str, set[int]](set)
        for number, change in enumerate(changes):
            for unit in change.brings:
                for name in _given(unit):
                    of_one[change.decl.by.text, name].add(number)
                for given in given_by(unit.decl):
                    if given.kind != "clause":
                        of_any[given.name.text].add(number)
        return _Brought(of_one, of_any)

    def elsewhere(self, number: int, change: Change) -> set[str]:
        """Of what the change speaks of, what it may use that other changes bring."""
        spoken = {name for unit in change.brings for name in _spoken(unit)}
        of = change.decl.by.text
        return {
            name
            for name in spoken
            if not {number}.issuperset(self.of_one.get((of, name), ()))
            or not {number}.issuperset(self.of_any.get(name, ()))
        }


def _spoken(unit: Unit) -> Iterator[str]:
    """All by which it may be connected with others."""
    yield from _mentioned(unit.decl)
    for name in _given(unit):
        yield name
        yield from _wholes(name)


def _unconnected(change: Change, law: Collection[str], anew: Collection[str]) -> list[Unit]:
    """What the change brings after its first declaration, and has no name, clause or words in common with it
    that would be the modification's own. `law`: the names and clauses of the law without modifications;
    `anew`: those that the modification brings elsewhere, and what others bring that it may use.
    """
    own: set[object] = set(anew)
    parents: set[str | None] = {None}
    target = change.decl.target.text if isinstance(change.decl, d.ReplaceDecl) else ""
    if isinstance(change.decl, d.ReplaceDecl) and isinstance(change.decl.target, s.Text):
        own.add(target)
    rest, found = list(change.brings), list(change.brings[:1])
    while found:
        rest = [each for each in rest if each not in found]
        for unit in found:
            own |= {name for name in _given(unit) if name not in law}
            own.update(unit.quotes)
            if isinstance(unit.decl, d.LimbDecl):
                parents.add(_parent(unit.decl))
        mentioned = {name for unit in change.brings if unit not in rest for name in _mentioned(unit.decl)}
        found = [each for each in rest if _connected(each, own, mentioned.difference(law), parents)]
    return rest


def _connected(unit: Unit, own: set[object], mentioned: set[str], parents: set[str | None]) -> bool:
    return (
        not own.isdisjoint(_mentioned(unit.decl))
        or not own.isdisjoint(whole for each in _given(unit) for whole in _wholes(each))
        or not own.isdisjoint(unit.quotes)
        or not mentioned.isdisjoint(_given(unit))
        or (isinstance(unit.decl, d.LimbDecl) and _parent(unit.decl) in parents)
    )


def _parent(limb: d.LimbDecl) -> str | None:
    return None if limb.parent is None else limb.parent.text


def _given(unit: Unit) -> Iterator[str]:
    """The names that it gives, and the clauses whose rule it is."""
    yield from (each.name.text for each in given_by(unit.decl))
    meanings = (item.syntax.meaning for item in unit.items)
    yield from (each.name.text for each in meanings if isinstance(each, s.Define))


def _wholes(clause: str) -> Iterator[str]:
    """The clauses of which a clause is a part."""
    yield from (clause[: each.start()] for each in _ENDS.finditer(clause))


def _mentioned(node: object) -> Iterator[str]:
    """The names and strings that stand in it, its own among them; of a breach, the duty."""
    if isinstance(node, s.Name | s.Text):
        yield node.text.removeprefix(BREACH)
    elif isinstance(node, tuple):
        for each in node:
            yield from _mentioned(each)
    elif dataclasses.is_dataclass(node) and not isinstance(node, Span):
        for each in dataclasses.fields(node):
            yield from _mentioned(getattr(node, each.name))


def _head(change: ChangeDecl) -> str:
    """How the change begins, as it was written."""
    match change:
        case d.InsertDecl():
            return f"by {change.by.text} insert after {_shown(change.after)}:"
        case d.ReplaceDecl():
            return f"by {change.by.text} replace {_shown(change.target)}:"
        case d.StrikeDecl():
            return f"by {change.by.text} strike {_shown(change.target)}"
        case d.AmendDecl():
            return f"by {change.by.text} amend {_shown(change.target)}"
        case d.AmendTableDecl():
            return f"by {change.by.text} amend table {change.table.text}"
        case _:
            assert_never(change)


def _shown(target: s.Target) -> str:
    return f'"{target.text}"' if isinstance(target, s.Text) else target.text


def _said(decl: d.Declaration) -> str:
    first = next(iter(given_by(decl)), None)
    return "this" if first is None else f"`{first.name.text}`"


def _place(decl: d.Declaration) -> Span:
    first = next(iter(given_by(decl)), None)
    return decl.span if first is None else first.name.span
