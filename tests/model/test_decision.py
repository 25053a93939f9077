"""Each sentence of the reference on requests: what they carry, who checks them, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.model.evaluate import (
    decide,
    exempted,
    fails,
    holds,
    route,
    well_formed,
)
from checker.model.expressions import (
    Before,
    Is,
    Outcome,
)
from checker.model.situation import Request
from tests.support.lending_library import (
    ACT,
    GIVE,
    HOLDS_A_NOVEL,
    RULES,
    asks,
    situation,
)
from tests.support.lending_worlds import (
    ANN,
    ATLAS_BOOK,
    MEMBER_ANN,
    NOTHING,
    Values,
    borrow,
    give,
    world,
)

# ---------------------------------------------------------------- well-formed


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (asks(sender="ann", action="Borrow"), True),
        (asks(sender="ann", action="Borrow", book="novel"), True),
        (asks(sender="ann", action="Give", book="novel", heir="bo"), True),
        (asks(sender="ann", action="Give", book="novel"), False),
        (asks(sender="ann", action="Borrow", book="novel", heir="bo"), False),
        (asks(action="Borrow", book="novel"), False),
        (asks(sender="ann", book="novel"), False),
        (asks(sender="novel", action="Borrow"), False),
        (asks(sender="ann", action="Steal"), False),
        (asks(sender="ann", action="Borrow", mood="good"), False),
    ],
)
def test_a_request_carries_exactly_what_is_declared(request_: Request, expected: bool) -> None:
    """One parameter missing or too many, an unknown value or a wrong sort makes it ill-formed."""
    assert well_formed(RULES["old"], situation(), request_) is expected


def test_a_check_fails_when_it_applies_and_a_requirement_is_false() -> None:
    """The same loan is refused to a stranger and granted to a member."""
    assert not decide(RULES, situation(), borrow()).accepted
    assert decide(RULES, situation(MEMBER_ANN), borrow()).accepted


def test_a_check_passes_what_it_does_not_apply_to() -> None:
    """The gate does not ask for membership where no novel is asked for, so nothing is refused there."""
    without_book = asks(sender="ann", action="Borrow")
    atlas = borrow("atlas")
    for request in (without_book, atlas):
        gate = decide(RULES, situation(), request).stages[0].checks[0]
        assert (gate.applies, gate.met, gate.fails) == (False, False, False)


def test_the_route_skips_a_component_whose_index_is_absent() -> None:
    """A book without a home goes to no counter, and neither does a request without a book."""
    old = situation()
    assert route(RULES, old, borrow("novel")) == (("Gate", None), ("Counter", "Main"))
    assert route(RULES, old, borrow("atlas")) == (("Gate", None), ("Counter", "Annex"))
    assert route(RULES, old, borrow("stray")) == (("Gate", None),)
    assert route(RULES, old, asks(sender="ann", action="Borrow")) == (("Gate", None),)


def test_the_route_skips_a_stage_whose_condition_is_false() -> None:
    """A gate for gifts alone is not on the route of a loan."""
    first, second = RULES["old"].route
    rules = {"old": replace(RULES["old"], route=(replace(first, when=Is(ACT, GIVE)), second))}
    assert route(rules, situation(), borrow()) == (("Counter", "Main"),)
    assert len(route(rules, situation(), give())) == 2


def test_the_first_component_that_refuses_is_told_and_later_ones_are_still_reported() -> None:
    """The gate refuses; what the counter would have said is there, marked as not reached."""
    decision = decide(RULES, situation(), give())
    assert decision.refused_at == ("Gate", None)
    assert [each.check.name for each in decision.refusing] == ["membership"]
    assert [each.reached for each in decision.stages] == [True, False]
    assert [each.check.name for each in decision.stages[1].refusing] == ["counter-membership", "own-book"]


def test_all_checks_that_fail_at_the_refusing_component_are_told() -> None:
    """Two checks of the counter fail at once, and both codes are reported."""
    decision = decide({**RULES, "open": replace(RULES["old"], checks=())}, situation(gate="open"), give())
    assert decision.refused_at == ("Counter", "Main")
    assert [each.check.code for each in decision.refusing] == ["N9", "N3"]


def test_items_are_reported_with_their_truth() -> None:
    """A phrase is true or false; one that has no truth of its own says nothing."""
    report = decide(RULES, situation(), borrow()).stages[0].checks[0]
    assert [each.holds for each in report.items] == [True, False, False, None]


def test_an_exemption_lets_a_check_pass_that_would_otherwise_fail() -> None:
    """Who holds a novel need not be a member; the report names the limb and the book."""
    holder = situation({("lent", ("stray",)): "ann"}, gate="new", main="new", annex="new")
    decision = decide(RULES, holder, borrow("novel"))
    report = decision.stages[0].checks[0]
    assert decision.accepted
    assert report.would_fail
    assert report.exempting[0].limb.clause == "R 2(a)"
    assert report.exempting[0].things == {"b": "stray"}
    assert exempted(decision, "R 2(a)")


def test_a_limb_needs_one_thing_of_which_every_condition_holds() -> None:
    """One book is held and another is a novel: two halves of two books exempt nobody."""
    holds_atlas_only = situation({("lent", ("atlas",)): "ann"}, gate="new")
    report = decide(RULES, holds_atlas_only, borrow("novel")).stages[0].checks[0]
    assert report.fails
    assert not report.limbs[0].holds
    assert [each.holds for each in report.limbs[0].items].count(True) == 1


def test_a_limb_over_a_sort_without_things_does_not_hold() -> None:
    """In a library without books nobody holds one, so the limb is false and names no book."""
    empty = replace(situation(MEMBER_ANN, gate="new"), things={"Reader": ("Library", "ann"), "Book": ()})
    limb = decide(RULES, empty, asks(sender="ann", action="Borrow")).stages[0].checks[0].limbs[0]
    assert not limb.holds
    assert limb.things == {"b": None}


def test_a_limb_that_holds_exempts_nothing_where_the_check_would_pass() -> None:
    """A member who also holds a novel is let in as a member: `exempted` is false."""
    holder: Values = {**MEMBER_ANN, ("lent", ("stray",)): "ann"}
    decision = decide(RULES, situation(holder, gate="new", main="new"), borrow())
    assert decision.stages[0].checks[0].exempting
    assert not exempted(decision, "R 2(a)")


def test_exempted_by_the_chapeau_or_a_limb_above_is_exempted_by_a_limb_below() -> None:
    """A sub-limb exempts also in the name of every clause above it, but not of its neighbour."""
    nested = replace(HOLDS_A_NOVEL, clause="R 2(a)(i)", above=("R 2(a)", "R 2"))
    new = RULES["new"]
    checks = tuple(replace(each, limbs=(nested,)) if each.limbs else each for each in new.checks)
    rules = {"new": replace(new, checks=checks)}
    holder = situation({("lent", ("stray",)): "ann"}, gate="new", main="new", annex="new")
    decision = decide(rules, holder, borrow())
    assert [exempted(decision, each) for each in ("R 2(a)(i)", "R 2(a)", "R 2", "R 2(b)")] == [
        True,
        True,
        True,
        False,
    ]


def test_each_component_enforces_the_version_deployed_there() -> None:
    """Of the four deployments of gate and counter, only the one with both new lets the loan through."""
    values: Values = {("lent", ("stray",)): "ann"}
    outcomes = {
        (gate, main): decide(RULES, situation(values, gate=gate, main=main), borrow()).refused_at
        for gate in ("old", "new")
        for main in ("old", "new")
    }
    assert outcomes == {
        ("old", "old"): ("Gate", None),
        ("old", "new"): ("Gate", None),
        ("new", "old"): ("Counter", "Main"),
        ("new", "new"): None,
    }


def test_a_check_as_another_with_its_exceptions_is_exempted_by_the_same_limb() -> None:
    """The counter's copy of the gate's check would fail, too, and is saved by the same exception."""
    values: Values = {("lent", ("stray",)): "ann"}
    counter = decide(RULES, situation(values, gate="new", main="new"), borrow()).stages[1].checks[0]
    assert counter.check.like == "membership"
    assert counter.would_fail
    assert not counter.fails


# ------------------------------------------------------------------- outcomes


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (Outcome("accepted", "r"), False),
        (Outcome("rejected", "r"), True),
        (Outcome("rejected", "r", "Gate"), True),
        (Outcome("rejected", "r", "membership"), True),
        (Outcome("rejected", "r", "Counter"), False),
        (Outcome("rejected", "r", "own-book"), False),
        (Outcome("fails", "r", "own-book"), True),
        (Outcome("fails", "r", "Counter"), True),
        (Outcome("passes", "r", "own-book"), False),
        (Outcome("passes", "r", "Gate"), False),
        (Outcome("fails only", "r", "own-book"), False),
        (Outcome("fails only", "r", "membership"), False),
        (Outcome("fails only", "r", "Gate"), False),
        (Outcome("exempted", "r", "R 2(a)"), False),
    ],
)
def test_outcomes_of_a_gift_by_a_stranger(formula: Outcome, expected: bool) -> None:
    """Rejections belong to the component that was reached; `fails` belongs to every check that fails."""
    assert holds(formula, world(request=give())) is expected


def test_rejected_by_a_later_component_needs_the_earlier_ones_to_pass() -> None:
    """A member passes the gate, and it is the counter that rejects, by the check that fails there."""
    env = world(MEMBER_ANN, request=give())
    assert holds(Outcome("rejected", "r", "own-book"), env)
    assert holds(Outcome("rejected", "r", "Counter"), env)
    assert not holds(Outcome("rejected", "r", "counter-membership"), env)


def test_one_check_alone_may_fail() -> None:
    """A member fails at the counter alone, and there the check of whose book it is."""
    env = world(MEMBER_ANN, request=give())
    assert holds(Outcome("fails only", "r", "own-book"), env)
    assert holds(Outcome("fails only", "r", "Counter"), env)
    assert not holds(Outcome("fails only", "r", "Gate"), env)
    assert not holds(Outcome("fails only", "r", "membership"), env)


def test_a_check_whose_component_is_not_on_the_route_passes() -> None:
    """A book without a home never reaches the counter, whose checks therefore refuse nothing."""
    env = world(MEMBER_ANN, request=give("stray"))
    assert holds(Outcome("passes", "r", "own-book"), env)
    assert holds(Outcome("passes", "r", "Counter"), env)
    assert holds(Outcome("accepted", "r"), env)


def test_an_outcome_can_be_asked_under_another_column() -> None:
    """The request is refused under the old rules, and would be accepted and exempted under the new."""
    env = world({("lent", ("stray",)): "ann"}, request=borrow())
    assert not holds(Outcome("accepted", "r"), env)
    assert holds(Outcome("accepted", "r", column="new"), env)
    assert holds(Outcome("exempted", "r", "R 2(a)", column="new"), env)


def test_an_outcome_can_be_asked_with_parameters_replaced() -> None:
    """Bo is refused; the same request from Ann, for the atlas or for no book is accepted."""
    env = world(MEMBER_ANN, request=borrow(sender="bo"))
    by_ann = (("sender", ANN),)
    assert not holds(Outcome("accepted", "r"), env)
    assert holds(Outcome("accepted", "r", changes=by_ann), env)
    assert holds(Outcome("accepted", "r", changes=(("book", ATLAS_BOOK),)), env)
    assert holds(Outcome("accepted", "r", changes=(("book", NOTHING),)), env)


def test_an_outcome_before_the_step_is_asked_of_the_earlier_situation() -> None:
    """Ann has just become a member: the request is accepted now, and would have been refused before."""
    env = world(MEMBER_ANN, request=borrow(), before=situation())
    assert holds(Outcome("accepted", "r"), env)
    assert not holds(Before(Outcome("accepted", "r")), env)


def test_deciding_one_check_or_component_only() -> None:
    """What is reported of a check, or of those at a component, is the same whether or not others are."""
    for request in (borrow(), borrow("novel"), give()):
        whole = decide(RULES, situation(MEMBER_ANN), request)
        names = {name for each in whole.checks for name in (each.check.name, each.component[0])}
        assert len(names) > 2
        for name in names:
            part = decide(RULES, situation(MEMBER_ANN), request, only=name)
            assert part.checks == tuple(
                each for each in whole.checks if name in (each.check.name, each.component[0])
            )
            assert fails(part, name) == fails(whole, name)
