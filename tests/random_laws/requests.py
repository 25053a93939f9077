"""The requests of a random regime: what they carry, and the route they take."""

from __future__ import annotations

from tests.random_laws.expressions import VERSION, Scope
from tests.random_laws.lawmaker import SHALLOW, Lawmaker, plain

SETTLED = 2  # parameters that are always carried: the sender and the act


def carried(law: Lawmaker) -> None:
    """What requests carry: a sender, an act, and one or two more things."""
    law.parameters = [("sender", "User"), ("act", "Act")]
    for name in ("item", "other")[: law.chance.choice((1, 1, 2))]:
        law.parameters.append((name, law.one([*law.sorts, *law.sorts, "Mode"])))


def request(law: Lawmaker) -> None:
    """The request: the first two always carry what they carry, others perhaps, or under a condition."""
    told = ["    sender: User" + law.one(("", ' "Sender"')), "    act: Act"]
    for at, (name, sort) in enumerate(law.parameters[SETTLED:], SETTLED):
        scope = Scope(parameters=tuple(law.parameters[:at]), request="Q", fixed_only=True)
        way = law.chance.random()
        words = law.one(("", "", f' "{name}"'))
        when = f" when {plain(_when(law, scope))}" if way < 0.45 else ""
        optional = "optional " if 0.3 < way < 0.55 else ""
        told.append(f"    {name}: {optional}{sort}{words}{when}")
    if law.maybe(0.15):
        told[:SETTLED] = told[SETTLED - 1 :: -1]
    with law.aside("shapes"):
        shaped = law.maybe(0.2)
        law.lines += _shapes(law, told) if shaped else ['request "{sender} does {act}"\n' + "\n".join(told)]


def _shapes(law: Lawmaker, told: list[str]) -> list[str]:
    """The same in two shapes: what is always carried by both, of the rest some by one of them alone."""
    one, other = [*told[SETTLED:]], [*told[SETTLED:]]
    for each in told[SETTLED:]:
        way = law.chance.randrange(3)
        if way:
            (one if way == 1 else other).remove(each)
    noun = law.one(("", ' or "a trial"'))
    common = [each.strip() for each in told[:SETTLED]]
    return [
        "\n".join((f"request {common[0]}", *(f"    {each}" for each in common[1:]))),
        "\n".join(('request does "{sender} does {act}"', *one)),
        "\n".join((f'request tries "{{sender}} tries {{act}}"{noun}', *other)),
    ]


def _when(law: Lawmaker, scope: Scope) -> str:
    liked = law.liked(scope) if law.maybe(0.7) else None
    if liked is not None:
        return liked
    if len(law.acts) > 1 and law.maybe(0.7):
        return law.about_act()
    return law.formula(scope, SHALLOW)


# --------------------------------------------------------------------- route


def components(law: Lawmaker) -> None:
    """One to three components; the second may have instances."""
    law.components = [("K0", None)]
    liked = [each for each in law.favourites if "instance" in each or each == "version"]
    if liked or law.maybe(0.55):
        indexed = law.maybe(0.7 if liked else 0.4)
        kinds = ("Mode", VERSION) if liked else ("Mode",)
        law.components.append(("K1", law.one(kinds) if indexed else None))
    if law.maybe(0.12):
        law.components.append(("K2", None))
    for name, index in law.components:
        law.lines.append(f"component {name}{f'[{index}]' if index else ''}" + law.one(("", ' "k"')))


def route(law: Lawmaker) -> None:
    """Every component, which may be passed by; one of them, now and then, twice."""
    stages = [_stage(law, *each) for each in law.components]
    if law.maybe(0.1):
        stages.append(_stage(law, *law.chance.choice(law.components)))
        law.staged = False
    law.lines.append("route " + ", then ".join(stages))


def _stage(law: Lawmaker, name: str, index: str | None) -> str:
    at = law.thing(index, law.rule) if index else None
    if index and at is None:
        at = law.enums[index][0] if index in law.enums else "old"
    when = f" when {plain(law.saying(law.rule))}" if law.maybe(0.25 if name == "K0" else 0.45) else ""
    return f"{name}{f'[{plain(at)}]' if at else ''}{when}"
