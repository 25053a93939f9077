"""`redline audit`: tables held against the law."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from checker.commands.completion import CLAIM, COLUMN
from checker.commands.options import keep_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, format_option
from checker.commands.session import Session, session_options


@click.command("audit")
@click.argument("mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--where", metavar="P", help="Count the rows of which this is so, as in 'wrong(d)'.")
@click.option(
    "--for",
    "bound",
    metavar="BINDERS",
    default="",
    help="Of which things it is asked, as in 'd: Device'. Default: as the names in P are used.",
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="TERMS",
    help="Count by these terms, as in 'provider(d), type(d)'.",
)
@click.option(
    "--claim",
    type=CLAIM,
    help="Prove this claim, and say of each row which request of its strategy can be sent. Without --where,"
    " of the rows that the claim speaks of.",
)
@click.option("--check", is_flag=True, help="Look up which axioms and premises the tables break.")
@click.option(
    "--rows",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the rows to a CSV or Parquet file.",
)
@click.option(
    "--event",
    metavar="NAME",
    help="Write the event as a script, count what it changes, run it on a copy, and look up claims about it.",
)
@click.option(
    "--dialect",
    type=click.Choice(["duckdb", "spark", "postgres", "tsql", "bigquery"]),
    default="duckdb",
    show_default=True,
    help="What the script is for.",
)
@click.option(
    "--script",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the script there, instead of into the report. Without --event: the query that counts rows.",
)
@keep_option
@click.option(
    "--version",
    "column",
    type=COLUMN,
    metavar="COLUMN",
    help="Default: the mapping's, else the last version.",
)
@click.option("--today", metavar="DATE", help="The present day, as in 2026-04-01. Default: the mapping's.")
@format_option()
@session_options
def command(
    mapping: Path,
    *,
    where: str | None,
    bound: str,
    groups: tuple[str, ...],
    claim: str | None,
    check: bool,
    rows: Path | None,
    event: str | None,
    dialect: Literal["duckdb", "spark", "postgres", "tsql", "bigquery"],
    script: Path | None,
    keep: Path | None,
    column: str | None,
    today: str | None,
    reports: Reports,
    session: Session,
) -> int:
    """Hold tables against the law: which rows are as a condition says, and who can put them right.

    MAPPING (TOML) says which column of which CSV, Parquet or DuckDB table has what the law speaks of. Needs
    `pip install "redline[data]"`.
    """
    law = session.law()
    with Progress() as progress:
        found = law.audit(
            mapping,
            where=where,
            bound=bound,
            groups=groups,
            claim=claim,
            check=check,
            rows=rows,
            version=column,
            event=event,
            dialect=dialect,
            script=script,
            keep=keep,
            today=today,
            progress=progress,
        )
    reports.write(law, found, found.paragraphs)
    return found.exit
