"""A gate, small enough to say by hand which edits its claims notice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from checker.model.claim import Column
from checker.question.jobs import Effort
from checker.rooms.cover.find import Coverage, Coverer, Plan
from checker.trusted.load_law import load_texts

LAW = """# A gate

```redline
sort User
enum Act: Open, Shut, Paint
state member(User) "{1} is a member"
request "{sender} does {act}"
    sender: User
    act: Act
component Gate "the gate"
route Gate
start inference "x": for every u: User: not member(u)
check membership for "Rule 1" at Gate, reject with G1
    applies when act in {Open, Paint} inference "x"
    requires member(sender) inference "x"
    subject to "Rule 2"
        inference "x"
check doubled for "Rule 3" at Gate, reject with G1
    applies when act is Open inference "x"
    requires member(sender) inference "x"
    subject to "Rule 2"
        inference "x"
exceptions "Rule 2"
    any of inference "x"
limb "Rule 2(a)" of "Rule 2"
    act is Paint inference "x"
event joins by the environment with u: User "{u} joins"
    member(u) becomes true inference "x"
version only "v"
```
"""

CLAIMS = """# Claims

```redline
claim 1 members "Only members open." from "Rule 1"
    in any situation, for every request r where r.act is Open: r accepted iff member(r.sender)
    expect proved in only
claim 2 shut "Everybody shuts." from "Rule 1"
    in any situation, for every request r where r.act is Shut: r accepted
    expect proved in only
MORE
```
"""

PAINT = """claim 3 paint "Everybody paints." from "Rule 2"
    in any situation, for every request r where r.act is Paint: r accepted
    expect proved in only"""


@cache
def covered(more: str = "") -> Mapping[tuple[str, str, str], Coverage]:
    """What became of every edit: (rule, what was said, what it means instead) -> coverage."""
    plan, effort = planned(more), Effort(processes=1)
    coverer = Coverer(plan, effort)
    return {(each.rule, each.said, each.instead): coverer.cover(each) for each in plan.edits}


def planned(more: str = "") -> Plan:
    """The plan for the small law."""
    regime = load_texts({"law.md": LAW, "claims.md": CLAIMS.replace("MORE", more)})
    return Plan.of(regime, Column("only"), Effort(processes=1))
