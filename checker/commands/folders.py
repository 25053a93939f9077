"""The options that choose the law, and loading it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from checker.commands.effort import shelf_asked
from checker.interface.choices import BUDGET

if TYPE_CHECKING:
    from checker.api import Law

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def folder_options(command: Decorated) -> Decorated:
    """Give a command the options `--spec` and `--properties`."""
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


def loaded(
    spec: Path | None,
    properties: Path | None,
    *,
    claims: bool = True,
    budget: float = BUDGET,
    jobs: int | None = None,
    seed: int = 0,
    explore: bool = False,
) -> Law:
    """Return the law that the options name, with the effort that they ask for. SpecError if it is not one."""
    from checker import api

    shelf, recheck = shelf_asked(click.get_current_context(silent=True))
    effort = api.effort(budget, jobs=jobs, seed=seed, explore=explore, shelf=shelf, recheck=recheck)
    return api.load(spec, properties, claims=claims, effort=effort)
