"""Definitions and premises of a random regime: of every kind, each perhaps made of those before it."""

from __future__ import annotations

from dataclasses import replace

from tests.random_laws.expressions import FACT, Applicable, Scope
from tests.random_laws.lawmaker import Lawmaker, Place, plain
from tests.random_laws.requests import SETTLED


def meanings(law: Lawmaker) -> None:
    """A few definitions and premises, among them those that the law likes to show."""
    numbers(law)
    histories(law)
    dates(law)
    for _ in range(law.chance.choice((0, 1, 1, 2))):
        definition(law)
    for each in law.favourites:
        if "definition" in each:
            definition(law, each)
            definition(law, each, settled=True)
        if each == "premise":
            premise(law, settled=True)
    wanted = law.chance.choice((0, 1, 1, 2)) + ("premise" in law.favourites)
    for _ in range(wanted):
        premise(law)
        if law.maybe(0.3):
            definition(law)


def numbers(law: Lawmaker) -> None:
    """Now and then a quantity, with a definition that gives a number for every act, and one that compares it.
    A law with numbers speaks of them everywhere; no situation has any of its own, so that worlds stay small.
    """
    with law.aside("numbers"):
        if not law.maybe(0.3):
            return
        decimals = law.chance.choice((0, 0, 1, 2))
        unit = law.one(("", ' "point"', ' "point" or "points"'))
        told = f" with {decimals} {'decimal' if decimals == 1 else 'decimals'}" if decimals else ""
        law.lines.append(f"quantity Grade{unit}{told}{law.one(('', ', never negative'))}")
        law.quantities["Grade"] = decimals
        name, other = law.fresh("n"), law.fresh("n")
        low, high = law.literal_of("Grade"), law.literal_of("Grade")
        law.lines.append(
            f"define {name}(a: Act): Grade means {low} when a is {law.acts[0]}, {high} otherwise"
        )
        kind = "term definition with arguments"
        law.callables.append(Applicable(name, ("Act",), "Grade", fixed=True, defined=True, kind=kind))
        compared = law.ordered(Scope(variables=(("a", "Act"),), fixed_only=True), 2)
        law.lines.append(f"define {other}(a: Act) means {compared}")
        kind = "definition with arguments"
        law.callables.append(Applicable(other, ("Act",), FACT, fixed=True, defined=True, kind=kind))


def histories(law: Lawmaker) -> None:
    """Now and then a definition or two of what has been: the first words that read what changes."""
    with law.aside("histories"):
        if law.maybe(0.3):
            for _ in range(law.chance.choice((1, 1, 2))):
                history(law)


def history(law: Lawmaker) -> None:
    """A definition of what has been, if there is room for what it keeps. Of `since` and `as of`, a start says
    for every thing what is so; quantifiers in them would lead from a sort to itself.
    """
    name = law.fresh("h")
    variables = tuple((law.fresh("x"), law.any_sort()) for _ in range(law.chance.choice((0, 1, 1, 1))))
    sorts = tuple(sort for _, sort in variables)
    kept = Place(name, sorts, FACT, optional=False)
    if law.bits(kept) > law.room:
        return
    law.room -= law.bits(kept)
    scope = Scope(variables, historic=True)
    how = law.one(("ever", "ever", "since", "as of"))
    if how == "ever":
        body = f"ever ({law.formula(scope, 2)})"
    else:
        plainly = replace(scope, quantifiers=False)
        body = f"({law.formula(plainly, 1)}) {how} ({law.formula(plainly, 1)})"
    told = f"({', '.join(f'{n}: {s}' for n, s in variables)})" if variables else ""
    law.lines.append(f"define {name}{told} means {body}")
    law.callables.append(Applicable(name, sorts, FACT, defined=True, kind=_kind(FACT, sorts, reads=False)))


def dates(law: Lawmaker) -> None:
    """Now and then a date for every act, and a definition that compares it. No situation has a date, so that
    worlds stay small.
    """
    with law.aside("dates"):
        if not law.maybe(0.3):
            return
        name, other = law.fresh("n"), law.fresh("n")
        low, high = law.literal_of("date"), law.literal_of("date")
        law.lines.append(f"define {name}(a: Act): date means {low} when a is {law.acts[0]}, {high} otherwise")
        day = f"{name}(a) {law.one(('plus', 'minus'))} {law.literal_of('days')}"
        if law.maybe(0.3):
            day = f"{law.one(('earliest', 'latest'))} of ({day}, {law.literal_of('date')})"
        compared = law.of_dates(day, law.literal_of("date"))
        if law.maybe(0.2):
            compared = f"(days from {law.literal_of('date')} to ({day}) at least {law.literal_of('days')})"
        law.lines.append(f"define {other}(a: Act) means {compared}")
        for each, result in ((name, "date"), (other, FACT)):
            kind = "definition with arguments" if result == FACT else "term definition with arguments"
            law.callables.append(Applicable(each, ("Act",), result, fixed=True, defined=True, kind=kind))


