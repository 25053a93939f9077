"""How many things an instance has, and what they are called in a configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.model.expressions import Variable
from checker.model.model import Model
from checker.tla.spelling import lower
from checker.tla.symbol_names import Lexicon, things_sorts

FEW: Final = 2  # senders, unless told otherwise: one to do something, and one to be told from it


def counts_for(model: Model, told: Mapping[str, int], variables: Sequence[Variable]) -> dict[str, int]:
    """Return how many things of each sort there are, named ones apart: as told, else two senders and one of
    each other sort, or as many as a claim has variables.
    """
    sender = next((each.sort.name for each in model.request if not each.sort.is_enum), "")
    found: dict[str, int] = {}
    for sort in things_sorts(model):
        few = FEW if sort.name == sender else 1
        wanted = sum(1 for each in variables if each.sort == sort)
        found[sort.name] = told.get(sort.name, max(few, wanted))
    return found


def things_lines(
    model: Model, lexicon: Lexicon, counts: Mapping[str, int], one: Mapping[str, str]
) -> Iterator[str]:
    """Yield the assignments of a configuration: the things of each sort, and what has a name. `one`: sort ->
    the constant that is its first thing."""
    taken = set(lexicon.constants.values())
    for sort in things_sorts(model):
        base = lower(sort.name)
        while any(f"{base}{number}" in taken for number in range(1, counts[sort.name] + 1)):
            base += "_"
        names = [f"{base}{number}" for number in range(1, counts[sort.name] + 1)]
        named = [lexicon.constants[each.name] for each in model.constants.values() if each.sort == sort]
        yield f"{lexicon.sorts[sort.name]} = {{{', '.join((*names, *named))}}}"
        if sort.name in one:
            yield f"{one[sort.name]} = {names[0]}"
    for name in lexicon.constants.values():
        yield f"{name} = {name}"
    yield "Absent = Absent"
