"""Who comes to be in breach of a duty in a step, and of which; and who is no longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from checker.model.duties import statements_of
from checker.model.duty import Duty
from checker.model.environment import members
from checker.model.evaluate import Environment, holds, term_value
from checker.model.expressions import Present
from checker.model.model import Model
from checker.model.recall import day_has_ended
from checker.model.situation import Situation
from checker.story.facts_that_decide import grounds
from checker.story.given_names import Names
from checker.story.sentences import Place
from checker.story.wording import in_breach


@dataclass(frozen=True, slots=True)
class Breach:
    """Somebody is in breach from a step on, or until that step. `things`: (sort, thing) of what it is about.
    `party`: (sort, thing), who had the duty as its last day ended; None if nobody has it any more. `places`:
    what says so.
    """

    duty: Duty
    things: tuple[tuple[str, str], ...]
    party: tuple[str, str] | None
    comes: bool
    places: tuple[Place, ...]

    def said(self, names: Names) -> str:
        """Say who is in breach of what."""
        sorts = [each.sort for each in self.duty.variables]
        about = [names.of(sort, thing) for sort, (_, thing) in zip(sorts, self.things, strict=True)]
        who = "nobody" if self.party is None else names.of(names.model.sorts[self.party[0]], self.party[1])
        return in_breach(self.duty, who, about, "" if self.comes else "no longer ")


def breaches(model: Model, before: Situation, after: Situation) -> Iterator[Breach]:
    """Yield who is in breach from this step on, also where the law ends that at once; and who is not
    any longer.
    """
    for duty in model.duties.values():
        for things in product(*(members(each.sort, after) for each in duty.variables)):
            found = _changed(model, duty, things, (before, after))
            if found is not None:
                yield found


def _changed(
    model: Model, duty: Duty, things: tuple[str, ...], situations: tuple[Situation, Situation]
) -> Breach | None:
    given = dict(zip((each.name for each in duty.variables), things, strict=True))
    then, now = (Environment(model, each, variables=given) for each in situations)
    late, unless_done = statements_of(duty)
    was, is_ = (holds(late, each) for each in (then, now))
    ended = day_has_ended(then, now)
    missed = ended and not was and holds(unless_done, then)
    if not missed and was == is_:
        return None
    comes = missed or is_
    there = then if ended or not comes else now
    party = term_value(duty.party, there)
    return Breach(
        duty,
        tuple((each.sort.name, given[each.name]) for each in duty.variables),
        (duty.sort.name, party) if isinstance(party, str) else None,
        comes,
        tuple(place for _, place in grounds(Present(duty.party), there)),
    )
