"""What a random law has, so that few things meet in each law, and every two in some."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

OFTEN: Final = {
    "numbers": 5,
    "past": 8,
    "months": 2,
    "working days": 3,
    "duty": 4,
    "money": 5,
    "levels": 3,
    "shapes": 3,
    "exceptions": 5,
    "eras": 4,
    "reading": 4,
    "written days": 2,
    "bands": 3,
    "days that are defined": 2,
    "event": 2,
}
"""What a law may have, and how often it is drawn beside the rest."""

TOGETHER: Final = (("eras", "duty"), ("eras", "working days"))
"""What seldom meets by chance, and then may change on a day."""

MET: Final = 0.1
"""How many laws have two such things and little else."""

EXACT: Final = 0.4
"""How many laws are such that claims turn on the exact day."""


@dataclass(frozen=True)
class Money:
    """A quantity with so many decimals. `below`: it may be negative; `optional`: there may be no amount;
    `open`: a start says nothing of it.
    """

    decimals: int
    below: bool
    optional: bool
    open: bool

    def text(self, amount: int) -> str:
        """The amount, in smallest units, as laws write it."""
        return f"{amount / 10**self.decimals:.{self.decimals}f}"


@dataclass(frozen=True)
class Traits:
    """What a law has. `exact`: it is simple, so that much that is said of it turns on the exact day."""

    names: frozenset[str]
    exact: bool = False

    def __contains__(self, name: str) -> bool:
        assert name in OFTEN, name
        return name in self.names


def drawn(chance: random.Random) -> Traits:
    """Some of all that there may be, and seldom nothing."""
    names, exact = list(OFTEN), chance.random() < EXACT
    if chance.random() < MET:
        return Traits(
            frozenset((*chance.choice(TOGETHER), chance.choice(("numbers", "reading", "event")))), exact
        )
    many = chance.choice((0, 1) if exact else (1, 2, 3, 3, 3, 4))
    chosen = chance.choices(names, [OFTEN[each] for each in names], k=many)
    if exact:
        chosen += chance.choice((["past"], ["past"], ["duty"], ["duty"], [], []))
    return Traits(frozenset(chosen) | ({"money"} if "bands" in chosen else set()), exact)
