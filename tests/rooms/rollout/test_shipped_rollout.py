"""Rolling SECMP0107 out: which mixtures do harm, and which orders avoid it (FIA 4.1).

CI asks. The claims of properties/roll-out.md, which every run decides, say the same of the two mixtures that
the law names.
"""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_regime
from checker.report.paper import text_of
from checker.rooms.rollout.find import plan_of
from checker.rooms.rollout.harm import Rollout
from checker.rooms.rollout.lattice import on
from checker.rooms.rollout.switch_names import Told
from checker.rooms.rollout.text import rollout_paragraphs
from tests.rooms.rollout.rolled import harms, rolled
from tests.support.places import ROOT

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def shipped() -> Rollout:
    return rolled(load_regime(ROOT / "spec", ROOT / "properties"), "baseline", "mp107")


def test_the_switches_are_those_of_the_paper(shipped: Rollout) -> None:
    """One at the DSP, one at each S1SP; a SMETS2 device does the same in both versions (FIA 4.1)."""
    assert [each.instance for each in shipped.plan.switches] == [
        ("DSP", None),
        ("S1SP", "One"),
        ("S1SP", "Two"),
        ("S1SP", "Three"),
    ]
    assert shipped.plan.same == (("DeviceItself", None),)
    assert len(shipped.lattice.mixtures) == 16


def test_the_dsp_goes_last(shipped: Rollout) -> None:
    """A request that the DSP exempts is refused by an S1SP that does not know the exemption, and by nothing
    else: so the S1SPs go first, in any of 3! orders, and the DSP goes back first.
    """
    lattice = shipped.lattice
    early = {each for each in lattice.mixtures if each & 1 and each != lattice.all_on}
    assert lattice.harmful == early
    assert lattice.harmless == set(lattice.mixtures) - early
    assert (lattice.safe, lattice.unsafe, lattice.orders) == (6, 18, 24)
    assert lattice.layers == ((1, 2, 3), (0,))
    assert lattice.backwards.layers == ((0,), (1, 2, 3))


def test_what_the_harm_is(shipped: Rollout) -> None:
    """Wherever the DSP is early, an S1SP refuses late and claim 20a is lost. Nothing more, and nothing less,
    is accepted than by one version or the other, as claims 21a and 21b say.
    """
    assert set(map(tuple, harms(shipped).values())) == {("inconsistent", "claim lost")}
    assert len(harms(shipped)) == 7
    lost = [each.claim.number for each in shipped.claims if each.claim and each.status == "lost"]
    assert lost == ["20a"]
    assert shipped.within("old")
    assert not shipped.within("new")


def test_claims_that_only_the_change_makes_true_are_no_loss(shipped: Rollout) -> None:
    """What is refuted in the baseline, and proved in mp107, as the claims expect."""
    gained = {each.claim.number for each in shipped.claims if each.claim and each.status == "gained"}
    assert gained == {"1", "5a", "5c", "6c", "14", "25a", "29b", "30a", "30b"}
    assert not [each for each in shipped.claims if each.status == "gained" and each.found]


def test_the_story_is_of_the_switches_that_are_wrong(shipped: Rollout) -> None:
    """It happens at an S1SP that is off, with the DSP on; and it is replayed in each mixture."""
    assert shipped.lattice.harmful
    for mixture in shipped.lattice.harmful:
        assert shipped.harms(mixture)
        for harm in shipped.harms(mixture):
            trace = harm.result.evidence.trace
            assert trace is not None
            last = trace.situations[-1]
            assert dict(last.versions) == shipped.plan.versions(mixture)
            request = harm.result.evidence.requests["r"]
            where = last.values["provider", (request.values["target"],)]
            switch = [each.instance for each in shipped.plan.switches].index(("S1SP", str(where)))
            assert switch not in on(mixture)


def test_mixtures_are_as_their_own_columns(shipped: Rollout) -> None:
    """The law has two of the mixtures as deployments, and claim 20a says what is expected there."""
    late = next(each for each in shipped.claims if each.claim and each.claim.number == "20a")
    regime = shipped.plan.regime
    prover = Prover(regime)
    for name, mixture in (("dsp-first", 0b0001), ("s1sp-first", 0b1110)):
        assert regime.deployments[name].versions == shipped.plan.versions(mixture)
        assert late.claim is not None
        own = prover.decide(Job(late.claim, Column(name)))
        assert (own.verdict == "refuted") == (late.state(mixture) == "harmful")


def test_a_reading_that_leaves_one_switch() -> None:
    """If 16.1 does not import the exceptions, the change does not reach an S1SP: only the DSP is switched."""
    regime = load_regime(ROOT / "spec", ROOT / "properties")
    plan = plan_of(
        regime,
        regime.parse_column("baseline under sixteen-one-alone"),
        regime.parse_column("mp107 under sixteen-one-alone"),
    )
    assert [each.instance for each in plan.switches] == [("DSP", None)]


def test_the_page_prints_what_is_found(shipped: Rollout) -> None:
    """The picture in the documentation is the report, without its stories and what becomes of claims."""
    told = Told(shipped, "", 0.0, 0)
    report = text_of(rollout_paragraphs(told, stories="none"))
    printed = (line.rstrip() for line in report[: report.index("\nClaims\n")].splitlines())
    page = (ROOT / "spec" / "rollout.md").read_text(encoding="utf-8")
    assert "".join(f"    {line}".rstrip() + "\n" for line in printed) in page
