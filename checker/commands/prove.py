"""`redline prove`: decide claims in columns, and report."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from checker.analyses.assumptions import Assumptions, assumptions_of
from checker.commands.asking import check_claims, chosen_jobs, not_asked, nothing_asked
from checker.commands.claims import chosen_claims
from checker.commands.effort import decide, effort_given, effort_of, effort_options
from checker.commands.evidence import check_target, evidence_option, write_evidence
from checker.commands.folders import find_folders, folder_options
from checker.commands.output import Progress, write_json, write_paragraphs
from checker.engines import pool
from checker.engines.decisive import Rule, Strength, rules_in
from checker.engines.job import Effort, Job, both_ways
from checker.engines.loading import load_regime
from checker.engines.verdict import Result
from checker.regime.regime import Regime
from checker.reports.staged_text import staged_paragraphs
from checker.reports.summary import IdleRule, Run, in_order, is_main, repeat
from checker.reports.text import Stories, run_paragraphs
from checker.results.proofs import proofs_of


@click.command("prove")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--version",
    "columns",
    multiple=True,
    metavar="COLUMN",
    help="Only this version, deployment or column (`new under reading-a`). May be repeated.",
)
@click.option(
    "--quick",
    "--only-versions",
    is_flag=True,
    help="Leave out readings, dropped suppositions and staged columns.",
)
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
    "--staged",
    is_flag=True,
    help="Ask of requests in one go and of requests under way, side by side; tell what differs.",
)
@click.option(
    "--assumptions",
    is_flag=True,
    help="Find every smallest set of suppositions with which each proof goes through.",
)
@evidence_option
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
    staged: bool,
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
    check_target(evidence, folders)
    regime = load_regime(folders.spec, folders.properties)
    chosen = chosen_claims(regime, claims)
    check_claims(regime, folders)
    asked = chosen_jobs(regime, chosen, columns, quick=quick)
    asked = both_ways(asked) if staged else asked
    left_out = not_asked(regime, chosen, columns, asked, named=bool(claims))
    if not asked:
        which = f"no claim of {', '.join(each.number for each in chosen)}" if claims else "no claim"
        where = f" of `{'`, `'.join(columns)}`" if columns else " with these options"
        raise nothing_asked(f"{which} can be asked{where}", regime, folders, left_out)
    effort = effort_of(budget, jobs, seed, explore=explore, blame=blame)
    rules = () if claims or staged else tuple(asked_rules(regime, asked))
    results = decide(regime, (*asked, *(rule_job(regime, each, "alone") for each in rules)), effort)
    results, deciding = results[: len(asked)], results[len(asked) :]
    idle = tuple(idle_rules(regime, rules, deciding, effort))
    supposed = supposed_by(regime, results, effort) if assumptions else None
    flags = (
        ("--quick", quick),
        ("--explore", explore),
        ("--blame", blame),
        ("--assumptions", assumptions),
        ("--staged", staged),
    )
    again = repeat(
        ("prove", *claims, *(name for name, given in flags if given)),
        (
            ("--version", columns),
            ("--stories", () if stories == "versions" else (stories,)),
            ("--evidence", () if evidence is None else (str(evidence),)),
            *effort_given(budget, seed),
        ),
        folders.options,
    )
    run = Run(results, again, time.monotonic() - started, idle, supposed, left_out)
    if form == "json":
        write_json(proofs_of(regime, run, shipped=folders.shipped))
    elif staged:
        write_paragraphs((*folders.notice, *staged_paragraphs(regime, run, chosen, stories=stories)))
    else:
        write_paragraphs(
            (*folders.notice, *run_paragraphs(regime, run, stories=stories, proofs=bool(claims)))
        )
    if evidence is not None:
        write_evidence(evidence, regime, _and_supposed(results, supposed or ()), folders, effort.processes)
    return run.code


def asked_rules(regime: Regime, jobs: Sequence[Job]) -> Iterator[Rule]:
    """Yield the checks and exemptions of every version that is asked about as it stands."""
    for column in dict.fromkeys(each.column for each in jobs):
        if is_main(column) and not column.staged and column.base in regime.versions:
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
