"""Of many stories an ordinary one is told; that decides no verdict."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from checker.logic.node import Node
from checker.logic.preferences import Early, Holds, Preferring, Wish
from checker.logic.solver import Solver
from checker.logic.terms import Terms
from checker.model.claim import Column
from checker.model.expressions import FACT, Sort
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.rooms.diff.find import Difference, differ
from checker.story.trace_told import Story
from tests.support.effort import ALONE
from tests.support.places import ROOT

COLOUR = Sort("Colour", ("red", "green", "blue", "white", "black"))

LAW = """
# Desks

```redline
sort User
sort Book
constant Library: User "the library"
enum Kind: novel "novel", atlas "atlas", map "map"
fixed kind(Book): Kind "the kind of {1}"
fixed owner(Book): optional User "the owner of {1}"
state keeper(Book): optional User "the keeper of {1}"
state member(User) "{1} is [not] a member"
request "{sender} asks for {book} for {reader}"
    sender: User
    book: Book
    reader: User
component Desk "the desk"
route Desk
start inference "at first nobody has any": for every b: Book: keeper(b) is absent
adopted check membership at Desk, reject with M1, because "only members borrow"
    requires member(sender) inference "a member asks"
adopted check no-maps at Desk, reject with M2, because "maps stay"
    requires kind(book) is not map inference "no map is asked for"
event given by the environment with b: Book, u: User when keeper(b) is absent "{u} gets {b}"
    keeper(b) becomes u inference "it is given out"
event taken by the environment with b: Book "{b} is taken"
    keeper(b) becomes absent inference "it is taken back"
TYPICAL
version v "as it is"
```
"""
CLAIMS = """
# Claims

```redline
claim 1 all-refused "Every request is refused."
    from "x"
    always, for every request r: r rejected
    expect refuted in v

claim 2 kept-refused "Whatever somebody keeps is refused."
    from "x"
    in any situation, for every request r where keeper(r.book) is present: r rejected
    expect refuted in v

claim 3 kept-twice "What the library keeps is refused, if its owner keeps something, too."
    from "x"
    for c: Book
    in any situation, for every request r where keeper(r.book) is Library and keeper(c) is owner(r.book)
        and c is not r.book and member(Library): r rejected
    expect refuted in v

claim 4 maps-pass "Some map is given out."
    from "x"
    in some situation, for some request r: r accepted and kind(r.book) is map
    expect refuted in v
```
"""


def law(typical: str = "", more: str = "") -> Regime:
    """The law with marks of what is typical, and further claims."""
    return load_texts({"law.md": LAW.replace("TYPICAL", typical)}, {"claims.md": CLAIMS + more})


def decided(regime: Regime, number: str) -> Result:
    """The verdict on a claim."""
    (job,) = (each for each in jobs_for(regime.claims) if each.claim.number == number)
    return Prover(regime).decide(job)


def asked(result: Result) -> dict[str, str | bool]:
    """What the story's request carries, and what the functions of it are worth."""
    trace = result.evidence.trace
    assert trace is not None
    values = trace.situations[-1].values
    request = result.evidence.requests["r"].values
    book = request["book"]
    return {
        "kind": values["kind", (book,)],
        "kept": ("keeper", (book,)) in values,
        "owned": ("owner", (book,)) in values,
        "apart": request["sender"] != request["reader"],
        "library": "Library" in request.values(),
        "member": values.get(("member", (request["reader"],)), False),
    }


# ------------------------------------------------------------------- wishes


def best(terms: Terms, given: Sequence[Node], wishes: Sequence[Wish], seed: int) -> dict[Node, str | bool]:
    """The values of the answer that the wishes lead to."""
    preferring = Preferring.of(Solver(terms, seed), given)
    assert preferring is not None
    preferring.grant(wishes)
    return dict(preferring.answer.values)


@pytest.mark.parametrize("seed", range(4))
def test_wishes_come_true_the_first_ones_first(seed: int) -> None:
    """The answer is that of a search through all answers, wish by wish, for every seed."""
    terms = Terms()
    p, q, r, s = (terms.symbol(name, FACT) for name in "pqrs")
    given = (
        terms.or_(terms.not_(p), terms.not_(q)),
        terms.or_(terms.not_(r), s),
        terms.or_(q, terms.not_(s)),
    )
    for order in itertools.permutations((p, q, r, s)):
        left = [dict(zip((p, q, r, s), each, strict=True)) for each in itertools.product((0, 1), repeat=4)]
        left = [e for e in left if not (e[p] and e[q]) and (not e[r] or e[s]) and (e[q] or not e[s])]
        for wish in order:
            left = [each for each in left if each[wish]] or left
        found = best(terms, given, [Holds(each) for each in order], seed)
        assert {each: int(found[each]) for each in (p, q, r, s)} == left[0]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("allowed", [("black",), ("blue", "black"), ("green", "white"), ("red", "black")])
