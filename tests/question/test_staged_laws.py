"""Requests under way in other laws: the permits, the law that comes with redline, and one made for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.additions import with_claims
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from tests.support.evidence_made import decided
from tests.support.places import PERMITS, ROOT
from tests.support.stories import steps_of

# ------------------------------------------------------------ other regimes


def test_permits_are_given_twice_but_only_to_residents() -> None:
    """People only ever move in, so that a check of residence stays right; that a street is free does not."""
    folder = PERMITS
    regime = with_claims(
        load_regime(folder / "spec", folder / "properties"),
        """```redline
claim 91 given-once "A permit that is held is not given to another who applies." from "Gazette 7"
    always, after an accepted request r where r.act is Apply: not before held(r.street)
    expect proved in old
    expect refuted in old staged
claim 92 residents "Who is given a permit lives in the street." from "Gazette 7"
    always, after an accepted request r where r.act is Apply and r.sender is not Office:
        lives(r.sender, r.street)
    expect proved in old, old staged, new staged under strict
    expect refuted in new staged
```
""",
    )
    chosen = [each for each in jobs_for(regime.claims) if each.claim.number in ("91", "92")]
    found = decided(regime, chosen)
    assert not [
        f"{each.claim.number} in {each.column}: {each.verdict}" for each in found if not each.as_expected
    ]
    (twice,) = (each for each in found if each.claim.number == "91" and each.column.staged)
    assert steps_of(twice) == ["let pass by Desk", "in one go", "carried out"]


@cache
def _prover() -> tuple[Regime, Prover]:
    """The law that comes with redline, and what decides its claims and writes it into terms once."""
    regime = load_regime(ROOT / "spec", ROOT / "properties")
    return regime, Prover(regime)


def _shipped(numbers: Iterable[str], column: str) -> dict[str, Result]:
    regime, prover = _prover()
    asked = regime.parse_column(column)
    return {
        each.number: prover.decide(Job(each, asked, told=False))
        for each in regime.claims
        if each.number in tuple(numbers)
    }


@pytest.mark.thorough
def test_a_repair_is_undone_without_any_change_of_registration() -> None:
    """With the modification two requests of one owner are enough: the story that the claim is about. As short
    is the one in which the data update makes the repair that the owner's request undoes.
    """
    found = _shipped(("26a",), "mp107 staged")["26a"]
    assert found.verdict == "refuted"
    kinds = steps_of(found)
    assert len(kinds) == 4
    assert (kinds[1], kinds[3]) == ("let pass by S1SP", "carried out")
    assert kinds[2] in ("in one go", "corrective-update")
    assert found.evidence.trace is not None
    crossing = [each.request for each in found.evidence.trace.steps[2:]]
    senders = {each.values["sender"] for each in crossing if each is not None}
    assert len(senders) == 1


@pytest.mark.thorough
def test_before_the_change_registration_must_change_as_well() -> None:
    """A request that passes both registration checks comes from the registered operator."""
    found = _shipped(("26a",), "baseline staged")["26a"]
    assert found.verdict == "refuted"
    assert "registration-changes" in steps_of(found) or "corrective-update" in steps_of(found)


def test_an_s1sp_refuses_what_the_dsp_let_pass() -> None:
    """Registration changes in between; nothing else is needed."""
    found = _shipped(("20a",), "baseline staged")["20a"]
    assert steps_of(found) == ["let pass by DSP", "registration-changes"]


def test_exemptions_are_not_asked_of_what_is_behind() -> None:
    """A claim about whoever is exempted would leave out those whom the exemption has let pass already."""
    found = _shipped(("15", "17b"), "mp107 staged")
    assert {each.verdict for each in found.values()} == {"unknown"}
    assert all("exempted" in each.reason for each in found.values())


SUPPOSING = """# Law

```redline
sort User
constant Bank: User
enum Act: A0, A1
state f1 "f1"
component K0 "k"
request "{sender} does {act}"
    sender: User
    act: Act
    item: optional User when act is A1
route K0
check c2 for "C c2" at K0, reject with XX
    requires not f1 inference "by chance 26"
effect e0 when act is A0
    f1 becomes true inference "by chance 38"
start inference "by chance": not f1
version old "old"
claim 1 supposed "With other parameters it would not be rejected." from "F"
    possibly, after an accepted request r: f1 and not (r rejected by K0 with item Bank, act A1)
    expect proved in old staged
```
"""


def test_a_request_with_other_parameters_may_be_one_under_way() -> None:
    """It is past the desk then, which refuses all that come later; the story is replayed as it was found."""
    regime = load_texts({"law.md": SUPPOSING})
    (job,) = jobs_for(regime.claims)
    found = Prover(regime).decide(job)
    assert found.verdict == "proved"
    assert steps_of(found)[0] == "let pass by K0"


HATCH = """
```redline
sort User
enum Act: Ask, Take
state open()
state taken(): optional User
request "{sender} does {act}"
    sender: User
    act: Act
component Desk
route Desk
start inference "it is open": open and taken is absent
version v
check is-open for "1" at Desk, reject with N1
    requires open inference "only then"
effect taking when act is Take
    taken becomes sender inference "that is what it is for"
event close by the environment when open
    open becomes false inference "in the evening"
```
"""

SHUT = """
```redline
claim 1 shut "Whoever did ACT is refused after closing." from "1"
    always, after an accepted request r where r.act is ACT: not open implies r rejected
    witness not open
    expect proved in v, v staged
```
"""


@pytest.mark.parametrize("act", ["Ask", "Take"])
def test_what_was_carried_out_is_under_way_no_more(act: str) -> None:
    """A request that was let pass while it was open, and carried out after closing, is checked again after
    that, whether or not it changed anything.
    """
    regime = load_texts({"law.md": HATCH}, {"claims.md": SHUT.replace("ACT", act)})
    found = {str(each.column): each for each in decided(regime, jobs_for(regime.claims))}
    assert found["v staged"].verdict == "proved"
    assert found["v"].verdict == "proved"
