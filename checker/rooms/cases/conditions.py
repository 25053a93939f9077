"""The atomic conditions of a rule, and when one of them decides: as masking MC/DC has it.

A condition decides if the rule would come out otherwise were the condition true, or false, instead. Under the
binders of a limb that is asked of all things at once: as if its words were struck, or never held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar, assert_never, cast

from checker.model.expressions import (
    FACT,
    And,
    Apply,
    Before,
    Call,
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
from checker.model.item import Item
from checker.model.made_of import within
from checker.model.model import Check, Limb, Model, Premise
from checker.model.orders import as_members, bounded
from checker.model.rebuild import of_request, with_variables
from checker.rooms.near_limits import compares_numbers

E = TypeVar("E", bound=Expression)

TRUE: Final = Truth(value=True)
FALSE: Final = Truth(value=False)
FEW: Final = 6
"""Values of an enum that a condition lists and that are conditions each; more are one condition."""

Putting: TypeAlias = Callable[[Formula], Formula]
"""The whole, with something in the place of one of its conditions."""


@dataclass(frozen=True, slots=True)
class Place:
    """One condition where it stands. `helps`: what it stands in holds rather because it holds; `hinders`:
    rather because it does not. Both, under `iff`.
    """

    condition: Formula
    put: Putting
    helps: bool = True
    hinders: bool = False

    def within(self, put: Putting, *, turned: bool = False, both: bool = False) -> Place:
        """The same place in a larger formula. `turned`: that holds rather if this one does not."""
        helps, hinders = (self.hinders, self.helps) if turned else (self.helps, self.hinders)
        own = self.put
        return Place(self.condition, lambda new: put(own(new)), helps or both, hinders or both)


@dataclass(frozen=True, slots=True)
class Condition:
    """An atomic condition of a check. `fails`: the check fails; `whole` puts something else in the place of
    the condition. `limb`: the exemption that it is a condition of.
    """

    item: Item
    limb: Limb | None
    place: Place

    def decides(self, fails: Formula, *, to_fail: bool, holding: bool) -> Formula:
        """That the check fails, or does not, because of the condition, which holds, or does not."""
        other = self.place.put(FALSE if holding else TRUE)
        return conj((fails, negated(other)) if to_fail else (negated(fails), other))

    def ways(self) -> Iterator[tuple[bool, bool]]:
        """Yield each way for it to decide: whether the check fails, and whether the condition then holds."""
        if self.place.helps:
            yield from ((True, True), (False, False))
        if self.place.hinders:
            yield from ((True, False), (False, True))


class Saying:
    """Says what a model says of the request at hand of the request of a name."""

    def __init__(self, model: Model, request: str) -> None:
        self.model, self.request = model, request
        self._reading = frozenset(name for name, each in model.definitions.items() if each.reads_request)

    def of(self, expression: E) -> E:
        """The expression, said of the request of that name."""
        return of_request(expression, self.request, self._reading)


class Rule:
    """A check of a model, said of the request of a name."""

    def __init__(self, saying: Saying, check: Check) -> None:
        self.model, self.check, self.saying = saying.model, check, saying
        self._parts = tuple(self._said())
        self.fails = conj(tuple(part for _, _, part in self._parts))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every atomic condition of the check and of what exempts from it, in written order."""
        return tuple(self._conditions())

    def _said(self) -> Iterator[tuple[str, object, Formula]]:
        """Yield what together makes the check fail: that it applies, that something is not met, and that no
        limb exempts.
        """
        required = tuple(self._of_kind("requires"))
        yield from (("applies-when", each, self._meant(each)) for each in self._of_kind("applies-when"))
        yield from (
            ("applies-unless", each, negated(self._meant(each))) for each in self._of_kind("applies-unless")
        )
        yield "requires", required, negated(conj(tuple(map(self._meant, required))))
        yield from (("limb", each, negated(self._limb(each, {}))) for each in self.check.limbs)

    def _of_kind(self, kind: str) -> Iterator[Item]:
        return (each for each in self.check.items if each.kind == kind and each.meaning is not None)

    def _meant(self, item: Item) -> Formula:
        assert item.meaning is not None
        return self.saying.of(item.meaning.formula)

    def _limb(self, limb: Limb, instead: dict[int, Formula]) -> Formula:
        """That the limb holds. `instead`: what is said in place of items, by their number."""
        said = (
            instead.get(number) or self._meant(each)
            for number, each in enumerate(limb.items)
            if each.kind == "condition" and each.meaning is not None
        )
        body = conj(tuple(said))
        if not limb.binders:
            return body
        return Quantified(universal=False, variables=limb.binders, where=None, body=body)

    def _conditions(self) -> Iterator[Condition]:
        for number, (kind, part, _) in enumerate(self._parts):
            if isinstance(part, Item):
                yield from self._of_item(number, part, turned=kind == "applies-unless")
            elif isinstance(part, Limb):
                yield from self._of_limb(number, part)
            else:
                assert isinstance(part, tuple)
                yield from self._of_requirements(number, part)

    def _instead(self, number: int, part: Formula) -> Formula:
        """That the check fails, with something else as one of its parts."""
        parts = [each for _, _, each in self._parts]
        return conj((*parts[:number], part, *parts[number + 1 :]))

    def _of_item(self, number: int, item: Item, *, turned: bool) -> Iterator[Condition]:
        def put(new: Formula) -> Formula:
            return self._instead(number, negated(new) if turned else new)

        for each in self.places(self._meant(item)):
            yield Condition(item, None, each.within(put, turned=turned))

    def _of_requirements(self, number: int, items: tuple[Item, ...]) -> Iterator[Condition]:
        meant = tuple(map(self._meant, items))
        for at, item in enumerate(items):

            def put(new: Formula, at: int = at) -> Formula:
                return self._instead(number, negated(conj((*meant[:at], new, *meant[at + 1 :]))))

            for each in self.places(meant[at]):
                yield Condition(item, None, each.within(put, turned=True))

    def _of_limb(self, number: int, limb: Limb) -> Iterator[Condition]:
        for at, item in enumerate(limb.items):
            if item.kind != "condition" or item.meaning is None:
                continue

            def put(new: Formula, at: int = at) -> Formula:
                return self._instead(number, negated(self._limb(limb, {at: new})))

            for each in self.places(self._meant(item)):
                yield Condition(item, limb, each.within(put, turned=True))

    # ------------------------------------------------------------- formulas

    def places(self, formula: Formula) -> Iterator[Place]:
        """Yield every atomic condition of a formula; definitions are read where they join conditions."""
        match formula:
            case Truth():
                return
            case And(parts=parts):
                yield from self._among(parts, conj)
            case Or(parts=parts):
                yield from self._among(parts, disj)
            case Not(body=body):
                yield from (each.within(negated, turned=True) for each in self.places(body))
            case Implies(premise=premise, conclusion=conclusion):
                yield from self.places(disj((negated(premise), conclusion)))
            case Iff(left=left, right=right):
                for each in self.places(left):
                    yield each.within(lambda new: Iff(new, right), both=True)
                for each in self.places(right):
                    yield each.within(lambda new: Iff(left, new), both=True)
            case In(term=term, values=values) if _listed(values):
                yield from self.places(Or(tuple(Is(term, each) for each in values)))
            case Ordered() if bounded(formula) is not None:
                yield from self.places(as_members(formula))
            case Call():
                yield from self._of_definition(formula)
            case (
                Is()
                | In()
                | Matches()
                | Ordered()
                | Present()
                | Quantified()
                | Counted()
                | StepIs()
                | Outcome()
                | Apply()
                | Before()
            ):
                yield Place(formula, _itself)
            case _:
                assert_never(formula)

    def _among(
        self, parts: tuple[Formula, ...], join: Callable[[tuple[Formula, ...]], Formula]
    ) -> Iterator[Place]:
        for at, part in enumerate(parts):

            def put(new: Formula, at: int = at) -> Formula:
                return join((*parts[:at], new, *parts[at + 1 :]))

            yield from (each.within(put) for each in self.places(part))

    def _of_definition(self, call: Call) -> Iterator[Place]:
        known = self.model.definitions.get(call.definition) or self.model.premises.get(call.definition)
        if known is None or call.sort != FACT:
            yield Place(call, _itself)
            return
        values = {each.name: term for each, term in zip(known.parameters, call.arguments, strict=True)}
        said: Expression = known.formula.formula if isinstance(known, Premise) else known.body
        body = self.saying.of(with_variables(said, values))
        opened = isinstance(body, And | Or | Not | Implies | Iff | Call) or _limits(body)
        if opened and not _captures(said, call.arguments):
            yield from self.places(cast("Formula", body))
        else:
            yield Place(call, _itself)


