"""Random laws changed in ways that change nothing: whatever is decided must stay as it is.

    python -m tests.metamorphic --laws 300 --seed 1

Every change of `texts.py` is made of every law, and the same claims are asked of both; and every
claim alone, the last one first, and in a process in which sets have another order. A verdict that is another,
a proof that is vacuous in one only, and a story that is shorter in one are disagreements. `unknown` on one
side only is counted apart: where the reason is not that time ran out, it is a disagreement, too. Where the
order of declarations or the sides are others, the kinds of change that `diff` finds are compared; where the
order or the names are, what `rollout` finds of every mixture and, of some laws, what `cover` finds of some
edits.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Disagreement, Effort
from checker.regime.load import load_texts
from checker.rooms.diff.find import differ
from tests.metamorphic.analyses import OPEN_ANSWER, covered, rolled
from tests.metamorphic.texts import CHANGES
from tests.regimes_agree.trials import Trial, job_of, make_trial

CLAIMS, BUDGET = 8, 5.0
DIFFERENCES = ("reordered", "sides swapped")  # after which versions are compared, too
OPPOSITE = {"newly accepted": "newly rejected", "newly rejected": "newly accepted"}
WAYS = ("alone", "last first")
OTHER_SETS = "other sets"
ANALYSES = {"rollout": rolled, "cover": covered}
SAME_ANSWERS = ("reordered", "renamed", "versions swapped")  # of these
INLINED = ("a definition inlined", "a premise inlined")
IDLE = "unreachable"  # the code of what can never matter
RARE = 3  # one law in so many is rolled out, edited, and asked in another process, for that takes long
OPEN = ("unknown", "bounded")
TIME = "the time budget is spent"


@dataclass
class Told:
    """How many answers were compared, by change; how often one side was open; what disagrees."""

    compared: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)

    def add(self, other: Told) -> None:
        """Add what was found of other laws."""
        self.compared += other.compared
        self.open += other.open
        self.complaints += other.complaints


@dataclass(frozen=True, slots=True)
class Answer:
    """What is found of a question. `steps`: of the story, if there is one."""

    verdict: str
    vacuous: bool
    steps: int | None
    reason: str

    def __str__(self) -> str:
        vacuous = ", vacuous" if self.vacuous else ""
        return f"{self.verdict}{vacuous} in {self.steps} steps {self.reason}".rstrip()


def answers(trial: Trial, budget: float) -> list[Answer | str]:
    """The verdicts on the trial's questions; the name of what went wrong in place of one."""
    regime = load_texts(trial.texts)
    prover = Prover(regime, budget=budget)
    found: list[Answer | str] = []
    for question in trial.questions:
        try:
            result = prover.decide(job_of(regime, question))
        except Exception as error:
            found.append(f"{type(error).__name__}: {error}")
            continue
        trace = result.evidence.trace
        steps = None if trace is None else len(trace.steps)
        found.append(Answer(result.verdict, result.vacuous, steps, result.reason))
    return found


def asked_otherwise(trial: Trial, budget: float, way: str) -> list[Answer | str]:
    """The verdicts where every question is asked by itself (`alone`), or the last one first, or where the
    hashes of strings, and with them the order of sets, are others.
    """
    match way:
        case "alone":
            return [answers(replace(trial, questions=(each,)), budget)[0] for each in trial.questions]
        case "last first":
            return answers(replace(trial, questions=trial.questions[::-1]), budget)[::-1]
        case "other sets":
            return hashed(trial, budget, str(1 + len(trial.texts["regime.md"]) % 1000))
        case _:
            raise ValueError(way)


def hashed(trial: Trial, budget: float, seed: str) -> list[Answer | str]:
    """The verdicts in a process of its own, with this seed of hashes."""
    before = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONHASHSEED"] = seed
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
            return fresh.submit(answers, trial, budget).result()
    finally:
        if before is None:
            del os.environ["PYTHONHASHSEED"]
        else:
            os.environ["PYTHONHASHSEED"] = before


def kinds(trial: Trial, budget: float, *, turned: bool = False) -> frozenset[str] | None:
    """Which kinds of change there are from the old to the new version, or the other way; None if that is not
    known.
    """
    regime = load_texts(trial.texts)
    old, new = (
        Column(next(e for e in regime.versions if e.removeprefix("-").split("-")[-1] == n))
        for n in ("old", "new")
    )
    sides = (new, old) if turned else (old, new)
    try:
        found = differ(regime, *sides, Effort(budget=budget, processes=1), "diff")
    except (SpecError, Disagreement):
        return None
    return None if found.undecided else frozenset(each.kind for each in found.changes)


