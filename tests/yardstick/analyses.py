"""Holds what the analyses say against worlds: differences, mixtures, coalitions, edits.

Each of them writes claims and has them decided, so these verdicts are held first. What an analysis makes of
them is worked out here anew: that the cases are the difference, that a mixture does no harm, that a coalition
can, that an edit changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from checker.model.claim import Claim, Column, Compare, Difference, Leads, Side, Statement, Steps
from checker.model.expressions import Term
from checker.regime.regime import Regime
from tests.yardstick.asking import Coalitions, Differing, Edited, Engines, Mixture, Told
from tests.yardstick.claims import distance
from tests.yardstick.inquiry import Asking, Binding, Inquiry
from tests.yardstick.meaning import Test
from tests.yardstick.rules import Decision
from tests.yardstick.verdicts import Effort, Held, hold, worked_out, worlds
from tests.yardstick.worlds import State, Worth

Complaints: TypeAlias = Iterator[str]
INCONSISTENT, MORE, LESS = "inconsistent", "more permissive", "less permissive"


def verdicts(told: Told, effort: Effort) -> Complaints:
    """What contradicts the verdicts that an answer rests on."""
    for asking, answer in told.verdicts:
        for each in hold(told.regime, asking, answer, effort).complaints:
            yield f"{asking.claim.statement_text} in {asking.column}: {answer.verdict}: {each}"


def _claim(claim: Claim, statement: Statement) -> Claim:
    """A claim of one's own: without variables, premises and deployments."""
    return replace(
        claim,
        variables=(),
        where=None,
        premises=(),
        statement=statement,
        deployment_over=(),
        deployed=(),
        witness=None,
    )


def _alike(old: Column, new: Column) -> Compare:
    """That two columns decide alike, with codes."""
    return Compare("alike", Side("column", old), Side("column", new), codes=True, request="r", where=None)


# -------------------------------------------------------------------- differences


def differences(
    regime: Regime, claim: Claim, old: Column, new: Column, found: Differing, effort: Effort
) -> Complaints:
    """What contradicts a difference. `claim`: any, to be written over."""
    if found.open:
        return
    yield from verdicts(found.told, effort)
    statement = Difference(old, new, "r", found.accepted, found.rejected, found.differently)
    asking = Asking(_claim(claim, statement), Column(new.base))
    yield from _refuted(regime, asking, effort, "the cases are not the difference")


def _refuted(regime: Regime, asking: Asking, effort: Effort, complaint: str) -> Complaints:
    """A complaint if a world is against the claim."""
    if "refuted" in worked_out(regime, asking, effort).values():
        yield complaint


# ----------------------------------------------------------------------- mixtures


def mixtures(
    regime: Regime,
    claim: Claim,
    old: Column,
    new: Column,
    found: tuple[Told, tuple[Mixture, ...]],
    effort: Effort,
) -> Complaints:
    """What contradicts a roll-out."""
    told, several = found
    yield from verdicts(told, effort)
    for mixture in several:
        shown = ", ".join(
            f"{at[0]}{f'[{at[1]}]' if at[1] else ''} at {name}" for at, name in mixture.deployed
        )
        for kind in _harms(regime, claim, (old, new), mixture, effort) & mixture.harmless:
            yield f"the mixture {shown} is {kind}"
        for asking in mixture.proved:
            yield from _refuted(regime, asking, effort, f"the mixture {shown} loses {asking.claim.name}")


def _harms(
    regime: Regime, claim: Claim, columns: tuple[Column, Column], mixture: Mixture, effort: Effort
) -> frozenset[str]:
    """The kinds of harm that the mixture does to requests, in some world."""
    statement = _alike(*columns)
    asking = Asking(_claim(claim, statement), columns[0], fixed=mixture.deployed)
    found: set[str] = set()
    for asked, _ in worlds(regime, asking, columns[0].base, effort, Held()):
        rules = asked.mixture()
        for now in asked.graph.all:
            for number in asked.world.makeable:
                asks = (number, 0)
                if asked.fits(now, asks):
                    pure = tuple(each.decide(now, asks) for each in asked.compared)
                    found.update(_harm(rules.decide(now, asks), pure))
    return frozenset(found)


def _harm(mixed: Decision, pure: tuple[Decision, ...]) -> Iterator[str]:
    """The kinds of harm that the decision does, beside those with either version everywhere."""
    if mixed.accepted and not any(each.accepted for each in pure):
        yield MORE
    if not mixed.accepted and all(each.accepted for each in pure):
        yield LESS
    stop = mixed.refusing
    if mixed.fits and stop is not None and stop is not mixed.stops[0]:
        further = [each.refusing for each in pure if each.refusing is not None]
        if not any(each.place >= stop.place for each in further):
            yield INCONSISTENT


# --------------------------------------------------------------------- coalitions


def coalitions(regime: Regime, claim: Claim, column: Column, found: Coalitions, effort: Effort) -> Complaints:
    """What contradicts an answer to who can."""
    yield from verdicts(found.told, effort)
    statement = Leads("possibly", found.condition, found.goal, Steps())
    asking = Asking(replace(claim, statement=statement, where=None, premises=(), deployment_over=()), column)
    for terms, others in found.able:
        if others:
            continue
        for asked, told in worlds(regime, asking, column.base, effort, Held()):
            if _some_cannot(asked, statement, terms):
                yield f"{told}: a coalition of {len(terms)} cannot"
                break


def _some_cannot(asked: Inquiry, statement: Leads, terms: tuple[Term, ...]) -> bool:
    """Whether there is a situation as asked about from which the members cannot bring it about."""
    condition, goal = asked.test(statement.condition), asked.test(statement.goal)
    named = [asked.rules.meaning.term(each) for each in terms]
    for binding in asked.bindings:
        for now in asked.graph.reached:
            m = asked.moment(binding, now)
            if condition(m) and not _can(asked, binding, now, {each(m) for each in named}, goal):
                return True
    return False


def _can(asked: Inquiry, binding: Binding, now: State, members: set[Worth], goal: Test) -> bool:
    def ways(state: State) -> Iterator[State]:
        for step, after in asked.graph.ways(state):
            if step.asked and asked.world.requests[step.asked[0]][asked.world.sender] in members:
                yield after

    return distance(asked, [now], lambda s: goal(asked.moment(binding, s)), ways) is not None


# -------------------------------------------------------------------------- edits


def edits(
    law: Regime, claim: Claim, column: Column, several: tuple[Edited, ...], budget: float, effort: Effort
) -> Complaints:
    """What contradicts what is said of edits."""
    engines = Engines(law, budget)
    for each in several:
        if each.weight == "nothing changes":
            asking = Asking(_claim(claim, _alike(column, each.column)), Column(column.base))
            yield from _refuted(law, asking, effort, f"{each.column} decides something otherwise")
        for noticing in each.noticing:
            asking = Asking(noticing, each.column)
            for wrong in hold(law, asking, engines.answer(asking), effort).complaints:
                yield f"{noticing.name} in {each.column}: {wrong}"
