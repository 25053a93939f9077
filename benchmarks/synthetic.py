"""Made-up law of any size: checks, Service Requests and claims as there are in large codes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

KINDS = ("Rare", "Common", "Odd")
PAGE = 100  # checks of one fence
CHANGED = 5  # checks that the second version has otherwise, however large the law is

LAW = """# A made-up law

```redline
sort User
sort Thing
enum Kind: {kinds}
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
state cleared(User, Srv)
request "{{sender}} asks for {{srv}} of {{target}}"
    sender: User
    srv: Srv
    target: Thing
    next: User when srv is 1.1
component Desk
component Counter
route Desk, then Counter
start inference "nobody holds anything yet": for every t: Thing: holder(t) is absent
effect hand-over when srv is 1.1
    holder(target) becomes next inference "that is what it is for"
event found by the environment with t: Thing, u: User when holder(t) is absent
    holder(t) becomes u inference "finders keepers"
check allowed-at-all for "1" at Desk, reject with N0
    requires allowed(sender, srv) inference "permission"
check held for "2" at Counter, reject with N1
    applies when srv is 1.1 inference "only then"
    requires holder(target) is sender inference "one's own"
```

{checks}
```redline
version now "the law as it is"
modification Later "what is to come"
{changes}
version later "the law to come" is now with Later
```
"""

FENCE = "```redline\n{checks}```\n\n"

CHECK = """check special-{n} for "{n}.0" at {at}, reject with C{n}
    applies when srv is {srv}.1 inference "only for this service"
    requires kind(target) is {kind} implies {fact}(sender, {srv}.1) inference "permission"
"""

CHANGE = """by Later replace special-{n}: check special-{n} for "{n}.0" at {at}, reject with C{n}
    applies when srv is {srv}.1 inference "only for this service"
    requires kind(target) is {kind} and critical({srv}.1) implies cleared(sender, {srv}.1)
        inference "permission"
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

{claims}"""

CLAIM = """```redline
claim {number} clearance-{n} "Nobody gets service {srv} of a thing of this kind without clearance."
    from "{n}.0"
    in any situation, for every request r where r.srv is {srv}.1 and kind(r.target) is {kind}:
        r accepted implies cleared(r.sender, {srv}.1)
    expect proved in now
```

"""


def synthetic(size: int) -> tuple[dict[str, str], dict[str, str]]:
    """The law with `size` checks, three for each Service Request but the first, and one claim for every ten.

    Every fifth check decides nothing that `allowed-at-all` does not decide.
    """
    rows = "\n".join(
        f"| {n}.1 | Service {n} | {'yes' if n % 3 else 'no'} |" for n in range(1, services(size) + 1)
    )
    checks = tuple(_checks(size))
    changed = islice((each for each in checks if each["fact"] == "cleared"), CHANGED)
    law = LAW.format(
        kinds=", ".join(KINDS),
        rows=rows,
        checks="".join(
            FENCE.format(checks="".join(CHECK.format(**each) for each in page))
            for page in (checks[at : at + PAGE] for at in range(0, len(checks), PAGE))
        ),
        changes="".join(CHANGE.format(**each) for each in changed),
    )
    claimed = islice((each for each in reversed(checks) if each["fact"] == "cleared"), max(0, size // 10 - 2))
    claims = "".join(CLAIM.format(number=n, **each) for n, each in enumerate(claimed, start=3))
    return {"spec/law.md": law}, {"properties/claims.md": CLAIMS.format(claims=claims)}


def services(size: int) -> int:
    """How many Service Requests a law of so many checks has."""
    return max(2, size * 3 // 10)


def _checks(size: int) -> Iterator[dict[str, str]]:
    """Yield what fills in the checks, but for the two that every law has."""
    for n in range(3, size + 1):
        place = (n - 3) % (
            3 * (services(size) - 1)
        )  # so that no two checks say the same, as long as they fit
        yield {
            "n": str(n),
            "at": "Counter" if n % 2 else "Desk",
            "srv": str(2 + place // 3),
            "kind": KINDS[place % 3],
            "fact": "allowed" if n % 5 == 0 else "cleared",
        }
