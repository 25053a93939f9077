"""What a fence says, as written: names are not yet resolved. Every node knows its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from checker.language.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A string, white space folded."""

    text: str
    span: Span


Target: TypeAlias = Name | Text
"""A rule, by name, or by the clause that it formalises."""

NUMERALS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""How many things are counted, in words."""

# -------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Ref:
    """A name, perhaps applied (`arguments` is None without parentheses), perhaps of a request."""

    request: Name | None
    name: Name
    arguments: tuple[Expr, ...] | None
    span: Span


ComparisonOperator: TypeAlias = Literal[
    "is",
    "is not",
    "matches",
    "is inside",
    "is or inside",
    "at least",
    "at most",
    "more than",
    "less than",
    "no earlier than",
    "no later than",
    "later than",
    "earlier than",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    op: ComparisonOperator
    left: Expr
    right: Expr
    span: Span


ArithmeticOperator: TypeAlias = Literal[
    "plus",
    "minus",
    "times",
    "least",
    "greatest",
    "earliest",
    "latest",
    "days from",
    "share",
    "share down",
    "share up",
]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`times` and the shares: the factor, or how many per cent, and what it is taken of. `days from`: the
    first day, and the last one.
    """

    operator: ArithmeticOperator
    parts: tuple[Expr, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class InPeriod:
    """`day within period after start`: the day is none of those before the period begins or after it ends.
    `side`: `after` the start, which is not counted; `from` the start, which is; or `before` it.
    """

    day: Expr
    period: Expr
    side: Literal["after", "from", "before"]
    start: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Presence:
    term: Expr
    present: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    term: Expr
    values: tuple[Expr, ...]
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Negation:
    body: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Junction:
    op: Literal["and", "or"]
    parts: tuple[Expr, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Conditional:
    op: Literal["implies", "iff"]
    left: Expr
    right: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Binder:
    """`sort` None: a request."""

    name: Name
    sort: Name | None
    optional: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Quantifier:
    universal: bool
    binders: tuple[Binder, ...]
    where: Expr | None
    body: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Counted:
    how: Literal["at least", "at most", "exactly"]
    number: Name
    binder: Binder
    body: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Literally:
    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Past:
    body: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Historic:
    """What has been: `ever p`, `p since q`, `p as of q`, `p for at least PERIOD`; from when it has been,
    `beginning of (p)`; of a claim, whether q has come after p `within` a period.
    """

    how: Literal["ever", "since", "as of", "for at least", "beginning of", "within"]
    parts: tuple[Expr, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class VersionAt:
    component: Name
    index: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class StepEvent:
    event: Name
    span: Span


@dataclass(frozen=True, slots=True)
class ColumnRef:
    base: Name
    readings: tuple[Name, ...]
    without: tuple[Name, ...]
    span: Span
    staged: bool = False


OutcomeKind: TypeAlias = Literal["accepted", "rejected", "passes", "fails", "fails only", "exempted"]


@dataclass(frozen=True, slots=True)
class OutcomeOf:
    kind: OutcomeKind
    request: Name
    by: Target | None
    column: ColumnRef | None
    changes: tuple[tuple[Name, Expr], ...]
    span: Span


Expr: TypeAlias = (
    Ref
    | Comparison
    | Arithmetic
    | InPeriod
    | Presence
    | Member
    | Negation
    | Junction
    | Conditional
    | Quantifier
    | Counted
    | Literally
    | Past
    | Historic
    | VersionAt
    | StepEvent
    | OutcomeOf
)


@dataclass(frozen=True, slots=True)
class Case:
    """`value when condition`; `condition` None: the only value, or (`otherwise`) the last one."""

    value: Expr
    condition: Expr | None
    otherwise: bool
    span: Span


# -------------------------------------------------------------------- items


@dataclass(frozen=True, slots=True)
class Clause:
    """Applies when, applies unless, requires, or (in limbs) the bare condition."""

    kind: Literal["applies-when", "applies-unless", "requires", "condition"]
    formula: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class SubjectTo:
    group: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Like:
    check: Name
    exceptions: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Wordless:
    """Words without a formal meaning of their own: `connective`, `any of`, `not modelled "why"`."""

    kind: Literal["connective", "any-of", "not-modelled"]
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class Becomes:
    """`left` is a function applied to arguments, perhaps under `for every`; `value` None: absent."""

    left: Expr
    value: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class Label:
    """The words for a function or a definition. `general`: those where an argument is not one value."""

    text: Text
    general: Text | None


@dataclass(frozen=True, slots=True)
class Define:
    name: Name
    parameters: tuple[Binder, ...]
    result: Name | None
    label: Label | None
    cases: tuple[Case, ...]
    inference: str | None
    span: Span


Meaning: TypeAlias = Clause | SubjectTo | Like | Wordless | Becomes | Define


@dataclass(frozen=True, slots=True)
class ItemSyntax:
    phrases: tuple[Text, ...]
    meaning: Meaning
    inference: str | None
    span: Span
