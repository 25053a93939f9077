"""Dates in claims: waiting, stories, the second opinion; and random laws, gone through day by day."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from tests.support.load import load
from tests.support.params import with_long

DOMAINS = """
sort Domain
sort User
enum Act: Ask, Take
state asked-on(Domain): optional date "the day on which {1} was asked for"
state gone(Domain) "{1} has [not] gone"
request "{sender} asks {act} {domain}"
    sender: User
    act: Act
    domain: Domain
component Desk
route Desk
version v "v"
start inference "at first": for every d: Domain: not gone(d) and asked-on(d) is absent
effect ask when act is Ask
    asked-on(domain) becomes today inference "the day is written down"
effect take when act is Take
    gone(domain) becomes true inference "it goes"
check once for "1" at Desk, reject with R1
    applies when act is Ask inference "a day stays"
    requires asked-on(domain) is absent inference "so"
check late for "2" at Desk, reject with R2
    applies when act is Take inference "it takes time"
    requires today later than asked-on(domain) plus 5 days inference "so"
"""


def _decided(law: str, claim: str, *, explore: int = 0) -> Result:
    regime = load(law, f'claim 1 a "A."\n    from "1"\n{claim}\n    expect proved in v\n')
    (job,) = jobs_for(regime.claims)
    return Prover(regime, budget=60, explore=explore).decide(job)


def test_a_law_may_call_something_of_its_own_day() -> None:
    """What the passing of time carries is called `day`, which keeps no law from a function of that name."""
    law = DOMAINS.replace("asked-on", "day")
    found = _decided(law, "    for d: Domain\n    possibly day(d) earlier than today by any step")
    assert (found.verdict, found.reason) == ("proved", "")


@pytest.mark.parametrize("seed", range(2))
def test_a_day_that_nobody_writes_is_told_near_those_that_are(seed: int) -> None:
    """Only from the middle to the end of a February with 29 days does the order of the two periods matter: a
    story takes one in a year that the reader knows, and not in the year 4.
    """
    law = DOMAINS + 'fixed came(Domain): date "the day on which {1} came"\n'
    claim = """claim 1 order "The months may as well come first."
    from "1"
    for d: Domain
    always came(d) plus 1 days plus 12 months plus 13 days no later than came(d) plus 14 days plus 12 months
    expect refuted in v
