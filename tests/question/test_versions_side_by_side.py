"""Verdicts where components enforce different versions, and on the orders of their checks.

Each was worked out by hand on the rules below: doors are knocked at, opened and looked at; a porter lets
people pass, and the lodge behind carries out what is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from checker.model.situation import Request, Situation, Trace
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.trusted import requirements
from checker.trusted.replay import NotReplayed
from tests.support.load import load

DOORS = """
sort Person
sort Door
enum Act: Knock, Open, Look
state open(Door) "{1} is open"
state seen(Door) "{1} is seen"
state banned(Person) "{1} is banned"
request "{sender} does {act} at {door}"
    sender: Person
    act: Act
    door: Door
component Porter "the porter"
component Lodge "the lodge"
route Porter, then Lodge
order at Lodge unpublished because "nobody says"
start inference "all is quiet": for every d: Door: not open(d) and not seen(d)

check known for "D 1" at Porter, reject with P1
    requires not banned(sender) inference "x"
    subject to "D 9" inference "x"
exceptions "D 9"
    any of inference "x"
limb "D 9(a)" of "D 9"
    act is Knock inference "x"
check shut for "D 2" at Lodge, reject with L1
    requires not open(door) inference "x"
effect opening when act is Open
    open(door) becomes true inference "x"

version old "as it was"
version new "as it is to be" is old with LOOKING
modification LOOKING "looking leaves traces"
by LOOKING insert after "D 9(a)":
limb "D 9(b)" of "D 9"
    act is Look inference "x"
by LOOKING insert after shut:
check unseen for "D 2" at Lodge, reject with L2
    requires not seen(door) inference "x"
by LOOKING insert after opening:
effect looking when act is Look
    seen(door) becomes true inference "x"
deployment new-lodge "The porter has not heard of it.": Porter at old, Lodge at new
deployment new-porter "The lodge has not heard of it.": Porter at new, Lodge at old
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim; the columns in which it is refuted, and in which proved; why; and by which clause."""

    claim: str
    refuted: str
    proved: str
    because: str
    by: str = ""


ASKED = (
    Asked(
        "for d: Door always, if not seen(d), then never seen(d) by requests",
        *("new, new-lodge", "old, new-porter"),
        "whoever is not banned looks, and the lodge carries it out",
    ),
    Asked(
        "for d: Door always not seen(d)",
        *("new, new-lodge", "old, new-porter"),
        "the same; there are no events",
    ),
    Asked(
        "for d: Door possibly seen(d) by requests",
        *("old, new-porter", "new, new-lodge"),
        "the same, the other way round",
    ),
    Asked(
        "for d: Door, p: Person always, if not seen(d) and not open(d) and not banned(p),"
        " then possibly next seen(d) by a request of p",
        *("old, new-porter", "new, new-lodge"),
        "p looks: the porter knows p, and the lodge finds the door shut and unseen",
    ),
    Asked(
        "always, after an accepted request r: not banned(r.sender)",
        *("new, new-porter", "old, new-lodge"),
        "only the new porter lets the banned look",
        by="D 9(b)",
    ),
    Asked(
        "always, after an accepted request r: not banned(r.sender)",
        *("old, new, new-lodge, new-porter", ""),
        "both porters let the banned knock",
        by="D 9(a)",
    ),
    Asked(
        "always, after an accepted request r where r.act is Look: not banned(r.sender)",
        *("new, new-porter", "old, new-lodge"),
        "what (b) exempts, the exceptions exempt of which it is one",
        by="D 9",
    ),
    Asked(
        "always, for every request r where not seen(r.door): r accepted",
        *("old, new, new-lodge, new-porter", ""),
        "a door may be open; that is one of the rules in D 2, where it has two",
        by="D 2",
    ),
    Asked(
        "always, for every request r where not open(r.door): r accepted",
        *("new, new-lodge", "old, new-porter"),
        "only the new lodge minds that a door has been seen",
        by="D 2",
    ),
    Asked(
        "any two orders of checks decide alike, with codes",
        *("new, new-lodge", "old, new-porter"),
        "a door may be open and seen; the old lodge asks one thing only",
    ),
    Asked(
        "any two orders of checks decide alike",
        *("", "old, new, new-lodge, new-porter"),
        "every check is asked, in whatever order",
    ),
)


def text_of(number: int, asked: Asked) -> str:
    """The claim in the language, with what is expected of it."""
    by = f' by "{asked.by}"' if asked.by else ""
    expected = [f"expect refuted{by} in {asked.refuted}"] if asked.refuted else []
    expected += [f"expect proved{by} in {asked.proved}"] if asked.proved else []
    return f'claim {number} claim-{number} "A claim." from "D"\n    {asked.claim}\n    ' + "\n    ".join(
        expected
    )


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked.claim[:50]} {asked.by}".strip())
def test_what_holds_depends_on_who_enforces_what(asked: Asked) -> None:
    """In each version, and with either component ahead of the other."""
    regime = load(DOORS, text_of(1, asked))
    prover = Prover(regime)
    found = {str(job.column): prover.decide(job).verdict for job in jobs_for(regime.claims)}
    expected = {column: "refuted" for column in asked.refuted.split(", ") if column}
    expected |= {column: "proved" for column in asked.proved.split(", ") if column}
    assert found == expected, asked.because


# ------------------------------------------------------------ orders of checks

THREE = (
    DOORS[: DOORS.index("version old")]
    + """
