"""`redline lint`: rules that decide nothing, and words and rules that do not fit each other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from checker.analyses.lint.run import Lint, lint
from checker.commands.effort import decide, effort_given, effort_of, effort_options
from checker.commands.evidence import check_target, evidence_option, write_evidence
from checker.commands.folders import atomic_column, find_folders, folder_options
from checker.commands.output import write_json, write_paragraphs
from checker.engines.loading import load_regime
from checker.exits import GATE_FAILED, NO_ANSWER, exit_code
from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.regime import Regime
from checker.reports.lint_text import lint_paragraphs
from checker.reports.summary import is_main, repeat
from checker.results.findings import Linted, findings_of


@click.command("lint")
@click.argument("versions", nargs=-1, metavar="[VERSION]...")
@evidence_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
@effort_options
def command(
    versions: tuple[str, ...],
    *,
    evidence: Path | None,
    form: str,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    seed: int,
    explore: bool,
) -> int:
    """Look for rules that decide nothing and words that no rule follows, in VERSIONs (by default, all).

    Exits with 4 if a rule can never decide, 3 if a question could not be decided; notices alone exit with 0.
    """
    started = time.monotonic()
    folders = find_folders(spec, properties)
    check_target(evidence, folders)
    regime = load_regime(folders.spec, folders.properties)
    chosen = chosen_versions(regime, versions)
    effort = effort_of(budget, jobs, seed, explore=explore)
    linted = lint(regime, chosen, partial(decide, effort=effort))
    again = repeat(
        ("lint", *versions, *(("--explore",) if explore else ())),
        (
            ("--evidence", () if evidence is None else (str(evidence),)),
            *effort_given(budget, seed),
        ),
        folders.options,
    )
    seconds, code = time.monotonic() - started, exit_code(_codes(linted))
    if form == "json":
        write_json(findings_of(Linted(regime, linted, chosen, again, seconds, code), shipped=folders.shipped))
    else:
        texts = {each.file: each.text for each in regime.documents}
        write_paragraphs(
            (*folders.notice, *lint_paragraphs(linted, texts, versions=chosen, repeat=again, seconds=seconds))
        )
    if evidence is not None:
        write_evidence(evidence, linted.regime, linted.results, folders, effort.processes, linted.text)
    return code


def chosen_versions(regime: Regime, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the versions that are named, all without any. SpecError for what is no version as it stands."""
    columns = [atomic_column(regime, each) for each in wanted]
    for column in columns:
        if not is_main(column) or column.base not in regime.versions:
            message = f"`{column}` is not a version as it stands"
            raise SpecError((Diagnostic("wrong-column", message, None, tuple(regime.versions)),))
    return tuple(dict.fromkeys(each.base for each in columns)) or tuple(regime.versions)


def _codes(linted: Lint) -> Iterator[int]:
    yield from (GATE_FAILED for each in linted.findings if each.gates)
    yield from (NO_ANSWER for _ in linted.undecided)
