"""A module that says what `evaluate` makes of random situations; TLC says whether the law's module agrees.

Every sample is a situation, a request in it, and an event. What is compared: whether the request is
well-formed, accepted, refused by which check and exempted by which limb; what definitions and axioms come
to, also of something absent; whether the event can happen; and what the situation is like after either.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from checker.model.claim import Column
from checker.model.evaluate import (
    Environment,
    apply_event,
    apply_request,
    decide,
    event_enabled,
    exempted,
    fails,
    holds,
    members,
    rejected_by,
    request_environment,
    term_value,
)
from checker.model.expressions import FACT, Call, Constant, Parameter, Sort, Term, Value, Variable
from checker.model.model import Definition, Function, Model
from checker.model.situation import Request, Situation
from checker.regime.regime import Regime
from checker.tla.law_module import Law, law_of, law_text
from checker.tla.symbol_names import things_sorts
from tests.random_laws.situations import Sample, sample

TRIED = 20  # samples drawn for each that is used, so that all have the same things
CALLS = 4  # ways to call a definition in one sample


class Sampled:
    """Writes the module of samples of one column."""

    def __init__(self, regime: Regime, column: Column, seed: str) -> None:
        self.column = column
        self.rules = regime.rules(column)
        self.deployed = regime.deployed(column)
        self.model: Model = regime.model(column)
        self.law: Law = law_of(self.model, column)
        self.chance = random.Random(seed)
        self.name = f"{self.law.name}_samples"
        self.accepted = 0

    def write(self, folder: Path, count: int) -> None:
        """Write the law, and so many samples with the same things, into the folder."""
        drawn = [sample(self.rules, self.deployed, self.chance) for _ in range(count * TRIED)]
        sizes = Counter(tuple(sorted(each.situation.things.items())) for each in drawn)
        (things, _), *_ = sizes.most_common(1)
        used = [each for each in drawn if tuple(sorted(each.situation.things.items())) == things][:count]
        assert used
        (folder / f"{self.law.name}.tla").write_text(law_text(self.law, ["for samples"]), encoding="utf-8")
        (folder / f"{self.name}.tla").write_text(self.text(used, dict(things)), encoding="utf-8")
        (folder / f"{self.name}.cfg").write_text(self.configuration(dict(things)), encoding="utf-8")

    # ----------------------------------------------------------------- text

    def text(self, samples: list[Sample], things: Mapping[str, tuple[str, ...]]) -> str:
        """The module: one number a sample, one request or event a step, and what is expected of both."""
        numbered = list(enumerate(samples, 1))
        own = [name for names in things.values() for name in names if name not in self.model.constants]
        starts = [
            f"    \\/ n = {k} /\\ {self._state(each.situation)} /\\ {NOTHING_YET}" for k, each in numbered
        ]
        requests = [f"    \\/ n = {k} /\\ Request({self.record(each.request)})" for k, each in numbered]
        events = [f"    \\/ n = {k} /\\ {self._event(each)}" for k, each in numbered if each.event]
        said = [line for k, each in numbered for line in self._said(k, each)]
        after = [line for k, each in numbered for line in self._after(k, each)]
        lines = [
            f"---- MODULE {self.name} ----",
            f"EXTENDS {self.law.name}",
            f"CONSTANTS {', '.join(own)}",
            "VARIABLE n",
            "SampleInit ==",
            *starts,
            "SampleNext ==",
            "  /\\ step.number = 0 /\\ n' = n",
            "  /\\",
            *requests,
            *events,
            "SampleSpec == SampleInit /\\ [][SampleNext]_<<vars, n>>",
            "Said ==",
            *said,
            "After ==",
            *after,
            "====",
            "",
        ]
        return "\n".join(lines)

    def configuration(self, things: Mapping[str, tuple[str, ...]]) -> str:
        """The things are model values, named as in the samples."""
        lines = ["SPECIFICATION SampleSpec", "CONSTANTS", "    Absent = Absent"]
        for sort in things_sorts(self.model):
            names = [self.value(each, sort) for each in things[sort.name]]
            lines.append(f"    {self.law.lexicon.sorts[sort.name]} = {{{', '.join(names)}}}")
            lines += [f"    {each} = {each}" for each in names]
        return "\n".join((*lines, "INVARIANTS Said After", ""))

    # --------------------------------------------------------------- values

    def value(self, value: str | bool | None, sort: Sort) -> str:
        """A value as TLA+ writes it."""
        if sort == FACT:
            return "TRUE" if value is True else "FALSE"
        if value is None:
            return "Absent"
        if sort.is_enum:
            return f'"{value}"'
        return self.law.lexicon.constants.get(str(value), str(value))

    def record(self, request: Request) -> str:
        """A request as TLA+ writes it."""
        fields = [
            f"{self.law.lexicon.parameters[each.name]} |-> "
            f"{self.value(request.values.get(each.name), each.sort)}"
            for each in self.model.request
        ]
        return f"[{', '.join(fields)}]"

    def _state(self, situation: Situation) -> str:
        parts = [
            f"{self.law.lexicon.variables[each.name]} = {self._function(each, situation)}"
            for each in self.law.vocabulary.open_functions()
        ]
        return " /\\ ".join(parts)

    def _function(self, function: Function, situation: Situation) -> str:
        """The function at every place that no table knows."""
        known = function.table.entries if function.table else {}
        if not function.parameters:
            return self.value(situation.values.get((function.name, ())), function.result)
        cases = []
        for arguments in product(*(members(each, situation) for each in function.parameters)):
            value = situation.values.get((function.name, arguments))
            if arguments not in known:
                names = [self.value(v, s) for v, s in zip(arguments, function.parameters, strict=True)]
                place = names[0] if len(names) == 1 else f"<<{', '.join(names)}>>"
                cases.append(f"p = {place} -> {self.value(value, function.result)}")
        places = self.law.vocabulary.open_places(function)
        return f"[p \\in {places} |-> CASE {' [] '.join(cases)}]"

    def _event(self, given: Sample) -> str:
        assert given.event is not None
        event = self.model.events[given.event]
        names = [self.value(given.arguments.get(each.name), each.sort) for each in event.parameters]
        action = self.law.lexicon.events[event.name]
        return f"{action}({', '.join(names)})" if names else action

    # ------------------------------------------------------------- expected

    def _said(self, number: int, given: Sample) -> Iterator[str]:
        yield f"  /\\ (n = {number} /\\ step.number = 0) =>"
        for found, expected in (*self._decided(given), *self._called(given), *self._supposed(given)):
            yield f"       /\\ {found} = {expected}"

    def _decided(self, given: Sample) -> Iterator[tuple[str, str]]:
        record = self.record(given.request)
        decision = decide(self.rules, given.situation, given.request)
        self.accepted += decision.accepted
        lexicon = self.law.lexicon
        yield f"WellFormed({record})", "TRUE"
        yield f"Accepted({record})", _truth(decision.accepted)
        for name, suffix in (*lexicon.checks.items(), *lexicon.components.items()):
            yield f"Fails_{suffix}({record})", _truth(fails(decision, name))
            yield f"RejectedBy_{suffix}({record})", _truth(rejected_by(decision, name))
        for clause, operator in lexicon.clauses.items():
            yield f"{operator}({record})", _truth(exempted(decision, clause))
        if given.event is not None:
            can = event_enabled(self.model, given.situation, given.event, given.arguments)
            enough = {e.name for e in self.model.events[given.event].parameters if not e.optional}
            if enough <= set(given.arguments):
                yield f"(ENABLED {self._event(given)})", _truth(can)

    def _called(self, given: Sample) -> Iterator[tuple[str, str]]:
        """Definitions, of random things, of values, and of what is absent."""
        env = request_environment(self.model, given.situation, given.request)
        for definition in self.model.definitions.values():
            for _ in range(CALLS if definition.parameters else 1):
                chosen = [self._argument(each, given.situation) for each in definition.parameters]
                names = [self.value(v, p.sort) for v, p in zip(chosen, definition.parameters, strict=True)]
                names = [self.record(given.request), *names] if definition.reads_request else names
                operator = self.law.lexicon.definitions[definition.name]
                text = f"{operator}({', '.join(names)})" if names else operator
                yield text, self.value(self._worth(definition, chosen, env), definition.result)

    def _argument(self, variable: Variable, situation: Situation) -> str | None:
        values = (*members(variable.sort, situation), None)
        return self.chance.choice(values)

    def _worth(self, definition: Definition, chosen: list[str | None], env: Environment) -> str | bool | None:
        terms: list[Term] = []
        for value, parameter in zip(chosen, definition.parameters, strict=True):
            if value is None:
                terms.append(Parameter("nobody's", "nothing", parameter.sort))
            elif parameter.sort.is_enum:
                terms.append(Value(parameter.sort, value))
            else:
                terms.append(Constant(parameter.sort, value))
        return term_value(Call(definition.name, tuple(terms), definition.result), env)

    def _supposed(self, given: Sample) -> Iterator[tuple[str, str]]:
        env = Environment(self.model, given.situation, rules=self.rules)
        for axiom in self.model.axioms:
            yield self.law.lexicon.axioms[axiom.name], _truth(holds(axiom.formula.formula, env))
        yield "Start", _truth(all(holds(each.formula, env) for each in self.model.start))

    def _after(self, number: int, given: Sample) -> Iterator[str]:
        made = apply_request(self.rules, given.situation, given.request)
        yield f'  /\\ (n = {number} /\\ step.kind = "request") => ({self._state(made)})'
        if given.event is not None and event_enabled(
            self.model, given.situation, given.event, given.arguments
        ):
            happened = apply_event(self.model, given.situation, given.event, given.arguments)
            yield f'  /\\ (n = {number} /\\ step.kind = "event") => ({self._state(happened)})'


NOTHING_YET = 'step = [number |-> 0, kind |-> "start"]'


def _truth(value: bool) -> str:
    return "TRUE" if value else "FALSE"
