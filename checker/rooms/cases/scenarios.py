"""Stories of claims as cases of several steps: every refutation, and every strategy, carried out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from checker.model.claim import Claim, Column, Compare, Difference, Leads, PossiblyAfter
from checker.model.evaluate import Rules, holds, members, step_problem, successor, term_value
from checker.model.expressions import And, Apply, Formula, Not
from checker.model.mixture import common_model
from checker.model.situation import Request, Situation, Step, Trace
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Evidence, Result, Strategy
from checker.regime.regime import Regime
from checker.rooms.cases.conditions import Saying
from checker.rooms.cases.goals import R
from checker.rooms.cases.played import Case, NotPlayed, play
from checker.trusted.replay import NotReplayed, Replayer

DEEPEST: Final = 8
"""Steps of a strategy that are tried."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case of a claim. `strategy`: it shows how something can be brought about, and not what goes wrong.
    `variant`: which component of several alike it goes by; `mixture`: which versions are deployed, if there
    are several.
    """

    case: Case
    claim: Claim
    column: Column
    strategy: bool
    keeps: Callable[[Case], bool] = field(compare=False, repr=False)
    variant: str = ""
    mixture: str = ""


def scenarios(regime: Regime, results: Iterable[Result]) -> Iterator[Scenario]:
    """Yield the stories of verdicts as cases: of what is refuted, what happens; of what can be brought about,
    how it is.
    """
    for result in results:
        if result.verdict == "refuted" and result.evidence.trace is not None:
            yield from told_by(regime, result, regime.rules(result.column), strategy=False)
        elif result.verdict == "proved" and result.evidence.ways:
            yield from _of_strategy(regime, result, result.witness)
        elif result.verdict == "proved" and result.evidence.trace is not None:
            yield from told_by(regime, result, regime.rules(result.column), strategy=True)


def told_by(regime: Regime, result: Result, rules: Rules, *, strategy: bool) -> Iterator[Scenario]:
    """Yield the story of a verdict with the requests that are tried at its end, if it is one. `rules`: of all
    versions that are deployed in it.
    """
    evidence = result.evidence
    trace, way = evidence.trace, evidence.way
    assert trace is not None
    steps = (*(way.steps if way else ()), *trace.steps)
    tried = (*evidence.requests.values(), *((evidence.attempt,) if evidence.attempt else ()))
    sent = [each.request for each in steps]
    more = (Step("request", request=each) for each in _keys(tried) if each not in sent)
    start = (way or trace).situations[0]
    case = Case(start, (*steps, *more))
    if not case.steps or not _can_be_played(rules, case):
        return
    question = Question(regime, Job(result.claim, result.column, by=result.by))
    replayer = Replayer(question)
    ahead, taken = len(way.steps) if way else 0, len(steps)

    def keeps(other: Case) -> bool:
        moments = (other.start, *(each.after for each in play(rules, other)))
        there = None if way is None else Trace(moments[: ahead + 1], other.steps[:ahead])
        story = Trace(moments[ahead : taken + 1], other.steps[ahead:taken])
        shown = replace(evidence, trace=story, way=there)
        statement = question.statement
        try:
            if isinstance(statement, Compare):
                replayer.answers_differ(statement, shown)
            else:
                assert not isinstance(statement, Difference)
                replayer.shows(statement, shown, result.by)
        except NotReplayed:
            return False
        return True

    yield Scenario(case, result.claim, result.column, strategy, keeps)


def _keys(requests: Iterable[Request]) -> Iterator[Request]:
    found: list[Request] = []
    for each in requests:
        if each not in found:
            found.append(each)
            yield each


def _can_be_played(rules: Rules, case: Case) -> bool:
    try:
        play(rules, case)
    except NotPlayed:
        return False
    return True


# ------------------------------------------------------------------ strategies


def _of_strategy(regime: Regime, result: Result, witness: Evidence | None) -> Iterator[Scenario]:
    """Yield the story that leads to where the claim's condition holds, and on to its goal."""
    statement = result.claim.statement
    if witness is None or witness.trace is None or not isinstance(statement, Leads):
        return
    if statement.modality == "never":
        return
    yield from _led_on(regime, result, witness)


def _led_on(regime: Regime, result: Result, about: Evidence) -> Iterator[Scenario]:
    """Yield the story of evidence, carried on to the goal of a claim whose condition holds at its end."""
    statement, trace, rules = result.claim.statement, about.trace, regime.rules(result.column)
    assert isinstance(statement, Leads)
    assert trace is not None
    replayer = Replayer(Question(regime, Job(result.claim, result.column)))
    led = _carried_out(replayer, result, about, trace.situations[-1])
    if not led:
        return
    first = len(trace.steps)

    def keeps(other: Case) -> bool:
        moments = (other.start, *(each.after for each in play(rules, other)))
        before, after = (replayer.environment(moments[n], about.binding, {}) for n in (first, -1))
        given = (result.claim.where, *result.claim.premises, statement.condition)
        asked = all(each is None or holds(each, before) for each in given)
        bound = {each.name: each.sort for each in result.claim.variables if each.sort is not None}
        there = all(about.binding[name] in members(sort, other.start) for name, sort in bound.items())
        start = replayer.problem(Trace(moments[:1], ()), starts=True) is None
        return (
            there and start and asked and not holds(statement.goal, before) and holds(statement.goal, after)
        )

    case = Case(trace.situations[0], (*trace.steps, *led))
    if _can_be_played(rules, case):
        yield Scenario(case, result.claim, result.column, strategy=True, keeps=keeps)


