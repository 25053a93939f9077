"""Makes a law in which requests are under way: other things may happen between one component and the next.

The new law stays within the language. Requests in flight are things of a new sort: what each carries never
changes, but its progress does. For every component, an event lets a request pass there, if the checks pass at
that moment. The request step is the rest of the way, from wherever the request is to where it is carried out;
a request that is not in flight goes the whole way at once, as in the unstaged law.

New names contain a space or a dot, so they differ from all other names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar, cast

from checker.language.diagnostics import NOWHERE, Diagnostic, SpecError
from checker.model.expressions import (
    FACT,
    And,
    Apply,
    Call,
    Expression,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Located,
    Matches,
    Not,
    Or,
    Outcome,
    Parameter,
    Present,
    Quantified,
    Sort,
    Term,
    Truth,
    Value,
    Variable,
)
from checker.model.model import (
    Axiom,
    Definition,
    Effect,
    Enum,
    Event,
    EventParameter,
    Function,
    Model,
    NameRule,
    RequestParameter,
    Stage,
    Update,
)
from checker.model.reads import reads
from checker.model.rebuild import rebuilt
from checker.model.staging import Staging

FLIGHT: Final = Sort("in.flight")
NOT_SENT: Final = "not sent"
OVER: Final = "over"

_PARAMETER: Final = "in flight"
_PROGRESS: Final = "progress in flight"
_AS_SENT: Final = "as sent in flight"
_CARRIED_OUT: Final = "carried out in flight"
_THIS: Final = Variable("the request", FLIGHT)
_E = TypeVar("_E", bound=Expression)


def staged(model: Model) -> Model:
    """The law of `model`, with requests under way. Raises SpecError if a component is on the route twice."""
    _once_each(model.route)
    return _Stager(model).model()


def _once_each(route: tuple[Stage, ...]) -> None:
    seen: set[str] = set()
    for stage in route:
        if stage.component in seen:
            message = f"`{stage.component}` is on the route twice, so requests cannot be staged"
            raise SpecError((Diagnostic("not-staged", message, stage.span),))
        seen.add(stage.component)


@dataclass(frozen=True, slots=True)
class _Stager:
    """Rewrites one model."""

    old: Model

    def model(self) -> Model:
        old = self.old
        carried = {each.name: _carrying(each.name) for each in old.request}
        events = {each.name: each for each in self._events()}
        passing = {name: stage.component for name, stage in zip(events, old.route, strict=True)}
        flight = RequestParameter(_PARAMETER, FLIGHT, optional=True, when=None, span=NOWHERE)
        return replace(
            old,
            sorts={**old.sorts, FLIGHT.name: FLIGHT, self._stages.name: self._stages},
            enums={**old.enums, self._stages.name: self._labels()},
            functions={**old.functions, **{each.name: each for each in self._functions()}},
            definitions={**old.definitions, **{each.name: each for each in self._definitions()}},
            request=(*old.request, flight),
            route=tuple(self._stage(number, each) for number, each in enumerate(old.route)),
            effects=(*map(self._effect, old.effects), *self._without_effect()),
            events={**old.events, **events},
            axioms=(*old.axioms, *self._axioms()),
            start=(*old.start, self._start()),
            names={**old.names, FLIGHT.name: NameRule(FLIGHT, _THIS, (), "Request")},
            staging=Staging(_PARAMETER, carried, _PROGRESS, passing, _THIS.name),
        )

    # ----------------------------------------------------------- vocabulary

    @property
    def _stages(self) -> Sort:
        """The enum of the progress of a request in flight."""
        return Sort(_PROGRESS, (NOT_SENT, *map(_past, self.old.route), OVER))

    def _labels(self) -> Enum:
        return Enum(self._stages, {each: each for each in self._stages.values}, {})

    def _functions(self) -> Iterator[Function]:
        for each in self.old.request:
            optional = each.optional or each.when is not None
            name = _carrying(each.name)
            yield Function(
                name, (FLIGHT,), each.sort, optional, state=False, label="", table=None, span=each.span
            )
        yield Function(
            _PROGRESS,
            (FLIGHT,),
            self._stages,
            optional=False,
            state=True,
            label="",
            table=None,
            span=NOWHERE,
        )

    def _definitions(self) -> Iterator[Definition]:
        """The definitions that read the request at hand, again for a thing in flight; and the definition that
        a request is the same as when it was sent.
        """
        roots = (*self.old.route, *self.old.request)
        for name in sorted(reads(self.old, *roots).of("definition")):
            each = self.old.definitions[name]
            if each.reads_request:
                yield replace(
                    each,
                    name=_carrying(name),
                    parameters=(*each.parameters, _THIS),
                    body=self._of_flight(each.body),
                    reads_request=False,
                )
        flight = Parameter("", _PARAMETER, FLIGHT)
        same = tuple(
            Matches(Parameter("", each.name, each.sort), Apply(_carrying(each.name), (flight,), each.sort))
            for each in self.old.request
        )
        yield Definition(_AS_SENT, (), FACT, And(same), "", None, reads_request=True, span=NOWHERE)

    # --------------------------------------------------- the request at hand

    def _come(self, thing: Term, places: tuple[str, ...]) -> Formula:
        """The thing in flight is at one of the places."""
        at = Apply(_PROGRESS, (thing,), self._stages)
        return In(at, tuple(Value(self._stages, each) for each in places))

    def _under_way(self, places: tuple[str, ...]) -> Formula:
        """The request at hand is a thing in flight, which is at one of the places."""
        at = self._come(Parameter("", _PARAMETER, FLIGHT), places)
        return And((at, Call(_AS_SENT, (), FACT)))

    def _stage(self, number: int, stage: Stage) -> Stage:
        later = tuple(map(_past, self.old.route[number:]))
        return replace(stage, behind=self._under_way(later))

    def _effect(self, effect: Effect) -> Effect:
        """The effect, extended so that it also ends the flight."""
        return replace(effect, updates=(*effect.updates, self._over()))

    def _without_effect(self) -> Iterator[Effect]:
        """The effect that ends the flight of a request that changes nothing else."""
        others = [each.when for each in self.old.effects]
        if None not in others:
            none = (Not(each) for each in others if each is not None)
            when = And((self._under_way(self._ways), *none))
            yield Effect(_CARRIED_OUT, when, (self._over(),), (), NOWHERE)

    def _over(self) -> Update:
        """The update that ends the flight of the request at hand, if it is under way."""
        flight, over = Parameter("", _PARAMETER, FLIGHT), Value(self._stages, OVER)
        return Update(_PROGRESS, (flight,), over, (), self._under_way(self._ways), NOWHERE)

    @property
    def _ways(self) -> tuple[str, ...]:
        """The possible progress of a request that is under way."""
        return tuple(map(_past, self.old.route))

    # --------------------------------------------------- things in flight

    def _of_flight(self, part: _E) -> _E:
        """The part of a rule, with the thing in flight in place of the request at hand."""
        return rebuilt(part, self._carried)

    def _carried(self, part: Expression) -> Expression | None:
        match part:
            case Parameter(request="", name=name, sort=sort):
                return Apply(_carrying(name), (_THIS,), sort)
            case Call(definition=name, arguments=arguments, request="") if self._reads_request(name):
                given = tuple(self._of_flight(each) for each in arguments)
                return replace(part, definition=_carrying(name), arguments=(*given, _THIS))
            case _:
                return None

    def _reads_request(self, name: str) -> bool:
        return name in self.old.definitions and self.old.definitions[name].reads_request

    def _visited(self, stage: Stage) -> Formula:
        parts = ((stage.when,) if stage.when is not None else ()) + (
            (Present(stage.index),) if stage.index is not None else ()
        )
        return And(tuple(self._of_flight(each) for each in parts)) if parts else Truth(value=True)

    def _passes(self, stage: Stage) -> Formula:
        """No check at the component fails for the thing in flight in the present situation."""
        carried = tuple(
            (each.name, cast("Term", Apply(_carrying(each.name), (_THIS,), each.sort)))
            for each in self.old.request
        )
        return Not(Outcome("fails", "", by=stage.component, changes=carried))

    def _events(self) -> Iterator[Event]:
        """For every component, the event that lets a request pass there and at all components before it."""
        come: Formula = self._come(_THIS, (NOT_SENT,))
        for stage in self.old.route:
            come = And((self._passes(stage), come))
            becomes = Value(self._stages, _past(stage))
            component = self.old.components[stage.component]
            label = component.name if component.index else component.label or component.name
            yield Event(
                name=f"let pass by {stage.component}",
                actor="the environment",
                parameters=(EventParameter(_THIS.name, FLIGHT, optional=False),),
                when=And((self._visited(stage), come)),
                updates=(Update(_PROGRESS, (_THIS,), becomes, (), None, NOWHERE),),
                label=f"{{{_THIS.name}}} is let pass by {label}",
                items=(),
                span=NOWHERE,
            )
            come = Or((self._come(_THIS, (_past(stage),)), come))

    # ------------------------------------------------------ what is supposed

    def _axioms(self) -> Iterator[Axiom]:
        """The axiom that things in flight carry what requests carry."""
        parts: list[Formula] = []
        for each in self.old.request:
            if each.when is None:
                continue
            there = Present(Apply(_carrying(each.name), (_THIS,), each.sort))
            due = self._of_flight(each.when)
            parts.append(Implies(there, due) if each.optional else Iff(there, due))
        if parts:
            every = Quantified(universal=True, variables=(_THIS,), where=None, body=And(tuple(parts)))
            sentence = "A request in flight carries what requests carry."
            because = "it was well-formed when it was sent"
            located = Located(every, NOWHERE, sentence)
            yield Axiom("carried in flight", sentence, because, located, NOWHERE)

    def _start(self) -> Located:
        waiting = Is(Apply(_PROGRESS, (_THIS,), self._stages), Value(self._stages, NOT_SENT))
        every = Quantified(universal=True, variables=(_THIS,), where=None, body=waiting)
        return Located(every, NOWHERE, "no request is under way")


def _carrying(name: str) -> str:
    return f"{name} in flight"


def _past(stage: Stage) -> str:
    return f"past {stage.component}"
