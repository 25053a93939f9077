"""The conditions of a case as sentences about a request, in the words that the spec has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from checker.model.expressions import (
    FACT,
    Apply,
    Call,
    Expression,
    Formula,
    In,
    Is,
    Matches,
    Not,
    Parameter,
    Present,
    Value,
    Variable,
)
from checker.model.model import Model
from checker.model.rebuild import rebuilt
from checker.model.unparse import unparse
from checker.reports.names import value_label
from checker.reports.phrases import Phrases

_OPEN: Final = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
_CLOSE: Final = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions that a case makes of one request, as sentences."""

    model: Model
    conditions: tuple[Formula, ...]

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each condition, without a final period."""
        called = dict(self._called())
        phrases = Phrases(self.model, called)
        for each in self.conditions:
            yield _Sentence(self.model, phrases).said(each)

    def _called(self) -> Iterator[tuple[str, str]]:
        """A parameter of an enum whose value is known is called by it; of several values, by its name in
        angle marks, as a place to be filled in; things are called what they are to the request.
        """
        for each in self.model.request:
            spaced = each.name.replace("-", " ")
            yield each.name, f"{_OPEN}{spaced}{_CLOSE}" if each.sort.is_enum else f"the {spaced}"
        for condition in self.conditions:
            match condition:
                case Is(left=Parameter(name=name), right=Value(sort=sort, name=value)):
                    yield name, value_label(self.model, sort, value)
                case _:
                    pass


@dataclass(frozen=True, slots=True)
class _Sentence:
    model: Model
    phrases: Phrases

    def said(self, formula: Formula) -> str:
        """The formula as a sentence; as it is written where there is no other way to say it."""
        match formula:
            case Is(left=left, right=right):
                return f"{self._subject(left)} is {self._object(right)}"
            case Not(body=Is(left=left, right=right)):
                return f"{self._subject(left)} is not {self._object(right)}"
            case Matches(left=left, right=right):
                return f"{self._subject(left)} is {self._object(right)}, or there is neither"
            case In(term=term, values=values):
                return f"{self._subject(term)} is {_either(map(self._object, values), 'or')}"
            case Not(body=In(term=term, values=values)):
                return f"{self._subject(term)} is neither {_either(map(self._object, values), 'nor')}"
            case Present(term=term):
                return f"there is {_some(self._subject(term))}"
            case Not(body=Present(term=term)):
                return f"there is no {self._subject(term).removeprefix('the ')}"
            case Apply(sort=sort) | Call(sort=sort) if sort == FACT:
                return self._in_words(formula)
            case Not(body=Apply() | Call() as body):
                return f"it is not so that {self._in_words(body)}"
            case _:
                return f"`{unparse(formula)}`"

    def _in_words(self, expression: Expression) -> str:
        if isinstance(expression, Value):
            return self.phrases.of(expression)
        words = self.phrases.of(_named(expression))
        return words if words != unparse(_named(expression)) else f"`{unparse(expression)}`"

    def _subject(self, term: Expression) -> str:
        if isinstance(term, Parameter):
            return f"the {term.name.replace('-', ' ')}"
        return self._in_words(term)

    def _object(self, term: Expression) -> str:
        return self._subject(term) if isinstance(term, Parameter) else self._in_words(term)


def _named(expression: Expression) -> Expression:
    """The expression with the request's parameters as variables of their names."""
    return rebuilt(
        expression, lambda part: Variable(part.name, part.sort) if isinstance(part, Parameter) else None
    )


def _either(words: Iterable[str], last: str) -> str:
    listed = list(words)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}" if len(listed) > 1 else listed[0]


def _some(subject: str) -> str:
    bare = subject.removeprefix("the ")
    return f"{'an' if bare[:1] in 'aeiou' else 'a'} {bare}"
