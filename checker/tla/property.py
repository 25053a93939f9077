"""The formula that TLC checks for a claim, over the names of its module."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.model.expressions import In, Is, Not, Or, Parameter, Variable
from checker.model.model import SHAPE, Event
from checker.tla.by_part import these_parts
from checker.tla.claim_shape import ClaimShape
from checker.tla.followed import Part, Values
from checker.tla.formulas import Scope
from checker.tla.law_module import Law
from checker.tla.layout import (
    AND,
    COMPARISON,
    TRUE,
    Binary,
    Bound,
    Doc,
    Joined,
    Negated,
    Primed,
    Words,
    all_of,
    any_of,
    block,
    defined,
    implied,
    inline,
    negated,
)
from checker.tla.sets import Sets
from checker.tla.spelling import Names, hung, lower, string

MADE: Final = 'step\'.kind = "request"'
HAPPENED: Final = 'step\'.kind = "event"'


@dataclass(frozen=True, slots=True)
class Bindings:
    """The names of the claim's variables. `free`: those that may stand for several things."""

    names: Names
    variables: Mapping[str, str]
    free: tuple[Variable, ...]

    @property
    def pattern(self) -> str:
        """The free variables as an element of `Subjects`."""
        names = [self.variables[each.name] for each in self.free]
        return names[0] if len(names) == 1 else f"<<{', '.join(names)}>>"


