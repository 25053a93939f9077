"""Goals of every one of some things, brought about for one thing after the other.

“Always, if P, then possibly, for every x: q” is proved by showing of any one x for which q is not so: from
wherever P holds, steps lead to where q is so of x and P holds again, and none of them ends q for any other
thing. Since there are finitely many things, so many rounds bring q about for all. It is refuted by one x for
which q can no longer be brought about at all. Of goals that are neither, this says nothing.

Trusted: obligations are built from these definitions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checker.logic.node import Node
from checker.logic.symbolic_state import State
from checker.model.claim import Claim, ClaimVariable, Column, Leads
from checker.model.expressions import And, Before, Formula, Implies, Not, Quantified
from checker.question.problem import Problem
from checker.question.transition_system import Action


@dataclass(frozen=True, slots=True)
class OneByOne:
    """A claim whose goal is of every thing. `one`: what is so of a thing, in the goal's own variables, or
    need not be so of it.
    """

    claim: Claim
    statement: Leads
    goal: Quantified
    one: Formula

    @classmethod
    def of(cls, claim: Claim, column: Column) -> OneByOne | None:
        """None for a claim whose goal is no such goal, or that lets versions move; and where requests may be
        under way.
        """
        statement = claim.statement
        if column.staged or claim.over:
            return None
        if not isinstance(statement, Leads) or statement.modality != "possibly":
            return None
        goal = statement.goal
        if not isinstance(goal, Quantified) or not goal.universal:
            return None
        if {each.name for each in goal.variables} & {each.name for each in claim.variables}:
            return None
        one = goal.body if goal.where is None else Implies(goal.where, goal.body)
        return cls(claim, statement, goal, one)

    def of_one(self) -> Claim:
        """The claim about any one thing: wherever P holds and q is not so of it, it may come to be so."""
        bound = tuple(ClaimVariable(each.name, each.sort) for each in self.goal.variables)
        lacking = And((self.statement.condition, Not(self.one)))
        statement = replace(self.statement, condition=lacking, goal=self.one)
        return replace(self.claim, variables=(*self.claim.variables, *bound), statement=statement)

    def of_body(self) -> Claim:
        """The claim about any one thing, whose goal is what the goal says of it: out of reach if that is."""
        claim = self.of_one()
        return replace(claim, statement=replace(self.statement, goal=self.goal.body))

    def repaired(self, problem: Problem, state: State) -> Node:
        """After a round: q of the one thing, and what is given and P again."""
        scope = problem.scope(state)
        return problem.terms.and_(
            problem.given(scope),
            problem.read(self.statement.condition, scope),
            problem.read(self.one, scope),
        )

    def keeps(self, problem: Problem, action: Action) -> Node:
        """For every thing of which q is so before the step, it is so after it."""
        kept = Quantified(
            universal=True,
            variables=self.goal.variables,
            where=None,
            body=Implies(Before(self.one), self.one),
        )
        return problem.read(kept, problem.scope(action.after, before=action.before))
