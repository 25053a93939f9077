"""`redline explain`: one request in one situation: every check, in order, and why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from checker.commands.described import Description, described
from checker.commands.folders import column_called, find_folders, folder_options
from checker.commands.output import write_json, write_paragraphs
from checker.engines.loading import load_regime
from checker.exits import AS_EXPECTED
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.evaluate import Environment, Rules, holds
from checker.model.model import Model
from checker.model.situation import Situation
from checker.regime.regime import Regime
from checker.reports.explain import explain_paragraphs, explained
from checker.reports.summary import repeat
from checker.results.explained import explained_of

_LARGEST: Final = 100_000  # bytes of a file that describes one situation
_DEEPEST: Final = 100  # dots in a line of it: nested names are read slowly
_FENCE: Final = re.compile(r"^```toml[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A description, and the column it is for if it says so."""

    description: Description
    column: str | None


@click.command("explain")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", "column", metavar="COLUMN", help="Default: the file's, else the last version.")
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="PLACE=VALUE",
    help="A value in the situation, such as 'holder(b)=ann'; a fact needs no value.",
)
@click.option(
    "--request", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the request."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
def command(
    file: Path | None,
    column: str | None,
    *,
    values: tuple[str, ...],
    parameters: tuple[str, ...],
    form: str,
    spec: Path | None,
    properties: Path | None,
) -> int:
    """Take one request through one situation and tell every check.

    Situation and request stand in FILE (TOML, or Markdown with fences marked toml: tables [situation] and
    [request]), or on the command line, or both. Things are made by being named.
    """
    folders = find_folders(spec, properties, claims=False)
    regime = load_regime(folders.spec, None)
    typed = Asked(Description(_pairs(values, "true"), _pairs(parameters, None)), column)
    asked = _joined(_read(file), typed) if file is not None else typed
    chosen = column_called(regime, asked.column or _last_version(regime))
    rules = regime.rules(chosen)
    model = next(iter(rules.values()))
    situation, request = described(model, rules, regime.deployed(chosen), asked.description)
    warnings = tuple(_broken(model, rules, situation))
    found = explained(chosen, model, rules, situation, request, warnings=warnings)
    again = repeat(
        ("explain", *((str(file),) if file else ())),
        (("--version", (str(chosen),)), ("--set", values), ("--request", parameters)),
        folders.options,
    )
    if form == "json":
        write_json(explained_of(found, situation, request, again, shipped=folders.shipped))
    else:
        write_paragraphs((*folders.notice, *explain_paragraphs(found, again)))
    return AS_EXPECTED


def _last_version(regime: Regime) -> str:
    return str(list(regime.versions)[-1])


def _broken(model: Model, rules: Rules, situation: Situation) -> Iterator[str]:
    """Yield a sentence for each axiom that the situation breaks."""
    for axiom in model.axioms:
        if not holds(axiom.formula.formula, Environment(model, situation, rules=rules)):
            yield f"the situation breaks the axiom `{axiom.name}`: {axiom.sentence}"


# -------------------------------------------------------------------- reading


def _pairs(given: tuple[str, ...], default: str | None) -> tuple[tuple[str, str], ...]:
    return tuple(_pair(each, default) for each in given)


def _pair(text: str, default: str | None) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if equals:
        return name.strip(), value.strip()
    if default is None:
        raise SpecError((Diagnostic("bad-option", f"`{text}` is not `name=value`", None),))
    return text.strip(), default


def _joined(first: Asked, second: Asked) -> Asked:
    """Add what the command line says to what the file says; of the same place, the last counts."""
    description = Description(
        (*first.description.values, *second.description.values),
        (*first.description.request, *second.description.request),
    )
    return Asked(description, second.column or first.column)


def _read(file: Path) -> Asked:
    """Read a description. SpecError if the file is not what it should be."""
    if file.stat().st_size > _LARGEST:
        raise SpecError((Diagnostic("too-large", f"`{file}` is larger than {_LARGEST} bytes", None),))
    try:
        text = file.read_bytes().decode("utf-8")
        toml = "\n".join(_FENCE.findall(text)) if file.suffix == ".md" else text
        if any(line.count(".") > _DEEPEST for line in toml.split("\n")):
            raise SpecError((Diagnostic("too-deep", f"a line of `{file}` has too many dots", None),))
        document = tomllib.loads(toml)
    except (ValueError, RecursionError) as wrong:  # of encoding, of syntax, and numbers without end
        raise SpecError((Diagnostic("bad-file", f"`{file}` is not TOML: {wrong}", None),)) from wrong
    unknown = sorted(set(document) - {"version", "situation", "request"})
    if unknown:
        expected = ("`version`", "`[situation]`", "`[request]`")
        raise SpecError((Diagnostic("unknown-name", f"there is no part `{unknown[0]}`", None, expected),))
    column = document.get("version")
    description = Description(
        tuple(_entries(file, document.get("situation", {}))),
        tuple(_entries(file, document.get("request", {}))),
    )
    return Asked(description, str(column) if column is not None else None)


def _entries(file: Path, table: object) -> Iterator[tuple[str, str]]:
    if not isinstance(table, Mapping):
        raise SpecError((Diagnostic("bad-file", f"`{file}`: situation and request are tables", None),))
    for name, value in table.items():
        if not isinstance(value, str | bool):
            message = f"`{file}`: the value of `{name}` is neither text nor true or false"
            raise SpecError((Diagnostic("bad-file", message, None),))
        yield str(name), str(value).lower() if isinstance(value, bool) else value
