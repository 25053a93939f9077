"""Made-up law with any number of deadlines and limits: each act has its days, its share, and a lapse."""

from __future__ import annotations

LAW = """# A made-up law of deadlines and limits

```redline
sort Person
sort Thing
quantity money "£" with 2 decimals, never negative
enum Act: {acts}
fixed price(Thing): money "the price of {{1}}"
state asked(Thing): optional date "the day on which {{1}} was asked for"
{states}
request "{{sender}} does {{act}} for {{target}}, for {{amount}}"
    sender: Person
    act: Act
    target: Thing
    amount: money
component Desk
route Desk
order at Desk unpublished because "no rule says"
start inference "nothing has happened": for every t: Thing: asked(t) is absent and {nothing}
event asked-for by the environment with t: Thing when asked(t) is absent
    asked(t) becomes today inference "that is the day"
{rules}
version law "as it stands"
```

```redline
claim 1 in-time "Nothing is done later than the last deadline." from "1"
    always, for every request r: r accepted implies today within {size} days after asked(r.target)
    expect proved in law
claim 2 within-limits "Nobody pays more than the highest share." from "1"
    always, for every request r: r accepted implies r.amount at most {size} per cent of price(r.target)
    expect proved in law
claim 3 lapses "What was opened is open no longer than its days." from "1"
    for t: Thing
    always open{size}(t) is present implies today no later than open{size}(t) plus {size} days
    expect proved in law
claim 4 too-low "Nobody pays more than the last share but one." from "1"
    always, for every request r: r accepted implies r.amount at most {fewer} per cent of price(r.target)
    expect refuted in law
claim 5 last-day "Nothing is done on the last day." from "1"
    always, for every request r: r accepted implies today within {fewer} days after asked(r.target)
    expect refuted in law
claim 6 once-open "What is opened is closed again." from "1"
    for t: Thing
    always, if open{size}(t) is present, then possibly open{size}(t) is absent by time
    expect proved in law
```
"""

RULES = """check in-time-{n} for "{n}.1" at Desk, reject with D{n}
    applies when act is A{n} inference "only then"
    requires today within {n} days after asked(target) inference "in time"
check within-{n} for "{n}.2" at Desk, reject with L{n}
    applies when act is A{n} inference "only then"
    requires amount at most {n} per cent of price(target) inference "its limit"
effect opened-{n} when act is A{n}
    open{n}(target) becomes today inference "that is the day"
lapse closed-{n} for "{n}.3" with t: Thing past open{n}(t) plus {n} days
    open{n}(t) becomes absent inference "it lapses\""""


def dated(size: int) -> str:
    """A page with so many deadlines, limits and lapses, and six claims."""
    numbers = range(1, size + 1)
    return LAW.format(
        acts=", ".join(f"A{n}" for n in numbers),
        states="\n".join(f"state open{n}(Thing): optional date" for n in numbers),
        nothing=" and ".join(f"open{n}(t) is absent" for n in numbers),
        rules="\n".join(RULES.format(n=n) for n in numbers),
        size=size,
        fewer=size - 1,
    )
