"""What the steps of a random regime bring about: effects of requests, and events."""

from __future__ import annotations

from tests.random_laws.expressions import FACT, Scope
from tests.random_laws.items import Item, ruled
from tests.random_laws.lawmaker import Deed, Lawmaker, Place, plain

ITSELF = 0.1  # how often a deed hangs on what it writes, by a definition that reads it


def deeds(law: Lawmaker) -> None:
    """Effects of acts, and events; what they bring about is kept for claims."""
    acts = list(law.acts)
    for number in range(law.chance.choice((1, 2, 2))):
        law.lines.append(effect_text(law, f"e{number}", acts))
    least = 1 if any(each in ("step is", "before") for each in law.favourites) else 0
    for number in range(max(least, law.chance.choice((0, 1, 1, 2)))):
        law.lines.append(event_text(law, f"v{number}"))


def event_text(law: Lawmaker, name: str) -> str:
    """An event, by the environment or by somebody, with what it is about."""
    own = tuple((law.fresh("a"), law.any_sort()) for _ in range(law.chance.choice((0, 1, 1, 2))))
    told = ", ".join(f"{n}: {'optional ' if law.maybe(0.3) else ''}{s}" for n, s in own)
    scope = Scope(variables=own)
    when = f" when {law.saying(scope)}" if law.maybe(0.5) else ""
    actor = "Bank" if law.constants and law.maybe(0.4) else "the environment"
    law.events_made.append(name)
    heading = f"event {name} by {actor}{f' with {told}' if told else ''}{when}"
    if law.maybe(0.05):
        return heading  # it changes nothing
    return ruled(law, name, f"V {name}", heading, _items(law, name, "", scope, []), label=True)


def effect_text(law: Lawmaker, name: str, acts: list[str]) -> str:
    """An effect of one act, of some requests, or of all."""
    way = law.chance.random()
    when, act = law.saying(law.rule) if way < 0.8 else "", ""
    if acts and way < 0.55:
        act = acts.pop(0)
        when = f"Q.act is {act}"
    told = f" when {when}" if when else ""
    law.effects_made.append(name)
    taken = [place for place, other in law.becoming if not act or not other or act == other]
    items = _items(law, "", when, law.rule, taken)
    law.becoming += [(place, act) for place in taken]
    heading = f"effect {name}{told}".replace("Q.", "")
    return ruled(law, name, f"E {name}", heading, items)


def _items(law: Lawmaker, step: str, condition: str, scope: Scope, taken: list[str]) -> list[Item]:
    """One or two updates, each of another place, that none of those taken is; and perhaps when it applies."""
    items, before = [], len(taken)
    for _ in range(law.chance.choice((1, 1, 2))):
        update = _update(law, scope, taken) if law.maybe(0.5) else _simple(law, step, condition, scope, taken)
        items += [Item("update", update)] if update is not None else []
    written = [each for each in law.places if each.name in taken[before:]]
    with law.aside("when"):
        of_itself = _read(law, law.chance.choice(written), scope) if written and law.maybe(ITSELF) else None
        if of_itself is not None:
            items.append(Item("applies-when", f"applies {law.one(('when', 'unless'))} {of_itself}"))
    if not items or law.maybe(0.25):
        items.append(Item("applies-when", f"applies when {law.showy(scope)}"))
    if law.maybe(0.2):
        items.append(Item("applies-unless", f"applies unless {law.showy(scope)}"))
    return items


def _free(law: Lawmaker, taken: list[str]) -> list[Place]:
    """Places that nothing else writes then; now and then, any."""
    return [each for each in law.places if each.name not in taken] if law.maybe(0.97) else law.places


def _simple(law: Lawmaker, step: str, condition: str, scope: Scope, taken: list[str]) -> str | None:
    """One place, named by what the step carries, becomes something that it carries, or nothing."""
    everywhere = not step and not condition and law.maybe(0.7)
    among = frozenset(each.name for each in _free(law, taken))
    found = law.at(Scope() if everywhere else scope, among=among)
    if found is None:
        return None
    place, text = found
    taken.append(place.name)
    value = _value(law, place, scope)
    if value is None:
        return None
    if place.result != FACT or value in ("true", "false"):
        law.deeds.append(Deed(step, condition, text, place.result, value))
    return f"{text} becomes {value}"


def _value(law: Lawmaker, place: Place, scope: Scope) -> str | None:
    if place.result == FACT:
        return law.one(("true", "true", "false", law.showy(scope), law.showy(scope)))
    if place.optional and law.maybe(0.25):
        return "absent"
    return law.thing(place.result, scope)


def _update(law: Lawmaker, scope: Scope, taken: list[str]) -> str | None:
    """A place, or many at once."""
    free = _free(law, taken)
    if not free:
        return None
    place = law.chance.choice(free)
    bulk: list[tuple[str, str]] = []
    arguments = []
    for sort in place.arguments:
        if law.maybe(0.4):
            bulk.append((law.fresh("x"), sort))
            arguments.append(bulk[-1][0])
            continue
        inner = scope.binding(*bulk)
        argument = law.thing(sort, inner)
        if argument is None:
            return None
        arguments.append(argument)
    inner = scope.binding(*bulk)
    value = _value(law, place, inner)
    if value is None:
        return None
    taken.append(place.name)
    told = f"{place.name}({', '.join(arguments)})" if arguments else place.name
    where = f" where {law.showy(inner)}" if law.maybe(0.7) else ""
    with law.aside("where"):
        of_itself = _read(law, place, inner) if bulk and law.maybe(ITSELF) else None
        where = where if of_itself is None else f" where {of_itself}"
    every = f"for every {', '.join(f'{n}: {s}' for n, s in bulk)}{where}: " if bulk else ""
    return f"{every}{told} becomes {value}"


def _read(law: Lawmaker, place: Place, scope: Scope) -> str | None:
    """A definition that reads the place, as it may be called in the scope; None if it cannot be."""
    name, of_request = law.fresh("g"), scope.request is not None and law.maybe(0.3)
    variables = () if of_request else tuple((law.fresh("x"), sort) for sort in place.arguments)
    inner = law.rule if of_request else Scope(variables=variables)
    body = _being(law, place, inner)
    here = [law.thing(sort, scope) for _, sort in variables]
    if body is None or None in here:
        return None
    told = f"({', '.join(f'{n}: {s}' for n, s in variables)})" if variables else ""
    body = f"((Q.sender is present) and {body})" if of_request else body
    law.lines.append(f"define {name}{told} means {plain(body)}")
    called = f"{name}({', '.join(map(str, here))})" if here else name
    return f"Q.{called}" if of_request else called


def _being(law: Lawmaker, place: Place, scope: Scope) -> str | None:
    """A statement about the place, at the scope's own variables if it has some."""
    arguments: list[str | None] = [name for name, _ in scope.variables]
    arguments = arguments or [law.thing(sort, scope) for sort in place.arguments]
    if None in arguments:
        return None
    text = f"{place.name}({', '.join(map(str, arguments))})" if arguments else place.name
    if place.result == FACT:
        return law.one((text, f"(not {text})", f"({text} {law.one(('or', 'and'))} {law.literal(scope)})"))
    value = law.thing(place.result, scope)
    ways = [f"({text} is {value})", f"({text} is not {value})"] if value is not None else []
    ways += [f"({text} is absent)", f"({text} is present)"] if place.optional else []
    return law.one(ways) if ways else None
