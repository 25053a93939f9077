"""A command: `evaluate` and `encode` mean the same, on random situations of the law and on random rules.

    python -m tests.agreement --situations 20000 --rule-sets 200

Prints rates and, if the two disagree, the situation, the request and the question; then it exits with 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections.abc import Iterator, Sequence

from checker.model.claim import Column
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.agreement.compare import Differs, Law, Tally
from tests.support.places import ROOT

SOLVED = 100  # one situation in so many is also put to the solver


def columns_of(regime: Regime) -> tuple[Column, ...]:
    """Every version and deployment, as it is, staged, under each reading, and without each supposition."""
    found = []
    dropped = [each for each in regime.suppositions.values() if each.kind not in ("typical", "abstraction")]
    for base in (*regime.versions, *regime.deployments):
        found += [Column(base), Column(base, staged=True)]
        found += [Column(base, (reading,)) for reading in regime.readings]
        found += [Column(base, (), (each.name,)) for each in dropped]
    return tuple(found)


def laws_of(regime: Regime) -> Iterator[Law]:
    """Every column, and for every reading all mixtures of versions."""
    for column in columns_of(regime):
        yield Law(regime, column, regime.claims)
    versions = tuple(regime.versions)
    if len(versions) > 1:
        for readings in ((), *((each,) for each in regime.readings)):
            yield Law(regime, Column(versions[0], readings), regime.claims, versions)


def agree(regime: Regime, situations: int, seed: int, part: int = 0, parts: int = 1) -> Tally:
    """Compare so many situations, spread over all columns; only a part of the columns. Raises Differs."""
    tally = Tally()
    count = len(columns_of(regime)) + (1 + len(regime.readings)) * (len(regime.versions) > 1)
    for number, law in enumerate(laws_of(regime)):
        if number % parts != part:
            continue
        share = situations // count + (number < situations % count)
        for each in range(share):
            chance = random.Random(f"{seed} {law.name} {each}")
            given = law.sample(chance)
            solve = (number * 7 + each) % SOLVED == 0
            law.compare(given, chance, tally, solve=solve)
        if share:
            sys.stderr.write(f"{law.name}: {share} situations agree\n")
    return tally


def _part(given: tuple[int, int, int, int]) -> Tally | str:
    situations, seed, part, parts = given
    try:
        return agree(load_regime(ROOT / "spec", ROOT / "properties"), situations, seed, part, parts)
    except Differs as difference:
        return str(difference)


def _rules(given: tuple[int, int, int]) -> Tally | str:
    from tests.random_laws.rules import agree_on_rules

    try:
        tally = agree_on_rules(*given)
    except Differs as difference:
        return str(difference)
    sys.stderr.write(f"rule set {given[-1]} agrees\n")
    return tally


def report(tally: Tally, seconds: float) -> str:
    """The rates, as text."""
    total = sum(tally.columns.values())
    lines = [f"{total} situations in {len(tally.columns)} columns agree; {seconds:.0f} s"]
    lines.append(f"{tally.compared} values compared, {tally.solved} questions put to the solver")
    if tally.undecided:
        lines.append(f"  not decided by the solver: {tally.undecided}")
    for kind, count in sorted(tally.kinds.items()):
        lines.append(f"  {kind}: {count} ({100 * count / total:.0f} %)")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparisons; 0 if all agree, 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m tests.agreement", description=__doc__)
    parser.add_argument("--situations", type=int, default=1000)
    parser.add_argument("--rule-sets", type=int, default=0)
    parser.add_argument("--each", type=int, default=30, help="situations for each rule set")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    jobs = given.jobs
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        work = []
        if given.situations:
            parts = [(given.situations, given.seed, n, jobs) for n in range(jobs)]
            work.append(pool.map_async(_part, parts, 1))
        if given.rule_sets:
            sets = [(given.each, given.seed, n) for n in range(given.rule_sets)]
            work.append(pool.map_async(_rules, sets, 1))
        for results in work:
            tally = Tally()
            for result in results.get():
                if isinstance(result, str):
                    sys.stdout.write(f"they differ:\n  {result}\n")
                    return 1
                tally.add(result)
            sys.stdout.write(report(tally, time.perf_counter() - started) + "\n")
    return 0
