"""`redline prove`: decide claims in columns, and report."""

from __future__ import annotations

import difflib
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from checker.analyses.assumptions import Assumptions, assumptions_of
from checker.commands.folders import Folders, column_called, find_folders, folder_options
from checker.commands.output import Progress, installed_version, write_paragraphs, write_text
from checker.engines import pool
from checker.engines.decisive import Rule, Strength, rules_in
from checker.engines.job import Effort, Job, jobs_for, names_columns
from checker.engines.verdict import Result
from checker.evidence.collect import collect
from checker.evidence.folder import check_target, sources, write_folder
from checker.evidence.write import Bundle, manifest
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.regime.regime import Regime
from checker.regime.versions import load_regime
from checker.reports.machine import dumped, run_json
from checker.reports.summary import IdleRule, Run, in_order, is_main, repeat
from checker.reports.text import Stories, run_paragraphs

BUDGET: Final = 60.0  # seconds for each verdict, unless told otherwise


EXPLORED: Final = 1 << 20  # situations in the largest instance that --explore goes through


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


def effort_of(budget: float, jobs: int | None, seed: int, *, explore: bool, blame: bool = False) -> Effort:
    """Return what the options ask for."""
    processes = jobs or pool.default_processes()
    return Effort(budget, seed, EXPLORED if explore else 0, blame, processes)


