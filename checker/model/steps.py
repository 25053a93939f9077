"""What happens: well-formed requests, the effects of requests and events, and the replay of stories.

Source: spec/reference.md, "Vocabulary" (requests), "Rules" (effects, events), "Claims" (deployment).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Final

from checker.model.deadline import NEVER, Deadline
from checker.model.environment import Environment, Rules, belongs, members, request_environment
from checker.model.expressions import FACT, Formula, Sort
from checker.model.history import is_start, remembered
from checker.model.meaning import decide, holds, recalled, route, term_value, well_formed
from checker.model.mixture import routing_model
from checker.model.model import Event, Function, Lapse, Model, Update
from checker.model.quantities import is_numeral
from checker.model.situation import Request, Situation, Step, Trace

DEPLOY: Final = "deploy"
"""The event of a deployment step, unless the rules declare an event of this name themselves.

Its arguments are `component`, `version` and, for an instance of an indexed component, `index`.
"""

# --------------------------------------------------------------- well-made


def well_made(model: Model, situation: Situation) -> str | None:
    """Return what is wrong with `situation` as a structure of `model`'s vocabulary, None if nothing.

    Every sort has things; functions that are not optional need a value everywhere; values must be of the
    right sort and must not contradict a table; every component has a version; named constants exist.
    """
    for constant in model.constants.values():
        if constant.name not in situation.things.get(constant.sort.name, ()):
            return f"the constant `{constant.name}` is missing"
    for sort in model.sorts.values():
        if sort.has_things and not situation.things.get(sort.name):
            return f"there is nothing of the sort `{sort.name}`"
    given: dict[str, dict[tuple[str, ...], str | bool]] = {}
    for (name, arguments), value in situation.values.items():
        function = model.functions.get(name)
        if function is None or not _within(function, arguments, situation):
            return f"`{_place(name, arguments)}` is not a place in this vocabulary"
        given.setdefault(name, {})[arguments] = value
    for function in model.functions.values():
        problem = _values_problem(function, given.get(function.name, {}), situation)
        if problem is not None:
            return problem
    for component in model.components.values():
        indices = component.index.values if component.index else (None,)
        for index in indices:
            if (component.name, index) not in situation.versions:
                return f"nothing is deployed at `{component.name}`"
    return None


def _values_problem(
    function: Function, given: Mapping[tuple[str, ...], str | bool], situation: Situation
) -> str | None:
    """What is wrong with the values that are `given` for the function, and with those that are not."""
    known = function.table.entries if function.table else {}
    is_fact, number = function.result == FACT, function.result.is_quantity
    possible = () if is_fact else members(function.result, situation)
    for arguments, value in given.items():
        if arguments in known:
            if value != known[arguments]:
                return f"`{_place(function.name, arguments)}` is not what its table says"
        elif is_fact:
            if not isinstance(value, bool):
                return f"`{_place(function.name, arguments)}` is a fact"
        elif not (_is_number(value) if number else value in possible):
            return f"`{_place(function.name, arguments)}` is not a {function.result.name}"
    if not is_fact and not function.optional:
        for arguments in _places(function.parameters, situation):
            if arguments not in given and arguments not in known:
                return f"`{_place(function.name, arguments)}` has no value"
    return None


def _is_number(value: str | bool) -> bool:
    return isinstance(value, str) and is_numeral(value)


def _places(sorts: tuple[Sort, ...], situation: Situation) -> Iterator[tuple[str, ...]]:
    return product(*(members(each, situation) for each in sorts))


def _within(function: Function, arguments: tuple[str, ...], situation: Situation) -> bool:
    return len(arguments) == len(function.parameters) and all(
        argument in members(sort, situation)
        for argument, sort in zip(arguments, function.parameters, strict=True)
    )


def _place(function: str, arguments: tuple[str, ...]) -> str:
    return f"{function}({', '.join(arguments)})"


# ------------------------------------------------------------------ changes


def apply_request(
    rules: Rules, situation: Situation, request: Request, deadline: Deadline = NEVER
) -> Situation:
    """Return the situation after `request` is accepted, without checking that it is.

    Effects are those of the version deployed at the last component on the route: that is where a
    request is carried out. A request that visits nothing has the effects of the rules that route.
    """
    visited = route(rules, situation, request, deadline)
    model = rules[situation.versions[visited[-1]]] if visited else routing_model(rules, situation)
    env = request_environment(model, situation, request, deadline)
    taken = [each for each in model.effects if each.when is None or holds(each.when, env)]
    return _updated(situation, tuple(update for each in taken for update in each.updates), env)


def event_enabled(
    model: Model,
    situation: Situation,
    event: str,
    arguments: Mapping[str, str],
    rules: Rules | None = None,
    deadline: Deadline = NEVER,
) -> bool:
    """Whether the event may happen with these arguments: they are of the right sorts, and `when` holds.

    Arguments that are not optional must be given. `rules`: those of the versions deployed, for an event whose
    condition depends on the outcome of a request. KeyError if there is no such event.
    """
    declared = model.events[event]
    if not {each.name for each in declared.parameters}.issuperset(arguments):
        return False
    for parameter in declared.parameters:
        value = arguments.get(parameter.name)
        if value is None and not parameter.optional:
            return False
        if value is not None and not belongs(value, parameter.sort, situation):
            return False
    env = replace(_event_environment(model, situation, declared, arguments, deadline), rules=rules or {})
    return declared.when is None or holds(declared.when, env)


def apply_event(
    model: Model, situation: Situation, event: str, arguments: Mapping[str, str], deadline: Deadline = NEVER
) -> Situation:
    """Return the situation after the event, without checking that it may happen."""
    declared = model.events[event]
    env = _event_environment(model, situation, declared, arguments, deadline)
    return _updated(situation, declared.updates, env)


def _event_environment(
    model: Model, situation: Situation, event: Event, arguments: Mapping[str, str], deadline: Deadline
) -> Environment:
    variables = {each.name: arguments.get(each.name) for each in event.parameters}
    return Environment(model, situation, variables=variables, deadline=deadline)


class TwoValues(ValueError):
    """A step would write two values to one cell. No law that loads does that within its axioms."""


def _updated(situation: Situation, updates: tuple[Update, ...], env: Environment) -> Situation:
    """Write all updates at once: everything is read in the old situation. Raises TwoValues."""
    written: dict[tuple[str, tuple[str, ...]], str | bool | None] = {}
    for _, place, value in _writings(updates, env):
        if written.setdefault(place, value) != value:
            raise TwoValues(f"`{_place(*place)}` would have two values after one step")
    values = dict(situation.values)
    for place, new in written.items():
        values.pop(place, None)
        if new is not None and new is not False:
            values[place] = new
    return remembered(env.model, situation, replace(situation, values=values), env.deadline)


def _writings(
    updates: Iterable[Update], env: Environment
) -> Iterator[tuple[Update, tuple[str, tuple[str, ...]], str | bool | None]]:
    """Yield what each update writes, and where."""
    for update in updates:
        for binding in env.choices(update.variables):
            scope = replace(env, variables={**env.variables, **binding})
            if update.where is not None and not holds(update.where, scope):
                continue
            place = _written_place(update, scope)
            if place is not None:
                yield update, place, term_value(update.value, scope)


def lapsed(
    model: Model, situation: Situation, event: str, arguments: Mapping[str, str]
) -> dict[tuple[str, tuple[str, ...]], tuple[Lapse, ...]]:
    """For every place that lapses write when the event happens, these lapses."""
    declared = model.events[event]
    own = {update.span: lapse for lapse in declared.lapses for update in lapse.updates}
    env = _event_environment(model, situation, declared, arguments, NEVER)
    found: dict[tuple[str, tuple[str, ...]], dict[str, Lapse]] = {}
    for update, place, _ in _writings((each for each in declared.updates if each.span in own), env):
        lapse = own[update.span]
        found.setdefault(place, {})[lapse.name] = lapse
    return {place: tuple(each.values()) for place, each in found.items()}


def _written_place(update: Update, scope: Environment) -> tuple[str, tuple[str, ...]] | None:
    """Return the place that is written; None if one of its arguments is absent.

    A function that always has a value keeps the one it has when the new one is absent.
    """
    arguments = tuple(term_value(each, scope) for each in update.arguments)
    present = tuple(each for each in arguments if isinstance(each, str))
    function = scope.model.functions[update.function]
    if len(present) < len(arguments):
        return None
    if not function.optional and term_value(update.value, scope) is None:
        return None
    return update.function, present


def deploy(situation: Situation, arguments: Mapping[str, str]) -> Situation:
    """Return the situation after a deployment step (see `DEPLOY` for its arguments)."""
    component = (arguments["component"], arguments.get("index"))
    return replace(situation, versions={**situation.versions, component: arguments["version"]})


def successor(rules: Rules, situation: Situation, step: Step, deadline: Deadline = NEVER) -> Situation:
    """Return the situation after `step`, which is assumed to be allowed."""
    if step.request is not None:
        return apply_request(rules, situation, step.request, deadline)
    model = routing_model(rules, situation)
    if is_deployment(model, step):
        return deploy(situation, step.arguments)
    return apply_event(model, situation, step.event or "", step.arguments, deadline)


def is_deployment(model: Model, step: Step) -> bool:
    """Whether the step deploys a version at a component."""
    return step.event == DEPLOY and DEPLOY not in model.events


# ------------------------------------------------------------------- replay


def replay(
    rules: Rules, trace: Trace, starts: bool, last_refused: bool = False, deadline: Deadline = NEVER
) -> str | None:
    """Check a story step by step; return None if it can happen, else why not.

    `starts`: the first situation must satisfy `start`. `last_refused`: the last step is a request that
    is refused, and changes nothing; otherwise every request must be accepted. Each situation must be
    well made and within the axioms, each successor exactly the result of the step.
    """
    if len(trace.situations) != len(trace.steps) + 1:
        return "a story has one more situation than steps"
    for number, situation in enumerate(trace.situations):
        problem = situation_problem(rules, situation, deadline)
        if problem is not None:
            return f"situation {number}: {problem}"
    first = trace.situations[0]
    model = routing_model(rules, first)
    if starts and not all(_true(each.formula, rules, first, deadline) for each in model.start):
        return "situation 0: it is not a start"
    if starts and not is_start(model, first, deadline):
        return "situation 0: something has been before the start"
    for number, step in enumerate(trace.steps):
        before, after = trace.situations[number : number + 2]
        refused = last_refused and number == len(trace.steps) - 1
        problem = step_problem(rules, before, step, refused, deadline)
        if problem is not None:
            return f"step {number + 1}: {problem}"
        expected = before if refused else successor(rules, before, step, deadline)
        if not same_situation(expected, after):
            return f"step {number + 1}: it does not lead to situation {number + 1}"
    return None


def situation_problem(rules: Rules, situation: Situation, deadline: Deadline = NEVER) -> str | None:
    """Return what is wrong with a situation: badly made, an unknown version, an axiom that is false."""
    unknown = sorted(set(situation.versions.values()) - set(rules))
    if unknown:
        return f"there is no version `{unknown[0]}`"
    for version in dict.fromkeys(situation.versions.values()):
        problem = well_made(rules[version], situation)
        if problem is not None:
            return problem
    return axiom_broken(rules, situation, deadline)


def axiom_broken(rules: Rules, situation: Situation, deadline: Deadline = NEVER) -> str | None:
    """Return which axiom of the versions deployed is false, None if none is."""
    for version in dict.fromkeys(situation.versions.values()):
        for axiom in rules[version].axioms:
            env = Environment(rules[version], situation, rules=rules, deadline=deadline)
            if not holds(axiom.formula.formula, env):
                return f"the axiom `{axiom.name}` is false"
    return None


def step_problem(
    rules: Rules, before: Situation, step: Step, refused: bool, deadline: Deadline = NEVER
) -> str | None:
    """Return why the step cannot be taken, None if it can. `refused`: it is a request that is refused."""
    model = routing_model(rules, before)
    if step.request is not None:
        if not well_formed(model, before, step.request, deadline):
            return "the request is not well-formed"
        accepted = decide(rules, before, step.request, deadline, failing=True).accepted
        if accepted == refused:
            return "the request is accepted" if accepted else "the request is refused"
        return None
    if is_deployment(model, step):
        return _deployment_problem(rules, before, step)
    if step.event is None or step.event not in model.events:
        return f"there is no event `{step.event}`"
    if not event_enabled(model, before, step.event, step.arguments, rules, deadline):
        return f"the event `{step.event}` cannot happen"
    return None


def _deployment_problem(rules: Rules, before: Situation, step: Step) -> str | None:
    component = (step.arguments.get("component", ""), step.arguments.get("index"))
    if component not in before.versions:
        return f"there is no component `{component[0]}`"
    version = step.arguments.get("version", "")
    if version not in rules:
        return f"there is no version `{version}`"
    return None if before.versions[component] != version else f"`{version}` is deployed there already"


def _true(formula: Formula, rules: Rules, situation: Situation, deadline: Deadline) -> bool:
    model = routing_model(rules, situation)
    return holds(formula, Environment(model, situation, rules=rules, deadline=deadline))


def same_situation(one: Situation, other: Situation) -> bool:
    """Whether two situations are the same; a fact that is listed as false counts as not listed."""
    return (
        {sort: set(things) for sort, things in one.things.items() if things}
        == {sort: set(things) for sort, things in other.things.items() if things}
        and dict(one.versions) == dict(other.versions)
        and {name: days for name, days in one.days_off.items() if days}
        == {name: days for name, days in other.days_off.items() if days}
        and _listed(one) == _listed(other)
    )


def _listed(situation: Situation) -> dict[tuple[str, tuple[str, ...]], str | bool]:
    return {place: value for place, value in situation.values.items() if value is not False}


def value_at(
    model: Model, situation: Situation, function: str, arguments: tuple[str, ...]
) -> str | bool | None:
    """Return the value of a function for named things and values; False or None if there is none."""
    declared = model.functions[function]
    if declared.history is not None:
        return recalled(function, declared.history, arguments, Environment(model, situation))
    table = declared.table
    if table is not None and arguments in table.entries:
        return table.entries[arguments]
    value = situation.values.get((function, arguments))
    return bool(value) if declared.result == FACT else value
