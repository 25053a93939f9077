"""A test pack before it is told: its tests, what they show, and what nothing shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeAlias

from checker.model.claim import Claim, Column
from checker.model.evaluate import Rules
from checker.model.model import Model
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.rooms.cases.choose import Chosen
from checker.rooms.cases.goals import LEVELS, Goal, Level, Visible
from checker.rooms.cases.played import Case, Played, identity, play
from checker.rooms.cases.scenarios import Scenario

Origin: TypeAlias = Literal["rules", "time", "strategy", "refutation", "mixture"]
"""Why a test is in the pack: for the rules that decide in it, for a day that passes, for a claim, or for
versions that are deployed side by side.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A case with what it is for. `shows`: the goals that it shows, and how they can be seen; `needed`: those
    that no test before it shows. `also`, `title`: levels and title that it had in an earlier pack.
    `played`: what the law makes of it; `before`: what the law that it is compared with does, None if it
    cannot happen there.
    """

    number: str
    case: Case
    origin: Origin
    rules: Rules
    played: tuple[Played, ...]
    before: tuple[Played, ...] | None = None
    before_rules: Rules = field(default_factory=dict, repr=False)
    shows: tuple[tuple[Goal, Visible], ...] = ()
    needed: tuple[Goal, ...] = ()
    claims: tuple[Claim, ...] = ()
    variant: str = ""
    mixture: str = ""
    also: tuple[Level, ...] = ()
    title: str = ""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The tests that it belongs to. A story is run end to end and, unless it turns on which versions are
        deployed, as users do.
        """
        found = {*self.also}
        if self.origin == "rules":
            found.update(each.level for each in self.needed)
        else:
            found.add("end-to-end")
        if self.origin in ("time", "strategy", "refutation"):
            found.add("user")
        return tuple(each for each in LEVELS if each in found)

    @property
    def positive(self) -> bool:
        """Whether its last request, if it has one, is accepted."""
        decisions = [each.decision for each in self.played if each.decision is not None]
        return not decisions or decisions[-1].accepted


def entry_of(model: Model, chosen: Chosen, case: Case, rules: Rules) -> Entry:
    """Return the test that shows goals."""
    played = play(rules, case)
    number = identity(model, case)
    return Entry(number, case, "rules", rules, played, shows=chosen.shows, needed=chosen.needed)


def stories(
    model: Model, found: Iterable[tuple[Scenario, Case]], rules: Rules, origin: Origin | None = None
) -> Iterator[Entry]:
    """Yield a test for each different story; claims that tell the same share it."""
    kept: dict[str, list[tuple[Scenario, Case]]] = {}
    for scenario, case in found:
        kept.setdefault(identity(model, case), []).append((scenario, case))
    for number, same in kept.items():
        scenario, case = same[0]
        claims = tuple({each.claim.name: each.claim for each, _ in same}.values())
        kind: Origin = origin or ("strategy" if any(each.strategy for each, _ in same) else "refutation")
        yield Entry(
            number,
            case,
            kind,
            rules,
            play(rules, case),
            claims=claims,
            variant=scenario.variant,
            mixture=scenario.mixture,
        )


def once(tests: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the tests, those that are the same as one."""
    found: dict[str, Entry] = {}
    for each in tests:
        same = found.get(each.number)
        if same is None:
            found[each.number] = each
        else:
            levels = tuple(dict.fromkeys((*same.also, *each.levels)))
            found[each.number] = replace(same, claims=(*same.claims, *each.claims), also=levels)
    return tuple(found.values())


@dataclass(frozen=True)
class Pack:
    """All tests for a column. `goals`: what is to be shown; `never`: the verdicts that nothing shows some of
    them, by their key; `open`: why it is not known of others. `undecided`: verdicts on claims that have no
    story because they are not decided.
    """

    regime: Regime = field(repr=False)
    column: Column
    against: Column | None
    model: Model = field(repr=False)
    goals: tuple[Goal, ...]
    tests: tuple[Entry, ...]
    never: Mapping[str, Result]
    open: Mapping[str, str]
    undecided: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def shown(self) -> Mapping[str, tuple[tuple[Entry, Visible], ...]]:
        """The tests that show a goal, by its key."""
        found: dict[str, list[tuple[Entry, Visible]]] = {}
        for test in self.tests:
            for goal, visible in test.shows:
                found.setdefault(goal.key, []).append((test, visible))
        return {key: tuple(tests) for key, tests in found.items()}

    def of_level(self, level: Level) -> tuple[Entry, ...]:
        """The tests of a level."""
        return tuple(each for each in self.tests if level in each.levels)
