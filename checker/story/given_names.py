"""People's names for things and values: Lender A, Reader B, Atlas 1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from checker.model.evaluate import Environment, holds
from checker.model.expressions import FACT, Sort
from checker.model.model import Model
from checker.model.quantities import told
from checker.model.situation import Instance, Situation

Told: TypeAlias = frozenset[tuple[str, tuple[str, ...]]]
"""The places, function and arguments, whose values a story tells."""

_MARK: Final = re.compile("\ue000([^\ue000-\ue002]*)\ue001([^\ue000-\ue002]*)\ue002")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Names:
    """The names that one report uses. `things`: (sort, thing) -> name."""

    model: Model
    things: Mapping[tuple[str, str], str]

    def of(self, sort: Sort, value: str) -> str:
        """Return the name of a thing or the label of a value; the bare name where there is none."""
        if not sort.has_things:
            return value_label(self.model, sort, value)
        return self.things.get((sort.name, value), value)

    def component(self, instance: Instance) -> str:
        """Return what a component, or its instance, is called."""
        name, index = instance
        declared = self.model.components[name]
        if index is None or declared.index is None:
            return declared.label or name
        inner = value_label(self.model, declared.index, index)
        return declared.label.replace("{1}", inner) if declared.label else f"{name}[{inner}]"


def value_label(model: Model, sort: Sort, value: str) -> str:
    """Return an enum value's label, with a numeral before it where that is how the value is known; a number
    with its unit.
    """
    if sort.is_quantity:
        return told(sort, value)
    declared = model.enums.get(sort.name)
    label = declared.labels.get(value, value) if declared else value
    if _letters(label) == _letters(value) or not label:
        return label or value
    return f"{value} {label}" if value[0].isdigit() else label


def _letters(text: str) -> str:
    return "".join(each for each in text.lower() if each.isalnum())


def marks(model: Model, appearing: Iterable[tuple[str, str]]) -> Names:
    """Name each (sort, thing) by a mark that nothing else is, and constants as they are called."""
    constants = {(each.sort.name, each.name): each.label or each.name for each in model.constants.values()}
    return Names(
        model, {(sort, thing): f"\ue000{sort}\ue001{thing}\ue002" for sort, thing in appearing} | constants
    )


def marked_in(said: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield sort and name of each thing that the texts mark, in the order in which they mention it."""
    for each in said:
        yield from ((str(sort), str(thing)) for sort, thing in _MARK.findall(each))


def name_things(
    model: Model,
    situations: Sequence[Situation],
    appearing: Iterable[tuple[str, str]],
    told: Told = frozenset(),
) -> Names:
    """Name things of uninterpreted sorts in the order in which they are given, (sort, thing) each.

    Things of the sender's sort get letters, each its own; others get numbers, counted by label. A label
    is the first branch of the sort's name rule that ever holds in the story: by what the story tells of the
    thing or, if it tells nothing of it, by whatever is so. What does not appear is not named.
    """
    order = dict.fromkeys(appearing)
    sender = sender_sort(model)
    constants = {(each.sort.name, each.name): each.label or each.name for each in model.constants.values()}
    counted: Counter[str] = Counter()
    named: dict[tuple[str, str], str] = dict(constants)
    spoken_of = _spoken_of(model, situations, told)
    whole = [(each,) for each in situations]
    as_told = [(each, _restricted(model, each, told)) for each in situations]
    for sort, thing in order:
        if (sort, thing) in constants:
            continue
        label = _label(model, as_told if (sort, thing) in spoken_of else whole, sort, thing)
        counter = "" if sender is not None and sort == sender.name else label
        counted[counter] += 1
        number = counted[counter]
        named[sort, thing] = f"{label} {number if counter else _letter(number)}"
    return Names(model, named)


def _spoken_of(model: Model, situations: Sequence[Situation], told: Told) -> set[tuple[str, str]]:
    """The things, each with its sort, that the story tells something about."""
    found = set[tuple[str, str]]()
    for situation in situations:
        for place in told & situation.values.keys():
            function = model.functions[place[0]]
            values = (*place[1], situation.values[place])
            found |= {
                (sort.name, each)
                for sort, each in zip((*function.parameters, function.result), values, strict=True)
                if isinstance(each, str) and sort.has_things
            }
    return found


def _restricted(model: Model, situation: Situation, told: Told) -> Situation:
    """The situation without values that may be absent or false and that the story does not tell."""

    def stays(place: tuple[str, tuple[str, ...]]) -> bool:
        function = model.functions[place[0]]
        return place in told or not (function.optional or function.result == FACT)

    values = {place: value for place, value in situation.values.items() if stays(place)}
    return replace(situation, values=values)


def names_as_given(model: Model, situation: Situation) -> Names:
    """Name things by their label and the name given to them: Reader ann."""
    constants = {(each.sort.name, each.name): each.label for each in model.constants.values()}
    return Names(
        model,
        {
            (sort, thing): constants.get((sort, thing))
            or f"{_label(model, [(situation,)], sort, thing)} {thing}"
            for sort, things in situation.things.items()
            for thing in things
        },
    )


def sender_sort(model: Model) -> Sort | None:
    """Return the sort of the sender: that of the first parameter whose sort is uninterpreted."""
    return next((each.sort for each in model.request if each.sort.has_things), None)


def _label(model: Model, moments: Sequence[tuple[Situation, ...]], sort: str, thing: str) -> str:
    """The label of the first branch that holds at the first moment that has one: in the situation, and in the
    part of it that the story tells.
    """
    rule = model.names.get(sort)
    if rule is None:
        return sort
    for moment in moments:
        read = [Environment(model, each, variables={rule.variable.name: thing}) for each in moment]
        for label, condition in rule.branches:
            if all(holds(condition, env) for env in read):
                return label
    return rule.otherwise


def _letter(number: int) -> str:
    """Count A, B, …, Z, AA, AB, … from 1."""
    letters = ""
    while number:
        number, index = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[index] + letters
    return letters
