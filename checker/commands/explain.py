"""`redline explain`: one request in one situation: every check, in order, and why."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.completion import COLUMN, PARAMETER, PLACE
from checker.commands.reporting import Reports, format_option
from checker.commands.session import Session, law_options
from checker.exits import AS_EXPECTED
from checker.language.diagnostics import Diagnostic, SpecError


@click.command("explain")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--version",
    "column",
    type=COLUMN,
    metavar="COLUMN",
    help="Default: the file's, else the last version.",
)
@click.option(
    "--set",
    "values",
    multiple=True,
    type=PLACE,
    metavar="PLACE=VALUE",
    help="A value in the situation, such as 'holder(b)=ann'; a fact needs no value.",
)
@click.option(
    "--request",
    "parameters",
    multiple=True,
    type=PARAMETER,
    metavar="NAME=VALUE",
    help="A parameter of the request.",
)
@format_option()
@law_options
def command(
    file: Path | None,
    column: str | None,
    *,
    values: tuple[str, ...],
    parameters: tuple[str, ...],
    reports: Reports,
    session: Session,
) -> int:
    """Take one request through one situation, and tell every check.

    Situation and request stand in FILE (TOML, or Markdown with fences marked toml: tables [situation] and
    [request]), or on the command line, or both. A thing exists once it is named.
    """
    law = session.law(claims=False)
    request, situation = _pairs(parameters, default=None), _pairs(values, default=True)
    found = law.explain(request, situation, version=column, file=file)
    reports.write(law, found, found.paragraphs)
    return AS_EXPECTED


def _pairs(given: tuple[str, ...], *, default: bool | None) -> tuple[tuple[str, str | bool], ...]:
    return tuple(_pair(each, default) for each in given)


def _pair(text: str, default: bool | None) -> tuple[str, str | bool]:
    name, equals, value = text.partition("=")
    if equals:
        return name.strip(), value.strip()
    if default is None:
        raise SpecError((Diagnostic("bad-option", f"`{text}` is not `name=value`", None),))
    return text.strip(), default
