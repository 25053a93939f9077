"""What is told of the words under the pointer."""

from __future__ import annotations

from checker.editor.hover import Hover, hover
from checker.editor.standings import Standing
from tests.support.edited_law import CLAIMS, RULES, index, place, starter

STANDINGS = (
    Standing("merged-as-read", "1", "before", "refuted", "refuted", "refuted"),
    Standing("merged-as-read", "1", "after", "refuted", "proved", "proved"),
)


def _told(file: str, words: str, inner: str = "") -> Hover:
    found = hover(index(), file, *place(starter()[file], words, inner), STANDINGS)
    assert found is not None
    return found


def test_a_word_of_a_quote_has_its_clause_and_meaning() -> None:
    """In the quote, the whole phrase is told, with the clause and what it means in the rule."""
    found = _told(RULES, "> Only its author may push", "author may")
    assert "**Rule 2** (verbatim, Handbook)" in found.text
    assert "> Only its author" in found.text
    assert "requires sender is author(change)" in found.text
    assert "check `own-change`" in found.text
    assert found.span.end_column - found.span.column == len("Only its author")


def test_a_phrase_in_a_rule_is_told_alike() -> None:
    """Pointed at in the rule, the phrase is the same; the meaning ends where the next phrase begins."""
    found = _told(RULES, '"may push to a change, and"', "push")
    assert "applies when act is Push" in found.text
    assert "merged" not in found.text


def test_a_name_has_its_declaration_and_words() -> None:
    """A function is shown with its signature, its words, and where it is declared."""
    found = _told(CLAIMS, "approved(r.change)")
    assert "**function** `approved(Change): fact`" in found.text
    assert "{1} is [not] approved" in found.text
    lines = starter()[RULES].split("\n")
    line = next(at for at, each in enumerate(lines, 1) if each.startswith("state approved(Change)"))
    assert found.text.endswith(f"*{RULES}:{line}*")


def test_a_claim_has_the_verdicts_that_were_found() -> None:
    """A claim's hover says every verdict, what was expected, and what it was when the page was saved."""
    found = _told(CLAIMS, "claim 1 merged-as-read", "merged")
    assert "- before: refuted\n" in found.text + "\n"
    assert "- after: refuted (expected proved), was proved when saved" in found.text


def test_a_clause_has_its_words() -> None:
    """Where a claim cites a clause, the quote is shown."""
    found = _told(CLAIMS, 'from "Rule 3"', "Rule")
    assert "A change is merged only if it is approved." in found.text


def test_prose_says_nothing() -> None:
    """Where nothing is named there is nothing to tell."""
    assert hover(index(), RULES, *place(starter()[RULES], "Somebody proposes")) is None


def test_words_about_time_say_what_they_mean() -> None:
    """Names that every law has, dates with their weekday, periods, and words about what has been."""
    fence = (
        "define f(x: Change) means today no later than 1 April 2026 plus 5 days and ever approved(x) "
        "and (approved(x) since approved(x))"
    )
    text = f"{starter()[RULES]}\n## New\n\n```redline\n{fence}\n```\n"
    expected = {
        "today": "the present day",
        "1 April": "Wednesday 1 April 2026",
        "5 days": "a period: so many days, or months, which end on the day that `month-end` says",
        "ever": "in some situation before",
        "since": "last came about",
    }
    for words, told in expected.items():
        found = hover(index(rules=text), RULES, *place(text, fence, words))
        assert found is not None, words
        assert told in found.text
        assert words.split()[0] in text.split("\n")[found.span.line - 1][found.span.column - 1 :]
