"""Further stories behind a verdict: the shortest of those that differ in kind from all that were told before.

Each is checked as the first one is; what makes two stories the same, `story_kinds` says.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, assert_never

from checker.logic.node import Node
from checker.logic.symbolic_state import State
from checker.model.claim import (
    Always,
    AlwaysAfter,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
)
from checker.model.deadline import SPENT, Deadline, OutOfTime
from checker.prove.decide import Prover
from checker.prove.examples import choices
from checker.prove.fewer_things import slimmed
from checker.prove.search import Leg, Taken, find_story
from checker.prove.stories_of_possible import through
from checker.prove.story_kinds import ATTEMPT, Kind, Kinds
from checker.prove.story_or_invariant import ENOUGH, anywhere
from checker.question.columns import Columns
from checker.question.goals import Asking, Ending, Reach
from checker.question.jobs import Job
from checker.question.problem import GaveUp, Problem, relevant
from checker.question.question import Question
from checker.question.transition_system import Action, Parameters
from checker.question.verdict import Evidence, Others, Result, Story
from checker.question.workbench import Workshop
from checker.trusted.eventually import Waiting
from checker.trusted.obligations import Rejected, check
from checker.trusted.replay import NotReplayed, Replayer
from checker.trusted.requirements import Decided, obligations
from checker.trusted.requirements import replay as replay_needed
from checker.trusted.still_possible import Possible

MORE: Final = 2  # steps that another story may have more than the first
_STAGED: Final = "other stories are not looked for where requests are under way"
_NONE: Final = "there is no other story"


def with_others(prover: Prover, job: Job, result: Result) -> Result:
    """The result with as many further stories as the job asks for, if a story is behind the verdict. They
    have the budget of a verdict.
    """
    if not job.another or not result.decided or result.evidence.trace is None:
        return result
    deadline = Deadline.after(prover.budget, prover.stop)
    return replace(result, others=_others(prover.regime, job, result, prover.workshop, deadline))


def _others(regime: Columns, job: Job, result: Result, workshop: Workshop, deadline: Deadline) -> Others:
    if job.column.staged:
        return Others(end=_STAGED)
    question = Question(regime, job, deadline).shown_by(result.evidence)
    try:
        return _Search(question, question.problem(workshop), result).others(job.another)
    except (OutOfTime, RecursionError) as limit:
        why = SPENT if isinstance(limit, OutOfTime) else "the rules nest too deep"
        return Others(end=f"no other story was looked for: {why}")


class _Search:
    """The search for further stories behind one verdict."""

    def __init__(self, question: Question, problem: Problem, result: Result) -> None:
        self.question, self.problem = question, problem
        self.first = result.evidence
        self.verdict: Decided = "refuted" if result.verdict == "refuted" else "proved"
        self.kinds = Kinds(question)
        self.replayer = Replayer(question)
        self.alone: tuple[bool, ...] = (False,)  # whether a story may turn on who there is
        self.told: list[Kind] = [self.kinds.of(self.first)]

    def others(self, most: int) -> Others:
        """At most so many, and why there are no more."""
        found: list[Evidence] = []
        looked = _Looked()
        stories = self._stories(looked)
        try:
            while len(found) < most:
                with self.problem.costing(ENOUGH):
                    evidence = next(stories, None)
                if evidence is None:
                    return Others(tuple(found), looked.said)
                found.append(evidence)
        except GaveUp as why:
            return Others(tuple(found), looked.gave_up(str(why)))
        except (OutOfTime, RecursionError):
            return Others(tuple(found), looked.gave_up(SPENT))
        return Others(tuple(found))

    def _stories(self, looked: _Looked) -> Iterator[Evidence]:
        """Yield stories, the shortest first, and note how far was looked."""
        statement = self.question.statement
        match statement:
            case Leads(modality="never"):
                yield from self._escapes(statement, looked)
            case Leads():
                possible = Possible(statement)
                region = possible.ways(self.problem, self.first.ways)
                self.alone = (False, True)
                yield from self._reaching(possible.failing(region), looked, statement)
            case Eventually():
                waiting = Waiting(statement)
                self.alone = (False, True)
                yield from self._reaching(waiting.stuck(waiting.ways(self.problem, self.first.ways)), looked)
            case Difference():
                raise AssertionError("differences are request claims by now")
            case (
                Compare()
                | Always()
                | AlwaysAfter()
                | EveryRequest()
                | Possibly()
                | PossiblyAfter()
                | SomeRequest()
            ):
                asking = self.question.asking
                assert asking is not None
                if asking(self.problem).reachable:
                    yield from self._reaching(asking, looked)
                else:
                    yield from self._anywhere(asking, looked)
            case _:
                assert_never(statement)

    # -------------------------------------------------------------- searching

    def _anywhere(self, asking: Asking, looked: _Looked) -> Iterator[Evidence]:
        """Of any situation: stories without steps."""
        while True:
            apart = partial(self._apart, asking)
            found = anywhere(self.problem, apart, told=True)
            if found is None:
                looked.said = _NONE
                return
            yield self._best(choices(self.problem, self.replayer, apart, found, told=True))

    def _apart(self, asking: Asking, problem: Problem) -> Reach:
        """The question, where no story has steps, without what was told."""
        reach = asking(problem)

        def goal(state: State) -> Iterator[Ending]:
            for each in reach.goal(state):
                barred = self._barred((), state, each, reach.requests)
                yield replace(each, condition=problem.terms.and_(each.condition, problem.terms.not_(barred)))

        return replace(reach, goal=goal)

    def _reaching(self, asking: Asking, looked: _Looked, leads: Leads | None = None) -> Iterator[Evidence]:
        """From a start: stories of some steps, then of one more. `leads`: what could not be brought about."""
        problem, system = self.problem, self.problem.system
        reach = asking(problem)
        shapes = [reach]
        if leads is not None and self.first.attempt is not None:
            shapes.insert(0, self._attempted(reach, leads))
        reads = [each.condition for each in reach.goal(system.base)]
        for shape in shapes:
            reads += self.kinds.read(problem, system.base, shape.requests)
        schemas = relevant(problem, tuple(reads), system.schemas(reach.steps))

        def restrict(action: Action) -> Node:
            return system.sent_by(reach.steps, action, problem.scope(action.before))

        longest = len(self.told[0].steps) - self.kinds.last + MORE
        for count in range(longest + 1):
            looked.steps = count + self.kinds.last
            for shape in shapes:
                while count == 0 or schemas:
                    legs = (Leg(count, schemas, restrict=restrict),)
                    barred = partial(self._barred, asked=shape.requests)
                    found = find_story(problem, legs, shape.goal, shape.requests, start=True, barred=barred)
                    if found is None:
                        break
                    yield self._best(iter((self._told(found),)))
        looked.said = f"{_NONE} of at most {_steps(looked.steps)}" if schemas else _NONE

    def _attempted(self, reach: Reach, statement: Leads) -> Reach:
        """The same question, with a request that would lead to the goal if it were not refused."""
        problem, system = self.problem, self.problem.system
        given = system.fresh(system.every_request, ATTEMPT)

        def goal(state: State) -> Iterator[Ending]:
            action = system.at(system.every_request, state, given, checked=False)
            wanted = problem.terms.and_(
                action.guard,
                problem.terms.not_(system.at(system.every_request, state, given).guard),
                system.sent_by(statement.steps, action, problem.scope(state)),
                problem.read(statement.goal, problem.scope(action.after)),
            )
            for each in reach.goal(state):
                yield replace(each, condition=problem.terms.and_(each.condition, wanted))

        return replace(reach, goal=goal, requests={ATTEMPT: given})

    def _escapes(self, statement: Leads, looked: _Looked) -> Iterator[Evidence]:
        """Past the condition to the goal of a `never`."""
        longest, barred = len(self.told[0].steps) + MORE, partial(self._barred, asked={})
        while True:
            found = through(self.problem, statement, 0, longest=longest, barred=barred)
            if found is None:
                looked.said = f"{_NONE} of at most {_steps(longest)}"
                return
            yield self._best(iter((self._told(found),)))

    def _barred(
        self, path: Sequence[Taken], state: State, ending: Ending, asked: Mapping[str, Parameters]
    ) -> Node:
        """The condition that a story was told before."""
        again = (self.kinds.again(self.problem, each, path, state, ending, asked) for each in self.told)
        return self.problem.terms.or_(*again)

    # --------------------------------------------------------------- checking

    def _told(self, story: Story) -> Evidence:
        """The story as evidence, not yet checked."""
        tried = story.requests.get(ATTEMPT)
        asked = {name: each for name, each in story.requests.items() if name != ATTEMPT}
        told = self.replayer.told(replace(story, requests=asked))
        return replace(told, attempt=tried)

    def _best(self, drafts: Iterator[Evidence]) -> Evidence:
        """The first of these that can be checked and was not told; it is told from now on. Raises GaveUp."""
        try:
            for each in drafts:
                evidence = replace(each, ways=self.first.ways, one_by_one=self.first.one_by_one)
                slim = slimmed(self.question.rules, evidence, self.question.deadline)
                for draft in (*(() if slim is None else (slim,)), evidence):
                    checked = self._checked(draft)
                    if checked is not None:
                        return checked
        except NotReplayed as why:
            raise GaveUp(str(why)) from why
        raise GaveUp("what was found does not hold when it is checked")

    def _checked(self, evidence: Evidence) -> Evidence | None:
        for each in self.alone:
            draft = replace(evidence, alone=each)
            with contextlib.suppress(NotReplayed, Rejected):
                replay_needed(self.question, self.verdict, draft)
                kind = self.kinds.of(draft)
                if any(self.kinds.alike(kind, told) for told in self.told):
                    return None
                demanded = obligations(self.question, self.problem, self.verdict, draft)
                shown = replace(draft, obligations=check(self.problem, demanded))
                self.told.append(kind)
                return shown
        return None


class _Looked:
    """How far was looked. `steps`: of the stories that are being looked at."""

    def __init__(self) -> None:
        self.steps = 0
        self.said = _NONE

    def gave_up(self, why: str) -> str:
        """What is known where the search ends early."""
        shorter = f"there is none of at most {_steps(self.steps - 1)}; " if self.steps else ""
        return f"no other story was found: {shorter}{why}"


def _steps(count: int) -> str:
    return "one step" if count == 1 else f"{count} steps"
