"""What verdicts about the parking by-law rest on, worked out by hand.

The by-law's first claim, that whoever is given a permit lives in the street, unless it is the office, needs
three phrases: which requests the check is about, what it requires, and whom the one exemption lets through.
If any of them could mean anything, a stranger might be let through. Nothing else can let one through: neither
what a permit does, nor where stories start, nor that the office lives nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from checker.blame.needed_words import blame_of, described, recheck_blame
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.problem import GaveUp
from checker.question.verdict import Blame, Result
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.story.rests_on import rest_lines
from tests.support.places import PERMITS


@cache
def permits() -> Regime:
    return load_regime(PERMITS / "spec", PERMITS / "properties")


@cache
def decided() -> tuple[Result, ...]:
    prover = Prover(permits())
    return tuple(prover.decide(job) for job in jobs_for(permits().claims))


def result_of(number: str, column: str) -> Result:
    return next(each for each in decided() if (each.claim.number, str(each.column)) == (number, column))


@cache
def blamed(number: str, column: str) -> Blame:
    return blame_of(permits(), result_of(number, column))


def words(blame: Blame) -> set[str]:
    return {phrase.text for ground in blame.needed for phrase in ground.phrases}


def test_a_proof_needs_just_the_words_that_keep_strangers_out() -> None:
    """The three phrases that were found by hand, and no other."""
    assert words(blamed("1", "old")) == {
        "A permit is given only to",
        "a person who lives in the street,",
        "the office.",
    }
    assert {each.kind for each in blamed("1", "old").needed} == {"phrase"}


def test_a_refutation_needs_the_words_that_let_the_stranger_through() -> None:
    """Under the traders' exemption a stranger is given a permit: its words make the story happen."""
    rests = blamed("1", "new")
    limb = next(
        limb
        for check in permits().rules(result_of("1", "new").column)["new"].checks
        for limb in check.limbs
        if limb.clause == "By-law 2(a)"
    )
    own = {p.text for item in limb.items if item.kind == "condition" for p in item.phrases}
    assert own
    assert own <= words(rests)


def test_what_can_be_done_needs_what_the_deed_does() -> None:
    """A holder gives a permit away: what a transfer does to the holder is needed."""
    assert any(each.kind == "update" for each in blamed("3", "old").needed)


@pytest.mark.parametrize(("number", "column"), [("1", "old"), ("1", "new"), ("2", "old"), ("3", "new")])
def test_nothing_is_needed_and_not_needed_at_once(number: str, column: str) -> None:
    """Each word that is needed is listed once; the others are counted."""
    rests = blamed(number, column)
    assert not rests.unknown
    assert len({each.key for each in rests.needed}) == len(rests.needed)
    assert rests.others > 0


def test_what_is_found_is_found_to_suffice_again() -> None:
    """Re-checking the words that were found gives the same words."""
    rests = blamed("1", "new")
    again = recheck_blame(permits(), result_of("1", "new"), [described(each) for each in rests.needed])
    assert {each.key for each in again.needed} == {each.key for each in rests.needed}
    assert again.others == rests.others


@pytest.mark.parametrize("left_out", range(3))
def test_nothing_that_is_needed_can_be_left_out(left_out: int) -> None:
    """Without any one of the words the rest does not suffice, and that is refused."""
    needed = [described(each) for each in blamed("1", "old").needed]
    del needed[left_out]
    with pytest.raises(GaveUp, match="do not suffice"):
        recheck_blame(permits(), result_of("1", "old"), needed)


def test_words_that_the_law_does_not_have_are_refused() -> None:
    """Evidence cannot rest a verdict on words that it made up."""
    made_up = ("phrase", "residence", ("a person who would like to live there,",), "true")
    with pytest.raises(GaveUp, match="that the law does not have"):
        recheck_blame(permits(), result_of("1", "old"), [made_up])


def test_without_a_verdict_there_is_nothing_to_blame() -> None:
    """An unknown verdict rests on no words."""
    unknown = replace(result_of("1", "old"), verdict="unknown")
    assert blame_of(permits(), unknown).unknown


def test_it_reads_as_clauses_with_their_words() -> None:
    """Each line names a clause and the words of it; the last says what the rest could mean."""
    model = next(iter(permits().rules(result_of("1", "old").column).values()))
    lines = list(rest_lines(model, blamed("1", "old")))
    assert any(line.startswith("By-law 1 (residence): ") and "lives in the street," in line for line in lines)
    assert any(line.startswith("By-law 2(z): ") for line in lines)
    assert "could mean anything" in lines[-1]


# --------------------------------------------------------------- what happens

PLACES = """
```redline
sort Person
state out(Person) "{1} is [not] out"
state seen(Person) "{1} is [not] seen"
fixed able(Person) "{1} is able"
request "{sender} rings"
    sender: Person
component Door "the door"
route Door
start inference "nobody": for every p: Person: not out(p) and not seen(p)
check open for "R 1" at Door, reject with E1
    requires true inference "open"
effect going
    for every p: Person where able(p): out(p) becomes true inference "the able go"
effect seeing
    seen(sender) becomes true inference "the sender is seen"
version v "v"
claim 1 unable "Who is not able is never out." from "R"
    for p: Person
    always out(p) implies able(p)
    expect proved in v
claim 2 others "Nobody but the sender comes to be seen." from "R"
    for p: Person
    always, after an accepted request r where r.sender is not p: seen(p) iff before seen(p)
    expect proved in v
```
"""


@pytest.mark.parametrize(
    ("number", "inference", "instead"),
    [
        ("1", "the able go", ("where able(p): out(p)", ": out(p)")),
        ("2", "the sender is seen", ("seen(sender) becomes", "for every p: Person: seen(p) becomes")),
    ],
)
def test_a_proof_needs_the_words_that_say_whom_an_update_is_about(
    number: str, inference: str, instead: tuple[str, str]
) -> None:
    """Not only what becomes of them: other words there refute the claim."""
    law, other = (load_texts({"law.md": each}) for each in (PLACES, PLACES.replace(*instead)))
    results = [Prover(each).decide(jobs_for(each.claims)[int(number) - 1]) for each in (law, other)]
    assert [each.verdict for each in results] == ["proved", "refuted"]
    updates = [each.inference for each in blame_of(law, results[0]).needed if each.kind == "update"]
    assert updates == [inference]


def test_an_axiom_is_needed_with_the_words_that_keep_it() -> None:
    """The claim follows from the axiom alone; but every step must lead to where that holds."""
    said = 'axiom only-able "Only the able are out." because "x": for every p: Person: out(p) implies able(p)'
    law = load_texts({"law.md": PLACES.replace('version v "v"', f'{said}\nversion v "v"')})
    result = Prover(law).decide(jobs_for(law.claims)[0])
    needed = blame_of(law, result).needed
    assert {(each.kind, each.rule) for each in needed} == {("axiom", "only-able"), ("update", "going")}
    update = [described(each) for each in needed if each.kind == "update"]
    axiom = [described(each) for each in needed if each.kind == "axiom"]
    assert recheck_blame(law, result, axiom + update).others == 3
    with pytest.raises(GaveUp, match="do not suffice"):
        recheck_blame(law, result, axiom)
