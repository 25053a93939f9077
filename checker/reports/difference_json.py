"""The report of `diff` for machines. Documented in spec/json.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from checker.analyses.difference.run import Change, Difference
from checker.model.unparse import unparse
from checker.reports.difference import Compared, Flip, Telling
from checker.reports.machine import Json, claim_json, column_json, left_out_json, result_json

DIFF_SCHEMA: Final = "redline.diff/1"


def diff_json(compared: Compared) -> Json:
    """Return the run as data."""
    found = compared.difference
    return {
        "schema": DIFF_SCHEMA,
        "command": compared.repeat,
        "seconds": round(compared.seconds, 3),
        "exit": compared.code,
        "old": column_json(found.old),
        "new": column_json(found.new),
        "relation": None if found.undecided else found.relation,
        "same": found.same,
        "undecided": found.undecided,
        "not compared": list(found.beside),
        "cases": [_change_json(found, each) for each in found.changes],
        "proved": [claim_json(each.claim) for each in found.results if each.verdict == "proved"],
        "claims": found.text,
        "flips": None if compared.flips is None else _flips_json(found, compared.flips),
        "left_out": left_out_json(compared.left_out),
    }


def _change_json(found: Difference, change: Change) -> Json:
    telling = Telling.of(found, change)
    before, after = telling.steps()
    return {
        "kind": change.kind,
        "label": change.label,
        "conditions": [
            {"text": unparse(formula), "sentence": sentence}
            for formula, sentence in zip(change.case.conditions, telling.conditions(), strict=True)
        ],
        "rejected always": {"old": list(change.always[0]), "new": list(change.always[1])},
        "example": {
            "facts": list(telling.story.opening()),
            "arises": change.example.evidence.arises,
            "old": asdict(before),
            "new": asdict(after),
        },
        "turns on": [{"column": str(column), "check": asdict(check)} for column, check in telling.turning()],
    }


def _flips_json(found: Difference, flips: Sequence[Flip]) -> Json:
    return [
        {"old": result_json(found.regime, each.old), "new": result_json(found.regime, each.new)}
        for each in flips
    ]
