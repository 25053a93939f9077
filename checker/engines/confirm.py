"""Stories made concrete: what the solver found is replayed through `evaluate` before it counts."""

from __future__ import annotations

from collections.abc import Mapping

from checker.engines.search import Story
from checker.engines.system import Columns, column_rules
from checker.engines.verdict import Evidence
from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Column,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
    Steps,
)
from checker.model.evaluate import Environment, decide, holds, replay, successor, term_value
from checker.model.expressions import Formula
from checker.model.model import Model
from checker.model.situation import Request, Situation, Trace


class NotReplayed(Exception):
    """A story that the search found does not happen under `evaluate`: the engines disagree."""


class Witnesses:
    """Replays stories of one claim in one column."""

    def __init__(self, regime: Columns, claim: Claim, column: Column, rules: Mapping[str, Model]) -> None:
        self.regime = regime
        self.claim = claim
        self.column = column
        self.rules = rules
        self.model = next(iter(rules.values()))

    def trace(self, story: Story, *, starts: bool) -> Trace:
        """The story with every situation worked out. Raises NotReplayed."""
        situations = [story.start]
        for number, step in enumerate(story.steps):
            if step.request is not None and not decide(self.rules, situations[-1], step.request).accepted:
                raise NotReplayed(f"step {number + 1} is refused")
            situations.append(successor(self.rules, situations[-1], step))
        trace = Trace(tuple(situations), story.steps)
        reason = replay(self.rules, trace, starts)
        if reason is not None:
            raise NotReplayed(reason)
        return trace

    def environment(
        self,
        situation: Situation,
        binding: Mapping[str, str],
        requests: Mapping[str, Request],
        before: Situation | None = None,
        event: str | None = None,
    ) -> Environment:
        """What the claim's formulas are read in."""
        return Environment(
            self.model,
            situation,
            before=before,
            variables=binding,
            requests=requests,
            rules=self.rules,
            columns=lambda text: column_rules(self.regime, self.column, text),
            step_event=event,
        )

    def given(self, environment: Environment) -> bool:
        """The claim's `where` and premises hold."""
        parts = [*self.claim.premises, *((self.claim.where,) if self.claim.where is not None else ())]
        return all(holds(each, environment) for each in parts)

    def evidence(self, story: Story, statement: Statement, *, starts: bool, by: Formula | None) -> Evidence:
        """The story as evidence that `statement`'s violation (or, for `possibly`, its truth) occurs.

        Raises NotReplayed if it does not.
        """
        trace = self.trace(story, starts=starts)
        requests = dict(story.requests)
        if isinstance(statement, AlwaysAfter | PossiblyAfter):
            last = trace.steps[-1]
            if last.request is not None:
                requests[statement.request] = last.request
            shown = self._shows_after(trace, statement, story.binding, requests, by)
        else:
            here = self.environment(trace.situations[-1], story.binding, requests)
            shown = self.given(here) and self._shows(statement, here, by)
        if not shown:
            raise NotReplayed("the story does not show what it should")
        return Evidence(trace=trace, binding=story.binding, requests=requests)

    def _shows(self, statement: Statement, here: Environment, by: Formula | None) -> bool:
        if by is not None and not holds(by, here):
            return False
        match statement:
            case Always(formula=formula):
                return not holds(formula, here)
            case EveryRequest(where=where, formula=formula):
                return (where is None or holds(where, here)) and not holds(formula, here)
            case Possibly(formula=formula) | SomeRequest(formula=formula):
                return holds(formula, here)
            case Leads(condition=condition):
                return holds(condition, here)
            case Eventually(condition=condition, goal=goal):
                return holds(condition, here) and not holds(goal, here)
            case _:
                raise NotReplayed("no story can show this")

    def _shows_after(
        self,
        trace: Trace,
        statement: AlwaysAfter | PossiblyAfter,
        binding: Mapping[str, str],
        requests: Mapping[str, Request],
        by: Formula | None,
    ) -> bool:
        old, new = trace.situations[-2:]
        event = trace.steps[-1].event
        before = self.environment(old, binding, requests)
        after = self.environment(new, binding, requests, before=old, event=event)
        if not self.given(before) or not (statement.where is None or holds(statement.where, before)):
            return False
        if by is not None and not holds(by, before):
            return False
        return holds(statement.formula, after) is isinstance(statement, PossiblyAfter)

    def shows_escape(
        self, trace: Trace, statement: Leads, binding: Mapping[str, str], requests: Mapping[str, Request]
    ) -> None:
        """The condition holds somewhere, only steps that count follow, and the goal holds at the end.

        Raises NotReplayed if not.
        """
        if not holds(statement.goal, self.environment(trace.situations[-1], binding, requests)):
            raise NotReplayed("the story does not end in the goal")
        for number in reversed(range(len(trace.situations))):
            here = self.environment(trace.situations[number], binding, requests)
            if self.given(here) and holds(statement.condition, here):
                return
            if number and not self._counts(trace, number - 1, statement.steps, binding):
                break
        raise NotReplayed("a step that does not count leads to the goal")

    def _counts(self, trace: Trace, number: int, steps: Steps, binding: Mapping[str, str]) -> bool:
        step = trace.steps[number]
        if steps.any_step:
            return True
        if step.request is None:
            return step.event in steps.events
        if not steps.senders:
            return steps.requests
        here = self.environment(trace.situations[number], binding, {})
        sender = step.request.values.get(next(p.name for p in self.model.request if not p.sort.is_enum))
        return sender is not None and any(term_value(each, here) == sender for each in steps.senders)

    def shows_several_answers(self, trace: Trace, request: Request, *, codes: bool) -> None:
        """More than one check refuses at the same component, with different codes, so that their order
        decides the answer. Raises NotReplayed if not.
        """
        decision = decide(self.rules, trace.situations[-1], request)
        answers = {each.check.code or each.check.name for each in decision.refusing}
        if not codes or len(answers) <= 1:
            raise NotReplayed("the request has only one answer")
