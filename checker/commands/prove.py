"""`redline prove`: decide claims in columns, and report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from checker.commands.options import claims_argument, columns_option, evidence_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, report_options
from checker.commands.session import Session, session_options
from checker.interface.choices import MOST_STORIES
from checker.language.diagnostics import Diagnostic, SpecError

if TYPE_CHECKING:
    from checker.api import Law
    from checker.report.told_stories import Which

_WORDS: Final[tuple[Which, ...]] = ("all", "versions", "unexpected", "none")


@click.command("prove")
@claims_argument
@columns_option
@click.option(
    "--quick",
    "--only-versions",
    is_flag=True,
    help="Leave out readings, dropped suppositions and staged columns.",
)
@click.option(
    "--story",
    "--stories",
    "stories",
    multiple=True,
    metavar="WHICH",
    help="Tell the stories of this claim in full, or `all`; `versions`: those in a version or deployment as "
    "it stands; `unexpected`; `none`. May be repeated. Default: those of claims that are named.",
)
@click.option(
    "--matrix", is_flag=True, help="Print every row of the matrix, and what was found in all other columns."
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
    help="Find every minimal set of suppositions with which each proof goes through.",
)
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[=REV]",
    help="Only what the edit since this revision of Git (HEAD, if none is named) can reach.",
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
    help="Tell a story of a named claim in which FACT holds, such as 'kind(item) is Book', or prove that"
    " there is none.",
)
@evidence_option
@report_options(pages=True)
@session_options
def command(
    claims: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    quick: bool,
    stories: tuple[str, ...],
    matrix: bool,
    blame: bool,
    staged: bool,
    assumptions: bool,
    another: int | None,
    where: tuple[str, ...],
    changed: str | None,
    evidence: Path | None,
    reports: Reports,
    session: Session,
) -> int:
    """Decide CLAIMs (all of them by default), by number or by name.

    Prints whether all is as expected, what is not, which verdicts are not the same in all versions, and why
    claims are refuted. Claims named on the command line are told in full, with stories, proofs and the
    suppositions that they need.
    """
    for option, wanted in (("--another", another), ("--where", where)):
        if wanted and (staged or not claims):
            raise SpecError((_misplaced(option, staged=staged),))
    law = session.law()
    reports.check(law)
    which, of = _stories(law, stories)
    if evidence is not None:
        law.check_target(evidence)
    flags = (
        ("--quick", quick),
        ("--explore", session.explore),
        ("--blame", blame),
        ("--assumptions", assumptions),
        ("--staged", staged),
        ("--matrix", matrix),
    )
    since = () if changed is None else (f"--changed={changed}",)
    again = law.command(
        ("prove", *claims, *since, *(name for name, given in flags if given)),
        ("--version", columns),
        ("--another", (str(another),) if another else ()),
        ("--where", where),
        ("--story", stories),
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
            changed=changed,
            examples=bool(claims) or evidence is not None or reports.form in ("json", "html"),
            brief=not (claims or of or blame or assumptions or staged or evidence or reports.files)
            and which in (None, "none")
            and reports.form == "text",
            progress=progress,
            command=again,
        )
    told = partial(proofs.paragraphs, which, of=of, proofs=bool(claims), staged=staged, matrix=matrix)
    reports.write(law, proofs, told, evidence)
    return proofs.exit


def _misplaced(option: str, *, staged: bool) -> Diagnostic:
    if staged:
        message = f"`{option}` tells stories of requests in one go, so it does not go with `--staged`"
    else:
        message = f"`{option}` is about named claims: `redline prove 1 {option} …`"
    return Diagnostic("bad-option", message, None)


def _stories(law: Law, wanted: tuple[str, ...]) -> tuple[Which | None, frozenset[str]]:
    """Return which stories are to be told, and the claims whose are. SpecError if there is no such claim."""
    words = tuple(each for each in _WORDS if each in wanted)
    if len(words) > 1:
        raise click.UsageError(f"`--stories {words[0]}` and `--stories {words[1]}` do not go together")
    named = [each for each in wanted if each not in words]
    of = frozenset(each.name for each in law.claims_called(*named)) if named else frozenset()
    return (words[0] if words else None), of
