"""Evidence of stories that suppose that days are no working days: the same ones in all of a story."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from checker.evidence.recheck_entry import Rechecker
from checker.model.situation import Situation
from checker.model.steps import same_situation
from checker.regime.regime import Regime
from checker.report.json_documents import dumped
from tests.support.evidence_made import Files, as_expected, decided, law, loaded, manifest_of, written

RULES = """
sort Tenant
calendar uk "working day" never on Saturday, Sunday
state given(Tenant): optional date "the day on which {1} was given notice"
request "{sender} applies"
    sender: Tenant
component Court
route Court
version v "v"
start inference "s": for every t: Tenant: given(t) is absent
effect noted
    given(sender) becomes today inference "s"
"""
CLAIMS = """
claim 1 a-week "Five working days are never more than a week." from "1"
    for t: Tenant
    always given(t) is present implies given(t) plus 5 working days (uk) no later than given(t) plus 7 days
    expect refuted in v
"""
OFF = "days off"


@cache
def _folder() -> tuple[Regime, Files]:
    sources = law(RULES, CLAIMS)
    regime = loaded(sources)
    results = decided(regime)
    assert as_expected(results, regime)
    return regime, written(regime, sources, results)


@pytest.mark.parametrize("number", [None, 0, 1])
def test_days_off_are_the_same_in_all_of_a_story(number: int | None) -> None:
    """A story in which one situation has other days off than the next is no evidence."""
    regime, files = _folder()
    entry = manifest_of(files)["verdicts"][0]
    name = next(each for each in files if each.endswith("story.itf.json") and "a-week" in each)
    story: dict[str, Any] = json.loads(files[name])
    assert [OFF in each for each in story["states"]] == [True, True]
    if number is not None:
        story["states"][number][OFF] = {"#map": []}
    told = {**files, name: dumped(story)}
    wrong = Rechecker(regime, told).verdict(entry, name.rsplit("/", maxsplit=1)[0]).wrong
    assert bool(wrong) is (number is not None), wrong


def test_a_step_changes_no_day_off() -> None:
    """Two situations that differ in them are not the same, so none follows from the other."""
    here, there = (Situation({}, {}, {}, {"uk": days}) for days in ((3,), (3, 4)))
    assert same_situation(here, here)
    assert not same_situation(here, there)
    assert same_situation(Situation({}, {}, {}, {"uk": ()}), Situation({}, {}, {}))
