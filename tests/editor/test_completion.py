"""What could stand at a place fits it."""

from __future__ import annotations

import re

import pytest

from checker.editor.completion import COUNTED, LONGER, completions
from checker.editor.proposals import Proposal
from tests.support.edited_law import CLAIMS, RULES, index, marked, starter
from tests.support.language_words import terminals

_QUOTED = (
    "> A change is merged by a person, or by nobody at all.\n>\n> — Rule 9, verbatim in Handbook\n\n"
    "```redline\n"
)


def _asked(fence: str, quote: str = "```redline\n", *, claims: bool = False) -> tuple[Proposal, ...]:
    file = CLAIMS if claims else RULES
    text, line, column = marked(f"{starter()[file]}\n## New\n\n{quote}{fence}\n```\n")
    found = index(claims=text) if claims else index(rules=text)
    return completions(found, file, line, column)


def _best(found: tuple[Proposal, ...]) -> set[str]:
    return {each.text for each in found if each.rank == found[0].rank} if found else set()


@pytest.mark.parametrize(
    ("fence", "best"),
    [
        ('check a for "c" at ¦', {"Host"}),
        ('check a for "Rule 1" at Host, reject with E requires act is ¦', {"Approve", "Push", "Merge"}),
        (
            'check a for "Rule 1" at Host, reject with E requires act in {Push, ¦',
            {"Approve", "Push", "Merge"},
        ),
        ('check a for "Rule 1" at Host, reject with E requires act is not M¦', {"Approve", "Push", "Merge"}),
        ('check a for "Rule 1" at Host, reject with E requires approved(¦', {"change"}),
        ('check a for "Rule 1" at Host, reject with E requires author(change) is ¦', {"sender", "author"}),
        ("define f(x: ¦", {"Person", "Change", "Act"}),
        ("define f(x: Change) means author(¦", {"x", "change"}),
        ("version newest is ¦", {"before", "after", "newest"}),
        ("version newest is before with ¦", {"FRESH"}),
        ("order at Host: another-person, ¦", {"another-person", "own-change", "approval-first"}),
    ],
)
def test_names_fit_their_place(fence: str, best: set[str]) -> None:
    """The names that are offered first are those of the kind and the sort that can stand there."""
    assert _best(_asked(fence)) == best


@pytest.mark.parametrize(
    ("fence", "best"),
    [
        ('claim 9 x "s"\n    expect proved in ¦', {"before", "after"}),
        ('claim 9 x "s"\n    always, for every request r where r.act is ¦', {"Approve", "Push", "Merge"}),
        ('claim 9 x "s"\n    always, for every request r where r.¦', {"sender", "act", "change"}),
        ('claim 9 x "s"\n    for c: Change\n    always approved(¦', {"c"}),
        ('claim 9 x "s"\n    from "¦', {'"Rule 1"', '"Rule 2"', '"Rule 3"', '"Rule 4"'}),
    ],
)
def test_names_fit_in_claims(fence: str, best: set[str]) -> None:
    """In claims, columns, parameters of a request, its own variables and clauses are offered."""
    found = _best(_asked(fence, claims=True))
    assert best <= found if "c: Change" in fence else best == found


def test_words_of_the_quote_that_no_phrase_covers_come_first() -> None:
    """Where a phrase can stand, the rest of the quote is offered, whole and up to a mark."""
    found = _asked('limb "Rule 9"\n    "A change is merged" connective\n    ¦', _QUOTED)
    assert found[0].text == '"by a person, or by nobody at all."'
    assert '"by a person,"' in [each.text for each in found]


def test_a_phrase_that_is_begun_is_replaced() -> None:
    """Within quotation marks, the whole string is replaced, from the mark on."""
    found = _asked('limb "Rule 9"\n    "A change is merged" connective\n    "by a¦', _QUOTED)
    assert found[0].text == '"by a person, or by nobody at all."'
    assert found[0].span.column == 5


def test_words_of_the_language_are_offered_where_they_can_stand() -> None:
    """At the beginning of a line of a fence, declarations begin; in a rule, meanings do."""
    begun = {each.text for each in _asked("ch¦") if each.kind is None}
    assert {"check", "claim", "sort", "define"} <= begun
    assert "requires" not in begun
    inside = {
        each.text for each in _asked('check a for "c" at Host, reject with E\n    ¦') if each.kind is None
    }
    assert {"requires", "applies", "connective"} <= inside
    assert "because" not in inside


_FEES = (
    'quantity money "£" with 2 decimals\nfixed fee(Change): money "the fee of {1}"\n'
    'constant cap: money "the cap"\n\n'
)


