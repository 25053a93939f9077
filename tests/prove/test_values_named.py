"""A step that has to name a value of an enum: one strategy says which, however many values there are."""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts
from tests.support.evidence_made import BOTH, certified, reasons, written

VALUES = 60  # more than the strategies that a verdict may have

LAW = """# Desks

```redline
sort Person
sort Thing
enum Role: {roles}
enum Service: {services}
fixed service(Thing): Service
{kind} needed(Service): Role
state done(Thing)
request "{{sender}} as {{role}} asks for {{asked}} of {{thing}}"
    sender: Person
    asked: Service
    role: Role
    thing: Thing
component Desk
route Desk
order at Desk unpublished because "no rule says"
start inference "nothing is done": for every t: Thing: not done(t)
check right-service for "1" at Desk, reject with E1
    requires asked is service(thing) inference "the thing's own"
check right-role for "2" at Desk, reject with E2
    requires {needed} is role inference "what the service needs"
effect doing
    done(thing) becomes true inference "that is it"
version law "as it stands"
claim 1 can-be-done "A thing can always be done." from "2"
    for t: Thing
    always, if not done(t), then possibly done(t)
    expect proved in law
claim 2 not-as-the-first "A thing can always be done by the first role." from "2"
    for t: Thing
    always, if not done(t), then possibly done(t) and needed(service(t)) is Role0
    expect refuted in law
```
"""


@pytest.mark.parametrize(
    ("kind", "needed"),
    [("fixed", "needed(asked)"), ("state", "needed(asked)"), ("fixed", "needed(service(thing))")],
)
def test_one_strategy_names_what_is_needed(kind: str, needed: str) -> None:
    """`role` is what the service needs, and the service the thing's own; two solvers certify it."""
    roles, services = (", ".join(f"{name}{n}" for n in range(VALUES)) for name in ("Role", "Service"))
    sources = {"law.md": LAW.format(kind=kind, needed=needed, roles=roles, services=services)}
    regime = load_texts(sources)
    results = [Prover(regime).decide(job) for job in jobs_for(regime.claims)]
    assert [each.verdict for each in results] == ["proved", "refuted"]
    found = certified(regime, sources, written(regime, sources, results), BOTH)
    assert (reasons(found), found.code) == ([], 0)
