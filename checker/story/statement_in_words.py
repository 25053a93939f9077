"""What a claim states, as a sentence in the words of the spec; where it has none, as the claim is written."""

from __future__ import annotations

from typing import assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    Side,
    SomeRequest,
    Steps,
)
from checker.model.expressions import Call, Formula
from checker.model.model import Model
from checker.story.narrate import steps_text
from checker.story.phrases import Phrases
from checker.story.several_clauses import goes_on
from checker.story.wording import capital, listed, shapes_named


def statement_in_words(claim: Claim, model: Model) -> str:
    """Return the statement of a claim, form and all. `model`: the rules whose words are used."""
    requests = _requests(claim)
    called = {each: f"request {each}" for each in requests} if len(requests) > 1 else {}
    phrases = Phrases(model, requests=called)
    return f"{capital(f'{_about(claim, phrases)}{_said(claim, phrases)}')}."


def _requests(claim: Claim) -> tuple[str, ...]:
    """The names of the requests that a claim speaks of."""
    free = (each.name for each in claim.variables if each.sort is None)
    match claim.statement:
        case (
            AlwaysAfter(request=own)
            | EveryRequest(request=own)
            | PossiblyAfter(request=own)
            | SomeRequest(request=own)
            | Eventually(request=own)
            | Compare(request=own)
            | Difference(request=own)
        ):
            return tuple(dict.fromkeys((*free, *((own,) if own else ()))))
        case Always() | Possibly() | Leads():
            return tuple(free)
        case _:
            assert_never(claim.statement)


def _about(claim: Claim, phrases: Phrases) -> str:
    """Say what it is about, and what it supposes."""
    named = [f"{'request' if each.sort is None else each.sort.name} {each.name}" for each in claim.variables]
    parts = [f"for every {listed(named, 'and')}{_where(claim.where, phrases)}"] if named else []
    if claim.premises:
        parts.append(f"given {listed((_premise(each, phrases) for each in claim.premises), 'and')}")
    if claim.deployment_over:
        parts.append(f"while components go over between {listed(claim.deployment_over, 'and')}")
    if claim.deployed:
        parts.append(f"wherever {listed(claim.deployed, 'and')} are deployed")
    return f"{', '.join(parts)}: " if parts else ""


def _said(claim: Claim, phrases: Phrases) -> str:
    match claim.statement:
        case Always(formula=formula):
            return f"at all times, {phrases.clause(formula)}"
        case AlwaysAfter() as after:
            moment = f"{_moment(after, phrases)}{_in_case(after.where, phrases)}"
            return f"after every {moment} {phrases.clause(after.formula)}"
        case EveryRequest(where=where, formula=formula, reachable=reachable):
            when = "in every situation that comes about" if reachable else "in every situation"
            return f"{when}, whatever is requested{_in_case(where, phrases)} {phrases.clause(formula)}"
        case Possibly(formula=formula, steps=steps):
            return f"it can come about, by {_steps(steps, phrases)}, that {phrases.clause(formula)}"
        case PossiblyAfter(where=where, formula=formula):
            after_which = f"after which {phrases.clause(formula)}"
            return f"some request can be accepted{_where(where, phrases)}, {after_which}"
        case SomeRequest(formula=formula):
            return f"there can be a request where {phrases.clause(formula)}"
        case Leads() as leads:
            return _leads(leads, phrases)
        case Eventually(condition=condition, goal=goal, justice=justice):
            asked = f"provided that a request is made again and again while {phrases.clause(justice)}"
            goes = f"it comes to where {phrases.clause(goal)}"
            return f"from every situation in which {phrases.clause(condition)}, {goes}, {asked}"
        case Compare() as compare:
            return _compared(compare, phrases)
        case Difference() as difference:
            labels = tuple(each.label for each in difference.cases)
            which = f"those of the cases {listed(labels, 'and')}" if labels else "none"
            return f"the requests that {difference.new} and {difference.old} decide differently are {which}"
        case _:
            assert_never(claim.statement)


def _moment(after: AlwaysAfter, phrases: Phrases) -> str:
    match after.kind:
        case "request":
            return "accepted request"
        case "step":
            return "step"
        case "event":
            return f"{phrases.event(after.event)}{' that is repeated' if after.twice else ''}"
        case _:
            assert_never(after.kind)


def _where(where: Formula | None, phrases: Phrases) -> str:
    return "" if where is None else f" where {phrases.clause(where)}"


def _in_case(where: Formula | None, phrases: Phrases) -> str:
    """Return for which requests or steps something is said, so that everybody can tell where that ends."""
    words = _where(where, phrases)
    return f"{words}; in each such case," if goes_on(words) else f"{words},"


def _premise(premise: Formula, phrases: Phrases) -> str:
    """Return a premise by its name, and what it is given for."""
    if not isinstance(premise, Call):
        return f"that {phrases.clause(premise)}"
    about = f" for {listed(map(phrases.of, premise.arguments), 'and')}" if premise.arguments else ""
    return f"the premise {premise.definition}{about}"


def _leads(leads: Leads, phrases: Phrases) -> str:
    start = f"in every situation in which {phrases.clause(leads.condition)}"
    goal = f"{phrases.clause(leads.goal)}"
    match leads.modality:
        case "next":
            return f"{start}, one {steps_text(leads.steps, phrases)} can bring it about that {goal}"
        case "possibly":
            return f"{start}, {_steps(leads.steps, phrases)} can bring it about that {goal}"
        case "never":
            return f"{start}, {_steps(leads.steps, phrases)} can never bring it about that {goal}"
        case _:
            assert_never(leads.modality)


def _steps(steps: Steps, phrases: Phrases) -> str:
    if steps.any_step:
        return "any steps"
    senders = tuple(dict.fromkeys(map(phrases.of, steps.senders)))
    if steps.others:
        senders = (*senders, f"anybody but {' and '.join(map(phrases.of, steps.others))}")
    shaped = shapes_named(steps.shapes)
    requests = f"requests{shaped} of {listed(senders, 'or') if senders else 'any user'}"
    events = tuple(phrases.event(each) for each in steps.events)
    return listed((*((requests,) if steps.requests else ()), *events), "or")


def _compared(compare: Compare, phrases: Phrases) -> str:
    left, right = _side(compare.left, phrases), _side(compare.right, phrases)
    which = f"requests{_where(compare.where, phrases)}"
    match compare.relation:
        case "alike":
            codes = ", and reject the others by the same checks" if compare.codes else ""
            both = "all orders of the checks" if compare.left.kind == "order" else f"{left} and {right}"
            return f"{both} accept the same {which}{codes}"
        case "no-more":
            return f"{right} accepts all {which} that {left} accepts"
        case _:
            assert_never(compare.relation)


def _side(side: Side, phrases: Phrases) -> str:
    match side.kind:
        case "column":
            return f"the law in {side.column}"
        case "deployment":
            return f"every deployment of {listed(side.versions, 'and')}{_where(side.where, phrases)}"
        case "order":
            return "every order of the checks"
        case _:
            assert_never(side.kind)
