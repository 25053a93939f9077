"""Each sentence of the reference on steps: what requests and events change, and which stories can happen."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from checker.model.evaluate import (
    TwoValues,
    apply_event,
    apply_request,
    event_enabled,
    replay,
    same_situation,
    well_made,
)
from checker.model.expressions import (
    Absent,
    Apply,
    Truth,
)
from checker.model.model import Effect
from checker.model.situation import Situation, Step, Trace
from tests.support.lending_library import (
    ASKED,
    DESK,
    LIBRARY,
    RULES,
    SENDER,
    SPAN,
    asks,
    situation,
    update,
)
from tests.support.lending_worlds import (
    ANN_HAS_NOVEL,
    MEMBER_ANN,
    Values,
    borrow,
    give,
)

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
