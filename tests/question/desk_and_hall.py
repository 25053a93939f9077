"""A desk that lets pass and a hall that carries out, whose versions may read a word differently."""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from tests.support.load import load

LAW = """
sort User
enum Srv: A1, B1
state bad(User) "{1} is bad"
state flag(User)
fixed trusted(User)
fixed last: Srv
premise good(u: User) "x" because "y" means not bad(u)
premise fine(u: User) "x" because "y" means good(u)
define worthy(u: User) means fine(u)
premise known(u: User) "x" because "y" means trusted(u)
request "{sender} sends {srv}"
    sender: User
    srv: Srv
    note: Srv when SENT
component Desk "the desk"
component Hall "the hall"
route Desk, then Hall when PASSED
start inference "s": for every u: User: not flag(u) and not bad(u) and START
axiom flags "x" because "y": for every u: User: not (flag(u) and AXIOM)
check k for "1" at Desk, reject with N1 "m"
    requires true inference "x"
effect e when EFFECT
    flag(sender) becomes true inference "x"
event spoil by the environment with u: User when EVENT
    bad(u) becomes true inference "x"
version v "v"
version w "w" is v with M
modification M "m"
by M insert after k: check k2 for "2" at Desk, reject with N2 "m"
    requires not bad(sender) inference "x"
by M CHANGE
deployment m1 "m": Desk at v, Hall at w
deployment m2 "m": Desk at w, Hall at v
"""
PLAIN = {
    "SENT": "trusted(sender)",
    "PASSED": "srv in {A1, B1}",
    "START": "true",
    "AXIOM": "false",
    "EFFECT": "true",
    "EVENT": "true",
}
ANY = "always, for every request r: r.srv is present"


def law(change: str, *, swapped: bool = False, **places: str) -> str:
    """The rules, with a change by the modification; `swapped`: w is declared first."""
    text = LAW.replace("CHANGE", change)
    for name, formula in (PLAIN | places).items():
        text = text.replace(name, formula)
    if not swapped:
        return text
    first, second = 'version v "v"\n', 'version w "w" is v with M\n'
    return text.replace(first + second, second + first)


def verdicts(rules: str, statement: str, *columns: str) -> dict[str, tuple[str, str]]:
    """The verdict on a claim in columns, and the reason."""
    text = f'claim 1 a "A claim." from "1"\n    {statement}\n    expect proved in {columns[0]}'
    regime = load(rules, text)
    (job,) = jobs_for(regime.claims)
    prover = Prover(regime)
    asked = (Job(job.claim, regime.parse_column(each)) for each in columns)
    found = [prover.decide(each) for each in asked]
    return {name: (each.verdict, each.reason) for name, each in zip(columns, found, strict=True)}


both_orders = pytest.mark.parametrize("swapped", [False, True], ids=["v first", "w first"])


COLUMNS = ("v", "w", "m1", "m2")
TABLE = """
sort User
table t
enum Srv from table t: value "srv", label "srv"
fixed free(Srv) from table t: "free"
state done: optional Srv
define costs(s: Srv) means not free(s)
request "x"
    sender: User
    srv: Srv
component Desk "the desk"
component Hall "the hall"
route Desk, then Hall
start inference "s": done is absent
check k for "1" at Desk, reject with N1 "m"
    requires free(srv) inference "x"
check h for "3" at Hall, reject with N1 "m"
    requires free(srv) inference "x"
effect e
    done becomes srv inference "x"
version v "v"
version w "w" is v with M
modification M "m"
by M amend table t: row "B1", "free" becomes "yes"
deployment m1 "mix": Desk at w, Hall at v
deployment m2 "mix": Desk at v, Hall at w
"""
ROWS = """
```

| srv | free |
|---|---|
| A1 | yes |
| B1 | no |

```redline
"""
