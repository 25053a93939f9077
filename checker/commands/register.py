"""`redline register`: the register of open points, with the claims that turn on each."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.folders import find_folders, folder_options
from checker.commands.output import write_text
from checker.commands.prove import decide, effort_of, effort_options
from checker.engines.job import jobs_for
from checker.exits import exit_code
from checker.regime.versions import load_regime
from checker.reports.register import register_text
from checker.reports.summary import result_code


@click.command("register")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@folder_options
@effort_options
def command(
    output: Path | None,
    *,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    seed: int,
    explore: bool,
) -> int:
    """Write every open point as Markdown: readings, premises, adopted checks, axioms and what is left out.

    Decides all claims first, to say which of them turn on which point.
    """
    folders = find_folders(spec, properties)
    regime = load_regime(folders.spec, folders.properties)
    effort = effort_of(budget, jobs, seed, explore=explore)
    results = decide(regime, jobs_for(regime.claims), effort)
    text = register_text(regime, results)
    if output is None:
        write_text(text)
    else:
        output.write_text(text, encoding="utf-8")
    return exit_code(map(result_code, results))