def _limits(body: Expression) -> bool:
    """Whether it sets a limit, which has tests at it and next to it."""
    return isinstance(body, Ordered | Is) and compares_numbers(body)


def _captures(body: Expression, arguments: Iterable[Expression]) -> bool:
    """Whether the body binds a variable of a name that is free in the arguments."""
    free = {each.name for each in within(*arguments) if isinstance(each, Variable)}
    bound = {
        variable.name
        for each in within(body)
        if isinstance(each, Quantified | Counted)
        for variable in (each.variables if isinstance(each, Quantified) else (each.variable,))
    }
    return bool(free & bound)


def _itself(new: Formula) -> Formula:
    return new


def _listed(values: Iterable[Expression]) -> bool:
    """Whether a condition lists so few values that each is worth a case."""
    known = tuple(values)
    return len(known) <= FEW and all(isinstance(each, Value) for each in known)


def conj(parts: tuple[Formula, ...]) -> Formula:
    """All of the parts, without those that say nothing."""
    return _join(parts, And, TRUE, FALSE)


def disj(parts: tuple[Formula, ...]) -> Formula:
    """Some of the parts, without those that say nothing."""
    return _join(parts, Or, FALSE, TRUE)


def _join(
    parts: tuple[Formula, ...], join: Callable[[tuple[Formula, ...]], And | Or], idle: Truth, ends: Truth
) -> Formula:
    kept = tuple(dict.fromkeys(each for each in parts if each != idle))
    if ends in kept:
        return ends
    return kept[0] if len(kept) == 1 else join(kept) if kept else idle


def negated(formula: Formula) -> Formula:
    """That the formula does not hold."""
    if isinstance(formula, Truth):
        return Truth(value=not formula.value)
    return formula.body if isinstance(formula, Not) else Not(formula)
