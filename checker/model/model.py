"""The typed model of one column: a version, perhaps under readings, perhaps without suppositions.

Built by `checker.regime.load`; read by `evaluate`, `logic.lower`, the engines and the reports.
All values are immutable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from checker.language.diagnostics import Span
from checker.language.quotes import Quote
from checker.model.commencement import CalendarByDay, Commencement, Reckoning
from checker.model.duty import Duty
from checker.model.expressions import (
    Absent,
    And,
    Formula,
    History,
    Located,
    Quantified,
    Sort,
    Term,
    Variable,
)
from checker.model.forms import NO_FORMS, Forms
from checker.model.item import Item
from checker.model.objects import OfObjects
from checker.model.self_maps import SelfMap
from checker.model.staging import Staging
from checker.model.working_days import WorkingDays

# --------------------------------------------------------------- vocabulary


@dataclass(frozen=True, slots=True)
class Enum:
    sort: Sort
    labels: Mapping[str, str]  # value -> label ("Import Supplier"); every value has one
    shorts: Mapping[str, str]  # short name -> value ("N" -> "Novel")


@dataclass(frozen=True, slots=True)
class Table:
    """Known values of a fixed function: full argument tuples of enum values -> value name, or bool for a
    fact, or None for absent. Tuples not listed are open: the value is unknown and may be anything."""

    entries: Mapping[tuple[str, ...], str | bool | None]


@dataclass(frozen=True, slots=True)
class Function:
    """A fixed function (same in all situations of a story) or a state function."""

    name: str
    parameters: tuple[Sort, ...]
    result: Sort  # FACT for facts
    optional: bool
    state: bool
    label: str  # sentence with {1}, {2} for the arguments; "" if none was written
    table: Table | None
    span: Span
    arbitrary: bool = False  # an arbitrary value wherever it is read; replaces doubted words
    forms: Forms = NO_FORMS
    history: History | None = None  # what it remembers; no effect writes it


@dataclass(frozen=True, slots=True)
class NamedConstant:
    name: str
    sort: Sort
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """`body` is a Formula when `result` is FACT, else a Term. `reads_request`: it refers to parameters
    of the request at hand, directly or through other definitions."""

    name: str
    parameters: tuple[Variable, ...]
    result: Sort
    body: Formula | Term
    label: str
    inference: str | None
    reads_request: bool
    span: Span
    forms: Forms = NO_FORMS


@dataclass(frozen=True, slots=True)
class RequestParameter:
    """`optional`: may be absent. `when`: carried exactly when the formula holds (None: always carried,
    unless optional). `label`: its name in words, without an article."""

    name: str
    sort: Sort
    optional: bool
    when: Formula | None
    span: Span
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of request, where a law has several. `label`: how one is told, with places for what it carries;
    `noun`: what one is called. Which shape a request has is what it carries as `SHAPE`.
    """

    name: str
    label: str
    noun: str
    parameters: tuple[str, ...]


SHAPE: Final = "shape"
"""The parameter that says of which shape a request is; a law without named shapes has none."""

SHAPES: Final = "request shape"
"""The enum of the shapes."""


@dataclass(frozen=True, slots=True)
class Component:
    """`index` is the enum sort of its instances, or None for a single one."""

    name: str
    index: Sort | None
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Stage:
    """A stop on a request's route: visited when `when` holds, and, if indexed, `index` is present. `behind`:
    when the request has already been let pass there, so its checks are not repeated.
    """

    component: str
    index: Term | None
    when: Formula | None
    span: Span
    behind: Formula | None = None


@dataclass(frozen=True, slots=True)
class NameRule:
    """How reports name things of a sort: the label of the first condition that holds of `variable`."""

    sort: Sort
    variable: Variable
    branches: tuple[tuple[str, Formula], ...]
    otherwise: str


# -------------------------------------------------------------------- rules


@dataclass(frozen=True, slots=True)
class Limb:
    """An exception's leaf-to-root path, flattened: it holds if, for some binders, every condition of
    `items` (its own and those inherited from the chapeau and parent limbs) holds. `above`: the clauses of
    the limbs and the chapeau that it stands under, the nearest first. `exceptions`: the limbs that take it
    back; that none of them holds is among its conditions."""

    clause: str
    above: tuple[str, ...]
    binders: tuple[Variable, ...]
    items: tuple[Item, ...]
    span: Span
    exceptions: tuple[Limb, ...] = ()

    @property
    def condition(self) -> Formula:
        """That it holds, as one formula."""
        conditions = And(
            tuple(x.meaning.formula for x in self.items if x.kind == "condition" and x.meaning is not None)
        )
        if not self.binders:
            return conditions
        return Quantified(universal=False, variables=self.binders, where=None, body=conditions)

    @property
    def with_exceptions(self) -> tuple[Limb, ...]:
        """The limb itself, and all that take it back, at any depth."""
        return (self, *(below for each in self.exceptions for below in each.with_exceptions))


