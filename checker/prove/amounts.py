"""Terms of the law for the numbers that a step carries.

A number that the solver has chosen says nothing; what a strategy needs is a term that does as well. Tried are
the terms at which a comparison turns, solved for the number, and those next to them; then the numbers that
the law writes; then what its functions say. Nothing here is trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checker.logic.calendar import period_of
from checker.logic.decode import Structure
from checker.logic.linear import constant, weights
from checker.logic.node import Node, subterms
from checker.logic.symbolic_state import Maybe
from checker.logic.working_days import working_period_of
from checker.model.clock import TIME, TODAY
from checker.model.expressions import (
    DATE,
    DAYS,
    Absent,
    Apply,
    Arithmetic,
    ArithmeticOperator,
    Call,
    Sort,
    Term,
    Value,
)
from checker.model.made_of import within
from checker.model.model import Model
from checker.model.months import MONTH_END, ON_CORRESPONDING, RULE
from checker.model.quantities import is_date, value_of
from checker.model.reckoned import by_the_day
from checker.model.thresholds import and_nothing, around, thresholds
from checker.model.working_days import WorkingPeriod
from checker.question.problem import GaveUp, Problem
from checker.question.transition_system import Action


@dataclass(frozen=True, slots=True)
class Amounts:
    """`asked`: what holds of the situation and the step; `named`: a term for a thing or value of the
    structure; `others`: what else may be a number of a sort.
    """

    problem: Problem
    action: Action
    asked: tuple[Node, ...]
    named: Callable[[Structure, Node], Term | None]
    others: Callable[[Sort], Iterable[Term]]

    def found(self, structure: Structure) -> tuple[Structure, Mapping[str, Term]]:
        """A term for every number that the step carries, and a structure in which the step carries these.
        Raises GaveUp if no term will do.
        """
        terms, found, fixed = self.problem.terms, dict[str, Term](), list[Node]()
        for name, given in self.action.parameters.items():
            if given.value is None or not given.value.sort.is_quantity or not structure.holds(given.present):
                continue
            for term in dict.fromkeys(self._tried(structure, given.value)):
                value = self._read(term)
                if value.value is None or given.value in terms.symbols(value.value):
                    continue
                same = terms.and_(given.present, value.present, terms.equal(given.value, value.value))
                another = self.problem.satisfy(*self.asked, *fixed, same)
                if another is not None:
                    structure, found[name] = another, term
                    fixed.append(same)
                    break
            else:
                raise GaveUp(f"no term of the law says which number `{name}` may be")
        return structure, found

    def _read(self, term: Term) -> Maybe:
        return self.problem.system.encoder.term(term, self.problem.scope(self.problem.system.base))

    def _tried(self, structure: Structure, number: Node) -> Iterator[Term]:
        sort = number.sort
        turning = list(self._turning(structure, number))
        if self.action.schema.name == TIME:  # how long one waits turns on something else than when one begins
            turning.sort(
                key=lambda term: any(isinstance(e, Apply) and e.function == TODAY for e in within(term))
            )
        yield from turning
        claim = self.problem.claim
        written = thresholds(self.problem.system.model, sort, claim.statement, claim.where, claim.premises)
        signed = sort.measure is not None and sort.measure.signed
        yield from (
            value_of(sort, each)
            for each in (*and_nothing(sort, written), *around(sort, written))
            if each >= 0 or signed
        )
        yield from self.others(sort)

    def _turning(self, structure: Structure, number: Node) -> Iterator[Term]:
        """The terms at which a comparison that the step depends on turns, and those next to them."""
        for node in subterms(self.asked):
            if node.operator == "at_most":
                sides, bound, near = node.arguments[0], constant(node), 1
            elif node.operator == "equal" and node.arguments[0].sort.is_quantity:
                sides, bound, near = (
                    self.problem.terms.weighed((1, node.arguments[0]), (-1, node.arguments[1])),
                    0,
                    0,
                )
            else:
                continue
            parts, added = _linear(structure, sides)
            bound -= added
            own = parts.pop(number, 0)
            if abs(own) != 1:
                continue
            rest = {self._term(structure, each): -own * times for each, times in parts.items()}
            known = {term: times for term, times in rest.items() if term is not None}
            if len(known) == len(parts):
                for added in (own * bound, own * (bound + near)):
                    found = _sum(known, added, number.sort)
                    if found is not None:
                        yield found

    def _term(self, structure: Structure, node: Node) -> Term | None:
        """The term that reads as the node."""
        model = self.problem.system.model
        functions = model.functions
        if node.operator == "months":
            start = self._day_of(structure, node.arguments[0])
            return None if start is None else months_from(model, start, period_of(node).months)
        if node.operator == "working":
            start, period = self._day_of(structure, node.arguments[0]), working_period_of(node)
            return None if start is None else working_days_from(model, start, period)
        if node.operator != "apply" or node.name not in functions:
            return None
        arguments = [self.named(structure, each) for each in node.arguments]
        known = tuple(each for each in arguments if each is not None)
        if len(known) < len(arguments):
            return None
        return Apply(node.name, known, node.sort, functions[node.name].history)

    def _day_of(self, structure: Structure, node: Node) -> Term | None:
        """The term for a day that is read as the node, or so many days from one that is."""
        if node.operator != "sum":
            return self._term(structure, node)
        data = weights(node)
        rest = {
            self._term(structure, each): times
            for each, times in zip(node.arguments, data.coefficients, strict=True)
        }
        known = {term: times for term, times in rest.items() if term is not None}
        return _day(known, data.constant) if len(known) == len(node.arguments) else None


def _linear(structure: Structure, sides: Node) -> tuple[dict[Node, int], int]:
    """The parts of a sum and how many times each counts, and what is added; of a choice, what is chosen in
    the structure.
    """
    found, added, waiting = dict[Node, int](), 0, [(1, sides)]
    while waiting:
        times, node = waiting.pop()
        if node.operator == "sum":
            data = weights(node)
            added += times * data.constant
            inside = list(zip(data.coefficients, node.arguments, strict=True))
            waiting += [(times * each, part) for each, part in reversed(inside)]
        elif node.operator == "ite":
            condition, yes, no = node.arguments
            waiting.append((times, yes if structure.holds(condition) else no))
        elif node.operator == "value":
            added += times * int(node.name)
        else:
            found[node] = found.get(node, 0) + times
    return {part: times for part, times in found.items() if times}, added


def months_from(model: Model, start: Term, number: int) -> Term:
    """The day so many months after another, as the law reckons it."""
    rule = Call(MONTH_END, (), RULE) if MONTH_END in model.definitions else Value(RULE, ON_CORRESPONDING)
    return Arithmetic("months", (start, rule), DATE, Fraction(number))


def working_days_from(model: Model, start: Term, period: WorkingPeriod) -> Term:
    """The day so many working days after another, as the law reckons it on the present day."""
    calendar = by_the_day(model, period.calendar)
    return Arithmetic("working days", (start,), DATE, Fraction(period.number), calendar)


def _sum(parts: Mapping[Term, int], added: int, sort: Sort) -> Term | None:
    """The sum, as a law would write it: what is added first. None if it is no date where one is wanted."""
    if sort.is_date:
        return _day(parts, added)
    if any(is_date(term) for term in parts):
        return None
    more = [_times(term, times, sort) for term, times in parts.items() if times > 0]
    less = [_times(term, -times, sort) for term, times in parts.items() if times < 0]
    more += [value_of(sort, added)] if added > 0 or not more else []
    less += [value_of(sort, -added)] if added < 0 else []
    if added < 0 and more == [value_of(sort, added)]:
        more = [value_of(sort, 0)]
    found = more[0]
    for each in more[1:]:
        found = Arithmetic("plus", (found, each), sort)
    for each in less:
        found = Arithmetic("minus", (found, each), sort)
    return found


def _day(parts: Mapping[Term, int], added: int) -> Term | None:
    """A day as a law would write it: a date, and so many days before or after it."""
    dates = [term for term, times in parts.items() if is_date(term) for _ in range(abs(times))]
    if not dates and not parts:
        return value_of(DATE, added)
    if len(dates) != 1 or parts[dates[0]] != 1:
        return None
    days = {term: times for term, times in parts.items() if not is_date(term)}
    sort = next((each.sort for each in days if not isinstance(each, Absent)), DAYS)
    found = dates[0]
    for term, times in (*days.items(), (value_of(sort, abs(added)), (added > 0) - (added < 0))):
        if times:
            operator: ArithmeticOperator = "plus" if times > 0 else "minus"
            found = Arithmetic(operator, (found, _times(term, abs(times), sort)), DATE)
    return found


def _times(term: Term, times: int, sort: Sort) -> Term:
    return term if times == 1 else Arithmetic("times", (term,), sort, Fraction(times))
