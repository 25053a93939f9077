"""What `--evidence` writes; what that takes is loaded only if it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from checker.commands.folders import Folders
from checker.commands.output import Progress, installed_version
from checker.engines.verdict import Result
from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.regime import Regime


def evidence_option(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the option `--evidence`."""
    option = click.option(
        "--evidence",
        type=click.Path(path_type=Path),
        metavar="DIRECTORY",
        help="Write the evidence of every verdict there, for `redline certify`.",
    )
    return option(command)


def check_target(place: Path | None, folders: Folders) -> None:
    """Raise SpecError if evidence cannot be written there, or would be read as law.

    Without a place, nothing is to be written.
    """
    if place is None:
        return
    from checker.evidence import folder

    for each in (folders.spec, folders.properties):
        if each.resolve() in (place.resolve(), *place.resolve().parents):
            message = f"`{place}` lies in `{each}`, where it would be read as law"
            raise SpecError((Diagnostic("evidence", message, None),))
    folder.check_before(place)


def write_evidence(
    place: Path,
    regime: Regime,
    results: tuple[Result, ...],
    folders: Folders,
    processes: int,
    added: str = "",
    former: Mapping[str, str] | None = None,
    readings: str = "",
    origin: Mapping[str, str] | None = None,
) -> None:
    """Write what stands behind the results, with progress on standard error meanwhile. `added`: the text of
    claims that were asked besides those of the folders; `former`: the law that they compare it with;
    `readings`: the text of readings that they were asked under besides those of the folders; `origin`: where
    that other law was found.
    """
    from checker.evidence.collect import collect
    from checker.evidence.folder import sources, write_folder
    from checker.evidence.write import Bundle, manifest

    found: dict[int, Bundle] = {}
    with Progress(len(results)) as progress:
        for count, number, bundle in collect(regime, results, processes):
            progress.total = count
            progress.step("evidence")
            found[number] = bundle
    bundles = [found[number] for number in sorted(found)]
    law = sources(folders.spec, folders.properties)
    write_folder(place, manifest(installed_version(), law, bundles, added, former, readings, origin))