"""
    regime = load(law, claim)
    (job,) = jobs_for(regime.claims)
    found = Prover(regime, budget=60, explore=0, seed=seed).decide(job)
    assert found.verdict == "refuted"
    assert found.evidence.trace is not None
    values = found.evidence.trace.situations[0].values
    (came,) = (date.fromordinal(int(each)) for (function, _), each in values.items() if function == "came")
    assert came.year in {2024, 2028}
    assert (came.month, 14 < came.day < 28) == (2, True)


def test_a_strategy_waits_until_a_day_that_the_law_names() -> None:
    """It is reached by waiting until the sixth day, and not without waiting."""
    goal = "always, if asked-on(d) is present, then possibly gone(d) by a request of u"
    leads = f"    for d: Domain, u: User\n    {goal}"
    found = _decided(DOMAINS, f"{leads} and time")
    assert found.verdict == "proved"
    assert found.evidence is not None
    days = [day for way in found.evidence.ways if (day := way.parameters.get("day")) is not None]
    assert [unparse(each) for each in days] == ["asked-on(d) plus 6 days"]
    assert _decided(DOMAINS, leads).verdict == "refuted"


def test_nothing_was_done_in_the_future() -> None:
    """What is written down on a day is never later than the present one, since no step leads back."""
    claim = "    for d: Domain\n    always asked-on(d) is present implies asked-on(d) no later than today"
    assert _decided(DOMAINS, claim).verdict == "proved"
    assert _decided(DOMAINS, claim.replace("no later", "earlier")).verdict == "refuted"


def test_a_story_waits_as_long_as_it_must() -> None:
    """The story begins on an ordinary day, and waits until the first day on which the request is accepted."""
    found = _decided(DOMAINS, "    for d: Domain\n    always not gone(d)")
    assert found.evidence is not None
    assert found.evidence.trace is not None
    days = [int(str(each.values["today", ()])) for each in found.evidence.trace.situations]
    monday = date(2026, 3, 2).toordinal()
    assert days == [monday, monday, monday + 6, monday + 6]


def test_after_time_has_passed_it_is_later() -> None:
    """`after event time` speaks of the step, and `before today` of the day on which it began."""
    assert (
        _decided(DOMAINS, "    always, after event time: today later than before today").verdict == "proved"
    )
    found = _decided(
        DOMAINS,
        "    always, after any step s: today is before-today".replace("is before-", "no later than before "),
    )
    assert found.verdict == "refuted"


def test_the_second_opinion_says_that_days_are_counted() -> None:
    """Days that are counted from others are too many to explore, and the report says so."""
    found = _decided(DOMAINS, "    for d: Domain\n    always not gone(d)", explore=1 << 16)
    assert found.explored == "not explored: numbers are added, or compared with each other"


def test_the_second_opinion_covers_days_that_are_only_compared_with_written_ones() -> None:
    """A day on each side of those that are written stands for all others."""
    law = DOMAINS.replace(
        "today later than asked-on(domain) plus 5 days", "asked-on(domain) later than 1 May 2026"
    )
    law = law.replace("asked-on(domain) becomes today", "asked-on(domain) becomes 1 June 2026")
    claim = "    for d: Domain\n    always gone(d) implies asked-on(d) later than 1 May 2026"
    found = _decided(law, claim, explore=1 << 16)
    assert found.verdict == "proved"
    assert "agrees" in found.explored


# ------------------------------------------------------------ random laws

World = tuple[int, int | None, int | None, bool, bool]
"""The present day, the dates `a` and `b`, the facts `p` and `q`."""

Worth = Callable[[World], int | None]
Truth = Callable[[World], bool]
START = "2 March 2026"
REACHED, BEYOND = 13, 24  # days that are gone through; and those in which a goal may be reached

LAW = f"""
sort User
enum Act: One, Two
state a: optional date "the first day"
state b: optional date "the second day"
state p "it is [not] begun"
state q "it is [not] done"
request "{{sender}} does {{act}}"
    sender: User
    act: Act