@pytest.mark.parametrize(
    ("means", "offered"),
    [
        ("fee(x) ¦", {"at least", "at most", "more than", "less than", "is", "plus"}),
        ("¦", {"exactly one", "at least two", "at most one", "least of", "greatest of"}),
        ("fee(x) at least 20 ¦", {"per cent of"}),
        ("at least two p: ¦", {"Person", "Change"}),
    ],
)
def test_comparisons_and_counts_are_offered(means: str, offered: set[str]) -> None:
    """Words that stand together are offered together where the grammar has them."""
    found = {each.text for each in _asked(f"{_FEES}define f(x: Change) means {means}")}
    assert offered <= found


def test_what_is_compared_is_of_its_quantity() -> None:
    """Behind a comparison of amounts, amounts of the same quantity come first."""
    assert _best(_asked(f"{_FEES}define f(x: Change) means fee(x) at least ¦")) == {"fee", "cap"}


def test_every_word_of_several_is_known() -> None:
    """What the grammar writes as an expression is offered by an example of it, and nothing else is."""
    known = {each.name: each for each in terminals().values() if each.pattern.type == "re"}
    assert known.keys() - {"NAME", "STRING", "AND_WITH"} == LONGER.keys() | COUNTED.keys()
    for name, several in COUNTED.items():
        for word in several:
            example = f"5 {word} 2026" if name == "DAY" else f"5 {word}"
            assert re.fullmatch(known[name].pattern.value, example), word
    for name, words in LONGER.items():
        first = known[name].pattern.value.split("(?")[0]
        assert words.startswith(first.replace(r"\s+", " ").split(" ")[0].rstrip("(")), name


@pytest.mark.parametrize("fence", ["-- a comm¦ent", "check a for ) ¦", "sort A ] check ¦"])
def test_nothing_is_offered_where_nothing_is_known(fence: str) -> None:
    """In comments, and behind what cannot be read, there is no proposal."""
    assert _asked(fence) == ()


def test_a_mistake_above_does_not_matter() -> None:
    """An unfinished declaration above the one that is being written changes nothing."""
    assert _best(_asked('sort\nconstant c: !\ncheck a for "c" at ¦')) == {"Host"}


def test_outside_of_fences_there_is_nothing() -> None:
    """Prose is not completed."""
    text, line, column = marked(starter()[RULES].replace("Somebody proposes", "Some¦body proposes"))
    assert completions(index(rules=text), RULES, line, column) == ()


_DATED = (
    'state asked(Change): date "the day"\nconstant term: days "the term"\n'
    'quantity money "£" with 2 decimals\nconstant cap: money "the cap"\nfixed fee(Change): money "fee"\n\n'
)


@pytest.mark.parametrize(
    ("means", "offered"),
    [
        ("asked(x) no later than 1 ¦", {"January", "April", "December", "day", "week"}),
        ("asked(x) no later than 14 Ap¦", {"January", "April", "December", "days", "weeks"}),
        ("asked(x) no later than asked(x) plus 40 ¦", {"days", "weeks"}),
        ("asked(x) ¦", {"earlier than", "later than", "no earlier than", "no later than", "within"}),
        ("¦", {"ever", "earliest of", "latest of", "days from", "today"}),
        ("approved(x) ¦", {"since", "as of", "and", "or"}),
        ("asked(x) within 5 days ¦", {"after", "before", "from"}),
    ],
)
def test_words_about_time_are_offered(means: str, offered: set[str]) -> None:
    """Months and units behind a number, comparisons of dates, periods, and what has been."""
    assert offered <= {each.text for each in _asked(f"{_DATED}define f(x: Change) means {means}")}


def test_no_month_has_forty_days() -> None:
    """Behind a number that is no day of a month there are only units, in their number."""
    found = {
        each.text for each in _asked(f"{_DATED}define f(x: Change) means asked(x) is asked(x) plus 40 ¦")
    }
    assert {"days", "weeks"} <= found
    assert not {"April", "day", "week"} & found


@pytest.mark.parametrize(
    ("means", "best"),
    [
        ("asked(x) no later than ¦", {"asked", "today"}),
        ("today is ¦", {"asked", "today"}),
        ("today later than asked(x) plus ¦", {"term"}),
        ("fee(x) at least cap plus ¦", {"cap", "fee"}),
        ("today is latest of (asked(x), ¦", {"asked", "today"}),
        ("days from asked(x) to today at least ¦", {"term"}),
    ],
)
def test_names_in_sums_are_of_their_quantity(means: str, best: set[str]) -> None:
    """Of dates and amounts, those of the same quantity come first; what is added to a date is days."""
    assert _best(_asked(f"{_DATED}define f(x: Change) means {means}")) == best


def test_quantities_that_every_law_has_are_offered() -> None:
    """Where a sort can stand, so can `date`, `days`, `number`; what a law declares itself is there once."""
    assert {"date", "days", "number"} <= {each.text for each in _asked("constant c: ¦")}
    own = [each.text for each in _asked('quantity days "day" or "days"\nconstant c: ¦')]
    assert own.count("days") == 1
