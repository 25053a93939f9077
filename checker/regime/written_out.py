"""Writes out what is said of trees and self-maps: statements about `spouse(p)` become ones about a person.

A statement about `spouse(p)` is one about some thing that is the spouse of p: so it is false where there is
none, as every statement about something absent. Terms do not leave the statement that they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never, cast

from checker.language import syntax as s
from checker.model.self_maps import SelfMap

_Atom: TypeAlias = s.Comparison | s.Presence | s.Member | s.InPeriod | s.Ref


@dataclass(frozen=True, slots=True)
class _Found:
    """A term that leads from a thing to another; `past`: what it says is read before the step."""

    term: s.Ref
    of: SelfMap
    past: bool


@dataclass(frozen=True, slots=True)
class _Opened:
    """The parts of an expression in which terms are looked for; `closed`: the expression with others in their
    place.
    """

    parts: tuple[s.Expr, ...]
    closed: Callable[[tuple[s.Expr, ...]], s.Expr]


@dataclass(frozen=True, slots=True)
class WritingOut:
    """`maps`: trees and self-maps by name. `applied`: whether a name is that of a function, into whose
    arguments a statement may be followed. `fresh`: a name that nothing else has.
    """

    maps: Mapping[str, SelfMap]
    applied: Callable[[str], bool]
    fresh: Callable[[], str] = lambda: "any"

    def __call__(self, expr: s.Expr) -> s.Expr | None:
        """The statement with one such term less; None if there is none, or it is no single statement."""
        if not self.maps or not isinstance(expr, _Atom) or self.is_of(expr) is not None:
            return None
        if isinstance(expr, s.Comparison) and expr.op == "is or inside":
            known = self._or_above(expr)
            if known is not None:
                return known
        found = self._innermost(expr, past=False)
        if found is None:
            return None
        if isinstance(expr, s.Comparison) and expr.op == "matches":
            return _alike(expr)
        if isinstance(expr, s.Comparison) and expr.op == "is not":
            return s.Negation(replace(expr, op="is"), expr.span)
        if isinstance(expr, s.Presence) and not expr.present:
            return s.Negation(replace(expr, present=True), expr.span)
        if isinstance(expr, s.Member) and expr.negated:
            return s.Negation(replace(expr, negated=False), expr.span)
        return self._known_thing(expr, found) or self._some_thing(expr, found)

    # ------------------------------------------------------------ finding

    def is_of(self, expr: s.Expr) -> SelfMap | None:
        """The tree or self-map whose value the term is, if it is one."""
        if not isinstance(expr, s.Ref) or expr.request is not None or expr.arguments is None:
            return None
        found = self.maps.get(expr.name.text)
        return found if found is not None and len(expr.arguments) == len(found.parameters) else None

    def _innermost(self, expr: s.Expr, *, past: bool) -> _Found | None:
        """The first such term in which there is no other."""
        past = past or isinstance(expr, s.Past)
        for each in self._opened(expr).parts:
            found = self._innermost(each, past=past)
            if found is not None:
                return found
        own = self.is_of(expr)
        return _Found(cast("s.Ref", expr), own, past) if own is not None else None

    def _opened(self, expr: s.Expr) -> _Opened:
        """The parts of a statement or term that make it absent or false where they are absent."""
        match expr:
            case s.Ref(request=None, name=name, arguments=arguments) if arguments is not None and (
                self.applied(name.text) or name.text in self.maps
            ):
                return _Opened(arguments, lambda parts: replace(expr, arguments=parts))
            case s.Comparison(left=left, right=right):
                return _Opened((left, right), lambda parts: replace(expr, left=parts[0], right=parts[1]))
            case s.Presence(term=term):
                return _Opened((term,), lambda parts: replace(expr, term=parts[0]))
            case s.Member(term=term, values=values) if len(values) > 1:
                return _Opened((term,), lambda parts: replace(expr, term=parts[0]))
            case s.Member(term=term, values=values):
                return _Opened((term, *values), lambda parts: replace(expr, term=parts[0], values=parts[1:]))
            case s.InPeriod(day=day, period=period, start=start):
                return _Opened(
                    (day, period, start),
                    lambda parts: replace(expr, day=parts[0], period=parts[1], start=parts[2]),
                )
            case s.Arithmetic(parts=parts):
                return _Opened(parts, lambda parts: replace(expr, parts=parts))
            case s.Past(body=body):
                return _Opened((body,), lambda parts: replace(expr, body=parts[0]))
            case (
                s.Ref()
                | s.VersionAt()
                | s.Literally()
                | s.Negation()
                | s.Junction()
                | s.Conditional()
                | s.Quantifier()
                | s.Counted()
                | s.Historic()
                | s.StepEvent()
                | s.OutcomeOf()
            ):
                return _Opened((), lambda _: expr)  # no terms, or statements that are written out themselves
            case _:
                assert_never(expr)

    # ------------------------------------------------------- writing out

    def _or_above(self, expr: s.Comparison) -> s.Expr | None:
        """`parent(f) is or inside g` is `f is inside g`."""
        of = self.is_of(expr.left)
        if of is None or of.inside is None:
            return None
        (below,) = cast("s.Ref", expr.left).arguments or ()
        return s.Comparison("is inside", below, expr.right, expr.span)

    def _known_thing(self, expr: _Atom, found: _Found) -> s.Expr | None:
        """`spouse(p) is q` is `spouse(p, q)`, where everything is read at one time."""
        if found.past:
            return None
        if isinstance(expr, s.Comparison) and expr.op == "is":
            for one, other in ((expr.left, expr.right), (expr.right, expr.left)):
                if one is found.term:
                    return _applied(found.term, other)
        if isinstance(expr, s.Presence) and expr.term is found.term and found.of.inside is not None:
            thing = _named(self.fresh(), expr)
            said = s.Ref(
                None, s.Name(found.of.inside, expr.span), (*(found.term.arguments or ()), thing), expr.span
            )
            return _some(thing, found.of, None, said, expr)
        return None

    def _some_thing(self, expr: _Atom, found: _Found) -> s.Expr:
        thing = _named(self.fresh(), found.term)
        where: s.Expr = _applied(found.term, thing)
        if found.past:
            where = s.Past(where, found.term.span)
        if isinstance(expr, s.Presence) and _now(expr.term) is found.term:
            return _some(thing, found.of, None, where, expr)
        body = self._with(expr, found.term, thing)
        return _some(thing, found.of, where, body, expr)

    def _with(self, expr: s.Expr, term: s.Ref, thing: s.Ref) -> s.Expr:
        """The expression with the thing in place of the term."""
        if _now(expr) is term:
            return thing  # which is the same thing at all times
        opened = self._opened(expr)
        return opened.closed(tuple(self._with(each, term, thing) for each in opened.parts))


def _applied(term: s.Ref, thing: s.Expr) -> s.Ref:
    return replace(term, arguments=(*(term.arguments or ()), thing))


def _named(name: str, at: s.Expr) -> s.Ref:
    return s.Ref(None, s.Name(name, at.span), None, at.span)


def _some(thing: s.Ref, of: SelfMap, where: s.Expr | None, body: s.Expr, at: s.Expr) -> s.Expr:
    binder = s.Binder(thing.name, s.Name(of.result, at.span), optional=False, span=at.span)
    return s.Quantifier(universal=False, binders=(binder,), where=where, body=body, span=at.span)


def _alike(expr: s.Comparison) -> s.Expr:
    """`matches`: the same, or both absent."""
    same = replace(expr, op="is")
    neither = tuple(s.Presence(each, present=False, span=expr.span) for each in (expr.left, expr.right))
    return s.Junction("or", (same, s.Junction("and", neither, expr.span)), expr.span)


def _now(expr: s.Expr) -> s.Expr:
    """What a term says, whenever it is read."""
    return _now(expr.body) if isinstance(expr, s.Past) else expr
