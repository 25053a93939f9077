"""A command: verdicts and the lengths of stories do not depend on the solver's seed.

    python -m tests.seeds --seeds 20
    python -m tests.seeds --seeds 4 --systems all    # of tests/cases/reach instead, or some of them

Decides every claim in every column with every seed, and exits with 1 if a verdict or a length differs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from checker.prove.pool import run
from checker.prove.processors import usable_processors
from checker.question.jobs import Effort, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.trusted.write_once import shown_apart
from tests.support.places import ROOT, TESTS

SYSTEMS = TESTS / "cases" / "reach"


def main() -> None:
    """Prints a line for each seed, and what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds to try besides 0")
    names = tuple(sorted(path.stem for path in SYSTEMS.glob("*.md")))
    parser.add_argument(
        "--systems", nargs="+", choices=("all", *names), metavar="NAME", help=", ".join(names)
    )
    chosen = parser.parse_args()
    systems = names if chosen.systems == ["all"] else chosen.systems
    wrong = sum(compared(name, regime, chosen.seeds) for name, regime in laws(systems))
    sys.exit(1 if wrong else 0)


def laws(systems: Iterable[str] | None) -> Iterator[tuple[str, Regime]]:
    """The shipped law, or the systems of these names."""
    if systems is None:
        yield "the shipped law", load_regime(ROOT / "spec", ROOT / "properties")
    for name in systems or ():
        yield (
            name,
            load_texts(
                {f"{name}.md": (SYSTEMS / f"{name}.md").read_text(encoding="utf-8")}, judge=shown_apart
            ),
        )


def compared(name: str, regime: Regime, seeds: int) -> int:
    """How many verdicts differ with one of the seeds from those with seed 0; prints which."""
    first, wrong = shapes(regime, 0), 0
    for seed in range(1, seeds + 1):
        found = list(differences(first, shapes(regime, seed)))
        wrong += len(found)
        sys.stdout.write(f"{name}, seed {seed}: {len(first)} verdicts, {len(found)} differ\n")
        sys.stdout.writelines(f"  {line}\n" for line in found)
        sys.stdout.flush()
    return wrong


def shapes(regime: Regime, seed: int) -> dict[str, str]:
    """What is found for each claim, column and clause: the verdict, and the length of its story."""
    jobs = jobs_for(regime.claims)
    effort = Effort(seed=seed, processes=usable_processors())
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
