"""Lint finds marks of what is typical that no story can be chosen by."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.regime.regime import Regime
from checker.rooms.lint.find import lint
from tests.rooms.lint.lint_laws import found, giving_up, law, marked, only

OPEN = 'typical at-the-door "One enters." because "most do" means act is Enter'
FRIENDS = 'typical friends "The sender is a friend." because "most are" means friend(sender)'
AXIOM = (
    'axiom hosts-are-friends "Hosts are friends." because "x": for every u: User: host(u) implies friend(u)'
)


def typical(name: str, meaning: str, things: str = "") -> str:
    """A mark."""
    return f'typical {name}{things} "So it is." because "x" means {meaning}'


def of_marks(regime: Regime) -> set[tuple[str, str]]:
    """What is found of marks."""
    return {each for each in found(regime) if each[0].startswith("typical-")}


@pytest.mark.parametrize(
    "mark",
    [
        typical("odd", "act is Enter and act is Leave"),
        typical("odd", "sender is not sender"),
        typical("odd", "host(sender) and not friend(sender)"),
        typical("odd", "host(u) and not friend(u)", "(u: User)"),
        typical("odd", "for some r: User: host(r) and not friend(r)"),
    ],
)
def test_a_mark_that_nothing_meets_is_found(mark: str) -> None:
    """By itself or within the axioms: it would be wished of every story in vain."""
    assert of_marks(law(AXIOM, OPEN, mark, FRIENDS)) == {("typical-never", "odd")}


@pytest.mark.parametrize(
    "mark",
    [
        typical("odd", "act is Leave"),
        typical("odd", "host(sender) implies not friend(sender)"),
        typical("odd", "host(u) and friend(u)", "(u: User)"),
        typical("odd", "not friend(u)", "(u: User)"),
        typical("odd", "for some r: User: inside(r)"),
    ],
)
def test_what_can_be_met_is_not_found(mark: str) -> None:
    """Marks that can be met together, or of which one is about things and the other about requests."""
    assert of_marks(law(AXIOM, FRIENDS, mark)) == set()


def test_marks_that_exclude_each_other_are_found() -> None:
    """The later one is named: it counts only where the earlier one cannot be."""
    regime = law(OPEN, FRIENDS, typical("leaving", "act is Leave and friend(sender)"))
    assert of_marks(regime) == {("typical-at-odds", "leaving")}
    finding = only(regime, "typical-at-odds")
    assert finding.message == "where something is as `at-the-door` says, it cannot be as `leaving` says"
    assert marked(regime, finding) == "leaving"
    assert not finding.gates
    assert finding.claims


def test_marks_of_things_are_about_the_same_things() -> None:
    """Of two things each could be otherwise; the marks are wished of one."""
    one, other = typical("one", "friend(u)", "(u: User)"), typical("other", "not friend(v)", "(v: User)")
    assert of_marks(law(one, other)) == {("typical-at-odds", "other")}


def test_a_mark_that_nothing_meets_excludes_no_other() -> None:
    """It is told once, and not again beside every other mark."""
    assert of_marks(law(typical("odd", "sender is not sender"), OPEN, FRIENDS)) == {("typical-never", "odd")}


def test_three_marks_that_exclude_each_other_only_together_are_not_found() -> None:
    """Each of them counts beside one of the others."""
    marks = (
        typical("one", "friend(sender) implies act is Enter"),
        typical("two", "friend(sender)"),
        typical("three", "act is not Enter"),
    )
    assert of_marks(law(*marks)) == set()


def test_what_is_not_decided_is_not_found() -> None:
    """The question is told as open."""
    looked = lint(law(typical("odd", "sender is not sender")), ("old",), giving_up)
    assert not [each for each in looked.findings if each.kind.startswith("typical-")]
    assert any(each.question.topic == "typical" for each in looked.undecided)


def test_a_law_without_marks_asks_nothing_of_them() -> None:
    """There is no question, so that no time is spent."""
    looked = lint(law(), ("old",), giving_up)
    assert not [each for each in looked.asked if each.question.topic == "typical"]
    assert law().model(Column("old")).typical == ()
