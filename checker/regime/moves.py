"""What becomes of trees and self-maps: updates of the statements that they are made of, written out.

A thing that moves in a tree takes along what is inside it: for it and all of these, what they were inside
because of it is cut off, and the new place and what that is inside are added. So a move needs no quantifier.
Two moves in one step would each have to know of the other; that is refused.
"""

from __future__ import annotations

from dataclasses import replace

from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.model.self_maps import SelfMap
from checker.regime.names import Report


def bound_and_changed(left: s.Expr) -> tuple[tuple[s.Binder, ...], s.Ref | None]:
    """What `for every` binds in an update, and what changes; None if that is no application of a name."""
    term = left.body if isinstance(left, s.Quantifier) and left.universal else left
    binders = left.binders if isinstance(left, s.Quantifier) and left.universal else ()
    return binders, term if isinstance(term, s.Ref) else None


def moved(becomes: s.Becomes, of: SelfMap, names: tuple[str, str]) -> s.Becomes:
    """The update of a statement that `f(…) becomes …` of a tree or a self-map is. `names`: two that mean
    nothing there.
    """
    if of.inside is None:
        return _value_given(becomes, of, names[0])
    return _put(becomes, of.inside, of.result, names)


def _value_given(becomes: s.Becomes, of: SelfMap, name: str) -> s.Becomes:
    """For every thing: it is the value if it is the one that is given."""
    at, value = becomes.span, becomes.value
    binders, term = bound_and_changed(becomes.left)
    assert term is not None
    thing, binder = _thing(name, of.result, at)
    said = replace(term, arguments=(*(term.arguments or ()), thing))
    left = _every((*binders, binder), getattr(becomes.left, "where", None), said)
    new: s.Expr = s.Literally(value=False, span=at) if value is None else s.Comparison("is", thing, value, at)
    return s.Becomes(left, new, at)


def _put(becomes: s.Becomes, inside: str, sort: str, names: tuple[str, str]) -> s.Becomes:
    """For everything that moves along, and every thing: it is inside that if it was, though not by what
    moves, or if the new place is or is inside that.
    """
    at, place = becomes.span, becomes.value
    assert isinstance(becomes.left, s.Ref)
    (mover,) = becomes.left.arguments or ()
    one, along = _thing(names[0], sort, at)
    other, above = _thing(names[1], sort, at)

    def within(left: s.Expr, right: s.Expr) -> s.Expr:
        return s.Comparison("is inside", left, right, at)

    where = s.Junction("or", (s.Comparison("is", one, mover, at), within(one, mover)), at)
    kept = s.Junction("and", (within(one, other), s.Negation(within(mover, other), at)), at)
    said = s.Ref(None, s.Name(inside, at), (one, other), at)
    left = _every((along, above), where, said)
    if place is None:
        return s.Becomes(left, kept, at)
    put = (s.Comparison("is", other, place, at), within(place, other))
    return s.Becomes(left, s.Junction("or", (kept, *put), at), at)


def _every(binders: tuple[s.Binder, ...], where: s.Expr | None, body: s.Ref) -> s.Quantifier:
    return s.Quantifier(universal=True, binders=binders, where=where, body=body, span=body.span)


def _thing(name: str, sort: str, at: Span) -> tuple[s.Ref, s.Binder]:
    named = s.Name(name, at)
    return s.Ref(None, named, None, at), s.Binder(named, s.Name(sort, at), optional=False, span=at)


def report_at_once(of: SelfMap, at: Span, report: Report) -> None:
    """Reports that several things may move in a tree in one step."""
    message = f"several things may move in one step here, and a move of `{of.name}` is one step"
    expected = ("one move in each rule, without `for every`",)
    report.say("tree-moved-at-once", message, at, expected=expected)
