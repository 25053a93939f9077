"""How long redline takes: start-up, loading, solving, exploring, and how that grows with the law.

Run `python benchmarks/run.py`; `--short` makes one run of each instead of several. `--peers` sets redline
beside other tools instead, see `peers.py`; `--cliffs` shows what a verdict costs as a claim grows, see
`cliffs.py`. It fails if a verdict is not the expected one, if two tools disagree, or if time grows too fast
with the law (see `growth.py`).
"""

from __future__ import annotations

import argparse
import compileall
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import cliffs, growth, peers
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.same_law import by_law
from checker.regime.load import load_regime
from checker.regime.regime import Regime

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024
EXPLORED = 1 << 20


def main() -> None:
    """Read the options, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="one run of each, and smaller synthetic law")
    parser.add_argument("--peers", action="store_true", help="redline beside NuSMV and mypyvy")
    parser.add_argument("--cliffs", action="store_true", help="what a verdict costs as a claim grows")
    peers.add_options(parser)
    chosen = parser.parse_args()
    if chosen.peers:
        peers.report(chosen.nusmv, chosen.mypyvy)
    if chosen.cliffs:
        cliffs.report(tuple(cliffs.CURVES))
    if not (chosen.peers or chosen.cliffs):
        times(short=chosen.short)


def times(*, short: bool) -> None:
    """Print how long commands, parts and made-up laws take."""
    runs = 1 if short else 5
    compileall.compile_dir(ROOT / "checker", quiet=1)  # as an installation does
    print("whole commands, wall seconds: median (fastest to slowest)")
    whole("start-up (redline --help)", ["--help"], runs)
    whole("claims x {baseline, mp107}", ["prove", "--quick", "--stories", "none"], runs)
    whole("everything", ["prove", "--stories", "none"], runs)
    whole("difference of baseline and mp107", ["diff", "baseline", "mp107"], runs)
    whole("all mixtures of baseline and mp107", ["rollout", "baseline", "mp107"], runs)
    if not short:
        whole("every edit of mp107, and who notices", ["cover", "mp107"], 1)
    print("in one process, CPU seconds")
    parts(short=short)
    print("made-up laws")
    growth.report(growth.SIZES[:1] if short else growth.SIZES)


def whole(label: str, arguments: list[str], runs: int) -> None:
    """Time a command of redline from the shell's start to its end, and the memory of its largest process."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "checker", *arguments], cwd=ROOT, check=False, capture_output=True
        )
        taken.append(time.perf_counter() - started)
        if done.returncode:
            sys.exit(f"{label}: exit code {done.returncode}\n{done.stderr.decode()}")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE
    middle, low, high = statistics.median(taken), min(taken), max(taken)
    print(f"  {label:34} {middle:6.2f} ({low:.2f} to {high:.2f}), at most {memory:.0f} MB a process")


def parts(*, short: bool) -> None:
    """Load, solve and explore by themselves."""
    started = time.process_time()
    regime = load_regime(ROOT / "spec", ROOT / "properties")
    print(f"  {'loading the spec and the claims':34} {time.process_time() - started:6.2f}")
    decide(regime, "solving, versions only", everything=False)
    if not short:
        decide(regime, "solving, everything", everything=True)
        decide(regime, "solving and exploring, versions", everything=False, explore=EXPLORED)


def decide(regime: Regime, label: str, *, everything: bool, explore: int = 0) -> None:
    """Decide the claims one after the other."""
    prover = Prover(regime, explore=explore)
    jobs = jobs_for(regime.claims, everything=everything)
    started = time.process_time()
    results = [prover.decide(jobs[number]) for group in by_law(regime, jobs) for number in group]
    seconds = time.process_time() - started
    wrong = [each for each in results if not each.as_expected]
    if wrong:
        sys.exit(f"{wrong[0].claim.name} in {wrong[0].column}: {wrong[0].verdict}")
    print(f"  {label:34} {seconds:6.2f} for {len(jobs)} verdicts")


if __name__ == "__main__":
    main()
