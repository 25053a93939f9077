"""Tells steps and requests: who sends what, what each check makes of it, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from msgspec.structs import replace

from checker.language.diagnostics import Span
from checker.model.clock import TIME, TODAY
from checker.model.evaluate import (
    CheckReport,
    Decision,
    Environment,
    ItemReport,
    Rules,
    StageReport,
    holds,
    lapsed,
    request_environment,
)
from checker.model.expressions import Sort
from checker.model.item import Item
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step
from checker.model.under_way import flight_of
from checker.model.unparse import days_text
from checker.story.breaches import breaches
from checker.story.case_note import CheckNote, CheckOutcome, QuoteNote, StageNote, StepNote
from checker.story.coming_into_force import coming_into_force
from checker.story.facts_that_decide import (
    Found,
    OfAll,
    check_grounds,
    check_sweeps,
    forbids,
    found,
    grounds,
    refusing,
)
from checker.story.given_names import Names, sender_sort
from checker.story.of_all_things import OfAllThings
from checker.story.sentences import (
    Place,
    change_sentence,
    changed_places,
    days_gone,
    event_sentence,
    fact_sentence,
    flight_sentence,
    versions_differ,
)
from checker.story.wording import called, capital, listed, spaced


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what happens under `rules`, in the names of one story. `cited`: says after a fact of a situation
    by which step of the story it came about.
    """

    names: Names
    rules: Rules
    cited: Callable[[Place, Situation], str] = lambda _place, _situation: ""

    def step(self, before: Situation, step: Step, after: Situation, decision: Decision | None) -> StepNote:
        """Tell a step that has been taken, with the decision if it is a request."""
        changes = tuple(self._changes(before, step, after))
        if decision is None:
            told = StepNote(event_sentence(self.names, step), "happens", changes=changes)
            event = self.names.model.events.get(step.event or "")
            actor = None if event is None else self.names.model.constants.get(event.actor)
            sender = "" if actor is None else actor.label or actor.name
            return self._with_parts(told, sender, tuple(event_things(self.names.model, step)))
        if step.request is None:
            return replace(self.request(before, decision), outcome="under way")
        return replace(self.request(before, decision), changes=changes)

    def _changes(self, before: Situation, step: Step, after: Situation) -> Iterator[str]:
        """Say what a step has changed; where time has passed, by which clauses."""
        model = self.names.model
        timed = step.event == TIME and TIME in model.events
        by = lapsed(model, before, TIME, step.arguments) if timed else {}
        for place in changed_places(model, before, after):
            if step.event == TIME and place == Place(TODAY, ()):
                yield days_gone(self.names, before, after)
                continue
            said = change_sentence(self.names, place, before, after)
            lapses = by.get((place.function, place.arguments), ())
            clauses = tuple(dict.fromkeys(each.clause for each in lapses))
            yield f"By {listed(clauses, 'and')}: {said}" if clauses else said
        yield from (each.said(self.names) for each in breaches(model, before, after))
        yield from coming_into_force(self.names, self.rules, before, after)

    def request(self, situation: Situation, decision: Decision, setting: str = "") -> StepNote:
        """Tell what becomes of a request in a situation."""
        request = decision.request
        told = StepNote(
            sentence=flight_sentence(self.names, situation, request),
            outcome="accepted" if decision.accepted else "refused",
            stages=tuple(self._stage(each, situation, request) for each in decision.stages),
            setting=setting,
        )
        model, sort = self.names.model, sender_sort(self.names.model)
        first = next((each.name for each in model.request if each.sort == sort), "")
        sender = request.values.get(first)
        name = "" if sort is None or sender is None else self.names.of(sort, sender)
        return self._with_parts(told, name, tuple(request_things(model, request)))

    def _with_parts(self, told: StepNote, sender: str, taking: tuple[tuple[str, str], ...]) -> StepNote:
        """Add who and what takes part: (sort, thing) each."""
        model = self.names.model
        party, staging = sender_sort(model), model.staging
        hidden = {each.sort for each in model.request if staging and each.name == staging.parameter}
        named = [
            (sort, self.names.of(Sort(sort), thing)) for sort, thing in taking if Sort(sort) not in hidden
        ]
        return replace(
            told,
            sender=sender,
            parties=tuple(
                dict.fromkeys(
                    name
                    for sort, name in named
                    if party is not None and sort == party.name and name != sender
                )
            ),
            things=tuple(dict.fromkeys(name for sort, name in named if party is None or sort != party.name)),
        )

    def _stage(self, stage: StageReport, situation: Situation, request: Request) -> StageNote:
        env = request_environment(self.rules[stage.version], situation, request)
        return StageNote(
            component=self.names.component(stage.component),
            version=stage.version,
            tell_version=versions_differ(situation),
            reached=stage.reached,
            checks=tuple(self._check(each, env) for each in stage.checks),
            behind=stage.behind,
        )

    def _check(self, report: CheckReport, env: Environment) -> CheckNote:
        check = report.check
        outcome = outcome_of(report)
        return CheckNote(
            name=check.name,
            clause=check.clause,
            outcome=outcome,
            code=check.code,
            code_label=check.code_label,
            by=tuple(each.limb.clause for each in report.exempting) if outcome == "exempted" else (),
            things=self._things(report) if outcome == "exempted" else (),
            quotes=tuple(map(quote_note, telling_items(report, outcome))),
            facts=self._refusal_facts(report, env) if outcome == "refuses" else (),
            adopted_because=check.adopted_because,
            place=place_of(check.span),
        )

    def _things(self, report: CheckReport) -> tuple[tuple[str, str], ...]:
        """Say which thing each binder of the limb that exempts stands for."""
        limb = report.exempting[0]
        return tuple(
            (each.name, self.names.of(each.sort, limb.things[each.name] or "")) for each in limb.limb.binders
        )

    def _refusal_facts(self, report: CheckReport, env: Environment) -> tuple[str, ...]:
        """Say on which facts the refusal rests, and what takes an exemption back."""
        resting = chain.from_iterable(found(each, env) for each in refusing(report))
        facts = chain.from_iterable(self._fact(each, env) for each in resting)
        return tuple(dict.fromkeys((*facts, *_taken_back(report, env))))

    def _fact(self, found: Found, env: Environment) -> Iterator[str]:
        if isinstance(found, OfAll):
            yield from map(capital, OfAllThings(self.names).says(found.quantifier, found.env))
        else:
            place = found[1]
            yield f"{fact_sentence(self.names, place, env.situation)}{self.cited(place, env.situation)}"


