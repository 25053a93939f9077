"""The conditions of a case as sentences about a request, in the words that the spec has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.model.expressions import Formula, Is, Not, Parameter, Value
from checker.model.made_of import within
from checker.model.model import Model
from checker.model.unparse import unparse
from checker.story.bounds import bounds_of
from checker.story.given_names import value_label
from checker.story.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions that a case makes of one request, as sentences. `limbs`: what conditions are as a whole
    that a limb of the law makes.
    """

    model: Model
    conditions: tuple[Formula, ...]
    limbs: Mapping[Formula, str] = field(default_factory=dict)

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each condition, without a final period."""
        carried, told = dict(self._carried()), frozenset[Parameter]()
        for each in self.conditions:
            bounds = bounds_of(each)
            if bounds is not None:
                subject = Phrases(self.model, carried=carried, told=told).side(bounds.term)
                yield f"{subject or f'`{unparse(bounds.term)}`'} is {bounds.words()}"
                told |= frozenset(part for part in within(each) if isinstance(part, Parameter))
                continue
            limb = self._of_limb(each)
            if limb:
                yield limb
                continue
            yield Phrases(self.model, carried=carried, told=told).clause(each)
            told |= frozenset(part for part in within(each) if isinstance(part, Parameter))

    def _of_limb(self, condition: Formula) -> str:
        """Say that a limb covers the request or does not; empty if the condition is no limb."""
        limb = self.limbs.get(condition.body if isinstance(condition, Not) else condition)
        if limb is None:
            return ""
        return f"{limb} does not cover it" if isinstance(condition, Not) else f"{limb} covers it"

    def _carried(self) -> Iterator[tuple[Parameter, str]]:
        """A parameter whose value is known is called by it wherever the others speak of it."""
        for condition in self.conditions:
            match condition:
                case Is(left=Parameter() as parameter, right=Value(sort=sort, name=value)):
                    yield parameter, value_label(self.model, sort, value)
                case _:
                    pass
