"""Makes sentences of the words of the spec: affirmed, denied, and about absent values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, assert_never

from checker.language.syntax import NUMERALS
from checker.model.absence import may_be_absent
from checker.model.duty import Duty
from checker.model.expressions import (
    Absent,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Counted,
    Parameter,
    Term,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Definition, Function, Model, RequestParameter
from checker.model.months import written
from checker.model.quantities import is_date, percent

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


def fill(label: str, values: Mapping[str, str]) -> str:
    """Put values in the place of `{name}`s; a name that nobody gives stays as it is."""
    return re.sub(r"\{([^{}]*)\}", lambda found: values.get(found[1].strip(), found[0]), label)


def shapes_named(shapes: Iterable[Value]) -> str:
    """Return of which shapes requests are, after “request”; nothing, where they may be of any."""
    names = [f"“{spaced(each.name)}”" for each in shapes]
    return f" {listed(names, 'or')}" if names else ""


def in_order(left: Term, right: Term) -> tuple[Term, Term]:
    """Return the thing that is spoken of first, then what it is said to be: “the sender is the holder”."""
    described = isinstance(left, Apply | Call) and isinstance(right, Parameter | Variable | Constant)
    return (right, left) if described else (left, right)


def spaced(name: str) -> str:
    """Return a name as words."""
    return name.replace("-", " ").replace("_", " ")


def noun(sort: str) -> str:
    """Return what one of a sort is called that has no name: “network operator”."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spaced(sort)).lower()


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


def sure(model: Model, term: Term) -> bool:
    """Whether there always is such a number or value, so that what is not less is at least as much."""
    match term:
        case Value() | Constant():
            return True
        case Variable(sort=sort):
            return sort.has_things or sort.is_enum
        case Parameter(name=name):
            return any(
                each.name == name and not each.optional and each.when is None for each in model.request
            )
        case Apply(function=name, arguments=arguments, history=None):
            there = not may_be_absent(model.functions[name])
            return there and all(sure(model, each) for each in arguments)
        case Arithmetic(parts=parts):
            return all(sure(model, each) for each in parts)
        case Apply() | Absent() | Call() | Cases() | Before() | VersionOf():
            return False
        case _:
            assert_never(term)


def in_breach(duty: Duty, who: str, about: Iterable[str], no: str) -> str:
    """Return that somebody is in breach of a duty, or is `no` such thing, “” if there are no words for who it
    is; `about`: the things that it is about, of which some may be named already.
    """
    others = [each for each in about if each not in who]
    things = f" for {listed(others, 'and')}" if others else ""
    return f"{who} is {no}in breach of {clause_and_name(duty.clause, duty.name)}{things}" if who else ""


def clause_and_name(clause: str, name: str) -> str:
    """Return a check's clause, and its own name in brackets; its name alone if that is the clause, or it has
    none.
    """
    return f"{clause} ({name})" if clause not in ("", name) else name


def reckoned(term: Arithmetic, said: Sequence[str]) -> str:
    """Return a number that is worked out from others, which are called so."""
    match term.operator:
        case "minus" if is_date(term.parts[0]) and not is_date(term):
            return f"the time from {said[1]} to {said[0]}"
        case "months":
            word = "after" if term.factor >= 0 else "before"
            ending = f", to {said[1]}" if isinstance(term.parts[1], Value) else ""
            return f"{written(abs(int(term.factor)))} {word} {said[0]}{ending}"
        case "working days" if term.calendar is not None:
            word, number = "after" if term.factor >= 0 else "before", abs(int(term.factor))
            return f"{number} {term.calendar.called(number)} {word} {said[0]}"
        case "plus" | "minus" if is_date(term):
            word = "after" if term.operator == "plus" else "before"
            return f" {word} ".join((*reversed(said[1:]), said[0]))
        case "least" | "greatest" if is_date(term):
            return f"the {'earliest' if term.operator == 'least' else 'latest'} of {listed(said, 'and')}"
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
        case "working days":
            raise AssertionError("working days have a calendar")
        case _:
            assert_never(term.operator)


def how_many(counted: Counted, *, denied: bool) -> str:
    """Say how many things of its sort there are, or, denied, how many there are instead."""
    how, number = counted.how, counted.number
    if denied and how == "at least":
        how, number, denied = "at most", number - 1, False
    elif denied and how == "at most" and number < len(NUMERALS):
        how, number, denied = "at least", number + 1, False
    sort = counted.variable.sort.name
    if number == 0:
        return f"there is no {sort}"
    many = f"{'not ' if denied else ''}{how} {NUMERALS[number - 1]}"
    return f"there is {many} {sort}" if number == 1 else f"there are {many} {_several(sort)}"


def _several(noun: str) -> str:
    """Return the plural of a sort's name, as nouns form it that form it by rule."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}s"
