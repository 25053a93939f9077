"""Where redline's cliffs are: CPU seconds for a verdict as a claim grows in one respect.

Run `python benchmarks/cliffs.py`; `--curves steps values` takes some curves only, `--budget` other seconds
for a verdict. Each verdict, and the length of its story, is known beforehand: it fails if one is wrong. What
stays open within the budget is where the cliff is, and ends the curve.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.dated_law import dated
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts

BUDGET = 60.0  # seconds for a verdict
OPEN = ("unknown", "bounded")
STEEP = 3.0  # as many times as long as at the size before: here the curve bends

PARTIES = """# A made-up law

```redline
sort Person
sort Thing
component Desk
route Desk
order at Desk unpublished because "no rule says"
version law "as it stands"
```

"""


@dataclass(frozen=True, slots=True)
class Expected:
    """The right verdict on a claim, and how many steps its shortest story has; None: it has none."""

    claim: str
    verdict: str
    steps: int | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """`law` and `expected`: of each size; `sizes`: those that are tried."""

    what: str
    sizes: Sequence[int]
    law: Callable[[int], str]
    expected: Callable[[int], tuple[Expected, ...]]


def main() -> None:
    """Read the options, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--curves", nargs="+", default=tuple(CURVES), choices=tuple(CURVES))
    parser.add_argument("--budget", type=float, default=BUDGET, metavar="SECONDS")
    chosen = parser.parse_args()
    report(chosen.curves, chosen.budget)


def report(curves: Sequence[str], budget: float = BUDGET) -> None:
    """Print a row for each claim of each curve; ends the program if a verdict is wrong."""
    for name in curves:
        curve = CURVES[name]
        print(f"{curve.what:34}" + "".join(f"{size:8}" for size in curve.sizes) + "   cliff")
        for number, each in enumerate(curve.expected(curve.sizes[0])):
            print(f"  {each.claim:32}", end="", flush=True)
            print(f"   {cliff(curve, number, budget)}")


def cliff(curve: Curve, number: int, budget: float) -> str:
    """Time a claim at each size, and print that; says at which size the cliff is."""
    taken: list[float] = []
    for size in curve.sizes:
        expected = curve.expected(size)[number]
        result, seconds = timed(curve.law(size), expected.claim, budget)
        if result.verdict in OPEN:
            print(f"{'open':>8}" + " " * 8 * (len(curve.sizes) - len(taken) - 1), end="", flush=True)
            return f"open at {size}"
        check(expected, result, size)
        taken.append(seconds)
        print(f"{seconds:8.2f}", end="", flush=True)
    times = [after / max(before, 0.02) for before, after in itertools.pairwise(taken)]
    worst = max(times)
    if worst < STEEP:
        return "none"
    return f"{worst:.1f} times as long at {curve.sizes[times.index(worst) + 1]}"


def check(expected: Expected, result: Result, size: int) -> None:
    """End the program if the verdict is wrong, or its story not the shortest."""
    story = result.evidence.trace
    found = Expected(expected.claim, result.verdict, None if story is None else len(story.steps))
    if found != expected:
        sys.exit(f"\n{size}: {found}, and right is {expected}")


def timed(law: str, claim: str, budget: float) -> tuple[Result, float]:
    """The verdict on the claim, and its CPU seconds."""
    regime = load_texts({"law.md": law})
    (job,) = jobs_for(tuple(each for each in regime.claims if each.name == claim))
    started = time.process_time()
    result = Prover(regime, budget=budget).decide(job)
    return result, time.process_time() - started


# ------------------------------------------------------------------------ laws


def chain_of_steps(size: int) -> str:
    """Who has a grade gives the next one; the first is free."""
    grades = range(1, size + 1)
    acts = ", ".join(f"Give{n}" for n in grades)
    states = "\n".join(f"state grade{n}(Person)" for n in grades)
    none = " and ".join(f"not grade{n}(p)" for n in grades)
    checks = "\n".join(
        f'check has{n - 1} for "{n}" at Desk, reject with E{n}\n'
        f'    applies when act is Give{n} inference "only then"\n'
        f'    requires grade{n - 1}(sender) inference "one must have it"'
        for n in grades[1:]
    )
    effects = "\n".join(
        f'effect give{n} when act is Give{n}\n    grade{n}(other) becomes true inference "that is it"'
        for n in grades
    )
    rules = f"""enum Act: {acts}
{states}
request "{{sender}} does {{act}} for {{other}}"
    sender: Person
    act: Act
    other: Person
start inference "nobody has any": for every p: Person: {none}
{checks}
{effects}"""
    claims = f"""claim 1 reached "The last grade can be had." from "{size}"
    possibly for some p: Person: grade{size}(p)
    expect proved in law
claim 2 not-before "Nobody has the last grade if nobody ever had the first." from "{size}"
    always (for some p: Person: grade{size}(p)) implies (for some p: Person: grade1(p))
    expect proved in law"""
    return _page(rules, claims)


