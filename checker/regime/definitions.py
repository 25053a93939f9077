"""Definitions: their signatures, whether they read a request, and cycles among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.request_declaration import RequestDecl
from checker.model.expressions import FACT, Sort
from checker.model.model import Function
from checker.regime.duties import as_definitions
from checker.regime.names import Report, Signature, sort_named
from checker.regime.program import Program, of_kind
from checker.regime.quantities import argument

MAX_DEPTH = 200
"""How deep definitions may nest, including those that they use."""

_CIRCLES = 10  # at most so many are reported at once
_SHOWN = 6  # how many steps of a cycle of definitions a message shows


def signatures(
    program: Program, functions: Mapping[str, Function], sorts: Mapping[str, Sort], report: Report
) -> dict[str, Signature]:
    """The signatures of functions, definitions and premises; each says whether it reads a request."""
    found = {
        f.name: Signature(f.name, "function", f.parameters, f.result, state=f.state)
        for f in functions.values()
    }
    reading, versioned = _reading_request(program), _reading_versions(program)
    for decl in definitions(program):
        result = sort_named(decl.result, sorts, report) if decl.result else FACT
        parameters = _parameter_sorts(decl.name.text, decl.parameters, sorts, report)
        if result is None or parameters is None:
            continue
        name = decl.name.text
        found.setdefault(
            name,
            Signature(
                name,
                "definition",
                parameters,
                result,
                reads_request=name in reading,
                reads_versions=name in versioned,
            ),
        )
    for premise in of_kind(program.units, d.PremiseDecl):
        parameters = _parameter_sorts(premise.name.text, premise.parameters, sorts, report)
        if parameters is not None:
            name = premise.name.text
            signature = Signature(name, "premise", parameters, FACT, reads_versions=name in versioned)
            found.setdefault(name, signature)
    return found


def _parameter_sorts(
    name: str, binders: tuple[s.Binder, ...], sorts: Mapping[str, Sort], report: Report
) -> tuple[Sort, ...] | None:
    found = []
    for binder in binders:
        if binder.sort is None:
            report.say("no-request", "a definition takes things as arguments, not requests", binder.span)
            return None
        sort = sort_named(binder.sort, sorts, report)
        if sort is None:
            return None
        if sort.is_quantity:
            argument(name, sort, binder, report)
        found.append(sort)
    return tuple(found)


def definitions(program: Program) -> Iterator[s.Define]:
    """The definitions of a program, including those inside rules."""
    for unit in program.units:
        if isinstance(unit.decl, s.Define):
            yield unit.decl
        yield from as_definitions(unit)
        for item in unit.items:
            if isinstance(item.syntax.meaning, s.Define):
                yield item.syntax.meaning


def _reading_request(program: Program) -> frozenset[str]:
    """The definitions that read a request, directly or through others."""
    parameters = {p.name.text for r in of_kind(program.units, RequestDecl) for p in r.parameters}
    decls = tuple(definitions(program))
    return _with_users({x.name.text for x in decls if names_in(x) & parameters}, decls)


def _reading_versions(program: Program) -> frozenset[str]:
    """The definitions and premises that read which version is deployed, directly or through others."""
    decls: tuple[s.Define | d.PremiseDecl, ...] = (
        *definitions(program),
        *of_kind(program.units, d.PremiseDecl),
    )
    found = {x.name.text for x in decls if any(isinstance(y, s.VersionAt) for y in _inside(x))}
    return _with_users(found, decls) if found else frozenset()


def _inside(decl: s.Define | d.PremiseDecl) -> Iterator[s.Expr]:
    waiting = list(_body(decl))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += parts_of(node)


def _with_users(names: set[str], decls: Iterable[s.Define | d.PremiseDecl]) -> frozenset[str]:
    """The names, and those of all that use them, directly or through others."""
    users: dict[str, set[str]] = {}
    for decl in decls:
        for name in names_in(decl):
            users.setdefault(name, set()).add(decl.name.text)
    reading, waiting = set(names), list(names)
    while waiting:
        more = users.get(waiting.pop(), set()) - reading
        reading |= more
        waiting += more
    return frozenset(reading)


def names_in(decl: s.Define | d.PremiseDecl) -> frozenset[str]:
    """The free names in a definition's body."""
    used: set[str] = set()
    bound = frozenset(binder.name.text for binder in decl.parameters)
    waiting = [(each, bound) for each in _body(decl)]
    while waiting:
        node, bound = waiting.pop()
        if isinstance(node, s.Ref) and node.name.text not in bound:
            used.add(node.name.text)
        elif isinstance(node, s.Quantifier):
            bound |= {binder.name.text for binder in node.binders}
        elif isinstance(node, s.Counted):
            bound |= {node.binder.name.text}
        waiting += [(each, bound) for each in parts_of(node)]
    return frozenset(used)


