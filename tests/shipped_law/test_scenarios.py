"""The FIA's test plan (5.2), and what it leaves unsaid, request by request through the reference meaning.

Every scenario is played at each of the three S1SPs. Expected answers are those of the FIA; where it gives no
code, the docstring says where the answer comes from.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.model.evaluate import (
    decide,
)
from checker.model.situation import Request
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.shipped_law.played import (
    METER,
    MODERN,
    NETWORK,
    OWN,
    PROVIDERS,
    PROXY,
    RIGHT,
    STRANGER,
    SUPPLIER,
    THIRD,
    VERSIONS,
    WRONG,
    play,
)
from tests.support.places import ROOT

every_provider = pytest.mark.parametrize("provider", PROVIDERS)
every_version = pytest.mark.parametrize("version", VERSIONS)


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_regime(ROOT / "spec")


# ------------------------------------------------------------------ the main story


@every_provider
def test_the_wrong_operator_hands_over(regime: Regime, provider: str) -> None:
    """FIA 5.2, positive: 6.21 plants a wrong certificate, and 6.15.1 by its owner installs the right one."""
    story = play(regime, provider, "mp107")
    assert story.hands_over(SUPPLIER, "ImportSupplier", WRONG).accepted
    assert story.slot() == WRONG
    answer = story.updates(WRONG, "ElectricityDistributor", RIGHT)
    assert answer.accepted
    assert answer.exempt
    assert story.slot() == RIGHT


@every_provider
def test_the_same_before_the_change_ends_in_e4(regime: Regime, provider: str) -> None:
    """FIA 3.2: the wrong operator fails validations #1 and #2; the DSP answers first, and nothing changes."""
    story = play(regime, provider, "baseline")
    assert story.hands_over(SUPPLIER, "ImportSupplier", WRONG).accepted
    answer = story.updates(WRONG, "ElectricityDistributor", RIGHT)
    assert (answer.at, answer.codes) == (("DSP", None), {"E4"})
    assert story.slot() == WRONG


@every_provider
def test_the_same_on_gas(regime: Regime, provider: str) -> None:
    """FIA 3.2: Network Operator means the Gas one as well; a Gas Proxy Function, a Gas Transporter."""
    for version, accepted in (("baseline", False), ("mp107", True)):
        story = play(regime, provider, version)
        assert story.hands_over(SUPPLIER, "GasSupplier", WRONG, target=PROXY).accepted
        answer = story.updates(WRONG, "GasTransporter", RIGHT, target=PROXY)
        assert answer.accepted is accepted
        assert story.slot(PROXY) == (RIGHT if accepted else WRONG)


@every_provider
@every_version
def test_a_certificate_planted_at_enrolment_is_as_wrong(regime: Regime, provider: str, version: str) -> None:
    """FIA 3.2: migration and the Migration Control Centre plant certificates, too, with the same answers."""
    story = play(regime, provider, version)
    story.happens("planted-at-enrolment", d=METER, c=NETWORK, holder=WRONG)
    assert story.updates(WRONG, "ElectricityDistributor", RIGHT).accepted is (version == "mp107")


@every_provider
@every_version
def test_smets2_was_never_blocked(regime: Regime, provider: str, version: str) -> None:
    """FIA 3.1, 3.2: the DSP does not check a Critical SMETS2 request; the device takes the certificate."""
    story = play(regime, provider, version)
    story.happens("arrives-with-credentials", d=MODERN, c=NETWORK, holder=WRONG)
    assert story.updates(WRONG, "ElectricityDistributor", RIGHT, target=MODERN).accepted
    assert story.slot(MODERN) == RIGHT


# ---------------------------------------------------------------------- roll-out


@every_provider
def test_dsp_on_and_s1sp_off_ends_in_s1ve4(regime: Regime, provider: str) -> None:
    """FIA 4.1, 5.2: the DSP lets the request pass, and the S1SP refuses it for the registration check."""
    story = play(regime, provider, "dsp-first")
    assert story.hands_over(SUPPLIER, "ImportSupplier", WRONG).accepted
    answer = story.updates(WRONG, "ElectricityDistributor", RIGHT)
    assert (answer.at, answer.codes) == (("S1SP", provider), {"S1VE4"})
    assert story.slot() == WRONG


