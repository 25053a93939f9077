"""Describes a set of requests by few readable cases, found one after the other, each as wide as possible.

Nothing here need be trusted: that the cases are exactly the requests asked about is a claim of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from checker.logic.node import Node
from checker.logic.solver import NoCore
from checker.model.expressions import FACT, And, Formula, Not, Term
from checker.model.shapes import shapes_in
from checker.question.problem import GaveUp, Problem
from checker.rooms.diff.conditions import Allowed, Conditions, allowing, chooses, listed, remoteness, sort_of
from checker.rooms.diff.counts import counted_together
from checker.story.bounds import joined

MANY: Final = 40  # cases; a difference that needs more is no answer that anybody can read
FEW: Final = 6  # values that are told one by one
ONE_VALUE: Final = (0, 0, 2)
"""How remote it is that a parameter of the request has a value."""

Literal: TypeAlias = Formula | tuple[Term, Allowed]
"""A statement, or that a term has none of the values."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conjunction of conditions; it holds of every request that meets them all. `literals`: what they come
    to, in the finder's own terms; `others`: what else they come to, of cases that were folded into this one
    (`checker.rooms.diff.folding`).
    """

    conditions: tuple[Formula, ...]
    literals: tuple[Literal, ...]
    others: tuple[tuple[Literal, ...], ...] = ()

    @property
    def alternatives(self) -> tuple[tuple[Literal, ...], ...]:
        """Conjunctions of literals, of which every request of the case meets at least one."""
        return self.literals, *self.others

    @property
    def formula(self) -> Formula:
        return And(self.conditions) if len(self.conditions) != 1 else self.conditions[0]


class CaseFinder:
    """Finds the cases of statements about a request, in the terms of a question about some request."""

    def __init__(
        self, problem: Problem, request: str, conditions: Conditions, asked: Iterable[Formula]
    ) -> None:
        """`request`: its name in the question, in the conditions and in the statements `asked`."""
        self.problem = problem
        self.conditions = conditions
        parameters, formed = problem.drawn(f"the goal's {request}")
        self.requests = (*problem.frame, formed)
        self.scope = problem.scope(problem.system.base, requests={request: parameters})
        facts = [each for fact in conditions.facts for each in (fact, Not(fact))]
        self.groups = {each: tuple(self._groups(each)) for each in conditions.choices}
        literals: list[Literal] = list(facts)
        literals += ((term, group) for term, groups in self.groups.items() for group in groups)
        self.literals = {each: self._node(each) for each in literals}
        self.asked = Board(problem, {**self.literals, **self._either(asked)}, self.requests)

    def cases(self, asked: Formula) -> Iterator[Case]:
        """Yield cases that together cover exactly the requests for which `asked` holds, in situations within
        the axioms. Raises GaveUp if there are very many, or if the solver does not know.
        """
        board = self.asked
        outside: dict[Case, Node] = {}
        while board.possible(board.switch[asked], *outside.values()):
            if len(outside) == MANY:
                raise GaveUp(f"there are more than {MANY} cases")
            case = _Search(self, asked).case(tuple(outside.values()))
            outside[case] = board.outside(case.literals)
        yield from self._without_covered(outside, board.switch[asked])

    def board(self, statements: Iterable[Formula]) -> Board:
        """What can be asked of these statements and of cases: which hold together of some request."""
        return Board(self.problem, {**self.literals, **self._either(statements)}, self.requests)

    def _either(self, statements: Iterable[Formula]) -> dict[Literal, Node]:
        """The statements and their negations as conditions."""
        return {each: self._node(each) for formula in statements for each in (formula, Not(formula))}

    def _groups(self, term: Term) -> Iterator[Allowed]:
        yield frozenset((None,))
        yield from map(frozenset, self.conditions.alike[sort_of(term)])

    def _node(self, literal: Literal) -> Node:
        if isinstance(literal, tuple):
            return self.problem.terms.not_(self.problem.read(allowing(*literal), self.scope))
        return self.problem.read(literal, self.scope)

    def _without_covered(self, outside: Mapping[Case, Node], asked: Node) -> Iterator[Case]:
        """Yield the cases but for those that others cover together."""
        kept = list(outside)
        for case in outside if len(outside) > 1 else ():
            others = (outside[each] for each in kept if each != case)
            if not self.asked.possible(asked, *others):
                kept.remove(case)
        yield from kept


class Board:
    """One question about some request, with a switch for each of some statements: supposed, it holds."""

    def __init__(self, problem: Problem, statements: Mapping[Literal, Node], given: tuple[Node, ...]) -> None:
        """`given`: what holds of every request and situation."""
        terms = self._terms = problem.terms
        self.switch: dict[Literal, Node] = {
            each: terms.symbol(f"switch {number}", FACT) for number, each in enumerate(statements)
        }
        meant = (terms.iff(self.switch[each], node) for each, node in statements.items())
        self._questioning = problem.solver.questioning((*given, *meant))
        self._defined = 0

    def possible(self, *switches: Node) -> bool:
        """Whether all of them can be on together. Raises GaveUp."""
        try:
            return self._questioning.possible(switches)
        except NoCore as why:
            raise GaveUp(str(why)) from why

    def outside(self, literals: Iterable[Literal]) -> Node:
        """A switch for: not all of the literals hold."""
        return self._define(self._terms.not_(self._terms.and_(*(self.switch[each] for each in literals))))

    def inside(self, literals: Iterable[Literal]) -> tuple[Node, ...]:
        """Switches that are all on where all of the literals hold."""
        return tuple(self.switch[each] for each in literals)

    def outside_of(self, case: Case) -> tuple[Node, ...]:
        """Switches that are all on for what is not of the case."""
        return tuple(map(self.outside, case.alternatives))

    def inside_of(self, case: Case) -> tuple[Node, ...]:
        """Switches that are all on for what is of the case."""
        if not case.others:
            return self.inside(case.literals)
        terms = self._terms
        return (self._define(terms.or_(*(terms.and_(*self.inside(each)) for each in case.alternatives))),)

    def _define(self, meaning: Node) -> Node:
        self._defined += 1
        name = self._terms.symbol(f"outside {self._defined}", FACT)
        self._questioning.define(name, meaning)
        return name


class _Search:
    """The search for one case of a statement."""

    def __init__(self, finder: CaseFinder, asked: Formula) -> None:
        self.board = finder.asked
        self.switch = finder.asked.switch
        self.conditions = finder.conditions
        self.groups = finder.groups
        self.literal = {self.switch[each]: each for each in finder.literals}
        self.right = self.switch[asked]
        self.wrong = self.switch[Not(asked)]

    def case(self, elsewhere: tuple[Node, ...]) -> Case:
        """The widest case, about an example that is `elsewhere`, in which nothing is wrong."""
        held = self._example((self.right, *elsewhere))
        if self.board.possible(self.wrong, *held):
            raise GaveUp("the conditions of the law do not tell the cases apart")
        case = self._readable(self._needed(held))
        written = self._readable(self._needed(sorted(held, key=self._in_own_words)))
        if _listed(case) > FEW:
            facts_last = sorted(held, key=lambda each: self._term(each) is None)
            case = min(case, self._readable(self._needed(facts_last)), key=_listed)
        return case if self._included(written, case) and not self._included(case, written) else written

    def _in_own_words(self, switch: Node) -> int:
        """What to try to leave out first: what only a definition says, then values, then what rules say."""
        literal = self.literal[switch]
        if isinstance(literal, tuple):
            return 1
        return 2 if self.conditions.is_written(literal) else 0

    def _included(self, one: Case, other: Case) -> bool:
        """Whether all requests of one case are of the other, too."""
        return not self.board.possible(self.board.outside(other.literals), *self.board.inside(one.literals))

    def _example(self, wanted: tuple[Node, ...]) -> list[Node]:
        """All literals of an example, the same whatever the solver would choose: of every term the first
        value, of every fact that it holds, if the others that were chosen before leave that open.
        """
        held: list[Node] = []
        for term, groups in reversed(self.groups.items()):
            for group in groups:
                others = [self.switch[term, each] for each in groups if each != group]
                if self.board.possible(*wanted, *held, *others):
                    held += others
                    break
        for fact in reversed(self.conditions.facts):
            switches = (self.switch[fact], self.switch[Not(fact)])
            held.append(next(each for each in switches if self.board.possible(*wanted, *held, each)))
        return list(reversed(held))

    def _readable(self, wide: list[Node]) -> Case:
        """The same case in the conditions nearest to a drafter's words: as few as suffice, and definitions
        only if nothing else will do.
        """
        said: dict[Formula, tuple[Node, ...]] = {}
        excluded = frozenset(wide)
        for fact in self.conditions.facts:
            for each, other in ((fact, Not(fact)), (Not(fact), fact)):
                if not self.board.possible(*wide, self.switch[other]):
                    said[each] = (self.switch[each],)
        for term, groups in self.groups.items():
            out = {each for each in groups if self.switch[term, each] in excluded}
            none = [each for each in groups if each in out or not self._possible_with(wide, term, each)]
            others = frozenset(value for each in groups if each not in none for value in each)
            if none and len(others) <= FEW:
                said[allowing(term, others)] = tuple(self.switch[term, each] for each in none)
        said |= self._left(wide, said)
        kept = counted_together(self._few_that_say(wide, said))
        return Case(joined(tuple(sorted(kept, key=_shape_first))), tuple(self.literal[each] for each in wide))

    def _distance(self, statement: Formula) -> tuple[int, ...]:
        """How far a statement is from the words of the law: nearest is what its rules say, and which value a
        parameter of the request has. What is said of a value that a definition chooses is nearer where it
        can be said of the value itself.
        """
        far = remoteness(statement)
        written = self.conditions.is_written(statement) and not chooses(statement)
        near = written or (far <= ONE_VALUE and not listed(statement))
        return int(not near), *far

    def _left(
        self, wide: list[Node], said: Mapping[Formula, tuple[Node, ...]]
    ) -> Mapping[Formula, tuple[Node, ...]]:
        """What the case excludes of terms that may have many values."""
        told = {each for switches in said.values() for each in switches}
        left: dict[Term, list[Node]] = {}
        for each in wide:
            literal = self.literal[each]
            if isinstance(literal, tuple) and each not in told:
                left.setdefault(literal[0], []).append(each)
        found = {}
        for term, switches in left.items():
            excluded = {value for each in switches for value in self._values(each)}
            others = frozenset((None, *sort_of(term).values)) - excluded
            if sort_of(term).ordered and not self._possible_with(wide, term, frozenset((None,))):
                others -= {None}  # so that it is “GS-6 or above”, and not that it is not “GS-5 or below”
            found[allowing(term, others)] = tuple(switches)
        return found

    def _values(self, switch: Node) -> Allowed:
        literal = self.literal[switch]
        assert isinstance(literal, tuple)
        return literal[1]

    def _possible_with(self, held: list[Node], term: Term, group: Allowed) -> bool:
        """Whether the term may have a value of the group: all other groups are excluded."""
        others = [self.switch[term, each] for each in self.groups[term] if each != group]
        return self.board.possible(*held, *others)

    def _few_that_say(self, wide: list[Node], said: Mapping[Formula, tuple[Node, ...]]) -> list[Formula]:
        """As few statements as come to the case, and of which shapes its requests are; the furthest from the
        words are left out first.
        """
        outside = self.board.outside(self.literal[each] for each in wide)
        kept = sorted(said, key=self._distance, reverse=True)
        for each in (other for other in tuple(kept) if shapes_in(other) is None):
            others = [switch for other in kept if other != each for switch in said[other]]
            if not self.board.possible(outside, *others):
                kept.remove(each)
        return kept

    def _needed(self, held: list[Node]) -> list[Node]:
        """What is held but for what can be left out, tried in order: a core of the solver's choosing would
        keep what is remote and let go of what is near.
        """
        kept = list(held)
        for term, these in itertools.groupby(held, self._term):
            exclusions = list(these)
            others = [each for each in kept if each not in exclusions]
            if len(exclusions) > 1 and not self.board.possible(self.wrong, *others):
                kept = others  # the term may be anything
                continue
            if term is not None and not self._elsewhere(term, exclusions, others):
                continue  # nothing is wanted of it elsewhere, so it may have no other value
            for each in exclusions:
                fewer = [other for other in kept if other is not each]
                if not self.board.possible(self.wrong, *fewer):
                    kept = fewer
        return kept

    def _term(self, switch: Node) -> Term | None:
        """The term that a literal excludes values of; None for a fact."""
        literal = self.literal[switch]
        return literal[0] if isinstance(literal, tuple) else None

    def _elsewhere(self, term: Term, exclusions: list[Node], others: list[Node]) -> bool:
        """Whether the condition can hold although the term has one of the excluded values."""
        known = (self.switch[term, each] for each in self.groups[term])
        here = (each for each in known if each not in exclusions)
        return self.board.possible(self.right, *here, *others)


def _shape_first(statement: Formula) -> tuple[int, ...]:
    return int(shapes_in(statement) is None), *remoteness(statement)


def _listed(case: Case) -> int:
    """How many values a case lists, at the most in one condition."""
    return max((listed(each) for each in case.conditions), default=0)
