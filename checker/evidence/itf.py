"""Stories as ITF, the JSON form of traces that Apalache, Quint and their viewers read; and back.

A function is a map from its arguments (a tuple if there are several) to its values; a fact is the set of
arguments for which it holds; absent values are not listed. `#meta` of a state describes the step that led
there: who did what, and the outcome of every check on the way. Source: Apalache ADR 015 (see `FORMAT`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, cast

from checker.model.evaluate import Decision, Rules, decide
from checker.model.expressions import FACT
from checker.model.model import Function, Model
from checker.model.situation import Instance, Request, Situation, Step, Trace
from checker.model.under_way import flight_of, let_pass
from checker.question.verdict import Evidence
from checker.story.given_names import Names, sender_sort
from checker.story.sentences import event_sentence, flight_sentence, passing_sentence

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
Object: TypeAlias = Mapping[str, Json]

VERSIONS: Final = "versions deployed"  # the name of their variable; names of functions contain no space
DAYS_OFF: Final = "days off"  # the name of a parameter: for each calendar, days that are no working days
FORMAT: Final = "https://apalache-mc.org/docs/adr/015adr-trace.html"


class NoTrace(Exception):
    """A document is not a trace of this kind; the message says why."""


# -------------------------------------------------------------------- writing


def to_itf(description: str, names: Names, rules: Rules, evidence: Evidence, *, stays: bool) -> Object:
    """The evidence's story as a document. `names`: the names of its things. `stays`: nothing need ever happen
    after its last situation, so it is a lasso. ValueError without a story.
    """
    trace = evidence.trace
    if trace is None:
        raise ValueError("there is no story")
    model = names.model
    steps = (None, *trace.steps)
    before = (trace.situations[0], *trace.situations)
    listed = {function for function, _ in trace.situations[0].values}
    fixed = [
        each.name
        for each in model.functions.values()
        if not each.state and (each.table is None or each.name in listed)
    ]
    off = trace.situations[0].days_off
    changing = [each.name for each in model.functions.values() if each.state]
    return {
        "#meta": {
            "format": "ITF",
            "format-description": FORMAT,
            "description": description,
            "things": {sort: list(things) for sort, things in trace.situations[0].things.items()},
            "names": {thing: name for (_, thing), name in names.things.items()},
            "binding": dict(evidence.binding),
            "requests": {name: dict(each.values) for name, each in evidence.requests.items()},
            **({} if evidence.attempt is None else {"attempt": dict(evidence.attempt.values)}),
        },
        "params": [*fixed, *([DAYS_OFF] if off else [])],
        "vars": [*changing, VERSIONS],
        **({"loop": len(trace.situations) - 1} if stays else {}),
        "states": [
            {
                "#meta": {
                    "index": number,
                    **({} if step is None else step_meta(names, rules, before[number], step)),
                },
                **{name: _value(model.functions[name], situation) for name in (*fixed, *changing)},
                **({DAYS_OFF: _days_off(off)} if off else {}),
                VERSIONS: _map((_component(at), version) for at, version in situation.versions.items()),
            }
            for number, (step, situation) in enumerate(zip(steps, trace.situations, strict=True))
        ],
    }


def step_meta(names: Names, rules: Rules, before: Situation, step: Step) -> Object:
    """The description of the step that led to a state: who did what, and the outcome of each check."""
    if flight_of(names.model, step) is not None:
        decision = let_pass(rules, names.model, before, step)
        return {
            "step": {"event": step.event, "arguments": dict(step.arguments)},
            "action": passing_sentence(names, before, decision),
            "checks": list(checks_meta(decision)),
        }
    if step.request is None:
        given = {"event": step.event, "arguments": dict(step.arguments)}
        return {"step": given, "action": event_sentence(names, step)}
    sort = sender_sort(names.model)
    sender = next(each.name for each in names.model.request if each.sort == sort)
    party = step.request.values.get(sender)
    return {
        "step": {"request": dict(step.request.values)},
        "action": flight_sentence(names, before, step.request),
        "party": None if party is None or sort is None else names.of(sort, party),
        "checks": list(checks_meta(decide(rules, before, step.request))),
    }


def checks_meta(decision: Decision) -> Iterator[Object]:
    """Every check on the route: its clause, its outcome, and the code if it refuses."""
    for stage in decision.stages:
        for each in stage.checks:
            exempting = [limb.limb.clause for limb in each.exempting]
            outcome = "refuses" if each.fails else "exempted" if each.would_fail else "passes"
            yield {
                "component": _component(each.component),
                "version": stage.version,
                "reached": stage.reached,
                "check": each.check.name,
                "clause": each.check.clause,
                "outcome": outcome,
                **({"by": exempting} if outcome == "exempted" else {}),
                **({"code": each.check.code} if outcome == "refuses" else {}),
            }


def _component(instance: Instance) -> Json:
    return instance[0] if instance[1] is None else {"#tup": list(instance)}


def _arguments(arguments: tuple[str, ...]) -> Json:
    return arguments[0] if len(arguments) == 1 else {"#tup": list(arguments)}


def _map(pairs: Iterator[tuple[Json, Json]]) -> Object:
    return {"#map": [[key, value] for key, value in pairs]}


def _value(function: Function, situation: Situation) -> Json:
    entries = sorted(
        (arguments, value) for (name, arguments), value in situation.values.items() if name == function.name
    )
    if function.result == FACT:
        return {"#set": [_arguments(arguments) for arguments, value in entries if value is True]}
    return _map((_arguments(arguments), _stored(function, value)) for arguments, value in entries)


def _days_off(off: Mapping[str, tuple[int, ...]]) -> Object:
    return _map((name, {"#set": [{"#bigint": str(each)} for each in days]}) for name, days in off.items())


def _stored(function: Function, value: str | bool) -> Json:
    """A value; a number as ITF has it."""
    return {"#bigint": value} if function.result.is_quantity and isinstance(value, str) else value


def _loaded(function: Function, stored: Json) -> str:
    return _string(_object(stored)["#bigint"] if function.result.is_quantity else stored)


# -------------------------------------------------------------------- reading


def from_itf(document: Json, model: Model) -> Evidence:
    """The story of a document that `to_itf` has written. Raises NoTrace."""
    try:
        return _evidence(_object(document), model)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as wrong:
        raise NoTrace(f"it is not a trace: {type(wrong).__name__} {wrong}") from wrong


def _evidence(document: Object, model: Model) -> Evidence:
    meta = _object(document["#meta"])
    things = {sort: tuple(map(str, _list(names))) for sort, names in _object(meta["things"]).items()}
    states = [_object(each) for each in _list(document["states"])]
    situations = tuple(_situation(each, things, model) for each in states)
    steps = tuple(_step(_object(_object(each["#meta"])["step"])) for each in states[1:])
    requests = {name: Request(_strings(each)) for name, each in _object(meta["requests"]).items()}
    attempt = Request(_strings(meta["attempt"])) if "attempt" in meta else None
    return Evidence(
        trace=Trace(situations, steps),
        binding=_strings(meta["binding"]),
        requests=requests,
        attempt=attempt,
    )


def _situation(state: Object, things: Mapping[str, tuple[str, ...]], model: Model) -> Situation:
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {}
    for function in model.functions.values():
        if function.name not in state:
            continue
        stored = _object(state[function.name])
        if function.result == FACT:
            values |= {(function.name, _read_arguments(each)): True for each in _list(stored["#set"])}
        else:
            pairs = (_list(each) for each in _list(stored["#map"]))
            values |= {(function.name, _read_arguments(key)): _loaded(function, each) for key, each in pairs}
    versions: dict[Instance, str] = {}
    for pair in _list(_object(state[VERSIONS])["#map"]):
        key, version = _list(pair)
        name, *index = _read_arguments(key)
        versions[name, index[0] if index else None] = _string(version)
    return Situation(things, values, versions, _read_days_off(state))


def _read_days_off(state: Object) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for pair in _list(_object(state[DAYS_OFF])["#map"]) if DAYS_OFF in state else ():
        name, days = _list(pair)
        known = (int(_string(_object(each)["#bigint"])) for each in _list(_object(days)["#set"]))
        found[_string(name)] = tuple(sorted(known))
    return found


def _step(given: Object) -> Step:
    if "request" in given:
        return Step("request", request=Request(_strings(given["request"])))
    return Step("event", event=_string(given["event"]), arguments=_strings(given["arguments"]))


def _read_arguments(stored: Json) -> tuple[str, ...]:
    if isinstance(stored, str):
        return (stored,)
    return tuple(map(_string, _list(_object(stored)["#tup"])))


def _object(value: Json) -> Object:
    if not isinstance(value, Mapping):
        raise TypeError("an object was expected")
    return value


def _list(value: Json) -> Sequence[Json]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return cast("Sequence[Json]", value)


def _string(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _strings(value: Json) -> Mapping[str, str]:
    return {name: _string(each) for name, each in _object(value).items()}
