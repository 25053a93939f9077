"""Words and rules that do not fit each other, in small laws with one clause too many or one word too few."""

from __future__ import annotations

import pytest

from tests.rooms.lint.guests import guests, textual
from tests.rooms.lint.lint_laws import only_in_words


def test_by_laws_in_order() -> None:
    """The by-laws for guests as they stand give no finding, so that each edit below is what is found."""
    assert textual(guests()) == {}


# --------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        ("of the house,", []),
        ("of the house under section 8,", ["section 8"]),
        ("of the house under Section 8(b)(ii),", ["Section 8(b)(ii)"]),
        ("of the house under sections 1, 2(a) and 8,", ["sections 8"]),
        ("of the house under By-law 8,", ["By-law 8"]),
        ("of the house under paragraph 8,", []),  # no clause is called a paragraph here
        ("of the house under section 2(a),", []),
    ],
)
def test_a_clause_that_is_not_there(words: str, absent: list[str]) -> None:
    """References by section, list or by-law are looked up; words that name no clauses are left alone."""
    found = textual(guests(("of the house,", words)))
    assert found.get("clause-absent", []) == absent
    assert "reference-not-followed" not in found


def test_a_clause_that_is_quoted_for_reading_is_there() -> None:
    """The clause exists; what is found is that no rule follows it."""
    quoted = "\n## Read\n\n> No noise.\n>\n> — By-law 8, verbatim in Gazette 1\n"
    found = textual(guests(("of the house,", "of the house under section 8,"), more=quoted))
    assert found == {"reference-not-followed": ["section 8"]}


def test_a_part_of_the_clause_itself_needs_no_rule() -> None:
    """A clause that refers to its own part is not asked to follow itself."""
    part = "\n## Read\n\n> No noise.\n>\n> — By-law 1(b), verbatim in Gazette 1\n"
    assert textual(guests(("of the house,", "of the house as in section 1(b),"), more=part)) == {}


def test_an_inference_answers_a_reference() -> None:
    """The item says itself why nothing follows."""
    edits = (
        ("of the house,", "of the house under section 8,"),
        ("requires friend(sender)", 'requires friend(sender) inference "section 8 was never made"'),
    )
    assert textual(guests(*edits)) == {}


def test_a_clause_of_another_document() -> None:
    """What the by-law calls section 1 of the Charter is not its own section 1."""
    edit = ("of the house,", "of the house under section 1 of the Charter,")
    charter = "\n## Charter\n\n> No noise.\n>\n> — Charter 3, verbatim in Gazette 1\n"
    assert textual(guests(edit, more=charter)).get("clause-absent") == ["section 1"]
    assert "clause-absent" not in textual(guests(edit, more=charter.replace("Charter 3", "Charter 1")))


def test_numbers_of_other_things_are_no_clauses() -> None:
    """A word that stands before the name of a value, too, does not name clauses: `form 1` is no section 1."""
    forms = '\n```redline\nenum Form: 1, 7\nfixed form(User): Form "the form of {1}"\n```\n'
    edit = ("is a friend of the house,", "is a friend by form 7, form 1 or form 9,")
    assert "clause-absent" not in textual(guests(edit, more=forms))
    assert "clause-absent" in textual(guests(edit))


def test_a_struck_clause_is_named_with_the_version_that_has_it() -> None:
    """The reference is dead in the new version alone, and the note says where the clause still stands."""
    change = """
> No noise.
>
> — By-law 8, verbatim in Gazette 1

```redline
check noise for "By-law 8" at Door, reject with E8 "x"
    "No noise." requires not inside(sender)
modification QUIET "no need"
version new "as amended" is old with QUIET
by QUIET strike "By-law 8"
```
"""
    regime = guests(("of the house,", "of the house under section 8,"), more=change)
    finding = only_in_words(regime, "clause-absent")
    assert (finding.versions, finding.notes) == (("new",), ("it stands in old",))


def test_words_that_no_rule_follows() -> None:
    """The check says that it is subject to section 2; its rule is not, but some other is."""
    words = '"subject to section 2."'
    check = 'check other for "By-law 5" at Door, reject with E5 "x"\n requires friend(sender) inference "x"'
    rest = f'{check}\n subject to "By-law 2" inference "x"'
    other = (f'{words} subject to "By-law 2"', f"{words} connective\n{rest}")
    found = textual(guests(other))
    assert found == {"reference-not-followed": ["section 2", "Section 1"]}
    aside = (other[0], other[1].replace("connective", 'not modelled "elsewhere"', 1))
    assert textual(guests(aside)) == {"reference-not-followed": ["Section 1"]}


def test_a_rule_whose_words_do_not_say_what_it_is_subject_to() -> None:
    """`subject to` in the rule without such words is found, unless an inference explains it."""
    silent = ("subject to section 2.", "with exceptions.")
    assert textual(guests(silent)) == {"subject-to-unsaid": ["guests"]}
    why = ('subject to "By-law 2"', 'subject to "By-law 2" inference "they are in section 2"')
    assert textual(guests(silent, why)) == {}


PORTER = """
## The porter

> The porter applies section 1.
>
> — By-law 6, verbatim in Gazette 1

```redline
check porter for "By-law 6" at Porter, reject with E6 "no friend"
    "The porter applies section 1." as guests, with its exceptions
```
"""


@pytest.mark.parametrize(
    ("words", "how", "found"),
    [
        ("applies section 1.", "with its exceptions", {"exceptions-unsaid": ["porter"]}),
        ("applies section 1.", "without its exceptions", {}),
        ("applies sections 1 and 2.", "with its exceptions", {}),
        ("asks again.", "without its exceptions", {"subject-to-unsaid": ["porter"]}),
    ],
)
def test_exceptions_that_are_taken_over_without_a_word(
    words: str, how: str, found: dict[str, list[str]]
) -> None:
    """Exceptions taken over without a word are one finding, words without a rule another."""
    page = PORTER.replace("applies section 1.", words).replace("with its exceptions", how)
    assert textual(guests(more=page)) == found


def test_a_reading_that_takes_it_otherwise_is_named() -> None:
    """The note names the reading in which the same words have the other meaning."""
    other = '\n```redline\nreading alone "x" because "x"\n    in porter, "The porter applies section 1."\n'
    other += "        means as guests, without its exceptions\n```\n"
    finding = only_in_words(guests(more=PORTER + other), "exceptions-unsaid")
    assert finding.notes == ("it is read otherwise in `alone`",)
