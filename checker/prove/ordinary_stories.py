"""Makes a story ordinary: of all answers of the solver, it finds one that people would think of first.

Nothing here is trusted or decides a verdict: a story has been found before, and every story is replayed.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from checker.logic.decode import Structure
from checker.logic.linear import constant
from checker.logic.node import ORDER, Node, subterms
from checker.logic.preferences import Early, Holds, Preferring, Wish
from checker.logic.scope import RequestTerms, Scope
from checker.logic.solver import Satisfied
from checker.logic.symbolic_state import Maybe, State
from checker.logic.terms import Terms
from checker.logic.working_days import choices as days_off
from checker.model.clock import TODAY
from checker.model.deadline import OutOfTime
from checker.model.expressions import Formula, Sort, Variable
from checker.model.model import Function
from checker.model.thresholds import not_far, worth_telling
from checker.question.problem import Problem
from checker.question.transition_system import Parameters

_FEW = tuple(map(str, range(100)))
"""How many days off are worth telling, the fewest first."""

_ROUNDS = 3  # of asking for what an answer breaks, as a better answer may break what the one before did not
_COMPARED = 12  # with how many other numbers a parameter is held at most


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a story, or a request that the claim is about: its parameters, and the situation before."""

    before: State
    parameters: Parameters
    is_request: bool


Holding: TypeAlias = Callable[[Node], bool]
"""Whether a formula holds in an answer."""


def ordinary(
    problem: Problem,
    conditions: tuple[Node, ...],
    answer: Satisfied,
    first: Iterable[Wish],
    parts: Callable[[Holding], Iterable[Part]],
    last: State,
) -> Satisfied:
    """The most ordinary answer to the conditions: it fulfils the wishes of `first`, then what the law marks
    as typical, then what is ordinary in any law. `last`: the situation in which the story ends. If time runs
    out, this is the answer that was given.
    """
    with contextlib.suppress(OutOfTime), problem.hurrying():
        preferring = Preferring.of(problem.solver, conditions)
        if preferring is not None:
            before = tuple(first)
            preferring.grant(before)
            chosen = preferring.chosen(before)
            wishes = _Wishes(problem, tuple(parts(preferring.holds)), last, conditions)
            preferring.grant(_where(problem.terms, chosen, wishes.all()))
            _grant_if_broken(problem, preferring, _where(problem.terms, chosen, wishes.of_one_kind()))
            return preferring.answer
    return answer


def _where(terms: Terms, chosen: Mapping[Node, Node], wishes: Iterable[Wish]) -> Iterator[Wish]:
    """The wishes as they are where terms have the chosen values: what else might have happened in a story
    makes most of what they say of later situations.
    """
    for each in wishes:
        if not isinstance(each, Holds):
            yield each
            continue
        formula = terms.substitute(each.formula, chosen)
        if formula not in (terms.true, terms.false):
            yield Holds(formula)


def _grant_if_broken(problem: Problem, preferring: Preferring, wishes: Iterable[Wish]) -> None:
    """Grant those of the wishes that the answer does not fulfil anyway, as most do. They speak of all things
    in situations after many steps, so they are said of the things that the answer has: to say them of all
    that there may be takes longer than all other wishes.
    """
    formulas = [each.formula for each in dict.fromkeys(wishes) if isinstance(each, Holds)]
    asked = set[Node]()
    for _ in range(_ROUNDS if formulas else 0):
        answer = preferring.answer
        whole = Structure(answer).completed(problem.situation(answer).things)
        broken = [each for each in formulas if not whole.holds(each)]
        things = _one_term_each(answer)
        said = dict.fromkeys(_said_of(problem.terms, each, things) for each in broken)
        new = [each for each in said if each not in asked]
        if not new:
            return
        asked.update(new)
        preferring.grant(map(Holds, new))


def _one_term_each(answer: Satisfied) -> Mapping[str, tuple[Node, ...]]:
    """A term for each thing of an answer, by the sort of the things: the simplest term."""
    found: dict[tuple[str, str | bool], Node] = {}
    for node in sorted(answer.values, key=ORDER):
        if node.sort.has_things:
            found.setdefault((node.sort.name, answer.values[node]), node)
    things: dict[str, tuple[Node, ...]] = {}
    for (sort, _), node in found.items():
        things[sort] = (*things.get(sort, ()), node)
    return things


