"""Which updates of one step may write different values to one cell, as far as the rules' form shows.

One step is all effects of an accepted request together, or one event. There is no order of writing that
decides between two values: a law in which updates may clash is refused (see `checker.regime.clashes`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import assert_never

from checker.model.expressions import (
    Absent,
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
    Term,
    Truth,
    Value,
    Variable,
)
from checker.model.kept_apart import Kept
from checker.model.model import Event, Model, Update
from checker.model.rebuild import rebuilt


@dataclass(frozen=True, slots=True)
class Writing:
    """An update of an effect or event, and the condition of that effect or event."""

    rule: str
    when: Formula | None
    update: Update


@dataclass(frozen=True, slots=True)
class Clash:
    """Two writings of one step that may write different values to one cell. `event`: the step, None if it
    is an accepted request.
    """

    first: Writing
    second: Writing
    event: Event | None


def clashes(model: Model, shown: Callable[[Clash], bool] = lambda _: False) -> Iterator[Clash]:
    """Yield the pairs that neither their form nor `shown` keeps apart: for each writing, the first earlier
    one that it may clash with, in written order.
    """
    requested = (
        Writing(f"effect {effect.name}", effect.when, update)
        for effect in model.effects
        for update in effect.updates
    )
    yield from _among(requested, None, shown)
    for event in model.events.values():
        own = {update.span: f"lapse {each.name}" for each in event.lapses for update in each.updates}
        happened = (
            Writing(own.get(update.span, f"event {event.name}"), event.when, update)
            for update in event.updates
        )
        yield from _among(happened, event, shown)


def _among(
    writings: Iterable[Writing], event: Event | None, shown: Callable[[Clash], bool]
) -> Iterator[Clash]:
    """Yield the clashes of one step."""
    placed: dict[str, dict[_Placed, None]] = {}
    for each in writings:
        placed.setdefault(each.update.function, {})[_placed(each)] = None
    for alike in placed.values():
        group = tuple(alike)
        kept = Kept([each.pins for each in group])
        for number, later in enumerate(group):
            earlier = (group[before] for before in kept.not_apart(number) if before < number)
            met = (Clash(each.writing, later.writing, event) for each in earlier if not _apart(each, later))
            yield from islice((clash for clash in met if not shown(clash)), 1)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A writing, with its variables renamed by place, so that equal ones compare equal. `facts`: what its
    guards say; `pins`: what must have one named value when it is made: an argument (by its number) or a term.
    """

    guards: tuple[Formula, ...]
    arguments: tuple[Term, ...]
    value: Expression
    writing: Writing = field(compare=False)
    facts: tuple[tuple[Formula, bool], ...] = field(compare=False)
    pins: Mapping[Hashable, str] = field(compare=False)


def _placed(writing: Writing) -> _Placed:
    update = _by_place(writing.update)
    guards = tuple(each for each in (writing.when, update.where) if each is not None)
    facts = tuple(_facts(guards, truth=True))
    pins: dict[Hashable, str] = {}
    for formula, truth in facts:
        said = _said(formula) if truth else None
        if said is not None and len(said[1]) == 1:
            pins[said[0]] = min(said[1])
    for at, argument in enumerate(update.arguments):
        if isinstance(argument, Value | Constant):
            pins[at] = argument.name
    return _Placed(guards, update.arguments, update.value, writing, facts, pins)


def _apart(one: _Placed, other: _Placed) -> bool:
    """Whether their form shows that both never write different values to one cell."""
    if one.value == other.value:
        return True
    pairs = tuple(zip(one.arguments, other.arguments, strict=True))
    if any(_different(*pair) for pair in pairs):
        return True
    same = ((Is(*each), True) for pair in pairs if pair[0] != pair[1] for each in (pair, pair[::-1]))
    return _excluded((*one.facts, *other.facts, *same))


def _different(one: Term, other: Term) -> bool:
    """Whether both are named values or constants, and different."""
    named = isinstance(one, Value | Constant) and isinstance(other, Value | Constant)
    return named and one != other


def _by_place(update: Update) -> Update:
    """The update with the variables of `for every` renamed by their argument's position: if two updates write
    one cell, variables at the same position are equal.
    """
    called: dict[Variable, Variable] = {}
    for at, argument in enumerate(update.arguments):
        if isinstance(argument, Variable) and argument in update.variables:
            called.setdefault(argument, replace(argument, name=f"argument {at}"))

    def change(part: Expression) -> Expression | None:
        return called.get(part) if isinstance(part, Variable) else None

    arguments = tuple(rebuilt(each, change) for each in update.arguments)
    where = None if update.where is None else rebuilt(update.where, change)
    return replace(update, arguments=arguments, where=where, value=rebuilt(update.value, change))


# ------------------------------------------------------------------ guards


def _excluded(facts: tuple[tuple[Formula, bool], ...]) -> bool:
    """Whether the facts obviously do not hold together: one is the negation of another, or they leave a term
    no value.
    """
    known = dict.fromkeys(facts)
    if any((formula, not truth) in known for formula, truth in facts):
        return True
    return any(_without_value(term, facts) for term in _terms(facts))


def _facts(guards: tuple[Formula, ...], *, truth: bool) -> Iterator[tuple[Formula, bool]]:
    """Yield the parts of the guards that must all be true or false, each with its truth value."""
    for guard in guards:
        match guard:
            case Not(body=body):
                yield from _facts((body,), truth=not truth)
            case And(parts=parts) if truth:
                yield from _facts(parts, truth=True)
            case Or(parts=parts) if not truth:
                yield from _facts(parts, truth=False)
            case Truth(value=value):
                yield Truth(value=True), value is truth
                yield Truth(value=True), True
            case (
                And()
                | Or()
                | Is()
                | Matches()
                | Ordered()
                | Present()
                | In()
                | Implies()
                | Iff()
                | Quantified()
                | Counted()
                | StepIs()
                | Outcome()
                | Apply()
                | Call()
                | Before()
            ):
                yield guard, truth
            case _:
                assert_never(guard)


def _terms(facts: tuple[tuple[Formula, bool], ...]) -> tuple[Term, ...]:
    """The terms that facts compare with named values."""
    return tuple(dict.fromkeys(said[0] for each, _ in facts if (said := _said(each)) is not None))


def _said(formula: Formula) -> tuple[Term, frozenset[str]] | None:
    """The term and the named values, if the formula says that the term has one of these values."""
    match formula:
        case Is(left=left, right=right):
            pairs = ((left, right), (right, left))
            found = ((term, frozenset({v.name})) for term, v in pairs if isinstance(v, Value | Constant))
            return next(found, None)
        case In(term=term, values=values):
            names = [each.name for each in values if isinstance(each, Value | Constant)]
            return (term, frozenset(names)) if len(names) == len(values) else None
        case Present(term=term):
            if isinstance(term, Absent) or not term.sort.is_enum:
                return None
            return term, frozenset(term.sort.values)
        case (
            Truth()
            | Matches()
            | Ordered()
            | Not()
            | And()
            | Or()
            | Implies()
            | Iff()
            | Quantified()
            | Counted()
            | StepIs()
            | Outcome()
            | Apply()
            | Call()
            | Before()
        ):
            return None
        case _:
            assert_never(formula)


def _without_value(term: Term, facts: tuple[tuple[Formula, bool], ...]) -> bool:
    """Whether the facts leave the term no value that it must have."""
    left: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()
    for formula, truth in facts:
        said = _said(formula)
        if said is None or said[0] != term:
            continue
        if truth:
            left = said[1] if left is None else left & said[1]
        else:
            excluded |= said[1]
    return left is not None and not left - excluded
