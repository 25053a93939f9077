"""One request in one situation: what `explain` does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from checker.interface.described_case import Description, described
from checker.interface.loaded_law import LoadedLaw, column_called
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.evaluate import Environment, Rules, holds
from checker.model.mixture import common_model
from checker.model.model import Model
from checker.model.situation import Situation
from checker.report.explained_request import explained
from checker.results.explained import Explained, explained_of

_LARGEST: Final = 100_000  # bytes of a file that describes one situation
_DEEPEST: Final = 100  # dots in a line of it: nested names are read slowly
_FENCE: Final = re.compile(r"^```toml[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)


Pairs: TypeAlias = Mapping[str, str | bool] | Iterable[tuple[str, str | bool]]
"""Places of a situation, or parameters of a request, with their values; a fact that holds may have `True`."""
_Typed: TypeAlias = tuple[tuple[str, str | bool], ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A description, and the column it is for if it says so."""

    description: Description
    column: str | None = None


def explain(
    law: LoadedLaw, file: Path | None, situation: Pairs, request: Pairs, version: str | None, command: str
) -> Explained:
    """Take a request through a situation. What is in the `file` counts where they say nothing else; without a
    version, the file's counts, else the law's last one.
    """
    regime = law.regime
    places, parameters = _pairs(situation), _pairs(request)
    description = Description(_words(places), _words(parameters))
    own = Described(description, version)
    asked = _joined(read(file), own) if file is not None else own
    chosen = column_called(regime, asked.column or list(regime.versions)[-1])
    rules = regime.rules(chosen)
    model = common_model(rules)
    here, sent = described(model, rules, regime.deployed(chosen), asked.description)
    warnings = tuple(_broken(model, rules, here))
    found = explained(chosen, model, rules, here, sent, warnings=warnings)
    told = command or law.command(
        ("explain", *((str(file),) if file else ())),
        ("--version", (str(chosen),)),
        ("--set", tuple(map(_option, places))),
        ("--request", tuple(map(_option, parameters))),
    )
    return explained_of(found, here, sent, told, shipped=law.shipped)


def _pairs(given: Pairs) -> _Typed:
    return tuple(given.items() if isinstance(given, Mapping) else given)


def _words(typed: _Typed) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value).lower() if isinstance(value, bool) else value) for name, value in typed)


def _option(given: tuple[str, str | bool]) -> str:
    name, value = given
    return name if value is True else f"{name}={str(value).lower() if value is False else value}"


def _broken(model: Model, rules: Rules, situation: Situation) -> Iterator[str]:
    """Yield a sentence for each axiom that the situation breaks."""
    for axiom in model.axioms:
        if not holds(axiom.formula.formula, Environment(model, situation, rules=rules)):
            yield f"the situation breaks the axiom `{axiom.name}`: {axiom.sentence}"


# -------------------------------------------------------------------- reading


def _joined(first: Described, second: Described) -> Described:
    """Return both descriptions as one. What the second says of a place counts, not what the first says."""
    description = Description(
        (*first.description.values, *second.description.values),
        (*first.description.request, *second.description.request),
    )
    return Described(description, second.column or first.column)


def read(file: Path) -> Described:
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
    return Described(description, str(column) if column is not None else None)


def _entries(file: Path, table: object) -> Iterator[tuple[str, str]]:
    if not isinstance(table, Mapping):
        raise SpecError((Diagnostic("bad-file", f"`{file}`: situation and request are tables", None),))
    for name, value in table.items():
        if not isinstance(value, str | bool):
            message = f"`{file}`: the value of `{name}` is neither text nor true or false"
            raise SpecError((Diagnostic("bad-file", message, None),))
        yield str(name), str(value).lower() if isinstance(value, bool) else value
