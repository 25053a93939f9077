"""Worlds of a few things: what there is, which values the functions may have, which requests can be made.

A thing is named by a string, and `None` stands for what is absent. A state is a triple: the value of every
place that may change (a function at arguments), the version deployed at every component, and the requests
under way.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import Protocol, TypeAlias

from checker.model.expressions import FACT, Sort
from checker.model.model import Function, Model, RequestParameter

Worth: TypeAlias = str | bool | None
Place: TypeAlias = tuple[str, tuple[str, ...]]
Asked: TypeAlias = tuple[int, int]  # the number of a request, and how many stops of the route are behind it


class Values(Protocol):
    """The value of each place, by its number."""

    def __getitem__(self, place: int, /) -> Worth: ...
    def __iter__(self) -> Iterator[Worth]: ...
    def __len__(self) -> int: ...


State: TypeAlias = tuple[Values, tuple[str, ...], tuple[Asked, ...]]
Instance: TypeAlias = tuple[str, str | None]


class Unfit(Exception):
    """The versions have no world in common, or the world is too large to be gone through."""


def things_in(models: Sequence[Model], counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The things of every uninterpreted sort: so many that nothing names, and the constants."""
    found: dict[str, tuple[str, ...]] = {}
    for sort in models[0].sorts.values():
        if not sort.is_enum and sort != FACT:
            named = {c.name: None for model in models for c in model.constants.values() if c.sort == sort}
            own = tuple(f"{sort.name} {number}" for number in range(1, counts.get(sort.name, 0) + 1))
            found[sort.name] = (*own, *named)
    if not all(found.values()):
        raise Unfit("a sort is empty")
    return found


def sizes(models: Sequence[Model], most: int) -> Iterator[dict[str, int]]:
    """How many things that nothing names there are, the smaller worlds first."""
    names = [s.name for s in models[0].sorts.values() if not s.is_enum and s != FACT]
    named = {c.sort.name for model in models for c in model.constants.values()}
    choices = [range(0 if name in named else 1, most + 1) for name in names]
    for counts in sorted(product(*choices), key=sum):
        yield dict(zip(names, counts, strict=True))