def lamps_at_once(size: int) -> str:
    """Anybody turns a lamp on or off; so many can always all be on."""
    names = [chr(ord("a") + n) for n in range(size)]
    apart = " and ".join(f"{one} is not {other}" for one, other in itertools.combinations(names, 2))
    rules = """enum Act: Light, Quench
state lit(Thing)
request "{sender} does {act} to {lamp}"
    sender: Person
    act: Act
    lamp: Thing
start inference "dark": for every t: Thing: not lit(t)
effect light when act is Light
    lit(lamp) becomes true inference "that is it"
effect quench when act is Quench
    lit(lamp) becomes false inference "that is it\""""
    claims = f"""claim 1 all-at-once "They can always all be lit." from "Desk"
    for {", ".join(f"{name}: Thing" for name in names)} where {apart}
    always, if not lit(a), then possibly {" and ".join(f"lit({name})" for name in names)}
    expect proved in law"""
    return _page(rules, claims)


def values_of_an_enum(size: int) -> str:
    """A request has to name the role that its thing needs, of so many."""
    rules = f"""enum Role: {", ".join(f"Role{n}" for n in range(1, size + 1))}
fixed needed(Thing): Role
state done(Thing)
request "{{sender}} as {{role}} does {{thing}}"
    sender: Person
    role: Role
    thing: Thing
start inference "nothing is done": for every t: Thing: not done(t)
check right-role for "1" at Desk, reject with E1
    requires needed(thing) is role inference "the right one"
effect doing
    done(thing) becomes true inference "that is it\""""
    claims = """claim 1 can-be-done "A thing can always be done." from "1"
    for t: Thing
    always, if not done(t), then possibly done(t)
    expect proved in law"""
    return _page(rules, claims)


def approvers(size: int) -> str:
    """Something is released once so many different people have approved."""
    names = [chr(ord("a") + n) for n in range(size)]
    apart = [f"{one} is not {other}" for one, other in itertools.combinations(names, 2)]
    those = ", ".join(f"{name}: Person" for name in names)
    all_of_them = f"for some {those}: " + " and ".join((*apart, *(f"approved({name})" for name in names)))
    rules = f"""enum Act: Approve, Release
state approved(Person)
state released
request "{{sender}} does {{act}}"
    sender: Person
    act: Act
start inference "nothing has happened": not released and (for every p: Person: not approved(p))
check many for "1" at Desk, reject with E1
    applies when act is Release inference "only then"
    requires {all_of_them} inference "so many"
effect approving when act is Approve
    approved(sender) becomes true inference "that is it"
effect releasing when act is Release
    released becomes true inference "that is it\""""
    claims = f"""claim 1 releasable "It can be released." from "1"
    possibly released
    expect proved in law
claim 2 enough "It is released only if enough have approved." from "1"
    always released implies ({all_of_them})
    expect proved in law"""
    return _page(rules, claims)


def _page(rules: str, claims: str) -> str:
    return f"{PARTIES}```redline\n{rules}\n```\n\n```redline\n{claims}\n```\n"


CURVES = {
    "deadlines": Curve(
        "deadlines, limits and lapses",
        (2, 10, 20, 40),
        dated,
        lambda _: (
            *(Expected(each, "proved") for each in ("in-time", "within-limits", "lapses", "once-open")),
            Expected("too-low", "refuted", 1),
            Expected("last-day", "refuted", 2),
        ),
    ),
    "steps": Curve(
        "steps of the story",
        range(2, 13, 2),
        chain_of_steps,
        lambda size: (Expected("reached", "proved", size), Expected("not-before", "proved")),
    ),
    "things": Curve(
        "things that can always all be so",
        range(2, 7),
        lamps_at_once,
        lambda _: (Expected("all-at-once", "proved"),),
    ),
    "values": Curve(
        "values that a strategy may name",
        (10, 20, 40, 80),
        values_of_an_enum,
        lambda _: (Expected("can-be-done", "proved"),),
    ),
    "approvers": Curve(
        "approvers, all different",
        range(2, 6),
        approvers,
        lambda size: (Expected("releasable", "proved", size + 1), Expected("enough", "proved")),
    ),
}


if __name__ == "__main__":
    main()
