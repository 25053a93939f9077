"""Finds a request in a situation that shows a goal: an ordinary one that shows as much else as it can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from checker.logic.decode import Structure
from checker.logic.node import Node
from checker.logic.preferences import Holds
from checker.logic.solver import NoCore, Questioning
from checker.model.claim import Column, SomeRequest
from checker.model.deadline import Deadline, OutOfTime
from checker.model.expressions import FACT, And, Formula, Or
from checker.model.situation import Step
from checker.prove.ordinary_stories import Holding, Part, ordinary
from checker.question.jobs import Effort, Job
from checker.question.problem import GaveUp
from checker.question.question import Question, unwritten
from checker.question.workbench import Workshop
from checker.regime.regime import Regime
from checker.rooms.cases.goals import Goal, R, Visible
from checker.rooms.cases.meaning import Meaning, Sent
from checker.rooms.cases.played import Case
from checker.rooms.cases.smaller import smaller


@dataclass(frozen=True, slots=True)
class Witness:
    """What shows a goal, and how it can be seen. `sent` None: nothing does, if `open` is empty; otherwise
    that says why it is not known.
    """

    goal: Goal
    sent: Sent | None
    visible: Visible = "hidden"
    open: str = ""


class Witnesses:
    """Looks for witnesses in one column. `against`: another column that the goals name besides."""

    def __init__(
        self,
        regime: Regime,
        column: Column,
        goals: Sequence[Goal],
        effort: Effort,
        against: Column | None = None,
    ) -> None:
        self.regime, self.column, self.effort = regime, column, effort
        anything = Or(tuple(each.weakest for each in goals))
        claim = unwritten("Some request shows it.", SomeRequest(R, anything, reachable=False))
        self.question = Question(regime, Job(claim, column), Deadline.after(effort.budget))
        self.question.check_askable()
        self.problem = self.question.problem(Workshop(regime, effort.seed))
        request, formed = self.problem.drawn(f"the goal's {R}")
        self.request = request
        base = self.problem.system.base
        self.scope = self.problem.scope(base, requests={R: request, "": request})
        self.given = (*self.problem.frame, formed)
        self.meaning = Meaning(regime, column, against)
        self._nodes: dict[Formula, Node] = {}
        self._goals = tuple(goals)

    def find(self, goal: Goal, also: Iterable[Goal]) -> Witness:
        """A witness of the goal, as visible as can be, and of as many others as it can be, the first ones
        first.
        """
        try:
            return self._found(goal, also)
        except (GaveUp, OutOfTime) as why:
            return Witness(goal, None, open=str(why))

    @cached_property
    def _board(self) -> tuple[Questioning, dict[str, Node]]:
        """One question about some request, with a switch for each goal: supposed, the request shows it."""
        terms, goals = self.problem.terms, self._goals
        switches = {each.key: terms.symbol(f"shows {number}", FACT) for number, each in enumerate(goals)}
        meant = (terms.implies(switches[each.key], self._node(each.enough[0][1])) for each in goals)
        return self.problem.solver.questioning((*self.given, *meant)), switches

    def together(self, goals: Iterable[Goal]) -> bool:
        """Whether one request shows all of the goals, as they are best seen. False if not known."""
        asked, switches = self._board
        self.problem.solver.deadline = Deadline.after(self.effort.budget, self.effort.stop)
        try:
            return asked.possible([switches[each.key] for each in goals])
        except (NoCore, OutOfTime):
            return False

    def of_all(self, goals: Sequence[Goal]) -> Sent | None:
        """A request that shows all of the goals; None if none is found."""
        first, *others = goals
        both = And(tuple(each.enough[0][1] for each in others))
        asked = replace(first, ways=tuple((how, And((formula, both))) for how, formula in first.enough[:1]))
        return self.find(asked, ()).sent

    def _found(self, goal: Goal, also: Iterable[Goal]) -> Witness:
        deadline = Deadline.after(self.effort.budget, self.effort.stop)
        self.problem.solver.deadline = self.problem.terms.deadline = deadline
        for visible, formula in goal.enough:
            conditions = (*self.given, self._node(formula))
            answer = self.problem.answer(*conditions)
            if answer is None:
                continue
            wanted = dict.fromkeys((*(each.enough[0][1] for each in also), goal.ways[0][1]))
            wishes = [Holds(self._node(each)) for each in wanted]
            base = self.problem.system.base
            part = Part(base, self.request, is_request=True)
            best = ordinary(self.problem, conditions, answer, wishes, partial(_only, part), base)
            situation = self.problem.situation(best)
            sent = situation, self.problem.request(self.request, Structure(best), situation)
            if not self.meaning.shows(formula, sent):
                return Witness(goal, None, open="the request that was found does not show it when replayed")
            return Witness(goal, self._smaller(sent, formula), visible)
        return Witness(goal, None)

    def _smaller(self, sent: Sent, shows: Formula) -> Sent:
        compared = self.meaning.against is not None
        before = self.meaning.signature(sent) if compared else None

        def keeps(case: Case) -> bool:
            now = sent_by(case)
            same = not compared or self.meaning.signature(now) == before
            return same and self.meaning.holds(shows, now)

        case = Case(sent[0], (Step("request", request=sent[1]),))
        return sent_by(smaller(self.meaning.rules, case, keeps))

    def _node(self, formula: Formula) -> Node:
        if formula not in self._nodes:
            self._nodes[formula] = self.problem.read(formula, self.scope)
        return self._nodes[formula]


def sent_by(case: Case) -> Sent:
    """The request of a case of one step, and the situation that it is sent in."""
    (step,) = case.steps
    assert step.request is not None
    return case.start, step.request


def _only(part: Part, holding: Holding) -> tuple[Part, ...]:
    """The one request that there is, whatever holds."""
    del holding
    return (part,)