def _said_of(terms: Terms, formula: Node, things: Mapping[str, tuple[Node, ...]]) -> Node:
    """What a formula says of some things of every sort, which are all that there are."""
    known: dict[Node, Node] = {}
    for each in subterms((formula,)):
        if each.operator == "exists":
            body = terms.substitute(each.arguments[0], known)
            chosen = itertools.product(*(things.get(symbol.sort.name, ()) for symbol in each.bound))
            known[each] = terms.or_(*(terms.instance(body, each.bound, some) for some in chosen))
    return terms.substitute(formula, known)


class _Wishes:
    """The wishes for one story, the most important first."""

    def __init__(
        self, problem: Problem, parts: tuple[Part, ...], last: State, asked: tuple[Node, ...]
    ) -> None:
        self.problem, self.terms = problem, problem.terms
        self.parts, self.last, self.asked = parts, last, asked
        self.functions = read_by(problem, asked)
        self.requests = [each for each in parts if each.is_request]
        self._worth: dict[Sort, tuple[str, ...]] = {}  # which numbers are worth telling, of each quantity

    def all(self) -> Iterator[Wish]:
        yield from self._few_days_off()
        yield from self._wished(usual(self.problem, self.requests, self.last))
        yield from self._about_what_is_claimed()
        yield from self._several()
        yield from self._early()
        yield from self._numbers()
        yield from self._present()

    def _few_days_off(self) -> Iterator[Wish]:
        """As few days as possible are no working days that the law does not name."""
        for each in days_off(self.terms, self.asked):
            yield Early(each, _FEW, self.terms.true)

    def of_one_kind(self) -> Iterator[Holds]:
        """A thing has at most one of the kinds that the naming rule of its sort distinguishes."""
        for state, each in self._everything():
            rule = self.problem.model.names.get(_value(each).sort.name)
            if rule is None:
                continue
            scope = Scope(state, variables={rule.variable.name: each})
            kinds: dict[str, list[Node]] = {}
            for label, condition in rule.branches:
                kinds.setdefault(label, []).append(self.problem.read(condition, scope))
            known = [self.terms.or_(*conditions) for conditions in kinds.values()]
            twice = (self.terms.and_(one, other) for one, other in itertools.combinations(known, 2))
            yield from self._wished(
                (self.terms.implies(each.present, self.terms.not_(self.terms.or_(*twice))),)
            )

    def _everything(self) -> Iterator[tuple[State, Maybe]]:
        """The claim's variables, and what steps and requests carry, each thing once."""
        seen = set[Node]()
        carried = ((part.before, each) for part in self.parts for each in part.parameters.values())
        own = ((self.last, each) for each in self.problem.variables.values())
        for state, each in (*own, *carried):
            if _is_thing(each) and _value(each) not in seen:
                seen.add(_value(each))
                yield state, each

    def _named(self) -> Iterator[Maybe]:
        """The claim's variables, and what steps and requests carry."""
        yield from self.problem.variables.values()
        for part in self.parts:
            yield from part.parameters.values()

    def _about_what_is_claimed(self) -> Iterator[Wish]:
        """A request is about the claim's own things. Of each sort but the sender's, only the first thing that
        it carries counts.
        """
        for part in self.requests:
            known = {_value(part.parameters[self.problem.system.sender]).sort}
            for each in part.parameters.values():
                if _is_thing(each) and _value(each).sort not in known:
                    known.add(_value(each).sort)
                    own = [v for v in self.problem.variables.values() if _is_of(_value(each).sort, v)]
                    named = self.terms.or_(*(self.terms.equal(_value(each), _value(v)) for v in own))
                    yield from self._wished((self.terms.implies(each.present, named),) if own else ())

    def _several(self) -> Iterator[Wish]:
        """Parameters are present; the things carried are no constants of the law, and differ."""
        for part in self.parts:
            given = part.parameters.values()
            yield from self._wished(e.present for e in given if e.present.operator == "symbol")
            things = [each for each in given if _is_thing(each)]
            for each in things:
                named = (self.terms.equal(_value(each), n) for n in self._constants(each))
                plain = self.terms.not_(self.terms.or_(*named))
                yield from self._wished((self.terms.implies(each.present, plain),))
            for one, other in itertools.combinations(things, 2):
                if _value(one).sort == _value(other).sort:
                    both = self.terms.and_(one.present, other.present)
                    apart = self.terms.not_(self.terms.equal(_value(one), _value(other)))
                    yield from self._wished((self.terms.implies(both, apart),))
        for former, later in itertools.combinations(self.requests, 2):
            yield from self._between(former, later)

    def _between(self, former: Part, later: Part) -> Iterator[Wish]:
        """Two requests have one sender, and differ in their other parameters of the sender's sort."""
        sender = self.problem.system.sender
        sort = _value(former.parameters[sender]).sort
        for name, left in former.parameters.items():
            right = later.parameters[name]
            if _is_of(sort, left) and _is_of(sort, right):
                same = self.terms.equal(_value(left), _value(right))
                wished = same if name == sender else self.terms.not_(same)
                both = self.terms.and_(left.present, right.present)
                yield from self._wished((self.terms.implies(both, wished),))

    def _constants(self, given: Maybe) -> Iterable[Node]:
        return (each for each in self.problem.system.named if each.sort == _value(given).sort)

    def _early(self) -> Iterator[Wish]:
        """Enum values that the law lists first: of parameters, and of functions of the things named."""
        for each in self._named():
            if each.value is not None and each.value.sort.is_enum:
                yield Early(each.value, each.value.sort.values, each.present)
        for state, each in self._everything():
            for function in self.functions:
                if function.result.is_enum and function.parameters == (_value(each).sort,):
                    found = state.lookup(function.name, (_value(each),))
                    if found.value is not None and found.value.operator == "apply":
                        present = self.terms.and_(each.present, found.present)
                        yield Early(found.value, function.result.values, present)

    def _numbers(self) -> Iterator[Wish]:
        """Numbers that the law or the claim writes, or next to these: no other is worth telling. They are
        those of functions where the story begins, and of parameters. The day on which it begins comes before
        all.
        """
        begins = self.problem.system.base
        if TODAY in {each.name for each in self.functions}:
            today = begins.lookup(TODAY, ())
            if today.value is not None:
                yield from self._told_soon(today.value, today.present)
        things = {_value(each): each.present for _, each in self._everything()}
        for function in self.functions:
            if not function.result.is_quantity:
                continue
            for arguments in itertools.product(things, repeat=len(function.parameters)):
                if tuple(each.sort for each in arguments) != function.parameters:
                    continue
                found = begins.lookup(function.name, arguments)
                if found.value is not None and found.value.operator == "apply":
                    there = self.terms.and_(found.present, *(things[each] for each in arguments))
                    yield from self._told_soon(found.value, there)
        for each in self._named():
            if each.value is not None and each.value.sort.is_quantity:
                yield from self._at_limits(each.value, each.present)
                yield from self._told_soon(each.value, each.present)

    def _told_soon(self, number: Node, present: Node) -> Iterator[Wish]:
        """The number is one worth telling or, if it can be none of these, not far from them."""
        worth = self._amounts(number.sort)
        yield Early(number, worth, present)
        for least, most in not_far(number.sort, worth):
            low, high = (self.terms.value(str(each), number.sort) for each in (least, most))
            yield Holds(self.terms.implies(present, self.terms.between(low, number, high)))

    def _at_limits(self, number: Node, present: Node) -> Iterator[Wish]:
        """A number that is held against others is as large or as small as it may be, or just beyond."""
        held = [each for each in self._comparisons if number in each.arguments[0].arguments][:_COMPARED]
        for beyond, each in itertools.product((0, 1), held):
            sides = each.arguments[0]
            limit = self.terms.number(constant(each) + beyond, sides.sort)
            yield Holds(self.terms.implies(present, self.terms.equal(sides, limit)))

    @cached_property
    def _comparisons(self) -> list[Node]:
        """What is asked of numbers, but of those that all things have: a number that nobody in particular has
        is none of the story.
        """
        bound = frozenset[Node]().union(*map(self.terms.binds, self.asked))
        compared = (each for each in subterms(self.asked) if each.operator == "at_most")
        return [each for each in compared if bound.isdisjoint(self.terms.symbols(each))]

    def _amounts(self, sort: Sort) -> tuple[str, ...]:
        if sort not in self._worth:  # the whole law is gone through for it
            self._worth[sort] = self._worth_telling(sort)
        return self._worth[sort]

    def _worth_telling(self, sort: Sort) -> tuple[str, ...]:
        claim = self.problem.claim
        parts = (claim.statement, claim.where, claim.premises)
        models = (*self.problem.system.models, *(law.model for law, _ in self.problem.laws))
        return tuple(map(str, worth_telling(models, sort, *parts)))

    def _present(self) -> Iterator[Wish]:
        yield from self._wished(present(self.problem, self.requests, self.functions))

    def _wished(self, formulas: Iterable[Node]) -> Iterator[Holds]:
        return (Holds(each) for each in formulas if each not in (self.terms.true, self.terms.false))


