"""The test pack of the shipped law has the tests that the impact assessment asks for (FIA 5.2): found."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pytest

import checker
from checker.results.told_stories import RequestStep
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.document import CaseStep, Expected, ToldCase
from tests.support.places import ROOT

PROVIDERS: Final = ("One", "Two", "Three")
NETWORK: Final = ("ElectricityDistributor", "GasTransporter")


@cache
def pack() -> CasePack:
    law = checker.load(ROOT / "spec", ROOT / "properties")
    return law.cases("mp107", levels=("PIT", "SIT", "UIT"))


def sent(step: CaseStep) -> dict[str, str]:
    return step.step.request if isinstance(step.step, RequestStep) else {}


def answer(step: CaseStep) -> Expected:
    assert step.expected is not None
    return step.expected


def value(case: ToldCase, function: str, *arguments: str) -> str | bool | None:
    known = {(each.function, each.arguments): each.value for each in case.situation.values}
    return known.get((function, arguments))


@pytest.mark.long
@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_wrong_certificate_is_planted_and_put_right_at_each_s1sp(provider: str) -> None:
    """FIA 5.2: “to send SRV6.21 …, with the incorrect certificate for User Role Network Operator. Thereafter,
    to execute SRV6.15.1 by the Network Operator owning the current certificate …. This test should be
    executed for each S1SP”.
    """
    found = []
    for case in pack().of_level("user"):
        requests = [sent(each) for each in case.steps]
        if [each.get("srv") for each in requests] != ["6.21", "6.15.1"]:
            continue
        first, second = requests
        device, role = second["target"], second["role"]
        if role not in NETWORK or first["target"] != device or value(case, "generation", device) != "SMETS1":
            continue
        right = value(case, "registered", device, role)
        planted = first["certificate"] != right and second["sender"] == first["certificate"]
        if planted and second["certificate"] == right and value(case, "provider", device) == provider:
            found.append(case)
            assert [answer(each).outcome for each in case.steps] == ["accepted", "accepted"]
            stops = [(each.component, each.index) for each in answer(case.steps[1]).components]
            assert stops == [("DSP", None), ("S1SP", provider)]
    assert found


@pytest.mark.long
def test_an_s1sp_that_has_not_deployed_rejects_what_the_dsp_lets_pass() -> None:
    """“If the S1SP has not implemented the change, and DSP has, DCC expect SRV 6.15.1 to be rejected by the
    S1SP for Service User role of Network Operator.” A script for each of the seven mixtures that do harm.
    """
    mixtures = {}
    for case in (each for each in pack().cases if each.origin == "mixture"):
        last, refused = sent(case.steps[-1]), answer(case.steps[-1])
        versions = {(each.component, each.index): each.version for each in case.situation.versions}
        if last.get("srv") != "6.15.1" or last["role"] not in NETWORK:
            continue
        assert (versions["DSP", None], versions["S1SP", refused.index]) == ("mp107", "baseline")
        assert (refused.outcome, refused.component) == ("refused", "S1SP")
        assert "S1VE4" in refused.codes
        assert refused.components[0].answer == "passes"
        if refused.codes == ("S1VE4",):
            mixtures[case.mixture] = case
    assert len(mixtures) == 7


@pytest.mark.long
def test_other_roles_are_rejected_by_the_dsp() -> None:
    """“A SRV 6.15.1 is processed where the incorrect Service User Role of Supplier or any other role other
    than Network Operator is used …, therefore the SRV will be rejected by DSP”: a Supplier that is not
    registered with E4, another role with E2.
    """
    found = {
        (sent(each.steps[0])["role"], answer(each.steps[0]).codes)
        for each in pack().of_level("component")
        if len(each.steps) == 1
        and sent(each.steps[0]).get("srv") == "6.15.1"
        and answer(each.steps[0]).component == "DSP"
    }
    assert ("ImportSupplier", ("E4",)) in found
    assert {codes for role, codes in found if role not in (*NETWORK, "ImportSupplier", "GasSupplier")} >= {
        ("E2",)
    }


@pytest.mark.long
def test_the_data_update_has_its_tests() -> None:
    """The corrective update is run after a wrong certificate came about, by request or event."""
    before = {
        tuple(sent(each).get("srv", "event") for each in case.steps[:-1])
        for case in pack().cases
        if not isinstance(case.steps[-1].step, RequestStep)
        and case.steps[-1].step.event == "corrective-update"
    }
    assert ("6.21",) in before
    assert ("event",) in before


@pytest.mark.long
def test_everything_is_covered_or_proved_impossible() -> None:
    """No goal is open, every code but the S1SP's E4 occurs, and the pack is of a size that people can run."""
    assert pack().exit == 0
    assert not [each for each in pack().goals if not each.tests and each.never is None]
    codes = {
        code
        for case in pack().cases
        if case.origin != "mixture"
        for step in case.steps
        if step.expected
        for code in step.expected.codes
    }
    assert codes == {"E1", "E2", "E4", "S1VE64", None}
    never = {each.sentence for each in pack().goals if each.kind == "code" and each.never is not None}
    assert never == {"Some request is answered with S1VE4."}
    assert len([each for each in pack().cases if each.origin == "rules"]) <= 32


@pytest.mark.long
def test_the_page_prints_what_is_found() -> None:
    """The report and the story in spec/cases.md are those that the command writes."""
    page = (ROOT / "spec" / "cases.md").read_text(encoding="utf-8")
    report = pack().text()
    printed = report[: report.index("\nWrite them with")].splitlines()
    assert "".join(f"    {line}".rstrip() + "\n" for line in printed) in page
    (story,) = re.findall(r"```gherkin\n(.*?)\n```", page, re.DOTALL)
    assert f"\n{story}\n\n" in str(pack().files()["UIT.feature"])
