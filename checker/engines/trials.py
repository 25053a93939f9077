"""Which steps are tried in a situation, where the reference meaning is asked about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.engines.problem import Problem
from checker.engines.worlds import Chance, World
from checker.model.deadline import Deadline
from checker.model.evaluate import Rules, decide, situation_problem
from checker.model.situation import Request, Situation, Step

TRIED: Final = 8  # steps of each kind that are tried in one situation, where not all are
VARIANTS: Final = 4  # of each situation, with other values for what was found not to matter


class Trials:
    """Steps to be tried in the situations of a world: all, or some that are worth it. No formula of the
    encoder says which.
    """

    def __init__(
        self, world: World, problem: Problem, rules: Rules, chance: Chance, deadline: Deadline
    ) -> None:
        self.world = world
        self.rules = rules
        self.chance = chance
        self.deadline = deadline
        self._pinned = tuple(self._changing(problem))

    def _changing(self, problem: Problem) -> Iterator[Mapping[str, str]]:
        """What requests carry that may change a digit, as far as that is plain."""
        digits = {each.name for each in self.world.space.digits}
        effects = problem.system.model.effects
        when = [x.when for x in effects if any(each.function in digits for each in x.updates)]
        for schema in problem.system.request_schemas:
            if schema.when in when:
                yield {name: value.name for name, value in schema.fixed.items()}

    def variants(self, situation: Situation) -> list[Situation]:
        """The situation, and ones with something else for what was found not to matter, within the axioms."""
        if not self.world.unsaid:
            return [situation]
        others = [self.world.another(situation, self.chance) for _ in range(VARIANTS - 1)]
        return [situation, *(each for each in others if self._allowed(each))]

    def _allowed(self, situation: Situation) -> bool:
        return situation_problem(self.rules, situation, self.deadline) is None

    def all_of(self, situation: Situation) -> list[Step]:
        """Every well-formed request, and every event with all arguments."""
        return list(self.world.steps(situation))

    def some_of(self, situation: Situation, likely: list[Step]) -> list[Step]:
        """Some steps: ones that are like the likely ones, any, and requests that are nearly accepted."""
        near = [self.chance.one_of(likely) for _ in range(TRIED // 2)] if likely else []
        found = [self.world.some_step(situation, each, self.chance) for each in (*near, None, None)]
        often = TRIED if self._pinned else 0
        return found + [Step("request", self._nearly_accepted(situation)) for _ in range(often)]

    def _nearly_accepted(self, situation: Situation) -> Request:
        """A request that may change a digit, and that few checks refuse: changed as long as that helps."""
        pinned = self.chance.one_of(self._pinned)
        found = self.world.some_request(situation, None, pinned, self.chance)
        refusing = self._refusing(situation, found)
        for _ in range(TRIED):
            if not refusing:
                break
            other = self.world.some_request(situation, found, pinned, self.chance)
            fewer = self._refusing(situation, other)
            if fewer <= refusing:
                found, refusing = other, fewer
        return found

    def _refusing(self, situation: Situation, request: Request) -> int:
        """How many checks refuse the request, wherever it would come to."""
        decision = decide(self.rules, situation, request, self.deadline)
        return sum(len(stage.refusing) for stage in decision.stages)