def usual(problem: Problem, requests: Sequence[Part], last: State) -> Iterator[Node]:
    """Yield that a request carries whatever its sentence mentions, so that no sentence says “to nothing”, and
    what the law marks as typical of things, and of requests. `last`: the situation in which the story ends.
    """
    for part in requests:
        spoken_of = (each for each in problem.model.mentioned if each in part.parameters)
        yield from (part.parameters[each].present for each in spoken_of)
    for typical in problem.system.model.typical:
        formula = typical.formula.formula
        if typical.variables:
            yield from _of_things(problem, _things(problem, requests, last), typical.variables, formula)
        else:
            yield from _of_requests(problem, requests, formula)


def _of_requests(problem: Problem, requests: Iterable[Part], formula: Formula) -> Iterator[Node]:
    for part in requests:
        scope = replace(problem.scope(part.before), requests={"": RequestTerms(part.parameters)})
        yield problem.read(formula, scope)


def _of_things(
    problem: Problem,
    things: Iterable[tuple[State, Maybe]],
    variables: tuple[Variable, ...],
    formula: Formula,
) -> Iterator[Node]:
    named = dict.fromkeys(things)
    choices = [[each for each in named if _is_of(v.sort, each[1])] for v in variables]
    for chosen in itertools.product(*choices):
        given = {v.name: each for v, (_, each) in zip(variables, chosen, strict=True)}
        here = problem.terms.and_(*(each.present for each in given.values()))
        scope = Scope(chosen[-1][0], variables=given)
        yield problem.terms.implies(here, problem.read(formula, scope))


