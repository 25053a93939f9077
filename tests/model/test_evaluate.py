"""Each sentence of the reference on meaning, asked of a regime that is small enough to check by eye."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

import pytest

from checker.model.evaluate import (
    Environment,
    TwoValues,
    apply_event,
    apply_request,
    decide,
    event_enabled,
    exempted,
    holds,
    replay,
    route,
    same_situation,
    term_value,
    well_formed,
    well_made,
)
from checker.model.expressions import (
    FACT,
    Absent,
    And,
    Apply,
    Before,
    Call,
    Cases,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Outcome,
    Parameter,
    Present,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Effect
from checker.model.situation import Request, Situation, Step, Trace
from tests.support.lending_library import (
    ACT,
    ASKED,
    ATLAS,
    BOOK,
    DESK,
    GIVE,
    HOLDS_A_NOVEL,
    KIND,
    LIBRARY,
    NOVEL,
    READER,
    RULES,
    SENDER,
    SPAN,
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
    update,
)

ANN, BO = Variable("ann", READER), Variable("bo", READER)
NOVEL_BOOK, ATLAS_BOOK = Variable("novel", BOOK), Variable("atlas", BOOK)
NOBODY, NOTHING = Variable("nobody", READER), Variable("nothing", BOOK)
Values: TypeAlias = Mapping[tuple[str, tuple[str, ...]], str | bool]
THINGS = {"ann": "ann", "bo": "bo", "novel": "novel", "atlas": "atlas", "nobody": None, "nothing": None}
ANN_HAS_NOVEL: Values = {("lent", ("novel",)): "ann"}
TRUE, FALSE = Truth(value=True), Truth(value=False)


def world(
    values: Values | None = None,
    request: Request | None = None,
    before: Situation | None = None,
    step_event: str | None = None,
    **deployed: str,
) -> Environment:
    return Environment(
        RULES["old"],
        situation(values, **deployed),
        before=before,
        variables=THINGS,
        requests={} if request is None else {"r": request, "": request},
        rules=RULES,
        columns=lambda text: (RULES, dict.fromkeys(situation().versions, text)),
        step_event=step_event,
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


# --------------------------------------------------------------------- checks


def borrow(book: str = "novel", sender: str = "ann") -> Request:
    return asks(sender=sender, action="Borrow", book=book)


def give(book: str = "novel", sender: str = "ann", heir: str = "bo") -> Request:
    return asks(sender=sender, action="Give", book=book, heir=heir)


MEMBER_ANN: Values = {("member", ("ann",)): True}


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


# -------------------------------------------------------------------- changes


def holder(of: str, where: Situation) -> str | bool | None:
    return where.values.get(("lent", (of,)))


def test_an_accepted_request_has_the_effects_whose_condition_holds() -> None:
    """A gift moves the book to the heir and a loan to the sender; other books stay where they are."""
    old = situation(ANN_HAS_NOVEL)
    assert holder("novel", apply_request(RULES, old, give())) == "bo"
    assert holder("atlas", apply_request(RULES, old, borrow("atlas", "bo"))) == "bo"
    assert holder("novel", apply_request(RULES, old, borrow("atlas", "bo"))) == "ann"


def test_an_update_of_something_absent_changes_nothing() -> None:
    """A loan of no book leaves every place as it was."""
    old = situation(ANN_HAS_NOVEL)
    assert same_situation(apply_request(RULES, old, asks(sender="bo", action="Borrow")), old)


def test_effects_are_those_of_the_last_component_on_the_route() -> None:
    """Where the counter's version has no effects, the loan has none, whatever the gate's version says."""
    lazy = replace(RULES["new"], effects=())
    rules = {"old": RULES["old"], "new": lazy}
    assert holder("novel", apply_request(rules, situation(gate="old", main="new"), borrow())) is None
    assert holder("novel", apply_request(rules, situation(gate="new", main="old"), borrow())) == "ann"


def test_no_effect_wins_where_two_write_the_same_place() -> None:
    """The loader refuses such laws; the meaning answers nothing rather than the one or the other."""
    late = Effect("late", None, (update("lent", (ASKED,), LIBRARY),), (), SPAN)
    for effects in ((*RULES["old"].effects, late), (late, *RULES["old"].effects)):
        rules = {"old": replace(RULES["old"], effects=effects)}
        with pytest.raises(TwoValues, match=re.escape("`lent(novel)`")):
            apply_request(rules, situation(), borrow())


def test_bulk_updates_read_the_situation_before_the_step() -> None:
    """Partners swap their holders: neither sees the other's new one."""
    old = situation(
        {
            ("partner", ("novel",)): "atlas",
            ("partner", ("atlas",)): "novel",
            ("lent", ("novel",)): "ann",
            ("lent", ("atlas",)): "bo",
            ("lent", ("stray",)): "bo",
        }
    )
    new = apply_event(RULES["old"], old, "rotate", {})
    assert [holder(each, new) for each in ("novel", "atlas", "stray")] == ["bo", "ann", "bo"]


