"""What has been, from syntax to typed formulas: `ever p`, `p since q`, `p as of q`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from checker.language import syntax as s
from checker.model.claim import Claim
from checker.model.expressions import (
    FACT,
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
    return Apply(name_of(history), tuple(free), FACT, history)


def histories_of(models: Iterable[Model], claims: Iterable[Claim]) -> tuple[History, ...]:
    """What has been, as far as laws and claims speak of it, each once, those that others speak of first."""
    own = (each.history for model in models for each in model.functions.values())
    said = histories_in(*((*words_of(claim), claim.lemmas) for claim in claims))
    return tuple(dict.fromkeys((*(each for each in own if each is not None), *said)))


def _called(number: int, free: _Free) -> Variable:
    """A variable with a space in its name, so that no law has it."""
    return Variable(f"{free.sort.name.lower()} {number}", free.sort)


def _free(expression: Expression, bound: frozenset[str]) -> Iterator[_Free]:
    """Yield what is free in an expression, in reading order, perhaps more than once."""
    match expression:
        case Variable(name=name):
            if name not in bound:
                yield expression
        case Parameter():
            yield expression
        case Quantified(variables=variables, where=where, body=body):
            inner = bound | {each.name for each in variables}
            if where is not None:
                yield from _free(where, inner)
            yield from _free(body, inner)
        case Counted(variable=variable, body=body):
            yield from _free(body, bound | {variable.name})
        case _:
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
    match part:
        case Outcome(request=request):
            return f"no situation has an outcome of `{request}`" if request else "no situation has an outcome"
        case StepIs() | Before():
            return "this speaks of a step"
        case VersionOf(component=component):
            return f"which version is deployed at `{component}` is none of the law's facts"
        case Call(definition=name) if vocabulary.callables[name].reads_versions:
            return f"`{name}` reads which version is deployed"
        case Call(definition=name) if vocabulary.callables[name].reads_request:
            return f"`{name}` reads the request at hand: give it what it reads as arguments"
        case Variable(name=name, sort=sort) | Parameter(name=name, sort=sort) if sort.is_quantity:
            return f"`{name}` is a number, of which there is no end"
        case _:
            return None