class Property:
    """Writes what is checked. `fixed`: the claim's variable -> the constant that it is."""

    def __init__(
        self,
        law: Law,
        question: ClaimShape,
        parts: tuple[Part, ...],
        sets: Sets,
        fixed: Mapping[str, str],
    ) -> None:
        self.law = law
        self.question = question
        self.parts = parts
        self.sets = sets
        names = law.lexicon.names.copy()
        names.used.update(fixed.values())
        free = tuple(each for each in question.variables if each.name not in fixed)
        bound = {each.name: names.take(lower(each.name)) for each in free}
        self.requests = {
            each: names.take(lower(each)) for each in (*question.requests, question.request) if each
        }
        self.bindings = Bindings(names, {**fixed, **bound}, free)
        self.asked = {each: names.take(f"Asked_{name}") for each, name in self.requests.items()}
        self.scope = Scope(names, self.bindings.variables, frozenset(self.bindings.variables), self.requests)

    # ---------------------------------------------------------------- parts

    def given(self, scope: Scope) -> Doc:
        """Return the claim's `where` and premises."""
        claim = self.question.claim
        parts = [*((claim.where,) if claim.where is not None else ()), *claim.premises]
        return all_of([self.law.writer.formula(each, scope) for each in parts])

    def condition(self, scope: Scope | None = None) -> Doc:
        """Return the conjunction of the claim's `where`, its premises, and the condition."""
        scope = scope or self.scope
        return all_of([self.given(scope), self.law.writer.formula(self.question.where, scope)])

    def text(self) -> list[str]:
        """Return the lines of the formula that is checked."""
        match self.question.form:
            case "situation":
                return block(self._quantified(self._judged(self.condition(), self._said(self.scope))), 4)
            case "request":
                return block(self._quantified(self._of_requests()), 4)
            case "after":
                return self._action()
            case "next":
                return block(self._quantified(self._next()), 4)
            case "never":
                return block(self._never(), 4)

    def _said(self, scope: Scope) -> Doc:
        return self.law.writer.formula(self.question.formula, scope)

    def _judged(self, condition: Doc, said: Doc) -> Doc:
        """The formula whose violation refutes the claim or, for a claim that something is possible, proves
        it.
        """
        if self.question.universal:
            return implied(condition, said)
        return negated(all_of([condition, said]))

    def _quantified(self, body: Doc) -> Doc:
        """The body for all values of the claim's own variables and requests."""
        for each in reversed(self.question.requests):
            name = self.requests[each]
            body = Bound(f"\\A {name} \\in {self.asked[each]} :", implied(Words(f"WellFormed({name})"), body))
        return self._for_all(body)

    def _for_all(self, body: Doc) -> Doc:
        return Bound(f"\\A {self.bindings.pattern} \\in Subjects :", body) if self.bindings.free else body

    def _of_requests(self) -> Doc:
        name = self.requests[self.question.request]
        condition = all_of([Words(f"WellFormed({name})"), self.condition()])
        return Bound(f"\\A {name} \\in Asked :", self._judged(condition, self._said(self.scope)))

    # --------------------------------------------------------------- actions

    def _action(self) -> list[str]:
        """A property of steps. Every step changes `step`, so there are no stuttering steps."""
        parts: list[Doc] = []
        if self.question.kind != "event":
            name = self.requests[self.question.request]
            taken = Bound(f"\\A {name} \\in {{step'.request}} \\cap Asked :", self._after(self.scope))
            parts.append(Binary("=>", Words(MADE, COMPARISON), taken))
        if self.question.kind != "request":
            requests = {**self.requests, self.question.request: "NoRequest"}
            scope = replace(self.scope, requests=requests, event="step'.event")
            happened: list[Doc] = [Words(HAPPENED, COMPARISON)]
            if self.question.kind == "event":
                happened.append(Words(f"step'.event = {string(self.question.event)}", COMPARISON))
            if self.question.twice:
                happened.append(Words("Again"))
            parts.append(Binary("=>", all_of(happened), self._after(scope)))
        body = self._quantified(all_of(parts))
        return [*hung("[][ ", block(body, 8)), "  ]_claimVars"]

    def _after(self, scope: Scope) -> Doc:
        before = all_of(
            [self.given(scope), self.law.writer.formula(self.question.where, replace(scope, event=None))]
        )
        return self._judged(before, self._said(replace(scope, after=True)))

    # ------------------------------------------------------------------ next

    def _next(self) -> Doc:
        """Where the condition holds, a step to the goal is enabled."""
        goal = Primed(self._said(self.scope))
        ways = [*self._by_request(goal), *self._by_events(goal)]
        return implied(self.condition(), any_of(ways))

    def _by_request(self, goal: Doc) -> Iterator[Doc]:
        if any(part.makes.get("") for part in self.parts):
            name = self.bindings.names.copy().take("r")
            step = inline(Joined(AND, (*self.senders(name), Words(f"Request({name})"), goal)))
            yield Words(f"ENABLED (\\E {name} \\in Makes : {step})", 0)

    def senders(self, record: str, *, here: Scope | None = None) -> list[Doc]:
        """Return the conditions that the request is of a shape that counts, and its sender one whose requests
        do; none, if all are.
        """
        steps = self.question.steps
        shaped = self._of_shapes(record, here or self.scope)
        if not (steps.senders or steps.others):
            return shaped
        first = next(each for each in self.law.model.request if each.sort.has_things)
        scope = here or self.scope
        scope = replace(scope, requests={**scope.requests, "the request": record})
        sender = Parameter("the request", first.name, first.sort)
        ways = [self.law.writer.formula(Is(each, sender), scope) for each in steps.senders]
        if steps.others:
            named = Or(tuple(Is(each, sender) for each in steps.others))
            ways.append(self.law.writer.formula(Not(named), scope))
        return [*shaped, any_of(ways)]

    def _of_shapes(self, record: str, here: Scope) -> list[Doc]:
        shapes = self.question.steps.shapes
        if not shapes:
            return []
        scope = replace(here, requests={**here.requests, "the request": record})
        shape = Parameter("the request", SHAPE, shapes[0].sort)
        return [self.law.writer.formula(In(shape, shapes), scope)]

    def _by_events(self, goal: Doc) -> Iterator[Doc]:
        for event in self.law.model.events.values():
            for (ranges, call), numbers in self.happenings(event, [part.makes for part in self.parts]):
                some = f"\\E {', '.join(ranges)} : " if ranges else ""
                made = Words(f"ENABLED ({some}{call} /\\ {inline(goal)})", 0)
                yield all_of([Words(these_parts(numbers), COMPARISON), made]) if numbers else made

    def happenings(
        self, event: Event, taken: Sequence[Mapping[str, Collection[Values]]]
    ) -> Iterator[tuple[tuple[tuple[str, ...], str], list[int]]]:
        """Yield, for each product of the event's arguments in some part, the ranges of its parameters with
        the action, and the parts to which it applies; no parts if it applies to all.
        """
        names = self.bindings.names.copy()
        bound = [names.take(lower(each.name)) for each in event.parameters]
        action = self.law.lexicon.events[event.name]
        call = f"{action}({', '.join(bound)})" if bound else action
        found: dict[tuple[tuple[str, ...], str], list[int]] = {}
        for number, part in enumerate(taken, 1):
            for product in self.sets.products(part.get(event.name, ()), [e.sort for e in event.parameters]):
                ranges = tuple(f"{name} \\in {each}" for name, each in zip(bound, product, strict=True))
                found.setdefault((ranges, call), []).append(number)
        for way, numbers in found.items():
            yield way, numbers if len(numbers) < len(taken) else []

    # ----------------------------------------------------------------- never

    def _never(self) -> Doc:
        said = negated(self._said(self.scope))
        if not self.bindings.free:
            return implied(Words("since"), said)
        return Bound(f"\\A {self.bindings.pattern} \\in since :", said)

    @property
    def _condition(self) -> str:
        """The condition of `never`, called with the free variables."""
        names = ", ".join(self.bindings.variables[each.name] for each in self.bindings.free)
        return f"Condition({names})" if names else "Condition"

    def never_after(self) -> list[str]:
        """Return the lines that define the condition of `never`."""
        return defined(self._condition, self.condition())

    def since(self) -> tuple[str, str]:
        """Return the initial and the next value of `since`: where the condition of `never` has held and only
        steps that count have been taken since.
        """
        counts = self._counts(self.scope)
        if not self.bindings.free:
            later = any_of([Words("Condition'"), all_of([Words("since"), counts])])
            return "Condition", f"({inline(later)})"
        pattern = self.bindings.pattern
        kept = all_of([Words(f"{pattern} \\in since", COMPARISON), counts])
        later = any_of([Words(f"{self._condition}'"), kept])
        head = f"{{{pattern} \\in Subjects : "
        return f"{head}{self._condition}}}", f"{head}{inline(later)}}}"

    def _counts(self, scope: Scope) -> Doc:
        """The condition that the step counts."""
        steps = self.question.steps
        if steps.any_step:
            return TRUE
        ways: list[Doc] = []
        if steps.requests:
            ways.append(all_of([Words(MADE, COMPARISON), *self.senders("step'.request", here=scope)]))
        if steps.events:
            events = ", ".join(string(each) for each in steps.events)
            among = Words(f"step'.event \\in {{{events}}}", COMPARISON)
            ways.append(all_of([Words(HAPPENED, COMPARISON), among]))
        return any_of(ways) if ways else Negated(TRUE)
