"""The typed model of one column: a version, perhaps under readings, perhaps without suppositions.

Built by `checker.model.versions`; read by `evaluate`, `logic.lower`, the engines and the reports.
All values are immutable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from checker.language.diagnostics import Span
from checker.model.expressions import Absent, Formula, Located, Sort, Term, Variable
from checker.model.uses import used_by

# ------------------------------------------------------------------ sources


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote: legal text, with its attribution line.

    `kind` is `verbatim` or `paraphrase`; `source` the document it is printed in (may equal `clause`).
    """

    clause: str
    kind: Literal["verbatim", "paraphrase"]
    source: str
    text: str  # words with single spaces, without the attribution
    span: Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one quote that a rule item gives a meaning to."""

    text: str
    clause: str
    span: Span


ItemKind: TypeAlias = Literal[
    "applies-when",
    "applies-unless",
    "requires",
    "subject-to",
    "as",
    "condition",
    "any-of",
    "connective",
    "defines",
    "not-modelled",
    "update",
]


@dataclass(frozen=True, slots=True)
class Item:
    """One meaning in a rule, with the phrases it formalises or, without any, the inference behind it.

    `meaning` is set for applies-when, applies-unless, requires, condition; `note` carries the reason of
    not-modelled, the group of subject-to, the name of defines.
    """

    kind: ItemKind
    phrases: tuple[Phrase, ...]
    meaning: Located | None
    inference: str | None
    note: str
    span: Span


# --------------------------------------------------------------- vocabulary


@dataclass(frozen=True, slots=True)
class Enum:
    sort: Sort
    labels: Mapping[str, str]  # value -> label ("Import Supplier"); every value has one
    shorts: Mapping[str, str]  # short name -> value ("IS" -> "ImportSupplier")


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


@dataclass(frozen=True, slots=True)
class RequestParameter:
    """`optional`: may be absent. `when`: carried exactly when the formula holds (None: always carried,
    unless optional)."""

    name: str
    sort: Sort
    optional: bool
    when: Formula | None
    span: Span


@dataclass(frozen=True, slots=True)
class Component:
    """`index` is the enum sort of its instances, or None for a single one."""

    name: str
    index: Sort | None
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Stage:
    """A stop on a request's route: visited when `when` holds, and, if indexed, `index` is present."""

    component: str
    index: Term | None
    when: Formula | None
    span: Span


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
    the limbs and the chapeau that it stands under, the nearest first."""

    clause: str
    parent: str
    binders: tuple[Variable, ...]
    items: tuple[Item, ...]
    span: Span
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check fails a request when it applies (every applies-when holds, no applies-unless does), no limb
    of its exception group holds, and some `requires` is false. It passes otherwise.

    For a check defined `as` another, `items` are the effective ones, `like` names the other.
    `code` is None where no code is published.
    """

    name: str
    clause: str
    components: tuple[str, ...]
    code: str | None
    code_label: str
    items: tuple[Item, ...]
    limbs: tuple[Limb, ...]
    group: str | None
    like: str | None
    adopted_because: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Update:
    """`function(arguments)` becomes `value`; bulk when `variables` is not empty: for every binding of
    them where `where` holds. All right sides and conditions read the situation before the step."""

    function: str
    arguments: tuple[Term, ...]
    value: Term | Absent | Formula
    variables: tuple[Variable, ...]
    where: Formula | None
    span: Span


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepted requests change. Guards of different effects may overlap only on different
    locations; the first one written wins otherwise."""

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


@dataclass(frozen=True, slots=True)
class Axiom:
    name: str
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
    """Everything that holds in one column."""

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

    @property
    def world(self) -> tuple[object, ...]:
        """What versions that are deployed side by side must have in common."""
        functions = {name: (each.parameters, each.result) for name, each in self.functions.items()}
        known = {name: set(each.table.entries) for name, each in self.functions.items() if each.table}
        shared = (self.request, self.route, tuple(self.events.values()), self.axioms, self.start)
        bodies = {name: each.body for name, each in self.definitions.items()}
        used = used_by(shared, bodies)
        said = {name: bodies[name] for name in used.definitions if name in bodies}
        tables = {name: self.functions[name].table for name in used.functions}
        return (*shared, functions, known, said, tables)


# ------------------------------------------------------------------ columns


@dataclass(frozen=True, slots=True)
class Column:
    """What a claim is asked of: a version or a deployment, under readings, without suppositions.

    Written `mp107`, `mp107 under reading-a and reading-b`, `mp107 without own-slot-only`.
    """

    base: str
    readings: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __str__(self) -> str:
        under = f" under {' and '.join(self.readings)}" if self.readings else ""
        without = f" without {' and '.join(self.without)}" if self.without else ""
        return f"{self.base}{under}{without}"


# ------------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps count in `possibly` and `never`.

    `requests`: requests by users, any of them when `senders` is empty, else those whose first User
    parameter `is` one of the terms in the situation where the step is taken. `events`: events that
    count as well. `any_step`: all requests and all events.
    """

    requests: bool = True
    senders: tuple[Term, ...] = ()
    events: tuple[str, ...] = ()
    any_step: bool = False


