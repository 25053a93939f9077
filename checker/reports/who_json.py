"""The report of `who` for machines. Documented in spec/json.md."""

from __future__ import annotations

from typing import Final

from checker.analyses.who.claims import Coalition
from checker.analyses.who.coalitions import Who
from checker.model.mixture import common_model
from checker.model.unparse import unparse
from checker.reports.asked import Law
from checker.reports.machine import Json, column_json, result_json
from checker.reports.phrases import Phrases
from checker.reports.who_text import Inquiry

WHO_SCHEMA: Final = "redline.who/1"


def who_json(inquiry: Inquiry) -> Json:
    """Return a run of `who`: every column with its coalitions, and the evidence of each."""
    return {
        "schema": WHO_SCHEMA,
        "command": inquiry.repeat,
        "seconds": round(inquiry.seconds, 3),
        "exit": inquiry.code,
        "columns": [_column(inquiry.answers.regime, each) for each in inquiry.answers.found],
    }


def _column(law: Law, found: Who) -> Json:
    phrases = Phrases(common_model(law.rules(found.column)))
    asked = found.asked
    return {
        "column": column_json(found.column),
        "variables": {each.name: each.sort.name for each in asked.variables if each.sort is not None},
        "where": None if asked.where is None else unparse(asked.where),
        "given": [unparse(each) for each in asked.premises],
        "condition": unparse(asked.condition),
        "goal": unparse(asked.goal),
        "source": asked.source,
        "occurs": not found.already.vacuous,
        "already": found.already.verdict == "proved" and not found.already.vacuous,
        "complete": found.complete,
        "members": [
            {"term": unparse(each), "label": phrases.of(each), "always": each in found.always}
            for each in found.members
        ],
        "coalitions": [
            {
                **_coalition(each.coalition),
                "also": [_coalition(other) for other in each.also],
                "result": result_json(law, each.result),
            }
            for each in found.able
        ],
        "barred": [
            {
                "without": [unparse(term) for term in each.without],
                "others": each.others,
                "result": result_json(law, each.result),
                "never": None if each.never is None else result_json(law, each.never),
            }
            for each in found.barred
        ],
        "undecided": [result_json(law, each) for each in found.undecided],
    }


def _coalition(coalition: Coalition) -> dict[str, Json]:
    return {"members": [unparse(each) for each in coalition.named], "others": coalition.others}
