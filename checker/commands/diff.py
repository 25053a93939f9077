"""`redline diff`: what one version, reading or deployment decides differently from another."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from checker.analyses.difference.run import Difference, differ
from checker.commands.asking import check_claims
from checker.commands.effort import decide, effort_given, effort_of, effort_options
from checker.commands.evidence import check_target, evidence_option, write_evidence
from checker.commands.folders import Folders, atomic_column, find_folders, folder_options
from checker.commands.output import write_json, write_paragraphs
from checker.engines.job import Effort, Job
from checker.engines.left_out import LeftOut, why_not, why_not_in
from checker.engines.loading import load_regime, load_texts
from checker.engines.verdict import Result
from checker.model.claim import Column
from checker.regime.beside import FORMER, beside
from checker.regime.regime import Regime
from checker.regime.versions import markdown_in
from checker.reports.difference import Compared, Flip, diff_paragraphs
from checker.reports.summary import repeat

FAILING: Final = ("any", "accepting", "more-permissive", "less-permissive", "incomparable")


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", required=False, metavar="[NEW]")
@click.option(
    "--before",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help="OLD is a column of the law in that folder. NEW is then the same column, unless it is told.",
)
@click.option(
    "--git",
    "revisions",
    metavar="REV[..REV]",
    help="OLD is a column of the law at the first revision, NEW at the second or, without, as it lies here.",
)
@click.option("--claims", "with_claims", is_flag=True, help="Say which claims change their verdict, and why.")
@click.option("--stories", is_flag=True, help="Tell every check of every example, in both columns.")
@click.option(
    "--fail-on",
    "failing",
    type=click.Choice(FAILING),
    multiple=True,
    help="Exit with 1 if that is so: any difference, one in what is accepted, or the relation. Repeatable.",
)
@evidence_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
@effort_options
def command(
    old: str,
    new: str | None,
    *,
    before: Path | None,
    revisions: str | None,
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

    OLD and NEW are versions, readings (`now under strict`) or deployments; with --before or --git, of the law
    as it was and as it is. "No difference" is a proof, as is that the cases are all there are.
    """
    started = time.monotonic()
    folders = find_folders(spec, properties, claims=with_claims or evidence is not None)
    check_target(evidence, folders)
    laws = laws_compared(folders, before, revisions, claims=with_claims or evidence is not None)
    if new is None and laws.former is None:
        raise click.UsageError("NEW is missing: with what is OLD to be compared?")
    if evidence is not None and laws.elsewhere:
        raise click.UsageError("evidence is about the law as it lies here: give --git one revision")
    effort = replace(
        effort_of(budget, jobs, seed, explore=explore), witnesses=with_claims or evidence is not None
    )
    regime = laws.regime
    if with_claims:
        check_claims(regime, folders)
    first = old if laws.former is None else f"{FORMER}{old}"
    columns = atomic_column(regime, first), atomic_column(regime, new or old)
    names = (old, *(() if new is None else (new,)))
    again = repeat(
        ("diff", *names, *(("--claims",) if with_claims else ()), *(("--stories",) if stories else ())),
        (
            ("--before", () if before is None else (str(before),)),
            ("--git", () if revisions is None else (revisions,)),
            ("--fail-on", failing),
            *effort_given(budget, seed),
            ("--evidence", () if evidence is None else (str(evidence),)),
        ),
        folders.options,
    )
    found = differ(regime, *columns, effort, repeat(("diff", *names), ()))
    flips, asked, left_out = claims_changed(regime, *columns, effort) if with_claims else (None, 0, ())
    compared = Compared(
        found, flips, asked, _fails(found, failing), again, time.monotonic() - started, left_out
    )
    if form == "json":
        from checker.results.differences import differences_of

        write_json(differences_of(compared, shipped=folders.shipped))
    else:
        write_paragraphs((*folders.notice, *diff_paragraphs(compared, stories=stories)))
    if evidence is not None:
        about = (found.regime, found.results, folders, effort.processes, found.text, laws.former)
        write_evidence(evidence, *about, origin=laws.origin)
    return compared.code


@dataclass(frozen=True, slots=True)
class Laws:
    """The law as it is and, if there is another one to compare it with, beside it the law as it was.

    `former`: the files of that other one; `origin`: where they were found. `elsewhere`: the first is not the
    one that lies in the folders.
    """

    regime: Regime
    former: Mapping[str, str] | None = None
    origin: Mapping[str, str] | None = None
    elsewhere: bool = False


def laws_compared(folders: Folders, before: Path | None, revisions: str | None, *, claims: bool) -> Laws:
    """Return the law of the folders, with its claims if they are needed, beside what it is compared with.

    Raises SpecError, UsageError.
    """
    properties = folders.properties if claims else None
    if before is not None and revisions is not None:
        raise click.UsageError("--before and --git name different laws: give one of them")
    if before is not None:
        now = load_regime(folders.spec, properties)
        name = before.resolve().name
        former = {f"{name}/{file}": text for file, text in markdown_in(before).items()}
        return Laws(beside(now, load_texts(former)), former, {"folder": str(before)})
    if revisions is None:
        return Laws(load_regime(folders.spec, properties))
    from checker.commands.git import check_tracked, commit_of, named, texts_at

    first, dots, second = revisions.partition("..")
    was = {f"{named(first)}/{name}": text for name, text in texts_at(first, folders.spec).items()}
    if not dots or not second:
        for each in (folders.spec, *(() if properties is None else (properties,))):
            check_tracked(each)
        now = load_regime(folders.spec, properties)
        origin = {"revision": first, "commit": commit_of(first, folders.spec)}
        return Laws(beside(now, load_texts(was)), was, origin)
    law = {f"{named(second)}/{name}": text for name, text in texts_at(second, folders.spec).items()}
    asked = texts_at(second, folders.properties) if claims else {}
    told = {f"{named(second)}/claims/{name}": text for name, text in asked.items()}
    return Laws(beside(load_texts({**law, **told}), load_texts(was)), was, elsewhere=True)


def claims_changed(
    regime: Regime, old: Column, new: Column, effort: Effort
) -> tuple[tuple[Flip, ...], int, tuple[LeftOut, ...]]:
    """Return the claims whose verdict is not the same in both columns, how many were asked, and which not.

    These name what they are about, and so say nothing of one of the columns.
    """
    deployed = {name for column in (old, new) for name in regime.deployed(column).values()}
    words = [[why_not_in(regime, each, column) for column in (old, new)] for each in regime.claims]
    reasons = [
        (claim, next((each for each in (why_not(claim, deployed), *found) if each is not None), None))
        for claim, found in zip(regime.claims, words, strict=True)
    ]
    claims = [each for each, reason in reasons if reason is None]
    jobs = tuple(Job(claim, column) for claim in claims for column in (old, new))
    results = decide(regime, jobs, effort)
    pairs = zip(results[::2], results[1::2], strict=True)
    flips = (Flip(old, new) for old, new in pairs if _found(old) != _found(new))
    left_out = (LeftOut(each, None, reason) for each, reason in reasons if reason is not None)
    return tuple(flips), len(claims), tuple(left_out)


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
