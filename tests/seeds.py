"""A command: verdicts and the lengths of stories do not depend on the solver's seed.

    python -m tests.seeds --seeds 20

Decides every claim in every column with every seed, and exits with 1 if a verdict or a length differs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from checker.prove.pool import default_processes, run
from checker.question.jobs import Effort, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.support.places import ROOT


def main() -> None:
    """Prints a line for each seed, and what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds to try besides 0")
    seeds = parser.parse_args().seeds
    regime = load_regime(ROOT / "spec", ROOT / "properties")
    first = shapes(regime, 0)
    wrong = 0
    for seed in range(1, seeds + 1):
        found = list(differences(first, shapes(regime, seed)))
        wrong += len(found)
        sys.stdout.write(f"seed {seed}: {len(first)} verdicts, {len(found)} differ\n")
        sys.stdout.writelines(f"  {line}\n" for line in found)
        sys.stdout.flush()
    sys.exit(1 if wrong else 0)


def shapes(regime: Regime, seed: int) -> dict[str, str]:
    """What is found for each claim, column and clause: the verdict, and the length of its story."""
    jobs = jobs_for(regime.claims)
    effort = Effort(seed=seed, processes=default_processes())
    return {str((r.claim.name, str(r.column), r.by)): shape(r) for _, r in run(regime, jobs, effort)}


def shape(result: Result) -> str:
    """What must not depend on the seed."""
    trace = result.evidence.trace
    return result.verdict if trace is None else f"{result.verdict} in {len(trace.steps)} steps"


def differences(first: dict[str, str], other: dict[str, str]) -> Iterator[str]:
    """Yields what is not the same."""
    for name, found in first.items():
        if other[name] != found:
            yield f"{name}: {found}, and {other[name]}"


if __name__ == "__main__":
    main()
