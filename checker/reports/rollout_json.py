"""The report of `rollout` for machines. Documented in spec/json.md."""

from __future__ import annotations

from typing import Final

from checker.analyses.rollout.first_harm import FirstHarm, first_harms
from checker.analyses.rollout.found import Harm, Test
from checker.analyses.rollout.lattice import Lattice, Mixture, on
from checker.model.situation import Instance
from checker.reports.machine import Json, claim_json, column_json, result_json
from checker.reports.rollout import Told

SCHEMA: Final = "redline.rollout/1"
LISTED: Final = 5040  # orders, those of seven switches; of more they are counted only


def rollout_json(told: Told) -> Json:
    """Return a roll-out: switches, every mixture with its harms and the steps from it, orders, claims."""
    found, lattice = told.rollout, told.rollout.lattice
    plan = found.plan
    return {
        "schema": SCHEMA,
        "command": told.repeat,
        "seconds": round(told.seconds, 3),
        "exit": told.code,
        "from": column_json(plan.old),
        "to": column_json(plan.new),
        "switches": [
            {"name": told.name(number), **_instance(each.instance), "rules": each.rules}
            for number, each in enumerate(plan.switches)
        ],
        "same": [_instance(each) for each in plan.same],
        "from_within_to": found.within("old"),
        "to_within_from": found.within("new"),
        "mixtures": [_mixture(told, each) for each in lattice.mixtures],
        "edges": [
            {"before": each, "switch": switch, "after": each | 1 << switch}
            for each in lattice.mixtures
            for switch in lattice.off(each)
        ],
        "forward": _walk(told, lattice, 0),
        "back": _walk(told, lattice.backwards, lattice.all_on),
        "claims": [_claim(each) for each in found.claims],
        "not_asked": [each.number for each in found.unasked],
        "results": [result_json(found.regime, each) for each in found.results],
    }


def _instance(instance: Instance) -> dict[str, Json]:
    return {"component": instance[0], "index": instance[1]}


def _mixture(told: Told, mixture: Mixture) -> Json:
    """Return a mixture; its number has bit `i` set where switch `i` is on."""
    found, lattice = told.rollout, told.rollout.lattice
    state = "harmful" if mixture in lattice.harmful else "harmless" if mixture in lattice.harmless else "open"
    return {
        "mixture": mixture,
        "sign": told.sign(mixture),
        "on": on(mixture),
        "versions": [
            {**_instance(at), "version": version} for at, version in found.plan.versions(mixture).items()
        ],
        "state": state,
        "harms": [_harm(each) for each in found.harms(mixture)],
        "safe_orders_on": lattice.ways_on(mixture),
        "safe_orders_back": lattice.ways_back(mixture),
        "escapes": lattice.escapes(mixture),
    }


def _harm(harm: Harm) -> Json:
    return {
        "kind": harm.kind,
        "claim": None if harm.claim is None else harm.claim.number,
        "result": harm.result.claim.number,
    }


def _walk(told: Told, lattice: Lattice, flip: Mixture) -> Json:
    """Return the orders of one direction. `flip`: what makes a mixture of the lattice one of the roll-out."""
    listed = lattice.safe <= LISTED

    def kinds(mixture: Mixture) -> tuple[tuple[str, str], ...]:
        return tuple(each.key for each in told.rollout.harms(mixture ^ flip))

    return {
        "orders": lattice.orders,
        "safe": lattice.safe,
        "unsafe": lattice.unsafe,
        "before": sorted(lattice.constraints) if lattice.safe else [],
        "exact": lattice.exact,
        "layers": lattice.layers,
        "safe_orders": list(lattice.safe_orders()) if listed else None,
        "first_harms": [_first(each, flip) for each in first_harms(lattice, kinds)],
    }


def _first(harm: FirstHarm, flip: Mixture) -> Json:
    return {
        "switches": harm.switches,
        "orders": harm.orders,
        "steps": [
            {
                "before": each.before ^ flip,
                "switch": each.switch,
                "after": each.entered ^ flip,
                "orders": each.orders,
            }
            for each in harm.entries
        ],
    }


def _claim(test: Test) -> Json:
    """Return what becomes of a claim. A version's verdict is null if it was not asked."""
    assert test.claim is not None
    return {
        "claim": claim_json(test.claim),
        "status": test.status,
        "expected": test.expected,
        "from": test.pure("old"),
        "to": test.pure("new"),
        "every_mixture": test.verdict("everywhere"),
        "mixtures": {str(each): test.found[each].verdict for each in test.found if isinstance(each, int)},
    }