@every_provider
def test_dsp_on_and_s1sp_off_ends_in_s1ve4_on_gas(regime: Regime, provider: str) -> None:
    """FIA 3.2, 5.2: the same for a Gas Transporter and a Gas Proxy Function."""
    story = play(regime, provider, "dsp-first")
    assert story.hands_over(SUPPLIER, "GasSupplier", WRONG, target=PROXY).accepted
    answer = story.updates(WRONG, "GasTransporter", RIGHT, target=PROXY)
    assert (answer.at, answer.codes, answer.exempt) == (("S1SP", provider), {"S1VE4"}, True)
    assert story.slot(PROXY) == WRONG


@every_provider
def test_dsp_off_and_s1sp_on_ends_in_e4(regime: Regime, provider: str) -> None:
    """FIA 4.1: with the DSP's switch off it answers as before, whatever the S1SP has deployed."""
    story = play(regime, provider, "s1sp-first")
    story.happens("planted-at-enrolment", d=METER, c=NETWORK, holder=WRONG)
    answer = story.updates(WRONG, "ElectricityDistributor", RIGHT)
    assert (answer.at, answer.codes) == (("DSP", None), {"E4"})


@every_provider
@pytest.mark.parametrize("late", PROVIDERS)
def test_only_the_late_s1sp_refuses(regime: Regime, provider: str, late: str) -> None:
    """FIA 4.1: inconsistent processing across S1SPs, if one of them is late."""
    story = play(regime, provider, "dsp-first")
    versions = dict.fromkeys(story.now.versions, "mp107") | {("S1SP", late): "baseline"}
    story.now = replace(story.now, versions=versions)
    story.happens("planted-at-enrolment", d=METER, c=NETWORK, holder=WRONG)
    answer = story.updates(WRONG, "ElectricityDistributor", RIGHT)
    assert answer.codes == ({"S1VE4"} if provider == late else set())


@every_provider
def test_s1ve4_for_ever_if_16_1_stands_alone(regime: Regime, provider: str) -> None:
    """FIA 4.3 takes it that 16.1 imports 6.2; without that, the change deployed everywhere ends in S1VE4."""
    story = play(regime, provider, "mp107 under sixteen-one-alone")
    story.happens("planted-at-enrolment", d=METER, c=NETWORK, holder=WRONG)
    answer = story.updates(WRONG, "ElectricityDistributor", RIGHT)
    assert (answer.at, answer.codes) == (("S1SP", provider), {"S1VE4"})


# --------------------------------------------------------------- who is refused, how


@every_provider
@every_version
def test_a_supplier_that_is_not_registered_ends_in_e4(regime: Regime, provider: str, version: str) -> None:
    """FIA 5.2, negative, read with 4.1: not even a former Supplier that still holds its slot gets through."""
    story = play(regime, provider, version, {("anchor", (METER, OWN)): STRANGER})
    answer = story.updates(STRANGER, "ImportSupplier", STRANGER, credential=OWN)
    assert (answer.at, answer.codes) == (("DSP", None), {"E4"})
    assert story.updates(STRANGER, "ImportSupplier", STRANGER).codes == {"E4"}


@every_provider
@every_version
@pytest.mark.parametrize("role", ["ExportSupplier", "RegisteredSupplierAgent", "OtherUser"])
def test_an_ineligible_role_ends_in_e2(regime: Regime, provider: str, version: str, role: str) -> None:
    """FIA 5.2, negative; the table of Service Requests: IS, GS, ED and GT may send 6.15.1, no other role."""
    known = role != "OtherUser"
    story = play(regime, provider, version, {("registered", (METER, role)): STRANGER} if known else {})
    answer = story.updates(STRANGER, role, STRANGER)
    assert (answer.at, answer.codes) == (("DSP", None), {"E2"})


@every_provider
@every_version
def test_an_ineligible_and_unregistered_role_ends_in_e2_or_e4(
    regime: Regime, provider: str, version: str
) -> None:
    """The order of the DSP's checks is not published, so the plan's E2 needs a sender that is registered."""
    story = play(regime, provider, version)
    assert story.updates(STRANGER, "RegisteredSupplierAgent", STRANGER).codes == {"E2", "E4"}


