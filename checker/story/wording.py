"""Makes sentences of the words of the spec: affirmed, denied, and about absent values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from checker.model.expressions import Arithmetic
from checker.model.model import Definition, Function, RequestParameter
from checker.model.quantities import percent
from checker.model.said import fill, spaced

NOT_SO: Final = "it is not so that"

_AN: Final = re.compile(r"[aeio]|un(?!i)", re.IGNORECASE)


def worded(
    told: Function | Definition, arguments: Sequence[str], *, general: bool = False, denied: bool = False
) -> str:
    """Return what the spec has to say of something at arguments; "" where it has no words for it.

    `general`: an argument is of an enum, and is not one value. `denied`: say that it is not so.
    """
    said = (general and told.forms.general) or told.label
    if not said:
        return ""
    match told:
        case Function():
            places = [str(number) for number, _ in enumerate(arguments, 1)]
        case Definition():
            places = [each.name for each in told.parameters]
        case _:
            assert_never(told)
    given = dict(zip(places, arguments, strict=True))
    if not denied:
        return fill(said, given)
    no = told.forms.general_denied if said == told.forms.general else told.forms.denied
    return fill(no, given) if no else f"{NOT_SO} {fill(said, given)}"


def called(parameter: RequestParameter) -> str:
    """Return what a parameter of a request is called, without an article."""
    return parameter.label or spaced(parameter.name)


def capital(sentence: str) -> str:
    """Begin with a capital."""
    return sentence[:1].upper() + sentence[1:]


def listed(words: Iterable[str], last: str) -> str:
    """Return words with commas between them, and with `last` before the last of them."""
    every = list(words)
    return f"{', '.join(every[:-1])} {last} {every[-1]}" if len(every) > 1 else every[0]


def some(subject: str) -> str:
    """Return “a holder” of “the holder”."""
    bare = subject.removeprefix("the ")
    return f"{'an' if _AN.match(bare) else 'a'} {bare}"


def there_is_no(subject: str) -> str:
    """Say that what the subject speaks of is absent."""
    bare = subject.removeprefix("the ")
    return f"there is no {bare}" if bare != subject else f"{subject} is absent"


def clause_and_name(clause: str, name: str) -> str:
    """Return a check's clause, and its own name in brackets; its name alone if that is the clause, or it has
    none.
    """
    return f"{clause} ({name})" if clause not in ("", name) else name


def reckoned(term: Arithmetic, said: Sequence[str]) -> str:
    """Return a number that is worked out from others, which are called so."""
    match term.operator:
        case "plus" | "minus" if term.sort.is_enum:
            steps = f"{said[1]} step{'' if said[1] == '1' else 's'}"
            return f"what is {steps} {'above' if term.operator == 'plus' else 'below'} {said[0]}"
        case "plus" | "minus":
            return f" {term.operator} ".join(said)
        case "least" | "greatest":
            return f"the {term.operator} of {listed(said, 'and')}"
        case "times":
            return f"{term.factor} times {said[0]}"
        case "share":
            return f"{percent(term.factor)} per cent of {said[0]}"
        case "share down" | "share up":
            return f"{percent(term.factor)} per cent of {said[0]}, rounded {term.operator.split()[1]}"
        case _:
            assert_never(term.operator)
