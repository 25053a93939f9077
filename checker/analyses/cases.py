"""Requests of which something holds, as few readable cases: one after the other, each as wide as can be.

Nothing here need be trusted: that the cases are exactly the requests asked about is a claim of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from checker.analyses.conditions import Allowed, Conditions, allowing, remoteness, sort_of
from checker.engines.problem import GaveUp, Problem
from checker.engines.question import Question
from checker.logic.decode import Structure
from checker.logic.solver import NoCore, Questioning
from checker.logic.terms import Node
from checker.model.environment import Environment
from checker.model.expressions import FACT, And, Formula, Not, Term

MANY: Final = 40  # cases; a difference that needs more is no answer that anybody can read
FEW: Final = 6  # values that are told one by one

Literal: TypeAlias = Formula | tuple[Term, Allowed]
"""A statement, or that a term has none of the values."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conjunction of conditions; it holds of every request that meets them all."""

    conditions: tuple[Formula, ...]

    @property
    def formula(self) -> Formula:
        return And(self.conditions) if len(self.conditions) != 1 else self.conditions[0]


class CaseFinder:
    """Finds the cases of a statement about a request, in the terms of a question about some request."""

    def __init__(self, question: Question, problem: Problem, request: str, conditions: Conditions) -> None:
        """`request`: its name in the question and in the conditions."""
        self.question = question
        self.problem = problem
        self.request = request
        self.conditions = conditions
        self.parameters = problem.system.fresh_request(f"the goal's {request}", {}).values
        self.scope = problem.scope(problem.system.base, requests={request: self.parameters})

    def cases(self, asked: Formula) -> Iterator[Case]:
        """Yield cases that together hold of exactly the requests of which `asked` does, in situations within
        the axioms. Raises GaveUp if there are very many, or if the solver does not know.
        """
        target = self.node(asked)
        if self._example((target,)) is None:
            return
        ledger = _Ledger(self, target)
        found: list[Case] = []
        while True:
            others = tuple(self.problem.terms.not_(self.node(each.formula)) for each in found)
            if self._example((target, *others)) is None:
                break
            if len(found) == MANY:
                raise GaveUp(f"there are more than {MANY} cases")
            found.append(ledger.case((target, *others)))
        yield from self._without_covered(found, target)

    def example(self, asked: Formula) -> Environment:
        """A situation within the axioms and a request of which the statement holds. Raises GaveUp."""
        found = self._example((self.node(asked),))
        if found is None:
            raise GaveUp("a case never occurs")
        return found

    def always(self, asked: Formula, formula: Formula) -> bool:
        """Whether `formula` holds of all requests of which `asked` does. Raises GaveUp."""
        others = (self.node(asked), self.problem.terms.not_(self.node(formula)))
        return self.problem.answer(*self.problem.frame, *others) is None

    def node(self, formula: Formula) -> Node:
        """The statement as a condition."""
        return self.problem.read(formula, self.scope)

    def _example(self, formulas: Iterable[Node]) -> Environment | None:
        """A situation and a request in which the formulas hold."""
        answer = self.problem.answer(*self.problem.frame, *formulas)
        if answer is None:
            return None
        situation = self.problem.situation(answer)
        request = self.problem.request(self.parameters, Structure(answer), situation)
        model = next(iter(self.question.rules.values()))
        return Environment(model, situation, requests={self.request: request}, rules=self.question.rules)

    def _without_covered(self, found: list[Case], target: Node) -> Iterator[Case]:
        """Yield the cases but for those that others cover together."""
        kept = list(found)
        for case in found if len(found) > 1 else ():
            others = (self.problem.terms.not_(self.node(each.formula)) for each in kept if each != case)
            if self.problem.answer(*self.problem.frame, target, *others) is None:
                kept.remove(case)
        yield from kept