def definition(law: Lawmaker, kind: str = "", *, settled: bool = False) -> None:
    """A definition of the kind, or of any. `settled`: of what never changes; parameters may hang on it."""
    reads = "request" in kind if kind else law.maybe(0.35)
    applied = "arguments" in kind if kind else law.maybe(0.6)
    result = (law.any_sort() if "term" in kind else FACT) if kind else law.one([FACT, law.any_sort()])
    name = law.fresh("g")
    variables = tuple(
        (law.fresh("x"), law.any_sort()) for _ in range(law.chance.choice((1, 1, 2)) if applied else 0)
    )
    parameters = law.parameters[:SETTLED] if settled else law.parameters
    scope = Scope(variables, tuple(parameters) if reads else (), "Q" if reads else None, fixed_only=settled)
    body = said(law, result, scope)
    if body is None:
        return
    told = f"({', '.join(f'{n}: {s}' for n, s in variables)})" if variables else law.one(("", "", "()"))
    words = _words(law, name, variables, result)
    why = law.one(("", "", ' inference "so it is read"'))
    kind_of_result = "" if result == FACT else f": {result}"
    law.lines.append(f"define {name}{told}{kind_of_result}{words} means {plain(body)}{why}")
    sorts = tuple(sort for _, sort in variables)
    law.callables.append(
        Applicable(name, sorts, result, settled, reads, defined=True, kind=_kind(result, sorts, reads=reads))
    )


def _kind(result: str, sorts: tuple[str, ...], *, reads: bool) -> str:
    what = "definition" if result == FACT else "term definition"
    return f"{what}{' of the request' if reads else ''}{' with arguments' if sorts else ''}"


def said(law: Lawmaker, result: str, scope: Scope) -> str | None:
    """What a definition means: a statement, a term, or cases of terms. One that may read the request does."""
    if result == FACT:
        body = law.saying(scope)
        return f"((Q.sender is present) and {body})" if scope.request else body
    if law.maybe(0.3) and not scope.request:
        return law.thing(result, scope)
    cases: list[str] = []
    conditions: set[str] = set()
    for _ in range(law.chance.choice((1, 1, 2))):
        value, condition = law.thing(result, scope), law.saying(scope)
        if scope.request and not cases:
            condition = f"({condition} and (Q.sender is present))"
        if value is not None and condition not in conditions:
            cases.append(f"{value} when {condition}")
            conditions.add(condition)
    last = law.thing(result, scope)
    if cases and last is not None and law.maybe():
        cases.append(f"{last} otherwise")
    return ", ".join(cases) or None


def _words(law: Lawmaker, name: str, variables: tuple[tuple[str, str], ...], result: str) -> str:
    if law.maybe(0.5):
        return ""
    places = "".join(f" of {{{each}}}" for each, _ in variables)
    said_so = "" if result != FACT else " is [not] so"
    if law.maybe(0.4) and any(sort in law.enums for _, sort in variables):
        return f' "the {name}{places}{said_so}" or "some {name}"'
    return f' "the {name}{places}{said_so}"'


def premise(law: Lawmaker, *, settled: bool = False) -> None:
    """A premise, which rules and other premises may read."""
    name = law.fresh("pr")
    variables = tuple((law.fresh("x"), law.any_sort()) for _ in range(law.chance.choice((0, 1, 1, 2))))
    told = f"({', '.join(f'{n}: {s}' for n, s in variables)})" if variables else law.one(("", "()"))
    body = law.saying(Scope(variables=variables, fixed_only=settled))
    law.lines.append(f'premise {name}{told} "pr" because "so" means {body}')
    sorts = tuple(sort for _, sort in variables)
    law.premises_made.append((name, sorts))
    law.callables.append(Applicable(name, sorts, FACT, settled, defined=True, kind="premise"))