@every_provider
@every_version
def test_a_registered_supplier_goes_on(regime: Regime, provider: str, version: str) -> None:
    """FIA 4.1, 4.2.1: a registered Supplier's own 6.15.1 is neither touched nor exempted by the change."""
    story = play(regime, provider, version, {("anchor", (METER, OWN)): SUPPLIER})
    answer = story.updates(SUPPLIER, "ImportSupplier", STRANGER, credential=OWN)
    assert answer.accepted
    assert not answer.exempt
    assert story.slot(kind=OWN) == STRANGER
    assert story.slot() is None


@every_provider
@every_version
def test_a_supplier_cannot_take_the_network_operators_slot(
    regime: Regime, provider: str, version: str
) -> None:
    """FIA 3.2 (#3), and the rule that each kind replaces its own: both stop a registered Supplier."""
    story = play(regime, provider, version, {("anchor", (METER, NETWORK)): RIGHT})
    answer = story.updates(SUPPLIER, "ImportSupplier", SUPPLIER)
    assert (answer.at, answer.codes) == (("S1SP", provider), {"S1VE64", "own-slot-only"})


@every_provider
@every_version
def test_the_right_operator_cannot_help_itself(regime: Regime, provider: str, version: str) -> None:
    """FIA 3.2: the registered operator's certificate is not in the slot, so validation #3 refuses it."""
    story = play(regime, provider, version, {("anchor", (METER, NETWORK)): WRONG})
    answer = story.updates(RIGHT, "ElectricityDistributor", RIGHT)
    assert (answer.at, answer.codes) == (("S1SP", provider), {"S1VE64"})
    assert not answer.exempt  # it is registered: there is nothing to be let off


@every_provider
@every_version
def test_a_party_that_has_left_ends_in_e1(regime: Regime, provider: str, version: str) -> None:
    """FIA 3.4: not every owner can send; the change does not help where it has left (code E1: DUIS)."""
    story = play(regime, provider, version, {("anchor", (METER, NETWORK)): WRONG})
    story.happens("user-leaves", u=WRONG, r="ElectricityDistributor")
    codes = story.updates(WRONG, "ElectricityDistributor", RIGHT).codes
    assert codes == ({"E1"} if version == "mp107" else {"E1", "E4"})


# ---------------------------------------------------------------- after a hand-over


@every_provider
def test_the_former_owner_gets_s1ve64(regime: Regime, provider: str) -> None:
    """FIA 4.2.1: after the hand-over the former owner's 6.15.1 receives S1VE64."""
    story = play(regime, provider, "mp107", {("anchor", (METER, NETWORK)): WRONG})
    assert story.updates(WRONG, "ElectricityDistributor", RIGHT).accepted
    answer = story.updates(WRONG, "ElectricityDistributor", WRONG)
    assert (answer.at, answer.codes) == (("S1SP", provider), {"S1VE64"})
    assert story.slot() == RIGHT


@every_provider
def test_before_the_change_the_dsp_answers_the_former_owner_first(regime: Regime, provider: str) -> None:
    """S1VE64 is among the failing checks, but registration has moved on and E4 comes first (FIA 3.2, #1)."""
    story = play(regime, provider, "baseline", {("anchor", (METER, NETWORK)): RIGHT})
    assert story.updates(RIGHT, "ElectricityDistributor", THIRD).accepted
    story.happens("registration-changes", d=METER, r="ElectricityDistributor", who=THIRD)
    answer = story.updates(RIGHT, "ElectricityDistributor", RIGHT)
    assert (answer.at, answer.codes) == (("DSP", None), {"E4"})
    rules = regime.rules(story.column)
    about = {"target": METER, "credential": NETWORK, "certificate": RIGHT}
    again = {"sender": RIGHT, "role": "ElectricityDistributor", "srv": "6.15.1", **about}
    decision = decide(rules, story.now, Request(again))
    assert {r.check.code for r in decision.checks if r.fails} == {"E4", "S1VE4", "S1VE64"}


@every_provider
def test_nothing_asks_whose_certificate_is_installed(regime: Regime, provider: str) -> None:
    """FIA 4.3 prints no such rule: the wrong owner may hand to a third, who may hand to the right one."""
    story = play(regime, provider, "mp107", {("anchor", (METER, NETWORK)): WRONG})
    assert story.updates(WRONG, "ElectricityDistributor", THIRD).accepted
    assert story.slot() == THIRD
    assert story.updates(THIRD, "ElectricityDistributor", RIGHT).accepted
    assert story.slot() == RIGHT


