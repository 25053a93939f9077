"""Which words a verdict rests on: a minimal set with which everything that it needs still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from checker.blame.doubted_law import DoubtedLaw, Doubts, Treatment
from checker.blame.story_as_formula import Retold
from checker.language.diagnostics import Span
from checker.logic.node import Node
from checker.logic.solver import NoCore, Questioning
from checker.model.deadline import NEVER, SPENT, Deadline, OutOfTime
from checker.model.expressions import FACT
from checker.question.columns import Columns
from checker.question.jobs import Job
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.verdict import Blame, Evidence, Ground, GroundKind, Result
from checker.question.workbench import Workshop
from checker.trusted import requirements
from checker.trusted.grounds import demanded
from checker.trusted.obligations import Claimed

Key: TypeAlias = tuple[str, str, Span]
"""Identifies a ground."""


def blame_of(regime: Columns, result: Result, deadline: Deadline = NEVER) -> Blame:
    """What the verdict of a result rests on: a minimal set for its own evidence."""
    if result.verdict not in ("proved", "refuted"):
        return Blame(unknown="there is no verdict")
    try:
        return _Blaming(regime, result, deadline).blame()
    except (GaveUp, NoCore) as why:
        return Blame(unknown=str(why))
    except OutOfTime:
        return Blame(unknown=SPENT)


def sufficient(regime: Columns, result: Result, deadline: Deadline = NEVER) -> tuple[Ground, ...] | None:
    """Grounds that suffice for the verdict, whatever all others mean. The search is quick, so some may not be
    needed. A limb with binders counts as one ground. None if no such grounds are found.
    """
    try:
        return _Blaming(regime, result, deadline).sufficient()
    except (GaveUp, NoCore, OutOfTime):
        return None


Described: TypeAlias = tuple[str, str, tuple[str, ...], str]
"""A ground in words: its kind, its rule, its phrases and what they were taken to mean."""


def described(ground: Ground) -> Described:
    """The ground in words, which identify it."""
    return ground.kind, ground.rule, tuple(each.text for each in ground.phrases), ground.meaning


def recheck_blame(regime: Columns, result: Result, needed: Sequence[Described]) -> Blame:
    """The blame that an entry gives, if those grounds suffice. Whether they are minimal is not checked again.
    Raises GaveUp if they do not suffice, or if the law has no such words.
    """
    try:
        return _Blaming(regime, result, NEVER).recheck(needed)
    except NoCore as why:
        raise GaveUp(str(why)) from why


class _Blaming:
    """Finds needed grounds: first with a switch for every phrase, and one for each limb with binders; then,
    for each needed limb, its phrases one after the other.
    """

    def __init__(self, regime: Columns, result: Result, deadline: Deadline) -> None:
        self.regime = regime
        self.result = result
        self.deadline = deadline

    def blame(self) -> Blame:
        doubts = Doubts(lambda _: "switch")
        questions, problem = self._wanted(doubts)
        switches = {problem.terms.apply(name, (), FACT): each for name, each in doubts.switches.items()}
        asked = [problem.solver.questioning(each) for each in questions]
        chosen = _minimal(asked, _order(switches))
        needed = {switches[each].key: switches[each] for each in switches if each in chosen}
        needed |= self._keepers(needed)
        others = len(switches) - len(needed)
        split: set[str] = set()
        for limb in [each for each in needed.values() if each.kind == "limb"]:
            del needed[limb.key]
            split.add(limb.rule)
            needed |= self._phrases_of(limb, set(needed), frozenset(split))
        if not self._goes_through(self._keeping(set(needed), frozenset(split))):
            raise GaveUp("the words that were found do not suffice")
        return Blame(tuple(needed.values()), others)

    def sufficient(self) -> tuple[Ground, ...]:
        doubts = Doubts(lambda _: "switch")
        questions, problem = self._wanted(doubts)
        switches = {problem.terms.apply(name, (), FACT): each for name, each in doubts.switches.items()}
        cores = _cores([problem.solver.questioning(each) for each in questions], list(switches))
        chosen = frozenset[Node]().union(*cores)
        own = {ground.key: ground for switch, ground in switches.items() if switch in chosen}
        return tuple((own | self._kept_by({}, None)).values())

    def recheck(self, needed: Sequence[Described]) -> Blame:
        """The grounds that the words describe, if everything holds with them alone."""
        whole = self._grounds(frozenset())
        limbs = {each.rule for each in whole if each.kind == "limb"}
        split = frozenset(rule for kind, rule, *_ in needed if kind == "phrase" and rule in limbs)
        known = {described(each): each for each in self._grounds(split)}
        for each in needed:
            if each not in known:
                raise GaveUp(f"it is said to rest on words of `{each[1]}` that the law does not have")
        found = tuple(known[each] for each in needed)
        if not self._goes_through(self._keeping({each.key for each in found}, split)):
            raise GaveUp("the words that it is said to rest on do not suffice")
        units = {each.rule if each.rule in split else each.key for each in found}
        return Blame(found, len(whole) - len(units))

    def _grounds(self, split: frozenset[str]) -> tuple[Ground, ...]:
        """Everything that the verdict may rest on."""
        met: dict[Key, Ground] = {}

        def meet(ground: Ground) -> Treatment:
            met[ground.key] = ground
            return "keep"

        self._wanted(Doubts(meet, split))
        return tuple(met.values())

    def _keepers(self, needed: Mapping[Key, Ground]) -> dict[Key, Ground]:
        """What the needed axioms rest on in turn: the words by which every step keeps them, and other axioms
        if necessary.
        """
        axioms = {key for key, each in needed.items() if each.kind == "axiom"}
        if not axioms:
            return {}
        try:
            return self._kept_by(needed, axioms)
        except GaveUp:
            return self._kept_by(needed, None)

    def _kept_by(self, needed: Mapping[Key, Ground], axioms: set[Key] | None) -> dict[Key, Ground]:
        """Grounds that, together with the needed ones, make every step keep these axioms (None: all axioms);
        the axioms are among them. Raises GaveUp if no grounds do.
        """
        found: dict[Key, Ground] = {}

        def doubt(ground: Ground) -> Treatment:
            if ground.kind == "axiom" and (axioms is None or ground.key in axioms):
                found[ground.key] = ground
                return "keep"
            if ground.kind == "axiom":
                return "drop"
            return "keep" if ground.key in needed else "switch"

        doubts = Doubts(doubt)
        for problem in self._founded(doubts):
            for checked in (False, True):
                try:
                    found |= _least(problem, doubts, demanded(problem, checked=checked))
                    break
                except GaveUp:
                    if checked:
                        raise
        return found

    def _founded(self, doubts: Doubts) -> Iterator[Problem]:
        """Yield the problems of the doubted laws whose steps must keep their axioms for the verdict."""
        law, question = self._asked(doubts)
        workshop = Workshop(law, 0)
        columns = question.compared if question.about.compares else ()
        places = [workshop.place(each, (), moving=False) for each in columns]
        for place in dict.fromkeys((*places, question.place(workshop))):
            yield Question.of_grounds(law, place, self.deadline).problem(workshop)

    def _phrases_of(self, limb: Ground, others: set[object], split: frozenset[str]) -> dict[Key, Ground]:
        """The phrases of a limb that are needed in addition to the other grounds."""
        phrases: dict[Key, Ground] = {}

        def all_of_it(ground: Ground) -> Treatment:
            if ground.rule == limb.rule:
                phrases[ground.key] = ground
            return "keep"

        self._wanted(Doubts(all_of_it, split))
        needed = dict(phrases)
        for key in phrases:
            fewer = {each for each in needed if each != key}
            if self._goes_through(self._keeping(fewer | others, split)):
                del needed[key]
        return needed

    @staticmethod
    def _keeping(keys: set[object], split: frozenset[str]) -> Doubts:
        return Doubts(lambda ground: "keep" if ground.key in keys else "drop", split)

    def _goes_through(self, doubts: Doubts) -> bool:
        questions, problem = self._wanted(doubts)
        goes = all(problem.answer(*each) is None for each in questions)
        return goes and all(map(_keeps_axioms, self._founded(doubts)))

    def _wanted(self, doubts: Doubts) -> tuple[list[tuple[Node, ...]], Problem]:
        """What must be unsatisfiable for the verdict, in the terms of the doubted law."""
        result = self.result
        assert result.verdict in ("proved", "refuted")
        law, question = self._asked(doubts)
        problem = question.problem(Workshop(law, 0))
        obligations = requirements.obligations(question, problem, result.verdict, result.evidence)
        formulas = [each.formulas for each in obligations]
        return [*formulas, *_stories(question, problem, result.evidence)], problem

    def _asked(self, doubts: Doubts) -> tuple[DoubtedLaw, Question]:
        """The doubted law, and the question that the evidence answers there."""
        result, law = self.result, DoubtedLaw(self.regime, doubts)
        asked = Question(law, Job(result.claim, result.column, by=result.by), self.deadline)
        return law, asked.shown_by(result.evidence)


def _keeps_axioms(problem: Problem) -> bool:
    """Whether every step keeps the axioms, if necessary because checks refuse some requests."""
    return any(
        all(problem.answer(*each.formulas) is None for each in demanded(problem, checked=checked))
        for checked in (False, True)
    )


def _least(problem: Problem, doubts: Doubts, claimed: Iterable[Claimed]) -> dict[Key, Ground]:
    """A minimal set, of the grounds that have a switch, with which the obligations hold. Raises GaveUp."""
    asked = [problem.solver.questioning(each.formulas) for each in claimed]
    switches = {problem.terms.apply(name, (), FACT): each for name, each in doubts.switches.items()}
    chosen = _minimal(asked, _order(switches))
    return {switches[each].key: switches[each] for each in switches if each in chosen}


def _cores(questions: Sequence[Questioning], switches: Sequence[Node]) -> list[frozenset[Node]]:
    """For each question, switches that make it unsatisfiable."""
    cores = [each.core(switches) for each in questions]
    known = [each for each in cores if each is not None]
    if len(known) < len(cores):
        raise GaveUp("the evidence does not hold when its words are doubted")
    return known


def _minimal(questions: Sequence[Questioning], order: Sequence[Node]) -> frozenset[Node]:
    """A minimal set of switches that makes every question unsatisfiable. `order`: which to try to leave out
    first.
    """
    known = _cores(questions, order)
    needed = frozenset[Node]().union(*known)
    for switch in [each for each in order if each in needed]:
        fewer = needed - {switch}
        # A question whose core does not contain the switch need not be asked again.
        asked = [number for number, core in enumerate(known) if switch in core]
        again = {number: questions[number].core(fewer) for number in asked}
        found = {number: core for number, core in again.items() if core is not None}
        if len(found) == len(asked):
            needed = fewer
            known = [found.get(number, core) for number, core in enumerate(known)]
    return frozenset(needed)


def _order(grounds: Mapping[Node, Ground]) -> list[Node]:
    """The order in which to try to leave grounds out: suppositions first, then inferred items, the words of
    the law last, so that a proof rests on no supposition that it does not need.
    """
    kinds: list[GroundKind] = ["axiom", "premise", "start", "condition", "update", "limb", "phrase"]

    def key(node: Node) -> tuple[int, bool]:
        ground = grounds[node]
        return kinds.index(ground.kind), bool(ground.phrases)

    return sorted(grounds, key=key)


def _stories(question: Question, problem: Problem, evidence: Evidence) -> Iterator[tuple[Node, ...]]:
    """For every story that the verdict needs, the formulas that must be unsatisfiable for it to happen."""
    if evidence.trace is not None:
        yield Retold.of(question, problem, evidence).denied(None)
    for case, each in zip(question.cases, evidence.cases, strict=False):
        yield Retold.of(question, problem, each).denied(question.asking_case(case.label))
