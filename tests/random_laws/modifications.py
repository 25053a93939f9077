"""What a modification of a random regime changes: every kind of rule, in every way."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.random_laws.checks import binders, check_text, limb_text, order_text
from tests.random_laws.deeds import effect_text, event_text
from tests.random_laws.expressions import FACT, Scope
from tests.random_laws.lawmaker import Lawmaker, plain
from tests.random_laws.meanings import said
from tests.random_laws.suppositions import axiom

_NAME = re.compile(r"[\w-]+")


def _insert_check(law: Lawmaker) -> str | None:
    law.turns.add("rejected")
    name = law.fresh("m")
    subject = [each for each in law.groups if law.maybe(0.3)]
    return f"insert after {_called(law, 'c0')}:\n{check_text(law, name, subject)}"


def _replace_check(law: Lawmaker) -> str | None:
    law.turns |= {"accepted", "rejected"}
    name = law.first_checks[-1]
    own = next(line for line in law.lines if f"check {name} for" in line)
    subject = [each for each in law.groups if f'subject to "{each}"' in own]
    text = check_text(law, name, subject)
    law.checks_made.pop()
    return _once(law, name, f"replace {name}:\n{text}") if f"as {name}" not in text else None


def _strike_check(law: Lawmaker) -> str | None:
    if len(law.first_checks) < 2 or _spoken_of(law, law.first_checks[-1]):
        return None
    law.turns.add("accepted")
    name = law.first_checks.pop()
    return _once(law, name, f"strike {_called(law, name)}")


def _insert_limb(law: Lawmaker) -> str | None:
    if not law.limbs_made:
        return None
    law.turns.add("accepted")
    after = law.one([each for each in law.limbs_made if each.count("(") == 1])
    group = after.split("(")[0]
    text = limb_text(law, f"{group}(z{law.fresh('m')})", group, (), binders(law))
    return f'insert after "{after}":\n{text}'


def _replace_limb(law: Lawmaker) -> str | None:
    own = [each for each in law.limbs_made if each.count("(") == 1 and not _has_below(law, each)]
    if not own:
        return None
    law.turns |= {"accepted", "rejected"}
    clause = law.one(own)
    parent = clause.split("(")[0] if law.maybe(0.6) else ""
    text = limb_text(law, clause, parent, (), binders(law))
    law.limbs_made.pop()
    return _once(law, clause, f'replace "{clause}":\n{text}')


def _strike_limb(law: Lawmaker) -> str | None:
    if not law.limbs_made:
        return None
    law.turns.add("rejected")
    clause = law.one(law.limbs_made)
    return _once(law, clause, f'strike "{clause}"')


def _has_below(law: Lawmaker, clause: str) -> bool:
    return any(each.startswith(f"{clause}(") for each in law.limbs_made)


def _effect(law: Lawmaker) -> str | None:
    if law.maybe(0.4):
        name = law.fresh("m")
        return f"insert after e0:\n{effect_text(law, name, list(law.acts[1:]))}"
    if law.maybe(0.3) and len(law.effects_made) > 1:
        return _once(law, law.effects_made[-1], f"strike {law.effects_made[-1]}")
    kept = law.becoming
    law.becoming = [each for each in kept if each not in kept[:1]]
    text = effect_text(law, "e0", list(law.acts))
    law.becoming = kept
    return _once(law, "e0", f"replace e0:\n{text}")


def _event(law: Lawmaker) -> str | None:
    if law.maybe(0.4) or not law.events_made:
        name = law.fresh("w")
        text = event_text(law, name)
        law.events_made.remove(name)
        return f"insert after e0:\n{text}"
    name = law.events_made[-1]
    text = event_text(law, name)
    law.events_made.pop()
    return _once(law, name, f"replace {name}:\n{text}")


def _order(law: Lawmaker) -> str | None:
    if any(line.startswith("order at K0") for line in law.lines):
        return None
    here = [name for name in law.first_checks if "K0" in law.checks_at[name]]
    return f"insert after c0:\n{order_text(law, 'K0', here)}" if here else None


def _redefine(law: Lawmaker) -> str | None:
    defined = [line for line in law.lines if line.startswith("define ")]
    if not defined:
        return None
    law.turns |= {"accepted", "rejected"}
    chosen = law.chance.choice(defined)
    name = chosen.split(" ")[1].split("(")[0].strip(":")
    another = redefined(law, chosen)
    return _once(law, name, f"replace {name}:\n{another}") if another else None


def redefined(law: Lawmaker, definition: str) -> str | None:
    """The definition's head with another body, made of no definition; it reads the request if the old did."""
    head, body = definition.split(" means ", 1)
    found = re.match(r"define ([\w-]+)(?:\((.*?)\))?(?:: (\w+))?", head)
    assert found is not None
    pairs = [each.split(": ") for each in (found[2] or "").split(", ") if each]
    reads = "sender is present" in body
    variables = tuple((name, sort) for name, sort in pairs)
    scope = Scope(variables, tuple(law.parameters) if reads else (), "Q" if reads else None)
    known, law.callables = law.callables, [each for each in law.callables if not each.defined]
    new = said(law, found[3] or FACT, scope)
    law.callables = known
    return f"{head} means {plain(new)}" if new else None


