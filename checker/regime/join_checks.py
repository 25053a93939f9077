"""Joins checks with the checks that they are `as`, and with the exceptions that they are subject to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from checker.language import declarations as d
from checker.language import syntax as s
from checker.model import model as m
from checker.model.expressions import Formula, Located, Not, Or, Term, Variable
from checker.model.item import Item
from checker.model.made_of import within
from checker.model.rebuild import with_variables
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
        report.say("exception-to-nothing", message, parent.span, nearest=near, word=parent.text)


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
    """Joins the checks of one version; each check is joined once."""

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
        """Return the checks. Reports exceptions that nothing is subject to, or that exempt nothing."""
        found = tuple(self._effective(name, ()) for name in self.checks)
        owners: tuple[OwnCheck | OwnLimb, ...] = (*self.checks.values(), *self.limbs)
        used = {group.text for own in owners for group in own.groups}
        for limb in self.limbs:
            misspelt = used - self.groups  # reported already, and may have meant this group
            if limb.parent is None and limb.clause.text not in used and not misspelt:
                message = f"no check and no limb is subject to `{limb.clause.text}`"
                expected = (f'`subject to "{limb.clause.text}"` in a check or a limb',)
                self.report.say("exception-to-nothing", message, limb.clause.span, expected=expected)
            self._report_unused_condition(limb)
        return found

    def _report_unused_condition(self, limb: OwnLimb) -> None:
        """Report a condition of exceptions without limbs: only limbs exempt, under what stands above them."""
        if limb.parent is not None or self.below.get(limb.clause.text):
            return
        condition = next((each for each in limb.items if each.kind == "condition"), None)
        if condition is not None:
            message = f"`{limb.clause.text}` has a condition and no limb, and so exempts nothing"
            expected = (f'`limb "…" of "{limb.clause.text}"` with the condition',)
            self.report.say("exempts-nothing", message, condition.span, expected=expected)

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
        return tuple(limb for group in own.groups for limb in self._group(group, ()))

    def _group(self, group: s.Text, around: tuple[str, ...]) -> tuple[m.Limb, ...]:
        """The limbs of exceptions. `around`: the exceptions from whose limbs these are exceptions in turn."""
        if group.text not in self.groups:
            near = nearest_name(group.text, sorted(self.groups))
            message = f"there are no exceptions `{group.text}`"
            self.report.say("missing-clause", message, group.span, nearest=near, word=group.text)
            return ()
        if group.text in around:
            way = (*around[around.index(group.text) :], group.text)
            message = f"exceptions `{group.text}` are subject to themselves"
            notes = (f"the way is {' → '.join(way)}",) if way[1:-1] else ()
            self.report.say("exceptions-turn", message, group.span, notes=notes)
            return ()
        if len(around) == MAX_LIMBS:
            self.report.say("too-deep", f"exceptions to exceptions more than {MAX_LIMBS} deep", group.span)
            return ()
        root = next(limb for limb in self.limbs if limb.parent is None and limb.clause.text == group.text)
        return tuple(self._below(root, m.Limb("", (), (), (), group.span), (*around, group.text)))

    def _below(self, limb: OwnLimb, above: m.Limb, around: tuple[str, ...]) -> Iterable[m.Limb]:
        """The leaves under a limb, each with the binders and items of all limbs above it."""
        clauses = (above.clause, *above.above) if above.clause else ()
        binders = (*above.binders, *limb.binders)
        taken = {each.text: self._group(each, around) for each in limb.groups}
        items = (*above.items, *(_taken_back(each, taken, binders) for each in limb.items))
        backs = (*above.exceptions, *(back for group in taken.values() for back in group))
        found = m.Limb(
            limb.clause.text, clauses, binders, items, limb.clause.span, tuple(dict.fromkeys(backs))
        )
        children = self.below.get(limb.clause.text, [])
        if not children and limb.parent is not None:
            yield found
        for child in children:
            yield from self._below(child, found, around)


def _taken_back(item: Item, taken: Mapping[str, Sequence[m.Limb]], binders: Sequence[Variable]) -> Item:
    """The item; if a limb is subject to exceptions by it, the condition that none of these holds."""
    if item.kind != "subject-to":
        return item
    said = [_renamed(each.condition, binders) for each in taken[item.note]]
    none = Not(said[0] if len(said) == 1 else Or(tuple(said)))
    return replace(item, kind="condition", meaning=Located(none, item.span, f'subject to "{item.note}"'))


def _renamed(formula: Formula, binders: Sequence[Variable]) -> Formula:
    """The formula of a limb, in which nothing is called as what the limb around it binds."""
    own = [each for each in within(formula) if isinstance(each, Variable)]
    around, taken = {each.name for each in binders}, {each.name for each in (*binders, *own)}
    names: dict[str, Term] = {}
    for each in sorted((each for each in own if each.name in around), key=lambda each: each.name):
        if each.name not in names:
            name = next(name for number in count(2) if (name := f"{each.name}-{number}") not in taken)
            taken.add(name)
            names[each.name] = Variable(name, each.sort)
    return with_variables(formula, names)


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
