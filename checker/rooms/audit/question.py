"""What is asked of tables: a condition about things, and the terms by which its rows are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from checker.data.read_mapping import wrong
from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.parse import parse_expression
from checker.model.expressions import Formula, Sort, Term, Variable
from checker.regime.definitions import parts_of
from checker.regime.names import nearest_name
from checker.regime.regime import COMMAND_LINE, Regime

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group:
    """A term by whose value rows are counted, as typed."""

    text: str
    term: Term | Formula


@dataclass(frozen=True, slots=True)
class Question:
    """Of which things it is asked, the condition, and how its rows are counted."""

    variables: tuple[Variable, ...]
    where: Formula
    text: str
    groups: tuple[Group, ...]


def question_of(regime: Regime, bound: str, where: str, groups: Sequence[str]) -> Question:
    """What the options ask. `bound`: as in `d: Device`; without, from how the condition uses its names."""
    texts = [each for one in groups for each in _split(one)]
    variables = _bound(regime, bound) if bound else dict(_inferred(regime, (where, *texts)))
    if not variables:
        _in_option("--where", partial(regime.parse_formula, where or "true"))
        notes = ("name a thing in it, as in `--where 'wrong(d)'`, or say what is asked: `--for 'd: Device'`",)
        raise wrong("bad-option", "`--where` and `--group` are about no things", None, notes=notes)
    condition = _in_option("--where", partial(regime.parse_formula, where or "true", variables))
    terms = tuple(
        Group(text, _in_option("--group", partial(regime.parse_term, text, variables))) for text in texts
    )
    return Question(tuple(Variable(name, sort) for name, sort in variables.items()), condition, where, terms)


def question_about(regime: Regime, thing: Variable, where: Formula, groups: Sequence[str]) -> Question:
    """Of which things of the variable's sort the condition is so, by terms about that variable."""
    texts = [each for one in groups for each in _split(one)]
    read = partial(regime.parse_term, variables={thing.name: thing.sort})
    terms = tuple(Group(text, _in_option("--group", partial(read, text))) for text in texts)
    return Question((thing,), where, "", terms)


def _bound(regime: Regime, text: str) -> dict[str, Sort]:
    """The variables of `--for`: names with their sorts."""
    found: dict[str, Sort] = {}
    sorts = {name: each for name, each in regime.vocabulary.sorts.items() if each.is_enum or each.has_things}
    for part in text.split(","):
        name, colon, kind = (each.strip() for each in part.partition(":"))
        if not colon or not name.isidentifier():
            raise wrong("bad-option", f"`--for`: `{part.strip()}` binds nothing", None, ("`d: Device`",))
        if kind not in sorts:
            near = nearest_name(kind, sorts)
            listed = () if near else tuple(f"`{each}`" for each in sorts)
            raise wrong("unknown-name", f"`--for`: there is no sort `{kind}`", None, listed, nearest=near)
        found[name] = sorts[kind]
    return found


def _inferred(regime: Regime, texts: Sequence[str]) -> Iterator[tuple[str, Sort]]:
    """The names that stand where a function or definition takes a thing, with the sort that it takes."""
    known = {*regime.vocabulary.values, *regime.vocabulary.constants}
    for text in texts:
        if not text:
            continue
        expression = _in_option("--where", partial(parse_expression, text, COMMAND_LINE))
        waiting: list[tuple[s.Expr, frozenset[str]]] = [(expression, frozenset(known))]
        while waiting:
            node, bound = waiting.pop()
            if isinstance(node, s.Quantifier):
                bound |= {each.name.text for each in node.binders}
            elif isinstance(node, s.Counted):
                bound |= {node.binder.name.text}
            signature = regime.vocabulary.callables.get(node.name.text) if isinstance(node, s.Ref) else None
            if isinstance(node, s.Ref) and signature is not None:
                for argument, sort in zip(node.arguments or (), signature.parameters, strict=False):
                    if _is_name(argument, bound):
                        assert isinstance(argument, s.Ref)
                        yield argument.name.text, sort
            waiting += [(each, bound) for each in reversed(parts_of(node))]


def _is_name(expression: s.Expr, bound: frozenset[str]) -> bool:
    return (
        isinstance(expression, s.Ref)
        and expression.request is None
        and expression.arguments is None
        and expression.name.text not in bound
    )


def _in_option(option: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except SpecError as error:
        raise SpecError(tuple(_placed(each, option) for each in error.diagnostics)) from error


def _placed(found: Diagnostic, option: str) -> Diagnostic:
    at = f", character {found.span.column}" if found.span is not None else ""
    return replace(found, message=f"`{option}`{at}: {found.message}", span=None)


def _split(text: str) -> Iterator[str]:
    """The terms between the commas that stand in no parentheses."""
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()
