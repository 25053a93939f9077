"""The formal statements of claims and what is expected of them, as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from checker.language.diagnostics import Span
from checker.language.syntax import ColumnRef, Expr, Name, Target


@dataclass(frozen=True, slots=True)
class StepSyntax:
    """`requests` (of `senders`, if any, or of all `others`; of one `shape`, if it is named), `event` NAME, or
    `any` step.
    """

    kind: Literal["requests", "others", "event", "any"]
    senders: tuple[Expr, ...]
    event: Name | None
    span: Span
    shape: Name | None = None


@dataclass(frozen=True, slots=True)
class AlwaysSyntax:
    formula: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class AfterSyntax:
    """`always, after …` and (`possibly`) `possibly, after …`."""

    possibly: bool
    kind: Literal["request", "step", "event"]
    name: Name
    twice: bool
    where: Expr | None
    formula: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class RequestSyntax:
    """`for every` (universal) or `for some request …`, in reachable or in any situations."""

    universal: bool
    reachable: bool
    request: Name
    where: Expr | None
    formula: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class PossiblySyntax:
    formula: Expr
    steps: tuple[StepSyntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class LeadsSyntax:
    condition: Expr
    modality: Literal["next", "possibly", "never"]
    goal: Expr
    steps: tuple[StepSyntax, ...]
    span: Span
    period: Expr | None = None  # within which it is to come


@dataclass(frozen=True, slots=True)
class EventuallySyntax:
    condition: Expr
    goal: Expr
    request: Name
    justice: Expr
    steps: tuple[StepSyntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Chain:
    """One column, or two joined by `and`: which of the `and`s joins them depends on what is a version."""

    first: Name
    links: tuple[tuple[Literal["and", "under", "without"], Name], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class EverySyntax:
    versions: tuple[Name, ...]
    where: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class CompareSyntax:
    """`right` None: both sides are in `left` (`… where p and COLUMN decide alike`), or any orders."""

    relation: Literal["alike", "no-more", "orders"]
    left: Chain | EverySyntax | None
    right: Chain | EverySyntax | None
    codes: bool
    where: Expr | None
    span: Span


ChangeKind: TypeAlias = Literal["accepted", "rejected", "differently", "made", "unmade"]


@dataclass(frozen=True, slots=True)
class ChangeSyntax:
    kind: ChangeKind
    label: str
    formula: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class DifferenceSyntax:
    old: ColumnRef
    new: ColumnRef
    request: Name
    changes: tuple[ChangeSyntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class DeployedSyntax:
    """`in every deployment over …` (`every`) or `in some deployment over …`, after a statement."""

    versions: tuple[Name, ...]
    where: Expr | None
    every: bool
    span: Span


StatementSyntax: TypeAlias = (
    AlwaysSyntax
    | AfterSyntax
    | RequestSyntax
    | PossiblySyntax
    | LeadsSyntax
    | EventuallySyntax
    | CompareSyntax
    | DifferenceSyntax
)


@dataclass(frozen=True, slots=True)
class LemmaDecl:
    """`lemma NAME "sentence": p`, of a claim, or of the law for claims that name it."""

    name: Name
    sentence: str
    formula: Expr
    span: Span


# ------------------------------------------------------------- expectations


@dataclass(frozen=True, slots=True)
class ExpectSyntax:
    verdict: Literal["proved", "refuted"]
    by: Target | None
    columns: tuple[ColumnRef, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NeedsSyntax:
    suppositions: tuple[Name, ...]
    columns: tuple[ColumnRef, ...]
    span: Span
