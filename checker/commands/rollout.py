"""`redline rollout`: mixtures of two versions, the harm that they do, and the orders that avoid it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands.completion import COLUMN
from checker.commands.options import evidence_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, format_option
from checker.commands.session import Session, session_options
from checker.interface.choices import ROLLOUT_FAILING, RolloutFailing

if TYPE_CHECKING:
    from checker.rooms.rollout.text import Stories


@click.command("rollout")
@click.argument("old", metavar="[FROM]", required=False, type=COLUMN)
@click.argument("new", metavar="[TO]", required=False, type=COLUMN)
@click.option(
    "--stories",
    type=click.Choice(["first", "all", "none"]),
    default="none",
    show_default=True,
    help="Name all claims, and tell a story of where unsafe orders become harmful: one for each class of "
    "orders (`first`), or all. `none`: one sentence each.",
)
@click.option(
    "--all", "full", is_flag=True, help="Tell every mixture, order and claim, however many pages that takes."
)
@click.option(
    "--all-claims",
    is_flag=True,
    help="Also decide claims that are expected to be refuted in one of the two versions.",
)
@click.option(
    "--fail-on",
    "failing",
    type=click.Choice(ROLLOUT_FAILING),
    multiple=True,
    help="Exit with 1 if an order is unsafe, if none is safe, or if a mixture has this harm. Repeatable.",
)
@evidence_option
@format_option(pages=True)
@session_options
def command(
    old: str | None,
    new: str | None,
    *,
    stories: Stories,
    full: bool,
    all_claims: bool,
    failing: tuple[RolloutFailing, ...],
    evidence: Path | None,
    reports: Reports,
    session: Session,
) -> int:
    """Check every mixture of the versions FROM and TO at the components, and every order of switching.

    Lists the harmful mixtures and the safe orders, and the switch at which each other order becomes harmful.
    Without FROM and TO, it is from the version that the last one was made from to the last one. Both may be
    under the same readings: `mp2 under narrow`.
    """
    law = session.law()
    if evidence is not None:
        law.check_target(evidence)
    named = law.pair(old, new)
    again = law.command(
        ("rollout", *named, *(("--all",) if full else ()), *(("--all-claims",) if all_claims else ())),
        ("--stories", () if stories == "none" else (stories,)),
        ("--fail-on", failing),
        ("--evidence", () if evidence is None else (str(evidence),)),
        *session.given,
    )
    with Progress() as progress:
        found = law.rollout(
            *named,
            all_claims=all_claims,
            evidence=evidence is not None,
            verdicts=stories != "none" or reports.form == "json",
            fail_on=failing,
            progress=progress,
            command=again,
        )
    reports.write(law, found, partial(found.paragraphs, stories, full=full), evidence)
    return found.exit
