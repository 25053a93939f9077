"""Every place of a law at which an expression can stand, as declarations with a gap."""

from __future__ import annotations

from dataclasses import dataclass

SORTS = ("User", "Mode", "Version")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place: the declarations with `HERE` in it, or what stands in place of a mark of the law.

    `request`: how its request is called there ("" in rules, None where there is none); `sorts`: that the
    term may be of which stands there, empty for a formula; `variable`: one of the sort that can be spoken of.
    """

    text: str
    request: str | None = None
    sorts: tuple[str, ...] = ()
    variable: str = "v"
    quote: str = ""


def _check(item: str) -> Gap:
    return Gap(f'check c1 for "C 1" at K0, reject with X\n    {item} inference "w"', "")


def _claim(statement: str, request: str = "q", sorts: tuple[str, ...] = ()) -> Gap:
    return Gap(
        f'claim 1 cl "C." from "F"\n    for x: User, q: request\n{statement}\n    expect proved in old',
        request,
        sorts,
        "x",
    )


def _effect(item: str, request: str | None = "", sorts: tuple[str, ...] = ()) -> Gap:
    return Gap(f'effect e1 when act is A1\n    {item} inference "w"', request, sorts, "x")


def _event(item: str, sorts: tuple[str, ...] = ()) -> Gap:
    return Gap(f'event v1 by Bank with x: User\n    {item} inference "w"', None, sorts, "x")


BELOW = """
limb "G 2(a)" of "G 2"
    kf inference "w"
check c1 for "C 1" at K0, reject with X
    requires kf inference "w"
    subject to "G 2" inference "w\""""