def _things(problem: Problem, requests: Iterable[Part], last: State) -> Iterator[tuple[State, Maybe]]:
    """The claim's variables and, of other sorts, what requests carry."""
    own = problem.variables.values()
    yield from ((last, each) for each in own)
    known = {_value(each).sort for each in own}
    for part in requests:
        carried = (each for each in part.parameters.values() if each.value is not None)
        yield from ((part.before, each) for each in carried if _value(each).sort not in known)


def read_by(problem: Problem, asked: Iterable[Node]) -> list[Function]:
    """The functions that the formulas read, in the order of the law."""
    read = problem.reads(asked)
    return [each for each in problem.system.model.functions.values() if each.name in read]


def present(problem: Problem, requests: Iterable[Part], functions: Iterable[Function]) -> Iterator[Node]:
    """Yield that optional functions have a value where they are applied to what a request carries or to the
    claim's variables.
    """
    own = problem.variables.values()
    optional = [each for each in functions if each.optional and each.state]
    for part in requests:
        for function in optional:
            for given in _fillings((*part.parameters.values(), *own), function.parameters):
                found = part.before.lookup(function.name, tuple(map(_value, given)))
                carried = problem.terms.and_(*(each.present for each in given))
                yield problem.terms.implies(carried, found.present)


def _fillings(things: Iterable[Maybe], sorts: Iterable[Sort]) -> Iterator[tuple[Maybe, ...]]:
    """Every tuple of the things that has these sorts."""
    given = tuple(things)
    choices = [[each for each in given if _is_of(sort, each)] for sort in sorts]
    return itertools.product(*choices)


def _is_of(sort: Sort, given: Maybe) -> bool:
    return given.value is not None and given.value.sort == sort


def _is_thing(given: Maybe) -> bool:
    return given.value is not None and given.value.sort.has_things


def _value(given: Maybe) -> Node:
    assert given.value is not None
    return given.value
