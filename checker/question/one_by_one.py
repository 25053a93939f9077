"""Goals about all things of some kind, reached for one thing after the other.

“Always, if P, then possibly, for every x: q” is proved by showing for any one x without q: from every
situation where P holds, steps lead to one where q holds for x and P holds again, and none of these steps ends
q for any other thing. Since there are finitely many things, repeating this brings q about for all. The claim
is refuted by one x for which q can no longer be brought about. Otherwise this decides nothing.

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
    """A claim whose goal is about all things. `one`: what the goal says of one thing, in the goal's own
    variables; true of things that its `where` excludes.
    """

    claim: Claim
    statement: Leads
    goal: Quantified
    one: Formula

    @classmethod
    def of(cls, claim: Claim, column: Column) -> OneByOne | None:
        """Return the claim in this form; None if its goal is not about all things, if it lets versions move,
        or if the column is staged.
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
        """The claim about any one thing: wherever P holds and q does not hold for it, q can still come to
        hold.
        """
        bound = tuple(ClaimVariable(each.name, each.sort) for each in self.goal.variables)
        lacking = And((self.statement.condition, Not(self.one)))
        statement = replace(self.statement, condition=lacking, goal=self.one)
        return replace(self.claim, variables=(*self.claim.variables, *bound), statement=statement)

    def of_body(self) -> Claim:
        """The claim about any one thing with the goal's body as its goal: if that cannot be reached, the goal
        cannot.
        """
        claim = self.of_one()
        return replace(claim, statement=replace(self.statement, goal=self.goal.body))

    def repaired(self, problem: Problem, state: State) -> Node:
        """The situation after a round: q holds for the one thing; `where`, premises and P hold again."""
        scope = problem.scope(state)
        return problem.terms.and_(
            problem.given(scope),
            problem.read(self.statement.condition, scope),
            problem.read(self.one, scope),
        )

    def keeps(self, problem: Problem, action: Action) -> Node:
        """The step keeps q for every thing for which q holds before it."""
        kept = Quantified(
            universal=True,
            variables=self.goal.variables,
            where=None,
            body=Implies(Before(self.one), self.one),
        )
        return problem.read(kept, problem.scope(action.after, before=action.before))
