"""What the meaning of an expression depends on: a situation, and everything that names may refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import TypeAlias

from checker.model import quantities
from checker.model.deadline import NEVER, Deadline
from checker.model.expressions import Sort, Variable
from checker.model.model import Definition, Model, Premise
from checker.model.situation import Instance, Request, Situation

Rules: TypeAlias = Mapping[str, Model]
"""Version -> its model."""

Columns: TypeAlias = Callable[[str], tuple[Rules, Mapping[Instance, str]]]
"""Text of a column -> its rules, and the version deployed at every component."""

_NONE: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Environment:
    """All that the meaning of an expression depends on.

    `model` has the definitions; `rules` and `columns` are needed for outcomes only. `before` is the
    situation before the step, `step_event` the event that the step is. `variables`: name -> thing or
    value, None when absent. `requests`: name -> request, "" for the request at hand; a request that
    is missing carries nothing. `deadline`: after it, quantifiers raise OutOfTime.
    """

    model: Model
    situation: Situation
    before: Situation | None = None
    variables: Mapping[str, str | None] = field(default_factory=lambda: _NONE)
    requests: Mapping[str, Request] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)
    columns: Columns | None = None
    step_event: str | None = None
    deadline: Deadline = NEVER

    def scoped(
        self, variables: Mapping[str, str | None], requests: Mapping[str, Request] | None = None
    ) -> Environment:
        """Return the environment with other variables and, if they are given, other requests. This is
        `dataclasses.replace`, without its search for the fields: every quantifier and call comes here.
        """
        return Environment(
            self.model,
            self.situation,
            self.before,
            variables,
            self.requests if requests is None else requests,
            self.rules,
            self.columns,
            self.step_event,
            self.deadline,
        )

    def choices(self, variables: tuple[Variable, ...]) -> Iterator[dict[str, str]]:
        """Yield every assignment of things to the variables. Raises OutOfTime."""
        for each in bindings(variables, self.situation):
            self.deadline.keep()
            yield each


def request_environment(
    model: Model, situation: Situation, request: Request, deadline: Deadline = NEVER
) -> Environment:
    """Return the environment in which a rule of `model` is read for `request`."""
    return Environment(model, situation, requests={"": request}, deadline=deadline)


def definition(model: Model, name: str) -> Definition | Premise:
    """Return the definition or, failing that, the premise called `name`. KeyError if there is none."""
    return model.definitions.get(name) or model.premises[name]


def bindings(variables: tuple[Variable, ...], situation: Situation) -> Iterator[dict[str, str]]:
    """Yield every assignment of existing things to the variables, the last variable varying fastest."""
    names = tuple(each.name for each in variables)
    for values in product(*(members(each.sort, situation) for each in variables)):
        yield dict(zip(names, values, strict=True))


def belongs(value: str, sort: Sort, situation: Situation) -> bool:
    """Return whether a step may carry the value: a value of the enum, a thing of the sort in the situation, a
    number that the quantity may have.
    """
    if sort.is_quantity:
        return quantities.belongs(sort, value)
    return value in members(sort, situation)


def members(sort: Sort, situation: Situation) -> tuple[str, ...]:
    """Return the values of an enum, or the things of a sort in the situation; those of a quantity have no
    end, and nothing goes through them.
    """
    return sort.values if sort.is_enum else situation.things.get(sort.name, ())
