"""Each sentence of the reference on meaning, asked of a regime that is small enough to check by eye."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from checker.model.evaluate import (
    Environment,
    TwoValues,
    apply_event,
    apply_request,
    decide,
    event_enabled,
    exempted,
    fails,
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
    ExactlyOne,
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
THINGS = {"ann": "ann", "bo": "bo", "novel": "novel", "atlas": "atlas", "nobody": None, "nothing": None}
ANN_HAS_NOVEL = {("lent", ("novel",)): "ann"}
TRUE, FALSE = Truth(value=True), Truth(value=False)


def world(
    values: Mapping[tuple[str, tuple[str, ...]], str | bool] | None = None,
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
    assert not holds(formula, world())
    assert holds(Not(formula), world())


def test_matches_is_true_of_two_absent_values_where_is_is_false() -> None:
    both = (lent(NOVEL_BOOK), lent(ATLAS_BOOK))
    assert holds(Matches(*both), world())
    assert not holds(Is(*both), world())
    assert holds(Matches(lent(NOVEL_BOOK), ANN), world(ANN_HAS_NOVEL))
    assert not holds(Matches(*both), world(ANN_HAS_NOVEL))


def test_a_definition_stands_for_its_body_also_when_a_parameter_is_absent() -> None:
    assert not holds(Call("holds-one", (NOBODY,), FACT), world(ANN_HAS_NOVEL))
    assert holds(Call("idle", (NOBODY,), FACT), world())


# --------------------------------------------------------------------- terms


def test_a_table_knows_and_what_it_leaves_open_is_read_from_the_situation() -> None:
    def valuable(of: Term) -> Apply:
        return Apply("valuable", (of,), FACT)

    assert holds(valuable(ATLAS), world())
    assert not holds(valuable(NOVEL), world())
    assert holds(valuable(NOVEL), world({("valuable", ("Novel",)): True}))
    assert holds(valuable(ATLAS), world({("valuable", ("Atlas",)): False}))


def test_a_table_can_know_that_a_value_is_absent() -> None:
    assert term_value(Apply("days", (ATLAS,), DESK), world({("days", ("Atlas",)): "Main"})) is None
    assert term_value(Apply("days", (NOVEL,), DESK), world()) == "Main"


def test_cases_take_the_first_branch_that_holds_and_are_absent_without_one() -> None:
    branches = ((ANN, FALSE), (BO, TRUE), (LIBRARY, TRUE))
    assert term_value(Cases(branches, ANN, READER), world()) == "bo"
    assert term_value(Cases(branches[:1], LIBRARY, READER), world()) == "Library"
    assert term_value(Cases(branches[:1], None, READER), world()) is None


def test_a_definition_reads_its_own_parameters_and_not_the_variables_around_it() -> None:
    keeper = Call("keeper", (ATLAS_BOOK,), READER)
    env = replace(world({("lent", ("atlas",)): "bo"}), variables={**THINGS, "b": "novel"})
    assert term_value(keeper, env) == "bo"
    assert term_value(keeper, world()) == "Library"


def test_a_definition_that_reads_a_request_reads_the_one_it_is_asked_of() -> None:
    env = replace(
        world(ANN_HAS_NOVEL),
        requests={"": asks(sender="bo", book="novel"), "r": asks(sender="ann", book="novel")},
    )
    assert holds(Call("mine", (), FACT, "r"), env)
    assert not holds(Call("mine", (), FACT), env)
    assert not holds(Call("mine", (), FACT, "s"), env)


def test_a_premise_is_called_like_a_definition() -> None:
    assert holds(Call("joined", (ANN,), FACT), world({("member", ("ann",)): True}))
    assert not holds(Call("joined", (BO,), FACT), world({("member", ("ann",)): True}))


def test_the_version_of_an_indexed_component_is_that_of_the_instance() -> None:
    env = world(gate="old", main="new", annex="old")
    home = Apply("home", (NOVEL_BOOK,), DESK)
    assert term_value(VersionOf("Counter", home, VERSION), env) == "new"
    assert term_value(VersionOf("Counter", Value(DESK, "Annex"), VERSION), env) == "old"
    assert term_value(VersionOf("Gate", None, VERSION), env) == "old"


# ------------------------------------------------------------------ formulas


def test_connectives_have_their_usual_truth_tables() -> None:
    env = world()
    for left in (TRUE, FALSE):
        for right in (TRUE, FALSE):
            p, q = left.value, right.value
            assert holds(And((left, right)), env) == (p and q)
            assert holds(Or((left, right)), env) == (p or q)
            assert holds(Implies(left, right), env) == (not p or q)
            assert holds(Iff(left, right), env) == (p == q)


def test_quantifiers_range_over_the_things_of_the_situation_constants_included() -> None:
    everyone = every((R,), member(R))
    members = {("member", (name,)): True for name in ("ann", "bo", "Library")}
    assert holds(everyone, world(members))
    assert not holds(everyone, world({**members, ("member", ("Library",)): False}))
    assert holds(
        every((R,), member(R), where=Not(Is(R, LIBRARY))),
        world({**members, ("member", ("Library",)): False}),
    )


def test_quantifiers_range_over_the_values_of_an_enum() -> None:
    k = Variable("k", KIND)
    valuable = Apply("valuable", (k,), FACT)
    assert holds(some((k,), valuable), world())
    assert not holds(every((k,), valuable), world())


def test_where_restricts_some_by_and_and_every_by_implies() -> None:
    novel = Is(kind(B), NOVEL)
    env = world({("lent", ("atlas",)): "ann"})
    assert not holds(some((B,), where=novel, body=Present(lent(B))), env)
    assert holds(every((B,), where=Not(novel), body=Present(lent(B))), env)
    assert not holds(every((B,), where=novel, body=Present(lent(B))), env)


def test_several_variables_range_independently() -> None:
    other = Variable("c", BOOK)
    shared = And((Not(Is(B, other)), Is(lent(B), lent(other))))
    pair = some((B, other), shared)
    assert holds(pair, world({("lent", ("atlas",)): "ann", ("lent", ("stray",)): "ann"}))
    assert not holds(pair, world({("lent", ("atlas",)): "ann", ("lent", ("stray",)): "bo"}))


def test_exactly_one_is_one_and_no_other() -> None:
    """Nobody, one of many, two and all: only one is one. Constants are things like all others."""
    alone = ExactlyOne(R, member(R))
    ann, library = ("member", ("ann",)), ("member", ("Library",))
    assert not holds(alone, world())
    assert holds(alone, world({ann: True}))
    assert holds(alone, world({library: True}))
    assert not holds(alone, world({ann: True, library: True}))


def test_exactly_one_counts_the_values_of_an_enum() -> None:
    """Of an enum, what is counted is its values."""
    k = Variable("k", KIND)
    assert holds(ExactlyOne(k, Is(k, NOVEL)), world())
    assert not holds(ExactlyOne(k, Is(k, k)), world())
    assert not holds(ExactlyOne(k, Not(Is(k, k))), world())


def test_before_reads_the_situation_before_the_step() -> None:
    env = world(ANN_HAS_NOVEL, before=situation({("lent", ("novel",)): "bo"}))
    assert term_value(Before(lent(NOVEL_BOOK), READER), env) == "bo"
    assert holds(Before(Is(lent(NOVEL_BOOK), BO)), env)
    assert holds(Is(lent(NOVEL_BOOK), ANN), env)


def test_before_without_a_step_is_refused() -> None:
    with pytest.raises(ValueError, match="no step"):
        holds(Before(TRUE), world())


def test_step_is_names_the_event() -> None:
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
    assert well_formed(RULES["old"], situation(), request_) is expected


# --------------------------------------------------------------------- checks


def borrow(book: str = "novel", sender: str = "ann") -> Request:
    return asks(sender=sender, action="Borrow", book=book)


def give(book: str = "novel", sender: str = "ann", heir: str = "bo") -> Request:
    return asks(sender=sender, action="Give", book=book, heir=heir)


MEMBER_ANN = {("member", ("ann",)): True}


def test_a_check_fails_when_it_applies_and_a_requirement_is_false() -> None:
    assert not decide(RULES, situation(), borrow()).accepted
    assert decide(RULES, situation(MEMBER_ANN), borrow()).accepted


def test_a_check_passes_what_it_does_not_apply_to() -> None:
    without_book = asks(sender="ann", action="Borrow")
    atlas = borrow("atlas")
    for request in (without_book, atlas):
        gate = decide(RULES, situation(), request).stages[0].checks[0]
        assert (gate.applies, gate.met, gate.fails) == (False, False, False)


def test_the_route_skips_a_component_whose_index_is_absent() -> None:
    old = situation()
    assert route(RULES, old, borrow("novel")) == (("Gate", None), ("Counter", "Main"))
    assert route(RULES, old, borrow("atlas")) == (("Gate", None), ("Counter", "Annex"))
    assert route(RULES, old, borrow("stray")) == (("Gate", None),)
    assert route(RULES, old, asks(sender="ann", action="Borrow")) == (("Gate", None),)


def test_the_route_skips_a_stage_whose_condition_is_false() -> None:
    first, second = RULES["old"].route
    rules = {"old": replace(RULES["old"], route=(replace(first, when=Is(ACT, GIVE)), second))}
    assert route(rules, situation(), borrow()) == (("Counter", "Main"),)
    assert len(route(rules, situation(), give())) == 2


def test_the_first_component_that_refuses_is_told_and_later_ones_are_still_reported() -> None:
    decision = decide(RULES, situation(), give())
    assert decision.refused_at == ("Gate", None)
    assert [each.check.name for each in decision.refusing] == ["membership"]
    assert [each.reached for each in decision.stages] == [True, False]
    assert [each.check.name for each in decision.stages[1].refusing] == ["counter-membership", "own-book"]


def test_all_checks_that_fail_at_the_refusing_component_are_told() -> None:
    decision = decide({**RULES, "open": replace(RULES["old"], checks=())}, situation(gate="open"), give())
    assert decision.refused_at == ("Counter", "Main")
    assert [each.check.code for each in decision.refusing] == ["N9", "N3"]


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


def test_items_are_reported_with_their_truth() -> None:
    report = decide(RULES, situation(), borrow()).stages[0].checks[0]
    assert [each.holds for each in report.items] == [True, False, False, None]


def test_an_exemption_lets_a_check_pass_that_would_otherwise_fail() -> None:
    holder = situation({("lent", ("stray",)): "ann"}, gate="new", main="new", annex="new")
    decision = decide(RULES, holder, borrow("novel"))
    report = decision.stages[0].checks[0]
    assert decision.accepted
    assert report.would_fail
    assert report.exempting[0].limb.clause == "R 2(a)"
    assert report.exempting[0].things == {"b": "stray"}
    assert exempted(decision, "R 2(a)")


def test_a_limb_needs_one_thing_of_which_every_condition_holds() -> None:
    holds_atlas_only = situation({("lent", ("atlas",)): "ann"}, gate="new")
    report = decide(RULES, holds_atlas_only, borrow("novel")).stages[0].checks[0]
    assert report.fails
    assert not report.limbs[0].holds
    assert [each.holds for each in report.limbs[0].items].count(True) == 1


def test_a_limb_over_a_sort_without_things_does_not_hold() -> None:
    empty = replace(situation(MEMBER_ANN, gate="new"), things={"Reader": ("Library", "ann"), "Book": ()})
    limb = decide(RULES, empty, asks(sender="ann", action="Borrow")).stages[0].checks[0].limbs[0]
    assert not limb.holds
    assert limb.things == {"b": None}


def test_a_limb_that_holds_exempts_nothing_where_the_check_would_pass() -> None:
    holder = {**MEMBER_ANN, ("lent", ("stray",)): "ann"}
    decision = decide(RULES, situation(holder, gate="new", main="new"), borrow())
    assert decision.stages[0].checks[0].exempting
    assert not exempted(decision, "R 2(a)")


def test_exempted_by_the_chapeau_or_a_limb_above_is_exempted_by_a_limb_below() -> None:
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
    values = {("lent", ("stray",)): "ann"}
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
    values = {("lent", ("stray",)): "ann"}
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
    assert holds(formula, world(request=give())) is expected


def test_rejected_by_a_later_component_needs_the_earlier_ones_to_pass() -> None:
    env = world(MEMBER_ANN, request=give())
    assert holds(Outcome("rejected", "r", "own-book"), env)
    assert holds(Outcome("rejected", "r", "Counter"), env)
    assert not holds(Outcome("rejected", "r", "counter-membership"), env)


def test_a_check_whose_component_is_not_on_the_route_passes() -> None:
    env = world(MEMBER_ANN, request=give("stray"))
    assert holds(Outcome("passes", "r", "own-book"), env)
    assert holds(Outcome("passes", "r", "Counter"), env)
    assert holds(Outcome("accepted", "r"), env)


def test_an_outcome_can_be_asked_under_another_column() -> None:
    env = world({("lent", ("stray",)): "ann"}, request=borrow())
    assert not holds(Outcome("accepted", "r"), env)
    assert holds(Outcome("accepted", "r", column="new"), env)
    assert holds(Outcome("exempted", "r", "R 2(a)", column="new"), env)


def test_an_outcome_can_be_asked_with_parameters_replaced() -> None:
    env = world(MEMBER_ANN, request=borrow(sender="bo"))
    by_ann = (("sender", ANN),)
    assert not holds(Outcome("accepted", "r"), env)
    assert holds(Outcome("accepted", "r", changes=by_ann), env)
    assert holds(Outcome("accepted", "r", changes=(("book", ATLAS_BOOK),)), env)
    assert holds(Outcome("accepted", "r", changes=(("book", NOTHING),)), env)


def test_an_outcome_before_the_step_is_asked_of_the_earlier_situation() -> None:
    env = world(MEMBER_ANN, request=borrow(), before=situation())
    assert holds(Outcome("accepted", "r"), env)
    assert not holds(Before(Outcome("accepted", "r")), env)


# -------------------------------------------------------------------- changes


def holder(of: str, where: Situation) -> str | bool | None:
    return where.values.get(("lent", (of,)))


def test_an_accepted_request_has_the_effects_whose_condition_holds() -> None:
    old = situation(ANN_HAS_NOVEL)
    assert holder("novel", apply_request(RULES, old, give())) == "bo"
    assert holder("atlas", apply_request(RULES, old, borrow("atlas", "bo"))) == "bo"
    assert holder("novel", apply_request(RULES, old, borrow("atlas", "bo"))) == "ann"


def test_an_update_of_something_absent_changes_nothing() -> None:
    old = situation(ANN_HAS_NOVEL)
    assert same_situation(apply_request(RULES, old, asks(sender="bo", action="Borrow")), old)


def test_effects_are_those_of_the_last_component_on_the_route() -> None:
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
    old = situation(ANN_HAS_NOVEL)
    assert event_enabled(RULES["old"], old, "hand-over", {"b": "novel"})
    assert holder("novel", apply_event(RULES["old"], old, "hand-over", {"b": "novel"})) is None
    assert holder("novel", apply_event(RULES["old"], old, "hand-over", {"b": "novel", "r": "bo"})) == "bo"


def test_a_function_that_always_has_a_value_keeps_it_when_the_new_one_is_absent() -> None:
    effect = Effect("tidy", None, (update("shelf", (ASKED,), Apply("home", (ASKED,), DESK)),), (), SPAN)
    rules = {"old": replace(RULES["old"], effects=(effect,))}
    assert apply_request(rules, situation(), borrow("atlas")).values[("shelf", ("atlas",))] == "Annex"
    assert apply_request(rules, situation(), borrow("stray")).values[("shelf", ("stray",))] == "Main"


def test_a_fact_becomes_true_or_false() -> None:
    leave = Effect("leave", None, (update("member", (SENDER,), Truth(value=False)),), (), SPAN)
    rules = {"old": replace(RULES["old"], effects=(leave,))}
    assert ("member", ("ann",)) not in apply_request(rules, situation(MEMBER_ANN), borrow()).values
    joined = apply_event(RULES["old"], situation(), "joins", {"r": "ann"})
    assert joined.values[("member", ("ann",))] is True


def test_absent_written_removes_the_value() -> None:
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
    assert replay(RULES, story(JOINS, BORROWS, Step("request", request=give())), starts=True) is None


def test_a_story_must_begin_at_a_start_only_if_it_says_so() -> None:
    trace = story(JOINS, start=situation(ANN_HAS_NOVEL))
    assert replay(RULES, trace, starts=False) is None
    assert replay(RULES, trace, starts=True) == "situation 0: it is not a start"


def test_a_refused_request_is_allowed_only_as_the_announced_last_step() -> None:
    trace = story(BORROWS, last_refused=True)
    assert replay(RULES, trace, starts=True) == "step 1: the request is refused"
    assert replay(RULES, trace, starts=True, last_refused=True) is None
    accepted = story(JOINS, BORROWS)
    assert replay(RULES, accepted, starts=True, last_refused=True) == "step 2: the request is accepted"


def test_a_story_may_not_claim_another_successor() -> None:
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
    trace = Trace((situation(), situation()), (step,))
    assert replay(RULES, trace, starts=True) == reason


def test_every_situation_of_a_story_is_within_the_axioms() -> None:
    trace = Trace((situation({("member", ("Library",)): True}),), ())
    assert replay(RULES, trace, starts=False) == "situation 0: the axiom `the-library-is-no-member` is false"


def test_a_deployment_step_changes_the_version_at_one_instance() -> None:
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
def test_a_situation_is_made_of_declared_places_and_values(
    changes: Mapping[tuple[str, tuple[str, ...]], str | bool], problem: str
) -> None:
    assert well_made(RULES["old"], situation(changes)) == problem
    assert well_made(RULES["old"], situation()) is None


def test_a_function_that_is_not_optional_needs_a_value_everywhere() -> None:
    values = {place: value for place, value in situation().values.items() if place != ("kind", ("novel",))}
    assert well_made(RULES["old"], replace(situation(), values=values)) == "`kind(novel)` has no value"
