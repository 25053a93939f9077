"""A situation and a request described by hand: on a command line, or in a small file.

A thing exists once it is mentioned; a sort of which nothing is mentioned has one thing. What is not said is
absent or false; where a decision turns on a value that must be there and was not said, the description is
incomplete.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NoReturn, TypeVar

from checker.interface.remembered_places import asked_of_the_past, remembered_place
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.evaluate import Rules, TwoValues, apply_request, decide, route, value_at, well_formed
from checker.model.expressions import DATE, FACT, Apply, Sort, Variable
from checker.model.mixture import common_model
from checker.model.model import Function, Model
from checker.model.quantities import example_of, in_cell, no_day, wanted, written
from checker.model.rebuild import with_variables
from checker.model.self_maps import SelfMap
from checker.model.situation import Instance, Request, Situation
from checker.model.unparse import unparse
from checker.story.steps_told import decision_places

T = TypeVar("T")

NOTHING: Final = frozenset({"none", "nobody", "nothing", "absent"})
_PLACE: Final = re.compile(r"([^\s(),=]+)\s*(?:\(([^()]*)\))?")
_THING: Final = re.compile(r"[^\s(),=]+")
_TRUTH: Final[Mapping[str, bool]] = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Description:
    """What was said: (place, value) pairs such as (`holder(b)`, `ann`), and the request's parameters."""

    values: tuple[tuple[str, str], ...]
    request: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Draft:
    """A situation in the making."""

    model: Model
    things: dict[str, dict[str, None]] = field(default_factory=dict)
    values: dict[tuple[str, tuple[str, ...]], str | bool] = field(default_factory=dict)
    versions: dict[Instance, str] = field(default_factory=dict)
    said: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)  # also what was said to be absent
    placed: dict[str, dict[str, str | None]] = field(
        default_factory=dict
    )  # in trees: what is directly in what


def described(
    model: Model, rules: Rules, deployed: Mapping[Instance, str], description: Description
) -> tuple[Situation, Request]:
    """Return the situation and the request. Raises SpecError on the first mistake, or if incomplete."""
    draft = _Draft(model, versions=dict(deployed))
    for constant in model.constants.values():
        draft.things.setdefault(constant.sort.name, {})[constant.name] = None
    for place, value in description.values:
        _say(draft, rules, place, value)
    request = _request(draft, description.request)
    for of in model.maps:
        draft.values |= dict.fromkeys(_insides(of, draft.placed.get(of.name, {})), True)
    for sort in model.sorts.values():
        if sort.has_things and not draft.things.get(sort.name):
            draft.things[sort.name] = {sort.name.lower(): None}  # there is always something
    situation = Situation(
        {sort: tuple(things) for sort, things in draft.things.items()}, draft.values, draft.versions
    )
    _report_impossible_past(model, situation, draft)
    if not well_formed(model, situation, request):
        _ill_formed(model, situation, request)
    unsaid = tuple(
        each for each in _unsaid(rules, situation, request) if (each[0].name, each[1]) not in draft.said
    )
    if unsaid:
        raise SpecError(tuple(_incomplete(*each) for each in unsaid))
    return situation, request


# ------------------------------------------------------------------- values


def _say(draft: _Draft, rules: Rules, place: str, value: str) -> None:
    past = remembered_place(draft.model, place)
    if past is not None:
        _keep(draft, place, *past, value)
        return
    found = _PLACE.fullmatch(place.strip())
    if found is None:
        asked = asked_of_the_past(draft.model)
        _mistake("bad-place", f"`{place}` is not a function of things", "name(thing, value)", *asked)
    name = found[1]
    given = [each.strip() for each in found[2].split(",")] if found[2] else []
    if name == "version" and name not in draft.model.functions:
        _deploy(draft, rules, given, value)
        return
    of = next((x for x in draft.model.maps if x.name == name and len(given) == len(x.parameters)), None)
    if of is not None:
        _lead(draft, of, given, value)
        return
    function = _looked_up("function", name, draft.model.functions)
    _keep(draft, place, function, given, value)


