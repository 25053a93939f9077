"""Each sentence of the reference on terms and formulas, asked of a regime that can be checked by eye."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from checker.model.evaluate import (
    holds,
    term_value,
)
from checker.model.expressions import (
    FACT,
    And,
    Apply,
    Before,
    Call,
    Cases,
    Counted,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Parameter,
    Present,
    StepIs,
    Term,
    Value,
    Variable,
    VersionOf,
)
from tests.support.lending_library import (
    ATLAS,
    BOOK,
    DESK,
    KIND,
    LIBRARY,
    NOVEL,
    READER,
    VERSION,
    B,
    R,
    asks,
    every,
    kind,
    lent,
    member,
    situation,
    some,
)
from tests.support.lending_worlds import (
    ANN,
    ANN_HAS_NOVEL,
    ATLAS_BOOK,
    BO,
    FALSE,
    NOBODY,
    NOTHING,
    NOVEL_BOOK,
    THINGS,
    TRUE,
    Values,
    world,
)

# ------------------------------------------------------------------- absence


@pytest.mark.parametrize(
    "formula",
    [
        Is(NOBODY, NOBODY),
        Is(lent(NOVEL_BOOK), ANN),
        Is(ANN, lent(NOVEL_BOOK)),
        Is(lent(NOTHING), ANN),
        Is(kind(NOTHING), NOVEL),
        Is(Parameter("r", "sender", READER), ANN),
        member(NOBODY),
        Present(NOBODY),
        Present(lent(NOVEL_BOOK)),
        Present(kind(NOTHING)),
        In(lent(NOVEL_BOOK), (ANN, BO, LIBRARY)),
        In(ANN, (NOBODY, lent(NOVEL_BOOK))),
        Matches(ANN, NOBODY),
        Is(VersionOf("Counter", Apply("home", (NOTHING,), DESK), VERSION), Value(VERSION, "old")),
    ],
)
def test_a_statement_about_something_absent_is_false_and_its_negation_true(formula: Formula) -> None:
    """Absence is not a third truth value: whatever reads an absent term is false, so its negation is true."""
    assert not holds(formula, world())
    assert holds(Not(formula), world())


def test_matches_is_true_of_two_absent_values_where_is_is_false() -> None:
    """Two books that nobody has have holders that match, but neither holder `is` the other."""
    both = (lent(NOVEL_BOOK), lent(ATLAS_BOOK))
    assert holds(Matches(*both), world())
    assert not holds(Is(*both), world())
    assert holds(Matches(lent(NOVEL_BOOK), ANN), world(ANN_HAS_NOVEL))
    assert not holds(Matches(*both), world(ANN_HAS_NOVEL))


def test_a_definition_stands_for_its_body_also_when_a_parameter_is_absent() -> None:
    """A call with an absent argument is not simply false: its body is read with absence put in."""
    assert not holds(Call("holds-one", (NOBODY,), FACT), world(ANN_HAS_NOVEL))
    assert holds(Call("idle", (NOBODY,), FACT), world())


# --------------------------------------------------------------------- terms


def test_a_table_knows_and_what_it_leaves_open_is_read_from_the_situation() -> None:
    """A row of a table answers for every situation; a cell that is open is whatever the situation says."""

    def valuable(of: Term) -> Apply:
        return Apply("valuable", (of,), FACT)

    assert holds(valuable(ATLAS), world())
    assert not holds(valuable(NOVEL), world())
    assert holds(valuable(NOVEL), world({("valuable", ("Novel",)): True}))
    assert holds(valuable(ATLAS), world({("valuable", ("Atlas",)): False}))


def test_a_table_can_know_that_a_value_is_absent() -> None:
    """The situation cannot give a value where the table says that there is none."""
    assert term_value(Apply("days", (ATLAS,), DESK), world({("days", ("Atlas",)): "Main"})) is None
    assert term_value(Apply("days", (NOVEL,), DESK), world()) == "Main"


def test_cases_take_the_first_branch_that_holds_and_are_absent_without_one() -> None:
    """Of two true branches the first counts; with none true the `else` counts, and without `else` nothing."""
    branches = ((ANN, FALSE), (BO, TRUE), (LIBRARY, TRUE))
    assert term_value(Cases(branches, ANN, READER), world()) == "bo"
    assert term_value(Cases(branches[:1], LIBRARY, READER), world()) == "Library"
    assert term_value(Cases(branches[:1], None, READER), world()) is None


def test_a_definition_reads_its_own_parameters_and_not_the_variables_around_it() -> None:
    """The keeper of the atlas is Bo, though `b`, the parameter's name, means the novel outside."""
    keeper = Call("keeper", (ATLAS_BOOK,), READER)
    env = replace(world({("lent", ("atlas",)): "bo"}), variables={**THINGS, "b": "novel"})
    assert term_value(keeper, env) == "bo"
    assert term_value(keeper, world()) == "Library"


def test_a_definition_that_reads_a_request_reads_the_one_it_is_asked_of() -> None:
    """Of two requests the one that is named is read; of a third, which is not there, it is false."""
    env = replace(
        world(ANN_HAS_NOVEL),
        requests={"": asks(sender="bo", book="novel"), "r": asks(sender="ann", book="novel")},
    )
    assert holds(Call("mine", (), FACT, "r"), env)
    assert not holds(Call("mine", (), FACT), env)
    assert not holds(Call("mine", (), FACT, "s"), env)


def test_a_premise_is_called_like_a_definition() -> None:
    """`joined` is true of the member Ann, and false of Bo."""
    assert holds(Call("joined", (ANN,), FACT), world({("member", ("ann",)): True}))
    assert not holds(Call("joined", (BO,), FACT), world({("member", ("ann",)): True}))


