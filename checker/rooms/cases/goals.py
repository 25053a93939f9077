"""What a test pack is to show: phrases both ways, limits, each answer of each component, each code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from checker.model.decision import answer_of
from checker.model.expressions import Formula, Is, Outcome, Present, Value
from checker.model.item import Item
from checker.model.model import Check, Component, Limb, Model, Stage
from checker.model.situation import Instance
from checker.model.unparse import unparse
from checker.rooms.cases.conditions import Condition, Rule, Saying, conj, disj, negated
from checker.rooms.near_limits import near_limits
from checker.story.phrases import Phrases

R: Final = "r"
"""The request of the goals."""

Level: TypeAlias = Literal["component", "end-to-end", "user"]
LEVELS: Final[tuple[Level, ...]] = ("component", "end-to-end", "user")

Visible: TypeAlias = Literal["end to end", "at the component", "hidden"]
"""Where it can be seen that something decides: in the answer to the request, in that of the component alone,
or not, because another check there has the same answer.
"""
VISIBLE: Final[tuple[Visible, ...]] = ("end to end", "at the component", "hidden")

Kind: TypeAlias = Literal["condition", "limit", "answer", "code", "change"]


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that a case is to show, by some request in some situation.

    `key`: what it is about, in words that do not depend on the rest of the law. `ways`: what holds of such a
    request, the clearest way first. `fails`: the check, or the request, fails; of a limit nothing is said.
    `item`, `limb`: the phrase that decides, and what that belongs to. `at`: the component, or one instance of
    it. `condition`: what decides, as it is written, or how numbers stand to their limit; `told`: that it
    holds or, if it is not `holding`, that it does not, in words; `whether`: of a limit, what turns on it.
    """

    kind: Kind
    key: str
    ways: tuple[tuple[Visible, Formula], ...]
    check: Check | None = None
    at: Instance | None = None
    fails: bool = False
    item: Item | None = None
    limb: Limb | None = None
    condition: str = ""
    holding: bool = False
    told: str = ""
    whether: str = ""

    @property
    def enough(self) -> tuple[tuple[Visible, Formula], ...]:
        """The ways that will do for the tests that need it: of one component, what can be seen there."""
        return tuple(each for each in self.ways if self.level != "component" or each[0] != "end to end")

    @property
    def weakest(self) -> Formula:
        """What holds of any request that shows it."""
        return self.ways[-1][1]

    @property
    def level(self) -> Level:
        """The tests that need it."""
        levels: dict[Kind, Level] = {
            "condition": "component",
            "limit": "component",
            "answer": "end-to-end",
            "change": "end-to-end",
            "code": "user",
        }
        return levels[self.kind]

    @property
    def clause(self) -> str:
        """The clause that it is about, if it is about one."""
        if self.item is not None and self.item.phrases:
            return self.item.phrases[0].clause
        if self.limb is not None:
            return self.limb.clause
        return "" if self.check is None else self.check.clause

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the law that decide."""
        return () if self.item is None else tuple(each.text for each in self.item.phrases)

    @property
    def number(self) -> str:
        """A short name for it, which stays while the goal is the same."""
        return digest(self.key)


def told(model: Model, condition: Formula, *, holding: bool) -> str:
    """That a condition holds or does not, in the words of the law."""
    return Phrases(model).clause(condition if holding else negated(condition))


def digest(text: str) -> str:
    """Return eight letters and digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class Goals:
    """All goals for one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.saying = Saying(model, R)
        self.stages = {
            name: [each for each in model.route if each.component == name] for name in model.components
        }

    def all(self) -> tuple[Goal, ...]:
        """Every goal, in the order of the law: conditions, answers of components, codes."""
        conditions = (goal for check in self.model.checks for goal in self.of_check(check))
        found = (*conditions, *self.answers(), *self.codes())
        return tuple({each.key: each for each in found}.values())

    def of_check(self, check: Check) -> Iterator[Goal]:
        """Yield, for every component that makes the check and that requests come by, that each of its
        conditions decides both ways, and that each limit decides at it, next to it, and at nothing.
        """
        rule = Rule(self.saying, check)
        for component in (each for each in check.components if self.stages[each]):
            visited = self.visited(component)
            for condition in rule.conditions:
                for to_fail, holding in condition.ways():
                    decides = conj((visited, condition.decides(rule.fails, to_fail=to_fail, holding=holding)))
                    yield self._of_condition(check, component, condition, decides, (to_fail, holding))
                yield from self._of_limits(check, component, rule, condition)

    def _of_condition(
        self, check: Check, component: str, condition: Condition, decides: Formula, way: tuple[bool, bool]
    ) -> Goal:
        to_fail, holding = way
        said = condition.place.condition
        ways = "fails" if to_fail else "passes", "holds" if holding else "does not hold"
        named = "\n".join((*_named("condition", check, component, condition), unparse(said), *ways))
        return Goal(
            "condition",
            named,
            tuple(self._visibly(check, component, decides)),
            check,
            (component, None),
            to_fail,
            condition.item,
            condition.limb,
            unparse(said),
            holding,
            told(self.model, said, holding=holding),
        )

    def _of_limits(self, check: Check, component: str, rule: Rule, condition: Condition) -> Iterator[Goal]:
        """Yield that a condition decides where its numbers stand to each other in each of these ways."""
        decides = disj(
            tuple(
                condition.decides(rule.fails, to_fail=to_fail, holding=holding)
                for to_fail, holding in condition.ways()
            )
        )
        limit = condition.place.condition
        named = (*_named("limit", check, component, condition), unparse(limit))
        for near in near_limits(self.model, limit):
            shown = conj((self.visited(component), near, decides))
            yield Goal(
                "limit",
                "\n".join((*named, unparse(near))),
                tuple(self._visibly(check, component, shown)),
                check,
                (component, None),
                item=condition.item,
                limb=condition.limb,
                condition=unparse(near),
                holding=True,
                told=told(self.model, near, holding=True),
                whether=told(self.model, limit, holding=True),
            )

    def _visibly(self, check: Check, component: str, decides: Formula) -> Iterator[tuple[Visible, Formula]]:
        """Yield what lets it be seen that something decides: no other check at the component fails and, for
        the answer to the request to show it, none before.
        """
        others = tuple(each for each in self.model.checks if each.name != check.name)
        beside = tuple(map(_passes, (each for each in others if component in each.components)))
        route = tuple(dict.fromkeys(each.component for each in self.model.route))
        before = tuple(Outcome("passes", R, each) for each in route[: route.index(component)])
        yield "end to end", conj((decides, *beside, *before))
        yield "at the component", conj((decides, *beside))
        yield "hidden", decides

    def visited(self, component: str) -> Formula:
        """That the request comes by the component, if everything before lets it pass."""
        return disj(tuple(self._stops(each) for each in self.stages[component]))

    def _stops(self, stage: Stage) -> Formula:
        there = () if stage.when is None else (self.saying.of(stage.when),)
        index = () if stage.index is None else (Present(self.saying.of(stage.index)),)
        behind = () if stage.behind is None else (negated(self.saying.of(stage.behind)),)
        return conj((*there, *index, *behind))

    # -------------------------------------------------------------- answers

    def answers(self) -> Iterator[Goal]:
        """Yield, for every component or instance of one, that it lets a request pass that is accepted, and
        that each of its checks refuses one.
        """
        for instance, here in self.places():
            key = "\n".join(("answer", instance[0], instance[1] or ""))
            accepted = conj((here, Outcome("accepted", R)))
            yield Goal("answer", f"{key}\naccepted", (("end to end", accepted),), at=instance)
            for check in self.model.checks:
                if instance[0] in check.components:
                    ways = self._refusals(check, instance[0], here)
                    yield Goal("answer", f"{key}\n{check.name}", ways, check, instance, fails=True)

    def places(self) -> Iterator[tuple[Instance, Formula]]:
        """Yield every component, or instance of one, with the condition that a request comes by there."""
        for component in self.model.components.values():
            for stage in self.stages[component.name]:
                yield from self._instances(component, stage)

    def _instances(self, component: Component, stage: Stage) -> Iterator[tuple[Instance, Formula]]:
        here = self._stops(stage)
        if component.index is None or stage.index is None:
            yield (component.name, None), here
            return
        for value in component.index.values:
            named = Is(self.saying.of(stage.index), Value(component.index, value))
            yield (component.name, value), conj((here, named))

    def _refusals(self, check: Check, component: str, here: Formula) -> tuple[tuple[Visible, Formula], ...]:
        refused = conj((here, Outcome("rejected", R, check.name), Outcome("rejected", R, component)))
        alone = conj((here, Outcome("fails only", R, check.name)))
        return (("end to end", alone), ("hidden", refused))

    def codes(self) -> Iterator[Goal]:
        """Yield that a request is accepted, and that each code, or check without one, answers one."""
        yield Goal("code", "code\naccepted", (("end to end", Outcome("accepted", R)),))
        answers: dict[tuple[str, str], list[Check]] = {}
        for each in self.model.checks:
            answers.setdefault(answer_of(each), []).append(each)
        for (sort, name), checks in answers.items():
            alone = disj(tuple(Outcome("fails only", R, each.name) for each in checks))
            refused = disj(tuple(Outcome("rejected", R, each.name) for each in checks))
            ways: tuple[tuple[Visible, Formula], ...] = (("end to end", alone), ("hidden", refused))
            yield Goal("code", f"code\n{sort}\n{name}", ways, checks[0], fails=True)


def _named(kind: Kind, check: Check, component: str, condition: Condition) -> tuple[str, ...]:
    """What a goal of a condition is about."""
    limb = "" if condition.limb is None else condition.limb.clause
    return kind, check.name, component, limb, *(each.text for each in condition.item.phrases)


def changes(models: tuple[Model, ...], old: str, new: str) -> Iterator[Goal]:
    """Yield each way for the answer to change from one column to another: from and to being accepted,
    or refused by each check.
    """
    names = tuple(dict.fromkeys(each.name for model in models for each in model.checks))
    answers = ("", *names)
    for before in answers:
        for after in answers:
            if before != after:
                was, now = _answer(before, old), _answer(after, new)
                told = (before or "accepted", after or "accepted")
                key = "\n".join(("change", *told))
                yield Goal("change", key, (("end to end", conj((was, now))),), condition=" -> ".join(told))


def _answer(check: str, column: str) -> Formula:
    if not check:
        return Outcome("accepted", R, None, column)
    return Outcome("rejected", R, check, column)


def _passes(check: Check) -> Formula:
    return Outcome("passes", R, check.name)
