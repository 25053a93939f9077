"""Folders of evidence that somebody has tampered with, and what certifying says of each.

The engines decide some claims about keys to safes. What they find is written, changed by an adversary who
makes the hashes in the manifest fit, and certified.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from checker.evidence.write import hash_of
from tests.support.evidence_made import (
    Z3,
    certified,
    decided,
    law,
    loaded,
    reasons,
    written,
)
from tests.support.keys_to_safes import KEYS
from tests.support.tampering import (
    CLAIMS,
    Change,
    Made,
    part,
)


@cache
def made() -> Made:
    """What the engines make of the claims, and the folder that is written for it."""
    sources = law(KEYS, CLAIMS)
    regime = loaded(sources)
    return Made(sources, regime, written(regime, sources, decided(regime)))


@dataclass(frozen=True, slots=True)
class Tampering:
    """What is done, to which verdicts (`claim in column`; the first is the one it is about), and what certify
    says: of which entry (`of`; of the folder as a whole if empty), and why.
    """

    what: str
    verdicts: tuple[str, ...]
    change: Change
    why: str
    of: str = "claim"
    asked: tuple[str, ...] = Z3
    law_too: bool = False


FLOOR = ("given-back in loose",)  # proved, by one strategy of one step
TRAP = ("given-back in tight",)  # refuted, by a story of two steps to where no step helps
REACH = ("obtained in loose",)  # proved, by two strategies of one step
TWO_STEPS = ("red-in-two in loose",)  # proved, by two strategies, one after the other
DEAD_END = ("obtained-from-bank in loose",)  # refuted: no sequence of steps helps
INVARIANT = ("light-works in loose",)  # proved, by an invariant with a strategy
PLAIN = ("bank-holds-none in loose",)  # refuted, by a story of two steps
LASSO = ("patience in tight",)  # refuted: nothing need ever happen
CASES = ("what-changes in tight",)  # proved, with a story for each of two cases
ORDERS = ("one-answer in loose",)
MOVING = ("bank-gets-none in tight",)  # refuted, by a story with a deployment step
ALONE = ("takeable in tight",)  # refuted, if there is nobody else
NEVER = ("never-broken in loose",)
ESCAPE = ("alarm-stays in loose",)
BY = ("passed-on in tight",)
ARISING = ("kept in loose",)  # refuted in any situation, with a story that leads to the one that is told

THE_GROUNDS = "the grounds of loose"
OTHER_THING = "in the manifest is not what law and claim require"
NOT_HAPPENED = "does not say what happens in it"
RANKS = "the ranks of strategies are counted from 1"
NOT_ASKED_FOR = "is not the obligation that law and claim require"


def judged(tampering: Tampering) -> tuple[int, list[str]]:
    """The exit code of certifying what was tampered with, and what is said."""
    held = part(made(), *tampering.verdicts)
    tampering.change(held)
    regime = made().regime
    if tampering.law_too:
        regime = loaded(held.sources)
        held.manifest["sources"] = {name: hash_of(text) for name, text in sorted(held.sources.items())}
    found = certified(regime, held.sources, held.written(), tampering.asked)
    return found.code, reasons(found)


def check_rejected(tampering: Tampering) -> None:
    """What was tampered with is refused, at the entry that it is about, and for what is wrong with it."""
    code, told = judged(tampering)
    assert code == 5, told
    assert any(each.startswith(tampering.of) and tampering.why in each for each in told), told


def check_untouched(*verdicts: str) -> None:
    """The part of the folder with these verdicts, in which nothing was changed, is certified."""
    held = part(made(), *verdicts)
    found = certified(made().regime, held.sources, held.written())
    assert (reasons(found), found.code) == ([], 0), reasons(found)
