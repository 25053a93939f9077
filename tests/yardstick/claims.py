"""What a claim comes to in a world, by its definition: the shortest story against it, or (of a `possibly`)
for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Steps,
)
from tests.yardstick.comparisons import compared
from tests.yardstick.inquiry import Binding, Inquiry
from tests.yardstick.steps import Step
from tests.yardstick.worlds import Asked, State, Unfit

StateTest: TypeAlias = Callable[[State], bool]
Ways: TypeAlias = Callable[[State], Iterable[State]]


@dataclass(frozen=True, slots=True)
class Found:
    """`story`: the steps of the shortest story that shows a violation (of a `possibly`: its truth), None if
    there is none. `other`: the claim fails in a way that no story of finitely many steps shows.
    """

    story: int | None
    other: bool = False

    @property
    def something(self) -> bool:
        return self.story is not None or self.other


def found_in(asked: Inquiry) -> Found:
    """The claim in the world as it is fixed. Raises Unfit where it is too large, and Clash."""
    statement = asked.statement
    match statement:
        case Always():
            return _somewhere(asked, asked.graph.reached, lambda b: showing(asked, b))
        case AlwaysAfter() | PossiblyAfter():
            return Found(_after(asked, statement))
        case EveryRequest() | SomeRequest():
            return Found(_of_requests(asked, statement))
        case Possibly(steps=steps):
            return Found(least(_reaching(asked, each, steps) for each in asked.bindings))
        case Leads(modality="never"):
            return Found(least(_escape(asked, each, statement) for each in asked.bindings))
        case Leads():
            return Found(least(_stuck(asked, each, statement) for each in asked.bindings))
        case Eventually():
            several = [_impatient(asked, each, statement) for each in asked.bindings]
            return Found(least(each.story for each in several), any(each.other for each in several))
        case Compare() | Difference():
            return Found(0 if compared(asked) else None)


def least(lengths: Iterable[int | None]) -> int | None:
    """The shortest of several stories."""
    return min((each for each in lengths if each is not None), default=None)


def _somewhere(asked: Inquiry, reached: dict[State, int], shows: Callable[[Binding], StateTest]) -> Found:
    tests = [shows(each) for each in asked.bindings]
    found = (length for state, length in reached.items() if any(test(state) for test in tests))
    return Found(next(found, None))


# ---------------------------------------------------------------- what shows what


def showing(asked: Inquiry, binding: Binding) -> StateTest:
    """Whether a state shows the violation (of a `possibly`: the truth) of a claim about states."""
    statement = asked.statement
    match statement:
        case Always(formula=formula):
            said, wanted = asked.test(formula), False
        case Possibly(formula=formula):
            said, wanted = asked.test(formula), True
        case Leads(condition=condition) | Eventually(condition=condition):
            said, wanted = asked.test(condition), True
        case _:
            raise ValueError(f"{type(statement).__name__} is not about states alone")
    return lambda state: said(asked.moment(binding, state)) is wanted and asked.given(binding, state)


def shown_by_request(
    asked: Inquiry, binding: Binding, statement: EveryRequest | SomeRequest, now: State, request: Asked
) -> bool:
    """Whether the request, as things are, shows the violation (or the truth)."""
    if not asked.fits(now, request):
        return False
    m = asked.moment(binding, now, {statement.request: request})
    if isinstance(statement, SomeRequest):
        return asked.test(statement.formula)(m)
    if not asked.test(statement.where)(m) or asked.test(statement.formula)(m):
        return False
    return asked.doing(now, request)


def shown_by_step(
    asked: Inquiry,
    binding: Binding,
    statement: AlwaysAfter | PossiblyAfter,
    now: State,
    step: Step,
    after: State,
) -> bool:
    """Whether the step shows the violation (or the truth)."""
    universal = isinstance(statement, AlwaysAfter)
    kind = statement.kind if isinstance(statement, AlwaysAfter) else "request"
    if step.kind == "deploy" or (kind == "request" and step.kind != "request"):
        return False
    if isinstance(statement, AlwaysAfter) and kind == "event" and step.event != statement.event:
        return False
    request = step.asked if step.kind == "request" else None
    named = {statement.request: request} if statement.request else {}
    if not asked.given(binding, now) or not asked.test(statement.where)(asked.moment(binding, now, named)):
        return False
    m = asked.moment(binding, after, named, now, step)
    return asked.test(statement.formula)(m) is not universal and asked.doing(now, request)


# ------------------------------------------------------------------------- forms


def _after(asked: Inquiry, statement: AlwaysAfter | PossiblyAfter) -> int | None:
    graph = asked.graph
    twice = statement.event if isinstance(statement, AlwaysAfter) and statement.twice else None
    for now, length in graph.reached.items():
        firsts = [now]
        if twice is not None:
            firsts = [after for step, after in graph.ways(now) if step.event == twice]
        for each in firsts:
            for step, after in graph.ways(each):
                if any(shown_by_step(asked, b, statement, each, step, after) for b in asked.bindings):
                    return length + (1 if twice is None else 2)
    return None


def _of_requests(asked: Inquiry, statement: EveryRequest | SomeRequest) -> int | None:
    reached = asked.graph.reached if statement.reachable else dict.fromkeys(asked.graph.all, 0)
    if len(reached) * len(asked.world.makeable) * len(asked.bindings) > asked.work:
        raise Unfit("too many requests in too many states")
    for now, length in reached.items():
        for binding in asked.bindings:
            if asked.given(binding, now) and any(
                shown_by_request(asked, binding, statement, now, each) for each in asked.asked(now)
            ):
                return length
    return None


def counting(asked: Inquiry, binding: Binding, steps: Steps, *, deploying: bool = True) -> Ways:
    """Where the steps that count lead from a state; the changes of versions are among them, if that is asked
    for.
    """
    counts = asked.counts(steps, binding)

    def ways(now: State) -> Iterator[State]:
        for step, after in asked.graph.ways(now):
            if counts(step, now) and (deploying or step.kind != "deploy"):
                yield after

    return ways


def _reaching(asked: Inquiry, binding: Binding, steps: Steps) -> int | None:
    """The steps that count from a start to what is possible."""
    starts = [state for state, length in asked.graph.reached.items() if length == 0]
    return distance(asked, starts, showing(asked, binding), counting(asked, binding, steps, deploying=False))


def distance(asked: Inquiry, starts: list[State], goal: StateTest, ways: Ways) -> int | None:
    """The fewest steps to the goal; changes of versions are not counted."""
    layer = asked.graph.closed(starts)
    seen, length = set(layer), 0
    while layer:
        if any(map(goal, layer)):
            return length
        if len(seen) > asked.world.most:
            raise Unfit("too many states")
        after = dict.fromkeys(target for state in layer for target in ways(state))
        layer = [each for each in asked.graph.closed(list(after)) if each not in seen]
        seen.update(layer)
        length += 1
    return None


def _goal(asked: Inquiry, binding: Binding, statement: Leads | Eventually) -> StateTest:
    said = asked.test(statement.goal)
    return lambda state: said(asked.moment(binding, state))


def _stuck(asked: Inquiry, binding: Binding, statement: Leads) -> int | None:
    """The steps to a state with the condition from which the goal cannot be brought about."""
    shows = showing(asked, binding)
    goal = _goal(asked, binding, statement)
    for state, length in asked.graph.reached.items():
        if shows(state) and not helped(asked, binding, statement, state, goal):
            return length
    return None


def helped(
    asked: Inquiry, binding: Binding, statement: Leads, state: State, goal: StateTest | None = None
) -> bool:
    """Whether a step (or some number of steps) that counts leads to the goal."""
    goal = goal or _goal(asked, binding, statement)
    if statement.modality == "next":
        return any(map(goal, one_step(asked, binding, statement, state)))
    ways = counting(asked, binding, statement.steps, deploying=False)
    return distance(asked, [state], goal, ways) is not None


def one_step(asked: Inquiry, binding: Binding, statement: Leads, state: State) -> Iterator[State]:
    """Where one step that counts leads, by a request in one go from wherever it is."""
    counts = asked.counts(statement.steps, binding)
    for step, after in asked.graph.ways(state):
        if step.kind != "pass" and counts(step, state):
            yield after


def _escape(asked: Inquiry, binding: Binding, statement: Leads) -> int | None:
    """The steps of the shortest story that has the condition and then comes to the goal as asked."""
    has, goal = showing(asked, binding), _goal(asked, binding, statement)
    ways = counting(asked, binding, statement.steps, deploying=False)
    layers: dict[int, list[State]] = {}
    for state, length in asked.graph.reached.items():
        layers.setdefault(length, []).append(state)
    after: dict[State, None] = {}
    seen: set[State] = set()
    length = 0
    while after or length in layers:
        new = asked.graph.closed([state for state in layers.get(length, ()) if has(state)])
        after = {state: None for state in (*asked.graph.closed(list(after)), *new) if state not in seen}
        if any(map(goal, after)):
            return length
        seen |= after.keys()
        after = dict.fromkeys(target for state in after for target in ways(state) if target not in seen)
        length += 1
    return None


# -------------------------------------------------------------------- eventually


def _impatient(asked: Inquiry, binding: Binding, statement: Eventually) -> Found:
    """A violation is a path without the goal, from where it is waited for, on which no request of the kind
    would be accepted any more, or on which such requests are made again and again.
    """
    waits, goal = showing(asked, binding), _goal(asked, binding, statement)
    waiting = {s: n for s, n in asked.graph.reached.items() if not goal(s) and waits(s)}
    story = next((n for s, n in waiting.items() if not just(asked, binding, statement, s)), None)
    ways = counting(asked, binding, statement.steps)
    edges: dict[State, list[State]] = {}
    made: list[tuple[State, State]] = []
    path = list(waiting)
    while path:
        state = path.pop()
        if state in edges:
            continue
        by_justice = just(asked, binding, statement, state)
        made += [(state, after) for after in by_justice if not goal(after)]
        edges[state] = [after for after in (*by_justice, *ways(state)) if not goal(after)]
        path += edges[state]
    stops = any(not just(asked, binding, statement, state) for state in edges)
    return Found(story, stops or any(_leads_back(edges, after, state) for state, after in made))


def just(asked: Inquiry, binding: Binding, statement: Eventually, state: State) -> list[State]:
    """Where requests of the kind that is made again and again lead, if they are accepted."""
    said = asked.test(statement.justice)
    found = []
    for step, after in asked.graph.ways(state):
        if step.kind == "request":
            assert step.asked is not None
            if said(asked.moment(binding, state, {statement.request: step.asked})):
                found.append(after)
    return found


def _leads_back(edges: dict[State, list[State]], start: State, end: State) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        state = waiting.pop()
        if state == end:
            return True
        new = [each for each in edges[state] if each not in seen]
        seen.update(new)
        waiting += new
    return False
