"""Makes trials, tells how they go, and keeps what disagrees."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.day_by_day.claims import FORMS
from tests.day_by_day.search import Effort
from tests.day_by_day.trials import Tally, drawn, run
from tests.support.many import in_order

HEADINGS = ("proved", "refuted", "unknown", "gone through", "disagree")
OFTEN = 50  # trials between two lines of progress


def main(description: str, arguments: Sequence[str] | None = None) -> int:
    """The command; 0 if all agree, 1 if not."""
    given = _parser(description).parse_args(arguments)
    started, tally = time.process_time(), Tally()
    for number, found in _until_interrupted(_trials(given)):
        tally.add(found)
        for _, complaint in found.complaints:
            sys.stdout.write(f"law {number}: {complaint}\n")
            sys.stdout.flush()
            _keep(Path(given.keep), number, complaint)
        if (number - given.first + 1) % OFTEN == 0:
            spent = time.process_time() - started
            sys.stderr.write(f"law {number}: {len(tally.complaints)} disagree; {spent:.0f} CPU s\n")
    sys.stdout.write(table(tally) + "\n")
    return 1 if tally.complaints else 0


def _until_interrupted(trials: Iterator[tuple[int, Tally]]) -> Iterator[tuple[int, Tally]]:
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
    parser.add_argument("--budget", type=float, default=2.0, help="seconds for each claim")
    parser.add_argument("--most", type=int, default=Effort().most, help="situations that are gone through")
    parser.add_argument("--keep", default="disagreements", help="the folder for what disagrees")
    return parser


def _trials(given: argparse.Namespace) -> Iterator[tuple[int, Tally]]:
    """The number of each law asked for, with what became of it, in order."""
    numbers = range(given.first, given.first + given.laws)
    work = partial(run, budget=given.budget, effort=Effort(most=given.most))
    yield from zip(numbers, in_order(work, numbers, given.jobs), strict=True)


def table(tally: Tally) -> str:
    """The counts for every form of claim, why laws were refused, and why claims are unknown."""
    width = max(map(len, FORMS))
    lines = [" " * width + "".join(f"{each:>14}" for each in HEADINGS)]
    every = tuple(dict.fromkeys(FORMS))
    for title, forms in (*((each, (each,)) for each in every), ("all", every)):
        counts = [sum(tally.counts[form, heading] for form in forms) for heading in HEADINGS]
        lines.append(f"{title:{width}}" + "".join(f"{each:>14}" for each in counts))
    for title, several in (("refused", tally.refused), ("unknown", tally.reasons)):
        lines += [f"{title}: {count:>6}  {why}" for why, count in several.most_common()]
    return "\n".join(lines)


def _keep(folder: Path, number: int, complaint: str) -> None:
    trial = drawn(number)
    folder.mkdir(parents=True, exist_ok=True)
    text = f"{complaint}\n\n```redline\n{trial.law.text}\n{trial.claims}```\n"
    (folder / f"law-{number}.md").write_text(text, encoding="utf-8")
