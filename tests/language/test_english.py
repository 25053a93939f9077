"""What lawyers write about days, amounts, counts and what has been is answered in words of the language."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.habits import for_name
from checker.language.lexer import Fragment
from checker.language.numbers_in_words import in_figures
from checker.language.parse import parse_fence

BEGIN = "define t(u: User) means "


def parse(statement: str) -> None:
    parse_fence(Fragment("law.md", f"{BEGIN}{statement}"))


def wrong(statement: str) -> Diagnostic:
    """The only mistake in a definition that means this."""
    with pytest.raises(SpecError) as caught:
        parse(statement)
    (found,) = caught.value.diagnostics
    return found


@pytest.mark.parametrize(
    ("english", "meant"),
    [
        ("day(u) [on or after] 1 April 2026", "no earlier than"),
        ("day(u) [on or before] 1 April 2026", "no later than"),
        ("day(u) [is after] 1 April 2026", "later than"),
        ("day(u) [before] 1 April 2026", "earlier than"),
        ("day(u) [by] 30 April 2026", "no later than"),
        ("day(u) [until] 30 April 2026", "no later than"),
        ("day(u) [on] 30 April 2026", "is"),
        ("notice(u) at least [twenty-eight days]", "28 days"),
        ("today within [one week] after day(u)", "1 week"),
        ("sum(u) [is more than] 70", "more than"),
        ("sum(u) [is at least] 70", "at least"),
        ("sum(u) [is not more than] 70", "at most"),
        ("sum(u) [over] 70", "more than"),
        ("grade(u) [GS-2 or above]", "at least GS-2"),
        ("grade(u) [GS-2 or below]", "at most GS-2"),
        ("sum(u) at least [5 million]", "5000000"),
        ("sum(u) at least [1.5 thousand]", "1500"),
        ("sum(u) at least [one hundred]", "100"),
        ("sum(u) at least [70 pounds]", "70"),
        ("sum(u) at least [half of] price(u)", "50 per cent of"),
        ("sum(u) at least [one fifth of] price(u)", "20 per cent of"),
        ("sum(u) at least [twice] price(u)", "2 times"),
        ("sum(u) at least [minus] 5", "0 minus"),
        ("[the lesser of] (sum(u), price(u)) at least 3", "least of"),
        ("[the later of] (day(u), today) later than day(u)", "latest of"),
        ("[only one] x: User where member(x)", "exactly one"),
        ("[more than two] x: User where member(x)", "at least three"),
        ("[fewer than 3] x: User where member(x)", "at most two"),
        ("[two or more] x: User where member(x)", "at least two"),
        ("[three or fewer] x: User where member(x)", "at most three"),
        ("member(u) [only if] approved(u)", "implies"),
        ("member(u) [if and only if] approved(u)", "iff"),
    ],
)
def test_words_that_stand_for_english(english: str, meant: str) -> None:
    """The words in brackets are pointed at, and what stands for them here is understood in their place."""
    before, rest = english.split("[")
    said, after = rest.split("]")
    found = wrong(before + said + after)
    assert found.span is not None
    assert (found.nearest, found.span.column) == (meant, len(BEGIN + before) + 1)
    assert found.span.end_column - found.span.column == len(said)
    parse(before + meant + after)


@pytest.mark.parametrize(
    ("english", "note"),
    [
        ("today is in 2026", "no earlier than 1 January 2026"),
        ('day(u) later than "1 April 2026"', "without quotation marks"),
        ("day(u) from 1 April 2026 to 30 April 2026", "write both ends"),
        ("within 28 days of day(u)", "`today within 5 days after"),
        ("sum(u) at least a third of price(u)", "`3 times`"),
        ("sum(u) at least 10 per cent", "`20 per cent of x`"),
        ("sum(u) divided by 2 at least 7", "nothing is divided"),
        ("sum(u) / 2 at least 7", "nothing is divided"),
        ("sum(u) at least -5", "`0 minus 5`"),
        ("the total of sum(u) at least 3", "a total over all things"),
        ("no x: User where member(x)", "`not (for some x: S where p)`"),
        ("the number of x: User where member(x) at least 2", "`at least two`"),
        ("at least 3 members", "`at least two`"),
        ("a majority of x: User where member(x)", "a majority is none of these"),
        ("has been member(u)", "`ever p`"),
        ("was member(u)", "`ever p`"),
        ("at any time member(u)", "`ever p`"),
        ("member(u) before approved(u)", "`p as of q`"),
        ("member(u) until approved(u)", "`p or ever q`"),
        ("member(u) while approved(u)", "`q implies p`"),
        ("member(u) for 28 days", "`today no earlier than joined(u) plus 28 days`"),
        ("member(u) twice", "a number that effects keep"),
        ("last approved(u) is u", "a day that an effect writes down"),
        ("ever since approved(u) member(u)", "`p since q`"),
        ("member(u) since approved(u) since sold(u)", "not chained"),
        ("member(u) unless approved(u)", "`p or q`"),
        ("unless approved(u) member(u)", "`p or q`"),
        ("either member(u) or approved(u)", "`p iff not q`"),
        ("neither member(u) nor approved(u)", "`not p and not q`"),
        ("both member(u) and approved(u)", "`p and q`"),
        ("member(u) provided that approved(u)", "`q implies p`"),
        ("the sum(u) at least 70", "without articles"),
    ],
)
def test_english_that_is_said_in_another_way(english: str, note: str) -> None:
    """Where no words can stand in its place, a note says how it is said."""
    found = wrong(english)
    assert found.nearest is None
    assert any(note in each for each in found.notes), found


@pytest.mark.parametrize(
    ("sign", "meant"),
    [
        (">=", "no earlier than"),
        ("<=", "no later than"),
        ("\u2265", "no earlier than"),
        ("<", "earlier than"),
        (">", "later than"),
    ],
)
def test_signs_between_days(sign: str, meant: str) -> None:
    """A sign that compares gets the words for days where a day is written on one of its sides."""
    assert wrong(f"day(u) {sign} 1 April 2026").nearest == meant
    assert wrong(f"today {sign} day(u)").nearest == meant
    assert wrong(f"sum(u) {sign} 70").nearest != meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("seventy", "70"),
        ("twenty-eight", "28"),
        ("7O", "70"),
        ("l5", None),
        ("1O0", "100"),
        ("70k", "70000"),
        ("yesterday", "today minus 1 day"),
        ("now", "today"),
        ("min", "least of"),
        ("house", None),
    ],
)
def test_names_that_are_english(name: str, meant: str | None) -> None:
    """A name that there is not may be a number in words, a number with a letter in it, or a day."""
    assert for_name(name)[0] == meant


def test_names_that_no_words_stand_for() -> None:
    """Of a day of the week, and of a date with dots, a note says what can be said."""
    assert for_name("Monday") == (None, ("days of the week cannot be said",))
    assert for_name("1.4.2026") == (None, ("a date is written `1 April 2026`",))


def test_numbers_in_words() -> None:
    """Words of numbers are added, and multiplied by hundreds and more; other words are no numbers."""
    assert [in_figures(each) for each in ("nineteen", "ninety nine", "two hundred", "five million")] == [
        *(19, 99, 200),
        5_000_000,
    ]
    assert in_figures("house") is None
