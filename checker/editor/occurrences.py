"""Where names stand: each occurrence says what it may name, and each declaration what it declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.regime import namespaces
from checker.regime.namespaces import RULES, SPACES

Kind: TypeAlias = namespaces.Kind | Literal["variable", "short name", "heading", "phrase"]
"""What has a name. Besides what a law declares: a variable, the short name of a value, the heading of a
table's column, and the words of a quote.
"""

WORDS: Final[tuple[Kind, ...]] = (
    "constant",
    "value",
    "function",
    "definition",
    "premise",
    "parameter",
    "version",
)
"""What a name in a statement may be, if it is no variable."""

SORTS: Final[tuple[Kind, ...]] = ("sort", "enum", "quantity")
COLUMNS: Final[tuple[Kind, ...]] = ("version", "deployment")
SUPPOSITIONS: Final[tuple[Kind, ...]] = ("axiom", "premise", "check")
TARGETS: Final[tuple[Kind, ...]] = tuple(kind for kind, spaces in SPACES.items() if RULES in spaces)
"""What a claim or a change may name as a rule."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name, or a string that names something.

    `kinds`: what it may name; `declares`: it gives the name, and does not use it. `of`: the enum of a value,
    the table of a heading, or the rule whose variable it may be; "" where nothing is known. `binder`: where
    the variable is declared that it is. `quoted`: it stands in quotation marks. `visible`: the variables that
    could be named here. `beside`: what it is compared with, or
    the first part of the sum that it is a later one of; `argument`: of what it is an argument, and which
    one, from 0.
    """

    kinds: tuple[Kind, ...]
    name: str
    span: Span
    declares: bool = False
    of: str = ""
    binder: Span | None = None
    quoted: bool = False
    visible: Scope = field(default_factory=dict, compare=False)
    beside: s.Expr | None = field(default=None, compare=False)
    argument: tuple[str, int] | None = None


Scope: TypeAlias = Mapping[str, s.Binder]
"""The variables that can be named somewhere."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Something that has a name. `extent`: all of its declaration. `words`: what it is called in reports, or
    its sentence. `sort`: the sort of it, or of what it gives; `parameters`: the sorts of its arguments.
    """

    kind: Kind
    name: str
    span: Span
    extent: Span
    words: str = ""
    of: str = ""
    sort: str | None = None
    parameters: tuple[str, ...] = ()


def within(span: Span, line: int, column: int) -> bool:
    """Whether a place lies in a stretch of a file, or right at its end."""
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)
