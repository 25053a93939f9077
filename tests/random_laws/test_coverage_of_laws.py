"""The random laws are made of everything that the language has.

At length, without a hole: `python -m tests.coverage_of_laws`. Here a few laws show that nothing is missing
for long, and that what is never made is refused by the language.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from checker.model.claim import Column
from checker.regime.load import load_texts
from tests.coverage_of_laws.command import NOWHERE, REASONS, Made, excuse, holes, made_by
from tests.coverage_of_laws.constructs import CONSTRUCTS
from tests.coverage_of_laws.gaps import GAPS
from tests.coverage_of_laws.grammar import REFUSED, Grammar
from tests.coverage_of_laws.law import every_pair, refusal, refused
from tests.coverage_of_laws.unions import UNIONS, members_of

LAWS = 80
ELSEWHERE = ("CalendarDecl", "LapseDecl", "DutyDecl")  # of days: see `tests/day_by_day`
RARE = 2  # constructs that so few laws do not have
MOST = 0.35  # of pairs that can be made and that so few laws do not have


@pytest.fixture(scope="module")
def made() -> Made:
    """What a few laws are made of."""
    return made_by(0, range(LAWS))


@pytest.mark.thorough
def test_the_loader_takes_the_laws(made: Made) -> None:
    """A law that the loader refuses is written anew, so that hardly any is lost."""
    assert made.laws >= LAWS - 2, made.refused


@pytest.mark.thorough
@pytest.mark.parametrize("union", UNIONS)
def test_every_member_of_a_union_is_made(made: Made, union: str) -> None:
    """Every kind of declaration, expression, meaning and statement occurs, before and after typing."""
    assert [each for each in members_of(union) if not made.members[union, each]] == [
        each for each in ELSEWHERE if each in members_of(union)
    ]


@pytest.mark.thorough
def test_most_productions_are_used(made: Made) -> None:
    """Of the grammar's productions, with and without each optional part, few laws leave out few."""
    missing = [each for each in Grammar().productions if not made.productions[each] and each not in REFUSED]
    assert len(missing) <= 90, missing  # of calendars, duties, lapses, shapes, periods


@pytest.mark.thorough
def test_every_place_and_construct_is_known(made: Made) -> None:
    """What laws have is what the law with gaps has."""
    assert {place for _, place in made.pairs} == set(GAPS)
    known = {construct for construct, _ in made.pairs}
    assert known <= set(CONSTRUCTS)
    assert len(set(CONSTRUCTS) - known) <= RARE


@pytest.mark.thorough
def test_what_cannot_be_made_is_refused(made: Made) -> None:
    """A construct that no law has at a place is refused there for a reason with a name, or is merely rare.
    One pair in four; the command tries all.
    """
    missing = [pair for pair in every_pair() if not made.pairs[pair]][::4]
    refusals = {pair: refusal(*pair) for pair in missing}
    assert [pair for pair, found in refusals.items() if found is not None and not excuse(pair)] == []
    rare = [pair for pair, found in refusals.items() if found is None]
    assert len(rare) < MOST * len(every_pair()) / 4, Counter(place for _, place in rare)


@pytest.mark.parametrize("production", REFUSED)
def test_a_production_that_no_law_uses_is_refused(production: str) -> None:
    """The loader refuses the example, and takes the law without it."""
    assert refused(REFUSED[production])


@pytest.mark.thorough
def test_a_hole_is_found(made: Made) -> None:
    """What no law has any more is told."""
    place, union, production = "check requires", "declaration", next(iter(made.productions))
    less = replace(
        made,
        pairs=Counter({pair: n for pair, n in made.pairs.items() if pair != ("premise", place)}),
        members=Counter({pair: n for pair, n in made.members.items() if pair != (union, "AmendDecl")}),
        productions=Counter({name: n for name, n in made.productions.items() if name != production}),
    )
    found = set(holes(less, (place,))) - set(holes(made, (place,)))
    assert len(found) == 3
    assert f"production {production}" in found
    assert f"{union}: AmendDecl" in found
    assert any(each.startswith(f"{place}: ") and "premise" in each for each in found)


def test_reasons_are_used() -> None:
    """Every reason for which a pair is exempt is one that the loader gives somewhere."""
    some = [
        ("before", "axiom"),
        ("before", "always"),
        ("parameter", "premise"),
        ("and", "senders"),
        ("state fact", "parameter"),
        *NOWHERE,
    ]
    assert {excuse(pair) for pair in some} == {*REASONS.values(), *NOWHERE.values()}


# ------------------------------------------------- found by laws of every kind


def test_a_list_may_be_followed_by_a_label() -> None:
    """`in {…}` before `, "…"` is no reading's `in RULE, "…"`."""
    names = 'names for User u: "a" when u in {Bank}, "b" otherwise'
    text = f'```redline\nsort User\nconstant Bank: User\n{names}\nversion one "one"\n```\n'
    (rule,) = load_texts({"law.md": text}).model(Column("one")).names.values()
    assert [label for label, _ in rule.branches] == ["a"]
