"""A regime of lamps: what axioms rest on, what comes about in the end, and what deployment needs."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime

LAW = """# Lamps

```redline
sort User
sort Lamp
enum Colour: Red, Green
fixed able(User) "{1} can switch"
state shines(Lamp): optional Colour "the colour of {1}"
request "{sender} sets {lamp} to {colour}"
    sender: User
    lamp: Lamp
    colour: Colour
component Desk "the desk"
route Desk
start inference "dark": for every l: Lamp: shines(l) is absent
axiom never-red "No lamp shines red." because "red means danger": for every l: Lamp: not (shines(l) is Red)
premise somebody-able "Somebody can switch." because "else nobody would ever" means for some u: User: able(u)
check ability for "1" at Desk, reject with N1 "cannot switch"
    requires able(sender) inference "a skill"
check colours for "2" at Desk, reject with N2 "not that colour"
    requires colour is Green inference "the axiom rests on it"
effect switch
    shines(lamp) becomes colour inference "that is what it does"
event fuse by the environment with l: Lamp "{l} goes dark"
    shines(l) becomes absent inference "fuses blow"
version old "as it was"
modification OPEN "no skill needed"
version new "as it will be" is old with OPEN
by OPEN strike "1"
```
"""

CLAIMS = """# Claims

```redline
claim 1 lit "A lamp can shine."
    from "1"
    for l: Lamp
    possibly shines(l) is Green
    expect proved in old
claim 2 in-the-end "A dark lamp shines in the end, if somebody who can goes on asking."
    from "1"
    for l: Lamp
    given somebody-able
    always, if shines(l) is absent, then eventually shines(l) is Green,
        given that a request r where r.lamp is l and r.colour is Green is made, while requests
    expect proved in old
    needs somebody-able in old
claim 3 anybody "Nobody who cannot switch ever gets a lamp to shine."
    from "1"
    always, after an accepted request r: able(r.sender)
    with deployment steps over old, new
    expect refuted in old
```
"""

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
