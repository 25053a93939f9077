"""What `lint` found, for CI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.formats.outcome import (
    Alert,
    Check,
    Outcome,
    Place,
    Rule,
    counted,
    one_line,
    rules_used,
    sentence,
)
from checker.formats.texts import capital_one, first_page
from checker.language.invisible_characters import visible
from checker.results.answer import kept
from checker.rooms.lint.answer import Finding, Findings, Linted
from checker.rooms.lint.finding import KINDS

_UNDECIDED: Final = "lint/undecided"


def outcome_of_findings(findings: Findings) -> Outcome:
    """Return every finding, and every question without an answer."""
    regime = kept(findings, "linted", Linted).regime
    law = first_page(regime)
    alerts = (*map(_alert, findings.findings), *_undecided(findings))
    kinds = (Rule(f"lint/{kind}", sentence(capital_one(said))) for kind, said in KINDS.items())
    gates = sum(each.gates for each in findings.findings)
    found = counted(len(findings.findings), "finding")
    return Outcome(
        command="lint",
        repeat=findings.command,
        exit=findings.exit,
        seconds=findings.seconds,
        sum=f"{found}, {gates or 'none'} of a rule without effect",
        rules=rules_used((*kinds, Rule(_UNDECIDED, "A question could not be decided.")), alerts),
        alerts=alerts,
        checks=tuple(_checks(findings)),
        law=law,
        shipped=findings.shipped,
    )


def _alert(found: Finding) -> Alert:
    where = f" [{found.clause}]" if found.clause else ""
    notes = " ".join(sentence(capital_one(each)) for each in found.notes)
    return Alert(
        rule=f"lint/{found.kind}",
        level="error" if found.gates else "note",
        title=one_line(capital_one(found.message)),
        message=f"{sentence(f'{capital_one(found.message)}{where}')} {notes}".strip(),
        place=Place.of(found.span),
        identity=(found.subject, found.clause, *found.words, *found.versions),
        details=visible("\n".join(f"“{each}”" for each in found.words)),
    )


def _undecided(findings: Findings) -> Iterator[Alert]:
    for each in findings.asked:
        if each.verdict in ("unknown", "bounded"):
            said = f"Not decided in {each.column} ({each.verdict}): “{each.sentence.rstrip('.')}”"
            message = " ".join(sentence(part) for part in (said, capital_one(each.reason)) if part)
            yield Alert(
                _UNDECIDED, "warning", one_line(said), message, None, (each.sentence, str(each.column))
            )


def _checks(findings: Findings) -> Iterator[Check]:
    """Yield a check for each kind: what it would find is not there."""
    for kind, said in KINDS.items():
        found = [each for each in findings.findings if each.kind == kind]
        lines = (f"{each.span.file}:{each.span.line}: {one_line(each.message)}" for each in found)
        gates = [each for each in found if each.gates]
        message = one_line("; ".join(each.message for each in gates))
        yield Check("lint", said, "failed" if gates else "passed", message, visible("\n".join(lines)))
    for alert in _undecided(findings):
        yield Check("lint", alert.title, "no answer", alert.message)
