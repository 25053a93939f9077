"""What a random regime supposes, and where its stories start."""

from __future__ import annotations

from tests.random_laws.expressions import FACT, Scope
from tests.random_laws.lawmaker import Lawmaker, Place

BECAUSE = 'because "by chance"'


def suppose(law: Lawmaker) -> None:
    """Starts, perhaps an axiom, what things are called, and what is left out."""
    for place in law.places:
        if law.maybe(0.65):
            _start(law, place)
    liked = law.liked(Scope(quantifiers=True)) if law.maybe(0.2) else None
    if liked is not None:
        law.lines.append(f"start: ({liked} or {law.literal(Scope())})")
    elif law.maybe(0.08):
        law.lines.append(f'start inference "by chance": {_of_all(law)}')
    if law.maybe(0.4):
        found = axiom(law, "ax0")
        law.lines += [found] if found is not None else []
    if law.maybe(0.15):
        law.lines.append(f'abstraction ab0 "What is left out." {BECAUSE}')
    with law.aside("lemma of the law"):
        if law.maybe(0.3):
            law.lines.append(f'lemma lm0 "It may help.": {law.saying(Scope(claim=True))}')
            law.lemmas_made.append("lm0")
    law.lines += [_typical(number, place) for number, place in enumerate(law.places) if place.arguments]
    for sort in law.sorts:
        if law.maybe(0.15):
            law.lines.append(_names(law, sort))


def _typical(number: int, place: Place) -> str:
    """That a place has a value; nothing is left to chance, so that a law is otherwise what it was without."""
    binders = [f"x{n}t{number}: {sort}" for n, sort in enumerate(place.arguments)]
    names = ", ".join(each.split(":")[0] for each in binders)
    text = f"{place.name}({names})"
    has = text if place.result == FACT else f"{text} is present"
    return f'typical ty{number}({", ".join(binders)}) "So it is mostly." {BECAUSE} means {has}'


def axiom(law: Lawmaker, name: str) -> str | None:
    """An axiom, if one is found."""
    found = _axiom(law)
    if found is None:
        return None
    law.axioms_made.append(name)
    return f'axiom {name} "ax" {BECAUSE}: {found}'


def _names(law: Lawmaker, sort: str) -> str:
    variable = law.fresh("x")
    scope = Scope(variables=((variable, sort),))
    cases = [f'"such a {n}" when {law.showy(scope)}' for n in range(law.chance.choice((1, 1, 2)))]
    cases += ['"other" otherwise'] if law.maybe(0.7) else []
    return f"names for {sort} {variable}: {', '.join(cases if law.maybe(0.9) else cases[-1:])}"


def everywhere(law: Lawmaker, place: Place) -> tuple[str, Scope, str]:
    """The words that bind a thing for every argument, a scope with them, and the place at them."""
    variables = tuple((law.fresh("x"), sort) for sort in place.arguments)
    told = f"for every {', '.join(f'{n}: {s}' for n, s in variables)}: " if variables else ""
    names = ", ".join(name for name, _ in variables)
    text = f"{place.name}({names})" if names else place.name
    return told, Scope(variables=variables, quantifiers=False), text


def _start(law: Lawmaker, place: Place) -> None:
    every, _, text = everywhere(law, place)
    if place.result == FACT:
        value = "true" if law.maybe(0.2) else "false"
    elif place.optional and law.maybe(0.7):
        value = "absent"
    else:
        value = law.term(place.result, Scope(), 0) or ""
    if not value:
        return
    law.started.append((place, value))
    why = "" if law.maybe(0.1) else ' inference "by chance"'
    law.lines.append(f"start{why}: {every}{being(place, text, value)}")


def being(place: Place, text: str, value: str) -> str:
    """The statement that a place has the value."""
    if place.result == FACT:
        return text if value == "true" else f"(not {text})" if value == "false" else f"({text} iff {value})"
    return f"({text} is {value})"


def _of_all(law: Lawmaker) -> str:
    """A statement about all things of a sort, or that there is some thing."""
    name, sort = law.fresh("x"), law.any_sort()
    scope = Scope(variables=((name, sort),), quantifiers=False)
    return f"for {law.one(('every', 'every', 'some'))} {name}: {sort}: {law.saying(scope)}"


def _axiom(law: Lawmaker) -> str | None:
    """Of what never changes; of what steps do not write; one that the values written keep; or any."""
    way = law.chance.random()
    if way < 0.4:
        liked = law.liked(Scope(fixed_only=law.maybe(0.6)))
        if liked is not None:
            return f"({liked} or {law.formula(Scope(fixed_only=True), 0)})" if law.maybe() else liked
    if way < 0.5:
        name, sort = law.fresh("x"), law.any_sort()
        scope = Scope(variables=((name, sort),), fixed_only=True, quantifiers=False)
        return f"for every {name}: {sort}: {law.formula(scope, 1)}"
    written = "\n".join(law.lines)
    still = [each for each in law.places if f"{each.name}(" not in _becoming(written) and each.arguments]
    if way < 0.65 and still:
        every, inner, text = everywhere(law, law.chance.choice(still))
        has = text if _is_fact(law, text) else f"{text} is present"
        return f"{every}({has} implies {law.literal(inner)})"
    if way < 0.9:
        return _kept(law)
    return _of_all(law)


def _becoming(written: str) -> str:
    return "\n".join(line for line in written.splitlines() if " becomes " in line)


def _is_fact(law: Lawmaker, text: str) -> bool:
    return any(each.result == FACT and text.startswith(each.name) for each in law.places)


def _kept(law: Lawmaker) -> str | None:
    """A value that some place never has, which may well be written all the same."""
    values = [each for each in law.places if each.result != FACT]
    if not values:
        return None
    place = law.chance.choice(values)
    every, _, text = everywhere(law, place)
    other = law.term(place.result, Scope(), 0)
    return f"{every}({text} is not {other})" if other else None
