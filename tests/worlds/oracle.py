"""What a claim's words come to in a concrete world: formulas, what is given, which steps count.

Formulas mean what `checker.model.evaluate` says, and so do `exempted` and `rejected by` of a clause: these
are shared with the checker, so that a mistake in them is not found here but by `yardstick`. Which steps count
is written out here; how a claim is decided with them is in `oracle_forms.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeAlias

from checker.model.claim import Claim, Steps
from checker.model.evaluate import Environment, exempted, holds, members, rejected_by, term_value
from checker.model.expressions import Formula, Term
from checker.model.situation import Request, Situation
from tests.worlds.concrete import Deployed, Taken, TooMany, World
from tests.worlds.recall import Recall, State

Test: TypeAlias = Callable[[State], bool]
PAIRS = 600  # bindings with requests that are asked about in every situation


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

    @cached_property
    def pairs(self) -> tuple[tuple[Binding, Request], ...]:
        """Every binding with every request. Raises TooMany where they are not worth going through."""
        if len(self.bindings) * len(self.world.requests) > PAIRS:
            raise TooMany(f"{len(self.bindings)} bindings, {len(self.world.requests)} requests")
        return tuple(product(self.bindings, self.world.requests))

    # ------------------------------------------------------------ reading

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
            columns=self.world.columns,
            step_event=event,
        )

    def holds(
        self,
        formula: Formula | None,
        binding: Binding,
        name: str = "",
        request: Request | None = None,
        versions: Deployed = (),
    ) -> Recall[bool]:
        """The formula of one situation, and perhaps of a request called `name`; true if there is none.
        `versions`: those deployed, if not those of the situation.
        """
        key = (id(formula), id(binding), name, id(request), versions)
        if key not in self._tests:
            named = {} if request is None else {name: request}

            def said(here: Situation) -> bool:
                there = Situation(here.things, here.values, dict(versions)) if versions else here
                return formula is None or holds(formula, self.environment(binding, there, None, named))

            self._tests[key] = Recall(self.world, said)
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
        checks = [each for model in self.world.rules.values() for each in model.checks]
        names = {each.clause: each.name for each in checks}
        limb = any(by in (each.clause, *each.above) for check in checks for each in check.limbs)
        decision = self.world.decision(request)
        if limb:
            return lambda state: exempted(decision(state), by)
        return lambda state: rejected_by(decision(state), names.get(by, by))

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
