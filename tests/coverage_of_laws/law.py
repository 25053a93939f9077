"""A law with a gap at every place where an expression can stand, filled with every construct.

The loader says which constructs can stand where: no list is believed that it does not bear out.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.language.diagnostics import SpecError
from checker.regime.load import load_texts
from tests.coverage_of_laws.constructs import CONSTRUCTS
from tests.coverage_of_laws.fillings import FORMULAS, OWN, TERMS
from tests.coverage_of_laws.gaps import GAPS, Gap

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
