"""Looks for an invariant: among many clauses, of one size after the other, and by what leads to the goal.

Nothing here is trusted: `obligations` asks of what is found.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property

from checker.logic.incremental import Purse
from checker.model.claim import Always, Lemma
from checker.model.deadline import OutOfTime
from checker.model.expressions import Formula, Quantified, Variable
from checker.model.lacking import lacking
from checker.prove.clause_reasons import reasons
from checker.prove.clause_templates import SIZES, Candidate, Size, candidates, said
from checker.prove.find_invariant import Unreached, held
from checker.prove.property_directed import Exclusion
from checker.question.problem import Problem


class InvariantSearch:
    """Looks for clauses about what a goal reads, and what the steps read that change it.

    `clauses`: an invariant once one is found; before, what holds in all situations among few things.
    """

    def __init__(self, asked: Unreached) -> None:
        self._asked = asked
        self.clauses: tuple[Formula, ...] = ()
        self._tries = 0
        self._hopeless = False

    def among_many(self, purse: Purse) -> bool:
        """Whether the claim's own words and lemmas, or clauses of one size, are enough. Raises OutOfTime."""
        if self._hints and self._enough(self._hints, purse):
            return True
        sizes = () if purse.empty else SIZES
        return any(
            self._enough((*found, *self._hints), purse) for found in map(self._of_size, sizes) if found
        )

    def directed(self, purse: Purse) -> bool:
        """Whether clauses against what leads to the goal are. What they cost to find turns on luck, so each
        try begins anew, with another seed of the solver. Raises OutOfTime.
        """
        if purse.empty or self._hopeless:
            return False
        problem, found = self._asked.problem, tuple[Formula, ...]()
        with contextlib.suppress(OutOfTime), problem.hurrying():  # others are to have time, too
            exclusion = Exclusion(self._asked, self._read, problem.solver.seed + self._tries, purse)
            found = exclusion.clauses()
            self._hopeless = exclusion.hopeless
        problem.solver.deadline.keep()
        self._tries += 1
        return bool(found) and self._enough((*map(said, found), *self._hints), purse)

    def _enough(self, found: tuple[Candidate, ...], purse: Purse) -> bool:
        if purse.empty:
            return False
        holds = held(self._asked, found, purse)
        self.clauses = holds.clauses
        return holds.enough

    def _of_size(self, size: Size) -> tuple[Candidate, ...] | None:
        problem = self._asked.problem
        model = problem.system.model
        why = tuple(reasons(model, self._read, size.things)) if size.reasons else ()
        if size.reasons and not why:
            return None
        return candidates(model, self._read, size, why, problem.solver.deadline)

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
