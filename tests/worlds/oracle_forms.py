"""Decides a claim in a concrete world by its definition, going through everything.

AG, EF, AG EX, AG EF, AG not EF, the liveness form under its justice, questions of all requests and all
situations: for every binding of the claim's variables, with the length of the shortest story that shows a
violation (or, for a `possibly`, that shows it true).

The definitions are written out here. Situations, steps and formulas are those of `concrete` and `oracle`,
which ask `checker.model.evaluate`; `yardstick` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
    Steps,
)
from checker.model.situation import Request
from tests.worlds.concrete import Taken
from tests.worlds.oracle import Asked, Binding, Test
from tests.worlds.recall import State

StepTest = Callable[[State, State], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """`story`: steps of the shortest story to a violation (or, for a `possibly`, to what it says), None if
    there is none. `other`: the claim fails in a way that no story of this kind shows.
    """

    story: int | None
    other: bool = False


def decided(asked: Asked) -> Found:
    """The claim in the world, if it is not a comparison. Raises TooMany."""
    statement = asked.claim.statement
    match statement:
        case Always() | Eventually():
            return _eventually(asked, statement) if isinstance(statement, Eventually) else _always(asked)
        case AlwaysAfter() | PossiblyAfter():
            return Found(_after(asked, statement))
        case EveryRequest() | SomeRequest():
            return Found(_of_requests(asked, statement))
        case Possibly():
            lengths = (_reaching(asked, each, statement) for each in asked.bindings)
            return Found(_least(lengths))
        case Leads(modality="never"):
            return Found(_least(_escape(asked, each, statement) for each in asked.bindings))
        case Leads():
            return Found(_least(_stuck(asked, each, statement) for each in asked.bindings))
        case _:
            raise ValueError(f"{type(statement).__name__} is decided elsewhere")


def _least(lengths: Iterable[int | None]) -> int | None:
    return min((each for each in lengths if each is not None), default=None)


def _nearest(asked: Asked, test: Test) -> int | None:
    """The steps to the nearest reachable situation that passes."""
    distance = asked.world.distance
    return next((length for state, length in distance.items() if test(state)), None)


# ------------------------------------------------------------ what shows what


def shows(asked: Asked, binding: Binding, statement: Statement) -> Test:
    """Whether a situation shows the violation (of `possibly`: the truth) of a statement about situations."""
    given = asked.given(binding)
    match statement:
        case Always(formula=formula):
            said = asked.holds(formula, binding)
            return lambda state: not said(state) and given(state)
        case Possibly(formula=formula):
            said = asked.holds(formula, binding)
            return lambda state: said(state) and given(state)
        case Leads(condition=condition):
            said = asked.holds(condition, binding)
            return lambda state: said(state) and given(state)
        case Eventually(condition=condition, goal=goal):
            said, wanted = asked.holds(condition, binding), asked.holds(goal, binding)
            return lambda state: said(state) and not wanted(state) and given(state)
        case _:
            raise ValueError(f"{type(statement).__name__} is not about situations alone")


def shows_of_request(
    asked: Asked, binding: Binding, statement: EveryRequest | SomeRequest, request: Request
) -> Test:
    """Whether a situation shows the violation (or the truth) with this request."""
    name = statement.request
    fits, given = asked.world.fit(request), asked.given(binding)
    said = asked.holds(statement.formula, binding, name, request)
    if isinstance(statement, SomeRequest):
        return lambda state: fits(state) and said(state) and given(state)
    where, by = asked.holds(statement.where, binding, name, request), asked.by_clause(request)
    return lambda state: fits(state) and not said(state) and where(state) and by(state) and given(state)


def shows_by_step(
    asked: Asked, binding: Binding, statement: AlwaysAfter | PossiblyAfter, taken: Taken
) -> StepTest:
    """Whether the step, from one situation to another, shows the violation (or the truth)."""
    universal = isinstance(statement, AlwaysAfter)
    kind = statement.kind if isinstance(statement, AlwaysAfter) else "request"
    if taken.deploys or (kind == "request" and taken.step.request is None):
        return lambda _old, _new: False
    if isinstance(statement, AlwaysAfter) and kind == "event" and taken.step.event != statement.event:
        return lambda _old, _new: False
    name = statement.request
    given = asked.given(binding)
    where = asked.holds(statement.where, binding, name, taken.step.request)
    said = asked.looking_back(statement.formula, binding, name, taken)
    by = asked.by_clause(taken.step.request)
    return lambda old, new: said(old, new) is not universal and where(old) and by(old) and given(old)


# ------------------------------------------------------------------ always


def _always(asked: Asked) -> Found:
    tests = [shows(asked, each, asked.claim.statement) for each in asked.bindings]
    return Found(_nearest(asked, lambda state: any(test(state) for test in tests)))


def _after(asked: Asked, statement: AlwaysAfter | PossiblyAfter) -> int | None:
    twice = statement.event if isinstance(statement, AlwaysAfter) and statement.twice else None
    world = asked.world
    tests = {
        taken: [shows_by_step(asked, each, statement, taken) for each in asked.bindings]
        for taken in asked.world.taken
    }
    for state, length in world.distance.items():
        firsts = {state: None}
        if twice is not None:
            firsts = {after: None for taken, after in world.ways(state) if taken.step.event == twice}
        for old in firsts:
            for taken, new in world.ways(old):
                if any(test(old, new) for test in tests[taken]):
                    return length + (1 if twice is None else 2)
    return None


def _of_requests(asked: Asked, statement: EveryRequest | SomeRequest) -> int | None:
    tests = [shows_of_request(asked, binding, statement, request) for binding, request in asked.pairs]
    if statement.reachable:
        return _nearest(asked, lambda state: any(test(state) for test in tests))
    return 0 if any(test(state) for state in asked.world.situations for test in tests) else None


# ---------------------------------------------------- what can be, what cannot


def ways_that_count(
    asked: Asked, binding: Binding, steps: Steps
) -> Callable[[State], Iterator[tuple[Taken, State]]]:
    """The steps that count from a situation."""
    counts = asked.counts(steps, binding)
    world = asked.world

    def ways(state: State) -> Iterator[tuple[Taken, State]]:
        return ((taken, after) for taken, after in world.ways(state) if counts(taken, state))

    return ways


def _reaching(asked: Asked, binding: Binding, statement: Possibly) -> int | None:
    """The steps that count from a start to what is possible."""
    ways = ways_that_count(asked, binding, statement.steps)
    test = shows(asked, binding, statement)
    starts = [state for state, length in asked.world.distance.items() if length == 0]
    return distance_to(asked, starts, test, ways)


def distance_to(
    asked: Asked,
    starts: Iterable[State],
    test: Test,
    ways: Callable[[State], Iterable[tuple[Taken, State]]],
) -> int | None:
    """The fewest steps from a start to a situation that passes; None if there is no way."""
    layer = asked.world.deploying(starts)
    seen = set(layer)
    length = 0
    while layer:
        if any(test(state) for state in layer):
            return length
        after = asked.world.deploying(target for state in layer for _, target in ways(state))
        layer = {each: None for each in after if each not in seen}
        seen |= layer.keys()
        length += 1
    return None


def _stuck(asked: Asked, binding: Binding, statement: Leads) -> int | None:
    """The steps to a situation with the condition from which the goal cannot be brought about."""
    world = asked.world
    ways = ways_that_count(asked, binding, statement.steps)
    goal = asked.holds(statement.goal, binding)
    bad = shows(asked, binding, statement)
    if statement.modality == "next":
        good = {state for state in world.distance if any(goal(after) for _, after in ways(state))}
    else:
        good = _can_reach(world.distance, goal, ways)
    return _nearest(asked, lambda state: state not in good and bad(state))


def _can_reach(
    states: Iterable[State], goal: Test, ways: Callable[[State], Iterable[tuple[Taken, State]]]
) -> set[State]:
    """The situations from which some number of steps leads to the goal."""
    before: dict[State, list[State]] = {}
    found = {state for state in states if goal(state)}
    for state in states:
        for _, after in ways(state):
            before.setdefault(after, []).append(state)
    waiting = list(found)
    while waiting:
        for state in before.get(waiting.pop(), ()):
            if state not in found:
                found.add(state)
                waiting.append(state)
    return found


def _escape(asked: Asked, binding: Binding, statement: Leads) -> int | None:
    """The steps of the shortest story that has the condition and then comes to the goal as asked."""
    world = asked.world
    ways = ways_that_count(asked, binding, statement.steps)
    goal = asked.holds(statement.goal, binding)
    has = shows(asked, binding, statement)
    layers: dict[int, list[State]] = {}
    for state, length in world.distance.items():
        layers.setdefault(length, []).append(state)
    after: dict[State, None] = {}
    seen: set[State] = set()
    length = 0
    while after or length in layers:
        new = dict.fromkeys(state for state in layers.get(length, ()) if has(state))
        after = {state: None for state in (*after, *new) if state not in seen}
        if any(goal(state) for state in after):
            return length
        seen |= after.keys()
        after = dict.fromkeys(target for state in after for _, target in ways(state) if target not in seen)
        length += 1
    return None


# ---------------------------------------------------------------- eventually


def _eventually(asked: Asked, statement: Eventually) -> Found:
    """A violation is a path without the goal, from where it is waited for, that is just: it ends (or goes on)
    where no request of the kind would be accepted, or such requests are made again and again in a circle.

    `story`: the steps to a situation that waits, and in which no such request would be accepted.
    """
    found = [_impatient(asked, binding, statement) for binding in asked.bindings]
    return Found(_least(each.story for each in found), any(each.other for each in found))


def _impatient(asked: Asked, binding: Binding, statement: Eventually) -> Found:
    world = asked.world
    waits = shows(asked, binding, statement)
    just = just_ways(asked, binding, statement)
    counting = ways_that_count(asked, binding, statement.steps)
    goal = asked.holds(statement.goal, binding)
    story = _nearest(asked, lambda state: waits(state) and not any(True for _ in just(state)))
    path = [state for state in world.distance if waits(state)]
    seen = dict.fromkeys(path)
    edges: dict[State, list[State]] = {}
    made: list[tuple[State, State]] = []
    while path:
        state = path.pop()
        by_justice = [after for _, after in just(state)]
        made += [(state, after) for after in by_justice if not goal(after)]
        edges[state] = [a for a in (*by_justice, *(x for _, x in counting(state))) if not goal(a)]
        new = [after for after in edges[state] if after not in seen]
        path += dict.fromkeys(new)
        seen |= dict.fromkeys(new)
    stops = any(not any(True for _ in just(state)) for state in seen)
    circles = any(_leads_back(edges, after, state) for state, after in made)
    return Found(story, stops or circles)


def _leads_back(edges: dict[State, list[State]], start: State, goal: State) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        state = waiting.pop()
        if state == goal:
            return True
        new = [each for each in edges[state] if each not in seen]
        seen.update(new)
        waiting += new
    return False


def just_ways(
    asked: Asked, binding: Binding, statement: Eventually
) -> Callable[[State], Iterator[tuple[Taken, State]]]:
    """The accepted requests of the kind that is made again and again."""
    world = asked.world
    kinds = {
        taken: asked.holds(statement.justice, binding, statement.request, taken.step.request)
        for taken in asked.world.taken
        if taken.step.request is not None
    }

    def ways(state: State) -> Iterator[tuple[Taken, State]]:
        return (
            (taken, after) for taken, after in world.ways(state) if taken in kinds and kinds[taken](state)
        )

    return ways
