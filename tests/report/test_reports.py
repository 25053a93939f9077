"""The report of a run: matrix, lists, ending, exit code, JSON and the register of open points."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import checker
from checker.exits import exit_code
from checker.model.claim import Column, Need
from checker.question.verdict import UNDECIDED, Evidence, Result
from checker.regime.additions import with_claims
from checker.regime.load import load_regime
from checker.report.json_documents import dumped
from checker.report.matrix import matrix
from checker.report.paper import lay_out, plain, text_of
from checker.report.redlined_law import law_paragraphs
from checker.report.register_page import register_text
from checker.report.run_report import Page, run_paragraphs
from checker.report.summary import Run, claim_key, in_order, is_need, repeat, result_code
from checker.report.told_stories import Stories
from checker.results.proofs import proofs_of
from checker.story.in_one_sentence import briefly
from tests.support.effort import ALONE
from tests.support.lending_library import SPAN
from tests.support.places import PERMITS
from tests.support.results_made import MOVES, NEW, OLD, Library, proved, stuck

NEEDY = replace(MOVES, number="2", name="needy", needs=(Need("joined", NEW, SPAN),))
UNKNOWN = stuck(verdict="unknown", evidence=Evidence(), reason="the budget of 1 s ran out", expected="proved")


def report(*results: Result, proofs: bool = False) -> str:
    run = Run(results, "redline prove", 1.25)
    return text_of(run_paragraphs(Library(), run, Page(Stories("all", proofs=proofs))))


# -------------------------------------------------------------------- matrix


def test_the_matrix_has_a_row_for_each_claim_and_a_column_for_each_version() -> None:
    """Two claims, two versions; where a claim is not asked stands a dash, and what differs is marked."""
    text = text_of(matrix((proved(), stuck(), proved(claim=NEEDY))))
    assert [line.split() for line in text.splitlines()] == [
        ["claim", "old", "new"],
        ["1", "books-move", "refuted", "proved", "≠"],
        ["2", "needy", "-", "proved"],
    ]


def test_what_is_not_as_expected_is_marked() -> None:
    """An exclamation mark stands after a wrong verdict, a vacuous one and an unknown one."""
    rows = text_of(matrix((stuck(expected="proved"), proved(vacuous=True)))).splitlines()
    assert rows[1].split() == ["1", "books-move", "refuted", "!", "vacuous", "!", "≠"]
    assert text_of(matrix((UNKNOWN,))).splitlines()[1].split() == ["1", "books-move", "unknown", "!"]


def test_refutations_by_several_clauses_never_look_like_a_difference() -> None:
    """One cell stands for all, without their number; what only one column is asked about does not count."""
    both = (stuck(by="R 1"), stuck(by="R 3"), stuck(NEW, by="R 1"))
    assert text_of(matrix(both)).splitlines()[1].split() == ["1", "books-move", "refuted", "refuted"]
    apart = (stuck(by="R 1"), stuck(by="R 3"), proved(NEW, by="R 1"))
    assert text_of(matrix(apart)).splitlines()[1].split() == ["1", "books-move", "refuted", "proved", "≠"]
    mixed = (stuck(by="R 1"), proved(OLD, by="R 3"))
    assert text_of(matrix(mixed)).splitlines()[1].split() == ["1", "books-move", "refuted", "1/2"]


def test_columns_that_are_compared_are_told_apart_first() -> None:
    """Whoever asks for two columns wants to know what is not the same in them."""
    alike, apart = replace(MOVES, number="0", name="alike"), (stuck(OLD), proved(NEW))
    both = (proved(OLD, claim=alike), proved(NEW, claim=alike))
    lines = text_of(matrix((*both, *apart), compared=(OLD, NEW))).splitlines()
    assert lines[0] == "Claims whose verdict is not the same in old and new: 1"
    assert lines[2].split() == ["1", "books-move", "refuted", "proved", "≠"]
    assert lines[4] == "The same in old and new, or asked in one only: 1"
    assert lines[5].split() == ["0", "alike", "proved", "proved"]
    same = text_of(matrix(both, compared=(OLD, NEW))).splitlines()
    assert same[0] == "Claims whose verdict is not the same in old and new: none"
    assert text_of(matrix(both, compared=(OLD,))).startswith("    claim")


def test_no_line_of_the_matrix_is_wider_than_the_page() -> None:
    """Long names of claims and versions are folded within 80 letters, and no column is lost."""
    columns = [Column(f"version-with-a-long-name-{number}") for number in range(6)]
    long_name = replace(MOVES, name="a-name-" * 20)
    results = [stuck(each, claim=long_name) for each in columns]
    lines = text_of(matrix(results)).splitlines()
    assert max(map(len, lines)) <= 80
    text = report(*results)
    assert all(str(each) in text for each in columns)


def test_claims_are_sorted_by_number_not_by_letters() -> None:
    """2 comes before 11, and 13 before 13a."""
    numbers = ["11", "2", "13a", "13", "1"]
    claims = [replace(MOVES, number=each) for each in numbers]
    assert [each.number for each in sorted(claims, key=claim_key)] == ["1", "2", "11", "13", "13a"]


def test_results_are_told_in_the_order_of_the_claim_whatever_came_first() -> None:
    """Processes finish in any order; the report follows the expectations, readings last."""
    shuffled = (proved(), stuck(Column("new", ("strict",))), stuck())
    assert [str(each.column) for each in in_order(shuffled)] == ["old", "new", "new under strict"]


# --------------------------------------------------------------------- lists


def test_readings_and_needs_are_listed_apart_from_the_matrix() -> None:
    """A column under a reading and one without a supposition stand in lists of their own."""
    strict = stuck(Column("new", ("strict",)))
    need = stuck(Column("new", (), ("joined",)), claim=NEEDY)
    assert is_need(need)
    assert not is_need(strict)
    text = report(strict, need)
    assert "Readings, deployments and other columns\n1   refuted: new under strict\n" in text
    assert "Suppositions that are needed: refuted without\n2   joined in new\n" in text


def test_a_column_that_few_claims_are_asked_in_is_listed_apart() -> None:
    """One claim of five is asked in `rare`, which makes a line and not a column of the matrix."""
    claims = [replace(MOVES, number=str(number), name=f"claim-{number}") for number in range(1, 6)]
    results = [stuck(claim=each) for each in claims]
    text = report(*results, stuck(Column("rare"), claim=claims[0]))
    assert text.splitlines()[2].split() == ["claim", "old"]
    assert "1   refuted: rare\n" in text


def test_the_columns_of_one_claim_and_verdict_share_a_line() -> None:
    """Two readings that end alike are one line, in the order of letters."""
    text = report(*(stuck(Column("new", (name,))) for name in ("strict", "lax")))
    assert "1   refuted: new under lax; new under strict\n" in text


def test_a_need_that_is_none_is_marked() -> None:
    """A claim that is proved without what it is said to need gets the exclamation mark."""
    need = proved(Column("new", (), ("joined",)), claim=NEEDY, expected="refuted")
    assert "2   proved !: without joined in new\n" in report(need)


def test_a_verdict_expected_without_a_supposition_is_no_need() -> None:
    """Only where the claim says that it needs it is such a column listed as a need."""
    other = Column("old", (), ("joined",))
    assert not is_need(proved(other, claim=NEEDY))
    assert "1   proved: old without joined" in report(proved(other))


def test_needs_are_told_in_full_only_where_proofs_are() -> None:
    """Without proofs, neither the stories of needs nor the evidence of proofs are told."""
    need = stuck(Column("new", (), ("joined",)), claim=NEEDY)
    assert "Why it fails" not in report(need)
    assert "Why it fails" in report(need, proofs=True)
    assert "Evidence" not in report(proved())
    assert "2 proof obligations" in report(proved(), proofs=True)


def test_the_same_story_is_told_once() -> None:
    """The second column with an equal story refers to the first."""
    text = report(stuck(), stuck(Column("new", ("strict",))))
    assert text.count("One would try") == 1
    assert "  The same story as in old.\n" in text


# -------------------------------------------------------------------- ending


def test_an_unknown_gives_its_reason_and_never_looks_proved() -> None:
    """It counts as unknown and as not expected, with the reason beside it."""
    text = report(UNKNOWN)
    assert "books-move in old: unknown, proved was expected: the budget of 1 s ran out" in text
    assert text.startswith(
        "1 claim in 1 column, 1 verdict: 1 unknown; 1 not as expected.\n\nNot as it should"
    )


def test_the_ending_repeats_the_command_on_one_line() -> None:
    """What has spaces is quoted and unset options are left out; it is the last line without stories, too."""
    command = repeat(
        ("prove", "1"), (("--version", ("new under strict",)), ("--seed", ())), ("--spec", "a b")
    )
    assert command == "redline prove 1 --version 'new under strict' --spec 'a b'"
    text = text_of(run_paragraphs(Library(), Run((stuck(),), command, 0.0), Page()))
    assert text.splitlines()[-1] == f"Repeat with: {command}"
    assert "One would try" not in text


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), 0),
        ((0, 0), 0),
        ((3, 0), 3),
        ((4, 3), 4),
        ((1, 4, 3), 1),
        ((2, 1, 4, 3), 2),
        ((3, 4, 1, 2, 5), 5),
    ],
)
def test_of_several_exit_codes_the_gravest_counts(codes: tuple[int, ...], expected: int) -> None:
    """From least to most grave: 0, 3, 4, 1, 2, 5, in whatever order they come."""
    assert exit_code(codes) == expected


def test_each_result_has_its_exit_code() -> None:
    """Only verdicts that were expected and not vacuous are 0; no expectation is no failure."""
    bounded = replace(UNKNOWN, verdict="bounded")
    results = (stuck(), proved(), stuck(expected="proved"), UNKNOWN, bounded, proved(vacuous=True))
    assert [result_code(each) for each in results] == [0, 0, 1, 3, 3, 4]
    assert result_code(stuck(expected=None)) == 0
    assert Run(results, "", 0.0).code == 1


# --------------------------------------------------------------------- json


def test_json_has_every_result_with_evidence_and_note() -> None:
    """Trace, request, refusing check and proof are all found in the document, under their names."""
    document = json.loads(dumped(proofs_of(Library(), Run((proved(), stuck()), "redline prove", 1.25))))
    assert document["schema"] == "redline.prove/2"
    assert document["exit"] == 0
    assert document["counts"] == {"proved": 1, "refuted": 1}
    refuted, shown = document["results"]
    assert (refuted["verdict"], refuted["column"]["text"], refuted["as_expected"]) == ("refuted", "old", True)
    assert refuted["evidence"]["attempt"]["heir"] == "bo"
    assert refuted["evidence"]["trace"]["steps"] == [
        {"kind": "event", "event": "hand-over", "arguments": {"b": "novel", "r": "ann"}}
    ]
    assert {"function": "lent", "arguments": ["novel"], "value": "ann"} in refuted["evidence"]["trace"][
        "situations"
    ][1]["values"]
    check = refuted["note"]["attempt"]["stages"][0]["checks"][0]
    assert (check["outcome"], check["code"], check["clause"]) == ("refuses", "N1", "R 1")
    assert shown["witness"]["trace"] is not None
    assert shown["note"]["proof"][-1] == "2 proof obligations shown to have no counterexample."


# ------------------------------------------------------- the law, the register


def test_the_law_is_shown_as_redlined_with_the_meaning_under_the_words() -> None:
    """Inserted words are marked, each phrase has its rule under it, and the old version lacks the limb."""
    regime = load_regime(PERMITS / "spec", None)
    text = text_of(law_paragraphs(regime.model(Column("new")), regime.texts["new"]))
    assert "By-law 2(a) (inserted by TRADERS)\n  {+(a) a trader in the outer zone.+}\n" in text
    assert "      “(a) a trader”\n        = kind is Trader\n" in text
    assert "      “(z)” (a connective)\n" in text
    assert "      “subject to section 2.”\n        = subject to By-law 2\n" in text
    assert "holder(street) becomes heir" in text
    assert "By-law 2(a)" not in text_of(law_paragraphs(regime.model(Column("old")), regime.texts["old"]))


def test_marks_give_way_to_colour() -> None:
    """Without marks, what is inserted is known by its style alone."""
    regime = load_regime(PERMITS / "spec", None)
    lines = lay_out(law_paragraphs(regime.model(Column("new")), regime.texts["new"]), marks=False)
    assert "{+" not in plain(lines)
    assert any(run.style == "inserted" for line in lines for run in line)


def test_the_register_lists_every_open_point_with_the_claims_that_turn_on_it() -> None:
    """A reading and an axiom, each with the claim that is refuted one way and proved the other."""
    regime = load_regime(PERMITS / "spec", PERMITS / "properties")
    claim = regime.claims[0]
    results = [
        replace(stuck(), claim=claim, column=Column("new")),
        replace(proved(), claim=claim, column=Column("new", ("strict",))),
        replace(proved(), claim=claim, column=Column("new", (), ("the-office-lives-nowhere",))),
    ]
    text = register_text(regime, results)
    assert "### strict\n\nOnly residents.\n\n- Why: the sentence can be read so\n" in text
    assert "  - 1 holders-live-there, in new: proved with it, refuted without\n" in text
    assert "### the-office-lives-nowhere" in text
    assert "  - 1 holders-live-there, in new: refuted with it, proved without\n" in text
    assert register_text(regime, results[:1]).count("- No claim was asked both ways.") == 2
    assert text.count("one permit a street (") == 2


def test_the_register_tells_what_is_so_in_a_deployment_alone() -> None:
    """Each deployment with its versions, and the claims whose verdict differs from those of its versions."""
    plain = load_regime(PERMITS / "spec", PERMITS / "properties")
    mixed = 'deployment half "Half of the desks have switched.": Desk at new\n'
    regime = with_claims(plain, f"```redline\n{mixed}```\n")
    half = replace(regime.deployments["half"], versions={("Desk", "A"): "new", ("Desk", "B"): "old"})
    regime = replace(regime, deployments={"half": half})
    claim = regime.claims[0]
    verdicts = {"old": proved(), "new": proved(), "half": stuck()}
    results = [replace(each, claim=claim, column=Column(name)) for name, each in verdicts.items()]
    text = register_text(regime, results)
    assert "### half\n\nHalf of the desks have switched.\n" in text
    assert "- Deployed: Desk[A] at new, Desk[B] at old\n" in text
    assert "- 1 claim was asked in it and in each of its versions.\n" in text
    assert "  - 1 holders-live-there: refuted, but proved in new, proved in old\n" in text
    other = [*results[:1], replace(results[1], verdict="refuted"), results[2]]
    said = "- As in new, and not as in old: 1 holders-live-there (refuted)\n"
    assert said in register_text(regime, other)
    assert "- No claim was asked in it and in each of its versions.\n" in register_text(regime, results[1:])


def test_a_claim_does_not_turn_on_a_point_that_leaves_its_verdict() -> None:
    """Refuted both ways, the claim is counted as asked and not as turning."""
    regime = load_regime(PERMITS / "spec", PERMITS / "properties")
    claim = regime.claims[0]
    results = [
        replace(stuck(), claim=claim, column=Column("new")),
        replace(stuck(), claim=claim, column=Column("new", ("strict",))),
    ]
    assert "- No claim turns on it, of 1 asked both ways.\n" in register_text(regime, results)


# --------------------------------------------------------------- in one line


TRAP = """
sort User
enum Act: Enter, Leave
state inside(User) "{1} is [not] inside"
fixed friend(User) "{1} is [not] a friend"
request "{sender} does {act}"
    sender: User
    act: Act
