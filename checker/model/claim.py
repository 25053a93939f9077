"""Claims as typed values: what is asserted, of which column, with which verdict expected."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from checker.language.diagnostics import NOWHERE, Span
from checker.model.expressions import Formula, Sort, Term

# ------------------------------------------------------------------ columns


@dataclass(frozen=True, slots=True)
class Column:
    """What a claim is asked of: a version or a deployment, under readings, without suppositions.

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
    """Which steps count in `possibly` and `never`.

    `requests`: requests by users, any of them when `senders` and `others` are empty, else those whose
    first User parameter `is` one of the `senders` in the situation where the step is taken or, where there
    are `others`, is none of those. `events`: events that count as well. `any_step`: all requests and all
    events. `at_once`: only requests that are processed in one go count, where others are under way.
    """

    requests: bool = True
    senders: tuple[Term, ...] = ()
    others: tuple[Term, ...] = ()
    events: tuple[str, ...] = ()
    any_step: bool = False
    at_once: bool = False


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
    """AG (condition -> goal) with `next`: EX goal, `possibly`: EF goal, `never`: not EF goal, by `steps`."""

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
    """Exactly the requests of the cases are decided differently by `new` than by `old`.

    `accepted`: by `new` and not by `old`; `rejected`: accepted by `old` and not by `new`. `differently`:
    rejected by both, but not by the same checks. `made`: rejected by `new`, and no request by `old`;
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
    """Whether one story proves the claim. Any other says "always", and may be vacuous."""
    match statement:
        case Possibly() | PossiblyAfter() | SomeRequest():
            return True
        case Always() | AlwaysAfter() | EveryRequest() | Leads() | Eventually() | Compare() | Difference():
            return False
        case _:
            assert_never(statement)


def last_steps(statement: Statement) -> int:
    """How many steps at the end of a story the statement itself speaks of."""
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
    """Whether it compares what two laws, deployments or orders of checks make of one request."""
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
    """Whether what shows a violation is a request, which a clause may exempt and a check refuse."""
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
    """What is said to hold of every situation to which stories come, so that the claim holds. It is never
    assumed: it may be part of an invariant, where it is proved with the rest.
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
    situation the claim is about); `premises` are Calls. `deployment_over`: versions between which
    deployment steps move the components (empty: every component keeps the column's). `deployed`: versions
    of whose deployments it is asked, which do not move then; `where` may say of which. A claim that nobody
    wrote has no number and stands nowhere."""

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

    @property
    def over(self) -> tuple[str, ...]:
        """The versions that it says may be deployed, moving or not; empty if those of the column are."""
        return self.deployment_over or self.deployed

    def leaves_out(self, deployed: Iterable[str]) -> str | None:
        """A version of those deployed in a column that is none of these, if the claim names any: then it is
        about other deployments, and not about the column.
        """
        return next((each for each in deployed if self.over and each not in self.over), None)

    def unneeded(self, invariant: Collection[Formula]) -> tuple[Lemma, ...]:
        """The lemmas that are no clause of the invariant by which the claim is proved."""
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
