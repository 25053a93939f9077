"""Joins checks with the checks that they are `as`, and with the exceptions that they are subject to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from checker.language import declarations as d
from checker.language import syntax as s
from checker.model import model as m
from checker.model.expressions import Variable
from checker.regime.names import Report, nearest_name
from checker.regime.program import Unit
from checker.regime.typed_rules import OwnCheck, OwnLimb

MAX_LIMBS = 20
"""How deeply limbs may nest."""


def from_the_top(units: Sequence[Unit], report: Report) -> Iterator[tuple[Unit, tuple[Unit, ...]]]:
    """Groups and limbs, parents first, each with its ancestors, outermost first. Reports limbs without a
    parent and limbs below themselves.
    """
    below: dict[str, list[Unit]] = {}
    for unit in units:
        if isinstance(unit.decl, d.LimbDecl):
            below.setdefault(unit.decl.parent.text if unit.decl.parent else "", []).append(unit)
    known = {unit.clause for unit in units}
    waiting: list[tuple[Unit, tuple[Unit, ...]]]
    waiting = [(unit, ()) for unit in units if isinstance(unit.decl, d.ExceptionsDecl)]
    while waiting:
        unit, above = waiting.pop(0)
        if len(above) > MAX_LIMBS:
            report.say("too-deep", f"limbs nested more than {MAX_LIMBS} deep", unit.decl.span)
            return
        yield unit, above
        waiting += [(each, (*above, unit)) for each in below.pop(unit.clause, [])]
    orphans = {unit.clause: unit for left in below.values() for unit in left}
    for unit in orphans.values():
        _report_orphan(unit, known, report)
    _report_circles(orphans, report)


def _report_orphan(unit: Unit, known: set[str], report: Report) -> None:
    """Reports a limb without a parent; limbs below such a limb are not reported."""
    parent = _parent(unit)
    if parent is None:
        message = f"limb `{unit.clause}` has no parent clause"
        report.say("exception-to-nothing", message, unit.decl.span, expected=('`of "…"` after its clause',))
    elif parent.text not in known:
        message = f"`{unit.clause}` is a limb of `{parent.text}`, which does not exist"
        near = nearest_name(parent.text, sorted(known - {unit.clause}))
        report.say("exception-to-nothing", message, parent.span, nearest=near)


def _report_circles(orphans: Mapping[str, Unit], report: Report) -> None:
    """Reports one limb of each cycle of limbs."""
    done: set[str] = set()
    for start in orphans:
        way: dict[str, s.Text] = {}
        clause = start
        while clause in orphans and clause not in done and clause not in way:
            parent = _parent(orphans[clause])
            if parent is None:
                break
            way[clause] = parent
            clause = parent.text
        if clause in way:
            clauses = list(way)
            first = min(clauses[clauses.index(clause) :])
            report.say("definition-cycle", f"`{first}` is a limb of itself", way[first].span)
        done.update(way)


def _parent(unit: Unit) -> s.Text | None:
    return unit.decl.parent if isinstance(unit.decl, d.LimbDecl) else None


def attach_exceptions(
    checks: Sequence[OwnCheck], limbs: Sequence[OwnLimb], report: Report
) -> tuple[m.Check, ...]:
    """The checks with their effective items and the limbs that they are subject to."""
    return _Joiner(checks, limbs, report).join()


class _Joiner:
    def __init__(self, checks: Sequence[OwnCheck], limbs: Sequence[OwnLimb], report: Report) -> None:
        self.checks = {own.check.name: own for own in checks}
        self.limbs = limbs
        self.report = report
        self.groups = {limb.clause.text for limb in limbs if limb.parent is None}
        self.done: dict[str, m.Check] = {}
        self.below: dict[str, list[OwnLimb]] = {}
        for limb in limbs:
            if limb.parent is not None:
                self.below.setdefault(limb.parent.text, []).append(limb)

    def join(self) -> tuple[m.Check, ...]:
        found = tuple(self._effective(name, ()) for name in self.checks)
        used = {group.text for own in self.checks.values() for group in own.groups}
        for limb in self.limbs:
            misspelt = used - self.groups  # reported already, and may have meant this group
            if limb.parent is None and limb.clause.text not in used and not misspelt:
                message = f"no check is subject to `{limb.clause.text}`"
                expected = (f'`subject to "{limb.clause.text}"` in a check',)
                self.report.say("exception-to-nothing", message, limb.clause.span, expected=expected)
        return found

    def _effective(self, name: str, above: tuple[str, ...]) -> m.Check:
        if name in self.done:
            return self.done[name]
        own = self.checks[name]
        check = replace(own.check, limbs=self._leaves(own))
        like = own.like
        if like is not None:
            other = self._other(own, above)
            if other is not None:
                check = _joined(check, other, exceptions=like.exceptions)
        self.done[name] = check
        return check

    def _other(self, own: OwnCheck, above: tuple[str, ...]) -> m.Check | None:
        assert own.like is not None
        name = own.like.check
        if name.text in (*above, own.check.name):
            message = f"`{name.text}` is `as` itself"
            self.report.say("definition-cycle", message, name.span)
            return None
        if name.text not in self.checks:
            self.report.unknown("check", name.text, name.span, self.checks)
            return None
        return self._effective(name.text, (*above, own.check.name))

    def _leaves(self, own: OwnCheck) -> tuple[m.Limb, ...]:
        found: list[m.Limb] = []
        for group in own.groups:
            if group.text not in self.groups:
                near = nearest_name(group.text, sorted(self.groups))
                message = f"there are no exceptions `{group.text}`"
                self.report.say("missing-clause", message, group.span, nearest=near, word=group.text)
                continue
            root = next(limb for limb in self.limbs if limb.parent is None and limb.clause.text == group.text)
            found += self._below(root, (), (), ())
        return tuple(found)

    def _below(
        self, limb: OwnLimb, above: tuple[str, ...], binders: tuple[Variable, ...], items: tuple[m.Item, ...]
    ) -> Iterable[m.Limb]:
        """The leaves under a limb, each with the binders and items of all limbs above it."""
        binders, items = (*binders, *limb.binders), (*items, *limb.items)
        children = self.below.get(limb.clause.text, [])
        if not children and limb.parent is not None:
            yield m.Limb(limb.clause.text, above, binders, items, limb.clause.span)
        for child in children:
            yield from self._below(child, (limb.clause.text, *above), binders, items)


def _joined(check: m.Check, other: m.Check, *, exceptions: bool) -> m.Check:
    taken = tuple(
        item for item in other.items if item.kind != "as" and (exceptions or item.kind != "subject-to")
    )
    limbs = (*other.limbs, *check.limbs) if exceptions else check.limbs
    groups = (*other.groups, *check.groups) if exceptions else check.groups
    return replace(
        check,
        items=(*taken, *check.items),
        limbs=tuple(dict.fromkeys(limbs)),
        groups=tuple(dict.fromkeys(groups)),
    )
