"""Runs trials on random regimes on several processes, tells how they go, and keeps what disagrees."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.random_laws.claims import FORMS
from tests.regimes_agree.reduce import reduced
from tests.regimes_agree.trials import DEFAULT, Effort, Question, Tally, Trial, make_trial, run_trial
from tests.support.many import in_order

HEADINGS = ("proved", "refuted", "unknown", "bounded", "vacuous", "explored", "compared", "disagreements")
OFTEN = 20  # trials between two lines of progress


def run(arguments: Sequence[str] | None, description: str) -> int:
    """The command; 0 if all agree, 1 if not."""
    given = _parser(description).parse_args(arguments)
    effort = Effort(given.budget, given.explore, given.most, given.worlds)
    started, tally, kept = time.perf_counter(), Tally(), 0
    for number, (trial, found) in enumerate(trials(given, effort), 1):
        tally.add(found)
        if found.complaints:
            kept += 1
            keep(trial, found, effort, Path(given.keep), given.reduce)
        if number % OFTEN == 0 or found.complaints:
            seconds = time.perf_counter() - started
            sys.stderr.write(f"{number} of {given.regimes} regimes, {kept} disagree; {seconds:.0f} s\n")
    sys.stdout.write(table(tally) + "\n")
    if kept:
        sys.stdout.write(f"{kept} regimes disagree; they are kept in {given.keep}\n")
    return 1 if kept else 0


def _parser(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.regimes_agree",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--regimes", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="the number of the first regime")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--claims", type=int, default=8, help="claims about each regime")
    parser.add_argument("--budget", type=float, default=DEFAULT.budget, help="seconds for each claim")
    parser.add_argument(
        "--explore", type=int, default=DEFAULT.explore, help="situations the explorer takes on"
    )
    parser.add_argument("--most", type=int, default=DEFAULT.most, help="situations of a concrete world")
    parser.add_argument("--worlds", type=int, default=DEFAULT.worlds, help="concrete worlds for each claim")
    parser.add_argument("--reduce", type=float, default=60.0, help="seconds to cut down what disagrees")
    parser.add_argument("--keep", default="disagreements", help="the folder for what disagrees")
    return parser


def trials(given: argparse.Namespace, effort: Effort) -> Iterator[tuple[Trial, Tally]]:
    """The trials asked for, with what became of them, in order."""
    numbers = range(given.first, given.first + given.regimes)
    work = partial(one, given.seed, given.claims, effort)
    yield from in_order(work, numbers, given.jobs)


def one(seed: int, claims: int, effort: Effort, number: int) -> tuple[Trial, Tally]:
    """One trial, made and run."""
    trial = make_trial(seed, number, claims)
    return trial, run_trial(trial, effort)


# --------------------------------------------------------------------- telling


def table(tally: Tally) -> str:
    """The counts for every form of claim, and why verdicts are missing."""
    width = max(map(len, FORMS))
    lines = [" " * width + "".join(f"{each:>15}" for each in HEADINGS)]
    for form in (*FORMS, "all"):
        counts = (_count(tally, form, heading) for heading in HEADINGS)
        lines.append(f"{form:{width}}" + "".join(f"{each:>15}" for each in counts))
    asked = sum(_count(tally, "all", each) for each in ("proved", "refuted", "unknown", "bounded"))
    open_ = _count(tally, "all", "unknown") + _count(tally, "all", "bounded")
    lines.append(f"{asked} claims, {100 * open_ / max(1, asked):.1f} % without a verdict:")
    lines += [f"  {count:>5}  {reason}" for reason, count in tally.reasons.most_common()]
    return "\n".join(lines)


def _count(tally: Tally, form: str, heading: str) -> int:
    forms = tuple(FORMS) if form == "all" else (form,)
    return sum(tally.counts[each, heading] for each in forms)


# --------------------------------------------------------------------- keeping


def keep(trial: Trial, found: Tally, effort: Effort, folder: Path, seconds: float) -> None:
    """Write the regime, what disagrees, and the regime cut down to the first disagreement."""
    here = folder / trial.name
    here.mkdir(parents=True, exist_ok=True)
    for name, text in trial.texts.items():
        (here / name).write_text(text, encoding="utf-8")
    told = "\n".join(f"{_told(question)}: {complaint}" for question, complaint in found.complaints)
    (here / "disagreements.txt").write_text(told + "\n", encoding="utf-8")
    sys.stderr.write(f"{here}: {told}\n")
    smaller = reduced(trial, found.complaints[0], effort, seconds)
    (here / "reduced.md").write_text("\n".join(smaller.texts.values()), encoding="utf-8")


def _told(question: Question) -> str:
    by = f" by {question.by}" if question.by else ""
    return f"{question.claim}{by} in {question.column}"
