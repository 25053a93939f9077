"""Statements that turn at most once while time passes, and what one step may pass over for them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from checker.model.claim import Column
from checker.model.clock import TODAY
from checker.model.environment import Environment
from checker.model.expressions import Formula, History
from checker.model.meaning import holds
from checker.model.model import Model
from checker.model.situation import Situation
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.staying_so import known_at_the_end
from tests.support.answered_transfers import ANSWERED, DUTY
from tests.support.load import load

LAW = ANSWERED + 'calendar gb "Working Day" never on Saturday, Sunday\n'
ASKED = 739_700  # Friday 27 March 2026
CLAIM = 'claim 1 a "A."\n    from "1"\n    for d: Domain\n    {}\n    expect proved in v\n'
LATE = "today later than asked-on(d) plus {}"
LATE_E = LATE.replace("(d)", "(e)")

TURN_ONCE = (
    LATE.format("5 days"),
    LATE.format("1 month"),
    LATE.format("5 working days"),
    "today no later than asked-on(d) plus 1 month",
    "today minus 3 days no earlier than asked-on(d)",
    "today plus 1 month later than asked-on(d) plus 40 days",
    "asked-on(d) earlier than earliest of (today, 1 May 2026)",
    "not (today no later than asked-on(d) plus 2 days)",
    f"pending(d) is present and {LATE.format('5 days')}",
    f"{LATE.format('5 days')} implies pending(d) is present",
    f"for some e: Domain: {LATE_E.format('9 days')}",
    f"at most one e: Domain where {LATE_E.format('9 days')}",
    "days from asked-on(d) to today at least 4 days",
    "pending(d) is present",
)
TURN_TWICE = (
    "today is asked-on(d) plus 3 days",
    "today within 5 days after asked-on(d)",
    f"{LATE.format('2 days')} and not ({LATE.format('3 days')})",
    f"{LATE.format('3 days')} implies {LATE.format('9 days')}",
    f"exactly one e: Domain where {LATE_E.format('9 days')}",
    f"{LATE.format('2 days')} and (at most one e: Domain where {LATE_E.format('9 days')})",
    f"for every e: Domain where {LATE_E.format('9 days')}: {LATE.format('20 days')}",
    f"for some e: Domain where {LATE_E.format('2 days')}: not ({LATE.format('9 days')})",
    f"{LATE.format('2 days')} and days from today to 10 April 2026 at least 4 days",
    "today is today minus 1 days plus 1 working days",
)


def _asked(text: str) -> tuple[Model, History]:
    """The model of a law whose claim asks whether something has ever been so."""
    model = load(LAW, CLAIM.format(f"always not ever ({text})")).model(Column("v"))
    (history,) = (each.history for each in model.functions.values() if each.history is not None)
    return model, history


def _turns(model: Model, said: Formula, history: History) -> int:
    """How often it turns in forty days, during which the others are as they are."""
    things = {"Domain": ("d", "e"), "User": ("Registry", "u")}
    known: dict[tuple[str, tuple[str, ...]], str | bool] = {}
    known |= {
        ("asked-on", ("d",)): str(ASKED),
        ("asked-on", ("e",)): str(ASKED + 4),
        ("pending", ("d",)): "u",
    }
    seen = []
    for day in range(ASKED - 3, ASKED + 40):
        situation = Situation(things, {**known, (TODAY, ()): str(day)}, {})
        env = Environment(model, situation, variables={each.name: "d" for each in history.variables})
        seen.append(holds(said, env))
    return sum(one is not other for one, other in pairwise(seen))


@pytest.mark.parametrize("text", TURN_ONCE)
def test_what_turns_once_is_known_at_the_end(text: str) -> None:
    """It turns at most once, day by day, and so whoever has waited knows whether it has ever been so."""
    model, history = _asked(text)
    assert known_at_the_end(model, history)
    assert _turns(model, history.parts[0], history) <= 1


@pytest.mark.parametrize("text", TURN_TWICE)
def test_what_turns_twice_is_not(text: str) -> None:
    """What may be so in the midst of a wait alone is not known at its end. All of these turn at least twice
    in the forty days.
    """
    model, history = _asked(text)
    assert not known_at_the_end(model, history)
    assert _turns(model, history.parts[0], history) >= 2


ENDED = """
state dropped(Domain) "{1} has been dropped"
start inference "none at first": for every d: Domain: not dropped(d)
lapse drop for "T 9" with d: Domain on asked-on(d) plus 10 days when pending(d) is present
    pending(d) becomes absent inference "it is dropped"
    dropped(d) becomes true inference "and that is kept"
"""


WINDOW = f"{LATE.format('2 days')} and not ({LATE.format('3 days')})"


@pytest.mark.parametrize(
    "claim",
    [
        "always dropped(d) implies ever breach of answer(d)",
        f"always pending(d) is present and {LATE.format('5 days')} implies ever ({WINDOW})",
    ],
)
def test_what_one_step_passes_over_has_been(claim: str) -> None:
    """A duty of five days that a lapse ends on the tenth day was broken; a window of one day was open."""
    regime = load(ANSWERED + DUTY + ENDED, CLAIM.format(claim))
    (job,) = jobs_for(regime.claims)
    assert Prover(regime, budget=60, explore=0).decide(job).verdict == "proved"
