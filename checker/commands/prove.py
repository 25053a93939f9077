"""`redline prove`: decide claims in columns, and report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands.evidence import evidence_option
from checker.commands.output import Progress, write_with_evidence
from checker.commands.session import Session, session_options
from checker.interface.choices import MOST_STORIES
from checker.language.diagnostics import Diagnostic, SpecError

if TYPE_CHECKING:
    from checker.report.matrix import Stories


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
    help="Which refutations to tell: all, those in a version or deployment as it stands, unexpected, none.",
)
@click.option(
    "--blame",
    is_flag=True,
    help="Find the words and suppositions that each verdict rests on.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="Ask of requests in one go and of requests under way, side by side; tell the differences.",
)
@click.option(
    "--assumptions",
    is_flag=True,
    help="Find every smallest set of suppositions with which each proof goes through.",
)
@click.option(
    "--another",
    is_flag=False,
    flag_value=1,
    type=click.IntRange(1, MOST_STORIES),
    metavar="[N]",
    help="After the story of a named claim, tell up to N others that differ in kind. Default: 1.",
)
@click.option(
    "--where",
    multiple=True,
    metavar="FACT",
    help="Tell a story of a named claim in which this holds ('type(d) is ESME'), or that there is none.",
)
@evidence_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@session_options
def command(
    claims: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    quick: bool,
    stories: Stories,
    blame: bool,
    staged: bool,
    assumptions: bool,
    another: int | None,
    where: tuple[str, ...],
    evidence: Path | None,
    form: str,
    session: Session,
) -> int:
    """Decide CLAIMs (all of them by default), by number or by name.

    Prints a matrix of expected and found verdicts, then the story behind each refutation. Claims named on the
    command line are told in full, with their proofs and the suppositions that they need.
    """
    for option, wanted in (("--another", another), ("--where", where)):
        if wanted and (staged or not claims):
            raise SpecError((_misplaced(option, staged=staged),))
    law = session.law()
    if evidence is not None:
        law.check_target(evidence)
    flags = (
        ("--quick", quick),
        ("--explore", session.explore),
        ("--blame", blame),
        ("--assumptions", assumptions),
        ("--staged", staged),
    )
    again = law.command(
        ("prove", *claims, *(name for name, given in flags if given)),
        ("--version", columns),
        ("--another", (str(another),) if another else ()),
        ("--where", where),
        ("--stories", () if stories == "versions" else (stories,)),
        ("--evidence", () if evidence is None else (str(evidence),)),
        *session.given,
    )
    with Progress() as progress:
        proofs = law.prove(
            *claims,
            versions=columns,
            quick=quick,
            staged=staged,
            blame=blame,
            assumptions=assumptions,
            another=another or 0,
            where=where,
            examples=bool(claims) or evidence is not None or form == "json",
            progress=progress,
            command=again,
        )
    told = partial(proofs.paragraphs, stories, proofs=bool(claims), staged=staged)
    write_with_evidence(law, proofs, form, told, evidence)
    return proofs.exit


def _misplaced(option: str, *, staged: bool) -> Diagnostic:
    if staged:
        message = f"`{option}` tells stories of requests in one go, so it does not go with `--staged`"
    else:
        message = f"`{option}` is about named claims: `redline prove 1 {option} …`"
    return Diagnostic("bad-option", message, None)
