"""A question: one claim in one column, in the form in which it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Column,
    Compare,
    Difference,
    DifferenceCase,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
    is_existential,
    is_of_orders,
    named_columns,
)
from checker.model.deadline import NEVER, Deadline
from checker.model.expressions import Truth
from checker.model.lacking import lacking
from checker.model.made_of import rules_with_places
from checker.model.mixture import apart, common_model
from checker.model.model import Model
from checker.model.situation import Situation
from checker.model.under_way import unaskable
from checker.model.unseen_breaches import unseen
from checker.question import comparisons
from checker.question.columns import Columns, column_named, column_rules, rules_with
from checker.question.goals import Asking, reach_of
from checker.question.jobs import Job
from checker.question.one_by_one import OneByOne
from checker.question.problem import GaveUp, Problem, by_condition
from checker.question.verdict import Evidence
from checker.question.which_laws import About, Law, starts, vocabulary, wrong_sides
from checker.question.workbench import Place, Workshop


class Question:
    """A job, with the rules that it is about. Comparisons, except those of orders, are rewritten as claims
    about every request.

    `rules`: version -> model, of the column and of every version that a deployment may range over. `free`:
    these versions; `moving`: they may change between steps, if there are steps. `deadline`: for all work on
    it.
    """

    def __init__(self, regime: Columns, job: Job, deadline: Deadline = NEVER) -> None:
        self.regime = regime
        self.deadline = deadline
        self.one_by_one = OneByOne.of(job.claim, job.column) if job.one_by_one else None
        if self.one_by_one is not None:
            job = replace(job, claim=self.one_by_one.of_one())
        self.job = job
        self._askable = False  # set once the check has passed
        claim = job.claim
        self.statement: Statement = self._asked_of_staged(claim.statement)
        self.free: tuple[str, ...] = claim.over
        self.moving = bool(claim.deployment_over) and starts(self.statement)
        if isinstance(claim.statement, Compare | Difference):
            self.free = claim.deployed or comparisons.versions_of(claim.statement)
            if not self.of_orders:
                models = (*self._rules().values(), *self._compared(claim.statement))
                self.statement = comparisons.as_request_claim(claim.statement, models)
        self.rules: Mapping[str, Model] = self._rules()

    @classmethod
    def of_grounds(cls, regime: Columns, place: Place, deadline: Deadline = NEVER) -> Question:
        """The question about a law, without a claim: whether it has the grounds that all verdicts need."""
        law, free, moving = place
        always = Always(Truth(value=True))
        claim = unwritten("Every step keeps the axioms, and they allow a start.", always)
        question = cls(regime, Job(claim, law), deadline)
        question.free, question.moving = free, moving
        question.rules = question._rules()
        return question

    @property
    def about_one(self) -> Question:
        """The same question about any one of the things in the claim's goal."""
        return Question(self.regime, replace(self.job, one_by_one=True), self.deadline)

    def shown_by(self, evidence: Evidence) -> Question:
        """The question that the evidence answers: this one, or the one about any one of the things."""
        return self.about_one if evidence.one_by_one else self

    def _asked_of_staged(self, statement: Statement) -> Statement:
        """The statement. In a staged column, the steps of `possibly` are restricted to requests that are
        processed in one go: what these can bring about can be brought about.
        """
        if not (self.job.column.staged and isinstance(statement, Leads) and statement.modality == "possibly"):
            return statement
        return replace(statement, steps=replace(statement.steps, at_once=True))

    @property
    def half_decided(self) -> str | None:
        """Why one of the two verdicts on the claim cannot be concluded, if so."""
        if not self.job.column.staged:
            return None
        match self.statement:
            case Leads(modality="possibly"):
                return "requests that are carried out in one go cannot bring it about, but others might"
            case Leads():
                return "it is undecided whether requests that are under way can bring it about"
            case (
                Always()
                | AlwaysAfter()
                | EveryRequest()
                | Possibly()
                | PossiblyAfter()
                | SomeRequest()
                | Eventually()
                | Compare()
                | Difference()
            ):
                return None
            case _:
                assert_never(self.statement)

    @cached_property
    def unaskable(self) -> str | None:
        """Why the claim makes no sense in the column, if that is staged; None if it does."""
        if not self.job.column.staged:
            return None
        return unaskable(self.job.claim, by_condition(self.job.by, "", self.rules.values()))

    def check_askable(self) -> None:
        """Raise GaveUp if the claim cannot be asked of the column, is about other deployments, or if versions
        that may be deployed side by side differ in what is only read once.
        """
        if self._askable:
            return
        if self.unaskable is not None:
            raise GaveUp(f"it cannot be asked of a staged column: {self.unaskable}")
        if self.job.one_by_one and self.one_by_one is None:
            raise GaveUp("its goal cannot be reached for one thing after the other")
        strange = self.job.claim.leaves_out(self.regime.deployed(self.job.column).values())
        if self.job.claim.deployment_over and strange is not None:
            raise GaveUp(f"it lists the versions that may be deployed, and `{strange}` is none of them")
        self._check_words()
        self._check_seen()
        self.check_alike()
        why = wrong_sides(self.regime, self.job.column, self.rules, self.about, *self.words)
        if why is not None:
            raise GaveUp(why)
        self._askable = True

    def _check_words(self) -> None:
        """Raise GaveUp if the claim mentions something that a version here does not have."""
        for model in sorted(self.rules.values(), key=lambda each: each.column):
            name = lacking(model, *self.words)
            if name is not None:
                raise GaveUp(f"it mentions `{name}`, which `{model.column}` does not have")

    def _check_seen(self) -> None:
        """Raise GaveUp if claim or law ask about a breach, while it lasts, that no situation shows."""
        for model in (each for each in self.rules.values() if each.duties):
            why = unseen(model, *self.words, *(rule for _, rule in rules_with_places(model)))
            if why is not None:
                raise GaveUp(why)

    def check_alike(self) -> None:
        """Raise GaveUp if versions that may be deployed side by side differ in what is only read once: in
        what situations and steps consist of, or in the meaning of the claim's own words.
        """
        why = apart(self.rules, *self.words)
        if why is not None:
            raise GaveUp(why)

    @property
    def words(self) -> tuple[object, ...]:
        """The parts of the claim that have a meaning of their own."""
        claim = self.job.claim
        return self.statement, claim.where, claim.premises, claim.witness

    def _rules(self) -> Mapping[str, Model]:
        return rules_with(self.regime, self.job.column, self.free)

    def _compared(self, statement: Compare | Difference) -> Iterator[Model]:
        """The models of the columns that a comparison names, under the readings of the job's column."""
        for column in named_columns(statement):
            yield from column_rules(self.regime, self.job.column, str(column))[0].values()

    @property
    def of_orders(self) -> bool:
        """It compares two orders of the same checks."""
        return is_of_orders(self.job.claim.statement)

    @property
    def universal(self) -> bool:
        """The claim says "always", so it might be vacuous."""
        return not is_existential(self.statement)

    @property
    def cases(self) -> tuple[DifferenceCase, ...]:
        """The cases of an exact difference, each of which must occur."""
        statement = self.job.claim.statement
        if not isinstance(statement, Difference):
            return ()
        return statement.cases

    def place(self, workshop: Workshop) -> Place:
        """The law that the job is built on. If the claim names columns, that is its own column, since those
        columns may read suppositions that it has dropped.
        """
        if self.about != About():
            return self.job.column, self.free, self.moving
        return workshop.place(self.job.column, self.free, moving=self.moving)

    def problem(self, workshop: Workshop) -> Problem:
        """The claim in the terms of a workbench of its own."""
        bench = workshop.bench(self.place(workshop), self.deadline)
        return Problem(self.job.claim, bench, self.model, self.about)

    # ----------------------------------------------------------------- laws

    @cached_property
    def about(self) -> About:
        """The laws that the claim is about."""
        return About.of(self.job.claim, self.statement)

    @property
    def compared(self) -> tuple[Column, ...]:
        """The columns that its outcomes name."""
        named = (each for each in self.about.laws if each is not None)
        return tuple(column_named(self.regime, self.job.column, each) for each in named)

    @cached_property
    def model(self) -> Model:
        """The model that gives the meaning of the claim's words and the functions of its situations."""
        own = common_model(self.rules)
        return vocabulary(self.regime, self.job.column, own, self.about)

    def law(self, named: Law, situation: Situation) -> tuple[Mapping[str, Model], Situation]:
        """The rules of a law that the claim is about, and the situation with its versions deployed."""
        if named is None:
            return self.rules, situation
        rules, deployed = column_rules(self.regime, self.job.column, named)
        return rules, replace(situation, versions=deployed)

    # ------------------------------------------------------- what is reached

    @cached_property
    def asking(self) -> Asking | None:
        """The statement as a question of reachability, if it is one."""
        statement = self.statement
        match statement:
            case Compare():
                return lambda problem: comparisons.order_reach(problem, statement)
            case Always() | AlwaysAfter() | EveryRequest() | Possibly() | PossiblyAfter() | SomeRequest():
                return lambda problem: reach_of(problem, statement, self.job.by)
            case Leads() | Eventually():
                return None
            case Difference():
                raise AssertionError("differences are request claims by now")
            case _:
                assert_never(statement)

    def occurs(self, case: DifferenceCase) -> SomeRequest:
        """The statement that a case of an exact difference occurs."""
        assert isinstance(self.statement, EveryRequest)
        return SomeRequest(self.statement.request, case.formula, reachable=False)

    def asking_case(self, label: str) -> Asking:
        """The question whether a case of an exact difference occurs."""
        statement = self.occurs(next(each for each in self.cases if each.label == label))
        return lambda problem: reach_of(problem, statement)


def unwritten(sentence: str, statement: Statement) -> Claim:
    """A claim without an author, with a statement and nothing else."""
    return Claim(
        name="unwritten",
        sentence=sentence,
        statement=statement,
    )
