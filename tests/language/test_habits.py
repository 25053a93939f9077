"""What people write by habit is answered by how it is written here."""

from __future__ import annotations

import pytest

from checker.interface.named_claims import chosen_claims
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.habits import SIGNS
from checker.language.lexer import Fragment
from checker.language.look_alikes import code_point
from checker.language.parse import parse_fence
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.places import TESTS

PRELUDE = (TESTS / "cases" / "bad" / "_prelude.md").read_text(encoding="utf-8")
BETWEEN = [(sign, word) for sign, word in SIGNS if word not in {"not", "for every", "for some"}]
BEFORE = [(sign, word) for sign, word in SIGNS if word in {"not", "for every", "for some"}]


CHECKED = (
    'adopted check odd at Front, reject without a published code, because "x"\n    requires {} inference "x"'
)


def wrong(rules: str) -> Diagnostic:
    """The one mistake in rules that are read with the prelude."""
    with pytest.raises(SpecError) as caught:
        load_texts({"prelude.md": PRELUDE, "case.md": f"# Case\n\n```redline\n{rules}\n```\n"})
    (found,) = caught.value.diagnostics
    return found


@pytest.fixture(scope="module")
def library() -> Regime:
    return load_texts({"prelude.md": PRELUDE})


def test_a_calendar_that_a_reading_would_bring() -> None:
    """The law declares it, and a definition that the reading changes counts by it."""
    found = wrong('reading r "x" because "y"\n    also calendar six "working day" never on Sunday')
    assert found.message == "`calendar` cannot stand here"
    assert found.notes[0].startswith("no reading brings a calendar: let the law declare both")


@pytest.mark.parametrize(("sign", "word"), BETWEEN)
def test_a_sign_between_two_conditions(sign: str, word: str) -> None:
    """Each sign of another language is pointed at as a whole, and the word for it is named."""
    found = wrong(f"define odd(b: Book) means lent(b) {sign} lent(b)")
    assert (found.code, found.nearest) == ("stray-character", word)
    assert found.span is not None
    assert (found.span.column, found.span.end_column) == (35, 35 + len(sign))


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ("pages(b) => 30", "at least"),
        ("30 => pages(b)", "at least"),
        ("lent(b) and pages(b) => 30", "at least"),
        ("due(b) => 1 April 2026", "no earlier than"),
        ("today => due(b)", "no earlier than"),
        ("pages(b) =< 30", "at most"),
        ("due(b) =< 1 April 2026", "no later than"),
        ("lent(b) => lent(b)", "implies"),
        ("pages(b) is 30 => lent(b)", "implies"),
        ("lent(b) => 30 at most pages(b)", "implies"),
        ("due(b) is 1 April 2026 => lent(b)", "implies"),
    ],
)
def test_an_arrow_beside_a_number(condition: str, word: str) -> None:
    """`=>` is “at least” where a number or a day is compared, and `implies` where two conditions are: the
    number is then part of a comparison of its own.
    """
    declared = "fixed pages(Book): number\nfixed due(Book): date\n"
    assert wrong(f"{declared}define odd(b: Book) means {condition}").nearest == word


@pytest.mark.parametrize(("sign", "word"), BEFORE)
def test_a_sign_before_a_condition(sign: str, word: str) -> None:
    """Signs for denials and for quantifiers stand in front of what they are about."""
    assert wrong(f"define odd(b: Book) means {sign}lent(b)").nearest == word


@pytest.mark.parametrize(
    ("sign", "word"),
    [
        ("<", "less than"),
        ("<=", "at most"),
        (">=", "at least"),
        (">", "more than"),
        ("+", "plus"),
        ("*", "times"),
    ],
)
def test_signs_of_numbers_have_words(sign: str, word: str) -> None:
    """Signs that compare or add numbers get the word that stands for them here."""
    found = wrong(f"define odd(b: Book) means {sign} lent(b)")
    assert (found.code, found.nearest) == ("stray-character", word)


@pytest.mark.parametrize("sign", ["//", "/*", "#", "\u201c", "'", ";"])
def test_other_signs_get_a_sentence(sign: str) -> None:
    """Signs for comments, quotes and endings have no word; a sentence says what is done instead."""
    found = wrong(f"define odd(b: Book) means {sign} lent(b)")
    assert (found.code, found.nearest) == ("stray-character", None)
    assert found.notes


@pytest.mark.parametrize(
    "rules",
    [
        'constant ANN: Member "\u201cthe\n   long\u201d name"\ndefine odd(b: Book) means lent(b) lent(b)',
        'constant ANN: Member "a name\n of two lines"\nconstant BEN: Member "x" "y"',
        'constant ANN: Member "a name" -- of "some\nconstant BEN: Member "x" "y"',
    ],
)
def test_a_string_of_several_lines_is_closed(rules: str) -> None:
    """A string may go over lines, and a comment may have a quotation mark: another mistake is not theirs."""
    assert wrong(rules).code == "syntax"


@pytest.mark.parametrize("letter", ["\u200b", "\u2011", "\u0435"])
def test_a_name_on_the_command_line(library: Regime, letter: str) -> None:
    """The name of a claim or a version that only looks right is answered with the code point in it."""
    name = f"books{letter}come-back" if letter == "\u2011" else f"books-com{letter}-back"
    with pytest.raises(SpecError) as caught:
        chosen_claims(library, [name])
    (found,) = caught.value.diagnostics
    assert found.nearest == "books-come-back"
    assert any(code_point(letter) in each for each in found.notes), found.notes


def test_a_label_on_the_command_line(library: Regime) -> None:
    """A formula that is typed may call a value by its label, and is told its name."""
    with pytest.raises(SpecError) as caught:
        library.parse_formula('card is "Staff card"', at_hand=True)
    (found,) = caught.value.diagnostics
    assert (found.nearest, found.notes) == ("Staff", ("`Staff` has this label",))


def test_a_number_with_commas_gets_a_note() -> None:
    """`30,000` is a number and a list to the parser; the note says what is wrong with it."""
    with pytest.raises(SpecError) as caught:
        parse_fence(Fragment("law.md", 'axiom dear "A." because "B": price at least 30,000'))
    (found,) = caught.value.diagnostics
    assert (found.code, found.notes) == ("syntax", ("a number has no commas",))


@pytest.mark.parametrize(
    ("rules", "nearest", "note"),
    [
        ("define late means today within 30 dys after 1 April 2026", "days", ""),
        ("define late means today within 5 business days after 1 April 2026", "working", "`working days`"),
        (CHECKED.format("fee at least 1.000,00"), None, "written `1000.00`"),
        (CHECKED.format("fee at least 12,50"), None, "a point before its decimals"),
        ("define odd means fee at least 10 % of fee", None, "20 per cent of x"),
        (
            'calendar gb "working day" never on Sunday, table x: "day", known from 1 May 2026 to 2 May 2026',
            None,
            "without a comma",
        ),
        (
            'effect odd when true\n    not enrolled(member) becomes true inference "x"',
            None,
            "",
        ),
    ],
)
def test_numbers_and_days_as_people_write_them(rules: str, nearest: str | None, note: str) -> None:
    """Misspelt periods, other marks in numbers and shares, and what becomes true with a `not`."""
    found = wrong(f'quantity money "x" with 2 decimals\nstate fee: money\n{rules}')
    assert found.nearest == nearest
    assert note in " ".join(found.notes)
    if "becomes" in rules:
        assert found.expected == ("`p(x) becomes false`",)