@every_provider
@every_version
def test_a_hand_over_request_changes_no_held_slot(regime: Regime, provider: str, version: str) -> None:
    """FIA 3.2: 6.21 is for a slot that has no certificate yet; it is accepted and changes nothing."""
    story = play(regime, provider, version, {("anchor", (METER, NETWORK)): WRONG})
    assert story.hands_over(SUPPLIER, "ImportSupplier", RIGHT).accepted
    assert story.slot() == WRONG


@every_provider
@every_version
def test_a_hand_over_request_replaces_the_dcc(regime: Regime, provider: str, version: str) -> None:
    """FIA 3.2, 5.2: 6.21 hands over what the DCC controls."""
    story = play(regime, provider, version, {("anchor", (METER, NETWORK)): "DCC"})
    assert story.hands_over(SUPPLIER, "ImportSupplier", RIGHT).accepted
    assert story.slot() == RIGHT


# ------------------------------------------------------------------- the other fuel


@every_provider
def test_a_distributor_does_not_get_at_a_gas_proxy_function(regime: Regime, provider: str) -> None:
    """FIA 4.3: limb (d) lets an ED off for a GPF; validation #3 still refuses it if it is not in the slot."""
    for version, at, codes in (
        ("baseline", ("DSP", None), {"E4"}),
        ("mp107", ("S1SP", provider), {"S1VE64"}),
    ):
        story = play(regime, provider, version, {("anchor", (PROXY, NETWORK)): RIGHT})
        answer = story.updates(WRONG, "ElectricityDistributor", WRONG, target=PROXY)
        assert (answer.at, answer.codes) == (at, codes)
        assert answer.exempt is (version == "mp107")


@every_provider
def test_a_distributor_in_the_slot_of_a_gas_proxy_function_hands_over(regime: Regime, provider: str) -> None:
    """FIA 4.3: no fuel is named, so an ED that is in the slot by error can put it right after the change."""
    for version, accepted in (("baseline", False), ("mp107", True)):
        story = play(regime, provider, version, {("anchor", (PROXY, NETWORK)): WRONG})
        answer = story.updates(WRONG, "ElectricityDistributor", RIGHT, target=PROXY)
        assert answer.accepted is accepted


@every_provider
def test_other_critical_slots_stay_closed(regime: Regime, provider: str) -> None:
    """FIA 1 against 4.3: a wrong owner in the Supplier slot, exempt by limb (d), meets own-slot-only."""
    story = play(regime, provider, "mp107", {("anchor", (METER, OWN)): WRONG})
    answer = story.updates(WRONG, "ElectricityDistributor", RIGHT, credential=OWN)
    assert (answer.at, answer.codes, answer.exempt) == (("S1SP", provider), {"own-slot-only"}, True)


# ------------------------------------------------------- Requirement 2, and the alerts


@every_provider
@every_version
def test_the_data_update_repairs_where_the_s1sp_takes_part(
    regime: Regime, provider: str, version: str
) -> None:
    """FIA 4.2.2, 6.3: no request is needed; at an S1SP that takes no part the wrong certificate stays."""
    story = play(regime, provider, version, {("anchor", (METER, NETWORK)): WRONG})
    story.happens("corrective-update")
    assert story.slot() == RIGHT
    apart: dict[tuple[str, tuple[str, ...]], str | bool] = {
        ("anchor", (METER, NETWORK)): WRONG,
        ("takes-part", ("Three",)): False,
    }
    story = play(regime, provider, version, apart)
    story.happens("corrective-update")
    assert story.slot() == (WRONG if provider == "Three" else RIGHT)


@every_provider
def test_the_alert_follows_the_slot(regime: Regime, provider: str) -> None:
    """FIA 3.4, 1: alerts are misrouted while the slot is wrong, and reach the right operator afterwards."""
    story = play(regime, provider, "mp107", {("anchor", (METER, NETWORK)): WRONG})
    story.happens("alert")
    assert story.now.values["alerted", (METER,)] == WRONG
    assert story.updates(WRONG, "ElectricityDistributor", RIGHT).accepted
    story.happens("alert")
    assert story.now.values["alerted", (METER,)] == RIGHT