def test_the_earliest_value_is_chosen(seed: int, allowed: tuple[str, ...]) -> None:
    """Of the values that there can be it is the first in the order, which may be any."""
    terms = Terms()
    colour = terms.symbol("colour", COLOUR)
    for order in (COLOUR.values, COLOUR.values[::-1]):
        wish = Early(colour, order, terms.true)
        found = best(terms, (terms.member(colour, allowed),), [wish], seed)
        assert found[colour] == min(allowed, key=order.index)


# ------------------------------------------------------------------ stories


@pytest.mark.parametrize("seed", range(3))
def test_a_story_has_what_is_listed_first_and_different_things(seed: int) -> None:
    """A novel, somebody for oneself and somebody else, and not the library."""
    regime = law()
    result = Prover(regime, seed=seed).decide(jobs_for(regime.claims)[0])
    found = asked(result)
    assert (found["kind"], found["apart"], found["library"]) == ("novel", True, False)


def test_what_is_typical_comes_before_what_is_listed_first() -> None:
    """Marks of requests and of things choose the story, in their order; the verdict is the same."""
    marks = """
typical atlases(b: Book) "Books are atlases." because "they are heavy" means kind(b) is atlas
typical for-members "Readers are members." because "most are" means member(reader)
typical for-oneself "The sender reads." because "most do" means sender is reader
typical for-others "Somebody else reads." because "some do" means sender is not reader
"""
    before, after = decided(law(), "1"), decided(law(marks), "1")
    assert before.verdict == after.verdict == "refuted"
    assert asked(before)["kind"] == "novel"
    found = asked(after)
    assert (found["kind"], found["member"], found["apart"]) == ("atlas", True, False)


def test_what_cannot_be_typical_decides_nothing() -> None:
    """A mark that nothing can meet, or that the claim excludes, leaves every verdict what it is."""
    marks = """
typical nothing "Nothing is asked." because "it is quiet" means sender is not sender
typical maps "Maps are asked for." because "they are nice" means kind(book) is map
"""
    for number in ("1", "2", "3", "4"):
        assert decided(law(marks), number).verdict == decided(law(), number).verdict


def test_a_situation_that_can_arise_is_told_of() -> None:
    """At a start nobody keeps a book: a claim about any situation is told of one in which a step gave it."""
    result = decided(law(), "2")
    assert result.evidence.arises
    assert asked(result)["kept"]


def test_of_any_situation_one_is_told_in_which_there_is_something() -> None:
    """A start, in which nobody keeps a book, refutes the claim; its story has a book that somebody keeps."""
    kept = """
```redline
claim 5 kept-by-the-sender "Who does not keep a book is refused."
    from "x"
    in any situation, for every request r where keeper(r.book) is not r.sender: r rejected
    expect refuted in v
```
"""
    result = decided(law(more=kept), "5")
    assert result.evidence.arises
    assert asked(result)["kept"]


def test_it_is_said_if_it_is_not_known_how_a_situation_can_arise() -> None:
    """The library is never a member, if it is none at first; no step tells who is."""
    text = LAW.replace("TYPICAL", "").replace(
        "for every b: Book: keeper(b) is absent",
        "not member(Library) and (for every b: Book: keeper(b) is absent)",
    )
    regime = load_texts({"law.md": text}, {"claims.md": CLAIMS})
    result = decided(regime, "3")
    assert result.verdict == "refuted"
    assert not result.evidence.arises


NAMES = """
state known(User) "{1} is [not] known"
names for User u: "Stranger" when not known(u), "Member" when member(u), "User" otherwise
typical for-members "Readers are members." because "most are" means member(reader)
"""


@pytest.mark.parametrize("seed", range(4))
def test_who_is_named_is_of_one_kind(seed: int) -> None:
    """Nothing in the claim speaks of who is known: a reader who is a member is not called a stranger by
    chance.
    """
    regime = law(NAMES)
    (job,) = (each for each in jobs_for(regime.claims) if each.claim.number == "1")
    result = Prover(regime, seed=seed).decide(job)
    story = Story.of(regime, result.claim, result.column, result.evidence)
    values = result.evidence.requests["r"].values
    assert story.names.of(regime.rules(job.column)["v"].sorts["User"], values["reader"]) == "Member B"


