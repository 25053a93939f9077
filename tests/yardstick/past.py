"""What has been, in a world: from the reference, and in another way than the checker has it.

A state says of every history whether it is so. Rules say which states there are, and what follows on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from checker.model.expressions import History
from tests.yardstick.meaning import Meaning, Moment, Test
from tests.yardstick.worlds import State, Worth


@dataclass(frozen=True, slots=True)
class Kept:
    """One place of a history: what it is about, and the tests of its parts."""

    place: int
    history: History
    names: dict[str, Worth]
    what: Test
    when: Test | None

    def now(self, state: State) -> bool:
        """Whether its first part holds."""
        return self.what(Moment(state, dict(self.names)))

    def then(self, state: State) -> bool:
        """Whether its second part holds."""
        assert self.when is not None
        return self.when(Moment(state, dict(self.names)))


class Past:
    """The histories of a law, those that others speak of first."""

    def __init__(self, meaning: Meaning) -> None:
        world = meaning.world
        self.kept: list[Kept] = []
        for name, function in world.functions.items():
            history = function.history
            if history is None:
                continue
            tests = [meaning.test(each) for each in history.parts]
            for at in product(*(world.members(each.sort) for each in history.variables)):
                names: dict[str, Worth] = dict(zip([v.name for v in history.variables], at, strict=True))
                when = tests[1] if len(tests) > 1 else None
                self.kept.append(Kept(world.index[name][at], history, names, tests[0], when))

    def after(self, before: State, values: tuple[Worth, ...]) -> tuple[Worth, ...]:
        """The values after a step that leads to these."""
        if not self.kept:
            return values
        new = list(values)
        for each in self.kept:
            now = (tuple(new), before[1], before[2])
            had_been = before[0][each.place] is True
            if each.history.how == "ever":
                new[each.place] = had_been or each.now(now)
                continue
            comes_about = each.then(now) and not each.then(before)
            if each.history.how == "since":
                new[each.place] = each.now(now) if had_been or comes_about else False
            else:
                assert each.history.how == "as of"
                new[each.place] = each.now(now) if comes_about else had_been
        return tuple(new)

    def begins(self, state: State) -> bool:
        """Whether nothing has been but what is."""
        return all((state[0][x.place] is True) == self._at_first(x, state) for x in self.kept)

    @staticmethod
    def _at_first(kept: Kept, state: State) -> bool:
        return kept.now(state) and (kept.history.how == "ever" or kept.then(state))

    def may_be(self, state: State) -> bool:
        """Whether something can have led there: what is has been, and what has been since is."""
        for each in self.kept:
            so = state[0][each.place] is True
            if each.history.how == "ever" and each.now(state) and not so:
                return False
            if each.history.how == "since" and so and not each.now(state):
                return False
        return True
