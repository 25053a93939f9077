"""What a random regime supposes, where its stories start, and how its second version differs."""

from __future__ import annotations

from random_regimes import Lawmaker, Place, plain
from random_rules import FACT, WHY, Scope

BECAUSE = 'because "by chance"'


# ------------------------------------------------------------- suppositions


def suppose(law: Lawmaker) -> None:
    """Starts, perhaps an axiom, a premise or two."""
    for place in law.places:
        if law.maybe(0.65):
            _start(law, place)
    if law.maybe(0.08):
        law.lines.append(f'start inference "by chance": {_of_all(law)}')
    if law.maybe(0.35):
        axiom = _axiom(law)
        if axiom is not None:
            law.axioms_made.append("ax0")
            law.lines.append(f'axiom ax0 "ax" {BECAUSE}: {axiom}')
    for number in range(law.chance.choice((0, 1, 1, 2))):
        name, sort = law.fresh("x"), law.any_sort()
        scope = Scope(variables=((name, sort),))
        law.premises_made.append((f"pr{number}", sort))
        law.lines.append(f'premise pr{number}({name}: {sort}) "pr" because "so" means {law.saying(scope)}')


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
    law.lines.append(f'start inference "by chance": {every}{being(place, text, value)}')


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
    if way < 0.2:
        name, sort = law.fresh("x"), law.any_sort()
        scope = Scope(variables=((name, sort),), fixed_only=True, quantifiers=False)
        return f"for every {name}: {sort}: {law.formula(scope, 1)}"
    written = "\n".join(law.lines)
    still = [each for each in law.places if f"{each.name}(" not in _becoming(written) and each.arguments]
    if way < 0.5 and still:
        every, inner, text = everywhere(law, law.chance.choice(still))
        has = text if _is_fact(law, text) else f"{text} is present"
        return f"{every}({has} implies {law.literal(inner)})"
    if way < 0.85:
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


# ----------------------------------------------------------------- versions


def redline(law: Lawmaker) -> None:
    """A second version, a reading, and where there are two components a mixture of versions."""
    law.lines.append('version old "old"\nversion new "new" is old with MOD\nmodification MOD "mod"')
    for _ in range(law.chance.choice((1, 2, 2, 3))):
        change = _change(law)
        if change is not None:
            law.lines.append(f"by MOD {change}")
    law.columns = ["old", "new", "new"]
    if law.maybe(0.4):
        law.lines.append(f'reading red "red" {BECAUSE}\n{_reading(law)}')
        law.columns.append("new under red")
    if len(law.components) > 1 and law.maybe(0.6):
        first, second = law.chance.sample(("old", "new"), 2)
        law.lines.append(f'deployment mixed "mixed": K0 at {first}, K1 at {second}')
        law.columns += ["mixed", "mixed"]
    dropped = [*law.axioms_made, *(name for name, _ in law.premises_made)]
    if dropped and law.maybe(0.3):
        law.columns.append(f"new without {law.one(dropped)}")


def _change(law: Lawmaker) -> str | None:
    """One change of the modification; names that are there once are changed once."""
    way = law.chance.randrange(10)
    name = law.fresh("m")
    if way == 9 and "table sheet" in law.lines:
        law.turns |= {"accepted", "rejected"}
        cell = law.one(("yes", "no", "unknown"))
        return f'amend table sheet: row "{law.acts[0]}", "yes" becomes "{cell}"'
    if way == 8 and len(law.first_checks) > 1 and not _spoken_of(law, law.first_checks[-1]):
        law.turns.add("accepted")
        return _once(law, law.first_checks[-1], f"strike {law.first_checks.pop()}")
    if way <= 1 and law.limbs_made:
        law.turns.add("accepted")
        after = law.one([each for each in law.limbs_made if each.count("(") == 1])
        clause = f"G(z{name})"
        return f'insert after "{after}":\n{law.limb_text(clause, "G", (), law._binders())}'
    if way <= 4:
        law.turns.add("rejected")
        subject = 'subject to "G"' if law.limbs_made and law.maybe(0.4) else ""
        return f"insert after c0:\n{law.check_text(name, subject)}"
    if way == 5:
        return f"insert after e0:\n{law.effect_text(name, list(law.acts[1:]))}"
    if way == 6:
        return _once(law, "e0", f"replace e0:\n{law.effect_text('e0', list(law.acts))}")
    return _redefinition(law)


def _redefinition(law: Lawmaker) -> str | None:
    defined = [line for line in law.lines if line.startswith("define ")]
    if not defined:
        return None
    law.turns |= {"accepted", "rejected"}
    chosen = law.chance.choice(defined)
    named = chosen.removeprefix("define ").split("(")[0].split(":")[0].split(" ")[0]
    return _once(law, named, f"replace {named}:\n{law._another(chosen)}")


def _spoken_of(law: Lawmaker, check: str) -> bool:
    """Whether another rule would miss the check: one that is as it, an order, or exceptions to it."""
    own = next(each for each in law.lines if each.startswith(f"check {check} "))
    others = "\n".join(each for each in law.lines if each is not own)
    alone = 'subject to "G"' in own and 'subject to "G"' not in others
    return alone or f"as {check}" in others or f" {check}" in _orders(law)


def _orders(law: Lawmaker) -> str:
    return "\n".join(each.replace(",", " ") for each in law.lines if each.startswith("order at"))


def _once(law: Lawmaker, name: str, change: str) -> str | None:
    """The change, unless the name is changed already."""
    changed = [line.split(":")[0].split(" ")[-1] for line in law.lines if line.startswith("by MOD")]
    return None if name in changed else change


def _reading(law: Lawmaker) -> str:
    changes = []
    if law.limbs_made:
        clause = law.one([each for each in law.limbs_made if each.count("(") == 1])
        changes.append(f'    in "{clause}", also {plain(law.saying(law.rule))} {WHY}')
    if not changes or law.maybe(0.4):
        changes.append(law.check_text("ad0", "", "adopted check"))
        law.checks_made.remove("ad0")
    return "\n".join(changes)