def _taken_back(report: CheckReport, env: Environment) -> Iterator[str]:
    """Say of each limb that would exempt by itself which others take that back."""
    for each in report.limbs:
        backs = [limb.clause for limb in each.limb.exceptions if holds(limb.condition, env)]
        false = [x.item for x in each.items if x.item.kind == "condition" and x.holds is False]
        if backs and all(item.note for item in false):  # it fails by what it is subject to alone
            take = "takes" if len(backs) == 1 else "take"
            yield f"{listed(backs, 'and')} {take} back what {each.limb.clause} exempts"


def no_request(model: Model, told: StepNote, strange: Iterable[tuple[str, bool]]) -> StepNote:
    """The step for something that is no request there: the reason, and no checks. `strange`: the parameters,
    as `misformed` names them.
    """
    words = {each.name: called(each) for each in model.request}
    lacks = tuple(
        f"it carries {'the' if carried else 'no'} {words.get(name, spaced(name))}"
        for name, carried in strange
    )
    return replace(told, outcome="no request", stages=(), lacks=lacks)


def outcome_of(report: CheckReport) -> CheckOutcome:
    """Return the outcome of a check. A limb that makes no difference is left out."""
    if not report.applies:
        return "does not apply"
    if report.met:
        return "passes"
    return "exempted" if report.exempting else "refuses"


