"""What every verdict rests on: each step keeps every axiom, in the law that is asked about, and no other.

A club has members and a chair. Beside each law stands which step keeps its axioms from being axioms.
"""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from tests.support.load import load

CLUB = """
sort Person
enum Act: Join, Lead, Greet
state member(Person) "{1} is a member"
state senior(Person) "{1} has been a member for long"
state chair(Person) "{1} has the chair"
define fit(p: Person) means member(p)
request "{sender} does {act}"
    sender: Person
    act: Act
component Door "the door"
route Door
start inference "nobody is there yet": for every p: Person: not chair(p)
axiom long-members "Whoever has been a member for long is one." because "x":
    for every p: Person where senior(p): member(p)
axiom fit-chair "Whoever has the chair is fit for it." because "x":
    for every p: Person where chair(p): fit(p)
check members for "C 1" at Door, reject with D1
    applies when act is Lead inference "x"
    requires fit(sender) inference "x"
effect joining when act is Join
    member(sender) becomes true inference "x"
effect leading when act is Lead
    chair(sender) becomes true inference "x"
version old "as it was"
version new "as it is to be" is old with CHANGE
modification CHANGE "a change"
"""
CLAIM = """
claim 1 chairs "Whoever has the chair is a member." from "C"
    for p: Person
    always chair(p) implies member(p)
    expect proved in old
    expect proved in new
"""

BROKEN = "a step breaks an axiom: after {}, one may be false"
ADOPTED = 'adopted check members at Door, reject without a published code, because "nobody says so"'


def decided(rules: str, claims: str = CLAIM) -> tuple[Result, ...]:
    """The verdicts, by one prover, which keeps what it has built for one law when it comes to the next."""
    regime = load(rules, claims)
    prover = Prover(regime)
    return tuple(prover.decide(job) for job in jobs_for(regime.claims))


def broken_by(step: str, results: tuple[Result, ...]) -> None:
    """The old law has its axioms; in the new one the step breaks them, and so nothing is decided."""
    old, new = results
    assert old.verdict == "proved"
    nothing_decided((new,), BROKEN.format(step))


def nothing_decided(results: tuple[Result, ...], why: str) -> None:
    """Nothing is proved or refuted, and the reason is this."""
    assert {(result.verdict, result.reason) for result in results} == {("unknown", why)}


def test_an_event_may_not_break_an_axiom() -> None:
    """Whoever leaves is no member any more, but may have the chair."""
    leaving = """event leaves by the environment with p: Person when not senior(p)
        member(p) becomes false inference "x"
    """
    nothing_decided(decided(CLUB.replace("version old", leaving + "version old")), BROKEN.format("leaves"))


def test_the_first_axiom_may_not_be_broken_either() -> None:
    """Whoever leaves gives up the chair, but has been a member for long."""
    leaving = """event leaves by the environment with p: Person
        member(p) becomes false inference "x"
        chair(p) becomes false inference "x"
    """
    nothing_decided(decided(CLUB.replace("version old", leaving + "version old")), BROKEN.format("leaves"))


def test_what_a_check_protects_is_not_protected_without_it() -> None:
    """In the old law only members take the chair; in the new one anybody does, and in the old one without
    the check, too.
    """
    broken_by("leading", decided(CLUB + 'by CHANGE strike "C 1"\n'))
    rules = CLUB.replace('check members for "C 1" at Door, reject with D1', ADOPTED)
    broken_by("leading", decided(rules, CLAIM.replace("in new", "in old without members")))


@pytest.mark.parametrize("column", ["new", "old under lasting"])
def test_what_a_word_means_decides_whether_an_axiom_is_kept(column: str) -> None:
    """Whoever leads becomes a member, and needs to be nothing before. In the new law, or under a reading of
    the old one, the chair is for those who have been members for long.
    """
    change = """by CHANGE replace fit:
    define fit(p: Person) means senior(p)
    reading lasting "Only who has been a member for long is fit." because "x"
        define fit(p: Person) means senior(p) inference "x"
    """
    rules = CLUB.replace("applies when act is Lead", "applies when act is Greet").replace(
        'chair(sender) becomes true inference "x"',
        'chair(sender) becomes true inference "x"\n    member(sender) becomes true inference "x"',
    )
    broken_by("leading", decided(rules + change, CLAIM.replace("in new", f"in {column}")))


TABLE = "| act | quiet |\n|---|---|\n| Join | yes |\n| Lead | yes |\n| Greet | yes |\n"


def test_what_a_table_says_decides_whether_an_axiom_is_kept() -> None:
    """Whatever is done is noted. In the old law all that can be done is quiet; in the new, not greeting."""
    law = """
    sort Person
    table acts
    enum Act from table acts: value "act"
    fixed quiet(Act) from table acts: "quiet"
    state noted(Act) "{1} is noted"
    request "{sender} does {act}"
        sender: Person
        act: Act
    component Door "the door"
    route Door
    start inference "nothing yet": for every a: Act: not noted(a)
    axiom only-quiet "Only what is quiet is noted." because "x": for every a: Act where noted(a): quiet(a)
    check anything for "C 1" at Door, reject with D1
        requires true inference "x"
    effect noting
        noted(act) becomes true inference "x"
    version old "as it was"
    version new "as it is to be" is old with CHANGE
    modification CHANGE "a change"
    by CHANGE amend table acts: row "Greet", "quiet" becomes "no"
    """
    claim = """
    claim 1 joining "Joining is quiet." from "C"
        always noted(Join) implies quiet(Join)
        expect proved in old
        expect proved in new
    """
    pages = {"law.md": f"```redline\n{law}\n```\n\n{TABLE}", "claims.md": f"```redline\n{claim}\n```\n"}
    regime = load_texts(pages)
    prover = Prover(regime)
    broken_by("noting", tuple(prover.decide(job) for job in jobs_for(regime.claims)))


def test_a_law_whose_axioms_allow_no_start_decides_nothing() -> None:
    """Somebody has the chair from the first, and nobody has."""
    nobody = 'axiom chaired "Somebody has the chair." because "x": for some p: Person: chair(p)\nversion old'
    nothing_decided(decided(CLUB.replace("version old", nobody, 1)), "the axioms allow no start")


NEEDED = """
claim 1 chairs "Whoever has the chair is a member." from "C"
    for p: Person
    always, for every request r where chair(p): member(p)
    expect proved in old
    needs fit-chair in old
"""


@pytest.mark.parametrize("supposition", ["fit-chair", "adopted"])
def test_a_column_goes_without_what_it_says(supposition: str) -> None:
    """Without the axiom a situation may be like that at first; without the check, it comes about."""
    rules, claim = CLUB, NEEDED.replace("always, for", "in any situation, for")
    if supposition == "adopted":
        rules = CLUB.replace('check members for "C 1" at Door, reject with D1', ADOPTED)
        rules = rules[: rules.index("axiom fit-chair")] + rules[rules.index("adopted check") :]
        claim = NEEDED.replace("needs fit-chair", "needs members")
    proved, refuted = decided(rules, claim)
    assert (proved.verdict, refuted.verdict) == ("proved", "refuted")
