"""Words struck from a quote, and from the rules under it."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.trusted.load_law import load_texts
from checker.workbench.striking import Struck, struck_words
from tests.support.places import PERMITS

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")


def struck(words: str, text: str = LAW) -> Struck:
    """The law without these words, where they are first after a mark of a quote, if they are in one."""
    quoted = text.find(f"> {words}")
    before = text[: text.index(words) if quoted < 0 else quoted + 2].encode("utf-16-le")
    start = len(before) // 2
    return struck_words("permits.md", text, start, start + len(words.encode("utf-16-le")) // 2)


def test_a_whole_phrase_takes_its_meaning_with_it() -> None:
    """The quote, the phrase and what it means are gone, and the law is still one."""
    made = struck("Only the holder")
    assert "> may transfer a permit.\n" in made.text
    assert "requires holder(street) is sender" not in made.text
    assert made.note == ""
    load_texts({"permits.md": made.text})


def test_a_part_of_a_phrase_leaves_the_meaning_and_says_so() -> None:
    """Whether the rest still means that is for a person to say."""
    made = struck("Only ")
    assert "> the holder may transfer a permit.\n" in made.text
    assert '"the holder" requires holder(street) is sender' in made.text
    assert "look whether they still do" in made.note
    assert "the holder" in made.text.split("\n")[made.line - 1]
    load_texts({"permits.md": made.text})


def test_words_of_several_phrases_go_from_each() -> None:
    """Two phrases lose words; what is left is told once."""
    made = struck("holder may")
    assert "> Only the transfer a permit.\n" in made.text
    assert '"Only the"' in made.text
    assert '"transfer a permit."' in made.text
    load_texts({"permits.md": made.text})


def test_words_over_two_lines_go_from_both() -> None:
    """Lines of a quote are not words."""
    text = LAW.replace(
        "> Only the holder may transfer a permit.", "> Only the holder\n> may transfer\n> a permit."
    )
    made = struck("holder\n> may transfer\n> a", text)
    assert "> Only the\n> permit.\n" in made.text
    load_texts({"permits.md": made.text})


def test_places_count_as_a_browser_counts() -> None:
    """An emoji before the words is two code units."""
    made = struck("Only ", LAW.replace("# Parking permits", "# Parking 😀 permits"))
    assert "> the holder may transfer a permit.\n" in made.text


def test_words_of_a_modification_can_be_struck() -> None:
    """The rule stands in an insertion."""
    made = struck("in the outer zone.")
    assert "> (a) a trader\n" in made.text
    assert "not inner(street)" not in made.text
    load_texts({"permits.md": made.text})


@pytest.mark.parametrize("words", ["# Parking", "sort Person", "Parking permits\n", "Gazette"])
def test_only_words_of_a_quote_are_struck(words: str) -> None:
    """What stands elsewhere is edited by typing."""
    with pytest.raises(SpecError) as refused:
        struck(words)
    assert refused.value.diagnostics[0].code == "cannot-strike"


def test_it_is_not_guessed_which_of_two_equal_phrases_goes() -> None:
    """A phrase that stands twice in the quote is somebody else's to decide."""
    office = '"the office" sender is Office'
    rule = f'{office}\n    "," connective\n    {office}\n    "." connective'
    text = LAW.replace("> (z) the office.", "> (z) the office, the office.")
    text = text.replace('"the office." sender is Office', rule)
    load_texts({"permits.md": text})
    with pytest.raises(SpecError, match="more than once"):
        struck("(z) the office, the", text)