def test_an_optional_argument_that_is_absent_makes_the_value_absent() -> None:
    """A book handed over to nobody has no holder any longer."""
    old = situation(ANN_HAS_NOVEL)
    assert event_enabled(RULES["old"], old, "hand-over", {"b": "novel"})
    assert holder("novel", apply_event(RULES["old"], old, "hand-over", {"b": "novel"})) is None
    assert holder("novel", apply_event(RULES["old"], old, "hand-over", {"b": "novel", "r": "bo"})) == "bo"


def test_a_function_that_always_has_a_value_keeps_it_when_the_new_one_is_absent() -> None:
    """A book without a home stays on the shelf on which it stands."""
    effect = Effect("tidy", None, (update("shelf", (ASKED,), Apply("home", (ASKED,), DESK)),), (), SPAN)
    rules = {"old": replace(RULES["old"], effects=(effect,))}
    assert apply_request(rules, situation(), borrow("atlas")).values[("shelf", ("atlas",))] == "Annex"
    assert apply_request(rules, situation(), borrow("stray")).values[("shelf", ("stray",))] == "Main"


def test_a_fact_becomes_true_or_false() -> None:
    """One who leaves is no longer a member; one who joins is."""
    leave = Effect("leave", None, (update("member", (SENDER,), Truth(value=False)),), (), SPAN)
    rules = {"old": replace(RULES["old"], effects=(leave,))}
    assert ("member", ("ann",)) not in apply_request(rules, situation(MEMBER_ANN), borrow()).values
    joined = apply_event(RULES["old"], situation(), "joins", {"r": "ann"})
    assert joined.values[("member", ("ann",))] is True


def test_absent_written_removes_the_value() -> None:
    """After an effect that writes `absent`, the book has no holder."""
    clear = Effect("clear", None, (update("lent", (ASKED,), Absent()),), (), SPAN)
    rules = {"old": replace(RULES["old"], effects=(clear,))}
    assert holder("novel", apply_request(rules, situation(ANN_HAS_NOVEL), borrow())) is None


@pytest.mark.parametrize(
    ("event", "arguments", "expected"),
    [
        ("joins", {"r": "bo"}, True),
        ("joins", {"r": "ann"}, False),
        ("joins", {}, False),
        ("joins", {"r": "novel"}, False),
        ("joins", {"r": "bo", "s": "bo"}, False),
        ("rotate", {}, True),
    ],
)
def test_an_event_needs_its_arguments_and_its_condition(
    event: str, arguments: dict[str, str], expected: bool
) -> None:
    """It cannot happen to a member again, without its argument, with a wrong sort or with one too many."""
    assert event_enabled(RULES["old"], situation(MEMBER_ANN), event, arguments) is expected


# --------------------------------------------------------------------- replay


def story(*steps: Step, start: Situation | None = None, last_refused: bool = False) -> Trace:
    situations = [start or situation()]
    for step in steps[: len(steps) - last_refused]:
        here = situations[-1]
        if step.request is not None:
            situations.append(apply_request(RULES, here, step.request))
        else:
            situations.append(apply_event(RULES["old"], here, step.event or "", step.arguments))
    if last_refused:
        situations.append(situations[-1])
    return Trace(tuple(situations), steps)


JOINS = Step("event", event="joins", arguments={"r": "ann"})
BORROWS = Step("request", request=borrow())


