"""Looks for an invariant: among many clauses, of one size after the other, and by what leads to the goal.

Nothing here is trusted: `obligations` asks of what is found.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from functools import cached_property

from checker.logic.incremental import Purse
from checker.logic.symbolic_state import Maybe
from checker.model.claim import Always, Lemma
from checker.model.deadline import OutOfTime
from checker.model.expressions import Formula, Quantified, Variable
from checker.model.lacking import lacking
from checker.prove.clause_reasons import free_variables, reasons
from checker.prove.clause_templates import FURTHER, SIZES, Candidate, Size, candidates, said
from checker.prove.diagrams import no_words
from checker.prove.find_invariant import Axioms, Unreached, held
from checker.prove.property_directed import Exclusion
from checker.prove.written_literals import written
from checker.question.problem import Problem


class InvariantSearch:
    """Looks for clauses about what a goal reads, and what the steps read that change it.

    `clauses`: an invariant once one is found; before, what holds in all situations among few things.
    """

    def __init__(self, asked: Unreached) -> None:
        self._asked = asked
        self.clauses: tuple[Formula, ...] = ()
        self._kept: dict[frozenset[Formula], Candidate] = {}
        self._false: set[frozenset[Formula]] = set()
        self._said: dict[int, tuple[Formula, ...]] = {}
        self._tried: set[frozenset[Formula]] = set()
        self._tries = 0
        self._hopeless = False

    def among_many(self, purse: Purse) -> bool:
        """Whether the claim's own words and lemmas, or clauses of one size, are enough, with those of the
        sizes before that may hold. Raises OutOfTime.
        """
        return bool(self._hints and self._enough(self._hints, purse)) or self._of_sizes(SIZES, purse)

    def _of_sizes(self, sizes: tuple[Size, ...], purse: Purse) -> bool:
        tried = map(self._with_kept, map(self._of_size, () if purse.empty else sizes))
        return any(self._enough(each, purse) for each in tried if each)

    def _with_kept(self, found: tuple[Candidate, ...] | None) -> tuple[Candidate, ...]:
        """The candidates that no story is known to refute, with those that were kept before, and the hints;
        none if there is no new one.
        """
        new = {frozenset(each.excluded): each for each in found or ()}
        if new.keys() <= self._tried:
            return ()
        self._tried |= new.keys()
        every = (self._kept | new).items()
        return (*(each for key, each in every if key not in self._false), *self._hints)

    def directed(self, purse: Purse) -> bool:
        """Whether clauses against what leads to the goal are. What they cost to find turns on luck, so each
        try begins anew, with another seed of the solver. The second one says what the law and the claim say,
        too, as do the clauses that are tried before it. Raises OutOfTime.
        """
        wordy = self._tries == 1 and bool(self._words(1))
        self._tries += 1
        if wordy and self._of_sizes(FURTHER, Purse(purse.left)):
            return True
        if purse.empty or (self._hopeless and not wordy):
            return False
        problem, found = self._asked.problem, tuple[Formula, ...]()
        with contextlib.suppress(OutOfTime), problem.hurrying():  # others are to have time, too
            seed = problem.solver.seed + self._tries - 1
            words = self._words if wordy else no_words
            exclusion = Exclusion(self._asked, self._read, seed, purse, words)
            found = exclusion.clauses()
            self._hopeless = self._hopeless or (exclusion.hopeless and not wordy)
        problem.solver.deadline.keep()
        return bool(found) and self._enough((*map(said, found), *self._hints), purse)

    def _words(self, things: int) -> tuple[Formula, ...]:
        """What diagrams may say besides plain facts."""
        if things not in self._said:
            model = self._asked.problem.system.model
            own = written(model, self._speaks, things, self._claimed)
            why = reasons(model, self._read, things)
            more = ((each.formula, each.atom) for each in why)
            self._said[things] = tuple(
                dict.fromkeys((*(each.formula for each in own), *itertools.chain(*more)))
            )
        return self._said[things]

    def _enough(self, found: tuple[Candidate, ...], purse: Purse) -> bool:
        if purse.empty:
            return False
        holds = held(self._asked, found, purse)
        self.clauses = holds.clauses
        self._kept = {frozenset(each.excluded): each for each in holds.kept if each.whole is None}
        self._false |= {frozenset(each.excluded) for each in holds.false}
        return holds.enough

    def _of_size(self, size: Size) -> tuple[Candidate, ...] | None:
        problem = self._asked.problem
        model = problem.system.model
        more = tuple(reasons(model, self._read, size.things)) if size.reasons else ()
        if size.written:
            more = tuple(written(model, self._speaks, size.things, self._claimed))
        if (size.reasons or size.written) and not more:
            return None
        return candidates(model, self._read, size, more, self._axioms.settle, problem.solver.deadline)

    def _speaks(self, formula: Formula) -> bool:
        """Whether the formula is about nothing but what clauses may speak of, also in what it calls. Steps
        that change other things are left out.
        """
        problem = self._asked.problem
        terms, base = problem.terms, problem.system.base
        own = {v.name: terms.symbol(f"any {v.name}", v.sort) for v in free_variables(formula)}
        scope = problem.scope(base).bind({name: Maybe(terms.true, each) for name, each in own.items()})
        return problem.reads((problem.read(formula, scope),)) <= self._read

    @cached_property
    def _axioms(self) -> Axioms:
        return Axioms(self._asked.problem)

    @property
    def _claimed(self) -> Iterator[Formula]:
        """Yield what the claim says of all situations."""
        statement = self._asked.problem.claim.statement
        if isinstance(statement, Always):
            yield statement.formula

    @cached_property
    def _read(self) -> frozenset[str]:
        problem = self._asked.problem
        goal = problem.reads((self._asked.goal(problem, problem.system.base),))
        return frozenset(goal.union(*(problem.touched(each)[1] for each in self._asked.schemas)))

    @cached_property
    def _hints(self) -> tuple[Candidate, ...]:
        return tuple(_claimed(self._asked.problem))


def lemmas(problem: Problem) -> Iterator[Lemma]:
    """Yield the claim's lemmas that the law has words for."""
    return (each for each in problem.claim.lemmas if lacking(problem.model, each.formula) is None)


def _claimed(problem: Problem) -> Iterator[Candidate]:
    """Yield what the claim itself says of all situations, which may well be a part of why it holds, and its
    lemmas.
    """
    claim, statement = problem.claim, problem.claim.statement
    yield from (said(each.formula) for each in lemmas(problem))
    variables = tuple(Variable(each.name, each.sort) for each in claim.variables if each.sort is not None)
    if not isinstance(statement, Always) or len(variables) < len(claim.variables) or claim.premises:
        return
    whole: Formula = statement.formula
    if variables:
        whole = Quantified(universal=True, variables=variables, where=claim.where, body=whole)
    yield said(whole)
