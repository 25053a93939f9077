"""Orders of switching as ways through the lattice of mixtures, against all permutations."""

from __future__ import annotations

from itertools import permutations
from math import factorial

from hypothesis import given
from hypothesis import strategies as some

from checker.rooms.rollout.first_harm import first_harms
from checker.rooms.rollout.lattice import Lattice, on


def lattice(size: int, harmful: set[int], unknown: frozenset[int] = frozenset()) -> Lattice:
    """The lattice in which all but some mixtures are harmless."""
    return Lattice(size, frozenset(range(1 << size)) - harmful - unknown, frozenset(harmful))


def passed(order: tuple[int, ...]) -> list[int]:
    """Every mixture that an order comes to, the first one included."""
    return [sum(1 << each for each in order[:count]) for count in range(len(order) + 1)]


@given(
    some.integers(1, 4).flatmap(
        lambda size: some.tuples(some.just(size), some.sets(some.integers(0, (1 << size) - 1)))
    )
)
def test_orders_are_counted_as_they_are_listed(given_: tuple[int, set[int]]) -> None:
    """Going through every permutation gives the same safe orders, and the same first harms."""
    size, harmful = given_
    found = lattice(size, harmful)
    safe = [order for order in permutations(range(size)) if not harmful.intersection(passed(order))]
    assert list(found.safe_orders()) == safe
    assert (found.safe, found.unsafe) == (len(safe), factorial(size) - len(safe))
    back = [order for order in permutations(range(size)) if order[::-1] in safe]
    assert list(found.backwards.safe_orders()) == back
    pairs = {(a, b) for a, b in permutations(range(size), 2) if all(s.index(a) < s.index(b) for s in safe)}
    keeping = [o for o in permutations(range(size)) if all(o.index(a) < o.index(b) for a, b in pairs)]
    if safe:
        assert found.constraints == pairs
    assert found.exact == (bool(safe) and keeping == safe)
    if 0 not in harmful:
        first = [
            next(m for m in passed(order) if m in harmful)
            for order in permutations(range(size))
            if order not in safe
        ]
        entries = list(found.entries())
        assert {each: first.count(each) for each in first} == {
            each: sum(e.orders for e in entries if e.entered == each) for each in {e.entered for e in entries}
        }
        classes = first_harms(found, lambda _mixture: "harm")
        assert sorted(e for each in classes for e in map(repr, each.entries)) == sorted(map(repr, entries))


@given(some.sets(some.integers(1, 14)))
def test_what_is_said_of_first_harms_is_so(harmful: set[int]) -> None:
    """A condition on other switches holds where the step begins a harm, and nowhere else that is reached."""
    found = lattice(4, harmful)
    for each in first_harms(found, lambda _mixture: "harm"):
        for switch in each.switches:
            begins = {entry.before for entry in each.entries if entry.switch == switch}
            for mixture in found.mixtures:
                off = found.all_on ^ mixture
                if mixture >> switch & 1 or not found.backwards.ways_on(off, open_ones=True):
                    continue
                said = {
                    "always": True,
                    "off": bool(each.which - set(on(mixture))),
                    "on": bool(each.which & set(on(mixture))),
                    "listed": mixture in begins,
                }[each.when]
                assert said == (mixture in begins)


def test_layers() -> None:
    """One, two and three in any order, then nought: nought is harmful before any of them."""
    found = lattice(4, {each for each in range(15) if each & 1})
    assert found.layers == ((1, 2, 3), (0,))
    assert found.backwards.layers == ((0,), (1, 2, 3))
    assert [(each.when, each.which) for each in first_harms(found, lambda _mixture: 0)] == [
        ("off", frozenset({1, 2, 3}))
    ]
    assert found.escapes(0b0111) == ((0,), (3,))


def test_an_order_that_is_no_row_of_layers() -> None:
    """Nought before one, and two whenever: three orders that one constraint describes."""
    found = lattice(3, {0b010, 0b110})
    assert (found.safe, found.exact, found.layers, found.direct) == (3, True, (), ((0, 1),))


def test_orders_that_no_constraints_describe() -> None:
    """There and back: of two orders, one is the other turned round, so nothing comes before anything."""
    found = lattice(3, {0b010, 0b101})
    assert (0, 1, 2) in list(found.safe_orders())
    assert (2, 1, 0) in list(found.safe_orders())
    assert (found.constraints, found.exact, found.layers) == (frozenset(), False, ())


def test_what_is_not_known_is_neither_safe_nor_unsafe() -> None:
    """An order through a mixture of which nothing is known is in neither count."""
    found = lattice(2, {0b01}, frozenset({0b10}))
    assert (found.safe, found.unsafe, found.orders) == (0, 1, 2)


def test_direct_constraints_leave_out_those_that_follow() -> None:
    """Of nought before one before two, the third pair follows."""
    found = lattice(3, {each for each in range(8) if each not in (0, 1, 3, 7)})
    assert found.constraints == {(0, 1), (1, 2), (0, 2)}
    assert found.direct == ((0, 1), (1, 2))
    assert found.layers == ((0,), (1,), (2,))