class _Ledger:
    """One question to the solver, with a switch for everything that cases are made of."""

    def __init__(self, finder: CaseFinder, target: Node) -> None:
        self.finder = finder
        self.conditions = finder.conditions
        terms = finder.problem.terms
        facts = [each for fact in self.conditions.facts for each in (fact, Not(fact))]
        self.groups = {each: tuple(self._groups(each)) for each in self.conditions.choices}
        literals: list[Literal] = list(facts)
        literals += ((term, group) for term, groups in self.groups.items() for group in groups)
        self.switch = {each: terms.symbol(f"switch {n}", FACT) for n, each in enumerate(literals)}
        self.literal = {switch: each for each, switch in self.switch.items()}
        self.wrong = terms.symbol("switch wrong", FACT)
        held = (terms.implies(switch, self._node(each)) for each, switch in self.switch.items())
        self.asked = (*finder.problem.frame, *held, terms.implies(self.wrong, terms.not_(target)))
        self.questioning = finder.problem.solver.questioning(self.asked)

    def _groups(self, term: Term) -> Iterator[Allowed]:
        yield frozenset((None,))
        yield from map(frozenset, self.conditions.alike[sort_of(term)])

    def _node(self, literal: Literal) -> Node:
        if isinstance(literal, tuple):
            return self.finder.problem.terms.not_(self.finder.node(allowing(*literal)))
        return self.finder.node(literal)

    def case(self, wanted: tuple[Node, ...]) -> Case:
        """The widest case, about an example of what is wanted, in which nothing is wrong."""
        held = self._example(wanted)
        if self._possible([self.wrong, *held]):
            raise GaveUp("the conditions of the law do not tell the cases apart")
        return self._readable(self._needed(held))

    def _example(self, wanted: tuple[Node, ...]) -> list[Node]:
        """All literals of an example, the same whatever the solver would choose: of every term the first
        value, of every fact that it holds, if the others that were chosen before leave that open.
        """
        questioning = self.finder.problem.solver.questioning((*self.asked, *wanted))
        held: list[Node] = []
        for term, groups in reversed(self.groups.items()):
            for group in groups:
                others = [self.switch[term, each] for each in groups if each != group]
                if self._possible([*held, *others], questioning):
                    held += others
                    break
        for fact in reversed(self.conditions.facts):
            switches = (self.switch[fact], self.switch[Not(fact)])
            held.append(next(each for each in switches if self._possible([*held, each], questioning)))
        return list(reversed(held))

    def _readable(self, wide: list[Node]) -> Case:
        """The same case in the conditions that are nearest to a drafter's words: of all that it comes to, as
        few as say it, and definitions only where nothing else does.
        """
        said: dict[Formula, tuple[Node, ...]] = {}
        for fact in self.conditions.facts:
            for each, other in ((fact, Not(fact)), (Not(fact), fact)):
                if not self._possible([*wide, self.switch[other]]):
                    said[each] = (self.switch[each],)
        for term, groups in self.groups.items():
            none = [each for each in groups if not self._possible_with(wide, term, each)]
            others = frozenset(value for each in groups if each not in none for value in each)
            if none and len(others) <= FEW:
                said[allowing(term, others)] = tuple(self.switch[term, each] for each in none)
        said |= self._left(wide, said)
        kept = self._few_that_say(wide, said)
        return Case(tuple(sorted(kept, key=remoteness)))

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
            found[allowing(term, others)] = tuple(switches)
        return found

    def _values(self, switch: Node) -> Allowed:
        literal = self.literal[switch]
        assert isinstance(literal, tuple)
        return literal[1]

    def _possible_with(self, held: list[Node], term: Term, group: Allowed) -> bool:
        """Whether the term may have a value of the group: all other groups are excluded."""
        others = [self.switch[term, each] for each in self.groups[term] if each != group]
        return self._possible([*held, *others])

    def _few_that_say(self, wide: list[Node], said: Mapping[Formula, tuple[Node, ...]]) -> list[Formula]:
        """As few statements as come to the case; the furthest from the words are left out first."""
        kept = sorted(said, key=remoteness, reverse=True)
        for each in tuple(kept):
            others = [switch for other in kept if other != each for switch in said[other]]
            if all(not self._possible([*others, *self._denied(switch)]) for switch in wide):
                kept.remove(each)
        return kept

    def _denied(self, switch: Node) -> tuple[Node, ...]:
        """What says the contrary of a literal."""
        match self.literal[switch]:
            case tuple() as literal:
                term, group = literal
                return tuple(self.switch[term, each] for each in self.groups[term] if each != group)
            case Not(body=body):
                return (self.switch[body],)
            case fact:
                return (self.switch[Not(fact)],)

    def _needed(self, held: list[Node]) -> list[Node]:
        """What is held but for what can be left out, tried in order: a core of the solver's choosing would
        keep what is remote and let go of what is near.
        """
        kept = list(held)
        for each in held:
            others = [other for other in kept if other is not each]
            if not self._possible([self.wrong, *others]):
                kept = others
        return kept

    def _possible(self, switches: list[Node], questioning: Questioning | None = None) -> bool:
        try:
            return (questioning or self.questioning).core(switches) is None
        except NoCore as why:
            raise GaveUp(str(why)) from why