@dataclass(frozen=True, slots=True)
class Check:
    """A check fails a request when it applies (every applies-when holds, no applies-unless does), no limb of
    its exceptions holds, and some `requires` is false. It passes otherwise.

    For a check defined `as` another, `items` are the effective ones, `like` names the other. `groups`: the
    exceptions that it is subject to, itself or through the other check. `code` is None where no code is
    published.
    """

    name: str
    clause: str
    components: tuple[str, ...]
    code: str | None
    code_label: str
    items: tuple[Item, ...]
    limbs: tuple[Limb, ...]
    groups: tuple[str, ...]
    like: str | None
    adopted_because: str | None
    span: Span

    @property
    def all_limbs(self) -> tuple[Limb, ...]:
        """The limbs that exempt from it, each with those that take it back."""
        return tuple(below for each in self.limbs for below in each.with_exceptions)


@dataclass(frozen=True, slots=True)
class Update:
    """`function(arguments)` becomes `value`; bulk when `variables` is not empty: for every binding of
    them where `where` holds. All right sides and conditions read the situation before the step. `written`:
    the text of an update that was written out."""

    function: str
    arguments: tuple[Term, ...]
    value: Term | Absent | Formula
    variables: tuple[Variable, ...]
    where: Formula | None
    span: Span
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepted requests change. All effects of a request are one step, which never writes one cell with
    different values: such laws are refused (`checker.regime.clashes`)."""

    name: str
    when: Formula | None
    updates: tuple[Update, ...]
    items: tuple[Item, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class EventParameter:
    name: str
    sort: Sort
    optional: bool


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    actor: str  # "the environment", or a constant's name
    parameters: tuple[EventParameter, ...]
    when: Formula | None
    updates: tuple[Update, ...]
    label: str
    items: tuple[Item, ...]
    span: Span
    lapses: tuple[Lapse, ...] = ()  # those that have become updates of this event


@dataclass(frozen=True, slots=True)
class Lapse:
    """What the law does by itself on a `day`, as part of the passing of time (`checker.regime.lapses`)."""

    name: str
    clause: str
    variables: tuple[Variable, ...]
    day: Term
    when: Formula | None
    updates: tuple[Update, ...]
    items: tuple[Item, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Axiom:
    name: str
    sentence: str
    because: str
    formula: Located
    span: Span


@dataclass(frozen=True, slots=True)
class Typical:
    """What stories should preferably be like; it decides nothing. With `variables` it is about things of
    their sorts in a story, otherwise about the requests in it.
    """

    name: str
    variables: tuple[Variable, ...]
    sentence: str
    because: str
    formula: Located
    span: Span


@dataclass(frozen=True, slots=True)
class Premise:
    """Named supposition of claims; `Call`ed like a definition."""

    name: str
    parameters: tuple[Variable, ...]
    sentence: str
    because: str
    formula: Located
    span: Span


@dataclass(frozen=True, slots=True)
class Order:
    """The order of checks at a component: `published` lists check names, None when unpublished."""

    component: str
    published: tuple[str, ...] | None
    because: str
    span: Span


@dataclass(frozen=True, slots=True)
class Model:
    """The whole law of one column."""

    column: str
    sorts: Mapping[str, Sort]  # every sort, the enum of versions included
    enums: Mapping[str, Enum]
    functions: Mapping[str, Function]
    constants: Mapping[str, NamedConstant]
    definitions: Mapping[str, Definition]
    premises: Mapping[str, Premise]
    request: tuple[RequestParameter, ...]
    request_label: str
    components: Mapping[str, Component]
    route: tuple[Stage, ...]
    checks: tuple[Check, ...]  # in route order of their component, then as written
    effects: tuple[Effect, ...]
    events: Mapping[str, Event]
    axioms: tuple[Axiom, ...]
    start: tuple[Located, ...]
    orders: Mapping[str, Order]
    names: Mapping[str, NameRule]  # by sort name
    quotes: tuple[Quote, ...] = field(default=())
    staging: Staging | None = None
    typical: tuple[Typical, ...] = ()
    shapes: tuple[Shape, ...] = ()
    maps: tuple[SelfMap, ...] = ()
    duties: Mapping[str, Duty] = field(default_factory=dict)
    calendars: Mapping[str, WorkingDays] = field(default_factory=dict)
    calendars_by_day: Mapping[str, CalendarByDay] = field(default_factory=dict)  # those that change on a day
    commencements: tuple[Commencement, ...] = ()
    # The parts of declarations that name something, which models share, and what they name in this one.
    naming: OfObjects[tuple[object, ...]] = field(default_factory=OfObjects, repr=False, compare=False)
    named: dict[object, tuple[object, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def reckoning(self, name: str) -> Reckoning | None:
        """The days that count by the calendar of that name, on each day."""
        return self.calendars_by_day.get(name, self.calendars.get(name))

    @property
    def mentioned(self) -> tuple[str, ...]:
        """The parameters of a request that its label names in braces, or that of a shape does."""
        return named_in(" ".join((self.request_label, *(each.label for each in self.shapes))))


def named_in(label: str) -> tuple[str, ...]:
    """What a label names in braces, each once."""
    return tuple(dict.fromkeys(each.strip() for each in re.findall(r"\{([^{}]*)\}", label)))
