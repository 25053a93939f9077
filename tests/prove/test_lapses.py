"""Lapses in claims: waiting for them, and how far time may go; and random laws, gone through day by day."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.expressions import Truth
from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.additions import with_claims
from checker.story.narrate import narrate
from tests.support.load import load
from tests.support.params import with_long, with_thorough
from tests.support.transfers import TRANSFERS

CHAIN = """
lapse fees for "T 6" with d: Domain on asked-on(d) plus 8 days when pending(d) is absent
    fee(d) becomes true inference "two days later"
"""


def _decided(law: str, claim: str) -> Result:
    regime = load(law, f'claim 1 a "A."\n    from "1"\n{claim}\n    expect proved in v\n')
    (job,) = jobs_for(regime.claims)
    return Prover(regime, budget=60, explore=0).decide(job)


@pytest.mark.parametrize("law", [TRANSFERS, TRANSFERS + CHAIN])
def test_what_is_pending_was_asked_for_within_the_period(law: str) -> None:
    """The lapse comes on the sixth day, and time never passes beyond it with the request still pending."""
    claim = (
        "    for d: Domain\n    always pending(d) is present implies today within {} days after asked-on(d)"
    )
    assert _decided(law, claim.format(5)).verdict == "proved"
    assert _decided(law, claim.format(4)).verdict == "refuted"


def test_waiting_for_one_thing_is_not_held_up_by_others() -> None:
    """Time passes over lapses that have nothing to do with each other, so that one strategy is enough."""
    claim = (
        "    for d: Domain, u: User\n    always, if pending(d) is u, then possibly sponsor(d) is u by time"
    )
    found = _decided(TRANSFERS, claim)
    assert found.verdict == "proved"
    assert found.evidence is not None
    assert len(found.evidence.ways) == 1


def test_one_lapse_reads_what_another_did_on_an_earlier_day() -> None:
    """The fee falls due on the eighth day, since the lapse on the sixth has ended what was pending."""
    claim = "    for d: Domain\n    always not fee(d)"
    found = _decided(TRANSFERS + CHAIN, claim)
    assert found.verdict == "refuted"
    assert found.evidence is not None
    assert found.evidence.trace is not None
    days = [int(str(each.values["today", ()])) for each in found.evidence.trace.situations]
    assert [day - days[0] for day in days] == [0, 0, 6, 8]


def test_time_stops_where_a_lapse_reads_what_it_did_to_others() -> None:
    """Whoever is first has the fee, and nobody after him: so time cannot pass over the days of both."""
    law = TRANSFERS.replace("requires pending(domain) is absent", "requires asked-on(domain) is absent")
    first = CHAIN.replace("pending(d) is absent", "(for every e: Domain: not fee(e))")
    claim = "    for d: Domain, e: Domain\n    always fee(d) and fee(e) implies asked-on(d) is asked-on(e)"
    assert _decided(law + first, claim).verdict == "proved"
    assert _decided(law + CHAIN, claim).verdict == "refuted"


def test_what_is_asked_of_the_past_makes_time_stop() -> None:
    """Where something asks what has been, each day on which something happens is a situation of its own."""
    claim = (
        'claim 1 a "A."\n    from "1"\n    for d: Domain\n    always not {}fee(d)\n    expect proved in v\n'
    )
    free, stopping = (load(TRANSFERS, claim.format(word)).model(Column("v")) for word in ("", "ever "))
    assert unparse(free.events["time"].when or Truth(value=True)) == "day later than today"
    assert "day no later than asked-on(d) plus 6 days" in unparse(
        stopping.events["time"].when or Truth(value=True)
    )
    asked_later = with_claims(
        load(TRANSFERS, claim.format("")),
        f"```redline\n{claim.format('ever ').replace('claim 1 a', 'claim 2 b')}```\n",
    ).model(Column("v"))
    assert asked_later.events["time"].when == stopping.events["time"].when


def test_stories_cite_the_clause_by_which_something_lapsed() -> None:
    """What a step of time changed is told with the clause that says so."""
    claim = 'claim 1 a "A."\n    from "1"\n    for d: Domain\n    always, after event time: {}\n'
    regime = load(TRANSFERS, claim.format("sponsor(d) is before sponsor(d)") + "    expect refuted in v\n")
    (job,) = jobs_for(regime.claims)
    told = narrate(regime, Prover(regime, budget=60, explore=0).decide(job))
    assert "By T 5: The sponsor of Domain 1 is now User B (before: User A)" in told.steps[-1].changes


# ------------------------------------------------------------ random laws

Cell = tuple[int | None, ...]
"""Of one thing: the facts `a` and `b`, and how many days ago `x` and `y` were, up to `OLD`."""

World = tuple[Cell, ...]
So = Callable[[World, int], bool]
OLD = 6

LAW = """
sort Thing
enum Act: One, Two
state a(Thing) "{1} is [not] begun"
state b(Thing) "{1} is [not] done"
state x(Thing): optional date "the first day of {1}"
state y(Thing): optional date "the second day of {1}"
request "somebody does {act} to {thing}"
    act: Act
    thing: Thing
