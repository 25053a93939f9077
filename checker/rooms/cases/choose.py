"""Chooses few cases that show all goals: an ordinary witness for each goal that no other case shows, and of
these, greedily, those that show most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from checker.rooms.cases.goals import Goal, Visible
from checker.rooms.cases.meaning import Meaning, Sent
from checker.rooms.cases.witnesses import Witness, Witnesses


@dataclass(frozen=True, slots=True)
class Chosen:
    """A request in a situation with all the goals that it shows, and how they can be seen. `needed`: those
    that no case before it shows.
    """

    sent: Sent
    shows: tuple[tuple[Goal, Visible], ...]
    needed: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Covering:
    """What was chosen, and the goals that nothing shows, or of which that is not known."""

    chosen: tuple[Chosen, ...]
    never: tuple[Goal, ...]
    open: tuple[Witness, ...]


def cover(
    looking: Witnesses, goals: Sequence[Goal], known: Iterable[Sent], said: Callable[[int, str], None]
) -> Covering:
    """Choose cases for the goals. `known`: requests that are cases in any event, and show what they show."""
    shown: list[tuple[Sent, tuple[tuple[Goal, Visible], ...]]] = []
    covered: set[str] = set()
    missing: list[Witness] = []

    def add(sent: Sent) -> None:
        found = showing(looking.meaning, sent, goals)
        shown.append((sent, found))
        covered.update(goal.key for goal, how in found if _good(goal, how))

    for each in known:
        add(each)
    count = len(shown)
    for goal in goals:
        if goal.key in covered:
            continue
        found = looking.find(goal, like(goal, goals, covered))
        if found.sent is None:
            missing.append(found)
        else:
            add(found.sent)
            covered.add(goal.key)
        said(len(covered) + len(missing), goal.condition or goal.key.replace("\n", " "))
    never = tuple(each.goal for each in missing if not each.open)
    chosen = _joined(looking, goals, _fewest(shown, count), count)
    return Covering(chosen, never, tuple(each for each in missing if each.open))


def _joined(
    looking: Witnesses, goals: Sequence[Goal], chosen: tuple[Chosen, ...], count: int
) -> tuple[Chosen, ...]:
    """The same with one case in place of two, wherever one can show what two are needed for: those that are
    needed for least first. The first `count` stay.
    """
    kept = list(chosen[count:])
    apart: set[frozenset[str]] = set()
    while (pair := _joining(looking, kept, apart)) is not None:
        one, other = pair
        sent = looking.of_all((*one.needed, *other.needed))
        if sent is None:
            break
        new = Chosen(sent, showing(looking.meaning, sent, goals), (*one.needed, *other.needed))
        kept = [new if each is one else each for each in kept if each is not other]
    found = [(each.sent, each.shows) for each in (*chosen[:count], *kept)]
    return _fewest(found, count)


def _joining(
    looking: Witnesses, kept: Sequence[Chosen], apart: set[frozenset[str]]
) -> tuple[Chosen, Chosen] | None:
    """Two cases of which one would do. `apart`: what no request shows, to which more is added."""
    for other in sorted(kept, key=lambda each: len(each.needed)):
        for one in kept:
            wanted = frozenset(each.key for each in (*one.needed, *other.needed))
            if one is other or wanted in apart:
                continue
            if looking.together((*one.needed, *other.needed)):
                return one, other
            apart.add(wanted)
    return None


def like(goal: Goal, goals: Sequence[Goal], covered: set[str]) -> list[Goal]:
    """The goals of the same kind and answer that one case may show together, of the same condition first."""
    others = [
        each
        for each in goals
        if each is not goal
        and each.key not in covered
        and each.kind == goal.kind
        and each.fails == goal.fails
    ]
    if goal.kind != "condition":
        return []
    return sorted(others, key=lambda each: (each.condition, each.words) != (goal.condition, goal.words))


def showing(meaning: Meaning, sent: Sent, goals: Sequence[Goal]) -> tuple[tuple[Goal, Visible], ...]:
    """The goals that a request shows, well enough for the tests that need them, and how that can be seen."""
    found: list[tuple[Goal, Visible]] = []
    for goal in goals:
        if not meaning.holds(goal.weakest, sent):
            continue
        visible = next(each for each, formula in goal.ways if meaning.holds(formula, sent))
        found.append((goal, visible))
    return tuple(found)


def _fewest(shown: Sequence[tuple[Sent, tuple[tuple[Goal, Visible], ...]]], count: int) -> tuple[Chosen, ...]:
    """The first `count`, and of the others as few as show the rest: each time the one that shows most."""
    best = _best(shown)
    useful = [
        [(goal, how) for goal, how in found if best[goal.key] is _good(goal, how)] for _, found in shown
    ]
    left = set(best)
    chosen: list[Chosen] = []

    def choose(number: int) -> None:
        needed = tuple(goal for goal, _ in useful[number] if goal.key in left)
        left.difference_update(goal.key for goal in needed)
        chosen.append(Chosen(shown[number][0], shown[number][1], needed))

    for number in range(count):
        choose(number)
    rest = list(range(count, len(shown)))
    while left:
        sizes = {number: sum(goal.key in left for goal, _ in useful[number]) for number in rest}
        number = max(rest, key=lambda each: (sizes[each], -each))
        rest.remove(number)
        choose(number)
    return tuple(chosen)


def _good(goal: Goal, how: Visible) -> bool:
    """Whether it can be seen where it is to be tested."""
    return how == "end to end" or (how == "at the component" and goal.level == "component")


def _best(shown: Sequence[tuple[Sent, tuple[tuple[Goal, Visible], ...]]]) -> dict[str, bool]:
    """Of each goal that is shown, whether some case lets it be seen."""
    best: dict[str, bool] = {}
    for _, found in shown:
        for goal, how in found:
            best[goal.key] = best.get(goal.key, False) or _good(goal, how)
    return best
