"""What a claim asks at the end of a story: which formulas, read where, and of which requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Column,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    Side,
    SomeRequest,
)
from checker.model.evaluate import Environment, Rules, misformed, request_of, routing_model
from checker.model.expressions import Formula, Outcome, Variable
from checker.model.model import Model
from checker.model.situation import Instance, Request, Situation, Trace
from checker.model.under_way import outcomes
from checker.question import question as engines
from checker.question.columns import column_rules, rules_with
from checker.question.jobs import Job
from checker.question.verdict import Evidence


class Law(Protocol):
    """What reports ask of a loaded regime."""

    def rules(self, column: Column) -> Rules:
        """Return the models of a column by version."""

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        """Return the version at every component in a column."""

    def parse_column(self, text: str) -> Column:
        """Return the column that a text names. Raises SpecError."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A formula of the claim and what it is read in. `central` is false of what is merely given."""

    formula: Formula
    env: Environment
    central: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A request that is decided without being taken: where, under which rules, and what to call that.

    `strange`: why it is no request under them, as `misformed` says it; nothing if it is one.
    """

    situation: Situation
    request: Request
    rules: Rules
    setting: str = ""
    strange: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class AtTheEnd:
    """A claim, asked in a column, at the end of a story.

    `rules` are the models of the column, and of every other version that is deployed in the story;
    `model` has the vocabulary and definitions in which the claim is read.
    """

    law: Law
    claim: Claim
    column: Column
    evidence: Evidence
    trace: Trace
    rules: Rules
    model: Model

    # ------------------------------------------------------------ reading

    @classmethod
    def of(cls, law: Law, claim: Claim, column: Column, evidence: Evidence, trace: Trace) -> AtTheEnd:
        """Return the question that `evidence`, whose story is `trace`, answers."""
        own = law.rules(column)
        deployed = {each for situation in trace.situations for each in situation.versions.values()}
        rules = rules_with(law, column, sorted(deployed - own.keys()))
        model = engines.Question(law, Job(claim, column)).model
        return cls(law, claim, column, evidence, trace, rules, model)

    def environment(self, situation: Situation) -> Environment:
        """Return what the claim's formulas are read in."""
        variables = {each.name: self.evidence.binding.get(each.name) for each in self.claim.variables}
        return Environment(
            self.model,
            situation,
            variables=variables,
            requests=self.requests(),
            rules=self.rules,
            columns=self._column,
        )

    def _column(self, text: str) -> tuple[Rules, Mapping[Instance, str]]:
        return column_rules(self.law, self.column, text)

    def requests(self) -> Mapping[str, Request]:
        """Return the requests that the claim names, among them the step that it speaks of."""
        statement = self.claim.statement
        named = dict(self.evidence.requests)
        if isinstance(statement, AlwaysAfter | PossiblyAfter) and self.trace.steps:
            last = self.trace.steps[-1].request
            if last is not None:
                named.setdefault(statement.request, last)
        return named

    @property
    def here(self) -> Environment:
        """The end of the story, looking back at the last step where the claim speaks of one."""
        last = self.environment(self.trace.situations[-1])
        if not self.after_a_step:
            return last
        return replace(last, before=self.trace.situations[-2], step_event=self.trace.steps[-1].event)

    @property
    def after_a_step(self) -> bool:
        """Whether the claim speaks of the last step of the story."""
        return isinstance(self.claim.statement, AlwaysAfter | PossiblyAfter) and bool(self.trace.steps)

    @property
    def given_at(self) -> Environment:
        """Where the claim's conditions are read: before the step that it speaks of, else at the end."""
        return self.environment(self.trace.situations[-2]) if self.after_a_step else self.here

    # ------------------------------------------------------------- asking

    def asked(self) -> tuple[Asked, ...]:
        """Return the claim's formulas: what is given first, then what is said."""
        given = (self.claim.where, *self.claim.premises, self._where())
        said = self._said()
        return (
            *(Asked(each, self.given_at, central=False) for each in given if each is not None),
            *(() if said is None else (Asked(said, self.here, central=True),)),
        )

    def _where(self) -> Formula | None:
        match self.claim.statement:
            case AlwaysAfter(where=where) | PossiblyAfter(where=where):
                return where
            case EveryRequest(where=where) | Compare(where=where):
                return where
            case Always() | Possibly() | SomeRequest() | Leads() | Eventually() | Difference():
                return None
            case _:
                assert_never(self.claim.statement)

    def _said(self) -> Formula | None:
        match self.claim.statement:
            case Always(formula=formula) | AlwaysAfter(formula=formula) | EveryRequest(formula=formula):
                return formula
            case Possibly(formula=formula) | PossiblyAfter(formula=formula):
                return formula
            case SomeRequest(formula=formula):
                return formula
            case Leads(modality="never", goal=goal):
                return goal
            case Leads(condition=condition):
                return condition
            case Eventually() | Compare() | Difference():
                return None
            case _:
                assert_never(self.claim.statement)

    # ------------------------------------------------------------- trials

    def trials(self) -> tuple[Trial, ...]:
        """Return the requests that the claim speaks of and that the story does not take, each once."""
        found: list[Trial] = []
        for each in (*self._spoken_of(), *self._compared()):
            if each not in found and not self._taken(each):
                found.append(each)
        return tuple(found)

    def _spoken_of(self) -> Iterator[Trial]:
        statement = self.claim.statement
        for asked in self.asked():
            for outcome in outcomes(asked.formula):
                if _bound(outcome, asked.env):
                    yield _trial(outcome, asked.env)
        if isinstance(statement, EveryRequest | SomeRequest):
            said = Outcome("accepted", statement.request)
            if not any(each.request == statement.request for each in outcomes(statement.formula)):
                yield _trial(said, self.here)

    def _compared(self) -> Iterator[Trial]:
        match self.claim.statement:
            case Compare(left=left, right=right, request=name):
                yield from (self._on_side(each, name) for each in (left, right))
            case Difference(old=old, new=new, request=name):
                yield from (self._on_side(Side("column", each), name) for each in (old, new))
            case (
                Always()
                | AlwaysAfter()
                | EveryRequest()
                | Possibly()
                | PossiblyAfter()
                | SomeRequest()
                | Leads()
                | Eventually()
            ):
                return
            case _:
                assert_never(self.claim.statement)

    def _on_side(self, side: Side, name: str) -> Trial:
        """Decide the request as one side does; a deployment is the one that the situation has."""
        request = self.evidence.requests.get(name, Request({}))
        situation = self.trace.situations[-1]
        if side.column is None:
            return _tried(self.rules, situation, request, request, None)
        rules, versions = column_rules(self.law, self.column, str(side.column))
        return _tried(rules, replace(situation, versions=versions), request, request, str(side.column))

    def _taken(self, trial: Trial) -> bool:
        return not trial.setting and any(
            step.request == trial.request and situation == trial.situation
            for situation, step in zip(self.trace.situations, self.trace.steps, strict=False)
        )


def _bound(outcome: Outcome, env: Environment) -> bool:
    """Whether the request is known, and every variable that replaces a parameter of it."""
    replacing = (term for _, term in outcome.changes if isinstance(term, Variable))
    return outcome.request in env.requests and all(each.name in env.variables for each in replacing)


def _trial(outcome: Outcome, env: Environment) -> Trial:
    asked = env.requests.get(outcome.request, Request({}))
    request = request_of(outcome, env)
    if outcome.column is None or env.columns is None:
        return _tried(env.rules, env.situation, asked, request, None)
    rules, deployed = env.columns(outcome.column)
    return _tried(rules, replace(env.situation, versions=deployed), asked, request, outcome.column)


def _tried(rules: Rules, here: Situation, asked: Request, request: Request, column: str | None) -> Trial:
    """A trial of a request, `asked` before its parameters were replaced."""
    strange = tuple(misformed(routing_model(rules, here), here, asked))
    return Trial(here, request, rules, "" if column is None else f"in {column}", strange)
