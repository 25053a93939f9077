"""Claims as typed values: what is asserted, about which column, and which verdict is expected."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from checker.language.diagnostics import NOWHERE, Span
from checker.model.expressions import Formula, Sort, Term, Value

# ------------------------------------------------------------------ columns


@dataclass(frozen=True, slots=True)
class Column:
    """The law that a claim is asked of: a version or a deployment, under readings, without suppositions.

    Written `new`, `new under reading-a and reading-b`, `new without first-come`, `new staged`. `staged`:
    other things may happen while a request goes from one component to the next.
    """

    base: str
    readings: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    staged: bool = False

    def __str__(self) -> str:
        under = f" under {' and '.join(self.readings)}" if self.readings else ""
        without = f" without {' and '.join(self.without)}" if self.without else ""
        return f"{self.base}{' staged' if self.staged else ''}{under}{without}"


# ------------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps count in `possibly` and `never`. `requests`: requests by users, all if `senders` and
    `others` are empty; otherwise those whose sender `is` one of the `senders` in the situation where the step
    is taken or, if there are `others`, none of those; and of the `shapes` alone, if any. `events`: events
    that count as well. `any_step`: all requests and events. `at_once`: in staged columns, only requests that
    are processed in one go count.
    """

    requests: bool = True
    senders: tuple[Term, ...] = ()
    others: tuple[Term, ...] = ()
    events: tuple[str, ...] = ()
    any_step: bool = False
    at_once: bool = False
    shapes: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Always:
    """AG formula."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class AlwaysAfter:
    """After every reachable step of the kind: formula, over before and after values.

    kind `request`: accepted requests (named `request`) where `where` (read before the step) holds. kind
    `step`: accepted requests and events; parameters of `request` are absent if the step is an event. kind
    `event`: the named event; `twice`: it is taken twice, and `before` means the situation in between.
    """

    kind: Literal["request", "step", "event"]
    request: str
    event: str
    twice: bool
    where: Formula | None
    formula: Formula


@dataclass(frozen=True, slots=True)
class EveryRequest:
    """For every well-formed request, accepted or not. `reachable`: in every reachable situation; otherwise in
    every situation that the axioms allow."""

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
    """AG (condition -> goal) with `next`: EX goal, `possibly`: EF goal, `never`: not EF goal, by `steps`."""

    modality: Literal["next", "possibly", "never"]
    condition: Formula
    goal: Formula
    steps: Steps


@dataclass(frozen=True, slots=True)
class Eventually:
    """Every path of `steps` from a reachable situation with `condition` reaches the goal, provided that a
    request (named `request`) with `justice` is made again and again while it would be accepted."""

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
    """`alike`: both accept the same requests (`codes`: and the same checks refuse); `no-more`: right accepts
    every request that left accepts. Both in every situation within the axioms."""

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
    """Exactly the requests of the cases are decided differently by `new` than by `old`.

    `accepted`: by `new` and not by `old`; `rejected`: accepted by `old` and not by `new`. `differently`:
    rejected by both, but not by the same checks. `made`: rejected by `new`, and not well-formed under `old`;
    `unmade`: the other way round. None: not asked.
    """

    old: Column
    new: Column
    request: str
    accepted: tuple[DifferenceCase, ...]
    rejected: tuple[DifferenceCase, ...]
    differently: tuple[DifferenceCase, ...] | None = None
    made: tuple[DifferenceCase, ...] | None = None
    unmade: tuple[DifferenceCase, ...] | None = None

    @property
    def cases(self) -> tuple[DifferenceCase, ...]:
        """All cases, kind by kind."""
        optional = (each or () for each in (self.differently, self.made, self.unmade))
        return (*self.accepted, *self.rejected, *(case for each in optional for case in each))


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


def is_existential(statement: Statement) -> bool:
    """Whether one story proves the claim. Other claims say "always", and may be vacuous."""
    match statement:
        case Possibly() | PossiblyAfter() | SomeRequest():
            return True
        case Always() | AlwaysAfter() | EveryRequest() | Leads() | Eventually() | Compare() | Difference():
            return False
        case _:
            assert_never(statement)


def last_steps(statement: Statement) -> int:
    """How many steps at the end of a story the statement itself describes."""
    match statement:
        case AlwaysAfter(twice=twice):
            return 2 if twice else 1
        case PossiblyAfter():
            return 1
        case (
            Always()
            | EveryRequest()
            | Possibly()
            | SomeRequest()
            | Leads()
            | Eventually()
            | Compare()
            | Difference()
        ):
            return 0
        case _:
            assert_never(statement)


def compares(statement: Statement) -> bool:
    """Whether it compares the outcome of one request under two laws, deployments or orders of checks."""
    match statement:
        case Compare() | Difference():
            return True
        case (
            Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest()
            | Leads()
            | Eventually()
        ):
            return False
        case _:
            assert_never(statement)


def named_columns(statement: Statement) -> tuple[Column, ...]:
    """The columns that a comparison names itself."""
    match statement:
        case Difference(old=old, new=new):
            return (old, new)
        case Compare(left=left, right=right):
            return tuple(each.column for each in (left, right) if each.column is not None)
        case (
            Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest()
            | Leads()
            | Eventually()
        ):
            return ()
        case _:
            assert_never(statement)


def is_of_orders(statement: Statement) -> bool:
    """Whether it compares orders of the same checks."""
    match statement:
        case Compare(left=left):
            return left.kind == "order"
        case (
            Always()
            | AlwaysAfter()
            | EveryRequest()
            | Possibly()
            | PossiblyAfter()
            | SomeRequest()
            | Leads()
            | Eventually()
            | Difference()
        ):
            return False
        case _:
            assert_never(statement)


def is_of_requests(statement: Statement) -> bool:
    """Whether a violation consists of a request, which a clause may exempt and a check may refuse."""
    match statement:
        case AlwaysAfter(kind=kind):
            return kind != "event"
        case Compare(left=left):
            return left.kind != "order"
        case EveryRequest() | Difference():
            return True
        case Always() | Possibly() | PossiblyAfter() | SomeRequest() | Leads() | Eventually():
            return False
        case _:
            assert_never(statement)


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
class Lemma:
    """A statement that its author thinks holds in every situation that stories reach, and helps to prove the
    claim. It is never assumed: it may become part of an invariant, and is then proved with the rest.
    """

    name: str
    sentence: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class ClaimVariable:
    """`sort` None: a request variable."""

    name: str
    sort: Sort | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`statement_text` is the formal statement as written. `where` restricts the variables (read in the
    situation the claim is about); `premises` are Calls. `deployment_over`: versions between which deployment
    steps move components (empty: each keeps the column's). `deployed`: versions of deployments that do not
    move; `where` may restrict these. `pinned`: facts that were added to its conditions, as written."""

    name: str
    number: str = ""
    sentence: str
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    variables: tuple[ClaimVariable, ...] = ()
    where: Formula | None = None
    premises: tuple[Formula, ...] = ()
    statement: Statement
    statement_text: str = ""
    witness: Formula | None = None
    deployment_over: tuple[str, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    needs: tuple[Need, ...] = ()
    span: Span = NOWHERE
    deployed: tuple[str, ...] = ()
    lemmas: tuple[Lemma, ...] = ()
    pinned: tuple[str, ...] = ()

    @property
    def over(self) -> tuple[str, ...]:
        """The versions that it lets be deployed, moving or not; empty if the column's own are deployed."""
        return self.deployment_over or self.deployed

    def leaves_out(self, deployed: Iterable[str]) -> str | None:
        """A version deployed in a column that the claim does not allow, if the claim names any: then it is
        about other deployments, not about the column.
        """
        return next((each for each in deployed if self.over and each not in self.over), None)

    def unneeded(self, invariant: Collection[Formula]) -> tuple[Lemma, ...]:
        """The lemmas that are not clauses of the invariant that proves the claim."""
        return tuple(each for each in self.lemmas if each.formula not in invariant)

    def of_lemma(self, lemma: Lemma) -> Claim:
        """The claim that a lemma of this one always holds."""
        return replace(
            self,
            name=lemma.name,
            sentence=lemma.sentence,
            variables=(),
            where=None,
            premises=(),
            statement=Always(lemma.formula),
            witness=None,
            lemmas=(),
        )
