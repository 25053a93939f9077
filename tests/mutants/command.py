"""`python -m tests.mutants`: one mutant after the other, two at a time, and who caught it."""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import textwrap
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias, assert_never

from checker.exits import AS_EXPECTED, GATE_FAILED
from tests.mutants.catalogue import MUTANTS
from tests.mutants.defence import (
    QUICK,
    STAGES,
    Caught,
    Copy,
    Stage,
    Stopped,
    by_certificates,
    by_tests,
    by_verdicts,
    certify,
    copied,
    prove,
)
from tests.mutants.mutant import Mutant
from tests.mutants.regimes import LAWS

MEMORY: Final = 2 << 30  # bytes that a program may ask for
MOST: Final = 2  # programs at a time

Usual: TypeAlias = Mapping[str, int | None]
"""The exit codes of `prove` and `certify` without a mistake, for each law."""


class NoControl(Exception):
    """The checker without a mistake is caught, so that catching the others says nothing."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: who caught it, in the order in which they were asked."""

    mutant: Mutant
    caught: tuple[Caught, ...]
    seconds: float


async def control(copy: Copy, stages: Sequence[Stage], mutants: Sequence[Mutant]) -> Usual:
    """What the stages say of a copy without a mistake. Raises NoControl unless they find nothing."""
    tests = dict.fromkeys(each for mutant in mutants for each in tests_of(mutant))
    failed = await by_tests(copy, tuple(tests)) if "tests" in stages else None
    if failed is not None:
        raise NoControl(failed.how)
    usual: dict[str, int | None] = {}
    for law in copy.laws(LAWS if {"verdicts", "certificates"}.intersection(stages) else ()):
        proved, certified = await prove(copy, law), await certify(copy, law)
        # That a claim holds of nothing is no mistake: some claims are made to see that it is told.
        if proved.code not in (AS_EXPECTED, GATE_FAILED) or certified.code != proved.code:
            raise NoControl(f"{law.name}: exit codes {proved.code} and {certified.code}")
        usual[law.name] = proved.code
    return usual


async def fate_of(mutant: Mutant, usual: Usual, stages: Sequence[Stage], sound: Path, *, every: bool) -> Fate:
    """Put the mutant to the stages until one catches it or, with `every`, to all of them."""
    started = time.monotonic()
    found: list[Caught] = []
    async with copied(mutant, sound) as copy:
        for stage in stages:
            caught = await _asked(mutant, stage, copy, usual)
            if caught is not None:
                found.append(caught)
                if not every:
                    break
    return Fate(mutant, tuple(found), time.monotonic() - started)


def tests_of(mutant: Mutant) -> tuple[str, ...]:
    """The tests that are asked about a mutant: the one that is made to see it, or all that are quick."""
    return (mutant.seen_by,) if mutant.seen_by else QUICK


async def _asked(mutant: Mutant, stage: Stage, copy: Copy, usual: Usual) -> Caught | None:
    match stage:
        case "tests":
            return await by_tests(copy, tests_of(mutant))
        case "verdicts":
            return await by_verdicts(copy, usual)
        case "certificates":
            return await by_certificates(copy, usual)
        case _:
            assert_never(stage)


@dataclass(slots=True)
class _Progress:
    count: int
    done: int = 0
    started: float = field(default_factory=time.monotonic)

    def step(self, fate: Fate) -> None:
        self.done += 1
        by = ", ".join(each.stage for each in fate.caught) or "SURVIVES"
        spent = time.monotonic() - self.started
        sys.stderr.write(f"[{self.done}/{self.count}, {spent:.0f} s] {fate.mutant.name}: {by}\n")
        sys.stderr.flush()


async def fates(mutants: Sequence[Mutant], jobs: int, stages: Sequence[Stage], *, every: bool) -> list[Fate]:
    """The fates of the mutants, in their order, with progress on standard error. Raises NoControl."""
    free = asyncio.Semaphore(jobs)
    async with copied() as copy:  # what is edited meanwhile is of no concern
        usual = await control(copy, stages, mutants)
        progress = _Progress(len(mutants))

        async def one(mutant: Mutant) -> Fate:
            async with free:
                fate = await fate_of(mutant, usual, stages, copy.project, every=every)
            progress.step(fate)
            return fate

        return list(await asyncio.gather(*map(one, mutants)))


def report(found: Sequence[Fate], seconds: float) -> str:
    """Each mutant, what is wrong about it, and who caught it how; survivors last; and the sum."""
    lines: list[str] = []
    for fate in sorted(found, key=lambda each: not each.caught):
        lines.append(f"{fate.mutant.name} ({fate.mutant.attacks}; {fate.mutant.file}; {fate.seconds:.0f} s)")
        lines += textwrap.wrap(fate.mutant.why, 100, initial_indent="  ", subsequent_indent="  ")
        for each in fate.caught:
            lines += textwrap.wrap(
                f"{each.stage}: {each.how}", 100, initial_indent="  ", subsequent_indent="    "
            )
        if not fate.caught:
            lines.append("  SURVIVES")
    caught = [fate for fate in found if fate.caught]
    by = {stage: sum(1 for fate in caught for each in fate.caught if each.stage == stage) for stage in STAGES}
    told = ", ".join(f"{count} by the {stage}" for stage, count in by.items())
    lines += ["", f"{len(caught)} of {len(found)} mutants are caught: {told}. {seconds:.0f} s"]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if all are caught, 1 if one survives, 2 if nothing can be said."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these mutants")
    parser.add_argument("--every", action="store_true", help="ask all three, whoever catches it first")
    parser.add_argument("--by", choices=STAGES, action="append", help="ask only these; may be repeated")
    parser.add_argument("--jobs", type=int, choices=range(1, MOST + 1), default=MOST)
    parser.add_argument("--list", action="store_true", help="say which mutants there are")
    given = parser.parse_args(arguments)
    unknown = set(given.names) - {each.name for each in MUTANTS}
    if unknown:
        parser.error(f"there is no mutant `{min(unknown)}`")
    chosen = [each for each in MUTANTS if not given.names or each.name in given.names]
    if given.list:
        sys.stdout.write("".join(f"{each.name} ({each.attacks}): {each.why}\n" for each in chosen))
        return 0
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    started = time.monotonic()
    try:
        found = asyncio.run(fates(chosen, given.jobs, tuple(given.by or STAGES), every=given.every))
    except NoControl as wrong:
        sys.stdout.write(f"the checker without a mistake is caught: {wrong}\n")
        return 2
    except Stopped as wrong:
        sys.stdout.write(f"{wrong}\n")
        return 2
    sys.stdout.write(report(found, time.monotonic() - started))
    return 0 if all(fate.caught for fate in found) else 1
