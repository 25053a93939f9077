"""Duties: what a party shall do by a day. A duty refuses nothing; that it is in breach is a statement.

Two definitions are made of a duty `NAME`, and all else is the meaning of definitions:

    breach of NAME              somebody has to do it, has not done it, and the last day for it is past
    breach of NAME tomorrow     the same, if this is the last situation of its day: the last day has come

The second is for `ever breach of NAME`. What the law does by itself as a day begins is part of the step of
time to that day, so where it ends a duty on the day after the last one, no situation is in breach; but what
was not done by the end of the last day was not done in time (`checker.model.history`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from checker.language.duty_declaration import BREACH
from checker.model.clock import PRESENT_DAY
from checker.model.duty import Duty
from checker.model.expressions import FACT, And, Call, Formula, Not, Ordered, Present, Term
from checker.model.model import Definition, Model
from checker.model.rebuild import with_variables

TOMORROW: Final = " tomorrow"


def duty_of(model: Model, definition: str) -> Duty | None:
    """The duty of whose breach a definition is; None of other definitions."""
    return model.duties.get(definition.removeprefix(BREACH)) if is_breach(definition) else None


def party_of(duty: Duty, arguments: Sequence[Term]) -> Term:
    """Whose duty it is, about these things."""
    given = zip((each.name for each in duty.variables), arguments, strict=True)
    return with_variables(duty.party, dict(given))


def is_breach(definition: str) -> bool:
    """Whether a definition says that a duty is in breach."""
    return definition.startswith(BREACH) and not definition.endswith(TOMORROW)


def made_of_a_duty(definition: str) -> bool:
    """Whether a definition is made of a duty, so that the law does not write it itself."""
    return definition.startswith(BREACH)


def tomorrow(breach: Call) -> Call:
    """That the duty will be in breach if the day ends as it is, of the statement that it is in breach."""
    return replace(breach, definition=f"{breach.definition}{TOMORROW}")


def definitions_of(duty: Duty) -> Iterator[Definition]:
    """Yield the definitions that are made of a duty."""
    for end, body in zip(("", TOMORROW), statements_of(duty), strict=True):
        name = f"{BREACH}{duty.name}{end}"
        yield Definition(name, duty.variables, FACT, body, "", None, reads_request=False, span=duty.span)


def statements_of(duty: Duty) -> tuple[Formula, Formula]:
    """That it is in breach, and that it will be tomorrow."""
    open_now = _open(duty)
    past = Ordered(PRESENT_DAY, "more than", duty.day)
    come = Ordered(PRESENT_DAY, "at least", duty.day)
    return And((*open_now, past)), And((*open_now, come))


def _open(duty: Duty) -> tuple[Formula, ...]:
    """That somebody has the duty, and has not done what it requires."""
    required = tuple(
        each.meaning.formula for each in duty.items if each.kind == "requires" and each.meaning is not None
    )
    who = (Present(duty.party),) if duty.nobody else ()
    when = () if duty.when is None else (duty.when,)
    return (*who, *when, Not(required[0] if len(required) == 1 else And(required)))