def test_a_story_that_can_happen_replays() -> None:
    """Ann joins, borrows and gives away: three steps from a start without an objection."""
    assert replay(RULES, story(JOINS, BORROWS, Step("request", request=give())), starts=True) is None


def test_a_story_must_begin_at_a_start_only_if_it_says_so() -> None:
    """A book is lent from the beginning: fine in the middle of things, refused as a start."""
    trace = story(JOINS, start=situation(ANN_HAS_NOVEL))
    assert replay(RULES, trace, starts=False) is None
    assert replay(RULES, trace, starts=True) == "situation 0: it is not a start"


def test_a_refused_request_is_allowed_only_as_the_announced_last_step() -> None:
    """A refusal is an objection unless announced; so is an acceptance where a refusal was announced."""
    trace = story(BORROWS, last_refused=True)
    assert replay(RULES, trace, starts=True) == "step 1: the request is refused"
    assert replay(RULES, trace, starts=True, last_refused=True) is None
    accepted = story(JOINS, BORROWS)
    assert replay(RULES, accepted, starts=True, last_refused=True) == "step 2: the request is accepted"


def test_a_story_may_not_claim_another_successor() -> None:
    """A last situation that the step does not lead to is found, with its number."""
    trace = story(JOINS, BORROWS)
    forged = (*trace.situations[:2], trace.situations[1])
    assert replay(RULES, Trace(forged, trace.steps), starts=True) == "step 2: it does not lead to situation 2"


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (Step("event", event="joins", arguments={}), "step 1: the event `joins` cannot happen"),
        (Step("event", event="burns"), "step 1: there is no event `burns`"),
        (Step("request", request=asks(sender="ann")), "step 1: the request is not well-formed"),
    ],
)
def test_a_story_may_not_contain_what_cannot_happen(step: Step, reason: str) -> None:
    """An event without its argument, an unknown event and an ill-formed request are each named."""
    trace = Trace((situation(), situation()), (step,))
    assert replay(RULES, trace, starts=True) == reason


def test_every_situation_of_a_story_is_within_the_axioms() -> None:
    """A story whose only situation breaks an axiom is refused by the axiom's name."""
    trace = Trace((situation({("member", ("Library",)): True}),), ())
    assert replay(RULES, trace, starts=False) == "situation 0: the axiom `the-library-is-no-member` is false"


def test_a_deployment_step_changes_the_version_at_one_instance() -> None:
    """The main counter goes over to `new`; an unknown version or a counter that is not there is refused."""

    def deploys(version: str, index: str = "Main") -> Step:
        return Step(
            "event", event="deploy", arguments={"component": "Counter", "index": index, "version": version}
        )

    after = situation(main="new")
    assert replay(RULES, Trace((situation(), after), (deploys("new"),)), starts=True) is None
    assert replay(RULES, Trace((situation(), after), (deploys("draft"),)), starts=True) == (
        "step 1: there is no version `draft`"
    )
    assert replay(RULES, Trace((situation(), after), (deploys("new", "Cellar"),)), starts=True) == (
        "step 1: there is no component `Counter`"
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({("lent", ("map",)): "ann"}, "`lent(map)` is not a place in this vocabulary"),
        ({("lent", ("novel",)): "map"}, "`lent(novel)` is not a Reader"),
        ({("member", ("ann",)): "yes"}, "`member(ann)` is a fact"),
        ({("valuable", ("Atlas",)): False}, "`valuable(Atlas)` is not what its table says"),
    ],
)
def test_a_situation_is_made_of_declared_places_and_values(changes: Values, problem: str) -> None:
    """Unknown things, wrong sorts and what contradicts a table are named; the plain situation passes."""
    assert well_made(RULES["old"], situation(changes)) == problem
    assert well_made(RULES["old"], situation()) is None


def test_a_function_that_is_not_optional_needs_a_value_everywhere() -> None:
    """A novel without a kind is no situation."""
    values = {place: value for place, value in situation().values.items() if place != ("kind", ("novel",))}
    assert well_made(RULES["old"], replace(situation(), values=values)) == "`kind(novel)` has no value"
