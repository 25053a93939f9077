"""What has been: `ever p`, `p since q`, `p as of q`, `beginning of (p)`. Each is a state function of what it
speaks of.

No effect writes it. Every step brings it up to date: from the situation after the step, and from what had
been before it. So an update never asks which rule made the difference, and a step that changes nothing
changes no history. A statement *comes about* in a situation in which it holds and did not hold in the one
before; where a story starts, whatever holds comes about.

    ever p      p now, or ever p before
    p since q   p now, and q comes about now, or p since q before
    p as of q   where q comes about now, p now; otherwise what was so before
    ever breach of d    in breach now, or ever before, or it would have been as a day ended
    beginning of (p)    where p comes about now, today; while it holds on, the same day; otherwise absent

A situation keeps one truth value, or one day, for each. In any situation, `ever p` is that value or p, `p
since q` that value and p: so `p implies ever p` and `(p since q) implies p` need not be supposed. `beginning
of (p)` is the day kept, if p holds and that day has come; if p holds and no such day is kept, today. What is
kept after a step is what is so after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import assert_never

from checker.language.diagnostics import NOWHERE
from checker.model.deadline import NEVER, Deadline
from checker.model.environment import Environment, members
from checker.model.expressions import FACT, Apply, Formula, History
from checker.model.made_of import within
from checker.model.meaning import holds, recalled
from checker.model.model import Function, Model
from checker.model.recall import Recalled, day_has_ended, today
from checker.model.situation import Situation
from checker.model.unparse import unparse


def name_of(history: History) -> str:
    """The name of the function: what is remembered, with spaces in it, so that no law has it."""
    return unparse(Apply("", history.variables, history.sort, history))


def function_of(history: History) -> Function:
    """The state function that remembers it."""
    sorts = tuple(each.sort for each in history.variables)
    return Function(
        name_of(history),
        sorts,
        history.sort,
        optional=history.sort != FACT,
        state=True,
        label="",
        table=None,
        span=NOWHERE,
        history=history,
    )


def histories_in(*roots: object) -> Iterator[History]:
    """Yield the histories in expressions or rules, those that others speak of before these; perhaps more than
    once.
    """
    for each in within(*roots):
        if isinstance(each, History):
            yield from histories_in(*each.parts)
            yield each


def with_histories(model: Model, histories: Iterable[History]) -> Model:
    """The model with the functions that remember them."""
    made = {each.name: each for each in map(function_of, dict.fromkeys(histories))}
    missing = {name: each for name, each in made.items() if name not in model.functions}
    return replace(model, functions={**model.functions, **missing}) if missing else model


def remembered(
    model: Model, before: Situation | None, after: Situation, deadline: Deadline = NEVER
) -> Situation:
    """The situation after a step, which keeps what has been by then; `before` None: where a story starts."""

    def so(name: str, history: History, arguments: tuple[str, ...], env: Environment) -> Recalled:
        earlier = None if before is None else replace(env, situation=before)
        return _after(name, history, arguments, env, earlier)

    return _keeping(model, after, so, deadline)


def as_kept(model: Model, situation: Situation, deadline: Deadline = NEVER) -> Situation:
    """The same situation, whose kept values say what has been by then."""
    return _keeping(model, situation, recalled, deadline)


def _keeping(
    model: Model,
    situation: Situation,
    so: Callable[[str, History, tuple[str, ...], Environment], Recalled],
    deadline: Deadline,
) -> Situation:
    """The situation that keeps of every function what is so: those that others speak of come first."""
    for function, history in _functions(model):
        env = Environment(model, situation, deadline=deadline)
        values = dict(situation.values)
        for arguments in _places(function, situation):
            values.pop((function.name, arguments), None)
            kept = so(function.name, history, arguments, env)
            if kept:
                values[function.name, arguments] = kept
        situation = replace(situation, values=values)
    return situation


def is_start(model: Model, situation: Situation, deadline: Deadline = NEVER) -> bool:
    """Whether nothing has been but what is."""
    return as_kept(model, situation, deadline).values == remembered(model, None, situation, deadline).values


def _functions(model: Model) -> Iterator[tuple[Function, History]]:
    """The functions that remember, those that others speak of before these."""
    for each in model.functions.values():
        if each.history is not None:
            yield each, each.history


def _places(function: Function, situation: Situation) -> Iterator[tuple[str, ...]]:
    return product(*(members(sort, situation) for sort in function.parameters))


def _after(
    name: str, history: History, arguments: tuple[str, ...], env: Environment, before: Environment | None
) -> Recalled:
    """What has been by the situation of `env`."""
    given = dict(zip((each.name for each in history.variables), arguments, strict=True))

    def so(formula: Formula, scope: Environment | None) -> bool:
        return scope is not None and holds(formula, scope.scoped(given, {}))

    so_far = before is not None and recalled(name, history, arguments, before)
    match history.how:
        case "ever":
            return so_far or so(history.parts[0], env)
        case "since":
            what, when = history.parts
            return so(what, env) and (so_far or (so(when, env) and not so(when, before)))
        case "as of":
            what, when = history.parts
            return so(what, env) if so(when, env) and not so(when, before) else so_far
        case "breached":
            ended = before is not None and day_has_ended(before, env)
            return so_far or (ended and so(history.parts[1], before)) or so(history.parts[0], env)
        case "beginning of":
            return (so_far or today(env)) if so(history.parts[0], env) else None
        case _:
            assert_never(history.how)
