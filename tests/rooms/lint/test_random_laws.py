"""What lint says of random laws, held against every request in every situation of a small concrete world."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

import pytest

from checker.model.claim import Column
from checker.model.decision import CheckReport, Decision
from checker.model.evaluate import Environment, decide, holds
from checker.model.expressions import Variable
from checker.model.model import Model, Typical
from checker.model.situation import Request, Situation
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.rooms.lint.finding import Finding
from tests.regimes_agree.trials import make_trial
from tests.rooms.lint.lint_laws import law, linted
from tests.support.params import with_long
from tests.worlds.concrete import TooMany, World, things_of

SEED, LAWS, CLAIMS = 7, 12, 1
DECIDING = 2  # a law whose checks refuse something
SOME = 6  # laws that are not long
SMALL, STATES, DECISIONS = 4_000, 40, 3_000  # situations of a world, and what is looked at of them


def refused_alone(decision: Decision, name: str) -> bool:
    failing = {each.check.name for each in decision.checks if each.fails}
    return failing == {name}


def answers(decision: Decision, model: Model) -> Iterator[CheckReport]:
    """The checks that may answer: those that refuse, without any that is asked after another of them."""
    names = [each.check.name for each in decision.refusing]
    for each in decision.refusing:
        order = model.orders.get(each.component[0])
        published = order.published if order is not None and order.published else ()
        earlier = published[: published.index(each.check.name)] if each.check.name in published else ()
        codes = {x.check.code for x in decision.refusing if x.check.name in set(earlier) & set(names)}
        if not codes - {each.check.code}:
            yield each


def exempting(decision: Decision, clause: str) -> list[set[str]]:
    """The limbs that hold, for every check that only an exemption saves, if this is one of them."""
    limbs = [{x.limb.clause for x in each.exempting} for each in decision.checks if each.would_fail]
    return [each for each in limbs if clause in each]


def as_typical(names: Sequence[str], here: Situation, request: Request, model: Model) -> bool:
    """Whether the request, or things of the situation, are as all these marks say."""
    marks = [each for each in model.typical if each.name in names]
    things = [here.things.get(v.sort.name, v.sort.values) for v in most(marks)]
    for chosen in product(*things):
        given = list(zip(most(marks), chosen, strict=True))
        envs = [
            Environment(
                model,
                here,
                variables={
                    mine.name: nth(given, mine.sort.name, [v.sort.name for v in each.variables[:at]])
                    for at, mine in enumerate(each.variables)
                },
                requests={"": request},
            )
            for each in marks
        ]
        if all(holds(each.formula.formula, env) for each, env in zip(marks, envs, strict=True)):
            return True
    return False


def most(marks: Sequence[Typical]) -> list[Variable]:
    """As many variables of every sort as the mark that has most of it."""
    found: list[Variable] = []
    for each in marks:
        left = [v.sort.name for v in found]
        for variable in each.variables:
            if variable.sort.name in left:
                left.remove(variable.sort.name)
            else:
                found.append(variable)
    return found


def nth(given: Sequence[tuple[Variable, str]], sort: str, before: Sequence[str]) -> str:
    """What was chosen for the next variable of a sort."""
    return [chosen for variable, chosen in given if variable.sort.name == sort][before.count(sort)]


def contradicts(finding: Finding, decision: Decision, model: Model, here: Situation) -> bool:
    """Whether a decision is one that there cannot be if the finding is true."""
    subject = finding.subject
    match finding.kind:
        case "exemption-never-applies":
            return bool(exempting(decision, subject))
        case "exemption-covered":
            return {subject} in exempting(decision, subject)
        case "exemption-without-effect":
            return bool(exempting(decision, subject)) and decision.accepted
        case "check-never-fails":
            return any(each.fails for each in decision.checks if each.check.name == subject)
        case "check-repeated":
            return refused_alone(decision, subject)
        case "code-cannot-occur":
            return any(each.check.code == subject for each in answers(decision, model))
        case "check-never-answers":
            return any(each.check.name == subject for each in answers(decision, model))
        case "typical-never" | "typical-at-odds":
            return as_typical(re.findall("`(.*?)`", finding.message), here, decision.request, model)
        case _:
            return False


def read_otherwise(finding: Finding, one: Decision, other: Decision) -> bool:
    """Whether two decisions on one request are not as alike as the finding says."""
    refusing = [{x.check.name for x in each.refusing} for each in (one, other)]
    with_codes = finding.kind != "reading-changes-codes-only"
    return one.accepted != other.accepted or (with_codes and refusing[0] != refusing[1])


def decisions(world: World) -> Iterator[tuple[Situation, Decision]]:
    """Decisions on well-formed requests in situations within the axioms, from all over the world."""
    states = world.situations
    for request in world.requests:
        for state in states[:: max(1, len(states) // STATES)]:
            if world.fit(request)(state):
                values = {
                    at: value for at, value in zip(world.places, state, strict=True) if value is not None
                }
                here = Situation(world.things, values, world.versions)
                yield here, decide(world.rules, here, request)


def contradicted(regime: Regime, version: str, findings: tuple[Finding, ...]) -> tuple[int, list[str]]:
    """How many decisions were looked at, and which findings they contradict."""
    column = Column(version)
    model = regime.model(column)
    people = dict.fromkeys(model.sorts, 1)
    world = World(regime, column, things_of(model, people), most=SMALL)
    readings = {x.subject: regime.rules(Column(version, (x.subject,))) for x in findings if is_reading(x)}
    wrong: list[str] = []
    count = 0
    for here, decision in islice(decisions(world), DECISIONS):
        count += 1
        for each in findings:
            if is_reading(each):
                other = decide(readings[each.subject], here, decision.request)
                bad = read_otherwise(each, decision, other)
            else:
                bad = contradicts(each, decision, model, here)
            wrong += [f"{each.kind} {each.subject}"] if bad else []
    return count, wrong


def is_reading(finding: Finding) -> bool:
    return finding.kind.startswith("reading-")


@pytest.mark.parametrize("number", with_long(range(LAWS), lambda number: number >= SOME))
def test_no_decision_contradicts_what_is_found(number: int) -> None:
    """No request in a small world is decided as a finding says that none is."""
    regime = load_texts(make_trial(SEED, number, CLAIMS).texts)
    for version in regime.versions:
        findings = tuple(each for each in linted(regime, version).findings if each.claims)
        try:
            count, wrong = contradicted(regime, version, findings)
        except TooMany:
            continue
        assert not wrong
        assert count


def test_a_false_finding_is_contradicted() -> None:
    """Of every rule that decides something in a small world, the opposite is refused."""
    regime = load_texts(make_trial(SEED, DECIDING, CLAIMS).texts)
    model = regime.model(Column("old"))
    false = [
        Finding("check-never-fails", each.name, "", "", (), each.span, ("old",)) for each in model.checks
    ]
    _, wrong = contradicted(regime, "old", tuple(false))
    assert wrong


def test_a_false_finding_about_marks_is_contradicted() -> None:
    """A mark that something meets is not one that nothing meets."""
    regime = law('typical coming "One enters." because "x" means act is Enter')
    (mark,) = regime.model(Column("old")).typical
    false = Finding(
        "typical-never", mark.name, f"nothing can be as `{mark.name}` says", "", (), mark.span, ()
    )
    _, wrong = contradicted(regime, "old", (false,))
    assert wrong


def test_random_laws_have_marks_that_are_found() -> None:
    """Else nothing above would look at them."""
    laws = [load_texts(make_trial(SEED, number, CLAIMS).texts) for number in range(LAWS)]
    assert any(regime.model(Column("old")).typical for regime in laws)
