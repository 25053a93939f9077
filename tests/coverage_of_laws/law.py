"""A law with a gap at every place where an expression can stand, and what to put there for every construct.

The loader says which constructs can stand where: no list is believed that it does not bear out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.language.diagnostics import SpecError
from checker.regime.load import load_texts
from tests.coverage_of_laws.constructs import CONSTRUCTS

SORTS = ("User", "Mode", "Version")
LAW = """\
```redline
sort User
sort Thing
constant Bank: User "the bank"
enum Act: A0, A1
enum Mode: M0, M1
table sheet
fixed tf(Act) from table sheet: "yes"
fixed tm(Act): Mode from table sheet: "mode"
fixed tom(Act): optional Mode from table sheet: "perhaps"
fixed kf
fixed km: Mode
fixed ku: User
fixed kv: Version
fixed ov: optional Version
fixed om: optional Mode
fixed ou: optional User
state sf
state sm: Mode
state su: User
state sv: Version
state pv: optional Version
state pm: optional Mode
state pu: optional User
state lit(User)
state on(Thing)
state atUser(Thing, User)
state atMode(Thing, Mode)
state atVersion(Thing, Version)
define dd means kf
define da(v: User) means v is ku
define dr means mode is M0
define dra(v: User) means v is sender
define dmt: Mode means km
define dut: User means ku
define dvt: Version means kv
define dmta(v: User): Mode means km when v is ku
define duta(v: User): User means v
define dvta(v: User): Version means kv when v is ku
define dmtr: Mode means mode
define dutr: User means sender
define dvtr: Version means kv when sender is ku
define dmtra(v: User): Mode means mode when v is sender
define dutra(v: User): User means v when v is sender
define dvtra(v: User): Version means kv when v is sender
premise pp "p" because "w" means kf
premise paUser(v: User) "p" because "w" means v is ku
premise paMode(v: Mode) "p" because "w" means v is km
premise paVersion(v: Version) "p" because "w" means v is kv
request "{sender}"
    sender: User
    act: Act
    mode: Mode
    user: optional User
    during: optional Version
    last: optional Mode@PARAMETER@
component K0
component K1[Mode]
component KMode[Mode]
component KVersion[Version]
route K0, then K1[km]@ROUTE@
check c0 for "C 0" at K0, reject with X
    requires kf inference "w"
    subject to "G" inference "w"
exceptions "G"
    any of inference "w"
limb "G(a)" of "G" for some y: User
    y is ku inference "w"
effect e0
    lit(sender) becomes true inference "w"
event v0 by the environment with z: User
    lit(z) becomes true inference "w"
start inference "w": not lit(Bank)
version old "old"
version new "new" is old with MOD
modification MOD "mod"
by MOD strike "G(a)"
reading red "r" because "w"
    in c0, also applies unless sf inference "w"
```

