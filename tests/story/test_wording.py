"""What the spec has words for is said in them, by whatever law: a library's rules and the shipped ones."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.expressions import Not
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from checker.report.paper import paragraph, text_of
from checker.rooms.diff.conditions import limbs_of
from checker.story.case_conditions import Conditions
from checker.story.phrases import Phrases
from checker.story.step_phrases import request_phrase
from checker.story.wording import noun
from tests.support.places import LIBRARY, ROOT


@pytest.fixture(scope="module")
def library() -> Regime:
    return load_regime(LIBRARY / "spec", LIBRARY / "properties")


@pytest.fixture(scope="module")
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


def told(regime: Regime, version: str, *conditions: str) -> list[str]:
    """The conditions of a case as sentences."""
    formulas = tuple(regime.parse_formula(each, requests=("r",)) for each in conditions)
    return list(Conditions(regime.model(Column(version)), formulas).sentences())


def test_who_has_no_name_is_called_by_the_sort() -> None:
    """A sort is written as a name, and said as words."""
    assert [noun(each) for each in ("User", "NetworkOperator", "small_shop")] == [
        "user",
        "network operator",
        "small shop",
    ]


# ---------------------------------------------------------- another regime


def test_a_parameter_has_words_of_its_own(library: Regime) -> None:
    """`as` and `for` words of the library replace the names of parameters and values."""
    assert told(library, "old", "r.capacity in {Reader, Staff}", "r.act is not Borrow") == [
        "the capacity of the sender is a reader or a member of staff",
        "the service is not a loan",
    ]


def test_a_limb_with_binders_is_called_by_its_clause(shipped: Regime) -> None:
    """Whole, covering the request or not; what it speaks of counts as not yet told."""
    model = shipped.model(Column("mp107"))
    limbs = dict(limbs_of(model, "r"))
    assert sorted(limbs.values()) == ["SRPD 6.2(a)", "SRPD 6.2(b)"]
    by_clause = {clause: formula for formula, clause in limbs.items()}
    critical = shipped.parse_formula("critical(r.srv)", requests=("r",))
    conditions = (by_clause["SRPD 6.2(a)"], Not(by_clause["SRPD 6.2(b)"]), critical)
    assert list(Conditions(model, conditions, limbs).sentences()) == [
        "SRPD 6.2(a) covers it",
        "SRPD 6.2(b) does not cover it",
        "the request's Service Reference Variant is Critical",
    ]


def test_of_one_value_the_label_speaks_affirmed_and_denied(library: Regime) -> None:
    """With capacity and service known, the label has its two values put in, also when denied."""
    known = ("r.capacity is Reader", "r.act is Borrow")
    assert told(library, "old", *known, "served(r.act, r.capacity)")[2] == "a reader may ask for a loan"
    assert (
        told(library, "old", *known, "not served(r.act, r.capacity)")[2] == "a reader may not ask for a loan"
    )


def test_in_general_the_other_words_speak_affirmed_and_denied(library: Regime) -> None:
    """With one of both unknown, the general words are used, and `that capacity` refers back."""
    one_known = told(library, "old", "r.act is Borrow", "served(r.act, r.capacity)")
    assert one_known[1] == "a loan is open to the request's capacity of the sender"
    spoken_of = told(library, "old", "r.capacity in {Reader, Staff}", "not served(r.act, r.capacity)")
    assert spoken_of[1] == "the request's service is not open to that capacity of the sender"


def test_a_denial_has_the_words_of_the_spec_where_it_has_any(library: Regime) -> None:
    """Two facts have a denial of their own; the third gets `it is not so that`."""
    assert told(library, "old", "not enrolled(r.sender)", "not on-loan(r.book)", "not stranded(r.book)") == [
        "the sender is not enrolled",
        "the book is not on loan",
        "it is not so that the borrower of the book belongs to the library no more",
    ]


def test_the_sender_is_spoken_of_first(library: Regime) -> None:
    """The law writes the borrower first; the sentence begins with the sender."""
    assert told(library, "old", "borrower(r.book) is r.sender", "borrower(r.book) is not r.sender") == [
        "the sender is the borrower of the book",
        "the sender is not the borrower of the book",
    ]


def test_what_there_is_and_is_not(library: Regime) -> None:
    """Present and absent become `there is` and `there is no`."""
    assert told(library, "old", "borrower(r.book) is present", "borrower(r.book) is absent") == [
        "there is a borrower of the book",
        "there is no borrower of the book",
    ]


def test_statements_are_joined_as_long_as_nobody_could_misread_them(library: Regime) -> None:
    """Semicolons part what `and` and `or` join; a quantifier comes last, and two of them are numbered."""
    some = "for some b: Book where kind(b) is Rare: borrower(b) is r.sender and on-loan(b)"
    said = "Book b such that the kind of b is a rare book, the sender is the borrower of b and b is on loan"
    assert told(library, "old", some, f"not ({some})") == [f"there is some {said}", f"there is no {said}"]
    mixed = "(enrolled(r.sender) or employed(r.sender)) and on-loan(r.book)"
    on_loan = "the sender is enrolled or the sender is employed by the library; and the book is on loan"
    assert told(library, "old", mixed) == [on_loan]
    assert told(library, "old", f"not ({some}) and {mixed.split(' and ')[1]}") == [
        f"the book is on loan; and there is no {said}"
    ]
    assert told(library, "old", f"(not ({some})) and (on-loan(r.book) implies ({some}))") == [
        f"both of these hold: (1) there is no {said}; (2) if the book is on loan, then there is some {said}"
    ]


def test_counts_are_said_as_a_person_says_them(library: Regime) -> None:
    """So many things of a sort, in the plural where there are several; a count denied is another count."""
    counts = [f"{many} b: Book where on-loan(b)" for many in ("exactly one", "at least two", "at most three")]
    assert told(library, "old", *counts, *(f"not ({each})" for each in counts)) == [
        "there is exactly one Book b such that b is on loan",
        "there are at least two Books b such that b is on loan",
        "there are at most three Books b such that b is on loan",
        "there is not exactly one Book b such that b is on loan",
        "there is at most one Book b such that b is on loan",
        "there are at least four Books b such that b is on loan",
    ]
    none = "not (at least one b: Book where on-loan(b))"
    mixed = f"on-loan(r.book) or {none} and enrolled(r.sender)"
    said = "there is no Book b such that b is on loan"
    either = "at least one of these holds: (1) the book is on loan; (2) the sender is enrolled"
    assert told(library, "old", none, mixed) == [said, f"{either}; and {said}"]


def test_denials_of_several_statements_are_said(library: Regime) -> None:
    """Not `and` is not both, not `or` is neither, what does not imply is without the other."""
    both, either = "enrolled(r.sender) and on-loan(r.book)", "enrolled(r.sender) or on-loan(r.book)"
    implied = "enrolled(r.sender) implies on-loan(r.book)"
    assert told(library, "old", *(f"not ({each})" for each in (both, either, implied))) == [
        "it is not so that both the sender is enrolled and the book is on loan",
        "the sender is not enrolled and the book is not on loan",
        "the sender is enrolled and the book is not on loan",
    ]


def test_a_variable_is_called_what_it_is_in_the_story(library: Regime) -> None:
    """Given names replace `b` and `p`."""
    model = library.model(Column("old"))
    sorts = {"b": model.sorts["Book"], "p": model.sorts["Person"]}
    formula = library.parse_formula("borrower(b) is not p", sorts)
    phrases = Phrases(model, {"b": "Novel 1", "p": "Member A"})
    assert phrases.said(formula) == "Member A is not the borrower of Novel 1"


# -------------------------------------------------------------- the shipped law


def test_a_request_says_what_its_sentence_leaves_out(shipped: Regime) -> None:
    """Slot and new owner, which the label of the request does not mention, follow in brackets."""
    carried = {
        "sender": "the sender",
        "role": "Gas Transporter",
        "srv": "6.15.1",
        "target": "the meter",
        "credential": "Network Operator",
        "certificate": "the DCC",
    }
    assert request_phrase(shipped.model(Column("mp107")), carried) == (
        "the sender, acting as Gas Transporter, sends 6.15.1 to the meter "
        "(Remote Party Role: Network Operator; owner of the new certificate: the DCC)"
    )


def test_a_role_that_is_known_and_one_that_is_not(shipped: Regime) -> None:
    """A known role is named; of two possible ones the sentence says `that User Role`."""
    said = ("active(r.sender, r.role)", "registered(r.target, r.role) is not r.sender")
    assert told(shipped, "mp107", "r.role is GasTransporter", *said)[1:] == [
        "the sender is active as Gas Transporter",
        "the sender is not the registered Gas Transporter of the target",
    ]
    assert told(shipped, "mp107", "r.role in {GasTransporter, GasSupplier}", *said)[1:] == [
        "the sender is active in that User Role",
        "the sender is not the party registered for the target in that User Role",
    ]


def test_definitions_have_such_words_too(shipped: Regime) -> None:
    """`free` is told in the words that the law gives the definition, affirmed and denied."""
    free = "free(r.target, r.credential)"
    assert told(shipped, "mp107", "r.credential is Supplier", f"not {free}")[1] == (
        "the Supplier slot of the target is neither empty nor held by the DCC"
    )
    assert told(shipped, "mp107", free) == [
        "the slot of the target for the request's Remote Party Role is empty or held by the DCC"
    ]


def test_a_numeral_stands_before_its_label_and_in_a_long_list_alone(shipped: Regime) -> None:
    """Up to a few values have their labels; seven are numerals only."""
    assert told(shipped, "mp107", "r.srv is 6.15.1", "r.srv not in {7.11, 7.16}") == [
        "the Service Reference Variant is 6.15.1 Update Security Credentials (KRP)",
        "the Service Reference Variant is neither 7.11 Read Boost Button Details nor 7.16 Limit APC Level",
    ]
    assert told(shipped, "mp107", "r.srv not in {1.1.1, 1.1.2, 1.2.1, 1.2.2, 1.5, 1.6, 1.7}") == [
        "the Service Reference Variant is none of 1.1.1, 1.1.2, 1.2.1, 1.2.2, 1.5, 1.6 and 1.7"
    ]


# ------------------------------------------------------------------ lines


def test_a_name_is_not_broken_before_its_number_or_letter() -> None:
    """`Reader A` and `Rule 4` stay on one line, while `what 5 others` may be broken."""
    lines = text_of(
        [paragraph("It says of Reader A and of Rule 4 what 5 others say.")], width=18
    ).splitlines()
    assert lines == ["It says of", "Reader A and of", "Rule 4 what 5", "others say."]
