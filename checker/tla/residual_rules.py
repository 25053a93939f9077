"""What is left of rules when all but the situation is known: who refuses a request, and what is written."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import assert_never

from checker.logic.node import Node
from checker.model.decision import limb_path
from checker.model.expressions import FACT, And, Formula, Not, Outcome, Quantified
from checker.model.model import Check, Item, Limb, Update
from checker.tla.possible_values import NOTHING, Reading, Write
from checker.tla.residual_formulas import Meaning
from checker.tla.symbol_names import checks_at


class Ground(Meaning):
    """Reads the rules of one column over a finite instance."""

    # -------------------------------------------------------------- checks

    def outcome(self, outcome: Outcome, reading: Reading) -> Node:
        """When what is asked of a request is so."""
        if not reading.requests.get(outcome.request):
            return self.terms.false
        asked = {**reading.requests.get(outcome.request, {})}
        asked |= {name: self.term(term, reading) for name, term in outcome.changes}
        inner = Reading(reading.now, requests={"": asked})
        by = outcome.by or ""
        match outcome.kind:
            case "accepted":
                return self.accepted(inner)
            case "rejected":
                return self._rejected(by, inner) if by else self.terms.not_(self.accepted(inner))
            case "passes":
                return self.terms.not_(self._fails(by, inner))
            case "fails":
                return self._fails(by, inner)
            case "exempted":
                return self._exempted(by, inner)
            case _:
                assert_never(outcome.kind)

    def accepted(self, reading: Reading) -> Node:
        """When every check on the way of the request at hand passes."""
        terms, passed = self.terms, self.terms.true
        for component, visited in self._route(reading):
            for check in checks_at(self.model, component):
                passed = terms.and_(passed, terms.not_(terms.and_(visited, self._breaks(check, reading))))
                if passed is terms.false:
                    return passed
        return passed

    def _route(self, reading: Reading) -> Iterator[tuple[str, Node]]:
        for stage in self.model.route:
            when = self.terms.true if stage.when is None else self.formula(stage.when, reading)
            if stage.index is not None:
                when = self.terms.and_(when, self.present(self.term(stage.index, reading)))
            yield stage.component, when

    def _rejected(self, by: str, reading: Reading) -> Node:
        earlier, found = self.terms.true, []
        for component, visited in self._route(reading):
            found.append(self.terms.and_(earlier, visited, self._fails_at(component, by, reading)))
            refuses = self.terms.and_(visited, self._fails_at(component, component, reading))
            earlier = self.terms.and_(earlier, self.terms.not_(refuses))
        return self.terms.or_(*found)

    def _fails(self, by: str, reading: Reading) -> Node:
        route = self._route(reading)
        return self.terms.or_(*(self.terms.and_(v, self._fails_at(c, by, reading)) for c, v in route))

    def _fails_at(self, component: str, by: str, reading: Reading) -> Node:
        checks = [e for e in checks_at(self.model, component) if by in (component, e.name)]
        return self.terms.or_(*(self._breaks(each, reading) for each in checks))

    def _exempted(self, clause: str, reading: Reading) -> Node:
        found = []
        for component, visited in self._route(reading):
            for check in checks_at(self.model, component):
                limbs = [each for each in check.limbs if clause in limb_path(each)]
                holds = self.terms.or_(*(self._limb(each, reading) for each in limbs))
                if holds is not self.terms.false:
                    found.append(self.terms.and_(visited, holds, self._would_fail(check, reading)))
        return self.terms.or_(*found)

    def _breaks(self, check: Check, reading: Reading) -> Node:
        would = self._would_fail(check, reading)
        if would is self.terms.false:
            return would
        exempt = self.terms.or_(*(self._limb(each, reading) for each in check.limbs))
        return self.terms.and_(would, self.terms.not_(exempt))

    def _would_fail(self, check: Check, reading: Reading) -> Node:
        applies = [*_meant(check.items, "applies-when")]
        applies += [Not(each) for each in _meant(check.items, "applies-unless")]
        required = And(tuple(_meant(check.items, "requires")))
        return self.all_of((*applies, Not(required)), reading)

    def _limb(self, limb: Limb, reading: Reading) -> Node:
        body = And(tuple(_meant(limb.items, "condition")))
        some = Quantified(universal=False, variables=limb.binders, where=None, body=body)
        return self.formula(some if limb.binders else body, reading)

    # -------------------------------------------------------------- writes

    def made(self, reading: Reading) -> list[Write]:
        """What the request at hand writes when it is accepted."""
        found: list[Write] = []
        for effect in self.model.effects:
            when = self.terms.true if effect.when is None else self.formula(effect.when, reading)
            if when is not self.terms.false:
                found += self.writes(effect.updates, reading, when)
        return found

    def writes(self, updates: Sequence[Update], reading: Reading, when: Node) -> list[Write]:
        """What the updates write where `when` holds."""
        found: list[Write] = []
        for update in updates:
            for inner in self.bindings(update.variables, reading):
                here = (
                    when if update.where is None else self.terms.and_(when, self.formula(update.where, inner))
                )
                if here is not self.terms.false:
                    found += self._written(update, inner, here)
        return found

    def _written(self, update: Update, reading: Reading, when: Node) -> Iterator[Write]:
        function = self.model.functions[update.function]
        values = self.term(update.value, reading)
        given = [self.term(each, reading) for each in update.arguments]
        if not function.optional and function.result != FACT and NOTHING in values:
            when = self.terms.and_(when, self.present(values))
            values = {name: node for name, node in values.items() if name != NOTHING}
        for chosen in itertools.product(*(each.items() for each in given)):
            here = self.terms.and_(when, *(condition for _, condition in chosen))
            arguments = tuple(value for value, _ in chosen)
            if NOTHING not in arguments and here is not self.terms.false:
                yield Write((update.function, arguments), here, values)


def _meant(items: Sequence[Item], kind: str) -> Iterator[Formula]:
    for each in items:
        if each.kind == kind and each.meaning is not None:
            yield each.meaning.formula