component Desk
route Desk
version v "v"
start inference "at first": today is {START} and a is absent and b is absent and not p and not q
"""


def _date(chance: random.Random) -> tuple[str, Worth]:
    """A date, and what it is in a world: days since the start."""
    name, worth = chance.choice(_NAMED)
    number = chance.randint(1, 3)
    way = chance.randrange(6)
    if way == 0:
        return f"{name} plus {number} days", lambda w: None if (x := worth(w)) is None else x + number
    if way == 1:
        return f"{name} minus {number} days", lambda w: None if (x := worth(w)) is None else x - number
    if way == 2:
        other, others = chance.choice(_NAMED)
        early = chance.random() < 0.5

        def one_of(w: World) -> int | None:
            x, y = worth(w), others(w)
            return None if x is None or y is None else min(x, y) if early else max(x, y)

        return f"{'earliest' if early else 'latest'} of ({name}, {other})", one_of
    return name, worth


_NAMED: list[tuple[str, Worth]] = [
    ("today", lambda w: w[0]),
    ("a", lambda w: w[1]),
    ("b", lambda w: w[2]),
    ("5 March 2026", lambda _w: 3),
]
_ORDERS: dict[str, Callable[[int, int], bool]] = {
    "earlier than": lambda x, y: x < y,
    "later than": lambda x, y: x > y,
    "no earlier than": lambda x, y: x >= y,
    "no later than": lambda x, y: x <= y,
    "is": lambda x, y: x == y,
}


def _compared(one: Worth, other: Worth, order: Callable[[int, int], bool]) -> Truth:
    def truth(world: World) -> bool:
        x, y = one(world), other(world)
        return x is not None and y is not None and order(x, y)

    return truth


def _atom(chance: random.Random) -> tuple[str, Truth]:
    (one, own), (other, others) = _date(chance), _date(chance)
    way, number = chance.randrange(10), chance.randint(1, 4)
    if way == 0:
        return "p", lambda w: w[3]
    if way == 1:
        return "q", lambda w: w[4]
    if way == 2:
        return "a is present", lambda w: w[1] is not None
    if way == 3:
        return (
            f"{one} within {number} days after ({other})",
            _compared(own, others, lambda x, y: y <= x <= y + number),
        )
    if way == 4:
        return (
            f"{one} within {number} days from ({other})",
            _compared(own, others, lambda x, y: y <= x < y + number),
        )
    if way == 5:
        return (
            f"days from ({one}) to ({other}) at least {number} days",
            _compared(own, others, lambda x, y: y - x >= number),
        )
    word = chance.choice(list(_ORDERS))
    return f"{one} {word} {other}", _compared(own, others, _ORDERS[word])


def _formula(chance: random.Random) -> tuple[str, Truth]:
    text, truth = _atom(chance)
    if chance.random() < 0.3:
        inner = truth
        text, truth = f"not ({text})", lambda w: not inner(w)
    if chance.random() < 0.5:
        return f"({text})", truth
    other, also = _atom(chance)
    first = truth
    if chance.random() < 0.5:
        return f"({text} and {other})", lambda w: first(w) and also(w)
    return f"({text} or {other})", lambda w: first(w) or also(w)


Deed = tuple[Truth, Callable[[World], World]]


def _deeds(chance: random.Random) -> tuple[str, list[Deed]]:
    """Two requests, as a law and as what they do to a world."""
    (first, may), (second, might) = _formula(chance), _formula(chance)
    value, worth = chance.choice((("today", _NAMED[0][1]), _date(chance)))
    why = 'inference "so"'
    text = "\n".join(
        (
            f"effect one when act is One\n    a becomes today {why}\n    p becomes true {why}",
            f"effect two when act is Two\n    b becomes {value} {why}\n    q becomes true {why}",
            f'check c1 for "1" at Desk, reject with R1\n    applies when act is One {why}',
            f"    requires {first} {why}",
            f'check c2 for "2" at Desk, reject with R2\n    applies when act is Two {why}',
            f"    requires {second} {why}\n",
        )
    )
    return text, [
        (may, lambda w: (w[0], w[0], w[2], True, w[4])),
        (might, lambda w: (w[0], w[1], worth(w), w[3], True)),
    ]


def _next(world: World, deeds: list[Deed], *, waits: bool = True) -> Iterator[World]:
    """The worlds one request, or one day, later."""
    yield from (done(world) for may, done in deeds if may(world))
    if waits:
        yield (world[0] + 1, *world[1:])


def _reached(starts: set[World], deeds: list[Deed], last: int, *, waits: bool = True) -> set[World]:
    found, waiting = set(starts), list(starts)
    while waiting:
        for world in _next(waiting.pop(), deeds, waits=waits):
            if world not in found and world[0] <= last:
                found.add(world)
                waiting.append(world)
    return found


def _holds(chance: random.Random, deeds: list[Deed]) -> tuple[str, bool]:
    """A claim, and whether it is so when it is gone through day by day."""
    goal, truth = _formula(chance)
    reached = _reached({(0, None, None, False, False)}, deeds, REACHED)
    way = chance.randrange(4)
    if way == 0:
        return f"always {goal}", all(map(truth, reached))
    if way == 1:
        return f"possibly {goal} by requests and time", any(map(truth, reached))
    waits = way == 2
    given, so = _formula(chance)
    cases = [each for each in reached if so(each) and each[0] <= REACHED]
    if not cases:
        return f"always not {given}", True
    able = all(
        any(map(truth, _reached({each}, deeds, each[0] + BEYOND - REACHED, waits=waits))) for each in cases
    )
    steps = "requests and time" if waits else "requests"
    return f"always, if {given}, then possibly {goal} by {steps}", able


@pytest.mark.parametrize("seed", with_long(range(400), lambda seed: seed >= 12))
def test_day_by_day_comes_to_the_same(seed: int) -> None:
    """A random law about two dates is gone through day by day: its claim is proved if it is so, else refuted.
    For what can still happen there may be no end of strategies, and then there is no verdict.
    """
    chance = random.Random(f"days {seed}")
    text, deeds = _deeds(chance)
    claim, so = _holds(chance, deeds)
    found = _decided(f"{LAW}{text}", f"    {claim}")
    if found.verdict == "unknown":
        assert found.reason == "more than 40 strategies are needed"
        assert "then possibly" in claim
    else:
        assert found.verdict == ("proved" if so else "refuted"), (claim, text)