@dataclass(frozen=True, slots=True)
class Always:
    """AG formula."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class AlwaysAfter:
    """After every reachable step of the kind: formula, over before and after values.

    kind `request`: accepted requests (named `request`) where `where` (read before the step) holds.
    kind `step`: accepted requests and events; parameters of `request` are absent if it is an event.
    kind `event`: the named event; `twice`: it is taken twice, before is the situation in between.
    """

    kind: Literal["request", "step", "event"]
    request: str
    event: str
    twice: bool
    where: Formula | None
    formula: Formula


@dataclass(frozen=True, slots=True)
class EveryRequest:
    """For every well-formed request, accepted or not. `reachable`: in every reachable situation,
    else in every situation that the axioms allow."""

    request: str
    where: Formula | None
    formula: Formula
    reachable: bool


@dataclass(frozen=True, slots=True)
class Possibly:
    """EF formula from some start, by `steps`."""

    formula: Formula
    steps: Steps


@dataclass(frozen=True, slots=True)
class PossiblyAfter:
    """Some reachable accepted request where `where` holds (read before), after which formula holds."""

    request: str
    where: Formula | None
    formula: Formula


@dataclass(frozen=True, slots=True)
class SomeRequest:
    """Some well-formed request in some (reachable) situation, accepted or not, with formula."""

    request: str
    formula: Formula
    reachable: bool


@dataclass(frozen=True, slots=True)
class Leads:
    """AG (condition -> modal goal). `next`: EX goal; `possibly`: EF goal; `never`: not EF goal; by `steps`."""

    modality: Literal["next", "possibly", "never"]
    condition: Formula
    goal: Formula
    steps: Steps


@dataclass(frozen=True, slots=True)
class Eventually:
    """Along every path of `steps` from a reachable situation with `condition`, goal comes about, if a
    request (named `request`) where `justice` holds is made again and again while it would be accepted."""

    condition: Formula
    goal: Formula
    request: str
    justice: Formula
    steps: Steps


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. kind `column`: the rules of `column`; `deployment`: every deployment of
    `versions` over the components, restricted by `where`; `order`: some admissible order of checks."""

    kind: Literal["column", "deployment", "order"]
    column: Column | None = None
    versions: tuple[str, ...] = ()
    where: Formula | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """`alike`: both accept the same requests (`codes`: and the same checks refuse); `no-more`: whatever left
    accepts, right accepts; in every situation within the axioms."""

    relation: Literal["alike", "no-more"]
    left: Side
    right: Side
    codes: bool
    request: str
    where: Formula | None


@dataclass(frozen=True, slots=True)
class DifferenceCase:
    label: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class Difference:
    """Exactly the requests of the cases are decided differently by `new` than by `old`."""

    old: Column
    new: Column
    request: str
    accepted: tuple[DifferenceCase, ...]
    rejected: tuple[DifferenceCase, ...]


Statement: TypeAlias = (
    Always
    | AlwaysAfter
    | EveryRequest
    | Possibly
    | PossiblyAfter
    | SomeRequest
    | Leads
    | Eventually
    | Compare
    | Difference
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """The verdict that the claim's author expects in `column`; `by` asks for a refutation whose last
    request the limb or check of that clause or name exempts or refuses."""

    verdict: Literal["proved", "refuted"]
    column: Column
    by: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Need:
    """Proved in `column`, and refuted in it without `supposition`."""

    supposition: str
    column: Column
    span: Span


@dataclass(frozen=True, slots=True)
class ClaimVariable:
    """`sort` None: a request variable."""

    name: str
    sort: Sort | None


@dataclass(frozen=True, slots=True)
class Claim:
    """`statement_text` is the formal statement as written. `where` restricts the variables (read in the
    situation the claim is about); `premises` are Calls. `deployment_over`: versions between which
    deployment steps move the components (empty: every component keeps the column's)."""

    name: str
    number: str
    sentence: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    variables: tuple[ClaimVariable, ...]
    where: Formula | None
    premises: tuple[Formula, ...]
    statement: Statement
    statement_text: str
    witness: Formula | None
    deployment_over: tuple[str, ...]
    expectations: tuple[Expectation, ...]
    needs: tuple[Need, ...]
    span: Span
