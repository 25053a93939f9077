"""Replays stories: what the solver found counts only after it has been replayed through `evaluate`.

Here is what a story must show; that it can happen, step by step, is `replay` of `checker.model.steps`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Compare,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Steps,
    last_steps,
)
from checker.model.decision import answer_of
from checker.model.evaluate import (
    CheckReport,
    Environment,
    belongs,
    decide,
    holds,
    is_deployment,
    routing_model,
    successor,
    term_value,
    well_formed,
)
from checker.model.expressions import Formula
from checker.model.model import SHAPE
from checker.model.situation import Request, Situation, Step, Trace
from checker.model.under_way import by_itself, flight_of, outcomes, sent, under_way
from checker.question.columns import column_rules
from checker.question.goals import Simple
from checker.question.problem import by_condition
from checker.question.question import Question
from checker.question.verdict import Evidence, Story
from checker.question.which_laws import starts
from checker.trusted.admissible import inadmissible, misled


class NotReplayed(Exception):
    """A story that the search found does not happen under `evaluate`: the engines disagree."""


class Replayer:
    """Replays stories of one claim in one column."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.claim = question.job.claim
        self.rules = question.rules
        self.deadline = question.deadline
        self.model = question.model
        self.checks = tuple(each for model in question.rules.values() for each in model.checks)

    def told(self, story: Story) -> Evidence:
        """The story with every situation worked out. Raises NotReplayed if a request is refused."""
        situations, steps = [story.start], list[Step]()
        for number, step in enumerate(story.steps):
            if step.request is not None and not self._accepted(situations[-1], step.request):
                raise NotReplayed(f"step {number + 1} is refused")
            given = None if step.request is None else self._plain(situations[-1], step.request)
            steps.append(replace(step, request=given))
            situations.append(successor(self.rules, situations[-1], steps[-1], self.deadline))
        requests = {name: self._plain(situations[-1], each) for name, each in story.requests.items()}
        return Evidence(
            trace=Trace(tuple(situations), tuple(steps)), binding=story.binding, requests=requests
        )

    def arisen(self, story: Story) -> Evidence:
        """The situation that a story leads to, as evidence about any situation, with the way there. Raises
        NotReplayed.
        """
        told = self.told(story)
        assert told.trace is not None
        there = Trace(told.trace.situations[-1:], ())
        return replace(told, trace=there, anywhere=True, way=told.trace)

    def _accepted(self, situation: Situation, request: Request) -> bool:
        return decide(self.rules, situation, request, self.deadline, failing=True).accepted

    def _plain(self, situation: Situation, request: Request) -> Request:
        """The request, without its flight if it is not under way. It keeps the flight if the claim asks about
        the request with changed parameters, because the changed request may be under way.
        """
        said = outcomes(self.claim.statement, self.claim.where, self.claim.premises, self.claim.witness)
        if any(each.changes for each in said):
            return request
        way = under_way(self.rules, situation, request, self.deadline)
        return request if way else by_itself(self.model, request)

    def problem(self, trace: Trace, *, starts: bool = False) -> str | None:
        """Why the story cannot happen, from a start if it `starts`, under the versions deployed; None if it
        can.
        """
        return inadmissible(self.question, trace, starts=starts)

    def happens(self, evidence: Evidence, *, starts: bool, request: str | None = None) -> Trace:
        """The evidence's story. Raises NotReplayed unless it can happen (from a start if it `starts`) and the
        evidence names exactly the claim's variables and requests and, if there is one, the `request` asked
        about.
        """
        trace = evidence.trace
        if trace is None:
            raise NotReplayed("there is no story")
        reason = self.problem(trace, starts=starts)
        if reason is not None:
            raise NotReplayed(reason)
        if evidence.way is not None:
            self._leads_there(trace, evidence.way, starts=starts)
        last = trace.situations[-1]
        variables = {each.name: each.sort for each in self.claim.variables if each.sort is not None}
        requests = {each.name for each in self.claim.variables if each.sort is None}
        requests |= {request} if request is not None else set()
        for name, sort in variables.items():
            given = evidence.binding.get(name)
            if given is None or not belongs(given, sort, last):
                raise NotReplayed(f"`{name}` stands for nothing in the story")
        for name in sorted(requests):
            if not self.formed(name, evidence, last):
                raise NotReplayed(f"`{name}` is not a well-formed request")
        others = sorted({*evidence.binding} - {*variables} | {*evidence.requests} - requests)
        if others:
            raise NotReplayed(f"the claim has nothing called `{others[0]}`")
        return trace

    def _leads_there(self, trace: Trace, way: Trace, *, starts: bool) -> None:
        """Raise NotReplayed unless the way leads from a start to where the story begins."""
        if starts:
            raise NotReplayed("the story begins at a start, so there must be no way to it")
        reason = misled(self.question, way)
        if reason is not None:
            raise NotReplayed(f"the way to its situation: {reason}")
        if way.situations[-1] != trace.situations[0]:
            raise NotReplayed("the way to its situation ends in a different one")

    def formed(self, name: str, evidence: Evidence, situation: Situation) -> bool:
        """Whether the evidence's request of this name is well-formed in one of the laws that the claim is
        about.
        """
        request = evidence.requests.get(name)
        laws = (self.question.law(each, situation) for each in self.question.about.laws)
        return request is not None and any(
            well_formed(routing_model(rules, here), here, request, self.deadline) for rules, here in laws
        )

    def shows(
        self, statement: Simple | Leads | Eventually, evidence: Evidence, by: str | None = None
    ) -> None:
        """Raise NotReplayed unless the story happens and shows that `statement` is violated or, for a
        `possibly`, that it is true.
        """
        trace = self.happens(evidence, starts=starts(statement), request=_asked(statement))
        if evidence.attempt is not None:
            self._would_show(trace, statement, evidence, evidence.attempt)
        if not self.shown(trace, statement, evidence, by):
            raise NotReplayed("the story does not show what it should")

    def shown(
        self, trace: Trace, statement: Simple | Leads | Eventually, evidence: Evidence, by: str | None
    ) -> bool:
        """Whether the end of a story shows that, provided that the story happens."""
        here = self.environment(trace.situations[-1], evidence.binding, evidence.requests)
        match statement:
            case AlwaysAfter() | PossiblyAfter():
                return self._shows_after(trace, statement, evidence, by)
            case Possibly(steps=steps):
                shown = self._given(here) and self._shows(statement, here, by)
                return shown and self._all_count(trace, steps, evidence)
            case Always() | EveryRequest() | SomeRequest() | Leads() | Eventually():
                return self._given(here) and self._shows(statement, here, by)
            case _:
                assert_never(statement)

    def environment(
        self,
        situation: Situation,
        binding: Mapping[str, str],
        requests: Mapping[str, Request],
        before: Situation | None = None,
        event: str | None = None,
    ) -> Environment:
        """The environment in which the claim's formulas are read."""
        return Environment(
            self.model,
            situation,
            before=before,
            variables=binding,
            requests=requests,
            rules=self.rules,
            columns=lambda text: column_rules(self.question.regime, self.question.job.column, text),
            step_event=event,
            deadline=self.deadline,
        )

    def _given(self, environment: Environment) -> bool:
        """The claim's `where` and premises hold."""
        parts = [*self.claim.premises, *((self.claim.where,) if self.claim.where is not None else ())]
        return all(holds(each, environment) for each in parts)

    def _shows(self, statement: Simple | Leads | Eventually, here: Environment, by: str | None) -> bool:
        match statement:
            case Always(formula=formula):
                return not holds(formula, here)
            case EveryRequest(request=request, where=where, formula=formula):
                demand = by_condition(by, request, self.rules.values())
                return _holds(where, here) and _holds(demand, here) and not holds(formula, here)
            case Possibly(formula=formula) | SomeRequest(formula=formula):
                return holds(formula, here)
            case Leads(condition=condition):
                return holds(condition, here)
            case Eventually(condition=condition, goal=goal):
                return holds(condition, here) and not holds(goal, here)
            case AlwaysAfter() | PossiblyAfter():
                raise NotReplayed("a situation cannot show this without the step before it")
            case _:
                assert_never(statement)

    def _would_show(
        self, trace: Trace, statement: Simple | Leads | Eventually, evidence: Evidence, request: Request
    ) -> None:
        """Raise NotReplayed unless the attempted request counts, is refused, and would otherwise lead to the
        goal.
        """
        if not isinstance(statement, Leads):
            raise NotReplayed("this claim needs no attempted request")
        last = trace.situations[-1]
        step = Step("request", request=request)
        counts = well_formed(self.model, last, request, self.deadline)
        counts = counts and self.counts(last, step, statement.steps, evidence)
        if not counts or self._accepted(last, request):
            raise NotReplayed("the attempted request must count and be refused")
        then = successor(self.rules, last, step, self.deadline)
        after = self.environment(then, evidence.binding, evidence.requests)
        if not holds(statement.goal, after):
            raise NotReplayed("the attempted request would not lead to the goal")

    def _shows_after(
        self, trace: Trace, statement: AlwaysAfter | PossiblyAfter, evidence: Evidence, by: str | None
    ) -> bool:
        if not self._of_kind(trace, statement):
            return False
        old, new = trace.situations[-2:]
        last = trace.steps[-1]
        if by is not None and last.request is None:
            return False  # clauses exempt only requests, and checks refuse only requests
        requests = dict(evidence.requests)
        requests.pop(statement.request, None)
        if last.request is not None:
            requests[statement.request] = last.request
        before = self.environment(old, evidence.binding, requests)
        after = self.environment(new, evidence.binding, requests, before=old, event=last.event)
        demand = by_condition(by, statement.request, self.rules.values())
        if not (self._given(before) and _holds(statement.where, before) and _holds(demand, before)):
            return False
        match statement:
            case AlwaysAfter(formula=formula):
                return not holds(formula, after)
            case PossiblyAfter(formula=formula):
                return holds(formula, after)
            case _:
                assert_never(statement)

    def _of_kind(self, trace: Trace, statement: AlwaysAfter | PossiblyAfter) -> bool:
        """Whether the last steps are of the kind that the statement is about; a deployment is neither a
        request nor an event.
        """
        last = trace.steps[-last_steps(statement) :]
        if len(last) < last_steps(statement):
            return False
        match statement:
            case PossiblyAfter() | AlwaysAfter(kind="request"):
                return last[-1].request is not None
            case AlwaysAfter(kind="step"):
                return not is_deployment(self.model, last[-1])
            case AlwaysAfter(event=event):
                return all(each.event == event for each in last)
            case _:
                assert_never(statement)

    def escapes(self, statement: Leads, evidence: Evidence) -> int:
        """Return the number of the last situation in which the condition holds and after which only steps
        that count follow, with the goal at the end. Raises NotReplayed if there is none.
        """
        trace, binding = self.happens(evidence, starts=True), evidence.binding
        last = self.environment(trace.situations[-1], binding, evidence.requests)
        if not holds(statement.goal, last):
            raise NotReplayed("the story does not end in the goal")
        for number in reversed(range(len(trace.situations))):
            here = self.environment(trace.situations[number], binding, evidence.requests)
            if self._given(here) and holds(statement.condition, here):
                return number
            if number and not self.counts(
                trace.situations[number - 1], trace.steps[number - 1], statement.steps, evidence
            ):
                break
        raise NotReplayed("a step that does not count leads to the goal")

    def _all_count(self, trace: Trace, steps: Steps, evidence: Evidence) -> bool:
        taken = zip(trace.situations, trace.steps, strict=False)
        return all(self.counts(situation, step, steps, evidence) for situation, step in taken)

    def counts(self, before: Situation, step: Step, steps: Steps, evidence: Evidence) -> bool:
        """Whether the step counts, with the claim's variables and requests as the evidence gives them."""
        if steps.any_step or is_deployment(self.model, step):
            return True  # a claim that lets deployments move names them, so they count
        flight = flight_of(self.model, step)
        request = step.request if flight is None else sent(self.model, before, flight)
        if request is None:
            return step.event in steps.events
        if steps.at_once and request != by_itself(self.model, request):
            return False
        if steps.shapes and request.values.get(SHAPE) not in {each.name for each in steps.shapes}:
            return False
        if not steps.requests or not (steps.senders or steps.others):
            return steps.requests
        here = self.environment(before, evidence.binding, evidence.requests)
        sender = request.values.get(next(p.name for p in self.model.request if p.sort.has_things))
        if sender is None:
            return False
        named = any(term_value(each, here) == sender for each in steps.senders)
        others = bool(steps.others) and all(term_value(each, here) != sender for each in steps.others)
        return named or others

    def answers_differ(self, statement: Compare, evidence: Evidence) -> None:
        """Raise NotReplayed unless several checks with different codes may be the first to refuse at the same
        component, so that their order decides the answer.
        """
        trace = self.happens(evidence, starts=False, request=statement.request)
        request = evidence.requests[statement.request]
        here = self.environment(trace.situations[-1], evidence.binding, evidence.requests)
        here = replace(here, requests={**here.requests, "": request})
        refusing = decide(self.rules, trace.situations[-1], request, self.deadline, failing=True).refusing
        answers = {answer_of(each.check) for each in refusing if self._may_be_first(each, refusing)}
        said = self._given(here) and _holds(statement.where, here)
        if not said or not statement.codes or len(answers) <= 1:
            raise NotReplayed("the request has only one answer")

    def _may_be_first(self, check: CheckReport, refusing: tuple[CheckReport, ...]) -> bool:
        """Whether no other refusing check at the component comes before it in the published order."""
        order = self.rules[check.version].orders.get(check.component[0])
        names = (order.published if order is not None else None) or ()
        if check.check.name not in names:
            return True
        before = names[: names.index(check.check.name)]
        return not any(each.check.name in before for each in refusing)


def _asked(statement: Simple | Leads | Eventually) -> str | None:
    """The request that a story must have in addition to its steps."""
    match statement:
        case EveryRequest(request=request) | SomeRequest(request=request):
            return request
        case Always() | AlwaysAfter() | Possibly() | PossiblyAfter() | Leads() | Eventually():
            return None
        case _:
            assert_never(statement)


def _holds(formula: Formula | None, here: Environment) -> bool:
    return formula is None or holds(formula, here)
