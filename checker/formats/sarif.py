"""SARIF 2.1.0, which code scanning reads: claims and diagnostics are rules, stories are code flows.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, with errata 01.
"""

from __future__ import annotations

import json
from typing import Final, TypeAlias

from checker.exits import BAD_USAGE, INTERNAL
from checker.formats.outcome import Alert, Level, Outcome, Place, Point, Rule, sentence
from checker.formats.places import Root
from checker.interface.installed import installed_version

Json: TypeAlias = dict[str, object]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE: Final = "SRCROOT"
_PRINT: Final = "redline/v1"
_HOSTS: Final = "primaryLocationLineHash"  # the one that GitHub goes by
_FALLS: Final = (BAD_USAGE, INTERNAL)  # exit codes of a command that did not do what it was asked


def sarif_of(outcome: Outcome, root: Root) -> str:
    """Return an outcome as a SARIF log. Only what is not as it should be is a result."""
    names = {each.name: number for number, each in enumerate(outcome.rules)}
    prints = tuple(outcome.fingerprinted())
    placed = [(each, told) for each, told in prints if _place(each, outcome) is not None]
    driver: Json = {"name": "redline", "rules": [_rule(each) for each in outcome.rules]}
    version = installed_version()
    run: Json = {
        "tool": {"driver": {**driver, **({"version": version} if version else {})}},
        "automationDetails": {"id": f"redline/{outcome.command}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder of the repository."}}},
        "invocations": [_invocation(outcome)],
        "results": [_result(each, told, names, outcome, root) for each, told in placed],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _invocation(outcome: Outcome) -> Json:
    """Return how the run went. What is wrong and stands in no file is told here: a result needs a place."""
    told = [
        {"level": each.level, "message": {"text": each.message}, "descriptor": {"id": each.rule}}
        for each in outcome.alerts
        if _place(each, outcome) is None
    ]
    return {
        "commandLine": outcome.repeat,
        "exitCode": outcome.exit,
        "executionSuccessful": outcome.exit not in _FALLS,
        **({"toolConfigurationNotifications": told} if told else {}),
    }


def _rule(rule: Rule) -> Json:
    text = rule.sentence or rule.name
    return {
        "id": rule.name,
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": rule.text or text},
    }


def _result(alert: Alert, told: str, rules: dict[str, int], outcome: Outcome, root: Root) -> Json:
    place = _place(alert, outcome)
    assert place is not None
    flow = [_step(each, number, place, root) for number, each in enumerate(alert.story, 1)]
    return {
        "ruleId": alert.rule,
        "ruleIndex": rules[alert.rule],
        "level": alert.level,
        "message": {"text": alert.message},
        "locations": [_location(place, root)],
        "partialFingerprints": {_PRINT: told, _HOSTS: f"{told[:16]}:1"},
        **({"codeFlows": [_flow(flow, alert.level)]} if flow else {}),
    }


def _flow(steps: list[Json], level: Level) -> Json:
    title = "the story that shows it" if level != "warning" else "how far the story goes"
    return {"message": {"text": sentence(title)}, "threadFlows": [{"locations": steps}]}


def _step(point: Point, number: int, claim: Place, root: Root) -> Json:
    return {
        "location": {**_location(point.place or claim, root), "message": {"text": point.text}},
        "nestingLevel": point.depth,
        "executionOrder": number,
        "importance": "essential" if point.decisive else "important" if point.depth == 0 else "unimportant",
    }


def _location(place: Place, root: Root) -> Json:
    uri, inside = root.uri(place.file)
    region: Json = {"startLine": place.line}
    if place.column is not None:
        region["startColumn"] = place.column
    if place.end_line is not None and place.end_column is not None:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    address: Json = {"uri": uri, **({"uriBaseId": _BASE} if inside else {})}
    return {"physicalLocation": {"artifactLocation": address, "region": region}}


def _place(alert: Alert, outcome: Outcome) -> Place | None:
    return alert.place or outcome.law