def test_the_version_of_an_indexed_component_is_that_of_the_instance() -> None:
    """Two counters run two versions; which one is read depends on the desk, given by a term or a constant."""
    env = world(gate="old", main="new", annex="old")
    home = Apply("home", (NOVEL_BOOK,), DESK)
    assert term_value(VersionOf("Counter", home, VERSION), env) == "new"
    assert term_value(VersionOf("Counter", Value(DESK, "Annex"), VERSION), env) == "old"
    assert term_value(VersionOf("Gate", None, VERSION), env) == "old"


# ------------------------------------------------------------------ formulas


def test_connectives_have_their_usual_truth_tables() -> None:
    """All four rows of `and`, `or`, `implies` and `iff`, against Python's own connectives."""
    env = world()
    for left in (TRUE, FALSE):
        for right in (TRUE, FALSE):
            p, q = left.value, right.value
            assert holds(And((left, right)), env) == (p and q)
            assert holds(Or((left, right)), env) == (p or q)
            assert holds(Implies(left, right), env) == (not p or q)
            assert holds(Iff(left, right), env) == (p == q)


def test_quantifiers_range_over_the_things_of_the_situation_constants_included() -> None:
    """`every` is false as soon as the Library, a constant, is the only exception."""
    everyone = every((R,), member(R))
    members: Values = {("member", (name,)): True for name in ("ann", "bo", "Library")}
    assert holds(everyone, world(members))
    assert not holds(everyone, world({**members, ("member", ("Library",)): False}))
    assert holds(
        every((R,), member(R), where=Not(Is(R, LIBRARY))),
        world({**members, ("member", ("Library",)): False}),
    )


def test_quantifiers_range_over_the_values_of_an_enum() -> None:
    """The only valuable kind makes `some` true, and the other kind makes `every` false."""
    k = Variable("k", KIND)
    valuable = Apply("valuable", (k,), FACT)
    assert holds(some((k,), valuable), world())
    assert not holds(every((k,), valuable), world())


def test_where_restricts_some_by_and_and_every_by_implies() -> None:
    """What is outside the restriction neither helps `some` nor hurts `every`."""
    novel = Is(kind(B), NOVEL)
    env = world({("lent", ("atlas",)): "ann"})
    assert not holds(some((B,), where=novel, body=Present(lent(B))), env)
    assert holds(every((B,), where=Not(novel), body=Present(lent(B))), env)
    assert not holds(every((B,), where=novel, body=Present(lent(B))), env)


def test_several_variables_range_independently() -> None:
    """Two books are found whose holder is the same, wherever in the list they stand."""
    other = Variable("c", BOOK)
    shared = And((Not(Is(B, other)), Is(lent(B), lent(other))))
    pair = some((B, other), shared)
    assert holds(pair, world({("lent", ("atlas",)): "ann", ("lent", ("stray",)): "ann"}))
    assert not holds(pair, world({("lent", ("atlas",)): "ann", ("lent", ("stray",)): "bo"}))


def test_before_reads_the_situation_before_the_step() -> None:
    """Ann holds the novel now, and Bo held it before: `before` finds Bo, as a term and in a formula."""
    env = world(ANN_HAS_NOVEL, before=situation({("lent", ("novel",)): "bo"}))
    assert term_value(Before(lent(NOVEL_BOOK), READER), env) == "bo"
    assert holds(Before(Is(lent(NOVEL_BOOK), BO)), env)
    assert holds(Is(lent(NOVEL_BOOK), ANN), env)


def test_before_without_a_step_is_refused() -> None:
    """A first situation has no earlier one; the question raises an error instead of answering false."""
    with pytest.raises(ValueError, match="no step"):
        holds(Before(TRUE), world())


def test_step_is_names_the_event() -> None:
    """Only the event that has just happened makes it true; with no event it is false."""
    assert holds(StepIs("joins"), world(step_event="joins"))
    assert not holds(StepIs("rotate"), world(step_event="joins"))
    assert not holds(StepIs("joins"), world())


def test_exactly_one_is_one_and_no_other() -> None:
    """Nobody, one of many, two and all: only one is one. Constants are things like all others."""
    alone = Counted("exactly", 1, R, member(R))
    ann, library = ("member", ("ann",)), ("member", ("Library",))
    assert not holds(alone, world())
    assert holds(alone, world({ann: True}))
    assert holds(alone, world({library: True}))
    assert not holds(alone, world({ann: True, library: True}))


def test_exactly_one_counts_the_values_of_an_enum() -> None:
    """Of an enum, what is counted is its values."""
    k = Variable("k", KIND)
    assert holds(Counted("exactly", 1, k, Is(k, NOVEL)), world())
    assert not holds(Counted("exactly", 1, k, Is(k, k)), world())
    assert not holds(Counted("exactly", 1, k, Not(Is(k, k))), world())


@pytest.mark.parametrize(
    ("how", "number", "of"),
    [("at least", 1, {1, 2, 3}), ("at least", 2, {2, 3}), ("at most", 2, {0, 1, 2}), ("exactly", 2, {2})],
)
def test_things_are_counted_up_to_a_number(
    how: Literal["at least", "at most", "exactly"], number: int, of: set[int]
) -> None:
    """Of none, one, two and three members: the numbers of which it is true are those that the words say."""
    places = [("member", ("ann",)), ("member", ("bo",)), ("member", ("Library",))]
    counted = Counted(how, number, R, member(R))
    found = {many for many in range(4) if holds(counted, world(dict.fromkeys(places[:many], True)))}
    assert found == of
