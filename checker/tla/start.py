"""Where the behaviours of a claim start: followed places may have all values that start and axioms allow."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from checker.explore.state_graph import Digit
from checker.model.expressions import FACT
from checker.model.model import Function
from checker.model.reads import reads
from checker.tla.by_part import by_part
from checker.tla.constants_and_variables import total
from checker.tla.followed import Part, Place
from checker.tla.law_module import Law
from checker.tla.sets import Sets
from checker.tla.spelling import hung, string
from checker.tla.symbol_names import is_open


class Start:
    """Writes the followed places and the initial situations."""

    def __init__(self, law: Law, parts: Sequence[Part], sets: Sets) -> None:
        self.law = law
        self.parts = parts
        self.sets = sets
        self.functions = law.vocabulary.open_functions()
        take, variables = law.lexicon.names.take, law.lexicon.variables
        self.at = {each.name: take(f"{variables[each.name]}At") for each in self.functions}
        self.values = {each.name: take(f"{variables[each.name]}Values") for each in self.functions}
        self.also = {each.name: take(f"{variables[each.name]}Also") for each in self.functions}

    # ------------------------------------------------------------- followed

    def followed(self) -> Iterator[str]:
        """Yield, for every function with followed places, the sets of these places."""
        for function in self.functions:
            if self._anywhere(function):
                texts = [self._values(function, part) for part in self.parts]
                if function.parameters:
                    at = [_places(part.first, function) for part in self.parts]
                    yield from self._sets(self.at[function.name], function, at)
                if len(set(texts)) > 1:
                    yield from by_part(self.values[function.name], [[each] for each in texts])
            if self._also(function):
                also = [_places(part.also, function) for part in self.parts]
                yield from self._sets(self.also[function.name], function, also)

    def _sets(
        self, name: str, function: Function, places: Sequence[Sequence[tuple[str, ...]]]
    ) -> Iterator[str]:
        return by_part(name, [self.sets.tuples(each, function.parameters) for each in places])

    def _anywhere(self, function: Function) -> bool:
        return any(name == function.name for part in self.parts for name, _ in part.first)

    def _also(self, function: Function) -> bool:
        """Whether it has places that are read only after a write; a total function has all places anyway."""
        also = any(name == function.name for part in self.parts for name, _ in part.also)
        return also and bool(function.parameters) and not total(function)

    # -------------------------------------------------------------- values

    def _values(self, function: Function, part: Part) -> str:
        """The values that followed places may have at first; any values if the part follows none."""
        wanted = {
            value for (name, _), values in part.first.items() if name == function.name for value in values
        }
        if wanted:
            return self._set(function, wanted)
        if function.parameters:
            return next(text for each in self.parts if (text := self._some(function, each)))
        return f"{{{self._default(function)}}}"

    def _some(self, function: Function, part: Part) -> str:
        return self._values(function, part) if any(name == function.name for name, _ in part.first) else ""

    def _set(self, function: Function, values: set[Digit]) -> str:
        if function.result == FACT:
            return "BOOLEAN" if len(values) > 1 else "{TRUE}" if True in values else "{FALSE}"
        return self.sets.part({str(each or "") for each in values}, function.result)

    def _default(self, function: Function) -> str:
        """A value for places that are not followed."""
        if function.result == FACT:
            return "FALSE"
        if function.optional:
            return "Absent"
        if function.result.is_enum:
            return string(function.result.values[0])
        return f"CHOOSE x \\in {self.law.lexicon.sorts[function.result.name]} : TRUE"

    # --------------------------------------------------------------- starts

    def init(self, where: Sequence[str]) -> Iterator[str]:
        """Yield the conjuncts that describe the initial situations. `where`: a condition on what never
        changes.
        """
        model = self.law.model
        axioms = {each.name: reads(model, each).functions for each in model.axioms}
        known = {each.name for each in model.functions.values() if not is_open(each)}
        rigid = [each for each in self.functions if not each.state]
        for number, function in enumerate([*rigid, *(each for each in self.functions if each.state)]):
            if number == len(rigid):
                yield from hung("/\\ ", where)
            yield from self._first(function)
            known.add(function.name)
            for name in [name for name, read in axioms.items() if read <= known]:
                del axioms[name]
                yield f"/\\ {self.law.lexicon.axioms[name]}"
        if len(rigid) == len(self.functions):
            yield from hung("/\\ ", where)

    def _first(self, function: Function) -> Iterator[str]:
        name, at = self.law.lexicon.variables[function.name], self.at[function.name]
        default = self._default(function)
        if not function.parameters and not self._anywhere(function):
            yield f"/\\ {name} = {default}"
            return
        rest = self.also[function.name] if self._also(function) else ""
        if total(function):
            rest = self.law.vocabulary.open_places(function)
        if not self._anywhere(function):
            yield f"/\\ {name} = " + (f"[p \\in {rest} |-> {default}]" if rest else "<<>>")
            return
        texts = [self._values(function, part) for part in self.parts]
        values = texts[0] if len(set(texts)) == 1 else self.values[function.name]
        if not function.parameters:
            yield f"/\\ {name} \\in {values}"
        elif not rest or self._everywhere(function):
            yield f"/\\ {name} \\in [{at} -> {values}]"
        else:
            places = rest if total(function) else f"{at} \\cup {rest}"
            yield f"/\\ \\E given \\in [{at} -> {values}] :"
            yield f"       {name} = [p \\in {places} |-> IF p \\in {at} THEN given[p] ELSE {default}]"

    def _everywhere(self, function: Function) -> bool:
        """Whether every place is followed, in every part."""
        sorts = (e.values if e.is_enum else self.sets.things[e.name] for e in function.parameters)
        known = function.table.entries if function.table is not None else {}
        places = {(function.name, each) for each in itertools.product(*sorts) if each not in known}
        return all(places <= part.first.keys() for part in self.parts)


def _places(places: Iterable[Place], function: Function) -> list[tuple[str, ...]]:
    """The arguments of those places that belong to the function."""
    return [arguments for name, arguments in places if name == function.name]
