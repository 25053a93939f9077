"""How a law has requests under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staging:
    """How requests under way are represented in a staged column. `parameter`: the request parameter that says
    which thing in flight the request is (absent: it is processed in one go); `carried`: request parameter ->
    the function that gives its value for a thing in flight; `progress`: the function that gives a thing's
    progress; `passing`: event -> the component that lets it pass, in route order; `flight`: the name of the
    parameter of these events.
    """

    parameter: str
    carried: Mapping[str, str]
    progress: str
    passing: Mapping[str, str]
    flight: str

    @property
    def functions(self) -> frozenset[str]:
        """The functions of things in flight."""
        return frozenset((*self.carried.values(), self.progress))
