"""`redline export`: a column and its claims for other tools, which check a finite instance of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from checker.commands.claims import chosen_claims
from checker.commands.files import cannot_write, write_files
from checker.commands.folders import atomic_column, find_folders, folder_options
from checker.commands.output import write_paragraphs
from checker.engines.left_out import LeftOut, left_out_of, speaks_of_nothing
from checker.engines.loading import load_regime
from checker.exits import AS_EXPECTED
from checker.export.bundle import Bundle, bundle_of
from checker.export.law import run_with
from checker.export.lexicon import things_sorts
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.model.model import Model
from checker.regime.names import nearest_name
from checker.regime.regime import Regime
from checker.reports.left_out import left_out_paragraphs
from checker.reports.paper import Paragraph, Words, paragraph

_MOST_THINGS: Final = 9  # of one sort: more than any model checker goes through


@click.command("export")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--tla",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Write TLA+ modules, and configurations for TLC, into this folder.",
)
@click.option("--version", "column", metavar="COLUMN", help="Default: the last version.")
@click.option(
    "--things",
    multiple=True,
    metavar="SORT=N",
    help="How many things of a sort there are, named ones apart. Default: two senders, else one.",
)
@folder_options
def command(
    claims: tuple[str, ...],
    folder: Path,
    column: str | None,
    *,
    things: tuple[str, ...],
    spec: Path | None,
    properties: Path | None,
) -> int:
    """Write the law of a column, and CLAIMs (by default all that can be asked there), as TLA+.

    TLC then checks a finite instance: a story that it finds settles a claim, but that it finds none is no
    proof. Claims that cannot be exported are listed with the reason, here and in the module of the law.
    """
    folders = find_folders(spec, properties)
    _check_target(folder)
    regime = load_regime(folders.spec, folders.properties)
    chosen = atomic_column(regime, column or str(list(regime.versions)[-1]))
    model = regime.model(chosen)
    counts = dict(_counted(model, each) for each in things)
    named = chosen_claims(regime, claims)
    elsewhere = tuple(_elsewhere(regime, named, chosen))
    others = {each.claim.name for each in elsewhere if each.claim is not None}
    try:
        bundle = bundle_of(model, chosen, [each for each in named if each.name not in others], counts)
    except RecursionError as wrong:
        message = "the rules nest too deep to be exported"
        raise SpecError((Diagnostic("too-deep", message, None),)) from wrong
    write_files(folder, bundle.files)
    write_paragraphs((*folders.notice, *_told(folder, bundle), *left_out_paragraphs(elsewhere)))
    return AS_EXPECTED


def _elsewhere(regime: Regime, claims: Sequence[Claim], column: Column) -> Iterator[LeftOut]:
    """Yield the claims that are about other columns or, whatever is expected, words of other versions."""
    yield from left_out_of(regime, claims, (column,))
    for claim in claims:
        reason = speaks_of_nothing(regime, claim, column)
        if reason is not None and any(each.column == column for each in claim.expectations):
            yield LeftOut(claim, column, reason)


def _counted(model: Model, text: str) -> tuple[str, int]:
    """Return the sort and the number that somebody typed. SpecError if it is not that."""
    name, _, number = text.partition("=")
    sorts = [each.name for each in things_sorts(model)]
    if name not in sorts:
        named = tuple(f"`{each}`" for each in sorts)
        nearest = nearest_name(name, sorts)
        raise SpecError(
            (Diagnostic("unknown-name", f"there is no sort `{name}` of things", None, named, nearest),)
        )
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= _MOST_THINGS):
        message = f"`{text}` is not a sort and a number from 1 to {_MOST_THINGS}, such as `{name}=2`"
        raise SpecError((Diagnostic("bad-option", message, None),))
    return name, int(number)


# -------------------------------------------------------------------- writing


def _check_target(folder: Path) -> None:
    """Raise SpecError if the folder holds something else than modules and what a checker left there."""
    holds = list(folder.iterdir()) if folder.is_dir() else []
    if holds and not any(each.suffix == ".tla" for each in holds):
        raise cannot_write(f"`{folder}` holds something else than an export")


def _told(folder: Path, bundle: Bundle) -> Iterator[Paragraph]:
    """Yield what was written, and what was not."""
    yield paragraph(f"{folder / bundle.law}.tla: the law")
    for module in bundle.modules:
        claim = f"claim {module.claim.number}, {module.claim.name}"
        yield paragraph(f"{folder / module.name}.tla, .cfg: {claim}", hang=2)
    if bundle.left_out:
        yield paragraph(Words("Not exported", "warning"), ":")
    for each in bundle.left_out:
        yield paragraph(f"claim {each.claim.number}, {each.claim.name}: {each.reason}", indent=2, hang=2)
    if bundle.modules:
        name = bundle.modules[0].name
        yield paragraph(f"Run there: {run_with(name)}", hang=2)