check unseen for "D 3" at Lodge, reject with L2
    requires not seen(door) inference "x"
check knocked for "D 4" at Lodge, reject with L3
    requires act is Knock inference "x"
version old "as it is"
"""
)


ANY_TWO = """claim 1 orders "A claim." from "D"
    any two orders of checks decide alike{}
    expect proved in old
"""


def of_orders(order: str, codes: str = ", with codes") -> Result:
    """The verdict on two orders of three checks, where the lodge publishes this one."""
    regime = load(THREE.replace("order at Lodge unpublished", order), ANY_TWO.format(codes))
    return Prover(regime).decide(jobs_for(regime.claims)[0])


@pytest.mark.parametrize(
    ("order", "verdict"),
    [
        ("order at Lodge unpublished", "refuted"),
        ("order at Lodge: shut, unseen", "refuted"),
        ("order at Lodge: knocked, shut, unseen", "proved"),
        ("order at Lodge: unseen, shut, knocked", "proved"),
    ],
)
def test_a_published_order_leaves_one_answer(order: str, verdict: str) -> None:
    """With part of the order published, `knocked` may still answer before or after the others."""
    assert of_orders(order).verdict == verdict


def test_the_order_does_not_decide_what_is_accepted() -> None:
    """Nor could three checks that go round in a circle, each before the next."""
    assert of_orders("order at Lodge unpublished", codes="").verdict == "proved"


def test_two_codes_of_which_one_comes_first_are_one_answer() -> None:
    """An open door that has been seen: the lodge says L1 where it publishes that it asks for that first."""
    seen = Situation(
        {"Person": ("ann",), "Door": ("door",)},
        {("open", ("door",)): True, ("seen", ("door",)): True},
        {("Porter", None): "old", ("Lodge", None): "old"},
    )
    knock = {"r": Request({"sender": "ann", "act": "Knock", "door": "door"})}
    evidence = Evidence(trace=Trace((seen,), ()), requests=knock)
    claim = ANY_TWO.format(", with codes")
    unpublished = load(THREE, claim)
    requirements.replay(Question(unpublished, jobs_for(unpublished.claims)[0]), "refuted", evidence)
    published = load(THREE.replace("order at Lodge unpublished", "order at Lodge: shut, unseen"), claim)
    question = Question(published, jobs_for(published.claims)[0])
    with pytest.raises(NotReplayed, match="only one answer"):
        requirements.replay(question, "refuted", evidence)
    opened = {"r": Request({**knock["r"].values, "act": "Open"})}
    requirements.replay(question, "refuted", replace(evidence, requests=opened))
