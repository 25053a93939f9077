"""`redline cover`: which words of a version the claims would miss if they were others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import click

from checker.analyses.cover.claims import asked_for
from checker.analyses.cover.journal import Journal
from checker.analyses.cover.run import ENOUGH, Coverage, Coverer, Plan
from checker.commands.asking import check_claims
from checker.commands.effort import decide, effort_given, effort_of, effort_options
from checker.commands.evidence import check_target, evidence_option, write_evidence
from checker.commands.folders import atomic_column, find_folders, folder_options
from checker.commands.output import Progress, installed_version, write_json, write_paragraphs, write_text
from checker.engines.job import Effort
from checker.engines.loading import load_regime
from checker.engines.pool import spread
from checker.evidence.folder import sources
from checker.evidence.write import hash_of
from checker.model.claim import Column
from checker.reports.coverage import Covered, cover_markdown, cover_paragraphs
from checker.reports.machine import dumped
from checker.reports.summary import repeat
from checker.results.edits import edits_of


@click.command("cover")
@click.argument("column", metavar="VERSION")
@click.option("--all", "everyone", is_flag=True, help=f"Name every claim that notices; else {ENOUGH}.")
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep what is found in FILE, and go on from what is found there.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@evidence_option
@folder_options
@effort_options
def command(
    column: str,
    *,
    everyone: bool,
    journal: Path | None,
    evidence: Path | None,
    form: str,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    seed: int,
    explore: bool,
) -> int:
    """Strike, negate, widen and narrow every phrase of VERSION, and drop every rule and supposition.

    One at a time; says which claims notice, which edits change nothing at all (proved), and which change
    decisions although no claim notices: then a claim is missing. Exit code 4 if there are any of these.
    """
    started = time.monotonic()
    folders = find_folders(spec, properties)
    check_target(evidence, folders)
    regime = load_regime(folders.spec, folders.properties)
    check_claims(regime, folders)
    asked = atomic_column(regime, column)
    effort = effort_of(budget, jobs, seed, explore=explore)
    about = {
        "redline": installed_version(),
        "column": str(asked),
        "sources": hash_of(dumped(sources(folders.spec, folders.properties))),
        "everyone": str(everyone),
        "budget": f"{budget:g}",
        "seed": str(seed),
    }
    diary = None if journal is None else Journal(journal, about)
    known = {} if diary is None else diary.read()
    if diary is not None:
        diary.write(known)
    plan = Plan.of(regime, asked, effort)
    found = dict(known)
    with Progress(len(plan.edits), done=sum(each.key in known for each in plan.edits)) as progress:
        for each in covered(plan, known, effort, None if everyone else ENOUGH):
            found[each.key] = each
            if diary is not None:
                diary.add(each)
            progress.step(f"{each.weight}: {each.key}")
    again = repeat(
        ("cover", column, *(("--all",) if everyone else ())),
        (("--evidence", () if evidence is None else (str(evidence),)), *effort_given(budget, seed)),
        folders.options,
    )
    pairs = tuple((each, found[each.key]) for each in plan.edits)
    answered = None
    if evidence is not None:
        behind = asked_for(plan, pairs, repeat(("cover", column), ()))
        answered = behind.answered(decide(behind.law, behind.jobs, effort))
    shown = None if answered is None else answered.shown
    result = Covered(plan, pairs, again, time.monotonic() - started, shown)
    if form == "json":
        write_json(edits_of(result, shipped=folders.shipped))
    elif form == "markdown":
        write_text(f"{folders.heading}{cover_markdown(result)}")
    else:
        write_paragraphs((*folders.notice, *cover_paragraphs(result)))
    if evidence is not None and answered is not None:
        told = (answered.law, answered.results, folders, effort.processes, answered.text)
        write_evidence(evidence, *told, readings=plan.text)
    return result.code


def covered(
    plan: Plan, known: Mapping[str, Coverage], effort: Effort, enough: int | None
) -> Iterator[Coverage]:
    """Yield what becomes of every edit that is not known yet, in order of completion, from all processes."""
    waiting = [number for number, each in enumerate(plan.edits) if each.key not in known]
    groups: dict[Column, list[int]] = {}  # what comes to the same law, in one process
    for number in waiting:
        groups.setdefault(plan.column_of(plan.edits[number]), []).append(number)
    starting = partial(_covering, plan, effort, enough)
    for _, found in spread(starting, list(groups.values()), effort.processes):
        yield found


def _covering(plan: Plan, effort: Effort, enough: int | None) -> Callable[[int], Coverage]:
    coverer = Coverer(plan, effort, enough)
    return lambda number: coverer.cover(plan.edits[number])