def telling_items(report: CheckReport, outcome: CheckOutcome) -> Iterator[ItemReport]:
    """Yield the items that the outcome rests on, in written order."""
    deciding = {("applies-when", False), ("applies-unless", True)}
    applying = {("applies-when", True), ("applies-unless", False)} if forbids(report) else set()
    for each in report.items:
        match outcome:
            case "does not apply":
                wanted = (each.item.kind, each.holds) in deciding
            case "passes":
                wanted = each.item.kind == "requires"
            case "exempted" | "refuses":
                required = each.item.kind == "requires" and each.holds is False
                wanted = required or (each.item.kind, each.holds) in applying
        if wanted:
            yield each
    if outcome == "exempted":
        yield from (each for each in report.exempting[0].items if each.item.kind == "condition")


def quote_note(report: ItemReport) -> QuoteNote:
    """Return the words of an item and what they were taken to mean."""
    item = report.item
    return QuoteNote(
        words=tuple(each.text for each in item.phrases),
        clause=item.phrases[0].clause if item.phrases else "",
        kind=item.kind,
        meaning=_meaning(item),
        inference=item.inference,
        holds=report.holds,
        place=place_of(item.phrases[0].span if item.phrases else item.span),
    )


def _meaning(item: Item) -> str:
    if item.meaning is None or item.only_days:
        return "" if item.meaning is None else item.meaning.text
    return f"{days_text(item.days)}{item.meaning.text}"


def place_of(span: Span) -> str:
    """Return file and line."""
    return f"{span.file}:{span.line}"


Weight: TypeAlias = Literal["always", "if there", "if it takes part"]
"""When a place is told: always, if it holds something, or if it does and its things take part."""


def decision_places(rules: Rules, situation: Situation, decision: Decision) -> Iterator[tuple[Place, Weight]]:
    """Yield the places that the decision on a request rests on, up to the component that refuses.

    Where a place holds nothing, it matters only to a check that refuses or is exempted, for otherwise a story
    would tell of everything that nobody has.
    """
    for stage in decision.stages:
        if not stage.reached:
            return
        env = request_environment(rules[stage.version], situation, decision.request)
        for report in stage.checks:
            for _, place in check_grounds(report, env):
                yield place, "always" if report.would_fail else "if there"
            for _, place in check_sweeps(report, env):
                yield place, "if it takes part"


def event_places(model: Model, situation: Situation, step: Step) -> Iterator[tuple[Place, bool]]:
    """Yield the places that the event's condition rests on; none matters where it holds nothing."""
    event = model.events.get(step.event or "")
    if event is None or event.when is None or flight_of(model, step) is not None:
        return  # what lets a request pass is told by the checks
    variables = {each.name: step.arguments.get(each.name) for each in event.parameters}
    env = Environment(model, situation, variables=variables)
    yield from ((place, False) for _, place in grounds(event.when, env))


def exempting_things(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield (sort, thing) for what the binders of exempting limbs stand for."""
    for report in decision.checks:
        if outcome_of(report) == "exempted":
            limb = report.exempting[0]
            yield from _things(((each.name, each.sort) for each in limb.limb.binders), limb.things)


def request_things(model: Model, request: Request) -> Iterator[tuple[str, str]]:
    """Yield (sort, thing) for the things that a request carries."""
    yield from _things(((each.name, each.sort) for each in model.request), request.values)


def event_things(model: Model, step: Step) -> Iterator[tuple[str, str]]:
    """Yield (sort, thing) for the things that an event's arguments are."""
    event = model.events.get(step.event or "")
    if event is not None:
        yield from _things(((each.name, each.sort) for each in event.parameters), step.arguments)


def _things(
    declared: Iterable[tuple[str, Sort]], values: Mapping[str, str | None]
) -> Iterator[tuple[str, str]]:
    for name, sort in declared:
        thing = values.get(name)
        if thing is not None and sort.has_things:
            yield sort.name, thing
