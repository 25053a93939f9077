"""What was found about a roll-out: the harms of each mixture, and the claims lost there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, TypeAlias

from checker.model.claim import Claim, Column
from checker.question.verdict import Result, VerdictName
from checker.regime.regime import Regime
from checker.rooms.rollout.claims import Plan, Wording, is_asked
from checker.rooms.rollout.lattice import Lattice, Mixture

HarmKind: TypeAlias = Literal["inconsistent", "claim lost", "more permissive", "less permissive"]
HARMS: Final[tuple[HarmKind, ...]] = ("inconsistent", "claim lost", "more permissive", "less permissive")

State: TypeAlias = Literal["harmless", "harmful", "open"]
Status: TypeAlias = Literal["kept", "lost", "gained", "not in both", "open"]

Where: TypeAlias = Literal["everywhere", "old", "new"] | Mixture
"""What a test is asked of: all mixtures at once, one version everywhere, or one mixture."""


@dataclass(frozen=True, slots=True)
class Test:
    """One kind of harm: by one of the law's own claims being lost, or in deciding requests.

    `alike`: the claim reads the same definitions in both versions, so that a proof about all mixtures is one
    about both versions, too. `expected`: what the claim's author expects with the old, and with the new
    version everywhere; where that is a refutation it is taken for granted, if the author is `trusted`.
    `found`: what was asked, and found.
    """

    kind: HarmKind
    wording: Wording
    claim: Claim | None
    column: Column
    alike: bool
    expected: tuple[str | None, str | None] = (None, None)
    trusted: bool = False
    found: dict[Where, Result] = field(default_factory=dict, compare=False)

    def verdict(self, where: Where) -> VerdictName | None:
        """What was found there, None if it was not asked."""
        return self.found[where].verdict if where in self.found else None

    def pure(self, where: Literal["old", "new"]) -> VerdictName | None:
        """The verdict with one version everywhere, perhaps from that on every mixture."""
        if self.claim is None or (self.alike and self.settled):
            return "proved"
        expected = self.expected[where == "new"]
        return self.verdict(where) or ("refuted" if self.trusted and expected == "refuted" else None)

    @property
    def settled(self) -> bool:
        """Whether one proof covers every mixture."""
        return not self.wording.existential and self.verdict("everywhere") == "proved"

    @property
    def at_stake(self) -> bool:
        """Whether it holds in both versions, so that a mixture can lose it."""
        return self.pure("old") == self.pure("new") == "proved"

    def state(self, mixture: Mixture) -> State:
        """Whether the mixture does this harm."""
        if "refuted" in (self.pure("old"), self.pure("new")):
            return "harmless"
        if self.settled:
            return "harmless"
        if not self.at_stake:
            return "open"
        match self.verdict(mixture):
            case "proved":
                return "harmless"
            case "refuted":
                return "harmful"
            case _:
                return "open"

    @property
    def status(self) -> Status:
        """What becomes of a claim."""
        old, new = self.pure("old"), self.pure("new")
        match old, new or (self.expected[1] if self.trusted else None):
            case "refuted", "proved":
                return "gained"
            case ("refuted", _) | (_, "refuted"):
                return "not in both"
            case "proved", "proved":
                mixtures = [each for each in self.found if isinstance(each, int)]
                states = {self.state(each) for each in mixtures}
                return "lost" if "harmful" in states else "open" if "open" in states else "kept"
            case _:
                return "open"


@dataclass(frozen=True, slots=True)
class Harm:
    """Harm that a mixture does. `claim`: the law's claim that is lost."""

    kind: HarmKind
    claim: Claim | None
    result: Result

    @property
    def key(self) -> tuple[HarmKind, str]:
        """What tells it from other harms."""
        return self.kind, self.claim.name if self.claim else ""


class Rollout:
    """What was found. `regime`: the law with the claims that were asked, which `text` has; `tests`: what was
    asked of the mixtures; `relation`: whether `old` accepts no more than `new`, and the other way round.
    """

    def __init__(
        self,
        plan: Plan,
        asked: tuple[Regime, str],
        tests: tuple[Test, ...],
        relation: tuple[Result | None, Result | None],
    ) -> None:
        self.plan, self.tests, self.relation = plan, tests, relation
        self.regime, self.text = asked

    @property
    def results(self) -> tuple[Result, ...]:
        """Every verdict that was asked for."""
        found = (result for test in self.tests for result in test.found.values())
        return (*(each for each in self.relation if each is not None), *found)

    @property
    def unasked(self) -> tuple[Claim, ...]:
        """The law's claims that say themselves which versions they are about."""
        return tuple(each for each in self.plan.regime.claims if not is_asked(each))

    @property
    def claims(self) -> tuple[Test, ...]:
        """What was asked of the law's own claims."""
        return tuple(each for each in self.tests if each.claim is not None)

    def within(self, which: Literal["old", "new"]) -> bool:
        """Whether it is proved that this version accepts no more than the other."""
        found = self.relation[which == "new"]
        return found is not None and found.verdict == "proved"

    @cached_property
    def lattice(self) -> Lattice:
        """The mixtures, and which of them are harmless, and harmful."""
        size = len(self.plan.switches)
        harmless, harmful = {0, (1 << size) - 1}, set()
        for mixture in inner(size):
            states = {each.state(mixture) for each in self.tests}
            if "harmful" in states:
                harmful.add(mixture)
            elif "open" not in states:
                harmless.add(mixture)
        return Lattice(size, frozenset(harmless), frozenset(harmful))

    def harms(self, mixture: Mixture) -> tuple[Harm, ...]:
        """The harms that a mixture does, in the order of HARMS."""
        if mixture not in self.lattice.harmful:
            return ()
        found = [
            Harm(each.kind, each.claim, each.found[mixture])
            for each in self.tests
            if each.state(mixture) == "harmful"
        ]
        return tuple(sorted(found, key=lambda each: HARMS.index(each.kind)))

    @property
    def open(self) -> tuple[Test, ...]:
        """What is not known of some mixture, or of both versions."""
        return tuple(
            test
            for test in self.tests
            if any(test.state(each) == "open" for each in inner(len(self.plan.switches)))
        )


def inner(size: int) -> range:
    """The mixtures that have both versions somewhere."""
    return range(1, (1 << size) - 1)
