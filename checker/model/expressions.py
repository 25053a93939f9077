"""Typed expressions: what the words of a clause mean, after names and types are resolved.

Every term may be absent (an optional value, a parameter that a request does not carry, a function
applied to something absent). Every atom about something absent is false; `Not` of it is true.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from checker.language.diagnostics import Span
from checker.model.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Measure:
    """How a quantity is measured: in whole numbers of 10^-`decimals` of its unit. `unit` and `units`: what
    one and several are called, "" for a mere number. `signed`: it may be less than zero. `calendar`: it is
    a day, of which there are earlier and later ones, but no sums.
    """

    unit: str = ""
    units: str = ""
    decimals: int = 0
    signed: bool = True
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of things, or a quantity. `values` is empty for an uninterpreted sort, else the enum's values in
    order; `measure` is that of a quantity, whose values are numbers. `ordered`: the enum's
    values are compared, and the lowest is the first.
    """

    name: str
    values: tuple[str, ...] = ()
    measure: Measure | None = None
    ordered: bool = False

    @property
    def is_enum(self) -> bool:
        return bool(self.values)

    @property
    def is_quantity(self) -> bool:
        return self.measure is not None

    @property
    def is_date(self) -> bool:
        return self.measure is not None and self.measure.calendar

    @property
    def has_things(self) -> bool:
        """Whether it is uninterpreted: neither an enum nor a quantity, nor that of statements."""
        return not self.values and self.measure is None and self.name != "fact"


FACT = Sort("fact")  # result sort of functions and definitions that are true or false
NUMBER = Sort("number", (), Measure())  # a quantity that every law has
DATE = Sort("date", (), Measure(calendar=True))  # another: whole days of the calendar
DAYS = Sort("days", (), Measure("day", "days"))  # how many days; a law may declare it anew
VERSION = "Version"  # name of the enum sort of version names, made when a spec is loaded


@dataclass(frozen=True, slots=True)
class Variable:
    """A bound variable, a claim's variable, an event's or a definition's parameter."""

    name: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the request called `request` ("" is the request that a rule speaks of)."""

    request: str
    name: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an enum, or of a quantity: then `name` is the numeral of how many of its smallest units."""

    sort: Sort
    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A named constant of an uninterpreted sort; different constants are different things."""

    sort: Sort
    name: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The absent value; occurs only as the right side of an update."""


HowPast: TypeAlias = Literal["ever", "since", "as of", "beginning of", "breached"]


@dataclass(frozen=True, slots=True)
class History:
    """What has been: a statement about all situations up to now, as a function of what it speaks of.

    ever: its part holds now, or held before. since: the first part has held from the situation in which
    the second last came about until now. as of: the first part held in the situation in which the second
    last came about. beginning of: the day from which its part has held until now; absent while it does not.
    breached: the first part holds now, or held before, or the second held as a day ended.
    `variables`: all that the parts speak of, which are things and values, but no requests.
    """

    how: HowPast
    parts: tuple[Formula, ...]
    variables: tuple[Variable, ...]

    @property
    def told(self) -> tuple[Formula, ...]:
        """The parts that it is told by."""
        return self.parts[:1] if self.how == "breached" else self.parts

    @property
    def sort(self) -> Sort:
        """What the function is worth: a day, or whether it has been so."""
        return DATE if self.how == "beginning of" else FACT