component Door "the door"
route Door
order at Door unpublished because "x"
start inference "x": for every u: User: not inside(u)
check closed for "H 1" at Door, reject with T1
    requires act is not Enter inference "x"
    subject to "H 2" inference "x"
exceptions "H 2"
    any of inference "x"
limb "H 2(a)" of "H 2"
    friend(sender) inference "x"
adopted check nobody-leaves at Door, reject with T2, because "x"
    applies when act is Leave inference "x"
    requires false inference "x"
effect entering when act is Enter
    inside(sender) becomes true inference "x"
version v "as it is"
claim 1 out "Whoever is inside can come out." from "x"
    for u: User always, if inside(u), then possibly not inside(u) by requests
    expect refuted in v
claim 2 out-in-the-end "Who keeps asking comes out." from "x"
    for u: User
    always, if inside(u), then eventually not inside(u),
        given that a request r where r.act is Leave and r.sender is u is made, while any step
    expect refuted in v
claim 3 nobody "Nobody comes in." from "x"
    for u: User always not inside(u)
    expect refuted in v
"""


def test_a_line_names_the_clause_that_decides_and_no_other() -> None:
    """H 2(a) let a friend in, who never comes out: not for that exemption, but since no request leads out."""
    law = checker.load({"a.md": f"```redline\n{TRAP}\n```\n"}, {}, effort=ALONE)
    told = {each.claim.number: briefly(each.note) for each in law.prove().results}
    assert told["3"] == "The request is accepted, for H 2(a) exempts it from H 1."
    assert told["1"].startswith("No request of any user, nor any sequence of them, ever brings it about that")
    assert told["2"] == "No such request would be accepted from here on, so nothing need happen."


def test_a_proof_that_is_perhaps_vacuous_says_so() -> None:
    """It has no answer yet (exit code 3), and is not told as a proof other than a proof that was expected."""
    open_still = replace(proved(expected="proved"), reason=f"{UNDECIDED}: out of time")
    assert result_code(open_still) == 3
    text = " ".join(report(open_still).split())
    assert f"proved, but perhaps vacuous: {UNDECIDED}: out of time" in text
