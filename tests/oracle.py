"""What a claim's words come to in a concrete world: formulas, what is given, which steps count.

Formulas mean what `checker.model.evaluate` says; how a claim is decided with them is in `oracle_forms`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeAlias

from concrete import Taken, World
from recall import Recall, State

from checker.model.claim import Claim, Column, Steps
from checker.model.evaluate import (
    Environment,
    Rules,
    decide,
    exempted,
    holds,
    members,
    rejected_by,
    term_value,
)
from checker.model.expressions import Formula, Term
from checker.model.situation import Instance, Request, Situation

Test: TypeAlias = Callable[[State], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """Things for the claim's variables, and requests for those that stand for one."""

    things: Mapping[str, str]
    requests: Mapping[str, Request]


class Asked:
    """One claim asked of one world."""

    def __init__(self, claim: Claim, world: World, by: str | None = None) -> None:
        """`by`: the clause or check that must exempt or refuse the last request of a violation."""
        self.claim, self.world, self.by = claim, world, by
        self._tests: dict[tuple[object, ...], Recall[bool]] = {}
        self._senders: dict[tuple[object, ...], Recall[str | None]] = {}
        self._columns: dict[str, tuple[Rules, Mapping[Instance, str]]] = {}
        self.kept: dict[object, Formula] = {}  # formulas made here: they are told apart by identity

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """Every way of giving the claim's variables things and requests."""
        names = [each.name for each in self.claim.variables]
        choices: list[tuple[str, ...] | tuple[Request, ...]] = [
            self.world.requests if each.sort is None else members(each.sort, self.world.empty)
            for each in self.claim.variables
        ]
        found = []
        for chosen in product(*choices):
            pairs = list(zip(names, chosen, strict=True))
            things = {name: value for name, value in pairs if isinstance(value, str)}
            asked = {name: value for name, value in pairs if isinstance(value, Request)}
            found.append(Binding(things, asked))
        return tuple(found)

    # ------------------------------------------------------------ reading

    def columns(self, text: str) -> tuple[Rules, Mapping[Instance, str]]:
        """What `in COLUMN` means: the readings and droppings of the world's column apply there, too."""
        if text not in self._columns:
            regime, own = self.world.regime, self.world.column
            asked = regime.parse_column(text)
            full = Column(asked.base, asked.readings + own.readings, asked.without + own.without)
            self._columns[text] = regime.rules(full), regime.deployed(full)
        return self._columns[text]

    def environment(
        self,
        binding: Binding,
        here: Situation,
        before: Situation | None = None,
        named: Mapping[str, Request] | None = None,
        event: str | None = None,
    ) -> Environment:
        """What the claim's formulas are read in."""
        return Environment(
            self.world.model,
            here,
            before=before,
            variables=binding.things,
            requests={**binding.requests, **(named or {})},
            rules=self.world.rules,
            columns=self.columns,
            step_event=event,
        )

    def holds(
        self, formula: Formula | None, binding: Binding, name: str = "", request: Request | None = None
    ) -> Recall[bool]:
        """The formula of one situation, and perhaps of a request called `name`; true if there is none."""
        key = (id(formula), id(binding), name, id(request))
        if key not in self._tests:
            named = {} if request is None else {name: request}
            self._tests[key] = Recall(
                self.world,
                lambda here: formula is None or holds(formula, self.environment(binding, here, None, named)),
            )
        return self._tests[key]

    def looking_back(self, formula: Formula, binding: Binding, name: str, taken: Taken) -> Recall[bool]:
        """The formula after a step: of the situations before and after it."""
        key = (id(formula), id(binding), name, id(taken))
        if key not in self._tests:
            request = taken.step.request
            named = {} if request is None else {name: request}
            event = taken.step.event
            self._tests[key] = Recall(
                self.world,
                lambda old, new: holds(formula, self.environment(binding, new, old, named, event)),
            )
        return self._tests[key]

    def given(self, binding: Binding) -> Test:
        """The claim's `where` and premises; and the requests that its variables stand for are well-formed."""
        tests = [self.holds(each, binding) for each in (self.claim.where, *self.claim.premises)]
        tests += [self.world.fit(each) for each in binding.requests.values()]
        return lambda state: all(each(state) for each in tests)

    def by_clause(self, request: Request | None) -> Test:
        """Whether the clause asked for exempts the request, or refuses it; true if none is asked for."""
        by = self.by
        if by is None:
            return lambda _state: True
        if request is None:
            return lambda _state: False
        key = (by, id(request))
        if key not in self._tests:
            checks = [each for model in self.world.rules.values() for each in model.checks]
            names = {each.clause: each.name for each in checks}
            limb = any(by in (each.clause, *each.above) for check in checks for each in check.limbs)

            def test(here: Situation) -> bool:
                decision = decide(self.world.rules, here, request)
                return exempted(decision, by) if limb else rejected_by(decision, names.get(by, by))

            self._tests[key] = Recall(self.world, test)
        return self._tests[key]

    def counts(self, steps: Steps, binding: Binding) -> Callable[[Taken, State], bool]:
        """Whether a step from a situation is one of those that count."""
        terms = [self._sender(each, binding) for each in steps.senders]
        others = [self._sender(each, binding) for each in steps.others]

        def test(taken: Taken, state: State) -> bool:
            if steps.any_step or taken.deploys:
                return True
            if taken.step.request is None:
                return taken.step.event in steps.events
            if not steps.requests:
                return False
            if not terms and not others:
                return True
            if taken.sender is None:
                return False
            if others and not any(each(state) == taken.sender for each in others):
                return True
            return any(each(state) == taken.sender for each in terms)

        return test

    def _sender(self, term: Term, binding: Binding) -> Recall[str | None]:
        key = (id(term), id(binding))
        if key not in self._senders:

            def value(here: Situation) -> str | None:
                found = term_value(term, self.environment(binding, here))
                return found if isinstance(found, str) else None

            self._senders[key] = Recall(self.world, value)
        return self._senders[key]