READERS = """
state reads(User, Book) "{1} reads {2}"
names for User u: "Stranger" when for some b: Book: not reads(u, b), "Member" when member(u), "User" otherwise
typical for-members "Readers are members." because "most are" means member(reader)
"""
LAZY = """
typical lazy "Readers do not read." because "most do not" means not reads(reader, book)
"""


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("marks", "name"), [(READERS, "Member B"), (READERS + LAZY, "Stranger B")])
def test_what_is_of_one_kind_may_be_said_of_all_things(seed: int, marks: str, name: str) -> None:
    """A reader who is a member reads all books of the story, unless what is typical says otherwise. Whoever
    is of two kinds is called by the first one.
    """
    regime = law(marks)
    (job,) = (each for each in jobs_for(regime.claims) if each.claim.number == "1")
    result = Prover(regime, seed=seed).decide(job)
    story = Story.of(regime, result.claim, result.column, result.evidence)
    values = result.evidence.requests["r"].values
    assert story.names.of(regime.rules(job.column)["v"].sorts["User"], values["reader"]) == name


# ------------------------------------------------------- the law as shipped


@pytest.fixture(scope="module")
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


@pytest.fixture(scope="module", params=["ordinary", pytest.param("none", marks=pytest.mark.thorough)])
def flagship(shipped: Regime, request: pytest.FixtureRequest) -> Difference:
    """What the modification decides differently, with evidence to be written and without."""
    effort = replace(ALONE, witnesses=request.param)
    return differ(shipped, Column("baseline"), Column("mp107"), effort, "test")


def test_the_flagship_difference_is_a_repair(flagship: Difference) -> None:
    """An operator that is in the slot of a meter, and is not registered, hands it over to the one that is."""
    (change,) = flagship.of("newly accepted")
    values, request = change.situation.values, change.request.values
    target = request["target"]
    assert values["type", (target,)] == "ESME"
    assert values["anchor", (target, "NetworkOperator")] == request["sender"]
    assert values["registered", (target, "ElectricityDistributor")] == request["certificate"]
    assert request["certificate"] != request["sender"]
    assert change.example.evidence.arises


@pytest.mark.parametrize(
    ("number", "columns"),
    [
        ("5c", ("baseline", "dsp-first", "s1sp-first", "mp107 under sixteen-one-alone")),
        pytest.param("7", ("baseline staged", "mp107 staged"), marks=pytest.mark.thorough),
        ("18a", ("baseline", "mp107")),
        ("34b", ("baseline without own-slot-only", "mp107 without own-slot-only")),
    ],
)
def test_a_claim_tells_one_story_in_columns_that_allow_it(
    shipped: Regime, number: str, columns: tuple[str, ...]
) -> None:
    """Who does what, by the same names; steps of the same length lead there in each of the columns."""
    jobs = [each for each in jobs_for(shipped.claims) if each.claim.number == number]
    found = [Prover(shipped).decide(each) for each in jobs if str(each.column) in columns]
    assert len(found) == len(columns)
    assert {each.verdict for each in found} == {"refuted"}
    stories = {Story.of(shipped, e.claim, e.column, e.evidence).one_line() for e in found}
    assert len(stories) == 1, stories


def test_a_number_held_against_all_is_told_of_those_who_are_there() -> None:
    """A limit that all things set is nobody's in particular: a story that has things for it, of which nothing
    holds, would not be one.
    """
    text = """
sort Person
quantity ticket "ticket", never negative
state drawn(Person): ticket "the number of {1}"
request "{sender} draws {number}"
    sender: Person
    number: ticket
component Door "the door"
route Door
start inference "the shop opens": for every p: Person: drawn(p) is 0
check above-all for "B 2" at Door, reject with E2
    requires number more than 0 and (for every p: Person: number at least drawn(p)) inference "x"
effect drawing
    drawn(sender) becomes number inference "x"
version only "the law"
"""
    claim = """
claim 1 no-twins "No two have one number." from "B"
    for p: Person, q: Person where p is not q
    always drawn(p) is drawn(q) implies drawn(p) is 0
    expect refuted in only
"""
    regime = load_texts({"law.md": f"```redline\n{text}```\n"}, {"claims.md": f"```redline\n{claim}```\n"})
    result = Prover(regime).decide(next(iter(jobs_for(regime.claims))))
    assert result.verdict == "refuted"
    trace = result.evidence.trace
    assert trace is not None
    assert [each.request and each.request.values["number"] for each in trace.steps] == ["1", "1"]
    assert set(trace.situations[0].values.values()) == {"0"}
