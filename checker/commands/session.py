"""The options that commands share: which law is asked, and with how much effort."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

import checker
from checker.commands.output import Progress
from checker.interface.choices import BUDGET, DASK

if TYPE_CHECKING:
    from checker.api import Effort, Law
    from checker.holding import Held

Command: TypeAlias = Callable[..., int]
"""What a command does with its options; answers the exit code."""


@dataclass(frozen=True, slots=True)
class Session:
    """What these options ask for. Without the options for effort, one process decides, and keeps nothing.

    `jobs`: how many processes, or the address of a cluster.
    """

    spec: Path | None
    properties: Path | None
    budget: float = BUDGET
    jobs: int | str | None = 1
    seed: int = 0
    explore: bool = False
    cache: bool = False
    recheck: bool = False

    def law(self, *, claims: bool = True) -> Law:
        """Load the law, with its claims or without. Verdicts of earlier runs stay open until the command
        ends. Raises SpecError with every mistake in the law.
        """
        from checker import api

        effort = self._effort()
        with Progress("reading the law"):
            return api.load(self.spec, self.properties, claims=claims, effort=effort)

    def hold(self) -> Held:
        """Load the law to be held while it is edited. Raises SpecError with every mistake in the law."""
        return checker.hold(self.spec, self.properties, effort=self._effort())

    def _effort(self) -> Effort:
        from checker import api

        shelf = click.get_current_context().with_resource(api.Shelf()) if self.cache else None
        jobs = self.jobs if isinstance(self.jobs, int) else None
        if isinstance(self.jobs, str):
            click.get_current_context().with_resource(checker.on_cluster(self.jobs))
        return api.effort(
            self.budget,
            jobs=jobs,
            seed=self.seed,
            explore=self.explore,
            shelf=shelf,
            recheck=self.recheck,
        )

    @property
    def given(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The budget and the seed, for the command that repeats the run; nothing for the defaults."""
        return (
            ("--budget", () if self.budget == BUDGET else (f"{self.budget:g}",)),
            ("--seed", () if self.seed == 0 else (str(self.seed),)),
        )


def law_options(command: Command) -> Command:
    """Give a command the options that choose a law, as its `session`."""

    @wraps(command)
    def of_law(*arguments: object, spec: Path | None, properties: Path | None, **others: object) -> int:
        return command(*arguments, session=Session(spec, properties), **others)

    return folder_options(of_law)


def session_options(command: Command) -> Command:
    """Give a command the options that choose a law and say how much effort to make, as its `session`."""

    @wraps(command)
    def of_session(
        *arguments: object,
        spec: Path | None,
        properties: Path | None,
        budget: float,
        jobs: int | str | None,
        seed: int,
        explore: bool,
        cache: bool,
        recheck: bool,
        **others: object,
    ) -> int:
        session = Session(spec, properties, budget, jobs, seed, explore, cache, recheck)
        return command(*arguments, session=session, **others)

    return folder_options(_effort(of_session))


def folder_options(command: Command) -> Command:
    """Give a command the options that choose a law, as they were typed: `spec` and `properties`."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    with_properties = click.option(
        "--properties",
        type=kind,
        help="Folder of the claims. Default: beside --spec, else properties/ here or above.",
    )
    with_spec = click.option(
        "--spec",
        type=kind,
        help="Folder of the law. Default: spec/ here or above, else the law that comes with redline.",
    )
    return with_spec(with_properties(command))


def _effort(command: Command) -> Command:
    budget = click.option(
        "--budget",
        type=click.FloatRange(min=0.0, min_open=True),
        callback=_a_number,
        default=BUDGET,
        show_default=True,
        metavar="SECONDS",
        help="Time for each verdict; a verdict that takes longer is unknown.",
    )
    jobs = click.option(
        "--jobs",
        callback=_processes,
        default=None,
        metavar="N",
        help="Processes to use, or `dask:ADDRESS` for a Dask cluster. Default: one for each core.",
    )
    seed = click.option("--seed", type=int, default=0, show_default=True, help="Seed of the solver.")
    explore = click.option(
        "--explore",
        is_flag=True,
        help="Cross-check each verdict by exhaustive search of a small instance; takes a minute.",
    )
    cache = click.option(
        "--cache/--no-cache",
        default=True,
        envvar="REDLINE_CACHE",
        show_envvar=True,
        help="Reuse verdicts of earlier runs on the same law and claim, and keep new ones. Default: --cache.",
    )
    recheck = click.option("--recheck", is_flag=True, help="Have the solver check reused verdicts again.")
    return budget(jobs(seed(explore(cache(recheck(command))))))


def _processes(context: click.Context, parameter: click.Parameter, value: str | None) -> int | str | None:
    """Return how many processes, or the address of a cluster."""
    if value is None or (value.startswith(DASK) and value != DASK):
        return value and value.removeprefix(DASK)
    count: int = click.IntRange(min=1)(value, parameter, context)
    return count


def _a_number(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    """Return the value unless it is no number: that is neither below nor above anything."""
    if math.isnan(value):
        raise click.BadParameter("nan is not a number of seconds")
    return value