class World:
    """So many things of each sort, for the rules of some versions side by side.

    `tables` has, for every model by its number, the values of its fixed functions; they are set by `fix`.
    """

    def __init__(self, models: Sequence[Model], things: Mapping[str, tuple[str, ...]], most: int) -> None:
        """`most`: how many states are worth going through."""
        self.models, self.things, self.most = tuple(models), things, most
        self.functions = _merged(models)
        self.places: list[Place] = []
        self.domains: list[tuple[Worth, ...]] = []
        self.open: list[Place] = []
        self.open_domains: list[tuple[Worth, ...]] = []
        self.tables: list[dict[str, dict[tuple[Worth, ...], Worth]]] = [{} for _ in models]
        for function in self.functions.values():
            self._place(function)
        self.index: dict[str, dict[tuple[Worth, ...], int]] = {name: {} for name in self.functions}
        for number, (name, at) in enumerate(self.places):
            self.index[name][at] = number
        self.size = prod(map(len, self.domains))
        self.parameters = _parameters(models)
        self.requests: list[dict[str, Worth]] = []
        self.number_of: dict[tuple[Worth, ...], int] = {}
        self._requests()

    def members(self, sort: Sort) -> tuple[str, ...]:
        """The things of a sort."""
        return sort.values if sort.is_enum else self.things[sort.name]

    def _place(self, function: Function) -> None:
        domain: tuple[Worth, ...] = (False, True)
        if function.result != FACT:
            domain = self.members(function.result) + ((None,) if function.optional else ())
        for at in product(*map(self.members, function.parameters)):
            if function.state:
                self.places.append((function.name, at))
                self.domains.append(domain)
                continue
            for number, model in enumerate(self.models):
                table = _table(model, function.name)
                if at in table:
                    self.tables[number].setdefault(function.name, {})[at] = table[at]
            if not all(at in _table(model, function.name) for model in self.models):
                self.open.append((function.name, at))
                self.open_domains.append(domain)

    def fix(self, values: Sequence[Worth]) -> None:
        """Give the places of fixed functions these values, where a version's table leaves them open."""
        for model, table in zip(self.models, self.tables, strict=True):
            for (name, at), value in zip(self.open, values, strict=True):
                if at not in _table(model, name):
                    table.setdefault(name, {})[at] = value

    def valuations(self, limit: int, chance: random.Random) -> Iterator[tuple[Worth, ...]]:
        """All values that the open places may have; a random choice of them where there are too many."""
        count = prod(map(len, self.open_domains))
        if count <= limit:
            yield from product(*self.open_domains)
            return
        for _ in range(limit):
            yield tuple(chance.choice(domain) for domain in self.open_domains)

    def values(self) -> Iterator[tuple[Worth, ...]]:
        """All values of the places that may change. Raises Unfit if there are too many."""
        if self.size > self.most:
            raise Unfit("too many states")
        yield from product(*self.domains)

    def _requests(self) -> None:
        choices = []
        for parameter in self.parameters:
            always = not parameter.optional and parameter.when is None
            choices.append(self.members(parameter.sort) + (() if always else (None,)))
        if prod(map(len, choices)) > self.most:
            raise Unfit("too many requests")
        names = [each.name for each in self.parameters]
        for number, chosen in enumerate(islice(product(*choices), self.most)):
            self.requests.append(dict(zip(names, chosen, strict=True)))
            self.number_of[chosen] = number
        self.makeable = range(len(self.requests))

    def request(self, values: Mapping[str, Worth]) -> int:
        """The number of the request that carries this; a new one if nobody could make it."""
        chosen = tuple(values.get(each.name) for each in self.parameters)
        if chosen not in self.number_of:
            self.number_of[chosen] = len(self.requests)
            self.requests.append(
                {each.name: value for each, value in zip(self.parameters, chosen, strict=True)}
            )
        return self.number_of[chosen]

    @property
    def sender(self) -> str:
        """The first parameter whose sort is uninterpreted."""
        return next(each.name for each in self.parameters if not each.sort.is_enum)


def _table(model: Model, name: str) -> Mapping[tuple[str, ...], Worth]:
    table = model.functions[name].table
    return {} if table is None else table.entries


def _merged(models: Sequence[Model]) -> dict[str, Function]:
    """The functions of all models. One may change if it does in any; an unknown cell may be absent where the
    function is optional or some cell of the column is. Raises Unfit where versions disagree on more than
    that.
    """
    found: dict[str, Function] = {}
    for name, first in models[0].functions.items():
        several = [model.functions.get(name) for model in models]
        every = [each for each in several if each is not None]
        if len(every) < len(models) or any(
            (each.parameters, each.result) != (first.parameters, first.result) for each in every
        ):
            raise Unfit(f"the versions have another `{name}`")
        optional = {
            each.optional or None in _table(m, name).values() for each, m in zip(every, models, strict=True)
        }
        if len(optional) > 1:
            raise Unfit(f"`{name}` is optional in one version only")
        found[name] = next((each for each in every if each.state), first)
        found[name] = replace(found[name], optional=optional.pop(), table=None)
    if any(model.functions.keys() != found.keys() for model in models):
        raise Unfit("the versions have other functions")
    return found


def _parameters(models: Sequence[Model]) -> tuple[RequestParameter, ...]:
    """What a request may carry in any of the models: possibly absent if it is in one of them."""
    first = models[0].request
    for model in models[1:]:
        if [(p.name, p.sort) for p in model.request] != [(p.name, p.sort) for p in first]:
            raise Unfit("requests carry other things in another version")
    merged = []
    for number, parameter in enumerate(first):
        several = [model.request[number] for model in models]
        loose = next((p for p in several if p.optional or p.when is not None), parameter)
        merged.append(loose)
    return tuple(merged)
