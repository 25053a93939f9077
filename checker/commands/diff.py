"""`redline diff`: what one version, reading or deployment decides differently from another."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import click

from checker.analyses.diff import Difference, differ
from checker.commands.folders import Folders, atomic_column, find_folders, folder_options
from checker.commands.output import write_paragraphs, write_text
from checker.commands.prove import BUDGET, decide, effort_of, effort_options, write_evidence
from checker.engines.job import Effort, Job, names_columns
from checker.engines.verdict import Result
from checker.evidence.folder import check_target
from checker.model.claim import Column
from checker.regime.regime import Regime
from checker.regime.versions import load_regime
from checker.reports.difference import Compared, Flip, diff_json, diff_paragraphs
from checker.reports.machine import dumped
from checker.reports.summary import repeat

FAILING: Final = ("any", "accepting", "more-permissive", "less-permissive", "incomparable")


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--claims", "with_claims", is_flag=True, help="Say which claims change their verdict, and why.")
@click.option("--stories", is_flag=True, help="Tell every check of every example, in both columns.")
@click.option(
    "--fail-on",
    "failing",
    type=click.Choice(FAILING),
    multiple=True,
    help="Exit with 1 if that is so: any difference, one in what is accepted, or the relation. Repeatable.",
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    metavar="DIRECTORY",
    help="Write the evidence there, for `redline certify`.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
@effort_options
def command(
    old: str,
    new: str,
    *,
    with_claims: bool,
    stories: bool,
    failing: tuple[str, ...],
    evidence: Path | None,
    form: str,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    seed: int,
    explore: bool,
) -> int:
    """Say what the column NEW decides differently from the column OLD: exactly which requests, as cases.

    OLD and NEW are versions (`baseline`), readings (`mp107 under sixteen-one-alone`) or deployments. "No
    difference" is a proof, as is that the cases are all there are.
    """
    started = time.monotonic()
    folders = find_folders(spec, properties)
    if evidence is not None:
        check_target(evidence)
    regime = load_regime(folders.spec, folders.properties)
    effort = effort_of(budget, jobs, seed, explore=explore)
    columns = atomic_column(regime, old), atomic_column(regime, new)
    again = repeat(
        ("diff", old, new, *(("--claims",) if with_claims else ()), *(("--stories",) if stories else ())),
        (
            ("--fail-on", failing),
            ("--budget", () if budget == BUDGET else (f"{budget:g}",)),
            ("--seed", () if seed == 0 else (str(seed),)),
            ("--evidence", () if evidence is None else (str(evidence),)),
        ),
        folders.options,
    )
    found = differ(regime, *columns, effort, repeat(("diff", old, new), ()))
    flips, asked = claims_changed(regime, *columns, effort) if with_claims else (None, 0)
    if evidence is not None:
        write_proofs(evidence, found, folders, effort)
    compared = Compared(found, flips, asked, _fails(found, failing), again, time.monotonic() - started)
    if form == "json":
        write_text(dumped(diff_json(compared)))
    else:
        write_paragraphs(diff_paragraphs(compared, stories=stories))
    return compared.code


def write_proofs(place: Path, found: Difference, folders: Folders, effort: Effort) -> None:
    """Write what stands behind a difference."""
    write_evidence(place, found.regime, found.results, folders, effort.processes, found.text)


def claims_changed(regime: Regime, old: Column, new: Column, effort: Effort) -> tuple[tuple[Flip, ...], int]:
    """Return the claims whose verdict is not the same in both columns, and how many were asked.

    Claims that name the columns that they are about are not asked.
    """
    claims = [each for each in regime.claims if not names_columns(each)]
    jobs = tuple(Job(claim, column) for claim in claims for column in (old, new))
    results = decide(regime, jobs, effort)
    pairs = zip(results[::2], results[1::2], strict=True)
    flips = (Flip(old, new) for old, new in pairs if _found(old) != _found(new))
    return tuple(flips), len(claims)


def _found(result: Result) -> tuple[str, bool]:
    return result.verdict, result.vacuous


def _fails(found: Difference, failing: tuple[str, ...]) -> bool:
    if found.undecided:
        return False
    accepting = found.relation != "equivalent"
    so = {
        "any": not found.same,
        "accepting": accepting,
        "more-permissive": found.relation in ("more permissive", "incomparable"),
        "less-permissive": found.relation in ("less permissive", "incomparable"),
        "incomparable": found.relation == "incomparable",
    }
    return any(so[each] for each in failing)