def _keep(draft: _Draft, place: str, function: Function, given: Sequence[str], value: str) -> None:
    """Note the value that somebody gives to a function at some things."""
    name = function.name
    if len(given) != len(function.parameters):
        count = len(function.parameters)
        _mistake(
            "wrong-arity", f"`{name}` takes {count} argument{'' if count == 1 else 's'}, not {len(given)}"
        )
    arguments = tuple(
        _element(draft, sort, each) for sort, each in zip(function.parameters, given, strict=True)
    )
    meant = _value(draft, function, value)
    known = function.table.entries if function.table else {}
    if arguments in known and (known[arguments] or None) != (meant or None):
        _mistake("table-says-otherwise", f"`{place}` is `{known[arguments]}` by its table, not `{value}`")
    draft.said.add((name, arguments))
    draft.values.pop((name, arguments), None)
    if meant is not None:
        draft.values[name, arguments] = meant


def _lead(draft: _Draft, of: SelfMap, given: Sequence[str], value: str) -> None:
    """Understand what a tree or a self-map says of things."""
    sorts = [draft.model.sorts[each] for each in (*of.parameters, of.result)]
    things = tuple(_element(draft, *each) for each in zip(sorts, given, strict=False))
    to = None if value in NOTHING else _element(draft, sorts[-1], value)
    if of.inside is not None:
        draft.placed.setdefault(of.name, {})[things[0]] = to
        return
    for place in [place for place in draft.values if place[0] == of.name and place[1][:-1] == things]:
        del draft.values[place]
    if to is not None:
        draft.values[of.name, (*things, to)] = True


