"""Evidence of laws that count in months: what is true of the calendar is worked out again, not believed."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from checker.evidence.recheck_entry import Rechecker
from checker.regime.regime import Regime
from tests.support.evidence_made import (
    BOTH,
    Files,
    as_expected,
    certified,
    decided,
    law,
    loaded,
    manifest_of,
    reasons,
    written,
)

RULES = """
sort Tenant
fixed given(Tenant): date "the day on which notice was given to {1}"
request "{sender} applies"
    sender: Tenant
component Court
route Court
version v "v"

check period for "1" at Court, reject without a published code
    requires today no later than given(sender) plus 4 months inference "Dodds v Walker"
"""
CLAIMS = """
claim 1 in-time "After a notice of 30 September 1978, 30 January 1979 is in time."
    from "1"
    for t: Tenant
    always, for every request r where r.sender is t and given(t) is 30 September 1978
        and today is 30 January 1979: r accepted
    expect proved in v
"""


@cache
def _folder() -> tuple[Regime, Files, Files]:
    sources = law(RULES, CLAIMS)
    regime = loaded(sources)
    results = decided(regime)
    assert as_expected(results, regime)
    return regime, sources, written(regime, sources, results)


def test_both_solvers_are_told_of_the_months_that_matter() -> None:
    """The evidence names September 1978, and the obligation says where periods end that begin in it."""
    regime, sources, files = _folder()
    assert manifest_of(files)["verdicts"][0]["months"] == [1978 * 12 + 8]
    scripts = [text for name, text in files.items() if name.endswith(".smt2") and "in-time" in name]
    assert {"4 months that begin in September 1978" in text for text in scripts} == {True}
    assert not reasons(certified(regime, sources, files, BOTH))


@pytest.mark.parametrize("months", [[], [1978 * 12 + 9], ["September 1978"], [True], 23744, [10**9]])
def test_other_months_are_no_evidence(months: Any) -> None:
    """A folder that names other months, or none, is rejected: the scripts are made anew of what it names."""
    regime, _, files = _folder()
    entry = manifest_of(files)["verdicts"][0]
    folder = str(entry["obligations"][0]["file"]).rsplit("/", maxsplit=1)[0]
    assert not Rechecker(regime, files).verdict(entry, folder).wrong
    assert Rechecker(regime, files).verdict({**entry, "months": months}, folder).wrong


def test_periods_after_periods_are_compared_in_the_scripts() -> None:
    """Both solvers show that a year and five are no less than six, of all days, without any month."""
    rules = RULES.replace("plus 4 months", "plus 12 months plus 5 years")
    claims = """
claim 1 six "Within six years is in time."
    from "1"
    for t: Tenant
    always, for every request r where r.sender is t and today no later than given(t) plus 6 years: r accepted
    expect proved in v
"""
    sources = law(rules, claims)
    regime = loaded(sources)
    results = decided(regime)
    assert as_expected(results, regime)
    files = written(regime, sources, results)
    assert "months" not in manifest_of(files)["verdicts"][0]
    assert not reasons(certified(regime, sources, files, BOTH))
