"""Readings of a random regime: every way in which it can be understood otherwise."""

from __future__ import annotations

from collections.abc import Callable

from tests.random_laws.checks import check_text
from tests.random_laws.expressions import MONTH_END, RULES, Scope
from tests.random_laws.lawmaker import Lawmaker, Said, plain
from tests.random_laws.modifications import redefined

BECAUSE = 'because "by chance"'


def reading(law: Lawmaker, name: str) -> str | None:
    """A reading with one or two changes; None if none can be made."""
    ways = law.chance.choices(WAYS, k=law.chance.choice((1, 1, 2)))
    changes = [found for way in dict.fromkeys(ways) if (found := way(law)) is not None]
    if not changes:
        return None
    return f'reading {name} "{name}" {BECAUSE}\n' + "\n".join(f"    {each}" for each in changes)


def _first(law: Lawmaker, *kinds: str) -> Said | None:
    """An item, of these kinds, of a rule that both versions have."""
    rules = (*law.first_checks, *law.limbs_made, *law.groups, *law.effects_made, *law.events_made)
    known = [each for each in law.said if each.kind in kinds and each.rule in rules]
    return law.chance.choice(known) if known else None


def _target(law: Lawmaker, rule: str, clause: str) -> str:
    if rule in law.limbs_made or rule in law.groups:
        return f'"{rule}"'
    return law.one((rule, f'"{clause}"')) if clause and rule in law.first_checks else rule


def _meaning_otherwise(law: Lawmaker) -> str | None:
    """What words mean, or what is inferred, is something else."""
    item = _first(law, "requires", "requires", "applies-when", "applies-unless", "condition", "as")
    if item is None:
        return None
    scope = Scope() if item.rule in law.events_made else law.rule
    said = law.showy(scope)
    kinds = {"requires": "requires", "applies-when": "applies when", "applies-unless": "applies unless"}
    if item.kind == "as":
        meaning = f"as {law.first_checks[0]}, {law.one(('with', 'without'))} its exceptions"
        if item.rule == law.first_checks[0]:
            return None
    else:
        meaning = plain(said) if item.kind == "condition" else f"{kinds[item.kind]} {plain(said)}"
    why = f" {law.why()}" if law.maybe(0.4) else ""
    target = _target(law, item.rule, item.clause)
    if item.phrases:
        some = item.phrases if law.maybe() else item.phrases[:1]
        strings = " ".join(f'"{each}"' for each in some)
        return f"in {target}, {strings} means {meaning}{why}"
    return f'in {target}, inference "{item.inference}" means {meaning}{why}'


def _also(law: Lawmaker) -> str | None:
    """Something more is the case."""
    if law.limbs_made and law.maybe(0.5):
        leaves = [each for each in law.limbs_made if each.count("(") == 1]
        return f'in "{law.one(leaves)}", also {plain(law.saying(law.rule))} {law.why()}'
    word = law.one(("requires", "applies when", "applies unless"))
    return f"in {_target(law, 'c0', 'C c0')}, also {word} {plain(law.saying(law.rule))} {law.why()}"


def _guard(law: Lawmaker) -> str | None:
    if law.events_made and law.maybe(0.4):
        return f"in {law.events_made[0]}, when {law.showy(Scope())}"
    when = f"Q.act is {law.acts[0]}" if law.maybe(0.2) else law.showy(law.rule)
    return f"in {law.effects_made[0]}, when {plain(when)}"


def _definition(law: Lawmaker) -> str | None:
    if law.maybe(0.3) and any(MONTH_END in line for line in law.lines):
        return f"define {MONTH_END} means {law.one(RULES)} {law.why()}"
    defined = [line for line in law.lines if line.startswith("define ")]
    another = redefined(law, law.chance.choice(defined)) if defined else None
    return f"{another} {law.why()}" if another else None


def _start(law: Lawmaker) -> str | None:
    return f"start {law.why()}: {law.literal(Scope())}"


def _adopted(law: Lawmaker) -> str | None:
    name = law.fresh("ad")
    text = check_text(law, name, [], "adopted check")
    law.checks_made.remove(name)
    return text if not text.startswith("> ") else None


WAYS: tuple[Callable[[Lawmaker], str | None], ...] = (
    *(_meaning_otherwise, _meaning_otherwise, _also, _also, _guard, _definition, _start, _adopted),
)