def _insides(of: SelfMap, placed: Mapping[str, str | None]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is inside what, of what is directly in what."""
    for thing in placed:
        above = placed[thing]
        seen = {thing}
        while above is not None:
            if above in seen:
                _mistake("circle", f"`{above}` would be inside itself by `{of.name}`")
            seen.add(above)
            yield of.inside or "", (thing, above)
            above = placed.get(above)


def _report_impossible_past(model: Model, situation: Situation, draft: _Draft) -> None:
    """Report what was said of the past that cannot have been, since things are as they are."""
    for name, arguments in sorted(draft.said):
        history = model.functions[name].history
        said = situation.values.get((name, arguments), None)
        if history is None or (value_at(model, situation, name, arguments) or None) == (said or None):
            continue
        given = {v.name: Variable(each, v.sort) for v, each in zip(history.variables, arguments, strict=True)}
        told = unparse(with_variables(Apply("", history.variables, history.sort, history), given))
        value = "true" if said is True else "false" if history.sort == FACT else _on(said)
        message = f"`{told}` cannot be {value}, since things are as they are said to be"
        _mistake("impossible-past", message)


def _on(day: str | bool | None) -> str:
    return written(DATE, day) if isinstance(day, str) else "absent"


def _value(draft: _Draft, function: Function, value: str) -> str | bool | None:
    if function.result == FACT:
        if value not in _TRUTH:
            _mistake("wrong-type", f"`{value}` is not a truth value", *_TRUTH)
        return _TRUTH[value]
    if value in NOTHING and function.optional:
        return None
    return _element(draft, function.result, value)


def _element(draft: _Draft, sort: Sort, name: str) -> str:
    """Return an enum's value, by name or short name; of other sorts, the thing, made if need be."""
    if sort.has_things:
        if not _THING.fullmatch(name) or name in NOTHING:
            _mistake("bad-thing", f"`{name}` does not name a {sort.name}")
        draft.things.setdefault(sort.name, {})[name] = None
        return name
    if sort.is_quantity:
        number = in_cell(name, sort)
        if number is None and sort.is_date:
            why = no_day(name)
            _mistake("wrong-type", f"`{name}` is no date{f': {why}' if why else ''}", wanted(sort))
        if number is None:
            _mistake("wrong-type", f"`{name}` is no number of `{sort.name}`", wanted(sort))
        return number
    declared = draft.model.enums.get(sort.name)
    shorts = declared.shorts if declared else {}
    meant = shorts.get(name, name)
    if meant not in sort.values:
        labels = {} if declared is None else {label: each for each, label in declared.labels.items()}
        known = labels.get(name)
        _looked_up(sort.name, name, {**dict.fromkeys(sort.values), **dict.fromkeys(shorts)}, labelled=known)
    return meant


def _deploy(draft: _Draft, rules: Rules, given: Sequence[str], version: str) -> None:
    """Understand `version(component)`, of all its instances, or `version(component, instance)`."""
    name, *instance = given or [""]
    component = _looked_up("component", name, draft.model.components)
    index = _element(draft, component.index, instance[0]) if component.index and instance else None
    _looked_up("version", version, rules)
    places = [each for each in draft.versions if each[0] == component.name and index in (None, each[1])]
    draft.versions.update(dict.fromkeys(places, version))


def _request(draft: _Draft, given: Iterable[tuple[str, str]]) -> Request:
    declared = {each.name: each for each in draft.model.request}
    values: dict[str, str] = {}
    for name, value in given:
        parameter = _looked_up("parameter", name, declared)
        if value not in NOTHING:
            values[name] = _element(draft, parameter.sort, value)
    return Request(values)


# --------------------------------------------------------------- completeness


class _Noted(Mapping[tuple[str, tuple[str, ...]], str | bool]):
    """Values that note which places are looked up in vain."""

    def __init__(self, values: Mapping[tuple[str, tuple[str, ...]], str | bool]) -> None:
        self.values_ = values
        self.missing: dict[tuple[str, tuple[str, ...]], None] = {}

    def __getitem__(self, place: tuple[str, tuple[str, ...]]) -> str | bool:
        if place not in self.values_:
            self.missing[place] = None
        return self.values_[place]

    def __iter__(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def _unsaid(
    rules: Rules, situation: Situation, request: Request
) -> Iterator[tuple[Function, tuple[str, ...]]]:
    """Yield the places that the answer turns on, that must have a value, and that were not said.

    Those are the places that the route and the effects read, and those that the told reasons of each
    check rest on. A row that its table leaves open must be said, too.
    """
    noted = _Noted(situation.values)
    watched = replace(situation, values=noted)
    route(rules, watched, request)
    decision = decide(rules, situation, request)
    if decision.accepted:
        try:
            apply_request(rules, watched, request)
        except TwoValues as wrong:
            _mistake("two-values", f"{wrong}: the situation is not within the axioms")
    weighed = decision_places(rules, situation, decision)
    places = (place for place, weight in weighed if weight != "if it takes part")
    turned_on = ((each.function, each.arguments) for each in places)
    noted.missing.update(dict.fromkeys(each for each in turned_on if each not in situation.values))
    functions = common_model(rules).functions
    for name, arguments in noted.missing:
        function = functions[name]
        known = function.table is not None and arguments in function.table.entries
        if not known and (function.table is not None or not (function.optional or function.result == FACT)):
            yield function, arguments


def _incomplete(function: Function, arguments: tuple[str, ...]) -> Diagnostic:
    place = f"{function.name}({', '.join(arguments)})" if arguments else function.name
    values = tuple(_TRUTH) if function.result == FACT else function.result.values
    expected = tuple(f"`{each}`" for each in (*values, *(("none",) if function.optional else ())))
    if function.result.is_quantity:
        example, expected = example_of(function.result), (wanted(function.result), *expected)
    else:
        example = values[0] if values else function.result.name.lower()
    return Diagnostic(
        "incomplete",
        f"the answer turns on `{place}`, which was not said",
        None,
        expected=expected,
        notes=(f"say it, for example: --set '{place}={example}'",),
    )


def _ill_formed(model: Model, situation: Situation, request: Request) -> NoReturn:
    """Say which parameter is missing, or is carried though it should not be."""
    for parameter in model.request:
        name = parameter.name
        if name not in request.values:
            if not parameter.optional and parameter.when is None:
                _mistake("ill-formed-request", f"the request must carry `{name}`, a {parameter.sort.name}")
            continue
        without = {key: value for key, value in request.values.items() if key != name}
        if well_formed(model, situation, Request(without)):
            _mistake("ill-formed-request", f"such a request does not carry `{name}`")
    missing = (each.name for each in model.request if each.when is not None)
    unsaid = tuple(f"`{each}`" for each in missing if each not in request.values)
    _mistake("ill-formed-request", "the request does not carry just what such a request must carry", *unsaid)


def _looked_up(kind: str, name: str, valid: Mapping[str, T], *, labelled: str | None = None) -> T:
    """Return what has the name. `labelled`: the name of what has it as its label, which is told if nothing
    has the name.
    """
    if name in valid:
        return valid[name]
    close = [labelled] if labelled is not None else difflib.get_close_matches(name, valid, n=1)
    message = f"there is no {kind} `{name}`"
    expected = () if close else tuple(f"`{each}`" for each in valid)
    notes = () if labelled is None else (f"`{labelled}` has this label",)
    near = close[0] if close else None
    raise SpecError((Diagnostic("unknown-name", message, None, expected, near, notes),))


def _mistake(code: str, message: str, *expected: str) -> NoReturn:
    raise SpecError((Diagnostic(code, message, None, expected=expected),))
