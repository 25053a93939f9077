"""Makes trials, tells how they go, and keeps what disagrees."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.day_by_day.search import Effort
from tests.day_by_day.tallies import keep, kept, summary
from tests.day_by_day.trials import Outcome, drawn, run
from tests.support.many import in_order

OFTEN = 50  # trials between two lines of progress


def main(description: str, arguments: Sequence[str] | None = None) -> int:
    """The command; 0 if all agree, 1 if not."""
    given = _parser(description).parse_args(arguments)
    numbers = range(given.first, given.first + given.laws)
    outcomes = [each for each in (kept(given.results) if given.results else []) if each.number in numbers]
    done = {each.number for each in outcomes}
    left = [number for number in numbers if number not in done]
    if done:
        sys.stderr.write(f"{len(done)} of {len(numbers)} laws are in {given.results} already\n")
    for outcome in _until_interrupted(_trials(left, given)):
        outcomes.append(outcome)
        if given.results:
            keep(given.results, outcome)
        if outcome.complaint:
            sys.stdout.write(f"law {outcome.number}: {outcome.complaint}\n")
            sys.stdout.flush()
            _keep(given.keep, outcome)
        if len(outcomes) % OFTEN == 0:
            disagree, cpu = sum(bool(e.complaint) for e in outcomes), sum(e.cpu for e in outcomes)
            sys.stderr.write(f"{len(outcomes)} of {len(numbers)}: {disagree} disagree; {cpu:.0f} CPU s\n")
    sys.stdout.write(summary(outcomes) + "\n")
    return 1 if any(each.complaint for each in outcomes) else 0


def _until_interrupted(trials: Iterator[Outcome]) -> Iterator[Outcome]:
    """What there is until somebody stops it."""
    try:
        yield from trials
    except KeyboardInterrupt:
        sys.stdout.write("stopped\n")


def _parser(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.day_by_day",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--laws", type=int, default=3000)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first law")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--budget", type=float, default=2.0, help="seconds of CPU time for each claim")
    parser.add_argument("--most", type=int, default=Effort().most, help="situations that are gone through")
    parser.add_argument(
        "--results", type=Path, help="a file of outcomes: laws that are in it are not made again"
    )
    parser.add_argument(
        "--keep", type=Path, default=Path("disagreements"), help="the folder for what disagrees"
    )
    return parser


def _trials(numbers: Sequence[int], given: argparse.Namespace) -> Iterator[Outcome]:
    """What became of the law of each number, in order."""
    work = partial(run, budget=given.budget, effort=Effort(most=given.most))
    yield from in_order(work, numbers, given.jobs)


def _keep(folder: Path, outcome: Outcome) -> None:
    trial = drawn(outcome.number)
    folder.mkdir(parents=True, exist_ok=True)
    pages = "\n".join(trial.pages.values())
    (folder / f"law-{outcome.number}.md").write_text(f"{outcome.complaint}\n\n{pages}", encoding="utf-8")
