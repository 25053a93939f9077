"""Capitalised terms that the law does not define."""

from __future__ import annotations

import pytest

from tests.rooms.lint.guests import guests, textual
from tests.rooms.lint.lint_laws import marked, only_in_words


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", ["Night Guest"]),
        ("\n## The Night Guests\n", []),
        ("\nA *Night Guest* is one who stays.\n", []),
        ("\nA Night Guest (NG) is one who stays.\n", []),
        ("\n    A *Night Guest* in an example.\n", ["Night Guest"]),
        ("\nA night guest is one who stays.\n", ["Night Guest"]),
        ('\n```redline\nconstant NightGuest: User "the night guest"\n```\n', []),
        ('\n```redline\nenum Stay: Night "Night Guest (by leave)", Day\n```\n', []),
        ('\n```redline\nenum Stay: Night "Night", Day\n```\n', ["Night Guest"]),  # only a part of it
        ('\n```redline\nenum Stay: N "Old Night Guest", Day\n```\n', []),  # two words of a longer one
        ('\n```redline\nenum Stay: N "Night Watch", Day "Day Guest"\n```\n', ["Night Guest"]),
    ],
)
def test_a_capitalised_term_needs_a_definition(more: str, found: list[str]) -> None:
    """A heading, italics, an abbreviation or a label defines it; an example or a part of a label does not."""
    page = guests(("A guest who enters", "A Night Guest who enters"), more=more)
    assert textual(page).get("undefined-term", []) == found


@pytest.mark.parametrize(
    ("label", "found"),
    [("House of Guests", []), ("House", ["Guests"]), ("House for the Night", ["House", "Guests"])],
)
def test_a_term_may_have_small_words_in_it(label: str, found: list[str]) -> None:
    """What is labelled as a whole is known as a whole, and nothing that has only a part of it is."""
    more = f'\n```redline\nconstant Inn: User "the {label}"\n```\n'
    page = guests(("A guest who enters", "A guest of the House of Guests who enters"), more=more)
    assert textual(page).get("undefined-term", []) == found


@pytest.mark.parametrize(
    ("where", "term"),
    [("on a Sunday Pass", "Sunday Pass"), ("by Sec. five", "Sec"), ("of kind (a) Drunk", "Drunk")],
)
def test_what_only_looks_like_that_is_a_term(where: str, term: str) -> None:
    """With the name of a day in it, before what is no number, and behind a mark within a sentence."""
    page = guests(("A guest who enters", f"A guest who, {where}, enters"))
    assert textual(page).get("undefined-term", []) == [term]


def test_a_term_is_found_in_the_quote() -> None:
    """The finding points at the two words within the quoted clause."""
    regime = guests(("A guest who enters", "A Night Guest who enters"))
    finding = only_in_words(regime, "undefined-term")
    assert marked(regime, finding) == "Night Guest"
    assert finding.clause == "By-law 1"


@pytest.mark.parametrize(
    "edits",
    [
        [("A guest who enters", "Guests who enter")],  # a sentence begins with a capital letter
        [("of the house,", "of the house. Mates, too, are")],
        [("a friend of", "a Mate of"), ("verbatim in", "paraphrased in")],  # not the law's own words
        [("A guest who enters", "A guest who enters on Sunday")],
        [("A guest who enters", "A guest who, since June, enters")],
        [("A guest who enters", "A guest who, by Sec. 5, enters")],
        [("A guest who enters", "A guest who, being (1) early; (2) Drunk or late; or (3) Silent, enters")],
    ],
)
def test_capitals_that_make_no_term(edits: list[tuple[str, str]]) -> None:
    """The first word of a sentence or of an item of a list, a name of the calendar, what is short for
    “Section” and words of a paraphrase are no terms of the law.
    """
    assert "undefined-term" not in textual(guests(*edits))


def test_a_term_that_the_model_leaves_out_needs_none() -> None:
    """Nor does one that the law itself defines."""
    part = ('"A guest who enters" applies', '"A Night Guest who" not modelled "x"\n "enters" applies')
    assert textual(guests(("> A guest who", "> A Night Guest who"), part)) == {}
    said = "\n> A “Night Guest” means a guest.\n>\n> — By-law 9, verbatim in Gazette 1\n"
    said += '\n```redline\nevent x by the environment\n "A “Night Guest” means a guest." connective\n```\n'
    assert textual(guests(("A guest who", "A Night Guest who"), more=said)) == {}
