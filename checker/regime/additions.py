"""Adds claims, deployments and readings to a loaded regime: analyses write questions in the language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from checker.language import declarations as d
from checker.model.claim import Column
from checker.regime.check_expectations import report_elsewhere
from checker.regime.deployments import Placer
from checker.regime.duplicates import given_by
from checker.regime.file_texts import Sources
from checker.regime.files_as_written import Written
from checker.regime.histories import histories_of
from checker.regime.names import Report
from checker.regime.readings import reading_of
from checker.regime.regime import Regime
from checker.regime.typed_claims import Claimant

ADDED: Final = "claims.md"
"""The file name in diagnostics about the text of added claims."""

READINGS: Final = "readings.md"
"""The file name in diagnostics about the text of added readings."""

_HUNDRED: Final = 100
_SAID: Final[dict[type[d.Declaration], str]] = {
    d.ClaimDecl: "claim",
    d.DeploymentDecl: "deployment",
    d.ReadingDecl: "reading",
}


def with_claims(regime: Regime, text: str, file: str = ADDED) -> Regime:
    """The regime with further claims and deployments, from a Markdown text.

    Raises SpecError, with places in `file`, for mistakes in them, and for declarations of other kinds.
    """
    report = Report()
    written = Written(report)
    written.read({file: text}, generated=True)
    declared = [unit.decl for unit in written.base]
    _admit((*declared, *(each.decl for each in written.changes)), (d.ClaimDecl, d.DeploymentDecl), report)
    _check_names(regime, declared, report)
    first = regime.model(Column(regime.first_version))
    placer = Placer(regime.versions, first, report)
    placed = [placer.deployment(each) for each in declared if isinstance(each, d.DeploymentDecl)]
    deployments = {**regime.deployments, **{each.name: each for each in placed}}
    bases = frozenset((*regime.vocabulary.versions, *deployments))
    vocabulary = replace(regime.vocabulary, versions=bases)
    claimant = Claimant(vocabulary, Sources({file: text}), report)
    read = [claimant.claim(each) for each in declared if isinstance(each, d.ClaimDecl)]
    report.stop_if_any()
    claims = tuple(each for each in read if each is not None)
    report_elsewhere(claims, deployments.values(), report)
    report.stop_if_any()
    histories = dict.fromkeys((*regime.histories, *histories_of((), claims)))
    larger = len(histories) > len(regime.histories)
    made = replace(
        regime,
        documents=(*regime.documents, *written.documents.values()),
        deployments=deployments,
        claims=(*regime.claims, *claims),
        vocabulary=vocabulary,
        histories=tuple(histories),
    )
    return replace(made, _models={}) if larger else made


def with_readings(regime: Regime, text: str, file: str = READINGS) -> Regime:
    """The regime with further readings, from a Markdown text. A reading is checked in a version only when
    such a column is asked for.

    Raises SpecError, with places in `file`, for mistakes in them, and for declarations of other kinds.
    """
    report = Report()
    written = Written(report)
    written.read({file: text}, generated=True)
    declared = [unit.decl for unit in written.base]
    _admit((*declared, *(each.decl for each in written.changes)), (d.ReadingDecl,), report)
    _check_names(regime, declared, report)
    report.stop_if_any()
    build = regime.build.reread(written, {file: text}, report)
    report.stop_if_any()
    names = regime.vocabulary.readings | written.readings.keys()
    return replace(
        regime,
        documents=(*regime.documents, *written.documents.values()),
        readings={**regime.readings, **{name: reading_of(decl) for name, decl in written.readings.items()}},
        vocabulary=replace(regime.vocabulary, readings=names),
        build=build,
        _models={},
    )


def free_numbers(regime: Regime) -> Iterator[str]:
    """Yield numbers that no claim has, starting with the first multiple of 100 above all of them."""
    taken = (int(each.number.rstrip("abcdefghijklmnopqrstuvwxyz")) for each in regime.claims)
    number = (max(taken, default=0) // _HUNDRED + 1) * _HUNDRED
    while True:
        number += 1
        yield str(number)


def _admit(declared: Iterable[d.Declaration], kinds: tuple[type[d.Declaration], ...], report: Report) -> None:
    """Reports declarations of other kinds."""
    said = tuple(_SAID[each] for each in kinds)
    for each in declared:
        if not isinstance(each, kinds):
            message = f"only {' and '.join(f'{each}s' for each in said)} can be added"
            report.say("misplaced", message, each.span, expected=tuple(f"`{each} …`" for each in said))


def _check_names(regime: Regime, declared: Iterable[d.Declaration], report: Report) -> None:
    """Reports names and numbers that are taken."""
    taken: set[tuple[str, str]] = {("claim", each.name) for each in regime.claims}
    taken |= {("claim number", each.number) for each in regime.claims}
    taken |= {("deployment", name) for name in regime.vocabulary.versions}
    taken |= {("reading", name) for name in regime.readings}
    for each in (given for decl in declared for given in given_by(decl)):
        if (each.kind, each.name.text) in taken:
            report.say("duplicate", f"`{each.name.text}` is the name of another {each.kind}", each.name.span)
        taken.add((each.kind, each.name.text))
