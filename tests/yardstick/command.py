"""Runs trials on several processes, tells how they go, and keeps what disagrees."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from re import sub

from tests.random_laws.claims import FORMS
from tests.regimes_agree.reduce import shortened
from tests.regimes_agree.trials import Trial, make_trial
from tests.support.many import in_order
from tests.yardstick.trials import ANALYSES, Tally, analysed, asked_of, one, run
from tests.yardstick.verdicts import Effort

HEADINGS = ("proved", "proved held", "refuted", "refuted held", "unknown", "bounded", "disagreements")
OFTEN = 50  # trials between two lines of progress
DEFAULT = Effort()


def main(description: str, arguments: Sequence[str] | None = None) -> int:
    """The command; 0 if all agree, 1 if not."""
    given = _parser(description).parse_args(arguments)
    effort = Effort(given.most, given.worlds, given.fixed, given.things)
    started, tally, laws = time.perf_counter(), Tally(), 0
    for number, found in _trials(given, effort):
        tally.add(found)
        if found.complaints:
            laws += 1
            _keep(given, effort, number, found)
        if (number - given.first + 1) % OFTEN == 0:
            seconds = time.perf_counter() - started
            sys.stderr.write(f"law {number}: {laws} disagree; {seconds:.0f} s\n")
    sys.stdout.write(table(tally, given.laws) + "\n")
    return 1 if laws else 0


def _parser(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.yardstick",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--laws", type=int, default=200)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first law")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--analyses", action="store_true", help="hold diff, rollout, who and cover instead of claims"
    )
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--claims", type=int, default=8, help="claims about each law")
    parser.add_argument("--budget", type=float, default=3.0, help="seconds for each claim")
    parser.add_argument("--most", type=int, default=DEFAULT.most, help="states of a world")
    parser.add_argument("--worlds", type=int, default=DEFAULT.worlds, help="sizes of worlds for each claim")
    parser.add_argument(
        "--fixed", type=int, default=DEFAULT.fixed, help="choices of the fixed functions in each"
    )
    parser.add_argument("--things", type=int, default=DEFAULT.things, help="things of each sort, at most")
    parser.add_argument("--reduce", type=float, default=60.0, help="seconds to cut down what disagrees")
    parser.add_argument("--keep", default="disagreements", help="the folder for what disagrees")
    return parser


def _trials(given: argparse.Namespace, effort: Effort) -> Iterator[tuple[int, Tally]]:
    """The number of each law asked for, with what became of it, in order."""
    numbers = range(given.first, given.first + given.laws)
    asked = analysed if given.analyses else one
    work = partial(asked, given.seed, given.claims, effort, given.budget)
    yield from zip(numbers, in_order(work, numbers, given.jobs), strict=True)


def table(tally: Tally, laws: int) -> str:
    """The counts for every form of claim, and what was not gone through."""
    width = max(map(len, FORMS))
    lines = [" " * width + "".join(f"{each:>15}" for each in HEADINGS)]
    for form in (*FORMS, "all"):
        forms = tuple(FORMS) if form == "all" else (form,)
        counts = [sum(tally.counts[each, heading] for each in forms) for heading in HEADINGS]
        lines.append(f"{form:{width}}" + "".join(f"{each:>15}" for each in counts))
    for name in ANALYSES:
        held, disagree = tally.counts[name, "held"], tally.counts[name, "disagreements"]
        lines += [f"{name:{width}} held for {held} laws, {disagree} disagree"] if held or disagree else []
    lines.append(f"{laws} laws; not gone through:")
    lines += [f"  {count:>6}  {why}" for why, count in tally.skipped.most_common()]
    return "\n".join(lines)


def _keep(given: argparse.Namespace, effort: Effort, number: int, found: Tally) -> None:
    """Tell what disagrees, and keep the law as it is and cut down."""
    trial = asked_of(make_trial(given.seed, number, given.claims), number)
    here = Path(given.keep) / trial.name
    here.mkdir(parents=True, exist_ok=True)
    told = "\n".join(
        f"law {trial.name}, {question}: {complaint}" for _, question, complaint in found.complaints
    )
    sys.stdout.write(told + "\n")
    sys.stdout.flush()
    (here / "disagreements.txt").write_text(told + "\n", encoding="utf-8")
    (here / "law.md").write_text("\n".join(trial.texts.values()), encoding="utf-8")
    if given.analyses:
        return
    smaller = _reduced(trial, found.complaints[0][1], effort, given)
    (here / "reduced.md").write_text("\n".join(smaller.texts.values()), encoding="utf-8")


def _reduced(trial: Trial, question: str, effort: Effort, given: argparse.Namespace) -> Trial:
    """The law cut down to the first disagreement."""
    asked = tuple(each for each in trial.questions if question.startswith(f"{each.claim} "))
    only = replace(trial, questions=asked)

    def complains(smaller: Trial) -> set[str]:
        return {kind(complaint) for _, _, complaint in run(smaller, effort, given.budget).complaints}

    return shortened(only, complains, given.reduce)


def kind(complaint: str) -> str:
    """What a complaint is about, apart from numbers and names."""
    return sub(r"\d+|`[^`]*`|with .*?: |\(.*\)", "", complaint)
