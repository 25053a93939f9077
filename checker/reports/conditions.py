"""The conditions of a case as sentences about a request, in the words that the spec has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.expressions import Formula, Is, Parameter, Value
from checker.model.model import Model
from checker.model.uses import within
from checker.reports.names import value_label
from checker.reports.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions that a case makes of one request, as sentences."""

    model: Model
    conditions: tuple[Formula, ...]

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each condition, without a final period."""
        carried, told = dict(self._carried()), frozenset[Parameter]()
        for each in self.conditions:
            yield Phrases(self.model, carried=carried, told=told).clause(each)
            told |= frozenset(part for part in within(each) if isinstance(part, Parameter))

    def _carried(self) -> Iterator[tuple[Parameter, str]]:
        """A parameter whose value is known is called by it wherever the others speak of it."""
        for condition in self.conditions:
            match condition:
                case Is(left=Parameter() as parameter, right=Value(sort=sort, name=value)):
                    yield parameter, value_label(self.model, sort, value)
                case _:
                    pass
