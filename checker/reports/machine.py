"""The same reports for machines: JSON with a schema name and version. Documented in spec/json.md.

A field may be added under the same version; one that is taken away or changes its meaning makes a new one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Final, TypeAlias

from checker.analyses.assumptions import Assumptions
from checker.engines.left_out import LeftOut
from checker.engines.verdict import Blame, Evidence, Obligation, Open, Result, Strategy
from checker.model.claim import Claim, Column
from checker.model.situation import Request, Situation, Step, Trace
from checker.model.unparse import unparse
from checker.reports.asked import Law
from checker.reports.narrate import narrate
from checker.reports.notes import StepNote
from checker.reports.summary import Run, in_order, is_need
from checker.reports.teller import place_of

PROVE_SCHEMA: Final = "redline.prove/2"
EXPLAIN_SCHEMA: Final = "redline.explain/1"

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


def dumped(document: Json) -> str:
    """Return a document as text, ended by a line feed; letters of any script stand as they are."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def run_json(law: Law, run: Run) -> Json:
    """Return a run of `prove`: every result with its evidence and its case note."""
    return {
        "schema": PROVE_SCHEMA,
        "command": run.repeat,
        "seconds": round(run.seconds, 3),
        "exit": run.code,
        "counts": dict(Counter(each.verdict for each in run.results)),
        "results": [result_json(law, each) for each in in_order(run.results)],
        "idle": [
            {
                "kind": each.rule.kind,
                "name": each.rule.name,
                "clause": each.rule.clause,
                "column": column_json(each.rule.column),
                "never": each.never,
            }
            for each in run.idle
        ],
        "left_out": left_out_json(run.left_out),
        "assumptions": None
        if run.assumptions is None
        else [assumptions_json(law, each) for each in run.assumptions],
    }


def left_out_json(left_out: Iterable[LeftOut]) -> Json:
    """Return the claims and columns that were not asked, with the reason."""
    return [
        {
            "claim": None if each.claim is None else each.claim.number,
            "name": None if each.claim is None else each.claim.name,
            "column": None if each.column is None else column_json(each.column),
            "reason": each.reason,
        }
        for each in left_out
    ]


def assumptions_json(law: Law, found: Assumptions) -> Json:
    """Return what one proof supposes, and what is found without what it needs."""
    return {
        "claim": found.result.claim.number,
        "name": found.result.claim.name,
        "column": column_json(found.result.column),
        "supposed": found.supposed,
        "sets": [
            {"suppositions": each.names, "column": column_json(each.result.column)} for each in found.sets
        ],
        "without": [
            {"supposition": name, "result": result_json(law, result)} for name, result in found.dropped
        ],
        "undecided": [str(each.column) for each in found.undecided],
    }


def result_json(law: Law, result: Result) -> Json:
    """Return one result: claim, column, verdict, evidence, witness and case note."""
    return {
        "claim": claim_json(result.claim),
        "column": column_json(result.column),
        "verdict": result.verdict,
        "by": result.by,
        "expected": result.expected,
        "as_expected": result.as_expected,
        "need": is_need(result),
        "vacuous": result.vacuous,
        "reason": result.reason,
        "explored": result.explored,
        "left_open": None if result.left_open is None else open_json(result.left_open),
        "seconds": round(result.seconds, 3),
        "evidence": evidence_json(result.evidence),
        "witness": None if result.witness is None else evidence_json(result.witness),
        "blame": None if result.blame is None else blame_json(result.blame),
        "note": asdict(narrate(law, result)),
    }


def open_json(left_open: Open) -> Json:
    """Return what would help where there is no verdict."""
    lemma = left_open.lemma
    return {
        "lemma": None if lemma is None else lemma.name,
        "evidence": evidence_json(left_open.story),
    }


def blame_json(blame: Blame) -> Json:
    """Return what a verdict rests on."""
    return {
        "needed": [
            {
                "kind": each.kind,
                "rule": each.rule,
                "clause": each.clause,
                "words": [phrase.text for phrase in each.phrases],
                "meaning": each.meaning,
                "place": place_of(each.span),
            }
            for each in blame.needed
        ],
        "others": blame.others,
        "unknown": blame.unknown,
    }


def claim_json(claim: Claim) -> Json:
    """Return a claim as it is written."""
    return {
        "number": claim.number,
        "name": claim.name,
        "sentence": claim.sentence,
        "sources": claim.sources,
        "notes": claim.notes,
        "statement": claim.statement_text,
        "file": claim.span.file,
        "line": claim.span.line,
    }


def column_json(column: Column) -> Json:
    """Return a column in parts, and as it is written."""
    return {
        "text": str(column),
        "base": column.base,
        "readings": column.readings,
        "without": column.without,
        "staged": column.staged,
    }


def evidence_json(evidence: Evidence) -> Json:
    """Return evidence; things are named as in the trace, not as in the case note."""
    return {
        "binding": dict(evidence.binding),
        "requests": {name: _request(each) for name, each in evidence.requests.items()},
        "attempt": None if evidence.attempt is None else _request(evidence.attempt),
        "trace": None if evidence.trace is None else _trace(evidence.trace),
        "ways": [strategy_json(each) for each in evidence.ways],
        "excluded": None
        if evidence.excluded is None
        else [strategy_json(each) for each in evidence.excluded],
        "invariant": [unparse(each) for each in evidence.invariant],
        "alone": evidence.alone,
        "arises": evidence.arises,
        "cases": [evidence_json(each) for each in evidence.cases],
        "missing": evidence.missing,
        "one_by_one": evidence.one_by_one,
        "obligations": [_obligation(each) for each in evidence.obligations],
    }


def strategy_json(strategy: Strategy) -> Json:
    """Return a strategy: its parameters as terms of the rule language, null for "any that will do"."""
    return {
        "rank": strategy.rank,
        "step": strategy.schema,
        "parameters": {
            name: None if term is None else unparse(term) for name, term in strategy.parameters.items()
        },
    }


def _obligation(obligation: Obligation) -> Json:
    return {
        "name": obligation.name,
        "meaning": obligation.meaning,
        "seconds": round(obligation.seconds, 4),
    }


def _trace(trace: Trace) -> Json:
    return {
        "situations": [situation_json(each) for each in trace.situations],
        "steps": [_step(each) for each in trace.steps],
    }


def situation_json(situation: Situation) -> Json:
    """Return a situation: its things, the places that have a value, the version at each component."""
    return {
        "things": {sort: list(things) for sort, things in situation.things.items()},
        "values": [
            {"function": function, "arguments": list(arguments), "value": value}
            for (function, arguments), value in sorted(situation.values.items(), key=lambda each: each[0])
        ],
        "versions": [
            {"component": component, "index": index, "version": version}
            for (component, index), version in situation.versions.items()
        ],
    }


def _step(step: Step) -> Json:
    if step.request is not None:
        return {"kind": "request", "request": _request(step.request)}
    return {
        "kind": "event",
        "event": step.event,
        "arguments": dict(step.arguments),
    }


def _request(request: Request) -> Json:
    return dict(request.values)


def explain_json(
    column: Column,
    situation: Situation,
    request: Request,
    told: StepNote,
    command: str,
) -> Json:
    """Return what `explain` found: the situation and request as understood, and every check."""
    return {
        "schema": EXPLAIN_SCHEMA,
        "command": command,
        "column": column_json(column),
        "situation": situation_json(situation),
        "request": _request(request),
        "accepted": told.outcome == "accepted",
        "note": asdict(told),
    }
