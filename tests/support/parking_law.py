"""A small law with every kind of change: versions `old`, `new`, `other` (both made of `old`) and `newest`."""

from __future__ import annotations

from typing import Final

from checker.api import Law, load

LAW: Final = """# Parking in the yard

```redline
version old "as it was"
version new "with everything changed" is old with Reform
version newest "and then some" is new with Afterthought
version other "with one word changed" is old with Trifle
modification Reform "the reform"
modification Afterthought "what was forgotten"
modification Trifle "one word"

sort Driver
enum Kind from table kinds: value "kind", label "called"
fixed heavy(Kind) from table kinds: "heavy"
request "{sender} parks a {kind}"
    sender: Driver
    kind: Kind
component Gate "the gate"
route Gate
state banned(Driver) "{1} is [not] banned"
start inference "nobody is banned yet": for every d: Driver: not banned(d)
```

```redline
table kinds
```

| kind | called | heavy |
|---|---|---|
| Car | Car | no |
| Van | Van | no |

## 1 The gate

> 1 The gate refuses a vehicle (or a trailer) that is heavy, unless clause 2 says otherwise.
>
> — Yard 1

```redline
check weight for "Yard 1" at Gate, reject with G1 "too heavy"
    "1 The gate refuses a vehicle (or a trailer)"
        connective
    "that is heavy,"
        requires not heavy(kind)
    "unless clause 2 says otherwise."
        subject to "Yard 2"
```

## 2 Exceptions

> 2 Clause 1 shall not apply where
>
> — Yard 2

> (a) the driver is known; or
>
> — Yard 2(a)

> (b) the driver is not banned.
>
> — Yard 2(b), verbatim in Leaflet 2

```redline
exceptions "Yard 2"
    "2 Clause 1 shall not apply where"
        any of
limb "Yard 2(a)" of "Yard 2"
    "(a)"
        connective
    "the driver is known; or"
        not modelled "everybody is known"
limb "Yard 2(b)" of "Yard 2"
    "(b)"
        connective
    "the driver is not banned."
        not banned(sender)
```

## 3 Bans

> 3 A ban may be made at any time.
>
> — Yard 3

```redline
event ban by the environment with d: Driver
    "3 A ban may be made"
        banned(d) becomes true
    "at any time."
        connective
```

# The reform

> (c) the vehicle is a van "of the yard" & <clean>.
>
> — Yard 2(c)

```redline
by Reform insert after "Yard 2(b)":
limb "Yard 2(c)" of "Yard 2"
    "(c)"
        connective
    "the vehicle is a van \\"of the yard\\" & <clean>."
        kind is Van
```

```redline
by Reform strike "Yard 2(a)"
by Reform amend "Yard 1": "that is heavy," becomes "that is heavy or dirty," same meaning
by Reform amend "Yard 2(b)": "the driver is not banned." becomes "" same meaning
by Reform amend table kinds: row "Van", "heavy" becomes "yes"
```

> 3 A ban may be made by the yard.
>
> — Yard 3

```redline
by Reform replace ban:
event ban by the environment with d: Driver
    "3 A ban may be made"
        banned(d) becomes true
    "by the yard."
        connective
by Afterthought amend "Yard 1": "dirty" becomes "very dirty" same meaning
by Trifle amend "Yard 1": "refuses" becomes "shall refuse" same meaning
```
"""


def parking() -> Law:
    """Return the law."""
    return load({"law.md": LAW}, {})


def words_of_version(law: Law, version: str) -> list[tuple[str, str, str]]:
    """The clauses in force: name, words, and the line that says where they come from."""
    texts = [each for each in law.regime.texts[version] if each.text]
    return [(each.clause, each.text, _attribution(each.quote)) for each in texts]


def _attribution(quote: object) -> str:
    clause, source, kind = (getattr(quote, each) for each in ("clause", "source", "kind"))
    if clause == source:
        return f"\N{EM DASH} {source}"
    return f"\N{EM DASH} {clause}, {'verbatim' if kind == 'verbatim' else 'paraphrased'} in {source}"