| act | yes | mode | perhaps |
|---|---|---|---|
| A0 | yes | M0 | none |
| A1 | unknown | M1 | unknown |
"""


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

FORMULAS = {
    "parameter": "{r}mode is M0",
    "variable": "for some v: User: v is ku",
    "value": "km is M0",
    "constant": "ku is Bank",
    "fixed fact": "kf",
    "fixed function": "km is M0",
    "fixed optional function": "om is M0",
    "fixed fact from a table": "tf(A0)",
    "fixed function from a table": "tm(A0) is M0",
    "fixed optional function from a table": "tom(A0) is M0",
    "state fact": "sf",
    "state function": "sm is M0",
    "state optional function": "pm is M0",
    "definition": "dd",
    "definition with arguments": "da(ku)",
    "definition of the request": "{r}dr",
    "definition of the request with arguments": "{r}dra(ku)",
    "term definition": "dmt is M0",
    "term definition with arguments": "dmta(ku) is M0",
    "term definition of the request": "{r}dmtr is M0",
    "term definition of the request with arguments": "{r}dmtra(ku) is M0",
    "premise": "pp",
    "true": "true",
    "false": "false",
    "not": "not kf",
    "and": "kf and tf(A0)",
    "or": "kf or tf(A0)",
    "implies": "kf implies tf(A0)",
    "iff": "kf iff tf(A0)",
    "is": "km is M0",
    "is not": "km is not M0",
    "matches": "km matches om",
    "is present": "om is present",
    "is absent": "om is absent",
    "in": "km in {{M0, om}}",
    "not in": "km not in {{M0, om}}",
    "for every of a sort": "for every v: User: v is ku",
    "for every of an enum": "for every v: Mode: v is km",
    "for every … where": "for every v: Mode where v is km: kf",
    "for some of a sort": "for some v: User: v is ku",
    "for some of an enum": "for some v: Mode: v is km",
    "for some … where": "for some v: Mode where v is km: kf",
    "exactly so many of a sort": "exactly one v: User where v is ku",
    "exactly so many of an enum": "exactly one v: Mode where v is km",
    "at least so many of a sort": "at least two v: User where v is not ku",
    "at least so many of an enum": "at least two v: Mode where v is not km",
    "at most so many of a sort": "at most 1 v: User where v is ku",
    "at most so many of an enum": "at most 2 v: Mode where v is not km",
    "ever": "ever tf(A0)",
    "since": "kf since tf(A0)",
    "as of": "kf as of tf(A0)",
    "version": "version(K0) is old",
    "version of an instance": "version(K1[km]) is old",
    "before": "before kf",
    "step is": "step is v0",
    "accepted": "{R} accepted",
    "rejected": "{R} rejected",
    "rejected by": "{R} rejected by c0",
    "passes": "{R} passes c0",
    "fails": "{R} fails K0",
    "fails only": "{R} fails only c0",
    "exempted": '{R} exempted by "G(a)"',
    "in COLUMN": "{R} accepted in new",
    "with PARAMETER": "{R} accepted with mode M0",
}

TERMS = {
    "variable": "{v}",
    "parameter": "{r}{own}",
    "value": "{value}",
    "constant": "Bank",
    "fixed function": "k{s}",
    "fixed optional function": "o{s}",
    "fixed function from a table": "t{s}(A0)",
    "fixed optional function from a table": "to{s}(A0)",
    "state function": "s{s}",
    "state optional function": "p{s}",
    "term definition": "d{s}t",
    "term definition with arguments": "d{s}ta(ku)",
    "term definition of the request": "{r}d{s}tr",
    "term definition of the request with arguments": "{r}d{s}tra(ku)",
    "before": "before k{s}",
    "version": "version(K0)",
    "version of an instance": "version(K1[km])",
}
OWN = {
    "User": {"own": "sender", "value": "Bank", "s": "u"},
    "Mode": {"own": "mode", "value": "M0", "s": "m"},
    "Version": {"own": "during", "value": "old", "s": "v"},
}


def laws_with(construct: str, place: str) -> Iterator[str]:
    """The law with the construct at the place; where a term stands, with one of every sort it may have."""
    gap = GAPS[place]
    prefix = f"{gap.request}." if gap.request else ""
    words = {"r": prefix, "R": gap.request or "r", "v": gap.variable}
    if construct not in TERMS or not gap.sorts:
        yield _filled(gap, f"({FORMULAS[construct].format(**words)})", (*gap.sorts, "")[0])
        return
    for sort in gap.sorts:
        yield _filled(gap, TERMS[construct].format(**words, **OWN[sort]), sort)


def refused(declaration: str) -> bool:
    """Whether the loader refuses the law with this declaration, and takes it without."""
    try:
        load_texts({"law.md": _filled(Gap(""), "", "")})
        load_texts({"law.md": _filled(Gap(declaration), "", "")})
    except SpecError as error:
        return all(
            each.span is not None and each.span.line > LAW.count("\n") - 1 for each in error.diagnostics
        )
    return False


def _filled(gap: Gap, said: str, sort: str) -> str:
    text, law = gap.text.replace("HERE", said).replace("SORT", sort), LAW
    for mark in ("@PARAMETER@", "@ROUTE@"):
        here = text.startswith(mark)
        law = law.replace(mark, text.removeprefix(mark) if here else "")
        text = "" if here else text
    return f"{law}\n{gap.quote}\n```redline\n{text}\n```\n"


def refusal(construct: str, place: str) -> tuple[str, str] | None:
    """What the loader says where the construct cannot stand at the place, its code first; None if it can."""
    for law in laws_with(construct, place):
        try:
            load_texts({"law.md": law})
        except SpecError as error:
            said = error.diagnostics[0]
        else:
            return None
    return said.code, said.message


def every_pair() -> tuple[tuple[str, str], ...]:
    """All constructs at all places, whether or not they can stand there."""
    return tuple((construct, place) for place in GAPS for construct in CONSTRUCTS)
