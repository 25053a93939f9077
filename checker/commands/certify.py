"""`redline certify`: re-check written evidence, with solvers that had no part in finding it."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from checker.commands.folders import Folders, find_folders, folder_options
from checker.commands.git import texts_at
from checker.commands.output import Progress, write_json, write_paragraphs
from checker.engines.loading import load_regime
from checker.engines.pool import default_processes
from checker.evidence.certify import Certificate, Folder, NoManifest, binding_problems, certify, shown
from checker.evidence.folder import read_folder, sources
from checker.evidence.missing import former_problems, missing_in
from checker.evidence.report import Certified, certified_paragraphs
from checker.regime.versions import markdown_in
from checker.results.certification import certification_of

SOLVERS: Final = ("z3", "cvc5")
BUDGET: Final = 20.0  # seconds for one obligation and solver


@click.command("certify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIRECTORY")
@click.option(
    "--solver",
    "asked",
    type=click.Choice(SOLVERS),
    multiple=True,
    default=SOLVERS,
    help="Solver to ask about every obligation. May be repeated. Default: both.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
@click.option(
    "--budget",
    type=click.FloatRange(min=0.001),
    default=BUDGET,
    show_default=True,
    metavar="SECONDS",
    help="Time for one obligation and solver; what takes longer is rejected.",
)
@click.option(
    "--before",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help="The law that the evidence compares with is the one in that folder.",
)
@click.option(
    "--git",
    "revision",
    metavar="REV",
    help="The law that the evidence compares with is the one at that revision.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Processes to use. Default: one for each core.",
)
def command(
    folder: Path,
    asked: tuple[str, ...],
    *,
    form: str,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    before: Path | None,
    revision: str | None,
) -> int:
    """Re-check the evidence in DIRECTORY, written by `redline prove --evidence`.

    Builds every obligation anew from the law and the claims, compares it with the file, and asks the solvers
    about it; replays every story. Exit code 5 if anything is rejected.
    """
    started = time.monotonic()
    solvers = tuple(dict.fromkeys(asked))
    _check_installed(solvers)
    folders = find_folders(spec, properties)
    files = read_folder(folder)
    law = load_regime(folders.spec, folders.properties)
    try:
        written = Folder.of(files)
        regime = written.asked_of(law)
    except NoManifest as wrong:
        certified = Certified((str(wrong),), (), solvers, time.monotonic() - started)
    else:
        former = former_law(written, folders, before, revision)
        problems = (
            *binding_problems(written, sources(folders.spec, folders.properties)),
            *(former_problems(written.former, former.texts, former.whose) if written.former else ()),
        )
        found: dict[int, Certificate] = {}
        with Progress(len(written.entries("grounds")) + len(written.entries("verdicts"))) as progress:
            for number, each in certify(regime, written, solvers, budget, jobs or default_processes()):
                progress.step(each.subject)
                found[number] = each
        entries = tuple(found[number] for number in sorted(found))
        missing = tuple(missing_in(written, law))
        seconds = time.monotonic() - started
        certified = Certified(problems, entries, solvers, seconds, missing, former.whose)
    if form == "json":
        write_json(certification_of(certified, shipped=folders.shipped))
    else:
        write_paragraphs((*folders.notice, *certified_paragraphs(certified)))
    return certified.code


@dataclass(frozen=True, slots=True)
class Former:
    """The law that evidence compares with: name -> text, None if nobody says where; `whose`, in words."""

    texts: Mapping[str, str] | None = None
    whose: str = ""


def former_law(written: Folder, folders: Folders, before: Path | None, revision: str | None) -> Former:
    """Return the law that the folder's other one is held against: as told, else where the folder says that it
    was found. Raises UsageError, SpecError.
    """
    if before is not None and revision is not None:
        raise click.UsageError("--before and --git name different laws: give one of them")
    if not written.former:
        if before is not None or revision is not None:
            raise click.UsageError("the evidence compares with no other law: leave out --before and --git")
        return Former()
    if before is not None:
        return Former(markdown_in(before), f"the one in `{before}`")
    if revision is not None:
        return Former(texts_at(revision, folders.spec), f"the one at `{revision}`")
    match written.origin:
        case {"folder": place} if Path(place).is_dir():
            return Former(markdown_in(Path(place)), f"the one in `{shown(place)}`, as the folder says")
        case {"commit": commit} if re.fullmatch(r"[0-9a-f]{40,64}", commit):
            return Former(texts_at(commit, folders.spec), f"the one at commit {commit}, as the folder says")
        case _:
            return Former()


def _check_installed(solvers: tuple[str, ...]) -> None:
    scripts = importlib.import_module("checker.logic.script_solvers")
    for each in solvers:
        if not scripts.is_installed(each):
            others = [other for other in SOLVERS if scripts.is_installed(other)]
            hint = f"install `redline[certify]`, or ask `--solver {others[0]}` alone"
            raise click.UsageError(f"{each} is not installed: {hint}")
