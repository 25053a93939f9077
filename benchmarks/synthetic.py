"""Made-up law of any size: as many Service Requests and as many checks as asked for."""

from __future__ import annotations

LAW = """# A made-up law

```redline
sort User
sort Thing
enum Kind: Rare, Common
table services
```

| srv | name | critical |
|---|---|---|
{rows}

```redline
enum Srv from table services: value "srv", label "name"
fixed critical(Srv) from table services: "critical"
fixed kind(Thing): Kind
state holder(Thing): optional User
state allowed(User, Srv)
request "{{sender}} asks for {{srv}} of {{target}}"
    sender: User
    srv: Srv
    target: Thing
    next: User when srv is 1.1
component Desk
route Desk
start inference "nobody holds anything yet": for every t: Thing: holder(t) is absent
version now
effect hand-over when srv is 1.1
    holder(target) becomes next inference "that is what it is for"
event found by the environment with t: Thing, u: User when holder(t) is absent
    holder(t) becomes u inference "finders keepers"
check allowed-at-all for "1" at Desk, reject with N0
    requires allowed(sender, srv) inference "permission"
check held for "2" at Desk, reject with N1
    applies when srv is 1.1 inference "only then"
    requires holder(target) is sender inference "one's own"
{checks}
```
"""

CHECK = """check special-{n} for "{n}.0" at Desk, reject with C{n}
    applies when srv is {n}.1 inference "only for this service"
    requires kind(target) is Rare implies allowed(sender, {n}.1) inference "permission"
"""

CLAIMS = """# Claims

```redline
claim 1 only-its-holder "Only the holder ever gives a thing away."
    from "1"
    for t: Thing
    always, after an accepted request r: holder(t) matches before holder(t) or r.sender is before holder(t)
    expect proved in now
claim 2 can-be-given "Who holds a thing can always give it away."
    from "2"
    for t: Thing, u: User
    always, if holder(t) is present and not holder(t) is u, then possibly holder(t) is u
    expect refuted in now
```
"""


def synthetic(size: int) -> tuple[dict[str, str], dict[str, str]]:
    """The law with `size` Service Requests and about as many checks, and two claims about it."""
    rows = "\n".join(f"| {n}.1 | Service {n} | {'yes' if n % 3 else 'no'} |" for n in range(1, size + 1))
    checks = "".join(CHECK.format(n=n) for n in range(3, size + 1))
    return {"spec/law.md": LAW.format(rows=rows, checks=checks)}, {"properties/claims.md": CLAIMS}