component Desk
route Desk
version v "v"
start inference "at first":
    for every t: Thing: not a(t) and not b(t) and x(t) is absent and y(t) is absent
"""
WHY = 'inference "so"'
SLOW = (3, 4)  # laws that take a second each
SLOTS = {"a": 0, "b": 1, "x": 2, "y": 3}


def _atom(chance: random.Random) -> tuple[str, So]:
    slot = chance.choice("ab")
    at = SLOTS[slot]
    way = chance.randrange(8)
    if way == 0:
        return f"(for some o: Thing: {slot}(o))", lambda w, _t: any(cell[at] for cell in w)
    if way == 1:
        return f"(for every o: Thing: {slot}(o))", lambda w, _t: all(cell[at] for cell in w)
    if way == 2:
        return "y(t) is present", lambda w, t: w[t][3] is not None
    return f"{slot}(t)", lambda w, t: bool(w[t][at])


def _formula(chance: random.Random) -> tuple[str, So]:
    text, truth = _atom(chance)
    if chance.random() < 0.5:
        inner = truth
        text, truth = f"not {text}", lambda w, t: not inner(w, t)
    if chance.random() < 0.4:
        first = truth
        other, also = _atom(chance)
        return f"({text} and {other})", lambda w, t: first(w, t) and also(w, t)
    return f"({text})", truth


@dataclass(frozen=True)
class Lapse:
    """What falls so many days after a day, and what it writes: slots and values, None for `today`."""

    slot: int
    days: int
    when: So
    writes: tuple[tuple[int, int | None], ...]

    def falls(self, ages: World, t: int) -> bool:
        """Whether a world in which the day has come, but nothing else has happened, has it."""
        return ages[t][self.slot] == self.days


def _written(chance: random.Random, slot: str) -> tuple[str, int | None]:
    if slot in "ab":
        value = chance.random() < 0.6
        return ("true" if value else "false"), value
    return ("absent", None) if chance.random() < 0.4 else ("today", 0)


def _lapse(chance: random.Random, number: int) -> tuple[str, Lapse]:
    day, past, days = chance.choice("xxy"), chance.random() < 0.5, chance.randint(1, 3)
    text, when = _formula(chance)
    slots = chance.sample("aabbxy", chance.randint(1, 2))
    lines, writes = [], []
    for slot in dict.fromkeys(slots):
        said, value = _written(chance, slot)
        lines.append(f"    {slot}(t) becomes {said} {WHY}")
        writes.append((SLOTS[slot], value))
    head = (
        f'lapse l{number} for "L {number}" with t: Thing {"past" if past else "on"} {day}(t) plus {days} days'
    )
    law = "\n".join((f"{head} when {text}", *lines, ""))
    return law, Lapse(SLOTS[day], days + past, when, tuple(writes))


Deed = tuple[So, tuple[tuple[int, int | None], ...]]


def _deeds(chance: random.Random) -> tuple[str, list[Deed]]:
    (first, may), (second, might) = _formula(chance), _formula(chance)
    first, second = (each.replace("(t)", "(thing)") for each in (first, second))
    slot, (said, value) = "b", _written(chance, "b")
    text = "\n".join(
        (
            f"effect one when act is One\n    a(thing) becomes true {WHY}\n    x(thing) becomes today {WHY}",
            f"effect two when act is Two\n    {slot}(thing) becomes {said} {WHY}",
            f'check c1 for "1" at Desk, reject with R1\n    applies when act is One {WHY}',
            f"    requires {first} {WHY}",
            f'check c2 for "2" at Desk, reject with R2\n    applies when act is Two {WHY}',
            f"    requires {second} {WHY}\n",
        )
    )
    return text, [(may, ((0, True), (2, 0))), (might, ((1, value),))]


def _with(world: World, writes: dict[tuple[int, int], int | None]) -> World:
    return tuple(
        tuple(writes.get((t, slot), old) for slot, old in enumerate(cell)) for t, cell in enumerate(world)
    )


def _older(age: int | None) -> int | None:
    return None if age is None else min(age + 1, OLD)


def _tomorrow(world: World, lapses: list[Lapse]) -> World:
    """The next day: what falls on it happens at once, and reads the day before."""
    older: World = tuple((a, b, _older(x), _older(y)) for a, b, x, y in world)
    writes: dict[tuple[int, int], int | None] = {}
    for lapse, t in product(lapses, range(len(world))):
        if lapse.falls(older, t) and lapse.when(world, t):
            writes |= {(t, slot): value for slot, value in lapse.writes}
    return _with(older, writes)


def _next(world: World, deeds: list[Deed], lapses: list[Lapse]) -> Iterator[World]:
    yield _tomorrow(world, lapses)
    for (may, writes), t in product(deeds, range(len(world))):
        if may(world, t):
            yield _with(world, {(t, slot): value for slot, value in writes})


def _reached(things: int, deeds: list[Deed], lapses: list[Lapse]) -> set[World]:
    start: World = ((False, False, None, None),) * things
    found, waiting = {start}, [start]
    while waiting:
        for world in _next(waiting.pop(), deeds, lapses):
            if world not in found:
                found.add(world)
                waiting.append(world)
    return found


def _comes(world: World, lapses: list[Lapse], so: So, t: int) -> bool:
    """Whether it comes about by nothing but waiting. In the end all days are long past."""
    seen: set[World] = set()
    while world not in seen:
        if so(world, t):
            return True
        seen.add(world)
        world = _tomorrow(world, lapses)
    return False


def _claim(chance: random.Random, reached: set[World], lapses: list[Lapse]) -> tuple[str, bool]:
    """A claim, and whether it is so when it is gone through day by day."""
    everywhere = [(world, t) for world in reached for t in range(len(world))]
    way, days = chance.randrange(3), chance.randint(1, 4)
    given, so = _formula(chance)
    if way == 0:
        return f"always not {given}", not any(so(world, t) for world, t in everywhere)
    if way == 1:
        late = [w[t] for w, t in everywhere if so(w, t)]
        said = f"always {given} and x(t) is present implies today within {days} days after x(t)"
        return said, all(cell[2] is None or cell[2] <= days for cell in late)
    goal, truth = _formula(chance)
    able = all(_comes(world, lapses, truth, t) for world, t in everywhere if so(world, t))
    return f"always, if {given}, then possibly {goal} by time", able


@pytest.mark.parametrize(
    "seed",
    [*with_thorough(range(6), lambda seed: seed in SLOW), *with_long(range(6, 500), lambda _: True)],
)
def test_day_by_day_comes_to_the_same(seed: int) -> None:
    """A random law with lapses is gone through day by day, for two things: its claim is proved if it is so,
    else refuted. Where time or strategies run out there is no verdict; a law in which two lapses may write
    different values is refused, and a story of three things is no matter of two.
    """
    chance = random.Random(f"lapses {seed}")
    text, deeds = _deeds(chance)
    made = [_lapse(chance, number) for number in range(1, chance.randint(1, 3) + 1)]
    lapses = [each for _, each in made]
    claim, so = _claim(chance, _reached(2, deeds, lapses), lapses)
    law = f"{LAW}{text}{''.join(each for each, _ in made)}"
    try:
        found = _decided(law, f"    for t: Thing\n    {claim}")
    except SpecError as error:
        refused = {each.code for each in error.diagnostics}
    else:
        _agrees(found, so, claim, law)
        return
    assert refused == {"two-values"}


def _agrees(found: Result, so: bool, claim: str, law: str) -> None:
    if found.verdict == "unknown":
        return
    things = 0
    if found.verdict == "refuted" and found.evidence is not None and found.evidence.trace is not None:
        things = len(found.evidence.trace.situations[0].things["Thing"])
    if things <= 2:
        assert found.verdict == ("proved" if so else "refuted"), (claim, law)
