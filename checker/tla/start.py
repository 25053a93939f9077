"""Where the behaviours of a claim start: what is followed may be anything that start and axioms allow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from checker.logic.ground_conditions import told_apart
from checker.model.expressions import FACT
from checker.model.model import Function
from checker.model.reads import reads
from checker.tla.claim_part import Part
from checker.tla.constants_and_variables import total
from checker.tla.cut_claim import Plan
from checker.tla.law_module import Law
from checker.tla.possible_values import HOLDS, Place
from checker.tla.sets_of_places import Sets
from checker.tla.spelling import WIDTH, hung, one_or_more, set_of, string
from checker.tla.symbol_names import is_open
from checker.tla.told_apart import THE_REST, Pattern

LONG_RUN: Final = 4  # numbers in a row that are written as an interval


class Start:
    """Writes what is followed and the first situations. `reachable`: they satisfy `start`."""

    def __init__(self, law: Law, plan: Plan, sets: Sets, *, reachable: bool) -> None:
        self.law = law
        self.plan = plan
        self.sets = sets
        self.reachable = reachable
        self.ground = plan.cone.ground
        self.names = {
            each.name: law.lexicon.names.take(f"{law.lexicon.variables[each.name]}At")
            for each in law.vocabulary.open_functions()
        }
        self.values = {
            each.name: law.lexicon.names.take(f"{law.lexicon.variables[each.name]}Values")
            for each in law.vocabulary.open_functions()
        }
        self._allowed = self._single()

    # ------------------------------------------------------------- followed

    def followed(self) -> Iterator[str]:
        """Yield, for every function of which something is followed, the places that are."""
        for function in self.law.vocabulary.open_functions():
            if not self._anywhere(function):
                continue
            if function.parameters:
                texts = [self._places(function, part) for part in self.plan.parts]
                yield from by_part(self.names[function.name], texts)
            values = self._values_by_part(function)
            if len(set(values)) > 1:
                yield from by_part(self.values[function.name], [[each] for each in values])

    def _places(self, function: Function, part: Part) -> list[str]:
        patterns = [tokens for name, tokens in part.slice.places if name == function.name]
        return self.sets.tuples(patterns, function.parameters)

    def _anywhere(self, function: Function) -> bool:
        return any(self._followed_in(part, function) for part in self.plan.parts)

    @staticmethod
    def _followed_in(part: Part, function: Function) -> bool:
        return any(name == function.name for name, _ in part.slice.places)

    # -------------------------------------------------------------- values

    def _single(self) -> dict[Place, frozenset[str]]:
        """The values that axioms and, for starts, `start` leave to single places."""
        model = self.ground.model
        held = [each.formula.formula for each in model.axioms]
        held += [each.formula for each in model.start] if self.reachable else []
        return self.ground.single(held)

    def _values_by_part(self, function: Function) -> list[str]:
        """The values that followed places may have at first; where there are none, it makes no difference."""
        texts = [
            self._values(function, part) if self._followed_in(part, function) else ""
            for part in self.plan.parts
        ]
        some = next(each for each in texts if each)
        rest = some if function.parameters else f"{{{self._default(function)}}}"
        return [each or rest for each in texts]

    def _values(self, function: Function, part: Part) -> str:
        """The set of values that a followed place may have at first."""
        if function.name in part.pins:
            return self._set(function, [part.pins[function.name]])
        allowed: set[str] = set()
        for arguments in itertools.product(*(self.ground.members(each) for each in function.parameters)):
            place = (function.name, arguments)
            if self.plan.focus.place(place) in part.slice.places:
                possible = frozenset(self.ground.at(place))
                allowed |= possible & self._allowed.get(place, possible)
        values = [each for each in self.ground.domain(function) if each in allowed]
        if not function.state and function.result.is_enum:
            values = list(told_apart(values, part.slice.tests(self.ground, function.name)))
        return self._set(function, values)

    def _set(self, function: Function, values: Sequence[str]) -> str:
        if function.result == FACT:
            if len(values) > 1:
                return "BOOLEAN"
            return "{TRUE}" if values == [HOLDS] else "{FALSE}"
        if function.result.is_enum:
            return self.sets.part(frozenset(values), function.result)
        tokens = frozenset(self.plan.focus.token(each, function.result) for each in values)
        return self.sets.part(tokens, function.result)

    def _default(self, function: Function) -> str:
        """A value for what is not followed."""
        if function.result == FACT:
            return "FALSE"
        if function.optional:
            return "Absent"
        if function.result.is_enum:
            return string(function.result.values[0])
        return f"CHOOSE x \\in {self.law.lexicon.sorts[function.result.name]} : TRUE"

    # --------------------------------------------------------------- starts

    def init(self, rigid: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield the conjuncts of the first situations. `rigid`: conditions on what never changes."""
        model = self.law.model
        axioms = {each.name: reads(model, each).functions for each in model.axioms}
        known = {each.name for each in model.functions.values() if not is_open(each)}
        functions = sorted(self.law.vocabulary.open_functions(), key=lambda each: each.state)
        waiting = list(rigid)
        for function in functions:
            if function.state and waiting:
                yield from (line for each in waiting for line in hung("/\\ ", each))
                waiting = []
            yield from self._first(function)
            known.add(function.name)
            for name in [name for name, read in axioms.items() if read <= known]:
                del axioms[name]
                yield f"/\\ {self.law.lexicon.axioms[name]}"
        yield from (line for each in waiting for line in hung("/\\ ", each))

    def _first(self, function: Function) -> Iterator[str]:
        name, at = self.law.lexicon.variables[function.name], self.names[function.name]
        if not self._anywhere(function):
            yield from self._left_out(function, name)
            return
        texts = self._values_by_part(function)
        values = texts[0] if len(set(texts)) == 1 else self.values[function.name]
        if not function.parameters:
            yield f"/\\ {name} \\in {values}"
        elif total(function) and not self._everywhere(function):
            places = self.law.vocabulary.open_places(function)
            other = f"IF p \\in {at} THEN given[p] ELSE {self._default(function)}"
            yield f"/\\ \\E given \\in [{at} -> {values}] :"
            yield f"       {name} = [p \\in {places} |-> {other}]"
        else:
            yield f"/\\ {name} \\in [{at} -> {values}]"

    def _left_out(self, function: Function, name: str) -> Iterator[str]:
        if not function.parameters:
            yield f"/\\ {name} = {self._default(function)}"
        elif total(function):
            places = self.law.vocabulary.open_places(function)
            yield f"/\\ {name} = [p \\in {places} |-> {self._default(function)}]"
        else:
            yield f"/\\ {name} = <<>>"

    def _everywhere(self, function: Function) -> bool:
        """Whether every place is followed, in every part."""
        return all(self._whole(function, part.slice.places) for part in self.plan.parts)

    def _whole(self, function: Function, places: frozenset[Pattern]) -> bool:
        wanted = 1
        for sort in function.parameters:
            named = len(self.sets.named(sort)) if not sort.is_enum else len(sort.values)
            wanted *= named + (not sort.is_enum and self.plan.focus.count(THE_REST, sort) > 0)
        return sum(name == function.name for name, _ in places) == wanted


