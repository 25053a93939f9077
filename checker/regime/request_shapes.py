"""Makes one declaration of requests of several shapes, and says of which shape one is.

The shape is a parameter, `shape`, that every request of such a law carries; a parameter that not all shapes
have is carried when the shape is one of those that do. So no later stage has to know of shapes, except to
tell them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.language.request_declaration import OnShapes, ParameterDecl, RequestDecl
from checker.model.model import SHAPE, SHAPES
from checker.regime.labels import PLACE
from checker.regime.names import Report

_ALL: Final = "what every request carries"


def on_shapes(on: OnShapes) -> s.ItemSyntax:
    """What `on NAME, NAME` in the heading of a rule says, as the first of its items."""
    said = f"on {', '.join(each.text for each in on.names)}"
    return s.ItemSyntax((), s.Clause("applies-when", _is_one_of(on.names, on.span), on.span), said, on.span)


def _is_one_of(names: Sequence[s.Name], span: Span) -> s.Expr:
    shape = s.Ref(None, s.Name(SHAPE, span), None, span)
    values = tuple(s.Ref(None, each, None, each.span) for each in names)
    if len(values) == 1:
        return s.Comparison("is", shape, values[0], span)
    return s.Member(shape, values, negated=False, span=span)


def joined(declared: Sequence[RequestDecl], report: Report) -> tuple[d.Declaration, ...]:
    """One declaration that stands for all of several shapes, and their enum; nothing if no shape has a name.
    Reports shapes that do not go together.
    """
    shapes = [each for each in declared if each.name is not None]
    common = [each for each in declared if each.label is None]
    if not shapes:
        _without_shapes(common, report)
        return ()
    for each in declared:
        if each.name is None and each.label is not None:
            message = "other requests of this law have a name, and this one has none"
            report.say("unnamed-shape", message, each.span, expected=('`request NAME "…"`',))
    for again in common[1:]:
        message = f"{_ALL} is declared already"
        where = f"the first one is at line {common[0].span.line} of {common[0].span.file}"
        report.say("duplicate", message, again.span, notes=(where,))
    known: dict[str, RequestDecl] = {}
    for each in shapes:
        assert each.name is not None
        first = known.setdefault(each.name.text, each)
        if first is not each:
            where = f"the first one is at line {first.span.line} of {first.span.file}"
            message = f"there is a request `{each.name.text}` already"
            report.say("duplicate", message, each.name.span, notes=(where,))
    both = _with_common(list(known.values()), common)
    _called_alike(both, report)
    return _enum(both), _joined(both, report)


def _called_alike(shapes: Iterable[RequestDecl], report: Report) -> None:
    """Reports a shape that is called what another is called: sentences could not tell them apart."""
    called: dict[str, s.Name] = {}
    for each in shapes:
        assert each.name is not None
        first = called.setdefault(_noun(each), each.name)
        if first is not each.name:
            span = each.span if each.noun is None else each.noun.span
            message = f"`{first.text}` is called “{_noun(each)}” already"
            report.say("duplicate", message, span, expected=("other words",))


def _without_shapes(common: Iterable[RequestDecl], report: Report) -> None:
    for each in common:
        message = "this says what every request carries, and no request is declared that carries it"
        expected = ('`request "…"` with a sentence', '`request NAME "…"` besides')
        report.say("no-label", message, each.span, expected=expected)


def _with_common(shapes: list[RequestDecl], common: list[RequestDecl]) -> list[RequestDecl]:
    """Each shape with what every request carries before what it has itself."""
    first = common[0].parameters if common else ()
    return [
        RequestDecl(each.label, (*first, *each.parameters), each.span, each.name, each.noun)
        for each in shapes
    ]


def _joined(shapes: list[RequestDecl], report: Report) -> RequestDecl:
    names = [each.name for each in shapes if each.name is not None]
    found: dict[str, list[tuple[s.Name, ParameterDecl]]] = {}
    for shape, name in zip(shapes, names, strict=True):
        own: dict[str, ParameterDecl] = {}
        for each in shape.parameters:
            if own.setdefault(each.name.text, each) is not each:
                message = f"`{name.text}` carries `{each.name.text}` already"
                report.say("duplicate", message, each.name.span)
        for parameter, each in own.items():
            found.setdefault(parameter, []).append((name, each))
    merged = [_merged(each, len(shapes), report) for each in found.values()]
    in_all = [each for each, among in zip(merged, found.values(), strict=True) if len(among) == len(shapes)]
    others = [each for each in merged if each not in in_all]
    span = names[0].span
    words = s.Text("request", span)
    of_shape = ParameterDecl(
        s.Name(SHAPE, span), s.Name(SHAPES, span), optional=False, label=words, when=None, span=span
    )
    return RequestDecl(None, (of_shape, *in_all, *others), span, shapes=tuple(shapes))


def _merged(among: list[tuple[s.Name, ParameterDecl]], shapes: int, report: Report) -> ParameterDecl:
    """One parameter of the shapes that have it. Reports those that differ in more than a condition."""
    (owner, first), *rest = among
    for name, each in rest:
        where = f"`{owner.text}` has it at line {first.span.line} of {first.span.file}"
        if each.sort.text != first.sort.text:
            message = f"`{each.name.text}` is `{first.sort.text}` in `{owner.text}`: one name has one sort"
            expected = (f"`{first.sort.text}`", "another name")
            report.say("two-sorts", message, each.sort.span, expected=expected, notes=(where,))
        elif each.optional != first.optional:
            said = ("always", "optionally")
            message = (
                f"`{owner.text}` carries `{each.name.text}` {said[first.optional]}, and `{name.text}` "
                f"{said[each.optional]}: it must be alike in both"
            )
            report.say("two-sorts", message, each.name.span, expected=("another name",), notes=(where,))
        elif each.label is not None and first.label is not None and each.label.text != first.label.text:
            message = f"`{each.name.text}` is called “{first.label.text}” in `{owner.text}`"
            report.say("two-sorts", message, each.label.span, expected=("the same words",), notes=(where,))
    label = next((each.label for _, each in among if each.label is not None), None)
    when = _carried_when(among, shapes)
    return ParameterDecl(first.name, first.sort, first.optional, label, when, first.span)


def _carried_when(among: list[tuple[s.Name, ParameterDecl]], shapes: int) -> s.Expr | None:
    always = [name for name, each in among if each.when is None]
    if len(always) == shapes:
        return None
    ways: list[s.Expr] = [_is_one_of(always, always[0].span)] if always else []
    whens = [each.when for _, each in among]
    if len(among) == shapes and whens[0] is not None and all(each is whens[0] for each in whens):
        return whens[0]
    for name, each in among:
        if each.when is not None:
            span = each.when.span
            ways.append(s.Junction("and", (_is_one_of([name], span), each.when), span))
    return ways[0] if len(ways) == 1 else s.Junction("or", tuple(ways), ways[0].span)


def _enum(shapes: list[RequestDecl]) -> d.EnumDecl:
    values = tuple(
        d.EnumValue(each.name, _noun(each), None, each.name.span) for each in shapes if each.name is not None
    )
    span = values[0].span
    return d.EnumDecl(s.Name(SHAPES, span), values, None, (), span)


def _noun(shape: RequestDecl) -> str:
    """What a request of the shape is called: “a payment”, or “one by which the sender pays the amount”."""
    if shape.noun is not None or shape.label is None:
        return "" if shape.noun is None else shape.noun.text
    words = {
        each.name.text: each.name.text.replace("-", " ") if each.label is None else each.label.text
        for each in shape.parameters
    }
    said = PLACE.sub(lambda found: f"the {words.get(found[1].strip(), found[1])}", shape.label.text)
    return f"one by which {said}"