GAPS = {
    "definition": Gap("define gap(x: User) means HERE", ""),
    "definition when": Gap("define gap(x: User): User means x when HERE", ""),
    "defines": Gap(
        'exceptions "G 2"\n    defines gap(x: User) means HERE inference "w"\n    any of inference "w"'
        + BELOW,
        "",
    ),
    "defines when": Gap(
        'exceptions "G 2"\n    defines gap(x: User): User means x when HERE inference "w"'
        '\n    any of inference "w"' + BELOW,
        "",
    ),
    "names": Gap('names for User u: "that" when HERE, "User" otherwise'),
    "parameter": Gap("@PARAMETER@ when HERE", ""),
    "route when": Gap("@ROUTE@ when HERE", ""),
    "route index": Gap("@ROUTE@, then KSORT[HERE]", "", SORTS[1:]),
    "start": Gap('start inference "w": HERE'),
    "axiom": Gap('axiom gap "a" because "w": HERE'),
    "premise": Gap('premise gap(x: User) "a" because "w" means HERE'),
    "check applies-when": _check('requires kf inference "w"\n    applies when HERE'),
    "check applies-unless": _check('requires kf inference "w"\n    applies unless HERE'),
    "check requires": _check("requires HERE"),
    "chapeau": Gap(
        'exceptions "G 2"\n    HERE inference "w"' + BELOW,
        "",
    ),
    "limb": Gap('limb "G(b)" of "G" for some x: User\n    HERE inference "w"', ""),
    "effect when": Gap('effect e1 when HERE\n    sf becomes true inference "w"', ""),
    "effect applies-when": _effect('sf becomes true inference "w"\n    applies when HERE'),
    "effect applies-unless": _effect('sf becomes true inference "w"\n    applies unless HERE'),
    "effect argument": _effect("for every w: Thing: atSORT(w, HERE) becomes true", "", SORTS),
    "effect value": _effect("sf becomes HERE"),
    "effect bulk where": _effect("for every x: Thing where HERE: on(x) becomes true"),
    "event when": Gap('event v1 by Bank with x: User when HERE\n    sf becomes true inference "w"'),
    "event applies-when": _event('sf becomes true inference "w"\n    applies when HERE'),
    "event applies-unless": _event('sf becomes true inference "w"\n    applies unless HERE'),
    "event argument": _event("for every w: Thing: atSORT(w, HERE) becomes true", SORTS),
    "event value": _event("sf becomes HERE"),
    "event bulk where": _event("for every y: User where HERE: lit(y) becomes true"),
    "modification": Gap(
        'by MOD insert after c0:\ncheck c1 for "C 1" at K0, reject with X\n    requires HERE inference "w"',
        "",
    ),
    "amended": Gap(
        'check c1 for "C 1" at K0, reject with X\n    "some words" requires kf\n'
        'by MOD amend "C 1": "words" becomes "others" requires HERE inference "w"',
        "",
        quote="> some words\n>\n> — C 1, verbatim in S\n",
    ),
    "reading": Gap('reading gap "r" because "w"\n    in c0, also requires HERE inference "w"', ""),
    "read": Gap(
        'reading gap "r" because "w"\n    in c0, inference "w" means requires HERE inference "w"', ""
    ),
    "guard of a reading": Gap('reading gap "r" because "w"\n    in e0, when HERE', ""),
    "claim where": Gap(
        'claim 1 cl "C." from "F"\n    for x: User, q: request where HERE\n    always kf\n'
        "    expect proved in old",
        "q",
    ),
    "given": _claim("    given paSORT(HERE)\n    always kf", "q", SORTS),
    "witness": _claim("    always, after any step r: kf\n    witness HERE", "r"),
    "lemma of the law": Gap('lemma gap "L.": HERE', ""),
    "lemma": _claim('    always kf\n    lemma l "L.": HERE'),
    "deployed where": _claim("    always kf\n    in every deployment over old, new where HERE"),
    "always": _claim("    always HERE"),
    "after request where": _claim("    always, after an accepted request r where HERE: kf", "r"),
    "after request": _claim("    always, after an accepted request r: HERE", "r"),
    "after step": _claim("    always, after any step r: HERE", "r"),
    "after event": _claim("    always, after event v0: HERE"),
    "after event twice": _claim("    always, after event v0 twice: HERE"),
    "every request where": _claim("    always, for every request r where HERE: kf", "r"),
    "every request": _claim("    always, for every request r: HERE", "r"),
    "every request in any situation where": _claim(
        "    in any situation, for every request r where HERE: kf", "r"
    ),
    "every request in any situation": _claim("    in any situation, for every request r: HERE", "r"),
    "possibly": _claim("    possibly HERE"),
    "possibly after request where": _claim("    possibly, after an accepted request r where HERE: kf", "r"),
    "possibly after request": _claim("    possibly, after an accepted request r: HERE", "r"),
    "some request": _claim("    possibly, for some request r: HERE", "r"),
    "some request in any situation": _claim("    in some situation, for some request r: HERE", "r"),
    "if, then next": _claim("    always, if HERE, then possibly next kf by requests"),
    "then next": _claim("    always, if kf, then possibly next HERE by requests"),
    "if, then possibly": _claim("    always, if HERE, then possibly kf by requests"),
    "then possibly": _claim("    always, if kf, then possibly HERE by requests"),
    "if, then never": _claim("    always, if HERE, then never kf by requests"),
    "then never": _claim("    always, if kf, then never HERE by requests"),
    "if, then eventually": _claim(
        "    always, if HERE, then eventually kf, given that a request r where kf is made, while requests"
    ),
    "then eventually": _claim(
        "    always, if kf, then eventually HERE, given that a request r where kf is made, while requests"
    ),
    "is made": _claim(
        "    always, if kf, then eventually kf, given that a request r where HERE is made, while requests",
        "r",
    ),
    "senders": _claim("    possibly kf by requests of HERE", "q", SORTS[:1]),
    "alike where": _claim("    old and new decide alike where HERE", "r"),
    "no-more where": _claim("    old allows no more than new where HERE", "r"),
    "newly accepted": _claim(
        '    from old to new, exactly these requests r change: newly accepted "l" when HERE', "r"
    ),
    "newly rejected": _claim(
        '    from old to new, exactly these requests r change: newly rejected "l" when HERE', "r"
    ),
    "newly differently": _claim(
        '    from old to new, exactly these requests r change: differently rejected "l" when HERE', "r"
    ),
    "every deployment where": _claim(
        "    old allows no more than every deployment over old, new where HERE", "r"
    ),
}