def _carried_out(
    replayer: Replayer, result: Result, about: Evidence, here: Situation
) -> tuple[Step, ...] | None:
    """The steps by which the strategies of a proof lead from a situation to the claim's goal; None if the
    first few do not.
    """
    statement = result.claim.statement
    assert isinstance(statement, Leads)
    ways = sorted(result.evidence.ways, key=lambda each: each.rank)

    def at_goal(situation: Situation) -> bool:
        return holds(statement.goal, replayer.environment(situation, about.binding, about.requests))

    def further(situation: Situation, left: int) -> tuple[Step, ...] | None:
        if at_goal(situation):
            return ()
        for way in ways if left else ():
            for step in _steps(replayer, way, about, situation):
                allowed = step_problem(replayer.rules, situation, step, refused=False) is None
                if not allowed or not replayer.counts(situation, step, statement.steps, about):
                    continue
                rest = further(successor(replayer.rules, situation, step), min(left, way.rank) - 1)
                if rest is not None:
                    return (step, *rest)
        return None

    deepest = min(DEEPEST, max((each.rank for each in ways), default=0))
    return further(here, deepest)


def _steps(replayer: Replayer, way: Strategy, about: Evidence, here: Situation) -> Iterator[Step]:
    """Yield the steps that a strategy allows: things that will do in any choice."""
    model = replayer.model
    env = replayer.environment(here, about.binding, about.requests)
    event = model.events.get(way.schema)
    sorts = {each.name: each.sort for each in (event.parameters if event else model.request)}
    choices: list[list[tuple[str, str]]] = []
    for name, term in way.parameters.items():
        if term is None:
            choices.append([(name, each) for each in members(sorts[name], here)])
        else:
            value = term_value(term, env)
            choices.append([(name, value)] if isinstance(value, str) else [])
    for chosen in itertools.islice(itertools.product(*choices), 1_000):
        given = dict(chosen)
        if event is not None:
            yield Step("event", event=way.schema, arguments=given)
        else:
            yield Step("request", request=Request(given))


def arising(regime: Regime, results: Sequence[Result]) -> tuple[tuple[Result, Job], ...]:
    """For every strategy, and every kind of request that changes something: the question whether such a
    request can bring about the situation that the strategy is for.
    """
    return tuple(pair for result in results if _leads_there(result) for pair in _arising(regime, result))


def _leads_there(result: Result) -> bool:
    statement = result.claim.statement
    possible = isinstance(statement, Leads) and statement.modality != "never"
    return possible and result.verdict == "proved" and bool(result.evidence.ways) and not result.claim.over


def _arising(regime: Regime, result: Result) -> Iterator[tuple[Result, Job]]:
    claim, statement = result.claim, result.claim.statement
    assert isinstance(statement, Leads)
    model = common_model(regime.rules(result.column))
    saying = Saying(model, R)
    for effect in model.effects:
        first: tuple[Formula, ...] = () if effect.when is None else (saying.of(effect.when),)
        before = And((*first, Not(statement.condition)))
        asked = replace(
            claim,
            name=f"{claim.name}-after-{effect.name}",
            premises=(),  # they are to hold afterwards, where the strategy begins
            statement=PossiblyAfter(R, before, And((statement.condition, *claim.premises))),
            expectations=(),
            needs=(),
            lemmas=(),
            witness=None,
        )
        yield result, Job(asked, result.column)


def after_requests(
    regime: Regime, asked: Sequence[tuple[Result, Job]], answers: Sequence[Result]
) -> Iterator[Scenario]:
    """Yield the strategies, each carried out after a request that made it necessary."""
    for (result, _), answer in zip(asked, answers, strict=True):
        trace = answer.evidence.trace
        if answer.verdict != "proved" or trace is None:
            continue
        yield from _led_on(regime, result, replace(answer.evidence, requests={}))


# -------------------------------------------------------------------- variants


def each_way(rules: Rules, scenario: Scenario) -> Iterator[Scenario]:
    """Yield the scenario once for each instance of a component that it can go by: the same steps, with the
    same outcomes. The one that it was found with comes first.
    """
    model = common_model(rules)
    told = _outcomes(rules, scenario.case)
    for stage in model.route:
        component = model.components[stage.component]
        if component.index is None or not isinstance(stage.index, Apply):
            continue
        if not any(stage.component in each for each in told):
            continue
        for value in component.index.values:
            case = _going_by(scenario.case, stage.index.function, value)
            if _can_be_played(rules, case) and _outcomes(rules, case) == told:
                yield replace(scenario, case=case, variant=f"{stage.component}[{value}]")
        return
    yield scenario


def _going_by(case: Case, function: str, value: str) -> Case:
    values = {place: value if place[0] == function else old for place, old in case.start.values.items()}
    return Case(replace(case.start, values=values), case.steps)


def _outcomes(rules: Rules, case: Case) -> list[tuple[object, ...]]:
    """What becomes of every request: the components that it comes by, and the checks that fail."""
    found: list[tuple[object, ...]] = []
    for each in play(rules, case):
        if each.decision is None:
            found.append(())
            continue
        stops = (stage.component[0] for stage in each.decision.stages)
        refusing = tuple(check.check.name for check in each.decision.refusing)
        found.append((*stops, refusing))
    return found
