"""The report of `lint` for machines. Documented in spec/json.md."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Final

from checker.analyses.lint.asking import Asked
from checker.analyses.lint.finding import Finding
from checker.analyses.lint.run import Lint
from checker.reports.machine import Json, column_json

LINT_SCHEMA: Final = "redline.lint/1"


def lint_json(linted: Lint, *, command: str, seconds: float, code: int) -> Json:
    """Return everything that was found and asked. `command` repeats the run; `code`: what it exits with."""
    return {
        "schema": LINT_SCHEMA,
        "command": command,
        "seconds": round(seconds, 3),
        "exit": code,
        "counts": dict(Counter(each.kind for each in linted.findings)),
        "findings": [finding_json(each) for each in linted.findings],
        "asked": [_asked(each) for each in linted.asked],
        "unasked": [{"reading": reading, "version": version} for reading, version in linted.unasked],
        "claims": linted.text,
    }


def finding_json(finding: Finding) -> Json:
    """Return one finding."""
    return {
        "kind": finding.kind,
        "gates": finding.gates,
        "subject": finding.subject,
        "message": finding.message,
        "clause": finding.clause,
        "words": finding.words,
        "notes": finding.notes,
        "versions": finding.versions,
        "claims": finding.claims,
        "span": asdict(finding.span),
    }


def _asked(asked: Asked) -> Json:
    return {
        "claim": asked.number,
        "sentence": asked.question.sentence,
        "column": column_json(asked.column),
        "verdict": asked.result.verdict,
        "usual": asked.question.usual,
        "reason": asked.result.reason,
        "seconds": round(asked.result.seconds, 3),
    }
