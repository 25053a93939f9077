"""What a mutant is: one small edit of the checker that makes it wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Attacks: TypeAlias = Literal[
    "invariant: start",
    "invariant: step",
    "invariant: claim",
    "nowhere",
    "axioms kept",
    "grounds shared",
    "possibly next",
    "ranked regions",
    "never",
    "trap closed",
    "one by one",
    "situation of the story outside",
    "open domain",
    "liveness",
    "comparisons",
    "exact difference",
    "orders",
    "frames",
    "quantifiers",
    "absence",
    "exemptions",
    "route",
    "versions",
    "senders",
    "shapes",
    "grounding",
    "simplification",
    "enum values",
    "numbers",
    "history",
    "trees",
    "dates",
    "no answer",
    "replay",
    "vacuity",
    "second opinion",
    "reading the law",
    "staging",
    "certificates",
    "dependence",
    "side by side",
    "sides",
    "dropped",
    "unknown cells",
    "names",
    "two values",
    "deployments",
    "tables",
]
"""The kind of obligation, or the stage of the pipeline, that a mutant is wrong in."""


class Rotten(Exception):
    """A mutant's text does not stand in its file once: the checker has changed, so the mutant must."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit. `why`: what is unsound about it, or dangerously incomplete, in a sentence. `file`: below
    `checker/`. `old` stands there exactly once, and `new` instead of it. `seen_by`: the quick test, or
    file of tests, below `tests/`, that is made to see it; empty if it is left to all of them.
    """

    name: str
    attacks: Attacks
    why: str
    file: str
    old: str
    new: str
    seen_by: str = ""

    def applied(self, text: str) -> str:
        """The text of the file with the mistake in it. Raises Rotten."""
        count = text.count(self.old)
        if count != 1:
            raise Rotten(f"{self.name}: its text stands {count} times in {self.file}")
        return text.replace(self.old, self.new)

    def apply(self, checker: Path) -> None:
        """Make the mistake in a copy of the checker. Raises Rotten."""
        path = checker / self.file
        path.write_text(self.applied(path.read_text(encoding="utf-8")), encoding="utf-8")