def by_part(name: str, texts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a definition that depends on the part of the claim that is looked at, if it does."""
    numbers: dict[tuple[str, ...], list[int]] = {}
    for number, text in enumerate(texts, 1):
        numbers.setdefault(tuple(text), []).append(number)
    if len(numbers) == 1:
        yield from one_or_more(name, texts[0])
        return
    called = {text: text[0] for text in numbers}
    if any(len(text) > 1 for text in numbers):
        for number, text in enumerate(numbers, 1):
            called[text] = f"{name}_{number}"
            yield from one_or_more(called[text], text)
    yield f"{name} =="
    for place, (text, of_parts) in enumerate(numbers.items()):
        lead = f"    {'  []' if place else 'CASE'} {these_parts(of_parts)} ->"
        if len(lead) + len(called[text]) < WIDTH:
            yield f"{lead} {called[text]}"
        else:
            yield from (lead, f"            {called[text]}")


def these_parts(numbers: Sequence[int]) -> str:
    """Return the condition that the claim is looked at in one of these parts."""
    if len(numbers) == 1:
        return f"about = {numbers[0]}"
    runs: list[list[int]] = []
    for each in numbers:
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    single = [each for run in runs if len(run) < LONG_RUN for each in run]
    sets = [f"{run[0]} .. {run[-1]}" for run in runs if len(run) >= LONG_RUN]
    sets += [set_of(map(str, single))] if single else []
    return "about \\in " + " \\cup ".join(sets)