def _body(decl: s.Define | d.PremiseDecl) -> tuple[s.Expr, ...]:
    """The expressions in a definition's body."""
    if isinstance(decl, d.PremiseDecl):
        return (decl.formula,)
    conditions = tuple(each.condition for each in decl.cases if each.condition is not None)
    return (*(each.value for each in decl.cases), *conditions)


def _depth(decl: s.Define | d.PremiseDecl) -> int:
    """How deep the body is nested."""
    stack, deepest = [(each, 0) for each in _body(decl)], 0
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(each, depth + 1) for each in parts_of(node)]
    return deepest


def parts_of(node: s.Expr) -> tuple[s.Expr, ...]:
    """The direct subexpressions of an expression."""
    match node:
        case s.Ref(arguments=arguments):
            return arguments or ()
        case s.Quantifier(where=where, body=body):
            return (body,) if where is None else (where, body)
        case s.Comparison(left=left, right=right) | s.Conditional(left=left, right=right):
            return left, right
        case s.Presence(term=term):
            return (term,)
        case s.Member(term=term, values=values):
            return (term, *values)
        case s.Negation(body=body) | s.Past(body=body) | s.Counted(body=body):
            return (body,)
        case s.Junction(parts=parts) | s.Arithmetic(parts=parts) | s.Historic(parts=parts):
            return parts
        case s.InPeriod(day=day, period=period, start=start):
            return day, period, start
        case s.VersionAt(index=index):
            return () if index is None else (index,)
        case s.OutcomeOf(changes=changes):
            return tuple(value for _, value in changes)
        case s.Literally() | s.StepEvent():
            return ()
        case _:
            assert_never(node)


def report_cycles(program: Program, report: Report) -> None:
    """Reports definitions that use themselves."""
    decls = {decl.name.text: decl for decl in definitions(program)}
    premises = {decl.name.text: decl for decl in of_kind(program.units, d.PremiseDecl)}
    named: dict[str, s.Define | d.PremiseDecl] = {**premises, **decls}
    uses = {name: {each for each in names_in(decl) if each in named} for name, decl in named.items()}
    for _ in range(_CIRCLES):
        try:
            TopologicalSorter(uses).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][::-1]
            first = min(cycle[:-1], key=lambda name: named[name].span)
            at = cycle.index(first)
            loop = [*cycle[at:-1], *cycle[:at], first]
            shown = loop[1:] if len(loop) <= _SHOWN else [*loop[1:_SHOWN], "…", first]
            way = ", which uses ".join(f"`{each}`" if each != "…" else each for each in shown)
            report.say(
                "definition-cycle",
                f"`{first}` is defined in terms of itself: it uses {way}",
                named[first].span,
            )
            for name in cycle:
                uses.pop(name, None)
        else:
            _report_depth(named, uses, report)
            return


def _report_depth(
    named: Mapping[str, s.Define | d.PremiseDecl], uses: Mapping[str, set[str]], report: Report
) -> None:
    """Reports the first definition that, with those that it uses, nests too deep."""
    depths: dict[str, int] = {}
    for name in TopologicalSorter(uses).static_order():
        if name in uses:
            own = _depth(named[name])
            depths[name] = own + max((depths[each] for each in uses[name] if each in depths), default=0)
            if depths[name] > MAX_DEPTH:
                message = f"`{name}`, with the definitions that it uses, is nested more than {MAX_DEPTH} deep"
                report.say("too-deep", message, named[name].span)
                return
