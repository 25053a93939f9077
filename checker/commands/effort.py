"""How hard to try: the options that say so."""

from __future__ import annotations

import math

import click

from checker.interface.choices import BUDGET


def effort_options(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the options that say how hard to try."""
    budget = click.option(
        "--budget",
        type=click.FloatRange(min=0.0, min_open=True),
        callback=_a_number,
        default=BUDGET,
        show_default=True,
        metavar="SECONDS",
        help="Time for each verdict; what takes longer is unknown.",
    )
    jobs = click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=None,
        metavar="N",
        help="Processes to use. Default: one for each core.",
    )
    seed = click.option("--seed", type=int, default=0, show_default=True, help="Seed of the solver.")
    explore = click.option(
        "--explore",
        is_flag=True,
        help="Hold every verdict against all situations of a small instance, too; takes a minute.",
    )
    return budget(jobs(seed(explore(command))))


def effort_given(budget: float, seed: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is told of budget and seed in the command that repeats a run: nothing of the defaults."""
    return (
        ("--budget", () if budget == BUDGET else (f"{budget:g}",)),
        ("--seed", () if seed == 0 else (str(seed),)),
    )


def _a_number(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    """Return the value unless it is no number: that is neither below nor above anything."""
    if math.isnan(value):
        raise click.BadParameter("nan is not a number of seconds")
    return value