@dataclass(frozen=True, slots=True)
class Apply:
    """A fixed or state function applied to arguments; a formula when `sort` is FACT. `history`: what the
    function remembers, if it is one that the law's words for the past make (see `checker.model.history`).
    """

    function: str
    arguments: tuple[Term, ...]
    sort: Sort
    history: History | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A definition (or premise) applied to arguments, looked up by name in the version's model.

    `request` names the request that the definition's own request parameters refer to.
    """

    definition: str
    arguments: tuple[Term, ...]
    sort: Sort
    request: str = ""


@dataclass(frozen=True, slots=True)
class Cases:
    """The value of the first branch whose condition holds, else `otherwise` (absent if None)."""

    branches: tuple[tuple[Term, Formula], ...]
    otherwise: Term | None
    sort: Sort


@dataclass(frozen=True, slots=True)
class Before:
    """A term or formula evaluated in the situation before the step that a claim is about."""

    body: Expression
    sort: Sort = FACT


@dataclass(frozen=True, slots=True)
class VersionOf:
    """The version deployed at a component; `index` selects the instance of an indexed component."""

    component: str
    index: Term | None
    sort: Sort


ArithmeticOperator: TypeAlias = Literal[
    "plus",
    "minus",
    "times",
    "least",
    "greatest",
    "share",
    "share down",
    "share up",
    "months",
    "working days",
]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A quantity worked out from others; absent if a part is. `plus` and `minus` make a date of a date and
    numbers of days, and `minus` makes a number of days of two dates; otherwise all are of one quantity. Of an
    enum in order, only a place in that order: so many steps, the second part, above or below the first.
    `factor`: of `times` (a whole number) and of the shares (0.2 for 20 per cent), which have one part. A
    share is rounded down or up to a whole number of smallest units; one that is not is only compared.
    `months`: the day that is `factor` months after the first part (before it, if less than 0); the second
    part says on which day that is where months end (`checker.model.months`). `working days`: the day that is
    `factor` working days of the `calendar` after its one part, or before it.
    """

    operator: ArithmeticOperator
    parts: tuple[Term, ...]
    sort: Sort
    factor: Fraction = Fraction(1)
    calendar: WorkingDays | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class Is:
    """Both present and equal."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Matches:
    """Both present and equal, or both absent."""

    left: Term
    right: Term


How: TypeAlias = Literal["at least", "at most", "more than", "less than"]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Both are present, and so compared: quantities, or values of one enum in order by their places."""

    left: Term
    how: How
    right: Term


@dataclass(frozen=True, slots=True)
class Present:
    term: Term


@dataclass(frozen=True, slots=True)
class In:
    """The term is present and equals one of the values."""

    term: Term
    values: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Not:
    body: Formula


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Implies:
    premise: Formula
    conclusion: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Quantified:
    """`for every` (universal) or `for some`, over variables of any sort; `where` restricts them."""

    universal: bool
    variables: tuple[Variable, ...]
    where: Formula | None
    body: Formula


@dataclass(frozen=True, slots=True)
class Counted:
    """At least, at most or exactly so many things of the variable's sort make `body` true: from 1 to 10."""

    how: Literal["at least", "at most", "exactly"]
    number: int
    variable: Variable
    body: Formula

    def allows(self, found: int) -> bool:
        """Whether it is true where so many things make `body` true."""
        match self.how:
            case "at least":
                return found >= self.number
            case "at most":
                return found <= self.number
            case "exactly":
                return found == self.number
            case _:
                assert_never(self.how)


@dataclass(frozen=True, slots=True)
class StepIs:
    """The step that a claim is about is the named event."""

    event: str


OutcomeKind: TypeAlias = Literal["accepted", "rejected", "passes", "fails", "fails only", "exempted"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a request; see the reference.

    accepted: every check on its route passes. rejected: not accepted; with `by`, a component or check
    that refuses it: all earlier components pass, and the check (or one at the component) fails.
    passes / fails `by`: a component or check, regardless of earlier components. fails only: and every other
    check passes.
    exempted `by`: a limb holds, and a check that is subject to it would otherwise fail.
    `column` asks under another version's rules; `changes` replaces parameters of the request.
    """

    kind: OutcomeKind
    request: str
    by: str | None = None
    column: str | None = None
    changes: tuple[tuple[str, Term], ...] = ()


Term: TypeAlias = (
    Variable | Parameter | Value | Constant | Absent | Apply | Call | Cases | Before | VersionOf | Arithmetic
)
Formula: TypeAlias = (
    Truth
    | Is
    | Matches
    | Ordered
    | Present
    | In
    | Not
    | And
    | Or
    | Implies
    | Iff
    | Quantified
    | Counted
    | StepIs
    | Outcome
    | Apply
    | Call
    | Before
)
Expression: TypeAlias = Term | Formula


@dataclass(frozen=True, slots=True)
class Located:
    """A formula with its place and its text as written."""

    formula: Formula
    span: Span
    text: str = field(compare=False, default="")
