"""The checks of a random regime, and the exceptions that they are subject to."""

from __future__ import annotations

from tests.random_laws.expressions import FACT, Applicable, Scope
from tests.random_laws.items import Item, ruled
from tests.random_laws.lawmaker import Lawmaker, plain
from tests.random_laws.meanings import said

DEEPEST = 2  # limbs under limbs under a group


def checks(law: Lawmaker) -> None:
    """A few checks, their orders, and the groups of exceptions that they are subject to."""
    groups = ("G", "H") if law.maybe(0.35) else ("G",)
    for number in range(law.chance.choice((1, 2, 2, 3))):
        subject = [each for each in groups if law.maybe(0.6 if each == "G" else 0.5)]
        law.lines.append(check_text(law, f"c{number}", subject))
        law.first_checks.append(f"c{number}")
        law.groups += [each for each in subject if each not in law.groups]
    if not law.groups and "exempted" in law.favourites:
        law.lines.append(check_text(law, "c8", ["G"]))
        law.first_checks.append("c8")
        law.groups.append("G")
    if law.maybe(0.15):
        law.lines.append(check_text(law, "ad1", [], "adopted check"))
        law.adopted.append("ad1")
    for component, _ in law.components:
        here = [name for name, at in law.checks_at.items() if component in at]
        if here and law.maybe(0.25):
            law.lines.append(order_text(law, component, here))
    for group in law.groups:
        _group(law, group)


def order_text(law: Lawmaker, component: str, here: list[str]) -> str:
    """That the order of some checks is published, or that none is."""
    some = law.chance.sample(here, law.chance.randint(1, len(here)))
    told = f": {', '.join(some)}" if law.maybe(0.6) else " unpublished"
    return f'order at {component}{told} because "by chance"'


def check_text(law: Lawmaker, name: str, subject: list[str], word: str = "check") -> str:
    """A check with what it asks; it may be as an earlier one."""
    at = [each for each, _ in law.components if law.maybe(0.5)] or [law.components[0][0]]
    law.checks_at[name] = at
    items = []
    if law.first_checks and law.maybe(0.25):
        way = law.one(("", ", with its exceptions", ", without its exceptions"))
        items.append(Item("as", f"as {law.one(law.first_checks)}{way}"))
    if law.maybe(0.6):
        when = law.about_act() if law.maybe(0.5) else law.saying(law.rule)
        items.append(Item("applies-when", f"applies when {when}"))
    if law.maybe(0.25):
        items.append(Item("applies-unless", f"applies unless {law.showy(law.rule)}"))
    if not items or law.maybe(0.8):
        law.required.append(_requirement(law))
        items.append(Item("requires", f"requires {law.required[-1]}"))
    items += [Item("subject-to", f'subject to "{group}"') for group in subject]
    law.checks_made.append(name)
    code = law.one((f"X{name}", "XX")) if word == "check" and law.maybe(0.9) else ""
    refusal = f"with {code}" if code else "without a published code"
    because = "" if word == "check" else ', because "by chance"'
    clause = f'for "C {name}" ' if word == "check" or law.maybe(0.5) else ""
    heading = f"{word} {name} {clause}at {', '.join(at)}, reject {refusal}{because}"
    return ruled(law, name, f"C {name}" if clause else "", heading, items, label=bool(code))


def _requirement(law: Lawmaker) -> str:
    """Something that another act may have to bring about first; or anything."""
    asked = law.literal(law.rule)
    if len(law.acts) > 1 and law.maybe(0.4):
        return f"(Q.act is {law.acts[0]} or {asked})"
    return asked if law.maybe(0.35) else law.saying(law.rule)


# ---------------------------------------------------------------- exceptions


def _group(law: Lawmaker, group: str) -> None:
    items = [Item("condition", law.showy(law.rule)) if law.maybe(0.45) else Item("any-of", "any of")]
    items += _defined(law) if law.maybe(0.25) or any("definition" in e for e in law.favourites) else []
    law.lines.append(ruled(law, group, group, f'exceptions "{group}"', items))
    for number in range(law.chance.choice((1, 1, 2))):
        _limb(law, f"{group}({'abc'[number]})", group, (), 1)


def _defined(law: Lawmaker) -> list[Item]:
    """A definition among the words of a group."""
    name, result = law.fresh("g"), law.one((FACT, "Mode", "User"))
    variable, sort = law.fresh("x"), law.any_sort()
    applied = law.maybe(0.6)
    reads = law.maybe(0.5)
    own = ((variable, sort),) if applied else ()
    scope = Scope(own, tuple(law.parameters) if reads else (), "Q" if reads else None)
    body = said(law, result, scope)
    if body is None:
        return []
    told = f"{name}{f'({variable}: {sort})' if applied else ''}{'' if result == FACT else f': {result}'}"
    words = law.one(("", f' "the {name}"'))
    what = "definition" if result == FACT else "term definition"
    kind = f"{what}{' of the request' if reads else ''}{' with arguments' if applied else ''}"
    sorts = (sort,) if applied else ()
    law.callables.append(Applicable(name, sorts, result, reads_request=reads, defined=True, kind=kind))
    return [Item("defines", f"defines {told}{words} means {plain(body)}")]


def _limb(law: Lawmaker, clause: str, parent: str, above: tuple[tuple[str, str], ...], depth: int) -> None:
    own = binders(law)
    law.lines.append(limb_text(law, clause, parent, above, own))
    if depth < DEEPEST and law.maybe(0.25):
        for number in range(law.chance.choice((1, 2))):
            _limb(law, f"{clause}({number})", clause, (*above, *own), depth + 1)


def binders(law: Lawmaker) -> tuple[tuple[str, str], ...]:
    """Variables of a limb, mostly none."""
    count = law.chance.choice((0, 0, 1, 1, 2))
    return tuple((law.fresh("x"), law.any_sort()) for _ in range(count))


def limb_text(
    law: Lawmaker,
    clause: str,
    parent: str,
    above: tuple[tuple[str, str], ...],
    own: tuple[tuple[str, str], ...],
) -> str:
    """A limb with a condition or two."""
    scope = law.rule.binding(*above, *own)
    some = f" for some {', '.join(f'{n}: {s}' for n, s in own)}" if own else ""
    of = f' of "{parent}"' if parent else ""
    items = [Item("condition", law.saying(scope)) for _ in range(law.chance.randint(1, 2))]
    group = clause.split("(", maxsplit=1)[0]
    backs = [each for each in law.groups if each > group]  # no circle
    items += [Item("subject-to", f'subject to "{each}"') for each in backs if law.maybe(0.5)]
    law.limbs_made.append(clause)
    return ruled(law, clause, clause, f'limb "{clause}"{of}{some}', items)