def _kind(law: Lawmaker) -> str | None:
    """A function that nothing writes becomes fixed, or state, or may be absent, or is always there."""
    written = "\n".join(line for each in law.lines for line in each.splitlines() if " becomes " in line)
    lines = [each for each in law.lines if re.match(r"(state|fixed) [fk]\d+[(: ]", each)]
    free = [line for line in lines if line.startswith("fixed") or _NAME.findall(line)[1] not in written]
    if not free:
        return None
    line = law.chance.choice(free)
    word, rest = line.split(" ", 1)
    name = _NAME.findall(rest)[0]
    new = "state" if word == "fixed" else "fixed"
    if ": optional" in rest and law.maybe():
        return _once(law, name, f"replace {name}:\n{word} {rest.replace(': optional', ':')}")
    if ": " in rest and ": optional" not in rest and law.maybe():
        return _once(
            law, name, f"replace {name}:\n{law.one((word, new))} {rest.replace(': ', ': optional ', 1)}"
        )
    return _once(law, name, f"replace {name}:\n{new} {rest}")


def _supposition(law: Lawmaker) -> str | None:
    way = law.chance.randrange(4)
    if way == 0 and law.axioms_made:
        return _once(law, law.axioms_made[0], f"strike {law.axioms_made[0]}")
    if way == 1:
        name = law.fresh("ax")
        found = axiom(law, name)
        return f"insert after c0:\n{found}" if found else None
    if way == 2 and law.premises_made:
        name = law.premises_made[0][0]
        line = next(each for each in law.lines if each.startswith(f"premise {name}"))
        head = line.split(" means ")[0]
        pairs = re.findall(r"(x\d+): (\w+)", head)
        return _once(law, name, f"replace {name}:\n{head} means {law.literal(Scope(variables=tuple(pairs)))}")
    return f'insert after c0:\nstart inference "more": {law.literal(Scope())}'


def _table(law: Lawmaker) -> str | None:
    if "table sheet" not in law.lines:
        return None
    law.turns |= {"accepted", "rejected"}
    if law.maybe():
        cell = law.one(("yes", "no", "unknown"))
        return f'amend table sheet: row "{law.acts[0]}", "yes" becomes "{cell}"'
    cell = law.one((*law.enums["Mode"], "unknown"))
    return f'amend table sheet: row "{law.acts[-1]}", "mode" becomes "{cell}"'


def _amend(law: Lawmaker) -> str | None:
    """Words of a rule, perhaps with what they mean."""
    quoted = [each for each in law.said if each.phrases and each.clause and each.rule in law.first_checks]
    others = (*law.limbs_made, *law.effects_made, *law.events_made)
    quoted += [each for each in law.said if each.phrases and each.rule in others]
    if not quoted:
        return None
    item = law.chance.choice(quoted)
    words = law.one(item.phrases)
    old = law.one((words, words.split(" term")[0]))
    new = law.fresh("other ")
    text = f'amend "{item.clause}": "{old}" becomes "{new}"'
    if item.kind in ("requires", "condition", "applies-when") and law.maybe(0.85):
        law.turns |= {"accepted", "rejected"}
        word = {"requires": "requires ", "condition": "", "applies-when": "applies when "}[item.kind]
        scope = Scope() if item.rule in law.events_made else law.rule
        why = f" {law.why()}" if law.maybe(0.4) else ""
        text += f" {word}{plain(law.showy(scope))}{why}"
    return _once(law, item.clause, text)


CHANGES: tuple[Callable[[Lawmaker], str | None], ...] = (
    *(_insert_check, _insert_check, _replace_check, _strike_check),
    *(_insert_limb, _replace_limb, _strike_limb, _effect, _effect, _event, _order),
    *(_redefine, _redefine, _kind, _supposition, _supposition, _table, _amend, _amend),
)


def _spoken_of(law: Lawmaker, check: str) -> bool:
    """Whether another rule would miss the check: one that is as it, an order, or exceptions to it."""
    own = next(each for each in law.lines if f"check {check} " in each.split(" at ")[0])
    others = "\n".join(each for each in law.lines if each is not own)
    checks = "\n".join(each for each in law.lines if each is not own and "check " in each.split(" at ")[0])
    alone = any(f'subject to "{g}"' in own and f'subject to "{g}"' not in checks for g in law.groups)
    return alone or f"as {check}" in others or f" {check}" in _orders(law)


def _orders(law: Lawmaker) -> str:
    return "\n".join(each.replace(",", " ") for each in law.lines if "order at" in each)


def _called(law: Lawmaker, check: str) -> str:
    """A check by its name or by its clause."""
    return law.one((check, f'"C {check}"'))


def _once(law: Lawmaker, name: str, change: str) -> str | None:
    """The change, unless what has the name is changed already."""
    if name in law.changed:
        return None
    law.changed.add(name)
    return change
