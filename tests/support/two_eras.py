"""Random pairs of small laws with days, of which a modification makes one of the other.

Both have the same vocabulary and two checks and effects; lapses, exceptions, an event, a third effect
and what a definition means differ, or are in one of them alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.support.laws_with_days import LAW, WHY, statement

FIRST: Final = "1 March 2026"
"""The first day of every story."""

DAY: Final = "5 March 2026"
"""The day from which the modification is in force in `dated`."""

HEAD: Final = f'{LAW}start inference "then": today no earlier than {FIRST}\n'
VERSIONS: Final = f"""modification M "the change"
version new "as changed" is v with M
version dated "changed on a day" is v with M in force from {DAY}
version early "changed before all days" is v with M in force from {FIRST}
"""


@dataclass(frozen=True)
class TwoEras:
    """The law before (`v`) and after (`new`), with the change from a day (`dated`), and from before all days
    (`early`); a claim, and one that is about days before that day.
    """

    text: str
    claim: str
    before: str


def two_eras(number: int) -> TwoEras:
    """The pair of that number, and claims about things `t`."""
    chance = random.Random(f"two eras {number}")
    old, new = _blocks(chance), _blocks(chance)
    new = {name: old.get(name, text) if chance.random() < 0.3 else text for name, text in new.items()}
    if _exempts(old) != _exempts(new):
        new["c1"] = new["c1"].replace(_SUBJECT, "") + (_SUBJECT if _exempts(new) else "")
    text = "".join((HEAD, *old.values(), VERSIONS, *_changes(old, new)))
    return TwoEras(text, *_claims(chance))


_SUBJECT: Final = f'    subject to "E" {WHY}\n'


def _exempts(blocks: dict[str, str]) -> bool:
    return '"E"' in blocks


def _said(chance: random.Random, thing: str = "t") -> str:
    text = statement(chance).text
    if chance.random() < 0.15:
        text = f"(ever {chance.choice('ab')}(t))"
    if chance.random() < 0.15:
        text = f"(today within {chance.randint(1, 3)} days after x(t))"
    return text.replace("(t)", f"({thing})")


def _blocks(chance: random.Random) -> dict[str, str]:
    """The rules of one law, by what a modification calls them."""
    fact = chance.choice(("true", "false"))
    found = {
        "kind": f"define kind(t: Thing) means {_said(chance)}\n",
        "one": "effect one when act is One\n"
        f"    a(thing) becomes true {WHY}\n    x(thing) becomes today {WHY}\n",
        "two": f"effect two when act is Two\n    b(thing) becomes {fact} {WHY}\n",
        "c1": f'check c1 for "1" at Desk, reject with R1\n    applies when act is One {WHY}\n'
        f"    requires {_said(chance, 'thing')} {WHY}\n",
        "c2": f'check c2 for "2" at Desk, reject with R2\n    applies unless act is One {WHY}\n'
        f"    requires kind(thing) or {_said(chance, 'thing')} {WHY}\n",
    }
    if chance.random() < 0.4:
        found["three"] = f"effect three when act is Two and kind(thing)\n    y(thing) becomes today {WHY}\n"
    if chance.random() < 0.5:
        what = chance.choice(("b(t) becomes true", "y(t) becomes today", "x(t) becomes absent"))
        found["ev"] = f"event ev by the environment with t: Thing when {_said(chance)}\n    {what} {WHY}\n"
    for number in (1, 2):
        if chance.random() < 0.7:
            found[f"l{number}"] = _lapse(chance, number)
    if chance.random() < 0.5:
        found['"E"'] = f'exceptions "E"\n    any of {WHY}\n'
        found['"E 1"'] = f'limb "E 1" of "E"\n    {_said(chance, "thing")} {WHY}\n'
        found["c1"] += _SUBJECT
    return found


def _lapse(chance: random.Random, number: int) -> str:
    slot = chance.choice("xxy")
    what = chance.choice(
        ("a(t) becomes false", "b(t) becomes true", "b(t) becomes false", "y(t) becomes today")
    )
    when = statement(chance).text
    falls = f"{chance.choice(('past', 'on'))} {slot}(t) plus {chance.randint(1, 3)} days when {when}"
    return f'lapse l{number} for "L {number}" with t: Thing {falls}\n    {what} {WHY}\n'


def _changes(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    """Yield what the modification says."""
    for name in reversed(old):
        if name not in new:
            yield f"by M strike {name}\n"
    for name, text in new.items():
        if name in old and old[name] != text:
            yield f"by M replace {name}:\n{text}"
        elif name not in old:
            yield f"by M insert after c2:\n{text}"


def _claims(chance: random.Random) -> tuple[str, str]:
    one, other = _said(chance), _said(chance)
    early = f"today earlier than {DAY}"
    if chance.random() < 0.5:
        return f"always {one} implies {other}", f"always {one} and {early} implies {other}"
    return (
        f"always, if {one}, then possibly {other} by requests and time",
        f"always, if {one} and {early}, then possibly {other} and {early} by requests and time",
    )