def _a_number(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    """Return the value unless it is no number: that is neither below nor above anything."""
    if math.isnan(value):
        raise click.BadParameter("nan is not a number of seconds")
    return value


@click.command("prove")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--version",
    "columns",
    multiple=True,
    metavar="COLUMN",
    help="Only this version, deployment or column (`new under reading-a`). May be repeated.",
)
@click.option("--quick", "--only-versions", is_flag=True, help="Leave out readings and dropped suppositions.")
@click.option(
    "--stories",
    type=click.Choice(["all", "versions", "unexpected", "none"]),
    default="versions",
    show_default=True,
    help="Which refutations to tell as a case note: all, those in a version or deployment as it stands, …",
)
@click.option(
    "--blame",
    is_flag=True,
    help="Find the words and suppositions that each verdict rests on.",
)
@click.option(
    "--assumptions",
    is_flag=True,
    help="Find every smallest set of suppositions with which each proof goes through.",
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    metavar="DIRECTORY",
    help="Write the evidence of every verdict there, for `redline certify`.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
@effort_options
def command(
    claims: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    quick: bool,
    stories: Stories,
    blame: bool,
    assumptions: bool,
    evidence: Path | None,
    form: str,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    seed: int,
    explore: bool,
) -> int:
    """Decide CLAIMs (all of them by default), by number or by name.

    Prints expected against found, then the story behind each refutation. Claims that are named are told in
    full, with how they are proved and the suppositions that they need.
    """
    started = time.monotonic()
    folders = find_folders(spec, properties)
    if evidence is not None:
        check_target(evidence)
    regime = load_regime(folders.spec, folders.properties)
    chosen = chosen_claims(regime, claims)
    asked = chosen_jobs(regime, chosen, columns, named=bool(claims), quick=quick)
    effort = effort_of(budget, jobs, seed, explore=explore, blame=blame)
    rules = () if claims else tuple(asked_rules(regime, asked))
    results = decide(regime, (*asked, *(rule_job(regime, each, "alone") for each in rules)), effort)
    results, deciding = results[: len(asked)], results[len(asked) :]
    idle = tuple(idle_rules(regime, rules, deciding, effort))
    supposed = supposed_by(regime, results, effort) if assumptions else None
    if evidence is not None:
        write_evidence(evidence, regime, _and_supposed(results, supposed or ()), folders, effort.processes)
    flags = (
        ("--quick", quick),
        ("--explore", explore),
        ("--blame", blame),
        ("--assumptions", assumptions),
    )
    again = repeat(
        ("prove", *claims, *(name for name, given in flags if given)),
        (
            ("--version", columns),
            ("--stories", () if stories == "versions" else (stories,)),
            ("--evidence", () if evidence is None else (str(evidence),)),
            ("--budget", () if budget == BUDGET else (f"{budget:g}",)),
            ("--seed", () if seed == 0 else (str(seed),)),
        ),
        folders.options,
    )
    run = Run(results, again, time.monotonic() - started, idle, supposed)
    if form == "json":
        write_text(dumped(run_json(regime, run)))
    else:
        write_paragraphs(run_paragraphs(regime, run, stories=stories, proofs=bool(claims)))
    return run.code


def chosen_claims(regime: Regime, wanted: Sequence[str]) -> tuple[Claim, ...]:
    """Return the claims of these numbers or names, all without any. SpecError if there is no such claim."""
    if not wanted:
        return tuple(regime.claims)
    found = {each.name: each for name in wanted for each in _claims_called(regime, name)}
    return tuple(found.values())


def _claims_called(regime: Regime, name: str) -> tuple[Claim, ...]:
    found = tuple(each for each in regime.claims if name in (each.number, each.name))
    found = found or tuple(each for each in regime.claims if each.number.rstrip("abcdefgh") == name)
    if found:
        return found
    names = [each.name for each in regime.claims]
    close = difflib.get_close_matches(name, names, n=1)
    numbers = ", ".join(
        sorted((each.number for each in regime.claims), key=lambda n: (len(n.rstrip("abcdefgh")), n))
    )
    raise SpecError(
        (
            Diagnostic(
                "unknown-name",
                f"there is no claim `{name}`",
                None,
                nearest=close[0] if close else None,
                notes=(f"claims are numbered {numbers}",) if not close else (),
            ),
        )
    )


def chosen_jobs(
    regime: Regime, claims: tuple[Claim, ...], columns: Sequence[str], *, named: bool, quick: bool
) -> tuple[Job, ...]:
    """Return what is to be decided. Claims are asked in every column that is named if they are named, too,
    or if no claim expects anything there: so a new version can be held against them all.
    """
    if not columns:
        return jobs_for(claims, everything=not quick)
    jobs: list[Job] = []
    for column in (column_called(regime, each) for each in columns):
        unknown = not any(each.column == column for claim in regime.claims for each in claim.expectations)
        jobs += _in_column(claims, column, named=named or unknown, quick=quick)
    return tuple({(each.claim.name, each.column, each.by): each for each in jobs}.values())


def _in_column(claims: tuple[Claim, ...], column: Column, *, named: bool, quick: bool) -> Iterator[Job]:
    """Yield what authors expect in a column (and, of a version, in its readings), or ask without."""
    for claim in claims:
        expected = jobs_for((claim,), everything=not quick or not is_main(column))
        within = [each for each in expected if _within(each.column, column)]
        yield from within
        if named and not any(each.column == column for each in within) and not names_columns(claim):
            yield Job(claim, column)


def _within(column: Column, wanted: Column) -> bool:
    return column == wanted or (is_main(wanted) and column.base == wanted.base)


def decide(regime: Regime, jobs: tuple[Job, ...], effort: Effort) -> tuple[Result, ...]:
    """Return the results in the order of the jobs, with progress on standard error meanwhile."""
    results: dict[int, Result] = {}
    with Progress(len(jobs)) as progress:
        for number, result in pool.run(regime, jobs, effort):
            progress.step(f"{result.claim.name} in {result.column}: {result.verdict}")
            results[number] = result
    return tuple(results[number] for number in sorted(results))


def asked_rules(regime: Regime, jobs: Sequence[Job]) -> Iterator[Rule]:
    """Yield the checks and exemptions of every version that is asked about as it stands."""
    for column in dict.fromkeys(each.column for each in jobs):
        if is_main(column) and column.base in regime.versions:
            yield from rules_in(regime.model(column), column)


def rule_job(regime: Regime, rule: Rule, strength: Strength) -> Job:
    """Return the question whether a rule decides anything."""
    return rule.job(regime.model(rule.column), strength)


def idle_rules(
    regime: Regime, rules: Sequence[Rule], alone: Sequence[Result], effort: Effort
) -> Iterator[IdleRule]:
    """Yield the rules that decide no request by themselves, and whether they do so together with others."""
    idle = [rule for rule, found in zip(rules, alone, strict=True) if found.verdict == "refuted"]
    again = pool.run(regime, tuple(rule_job(regime, each, "at all") for each in idle), effort)
    never = {number for number, result in again if result.verdict == "refuted"}
    for number, rule in enumerate(idle):
        yield IdleRule(rule, number in never)


def supposed_by(regime: Regime, results: Sequence[Result], effort: Effort) -> tuple[Assumptions, ...]:
    """Return what every proof supposes, with progress on standard error meanwhile.

    Proofs without a supposition that claims say they need are not asked about.
    """
    asked = [each for each in in_order(results) if not each.column.without]
    found: dict[int, Assumptions] = {}
    with Progress(sum(each.verdict == "proved" for each in asked)) as progress:
        for number, one in assumptions_of(regime, asked, results, effort):
            progress.step(f"{one.result.claim.name} in {one.result.column}")
            found[number] = one
    return tuple(found[number] for number in sorted(found))


def _and_supposed(results: tuple[Result, ...], supposed: Sequence[Assumptions]) -> tuple[Result, ...]:
    """Return the results, and those besides that tell what the proofs suppose."""
    known = {(each.claim.name, each.column, each.by): each for each in results}
    more = (each for one in supposed for each in one.results if each.decided)
    added = {(each.claim.name, each.column, each.by): each for each in more}
    return (*results, *(each for key, each in added.items() if key not in known))


def write_evidence(
    place: Path,
    regime: Regime,
    results: tuple[Result, ...],
    folders: Folders,
    processes: int,
    added: str = "",
    former: Mapping[str, str] | None = None,
) -> None:
    """Write what stands behind the results, with progress on standard error meanwhile. `added`: the text of
    claims that were asked besides those of the folders; `former`: the law that they compare it with.
    """
    found: dict[int, Bundle] = {}
    with Progress(len(results)) as progress:
        for count, number, bundle in collect(regime, results, processes):
            progress.total = count
            progress.step("evidence")
            found[number] = bundle
    bundles = [found[number] for number in sorted(found)]
    files = manifest(installed_version(), sources(folders.spec, folders.properties), bundles, added, former)
    write_folder(place, files)
