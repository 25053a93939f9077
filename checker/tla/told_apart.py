"""Which things a claim tells apart: the one that it is about, those with a name, and all the rest.

Nothing tells the things of a sort apart but their names. So what is claimed of every device may be asked of
one; and of a request to whichever device, of a request to that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from checker.model.expressions import Sort
from checker.tla.claim_shape import ClaimShape
from checker.tla.concrete_steps import Move
from checker.tla.possible_values import NOTHING, Place
from checker.tla.residual_rules import Ground

THE_ONE: Final = "the one"  # the thing that a claim is about; no name has a space
THE_REST: Final = "the rest"  # every thing but that and the named ones

Pattern: TypeAlias = tuple[str, tuple[str, ...]]
"""A function or a step (the name of an event, or `""` for requests), and for each of its arguments a value of
an enum, `THE_ONE`, `THE_REST`, the name of a thing, or `""` for absent."""


@dataclass(frozen=True, slots=True)
class Focus:
    """`variables`: the claim's variables that may be taken for the first thing of their sort; `parameters`:
    those of the request asked about that may be taken for the first thing of their sort, or a named one.
    """

    ground: Ground
    counts: Mapping[str, int]
    variables: Mapping[str, str]
    parameters: Mapping[str, str]

    @property
    def sorts(self) -> frozenset[str]:
        """The sorts of which the first thing is told from the rest."""
        return frozenset((*self.variables.values(), *self.parameters.values()))

    def token(self, value: str, sort: Sort) -> str:
        """Return what a value is as part of a pattern."""
        if sort.is_enum or value == NOTHING:
            return value
        number = self.ground.things[sort.name].index(value)
        if number >= self.counts[sort.name]:
            return value
        return THE_ONE if number == 0 and sort.name in self.sorts else THE_REST

    def place(self, place: Place) -> Pattern:
        """Return the pattern of a place."""
        name, arguments = place
        sorts = self.ground.model.functions[name].parameters
        return name, tuple(self.token(v, s) for v, s in zip(arguments, sorts, strict=True))

    def step(self, move: Move) -> Pattern:
        """Return the pattern of a step."""
        declared = self.ground.model.request if move.event is None else move.event.parameters
        tokens = tuple(self.token(move.given[each.name], each.sort) for each in declared)
        return "" if move.event is None else move.event.name, tokens

    def count(self, token: str, sort: Sort) -> int:
        """Return how many things or values a part of a pattern stands for."""
        return 1 if token != THE_REST else self.counts[sort.name] - (sort.name in self.sorts)

    def first_comes_first(self, move: Move) -> bool:
        """Whether what may be taken for the first thing of its sort is that, or a named one."""
        for name, sort in self.parameters.items():
            value = move.given[name]
            if value != NOTHING and value in self.ground.things[sort][1 : self.counts[sort]]:
                return False
        return True


def focus_of(question: ClaimShape, ground: Ground, counts: Mapping[str, int]) -> Focus:
    """Return what may be fixed without loss: variables that are the only ones of a sort without named things,
    and of the other sorts the first parameter of the request asked about.
    """
    named = {each.sort.name for each in ground.model.constants.values()}
    sorts = [each.sort.name for each in question.variables if not each.sort.is_enum]
    variables = {
        each.name: each.sort.name
        for each in question.variables
        if not each.sort.is_enum and sorts.count(each.sort.name) == 1 and each.sort.name not in named
    }
    parameters: dict[str, str] = {}
    for each in ground.model.request if question.request and question.kind != "event" else ():
        if not each.sort.is_enum and each.sort.name not in (*variables.values(), *parameters.values()):
            parameters[each.name] = each.sort.name
    return Focus(ground, counts, variables, parameters)
