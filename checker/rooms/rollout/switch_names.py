"""Names of switches, mixtures and harms in reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from checker.rooms.rollout.harm import HARMS, HarmKind, Rollout
from checker.rooms.rollout.lattice import Mixture
from checker.story.given_names import Names

LETTERS: Final[dict[HarmKind, str]] = {
    "inconsistent": "I",
    "claim lost": "C",
    "more permissive": "M",
    "less permissive": "L",
}
MARKS: Final = "123456789a"
OFF: Final = "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True)
class Told:
    """A roll-out to report, the command that repeats it, how long it took, and the exit code."""

    rollout: Rollout
    repeat: str
    seconds: float
    code: int

    # --------------------------------------------------------------- naming

    def name(self, switch: int) -> str:
        """What a switch is called."""
        plan = self.rollout.plan
        return Names(plan.regime.model(plan.old), {}).component(plan.switches[switch].instance)

    def called(self, switches: Iterable[int], word: str = "and") -> str:
        """What several switches are called together."""
        *names, last = map(self.name, sorted(switches))
        return f"{', '.join(names)} {word} {last}" if names else last

    def sign(self, mixture: Mixture) -> str:
        """A mixture at a glance: the numbers of the switches that are on, each in its place."""
        size = len(self.rollout.plan.switches)
        return "".join(MARKS[each] if mixture >> each & 1 else OFF for each in range(size))

    def letters(self, mixture: Mixture) -> str:
        """The letters of the harms that a mixture does; `?` if that is not known."""
        found = {each.kind for each in self.rollout.harms(mixture)}
        if found:
            return "".join(LETTERS[each] for each in HARMS if each in found)
        return "" if mixture in self.rollout.lattice.harmless else "?"

    def described(self, kind: HarmKind) -> str:
        """What a kind of harm is, here."""
        old, new = self.rollout.plan.old, self.rollout.plan.new
        match kind:
            case "inconsistent":
                return "a component refuses what an earlier one let pass, as neither version alone would"
            case "claim lost":
                return "a claim that is proved in both versions is refuted"
            case "more permissive":
                than = self._than(str(new), str(old))
                return f"more permissive than {than}"
            case "less permissive":
                than = self._than(str(old), str(new))
                return f"less permissive than {than}"

    def _than(self, first: str, second: str) -> str:
        """The version that bounds the other, or both if neither does."""
        if self.rollout.within("old"):
            return first
        return second if self.rollout.within("new") else f"both {first} and {second}"
