"""Numbers of clauses, as drafters write them and as Word counts them."""

from __future__ import annotations

import pytest

from checker.office.clause_numbers import Numbers
from checker.office.numbering import in_form


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["6.1 x", "6.2 x", "6.2.1 x"], ["6.1", "6.2", "6.2.1"]),
        (["6A. x", "6.1AB x", "A1.2 x", "12) x"], ["6A", "6.1AB", "A1.2", "12"]),
        (["1 x", "(a) x", "(b) x", "2 x", "(a) x"], ["1", "1(a)", "1(b)", "2", "2(a)"]),
        (["1 x", "(a) x", "(i) x", "(ii) x", "(b) x"], ["1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)"]),
        (["1 x", "(h) x", "(i) x", "(j) x"], ["1", "1(h)", "1(i)", "1(j)"]),
        (["1 x", "(a) x", "(A) x", "(1) x", "(b) x"], ["1", "1(a)", "1(a)(A)", "1(a)(A)(1)", "1(b)"]),
        (["1 x", "a. x", "b) x"], ["1", "1(a)", "1(b)"]),
        (["1 x", "(z) x", "(aa) x"], ["1", "1(z)", "1(aa)"]),
        (["2021 was a year", "The 6.1 x", "(see below) x", "A device"], ["", "", "", ""]),
    ],
)
def test_names_are_numbers_joined(lines: list[str], names: list[str]) -> None:
    """A limb belongs to the clause above it; `(i)` is a letter after `(h)`, and a numeral elsewhere."""
    numbers = Numbers()
    assert [numbers.named(each) for each in lines] == names


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (1, "decimal", "1"),
        (3, "lowerLetter", "c"),
        (27, "upperLetter", "AA"),
        (54, "lowerLetter", "bbb"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (0, "lowerLetter", "0"),
        (7, "ideographDigital", "7"),
    ],
)
def test_numbers_in_the_forms_of_word(count: int, form: str, text: str) -> None:
    """Letters are doubled after `z`; a form that is not known is a number."""
    assert in_form(count, form) == text
