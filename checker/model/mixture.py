"""What models must have in common if one question is about several of them. Versions that are deployed side
by side may differ in checks and effects, which are read in the version of the component that makes the checks
or carries the request out. Everything else is read once, so it must mean the same in each version. Nothing
here depends on the order of the versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from checker.model.clock import TODAY
from checker.model.model import Function, Model
from checker.model.reads import Thing, read_apart, reads, reads_alike, said
from checker.model.situation import Situation


def common_version(rules: Mapping[str, Model]) -> str:
    """The version in which shared parts are read: any would do (see `apart`)."""
    return next(iter(rules))


def common_model(rules: Mapping[str, Model]) -> Model:
    """The model of that version: the vocabulary, definitions, axioms, route and events that all share."""
    return rules[common_version(rules)]


def routing_model(rules: Mapping[str, Model], situation: Situation) -> Model:
    """Return the rules by which requests are routed and events happen: those of the first component.

    That is the version at the first stage of the route, if that component has one instance; otherwise any
    that is deployed, since versions side by side have route, events and start in common, and what a request
    changes that visits no component (see `apart`).
    """
    first = common_model(rules)
    if not first.route:
        return first
    version = situation.versions.get((first.route[0].component, None))
    return first if version is None else rules[version]


def with_the_same_kinds(rules: Mapping[str, Model]) -> Mapping[str, Model]:
    """The models, in which a function that is fixed in one version and changes in another is one that
    changes: the effects of the former leave it as it is.

    Unless a version has a table for it, or remembers what has been or counts days: what that means was worked
    out for each version by itself, by what changes there.
    """
    models = rules.values()
    if len(models) == 1:
        return rules
    if any(TODAY in each.functions or each.maps or any(map(_remembers, _functions(each))) for each in models):
        return rules
    changing = {f.name for each in models for f in _functions(each) if f.state}
    known = {f.name for each in models for f in _functions(each) if f.table is not None or f.arbitrary}
    fixed = {f.name for each in models for f in _functions(each) if not f.state}
    mended = (changing & fixed) - known
    return {name: _changing(each, mended) for name, each in rules.items()} if mended else rules


def _changing(model: Model, names: Iterable[str]) -> Model:
    functions = {
        each: replace(model.functions[each], state=True) for each in names if each in model.functions
    }
    return replace(model, functions={**model.functions, **functions})


def _functions(model: Model) -> Iterable[Function]:
    return model.functions.values()


def _remembers(function: Function) -> bool:
    return function.history is not None


def apart(rules: Mapping[str, Model], *words: object) -> str | None:
    """Why versions side by side are not one law, or give the claim's own `words` different meanings; None if
    they are one law and do not.
    """
    for one, other in combinations(sorted(rules), 2):
        found = next(_apart(rules[one], rules[other], words), None)
        if found is not None:
            return f"{found} in `{one}` and in `{other}`, which are deployed side by side"
    return None


def _apart(one: Model, other: Model, words: tuple[object, ...]) -> Iterator[str]:
    """Yield the differences, each as the beginning of a sentence."""
    if one is other:
        return
    yield from _other_things(one, other)
    for what, same, parts in _in_common(one, other):
        if not same:
            yield f"{what} is not the same"
        thing = read_apart(one, other, *parts, outcomes=False)
        if thing is not None:
            yield f"{what} reads {_called(thing)}, which does not mean the same"
    if not settled(one) and not changes_alike(one, other):
        yield "the effects of a request that visits no component are not the same"
    thing = read_apart(one, other, *words, outcomes=False)
    if thing is not None:
        yield f"the claim reads {_called(thing)}, which does not mean the same"


def changes_alike(one: Model, other: Model) -> bool:
    """Whether they have the same effects with the same meaning, including what the effects read."""
    return said(one.effects) == said(other.effects) and reads_alike(one, other, one.effects, other.effects)


def settled(model: Model) -> bool:
    """Whether it is always determined which version's effects a request has: it visits a component, or the
    first component of the route has one instance, whose version then counts.
    """
    visits = any(stage.when is None and stage.index is None for stage in model.route)
    return visits or (bool(model.route) and model.components[model.route[0].component].index is None)


def _other_things(one: Model, other: Model) -> Iterator[str]:
    """Yield the differences in what situations consist of."""
    for (kind, mine), (_, others) in zip(vocabulary(one), vocabulary(other), strict=True):
        for name in sorted({*mine, *others}):
            if mine.get(name) != others.get(name):
                yield f"the {kind} `{name}` is declared differently"
    for name, function in _own(one):
        if known_places(function) != known_places(other.functions[name]):
            yield f"the table does not leave the same values of `{name}` open"


def vocabulary(model: Model) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield what situations consist of, by kind and name."""
    yield "sort", model.sorts
    yield "constant", {name: said(each) for name, each in model.constants.items()}
    yield "component", {name: said(each) for name, each in model.components.items()}
    yield "function", {name: kind_of(each) for name, each in _own(model)}


def _own(model: Model) -> Iterator[tuple[str, Function]]:
    """The functions of situations, without those that replace doubted words."""
    return ((name, each) for name, each in model.functions.items() if not each.arbitrary)


def kind_of(function: Function) -> object:
    """A function's declaration, without its values."""
    return function.parameters, function.result, function.optional, function.state


def _in_common(one: Model, other: Model) -> Iterator[tuple[str, bool, tuple[object, ...]]]:
    """Yield what is read once for all versions: a description, whether both say the same, and the parts."""
    yield "what a request carries", said(one.request) == said(other.request), (one.request, other.request)
    yield "the route", said(one.route) == said(other.route), (one.route, other.route)
    for name in sorted(one.events.keys() | other.events.keys()):
        events = (one.events.get(name), other.events.get(name))
        yield f"the event `{name}`", said(events[0]) == said(events[1]), events
    axioms = [{each.formula.formula for each in model.axioms} for model in (one, other)]
    for axiom in sorted((*one.axioms, *other.axioms), key=lambda each: each.name):
        yield f"the axiom `{axiom.name}`", all(axiom.formula.formula in each for each in axioms), (axiom,)
    for name in sorted(_remembered(one) | _remembered(other)):
        yield f"what `{name}` asks of the past", True, (one.functions[name].history,)
    starts = [{each.formula for each in model.start} for model in (one, other)]
    yield "where stories start", starts[0] == starts[1], (one.start, other.start)


def _remembered(model: Model) -> set[str]:
    """The functions that remember what has been, as far as the law's own rules read them."""
    made = {name for name, each in model.functions.items() if each.history is not None}
    events = tuple(model.events.values())
    rules = (model.checks, model.effects, events, model.route, model.axioms, model.start)
    return made & reads(model, *rules).functions if made else made


def _called(thing: Thing) -> str:
    return f"the {thing.kind} `{thing.name}`" if thing.name else f"the {thing.kind}"


def opened_apart(one: Model, other: Model, read: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the places of the functions `read` that a table leaves open in one model and not in the other."""
    for name in sorted(one.functions.keys() & other.functions.keys() & set(read)):
        places = known_places(one.functions[name]) ^ known_places(other.functions[name])
        yield from ((name, place) for place in sorted(places))


def known_places(function: Function) -> set[tuple[str, ...]]:
    """The places that are in the function's table."""
    return set() if function.table is None else set(function.table.entries)
