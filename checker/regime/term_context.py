"""What an expression may refer to in its place, and how it is called in messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from checker.language import syntax as s
from checker.model import expressions as e
from checker.model.expressions import Sort, Variable


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression may refer to in its place. `at_hand`: there is a request at hand (in rules).
    `requests`: named requests (in claims). `claim`: `before` and outcomes are allowed.
    """

    variables: Mapping[str, Sort]
    at_hand: bool = False
    requests: frozenset[str] = frozenset()
    claim: bool = False
    step: bool = False
    depth: int = 0

    def deeper(self) -> Context:
        return self._with(self.variables, self.depth + 1)

    def binding(self, variables: Iterable[Variable]) -> Context:
        return self._with({**self.variables, **{v.name: v.sort for v in variables}}, self.depth)

    def _with(self, variables: Mapping[str, Sort], depth: int) -> Context:
        """`dataclasses.replace`, without its search for the fields: every expression comes here."""
        return Context(variables, self.at_hand, self.requests, self.claim, self.step, depth)


STATE = Context({})
RULE = Context({}, at_hand=True)
CLAIM = Context({}, claim=True)


Thing: TypeAlias = (
    e.Variable
    | e.Parameter
    | e.Value
    | e.Constant
    | e.Apply
    | e.Call
    | e.Cases
    | e.Before
    | e.VersionOf
    | e.Arithmetic
)
"""A term with a sort: all except the absent value, which expressions cannot contain."""


UNKNOWN = Sort("?")


def count(number: int, noun: str) -> str:
    """So many of something, in words."""
    if number == 0:
        return f"no {noun}s"
    return f"one {noun}" if number == 1 else f"{number} {noun}s"


def sort_in_words(sort: Sort) -> str:
    """What a term of that sort is: `a Member`, `an amount of money`, `a number of days`."""
    if not sort.is_quantity or sort.name in (e.DATE.name, e.NUMBER.name):
        return f"{'an' if sort.name[:1] in 'AEIOaeio' else 'a'} {sort.name}"
    return f"{'a number' if sort.name == e.DAYS.name else 'an amount'} of {sort.name}"


def text_of(expr: s.Expr) -> str:
    """A short text that stands for an expression in messages."""
    match expr:
        case s.Ref(request=request, name=name, arguments=arguments):
            prefix = f"{request.text}." if request else ""
            inner = "" if arguments is None else f"({', '.join(text_of(each) for each in arguments[:3])})"
            return f"{prefix}{name.text}{inner}"
        case s.VersionAt(component=component):
            return f"version({component.text})"
        case s.Literally(value=value):
            return "true" if value else "false"
        case s.Past(body=body):
            return f"before {text_of(body)}" if isinstance(body, s.Ref) else "before …"
        case s.Comparison(op=op, left=left, right=right):
            return f"{text_of(left)} {op} {text_of(right)}"
        case s.Arithmetic(operator="plus" | "minus" | "times" as operator, parts=parts):
            return f" {operator} ".join(map(text_of, parts))
        case s.Arithmetic(operator="least" | "greatest" as operator, parts=parts):
            return f"{operator} of ({', '.join(map(text_of, parts))})"
        case s.Arithmetic(operator="earliest" | "latest" as operator, parts=parts):
            return f"{operator} of ({', '.join(map(text_of, parts))})"
        case s.Arithmetic(operator="days from", parts=parts):
            return f"days from {' to '.join(map(text_of, parts))}"
        case s.InPeriod(day=day, period=period, side=side, start=start):
            return f"{text_of(day)} within {text_of(period)} {side} {text_of(start)}"
        case s.Arithmetic(parts=parts):
            return " per cent of ".join(map(text_of, parts))
        case s.Historic(how="beginning of", parts=parts):
            return f"beginning of ({text_of(parts[0])})"
        case (
            s.Presence()
            | s.Member()
            | s.Negation()
            | s.Junction()
            | s.Conditional()
            | s.Quantifier()
            | s.Counted()
            | s.Historic()
            | s.StepEvent()
            | s.OutcomeOf()
        ):
            return "this"
        case _:
            assert_never(expr)
