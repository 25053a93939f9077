"""`redline who`: which users can bring something about, and who cannot without them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from checker.commands.completion import CLAIM, PREMISE
from checker.commands.options import columns_option, evidence_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, format_option
from checker.commands.session import Session, session_options

_COLUMNS = "A version, deployment or column. May be repeated. Default: the claim's, else all versions."


@click.command("who")
@click.argument("claim", required=False, metavar="[CLAIM]", type=CLAIM)
@click.option("--for", "bound", metavar="BINDERS", default="", help="As in a claim: 'x: S where p(x)'.")
@click.option(
    "--given", "given", multiple=True, type=PREMISE, metavar="PREMISE", help="As in a claim. May be repeated."
)
@click.option(
    "--if", "condition", metavar="P", default="", help="The situations to start from. Default: all."
)
@click.option("--goal", metavar="Q", help="The goal, instead of CLAIM.")
@click.option(
    "--member",
    "members",
    multiple=True,
    metavar="TERM",
    help="Try only coalitions of users that these terms name, and of users without a name. May be repeated. "
    "Default: all terms.",
)
@partial(columns_option, said=_COLUMNS)
@click.option(
    "--all", "full", is_flag=True, help="Tell every way of every coalition, and as a story why others cannot."
)
@evidence_option
@format_option()
@session_options
def command(
    claim: str | None,
    *,
    bound: str,
    given: tuple[str, ...],
    condition: str,
    goal: str | None,
    members: tuple[str, ...],
    columns: tuple[str, ...],
    full: bool,
    evidence: Path | None,
    reports: Reports,
    session: Session,
) -> int:
    """Find the minimal coalitions of users that can bring something about, and how they do it.

    The goal Q and the situations P come from CLAIM (`always, if P, then possibly Q`, or `never Q`), or from
    --goal and --if. A coalition can bring Q about if it can do so from every situation P, while
    nobody else sends anything.
    """
    law = session.law()
    if evidence is not None:
        law.check_target(evidence)
    single = (("--for", bound), ("--if", condition), ("--goal", goal or ""))
    again = law.command(
        ("who", *(() if claim is None else (claim,)), *(("--all",) if full else ())),
        *((name, (value,)) for name, value in single if value),
        ("--given", given),
        ("--member", members),
        ("--version", columns),
        ("--evidence", () if evidence is None else (str(evidence),)),
        *session.given,
    )
    with Progress() as progress:
        found = law.who(
            claim,
            bound=bound,
            given=given,
            condition=condition,
            goal=goal or "",
            members=members,
            versions=columns,
            progress=progress,
            command=again,
        )
    reports.write(law, found, partial(found.paragraphs, full=full), evidence)
    return found.exit
