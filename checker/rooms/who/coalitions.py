"""Who can bring something about: what was found of the coalitions of users that can, and that cannot."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.claim import Column
from checker.model.expressions import Term
from checker.question.verdict import Result
from checker.rooms.claim_texts import ClaimText
from checker.rooms.who.claims import Coalition, WhoCan


@dataclass(frozen=True, slots=True)
class Able:
    """A minimal coalition that can, and the strategy (in the evidence). `also`: other names for its members,
    or for more than them."""

    coalition: Coalition
    result: Result
    also: tuple[Coalition, ...] = ()


@dataclass(frozen=True, slots=True)
class Barred:
    """A maximal coalition that cannot: everybody but those whom `without` names. `others`: so many only of
    those whom nothing names; None for all of them.

    `result`: a story to where it cannot, or unknown. `never`: whether it can from no such situation in which
    all of `without` name somebody; None if that was not asked.
    """

    without: tuple[Term, ...]
    result: Result
    never: Result | None = None
    others: int | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """What was found in a column. `already`: whether the goal is there in all such situations; vacuous if
    there are none. `members`: the terms that name somebody, those of `always` in every such situation.

    `asks`: the claims that it rests on, and what was found of each.
    """

    asked: WhoCan
    column: Column
    already: Result
    members: tuple[Term, ...]
    always: frozenset[Term]
    able: tuple[Able, ...]
    barred: tuple[Barred, ...]
    undecided: tuple[Result, ...]
    asks: tuple[tuple[ClaimText, Result], ...]

    @property
    def complete(self) -> bool:
        """Whether these are all the minimal coalitions that there are."""
        barred = all(each.result.verdict == "refuted" for each in self.barred)
        return barred and not self.undecided and self.already.decided
