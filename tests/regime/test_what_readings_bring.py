"""What a reading brings by `also` is there under that reading and nowhere else."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.model.clock import TIME, TODAY
from checker.prove.decide import Prover
from checker.question.jobs import Effort, jobs_for
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.rooms.diff.find import differ
from checker.rooms.diff.unproved_cases import words_apart

GATES = """
sort User
state open(User) "the gate of {1} is [not] open"
state banned(User) "{1} is [not] banned"
request "{sender} asks for its gate to be opened"
    sender: User
component Gate "the gate"
route Gate
start inference "all gates are shut at first": for every u: User: not open(u)
version now "the rule"
adopted check may-open for "G 1" at Gate, reject without a published code, because "it is so"
    requires not banned(sender) inference "a banned user is refused"
effect opening
    open(sender) becomes true inference "the gate is opened"
reading later "A request may name a later day." because "nothing says when the gate is opened"
    also request day: optional date "day of opening"
    also state due(User): optional date "the day on which the gate of {1} is to be opened"
    also define waits "the request is [not] for a later day" means day later than today
    also define looked "the gate is [not] looked at on its day" means false
    in opening, when not waits
    also effect keeping when waits
        due(sender) becomes day inference "it waits for its day"
    also event banning by the environment with u: User
        "{u} is banned"
        banned(u) becomes true inference "anybody may be banned"
    also lapse opened for "G 2" with u: User on due(u) when looked implies not banned(u)
        open(u) becomes true inference "the gate is opened on that day"
    start inference "nothing waits": for every u: User: not open(u) and due(u) is absent
reading looked-at "On the day, somebody looks." because "it is not said"
    define looked means true
"""

ASKED = """
claim 1 at-once "Whoever is not banned can open its gate at once."
    from "G 1"
    for u: User
    always, if not banned(u), then possibly next open(u) by a request of u
    expect proved in now, now under later
claim 2 by-itself "No gate opens by the passing of time."
    from "G 1"
    for u: User
    always, after event time: not before open(u) implies not open(u)
    expect refuted in now under later
claim 3 banned "Nobody's gate opens who is banned."
    from "G 1"
    for u: User
    always, after event time: (before banned(u)) and not before open(u) implies not open(u)
    expect refuted in now under later
    expect proved in now under later and looked-at, now under looked-at and later
claim 4 whatever-day "A request of somebody banned is refused, whatever day it names."
    from "G 1"
    always, for every request r where banned(r.sender): r rejected
    witness r.day later than today
    expect proved in now under later
"""

OTHER = """
reading also-due "A gate is due or not." because "it is not said"
    also state due(User) "the gate of {1} is [not] due"
"""

UNASKED = """
sort User
state open(User) "the gate of {1} is [not] open"
version now "the rule"
reading later "A request may name a later day." because "nothing says when the gate is opened"
    also request day: optional date "day of opening"
    also state shut(User) "the gate of {1} is [not] shut"
"""


def law(rules: str = GATES, claims: str = ASKED) -> Regime:
    asked = {"claims.md": f"```redline\n{claims}\n```\n"} if claims else {}
    return load_texts({"law.md": f"```redline\n{rules}\n```\n"}, asked)


@pytest.fixture(scope="module")
def gates() -> Regime:
    return law()


def test_only_its_own_columns_have_it(gates: Regime) -> None:
    """Functions, parameters, events and the clock are in the columns of the reading, and in no other."""
    plain, other, brought = (
        gates.model(gates.parse_column(each))
        for each in ("now", "now under looked-at", "now under looked-at and later")
    )
    for model in (plain, other):
        assert not {"due", TODAY} & model.functions.keys()
        assert [each.name for each in model.request] == ["sender"]
        assert not model.events
    assert {"due", TODAY} <= brought.functions.keys()
    assert [each.name for each in brought.request] == ["sender", "day"]
    assert brought.events.keys() == {"banning", TIME}


def test_verdicts_are_those_worked_out(gates: Regime) -> None:
    """Claims come out as worked out by hand, in whatever order the readings are named."""
    prover = Prover(gates)
    for job in jobs_for(gates.claims):
        result = prover.decide(job)
        assert (result.verdict, result.vacuous) == (job.expected, False), (job.claim.number, job.column)


def test_claims_alone_give_no_clock_to_others() -> None:
    """A claim that says `today` has it where a reading brings it; without such a reading, everywhere."""
    without = GATES[: GATES.index("reading later")]
    claim = 'claim 1 c "C." from "G 1" always today no earlier than today expect proved in now'
    assert TODAY in law(without, claim).model(law(without, claim).parse_column("now")).functions
    told = claim.replace("in now", "in now under later")
    assert TODAY not in law(GATES, told).model(law(GATES, told).parse_column("now")).functions


def test_columns_without_common_situations_are_not_compared(gates: Regime) -> None:
    """Where only one column has a word of what decides, the difference is unknown, with that reason."""
    now, later, looked = map(gates.parse_column, ("now", "now under later", "now under later and looked-at"))
    why = "only now under later has `day`, so no situation is one of both"
    assert words_apart(gates, now, later) == why
    assert words_apart(gates, later, looked) is None
    found = differ(gates, now, later, Effort(), "redline diff")
    assert (found.undecided, found.changes, found.same) == (why, (), False)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (GATES.replace('reading later "A request may name a later day." because '
                       '"nothing says when the gate is opened"\n', ""), "only a reading brings"),
        (GATES.replace("also state due", "also state open"), "open"),
        (GATES.replace("day later than today", "dai later than today"), "dai"),
        (GATES.replace("define looked means", "define looks means"), "looks"),
        (UNASKED, "this law has no request that could carry more"),
    ],
)  # fmt: skip
def test_mistakes_are_told(rules: str, message: str) -> None:
    """What is brought outside a reading, a name that is taken, and names that nothing has are refused."""
    with pytest.raises(SpecError) as wrong:
        law(rules, "")
    assert message in wrong.value.diagnostics[0].message


def test_two_readings_do_not_bring_one_name_to_one_column() -> None:
    """Readings may bring the same name, each in its own columns; no verdict is expected where both are."""
    again = '\nreading one "O." because "it is so"\n    also define held "it is [not] so" means false'
    again += '\nreading other "O." because "it is so"\n    also define held "it is [not] so" means true\n'
    claim = 'claim 1 c "C." from "G 1" always held expect refuted in now under one, now under other'
    assert law(GATES + again, claim).claims
    for both in ("now under one and other", "now under other and one"):
        with pytest.raises(SpecError) as wrong:
            law(GATES + again, f"{claim}, {both}")
        (told,) = wrong.value.diagnostics
        assert (told.message, told.notes[-1]) == ("there is a definition `held` already", f"in `{both}`")


def test_another_thing_of_the_same_name_is_not_meant() -> None:
    """What a claim says of a date is unknown where a reading brings a fact of that name."""
    claim = 'claim 1 c "C." from "G 1" for u: User always due(u) is absent expect refuted in now under later'
    regime = law(GATES + OTHER, f"{claim}, now under also-due")
    found = {str(each.column): Prover(regime).decide(each) for each in jobs_for(regime.claims)}
    assert found["now under later"].verdict == "refuted"
    assert found["now under also-due"].verdict == "unknown"
    assert "it mentions `due`, which" in found["now under also-due"].reason
