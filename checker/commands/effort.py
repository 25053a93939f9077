"""The options for effort: time, processes, exploration."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from checker.interface.choices import BUDGET

if TYPE_CHECKING:
    from checker.api import Shelf


def effort_options(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the options for effort."""
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
        type=click.IntRange(min=1),
        default=None,
        metavar="N",
        help="Processes to use. Default: one for each core.",
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
        expose_value=False,
        callback=_noted,
        help="Reuse verdicts of earlier runs on the same law and claim, and keep new ones. Default: --cache.",
    )
    recheck = click.option(
        "--recheck",
        is_flag=True,
        expose_value=False,
        callback=_noted,
        help="Have the solver check reused verdicts again.",
    )
    return budget(jobs(seed(explore(cache(recheck(command))))))


def shelf_asked(context: click.Context | None) -> tuple[Shelf | None, bool]:
    """Return the shelf with verdicts of earlier runs, open until the command ends, and whether to check them
    again. None for a command that decides no claims, and with `--no-cache`.
    """
    wanted = {} if context is None else context.meta
    if context is None or not wanted.get(f"{__name__}.cache", False):
        return None, False
    from checker.api import Shelf

    return context.with_resource(Shelf()), bool(wanted.get(f"{__name__}.recheck", False))


def _noted(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    context.meta[f"{__name__}.{parameter.name}"] = value


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
