"""The atoms of a condition, and what the value of an expression depends on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from checker.model.environment import definition
from checker.model.expressions import (
    And,
    Apply,
    Before,
    Call,
    Constant,
    Counted,
    Expression,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Present,
    Quantified,
    StepIs,
    Truth,
    Value,
    Variable,
)
from checker.model.made_of import within
from checker.model.model import Definition, Model, Premise
from checker.model.rebuild import with_variables

MOST: Final = 12  # atoms whose combinations are told apart


def atoms_of(model: Model, formula: Formula) -> tuple[Formula, ...]:
    """The statements of which the formula is made by and, or, not, implies and iff. Definitions are opened as
    long as there are few atoms.
    """
    atoms: dict[Formula, None] = dict.fromkeys(_parts(formula))
    closed: set[Formula] = set()
    while True:
        opened = next((each for each in atoms if each not in closed and isinstance(each, Call)), None)
        if opened is None:
            return tuple(each for each in atoms if not isinstance(each, Truth))
        assert isinstance(opened, Call)
        body = _body(model, opened)
        parts = () if body is None else tuple(_parts(body))
        more = dict.fromkeys(each for each in atoms if each != opened) | dict.fromkeys(parts)
        if body is None or len(more) > MOST:
            closed.add(opened)
        else:
            atoms = more


def _body(model: Model, call: Call) -> Formula | None:
    """What a definition says of simple arguments; None where it would have to be rewritten with care."""
    named = definition(model, call.definition)
    body = named.formula.formula if isinstance(named, Premise) else named.body
    simple = all(isinstance(each, Variable | Value | Constant) for each in call.arguments)
    binding = any(isinstance(each, Quantified | Counted) for each in within(body))
    if not simple or binding or call.request or not isinstance(body, Formula):
        return None
    return with_variables(
        body, dict(zip((each.name for each in named.parameters), call.arguments, strict=True))
    )


def _parts(formula: Formula) -> Iterator[Formula]:
    match formula:
        case And(parts=parts) | Or(parts=parts):
            for each in parts:
                yield from _parts(each)
        case Not(body=body):
            yield from _parts(body)
        case Implies(premise=left, conclusion=right) | Iff(left=left, right=right):
            yield from (*_parts(left), *_parts(right))
        case (
            Truth()
            | Is()
            | Matches()
            | Ordered()
            | Present()
            | In()
            | Quantified()
            | Counted()
            | StepIs()
            | Outcome()
            | Apply()
            | Call()
            | Before()
        ):
            yield formula
        case _:
            assert_never(formula)


def all_parts(model: Model, *expressions: Expression) -> Iterator[object]:
    """All parts of expressions and of the definitions that they use."""
    seen: set[str] = set()
    waiting: list[object] = list(expressions)
    while waiting:
        for part in within(waiting.pop()):
            yield part
            if isinstance(part, Call) and part.definition not in seen:
                seen.add(part.definition)
                named: Definition | Premise = definition(model, part.definition)
                waiting.append(named.formula if isinstance(named, Premise) else named.body)


def functions_in(model: Model, *expressions: Expression) -> frozenset[str]:
    """The functions that expressions read."""
    return frozenset(each.function for each in all_parts(model, *expressions) if isinstance(each, Apply))
