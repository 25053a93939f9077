"""What has been, from syntax to typed formulas: `ever p`, `p since q`, `p as of q`, `beginning of (p)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from checker.language import syntax as s
from checker.model.claim import Claim
from checker.model.expressions import (
    Apply,
    Before,
    Call,
    Counted,
    Expression,
    Formula,
    History,
    HowPast,
    Outcome,
    Parameter,
    Quantified,
    StepIs,
    Variable,
    VersionOf,
)
from checker.model.history import histories_in, name_of
from checker.model.made_of import parts, within
from checker.model.model import Model
from checker.model.reads import words_of
from checker.model.rebuild import rebuilt
from checker.regime.names import Report, Vocabulary

_Free: TypeAlias = Variable | Parameter


def remembering(how: HowPast, said: tuple[Formula, ...]) -> Apply:
    """What has been, as a function of the things that it speaks of. The same words about other things are the
    same function.
    """
    free = dict.fromkeys(each for part in said for each in _free(part, frozenset()))
    inside = {each: _called(number, each) for number, each in enumerate(free, start=1)}

    def change(part: Expression) -> Expression | None:
        return inside.get(part) if isinstance(part, Variable | Parameter) else None

    history = History(how, tuple(rebuilt(each, change) for each in said), tuple(inside.values()))
    return Apply(name_of(history), tuple(free), history.sort, history)


def histories_of(models: Iterable[Model], claims: Iterable[Claim]) -> tuple[History, ...]:
    """What has been, as far as laws and claims speak of it, each once, those that others speak of first. What
    laws and claims ask alike is asked in the claims' words: these mean in each law what they say there.
    """
    own = (each.history for model in models for each in model.functions.values())
    said = tuple(histories_in(*((*words_of(claim), claim.lemmas) for claim in claims)))
    every = dict.fromkeys((*(each for each in own if each is not None), *said))
    asked = {name_of(each): each for each in (*every, *said)}
    return tuple(dict.fromkeys(asked[name_of(each)] for each in every))


def _called(number: int, free: _Free) -> Variable:
    """A variable with a space in its name, so that no law has it; sorts may differ in their case alone."""
    return Variable(f"{free.sort.name} {number}", free.sort)


def _free(expression: Expression, bound: frozenset[str]) -> Iterator[_Free]:
    """Yield what is free in an expression, in reading order, perhaps more than once."""
    if isinstance(expression, Variable | Parameter):
        if not (isinstance(expression, Variable) and expression.name in bound):
            yield expression
        return
    if isinstance(expression, Quantified):
        bound |= {each.name for each in expression.variables}
    elif isinstance(expression, Counted):
        bound |= {expression.variable.name}
    for each in parts(expression):
        yield from _free(each, bound)


def report_unremembered(
    said: tuple[Formula, ...], expr: s.Historic, vocabulary: Vocabulary, report: Report
) -> bool:
    """Whether something is said of the past that no situation has, which is reported."""
    for each in within(*said):
        why = _unremembered(each, vocabulary)
        if why is not None:
            message = f"`{expr.how}` speaks of what has been in situations, and {why}"
            report.say("no-history", message, expr.span)
            return True
    return False


def _unremembered(part: object, vocabulary: Vocabulary) -> str | None:
    """Why no situation has what the part speaks of."""
    if isinstance(part, Outcome):
        return f"no situation has an outcome of `{part.request}`"
    if isinstance(part, StepIs | Before):
        return "this speaks of a step"
    if isinstance(part, VersionOf):
        return f"which version is deployed at `{part.component}` is none of the law's facts"
    if isinstance(part, Variable | Parameter) and part.sort.is_quantity:
        return f"`{part.name}` is a number, of which there is no end"
    if isinstance(part, Call):
        called = vocabulary.callables[part.definition]
        if called.reads_versions:
            return f"`{called.name}` reads which version is deployed"
        if called.reads_request:
            return f"`{called.name}` reads the request at hand: give it what it reads as arguments"
    return None
