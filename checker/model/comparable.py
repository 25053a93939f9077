"""What laws must have in common where a claim compares what they make of requests.

They may differ in rules, axioms, definitions, tables, in what a request carries. A request and a situation
must be able to be the same thing for all of them, though. Nothing here depends on the order of the laws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from checker.model.expressions import VERSION
from checker.model.mixture import known_places, opened_apart
from checker.model.model import Function, Model
from checker.model.reads import reads


def incomparable(models: Sequence[Model], *words: object) -> str | None:
    """Why no request and situation is the same thing for all the laws, as far as they decide by it or the
    claim's own `words` read it; None if one can be.
    """
    return min(_apart(models, words), default=None)


def widened(model: Model, others: Iterable[Model]) -> Model:
    """The model with all functions that the others use: situations that are compared have values for these,
    too.
    """
    found: dict[str, Function] = {}
    for each in others:
        found |= _read(each, sorted(deciding(each)))
    missing = {name: function for name, function in found.items() if name not in model.functions}
    return replace(model, functions={**model.functions, **missing}) if missing else model


def unknown_function(model: Model, others: Iterable[Model]) -> str | None:
    """A function by which others decide and that the model does not have, if there is one."""
    read = frozenset[str]().union(*(deciding(each) for each in others))
    return min(read - model.functions.keys(), default=None)


def deciding(model: Model, *words: object) -> frozenset[str]:
    """The functions by which a law decides what is a request, what becomes of it, and where."""
    return reads(model, model.checks, model.route, model.request, model.axioms, *words).functions


def _apart(models: Sequence[Model], words: tuple[object, ...]) -> Iterator[str]:
    yield from _other_sorts(models)
    for name in _unlike([{n: each.sort for n, each in model.constants.items()} for model in models]):
        yield f"the constant `{name}` is not declared alike in the columns compared"
    carried = [{each.name: each.sort for each in model.request} for model in models]
    for name in _unlike(carried, everywhere=False):
        yield f"the request's `{name}` is not of one sort in the columns compared"
    read = frozenset[str]().union(*(deciding(each, *words) for each in models))
    declared = [{n: _kind(each) for n, each in _read(model, read)} for model in models]
    for name in _unlike(declared, everywhere=False):
        yield f"the function `{name}` is not declared alike in the columns compared"
    for one, other in combinations(models, 2):
        yield from _opened(one, other, read)


def _opened(one: Model, other: Model, read: frozenset[str]) -> Iterator[str]:
    """Yield the places that one table leaves open and the other does not; or where both do, and the value
    may be absent by one of them only.
    """
    for name, place in opened_apart(one, other, read):
        at = f"`{name}` for `{', '.join(place)}`"
        yield f"{at} is open in one of the columns compared, and known in the other"
    for name in sorted(read & one.functions.keys() & other.functions.keys()):
        functions = one.functions[name], other.functions[name]
        if functions[0].optional != functions[1].optional and not all(map(_closed, functions)):
            yield f"`{name}` may be absent in some of the columns compared only"


def _closed(function: Function) -> bool:
    """Whether the function's table says all of it."""
    count = 1
    for each in function.parameters:
        count *= len(each.values) if each.is_enum else 0
    return function.table is not None and len(known_places(function)) == count


def _kind(function: Function) -> object:
    return function.parameters, function.result


def _read(model: Model, names: Iterable[str]) -> Iterator[tuple[str, Function]]:
    """The functions of these names, but for what stands in for words that are left out."""
    found = ((name, model.functions[name]) for name in names if name in model.functions)
    return ((name, each) for name, each in found if not each.arbitrary)


def _other_sorts(models: Sequence[Model]) -> Iterator[str]:
    sorts = [{n: each for n, each in model.sorts.items() if n != VERSION} for model in models]
    yield from (f"the sort `{name}` is not declared alike in the columns compared" for name in _unlike(sorts))


def _unlike(declared: Sequence[Mapping[str, object]], *, everywhere: bool = True) -> Iterator[str]:
    """Yield the names that do not mean the same in all; unless `everywhere`, some may not have them."""
    for name in sorted(frozenset[str]().union(*declared)):
        known = [each[name] for each in declared if name in each]
        if any(each != known[0] for each in known) or (everywhere and len(known) < len(declared)):
            yield name
