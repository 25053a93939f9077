"""Formulas and terms that show one construct of the language, wherever it can stand.

A random law has a few favourites among the constructs, and shows them everywhere: so every construct meets
every place before long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tests.coverage_of_laws.constructs import CONSTRUCTS
from tests.random_laws.expressions import FACT, VERSION, Expressions, Scope

if TYPE_CHECKING:
    from tests.random_laws.lawmaker import Lawmaker

FAVOURITES = 4  # of each law
OF_REQUESTS = (
    "accepted",
    "rejected",
    "rejected by",
    "passes",
    "fails",
    "fails only",
    "exempted",
    "in COLUMN",
    "with PARAMETER",
)
JOINED = ("and", "or", "implies", "iff")


def favourites(number: int) -> tuple[str, ...]:
    """The constructs that law number so-and-so shows: with many laws, every one as often as others."""
    step = 11  # prime to the number of constructs, so that neighbours in the list do not always go together
    return tuple(CONSTRUCTS[(number * FAVOURITES + n) * step % len(CONSTRUCTS)] for n in range(FAVOURITES))


def shown(law: Lawmaker, construct: str, scope: Scope) -> str | None:
    """A formula with the construct, in parentheses where it needs them; None if it cannot stand here."""
    if construct in OF_REQUESTS or construct in ("before", "step is"):
        return _of_claims(law, construct, scope)
    found = shown_term(law, construct, None, scope)
    if found is not None:
        return _said_of(law, found, scope)
    fact = _fact(law, construct, scope)
    return fact if fact is not None else _formula(law, construct, scope)


def shown_term(law: Expressions, construct: str, sort: str | None, scope: Scope) -> tuple[str, str] | None:
    """A term of the sort (None: of any) that shows the construct, with its sort."""
    if construct in SIMPLE:
        own = [each for each in SIMPLE[construct](law, scope) if sort in (None, each[1])]
        return law.chance.choice(own) if own else None
    if construct.startswith("version"):
        found = law.version_of(scope, indexed="instance" in construct) if sort in (None, VERSION) else None
        return (found, VERSION) if found else None
    if construct == "before":
        return _past(law, sort, scope) if scope.past else None
    known = [e for e in law.callables if e.kind == construct and e.result != FACT and law._may(e, scope)]
    fitting = [each for each in known if sort in (None, each.result)]
    for each in law.chance.sample(fitting, len(fitting)):
        text = law.applied(each, scope, 1)
        if text is not None:
            return text, each.result
    return None


def _variables(_law: Expressions, scope: Scope) -> list[tuple[str, str]]:
    return [each for each in scope.variables if "." not in each[0]]


def _parameters(_law: Expressions, scope: Scope) -> list[tuple[str, str]]:
    return [each for each in scope.names() if each not in scope.variables or "." in each[0]]


def _constants(law: Expressions, _scope: Scope) -> list[tuple[str, str]]:
    return law.constants


def _values(law: Expressions, _scope: Scope) -> list[tuple[str, str]]:
    return [(value, sort) for sort, values in law.enums.items() for value in values]


SIMPLE: Mapping[str, Callable[[Expressions, Scope], list[tuple[str, str]]]] = {
    "variable": _variables,
    "parameter": _parameters,
    "constant": _constants,
    "value": _values,
}


def _past(law: Expressions, sort: str | None, scope: Scope) -> tuple[str, str] | None:
    wanted = law.any_sort() if sort is None else sort
    calls = [each for each in law.callables if each.result == wanted and law._may(each, scope)]
    text = law.applied(law.chance.choice(calls), scope, 1) if calls else None
    return None if text is None else (f"before {text}", wanted)


def _said_of(law: Expressions, found: tuple[str, str], scope: Scope) -> str:
    text, sort = found
    if sort == VERSION:
        return f"({text} {law.one(('is', 'is not'))} {law.one(('old', 'new'))})"
    other = law.term(sort, scope, 1)
    ways = [f"({text} is present)", f"({text} is absent)"] if text not in law.enums.get(sort, ()) else []
    if other is not None and other != text:
        ways += [f"({text} {word} {other})" for word in ("is", "is not", "matches", "is")]
    return law.one(ways or [f"({text} is {text})"])


def _fact(law: Expressions, construct: str, scope: Scope) -> str | None:
    known = [e for e in law.callables if e.kind == construct and e.result == FACT and law._may(e, scope)]
    texts = (law.applied(each, scope, 1) for each in law.chance.sample(known, len(known)))
    return next((each for each in texts if each is not None), None)


def _formula(law: Expressions, construct: str, scope: Scope) -> str | None:
    if construct in ("true", "false"):
        return construct
    if construct == "not":
        return f"(not {law.formula(scope, 0)})"
    if construct in JOINED:
        return f"({law.formula(scope, 0)} {construct} {law.formula(scope, 0)})"
    if construct.startswith("for "):
        return _quantified(law, construct, scope)
    sort = law._spoken_of(scope)
    left, right = law.term(sort, scope, 1), law.term(sort, scope, 1)
    if left is None or right is None:
        return None
    if construct in ("is", "is not", "matches"):
        return f"({left} {construct} {right})"
    if construct in ("is present", "is absent"):
        return f"({left} {construct})"
    if construct in ("in", "not in"):
        return law.member(sort, left, scope, construct)
    return None


def _quantified(law: Expressions, construct: str, scope: Scope) -> str | None:
    if not scope.quantifiers:
        return None
    _, word, *rest = construct.split(" ")
    sort = law.one(list(law.enums)) if rest[-1] == "enum" else law.one(law.sorts)
    return law.quantified(scope, 1, word, sort, share=1.0 if rest[-1] == "where" else 0.2)


def _of_claims(law: Lawmaker, construct: str, scope: Scope) -> str | None:
    """What only claims may say."""
    if construct == "before" and scope.past:
        return f"({law.literal(scope)} {law.one(('iff', 'implies'))} before {law.formula(scope, 0)})"
    if not scope.claim or construct == "before":
        return None
    if construct == "step is":
        return f"(step is {law.one(law.events_made)})" if law.events_made else None
    if scope.request is None:
        return None
    return law.outcome(scope, construct)
