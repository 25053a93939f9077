"""What laws must have in common if a claim compares their decisions on requests. They may differ in rules,
axioms, definitions, tables, and in what a request carries. But one request and one situation must make sense
under all of them. Nothing here depends on the order of the laws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from checker.model.expressions import VERSION
from checker.model.mixture import known_places, opened_apart
from checker.model.model import Function, Model
from checker.model.reads import read_apart, reads


def incomparable(models: Sequence[Model], *words: object) -> str | None:
    """Why no request and situation can make sense under all the laws, as far as their decisions or the
    claim's own `words` read it; None if they can.
    """
    return min(_apart(models, words), default=None)


def widened(model: Model, others: Iterable[Model]) -> Model:
    """The model extended by all functions that the others use, since compared situations have values for
    these, too.
    """
    found: dict[str, Function] = {}
    for each in others:
        found |= _read(each, sorted(deciding(each)))
    missing = {name: function for name, function in found.items() if name not in model.functions}
    return replace(model, functions={**model.functions, **missing}) if missing else model


def unknown_function(model: Model, others: Iterable[Model]) -> str | None:
    """A function that the other laws' decisions read and the model does not have, if there is one."""
    read = frozenset[str]().union(*(deciding(each) for each in others))
    return min(read - model.functions.keys(), default=None)


def deciding(model: Model, *words: object) -> frozenset[str]:
    """The functions that decide what is a request under the law, its outcome, and its route."""
    return reads(model, model.checks, model.route, model.request, model.axioms, *words).functions


def _apart(models: Sequence[Model], words: tuple[object, ...]) -> Iterator[str]:
    yield from _other_sorts(models)
    for name in _unlike([{n: each.sort for n, each in model.constants.items()} for model in models]):
        yield f"the compared columns declare the constant `{name}` differently"
    carried = [{each.name: each.sort for each in model.request} for model in models]
    for name in _unlike(carried, everywhere=False):
        yield f"the compared columns give the request's `{name}` different sorts"
    read = frozenset[str]().union(*(deciding(each, *words) for each in models))
    declared = [{n: _kind(each) for n, each in _read(model, read)} for model in models]
    for name in _unlike(declared, everywhere=False):
        yield f"the compared columns declare the function `{name}` differently"
    for one, other in combinations(models, 2):
        yield from _opened(one, other, read)
        yield from _remembered_apart(one, other, read)


def _opened(one: Model, other: Model, read: frozenset[str]) -> Iterator[str]:
    """Yield the places that one table leaves open and the other does not, and functions that may be absent in
    only one of them.
    """
    for name, place in opened_apart(one, other, read):
        at = f"`{name}` for `{', '.join(place)}`"
        yield f"{at} is open in one of the compared columns and known in another"
    for name in sorted(read & one.functions.keys() & other.functions.keys()):
        functions = one.functions[name], other.functions[name]
        if functions[0].optional != functions[1].optional and not all(map(_closed, functions)):
            yield f"`{name}` may be absent in only some of the compared columns"


def _remembered_apart(one: Model, other: Model, read: frozenset[str]) -> Iterator[str]:
    """Yield what has been, where the words for it do not mean the same: one situation says what has been by
    the one meaning, and not by the other.
    """
    for name in sorted(read & one.functions.keys() & other.functions.keys()):
        thing = read_apart(one, other, one.functions[name].history, outcomes=False)
        if thing is not None:
            yield f"`{name}` reads the {thing.kind} `{thing.name}`, which differs in the compared columns"


def _closed(function: Function) -> bool:
    """Whether the function's table is complete."""
    count = 1
    for each in function.parameters:
        count *= len(each.values) if each.is_enum else 0
    return function.table is not None and len(known_places(function)) == count


def _kind(function: Function) -> object:
    return function.parameters, function.result


def _read(model: Model, names: Iterable[str]) -> Iterator[tuple[str, Function]]:
    """The functions of these names, except those that replace doubted words."""
    found = ((name, model.functions[name]) for name in names if name in model.functions)
    return ((name, each) for name, each in found if not each.arbitrary)


def _other_sorts(models: Sequence[Model]) -> Iterator[str]:
    sorts = [{n: each for n, each in model.sorts.items() if n != VERSION} for model in models]
    yield from (f"the compared columns declare the sort `{name}` differently" for name in _unlike(sorts))


def _unlike(declared: Sequence[Mapping[str, object]], *, everywhere: bool = True) -> Iterator[str]:
    """Yield the names that do not mean the same everywhere; with `everywhere`, all must have them."""
    for name in sorted(frozenset[str]().union(*declared)):
        known = [each[name] for each in declared if name in each]
        if any(each != known[0] for each in known) or (everywhere and len(known) < len(declared)):
            yield name
