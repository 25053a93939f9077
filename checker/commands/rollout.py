"""`redline rollout`: mixtures of two versions, the harm that they do, and the orders that avoid it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from checker.analyses.rollout.found import Rollout
from checker.analyses.rollout.run import plan_of, roll_out
from checker.commands.asking import check_claims
from checker.commands.effort import effort_given, effort_of, effort_options
from checker.commands.evidence import check_target, evidence_option, write_evidence
from checker.commands.folders import atomic_column, find_folders, folder_options
from checker.commands.output import Progress, write_json, write_paragraphs
from checker.engines.loading import load_regime
from checker.exits import AS_EXPECTED, NO_ANSWER, NOT_AS_EXPECTED, exit_code
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.regime.regime import Regime
from checker.reports.rollout import Told
from checker.reports.rollout_text import Stories, rollout_paragraphs
from checker.reports.summary import repeat
from checker.results.mixtures import mixtures_of

FAILING: Final = ("unsafe-order", "no-safe-order", "claim-lost", "inconsistent")
_TWO: Final = 2


@click.command("rollout")
@click.argument("old", metavar="[FROM]", required=False)
@click.argument("new", metavar="[TO]", required=False)
@click.option(
    "--stories",
    type=click.Choice(["first", "all", "none"]),
    default="first",
    show_default=True,
    help="Which harms are told: the first where unsafe orders begin to do harm, all there, or none.",
)
@click.option(
    "--all-claims",
    is_flag=True,
    help="Decide the claims, too, that are expected to be refuted in one of the two versions.",
)
@click.option(
    "--fail-on",
    "failing",
    type=click.Choice(FAILING),
    multiple=True,
    help="Exit with 1 if some order is unsafe, none is safe, or some mixture does that harm. Repeatable.",
)
@evidence_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
@effort_options
def command(
    old: str | None,
    new: str | None,
    *,
    stories: Stories,
    all_claims: bool,
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
    """Go through every mixture of the versions FROM and TO at the components, and every order of switching.

    Says which mixtures do harm, which orders avoid it, and with which step each of the others begins it. With
    two versions in the law, FROM and TO need not be named. Readings may be: `mp2 under narrow`, of both.
    """
    started = time.monotonic()
    folders = find_folders(spec, properties)
    check_target(evidence, folders)
    regime = load_regime(folders.spec, folders.properties)
    check_claims(regime, folders)
    columns = named_columns(regime, old, new)
    effort = effort_of(budget, jobs, seed, explore=explore)
    effort = replace(effort, witnesses=evidence is not None)  # nothing here is told of what holds
    named = tuple(map(str, columns))
    again = repeat(
        ("rollout", *named, *(("--all-claims",) if all_claims else ())),
        (
            ("--stories", () if stories == "first" else (stories,)),
            ("--fail-on", failing),
            ("--evidence", () if evidence is None else (str(evidence),)),
            *effort_given(budget, seed),
        ),
        folders.options,
    )
    with Progress(0) as progress:

        def told(total: int, name: str) -> None:
            progress.total = total
            progress.step(name)

        plan, source = plan_of(regime, *columns), repeat(("rollout", *named), ())
        found = roll_out(plan, effort, source, told, trusting=not all_claims)
    report = Told(found, again, time.monotonic() - started, code_of(found, failing))
    if form == "json":
        write_json(mixtures_of(report, shipped=folders.shipped))
    else:
        write_paragraphs((*folders.notice, *rollout_paragraphs(report, stories=stories)))
    if evidence is not None:
        write_evidence(evidence, found.regime, found.results, folders, effort.processes, found.text)
    return report.code


def named_columns(regime: Regime, old: str | None, new: str | None) -> tuple[Column, Column]:
    """Return the columns that are named or, if none is, the law's two versions, the later one second."""
    if old is not None and new is not None:
        return atomic_column(regime, old), atomic_column(regime, new)
    if old is None and len(regime.versions) == _TWO:
        first, second = regime.versions.values()
        turned = first.parent == second.name
        pair = (second, first) if turned else (first, second)
        return Column(pair[0].name), Column(pair[1].name)
    expected = tuple(f"`{each}`" for each in regime.versions)
    message = "name the version that is in use and the one that is to come"
    raise SpecError((Diagnostic("rollout", message, None, expected),))


def code_of(found: Rollout, failing: tuple[str, ...]) -> int:
    """Return the exit code: 3 if something is not decided, 1 for what `--fail-on` names."""
    lattice = found.lattice
    harms = {harm.kind for mixture in lattice.mixtures for harm in found.harms(mixture)}
    so = {
        "unsafe-order": lattice.unsafe > 0,
        "no-safe-order": lattice.unsafe == lattice.orders,
        "claim-lost": "claim lost" in harms,
        "inconsistent": "inconsistent" in harms,
    }
    failed = NOT_AS_EXPECTED if any(so[each] for each in failing) else AS_EXPECTED
    return exit_code((failed, NO_ANSWER if found.open else AS_EXPECTED))
