"""Several bounds of one number as one clause: “is more than $70 and at most $100”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from checker.model.expressions import And, Formula, How, Is, Not, Ordered, Term, Value
from checker.model.orders import order_of, stepped
from checker.model.quantities import MIRRORED, OPPOSITE, how_said, told


@dataclass(frozen=True, slots=True)
class Bounds:
    """What some conditions say of one term: the largest lower and the smallest upper bound, each with its
    word and number, if there is one.
    """

    term: Term
    low: tuple[How, Value] | None
    high: tuple[How, Value] | None

    @property
    def formula(self) -> Formula:
        """The same as a condition."""
        known = [Ordered(self.term, *each) for each in (self.low, self.high) if each is not None]
        return known[0] if len(known) == 1 else And(tuple(known))

    def words(self) -> str:
        """What the term is, to be said after `is`."""
        if self.low is not None and self.high is not None and _least(self.low) == _most(self.high):
            return told(self.low[1].sort, str(_least(self.low)))
        known = (each for each in (self.low, self.high) if each is not None)
        said = ((how_said(value, how), value) for how, value in known)
        return " and ".join(f"{how} {told(value.sort, value.name)}" for how, value in said)


def joined(conditions: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """The conditions; bounds of one term that is sure to be there are one, where the first of them was, and
    what is at least another, and not more, is the other.
    """
    return tuple(_equal(_bounded(conditions)))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two terms that are compared; `denied`: by denial, so that one of them may be absent."""

    left: Term
    right: Term
    how: How
    denied: bool

    @classmethod
    def of(cls, condition: Formula) -> _Compared | None:
        """What the condition compares; None if it does not, or with what is only a place beside an order."""
        denied = isinstance(condition, Not)
        body = condition.body if isinstance(condition, Not) else condition
        if not isinstance(body, Ordered) or any(stepped(each)[1] for each in (body.left, body.right)):
            return None
        return cls(body.left, body.right, OPPOSITE[body.how] if denied else body.how, denied)

    def meets(self, other: _Compared) -> bool:
        """Whether both together say that the two are the same."""
        turned = (other.left, other.right) != (self.left, self.right)
        there = (other.right, other.left) if turned else (other.left, other.right)
        how = MIRRORED[other.how] if turned else other.how
        ends = {self.how, how} == {"at least", "at most"}
        return ends and there == (self.left, self.right) and not (self.denied and other.denied)


def _equal(conditions: tuple[Formula, ...]) -> Iterator[Formula]:
    sides = [_Compared.of(each) for each in conditions]
    said = set[int]()
    for at, (condition, side) in enumerate(zip(conditions, sides, strict=True)):
        if at in said:
            continue
        met = [n for n, each in enumerate(sides) if n > at and side and each and side.meets(each)]
        if side is None or not met:
            yield condition
        else:
            said.update(met)
            yield Is(side.right, side.left) if isinstance(side.left, Value) else Is(side.left, side.right)


def _bounded(conditions: tuple[Formula, ...]) -> tuple[Formula, ...]:
    there = {each[0] for each in map(_bound, conditions) if each is not None and not each[3]}
    found: list[Formula] = []
    done: set[Term] = set()
    for condition in conditions:
        bound = _bound(condition)
        if bound is None or bound[0] not in there:
            found.append(condition)
        elif bound[0] not in done:
            done.add(bound[0])
            found.append(_together(bound[0], conditions).formula)
    return tuple(found)


def bounds_of(condition: Formula) -> Bounds | None:
    """What the condition says of a term, if it bounds one by numbers and says nothing else."""
    parts = condition.parts if isinstance(condition, And) else (condition,)
    known = [each for each in map(_bound, parts) if each is not None and not each[3]]
    terms = {each[0] for each in known}
    return _together(terms.pop(), parts) if len(known) == len(parts) and len(terms) == 1 else None


def united(conditions: Iterable[Formula]) -> Formula | None:
    """What one or another of the conditions says, if they bound one term by numbers and leave no gap: between
    15 and 39, of what is at least 20 and less than 39, or at least 15 and less than 20.
    """
    found = tuple(map(bounds_of, conditions))
    known = [each for each in found if each is not None]
    if len(known) < len(found) or len({each.term for each in known}) != 1:
        return None
    first, *others = sorted(known, key=lambda each: -inf if each.low is None else _least(each.low))
    high = first.high
    for each in others:
        if high is None:
            break
        if each.low is not None and _least(each.low) > _most(high) + 1:
            return None
        high = None if each.high is None else max(high, each.high, key=_most)
    return None if first.low is None and high is None else Bounds(first.term, first.low, high).formula


def _together(term: Term, conditions: tuple[Formula, ...]) -> Bounds:
    found = [(each[1], each[2]) for each in map(_bound, conditions) if each is not None and each[0] == term]
    low = [each for each in found if each[0] in ("at least", "more than")]
    high = [each for each in found if each[0] in ("at most", "less than")]
    return Bounds(term, max(low, key=_least, default=None), min(high, key=_most, default=None))


def _bound(condition: Formula) -> tuple[Term, How, Value, bool] | None:
    """The term that the condition bounds by a number, how, and whether by denial: then it may be absent."""
    denied = isinstance(condition, Not)
    body = condition.body if isinstance(condition, Not) else condition
    if not isinstance(body, Ordered) or order_of(body) is not None:
        return None
    how = OPPOSITE[body.how] if denied else body.how
    if isinstance(body.right, Value):
        return body.left, how, body.right, denied
    if isinstance(body.left, Value):
        return body.right, MIRRORED[how], body.left, denied
    return None


def _least(low: tuple[How, Value]) -> int:
    return int(low[1].name) + (low[0] == "more than")


def _most(high: tuple[How, Value]) -> int:
    return int(high[1].name) - (high[0] == "less than")