def compared(
    seed: int, budget: float, changes: Sequence[str], claims: int, number: int, rare: int = RARE
) -> Told:
    """Ask law number so-and-so as it is, asked otherwise, and changed. `rare`: one in so many is looked at
    by other commands, too.
    """
    told = Told()
    whole = number % rare == 0
    trial = make_trial(seed, number, claims)
    first = answers(trial, budget)
    for way in (*WAYS, OTHER_SETS) if whole else WAYS:
        _compare(trial, way, list(zip(first, asked_otherwise(trial, budget, way), strict=True)), told)
    analyses = {each: find(trial, budget) for each, find in ANALYSES.items()} if whole else {}
    for name in changes:
        changed = CHANGES[name](trial, random.Random(f"{name} {seed} {number}"))
        if changed is None:
            continue
        try:
            second = answers(changed, budget)
        except SpecError as error:
            if name in INLINED and {each.code for each in error.diagnostics} == {IDLE}:
                continue  # a list with one argument twice becomes one with a value twice
            told.complaints.append(f"{trial.name}, {name}: refused, {error.diagnostics[0].message}")
            continue
        kept = {each.claim for each in changed.questions}
        before = [answer for each, answer in zip(trial.questions, first, strict=True) if each.claim in kept]
        _compare(changed, name, list(zip(before, second, strict=True)), told)
        _compare_kinds(trial, changed, budget, name, told)
        for command, said in analyses.items() if name in SAME_ANSWERS else ():
            place = f"{name}, {command}"
            compare_answers(trial, place, said, ANALYSES[command](changed, budget), told)
    return told


def compare_answers(
    trial: Trial, place: str, one: Mapping[str, str], other: Mapping[str, str], told: Told
) -> None:
    """Whether a command says the same of everything that it says something of."""
    for subject in sorted({*one, *other}):
        said, again = one.get(subject, "nothing"), other.get(subject, "nothing")
        told.compared[place] += 1
        if OPEN_ANSWER in (said, again):
            told.open[place] += said != again
        elif said != again:
            told.complaints.append(f"{trial.name}, {place}: {subject}: {said}; changed, {again}")


def _compare(trial: Trial, name: str, pairs: list[tuple[Answer | str, Answer | str]], told: Told) -> None:
    for question, (one, other) in zip(trial.questions, pairs, strict=True):
        told.compared[name] += 1
        complaint = _differ(one, other, told, name)
        if complaint:
            place = f"{question.claim} in {question.column}"
            told.complaints.append(f"{trial.name}, {name}: {place}: {complaint}")


def _compare_kinds(trial: Trial, changed: Trial, budget: float, name: str, told: Told) -> None:
    """Whether a difference is of the same kinds; where the sides are swapped, of the opposite ones."""
    turned = name == "sides swapped"
    if name not in DIFFERENCES:
        return
    one, other = kinds(trial, budget), kinds(changed, budget, turned=turned)
    if one is None or other is None:
        told.open[f"{name}, diff"] += (one is None) != (other is None)
        return
    told.compared[f"{name}, diff"] += 1
    wanted = frozenset(OPPOSITE.get(each, each) for each in one) if turned else one
    if wanted != other:
        told.complaints.append(f"{trial.name}, {name}: diff is {sorted(one)}; changed, {sorted(other)}")


def _differ(one: Answer | str, other: Answer | str, told: Told, name: str) -> str:
    """What is not the same; nothing if something went wrong on both sides."""
    apart = f"{one}; changed, {other}"
    if isinstance(one, str) or isinstance(other, str):
        return "" if isinstance(one, str) and isinstance(other, str) else apart
    if (one.verdict in OPEN) != (other.verdict in OPEN):
        told.open[name] += 1
        return "" if TIME in (one if one.verdict in OPEN else other).reason else apart
    if one.verdict in OPEN:
        return ""
    same = (one.verdict, one.vacuous, one.steps) == (other.verdict, other.vacuous, other.steps)
    return "" if same else apart


def many(given: argparse.Namespace) -> Iterator[Told]:
    """What is found of every law, in order."""
    work = partial(compared, given.seed, given.budget, tuple(CHANGES), CLAIMS)
    with ProcessPoolExecutor(given.jobs, multiprocessing.get_context("fork")) as pool:
        yield from pool.map(work, range(given.first, given.first + given.laws))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is found; 1 if anything disagrees."""
    parser = argparse.ArgumentParser(prog="python -m tests.metamorphic", description=__doc__)
    parser.add_argument("--laws", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--budget", type=float, default=BUDGET)
    told = Told()
    for each in many(parser.parse_args(arguments)):
        told.add(each)
        sys.stdout.write("".join(f"{complaint}\n" for complaint in each.complaints))
        sys.stdout.flush()
    for name in told.compared:
        sys.stdout.write(f"{name:28}{told.compared[name]:>8} compared{told.open[name]:>6} open on one side\n")
    sys.stdout.write(f"{len(told.complaints)} disagreements\n")
    return 1 if told.complaints else 0
