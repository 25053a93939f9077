"""A regime of lamps: what axioms rest on, what comes about in the end, and what deployment needs."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.lamps import CLAIMS, LAW

BY_NIGHT = """# By night

```redline
exceptions "1A"
    any of inference "so it is listed"
limb "1A(a)" of "1A"
    shines(lamp) is absent inference "when it is dark"
limb "1A(a)(i)" of "1A(a)"
    colour is Green inference "and nothing dangerous is asked for"
modification DAY "always light"
version day "as it will be by day" is old with DAY
by DAY strike "1A(a)"
claim 4 of-the-shining "Whoever changes a lamp that shines can switch."
    from "1"
    always, after an accepted request r where shines(r.lamp) is present: able(r.sender)
    expect proved in old, day
claim 5 of-any "Whoever changes a lamp can switch."
    from "1"
    always, after an accepted request r: able(r.sender)
    expect refuted by "1A(a)(i)" in old
    expect proved in day
```
"""


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_texts({"spec/lamps.md": LAW}, {"properties/claims.md": CLAIMS})


def _decided(regime: Regime) -> dict[tuple[str, str], Result]:
    prover = Prover(regime)
    return {(job.claim.name, str(job.column)): prover.decide(job) for job in jobs_for(regime.claims)}


def test_an_axiom_may_rest_on_a_check(regime: Regime) -> None:
    """A refused request is no step, so the axiom is kept although the effect alone would break it."""
    assert _decided(regime)["lit", "old"].verdict == "proved"


def test_an_axiom_that_a_step_breaks_leaves_everything_unknown() -> None:
    """Without the check that keeps it the axiom is no axiom, and nothing is proved on top of it."""
    broken = LAW.replace("requires colour is Green", "requires colour in {Red, Green}")
    regime = load_texts({"spec/lamps.md": broken}, {"properties/claims.md": CLAIMS})
    result = Prover(regime).decide(Job(regime.claims[0], Column("old")))
    assert result.verdict == "unknown"
    assert "breaks an axiom" in result.reason


def test_an_axiom_may_rest_on_what_an_effect_leaves_out() -> None:
    """Requests for red are accepted and do nothing, because the effect does not apply to them."""
    heedless = LAW.replace("requires colour is Green", "requires colour in {Red, Green}")
    unless = 'effect switch\n    applies unless colour is Red inference "so"\n'
    careful = heedless.replace("effect switch\n", unless)
    assert LAW != heedless != careful
    regime = load_texts({"spec/lamps.md": careful}, {"properties/claims.md": CLAIMS})
    assert _decided(regime)["lit", "old"].verdict == "proved"


def test_what_is_asked_for_again_and_again_comes_about(regime: Regime) -> None:
    """While the lamp is dark a request of somebody able is possible, and any such request lights it."""
    result = _decided(regime)["in-the-end", "old"]
    assert result.verdict == "proved"
    assert not result.vacuous


def test_it_need_not_come_about_if_nobody_can(regime: Regime) -> None:
    """Without the premise there may be nobody whose request would be accepted: dark for ever."""
    result = _decided(regime)["in-the-end", "old without somebody-able"]
    assert result.verdict == "refuted"
    assert result.evidence.trace is not None
    assert len(result.evidence.trace.steps) == 0


def test_a_story_deploys_only_what_it_needs(regime: Regime) -> None:
    """Nobody needs the skill once the new version is at the desk: one deployment, one request."""
    result = _decided(regime)["anybody", "old"]
    assert result.verdict == "refuted"
    assert result.evidence.trace is not None
    assert [step.event for step in result.evidence.trace.steps] == ["deploy", None]


def test_a_limb_stands_and_falls_with_the_one_above_it() -> None:
    """By night anybody may light a lamp that is dark, and no other; by day, without the limb above, none."""
    old = LAW.split("modification OPEN", maxsplit=1)[0] + "```\n"
    law = old.replace('"a skill"', '"a skill"\n    subject to "1A" inference "at night"')
    regime = load_texts({"spec/lamps.md": law, "spec/night.md": BY_NIGHT})
    prover = Prover(regime)
    found = [prover.decide(job) for job in jobs_for(regime.claims)]
    assert [each.verdict for each in found] == ["proved", "proved", "refuted", "proved"]
    assert all(each.as_expected for each in found)
