"""Small laws for the tests of lint: a house with a door and a porter, and what is added to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.rooms.lint.find import Lint, in_order, in_words, lint, merged
from checker.rooms.lint.finding import Finding
from checker.rooms.lint.words_and_rules import Law
from checker.trusted.load_law import load_texts

HOUSE = """# A house

```redline
sort User
enum Act: Knock, Enter, Leave
state inside(User) "{1} is inside"
fixed friend(User) "{1} is a friend"
fixed host(User) "{1} lives here"
request "{sender} does {act}"
    sender: User
    act: Act
component Door "the door"
component Porter "the porter"
route Door, then Porter
start inference "x": for every u: User: not inside(u)
effect entering when act is Enter
    inside(sender) becomes true inference "x"
event swept-out by the environment with u: User "{u} is swept out"
    inside(u) becomes false inference "x"
version old "the house rules"
check manners for "C 1" at Door, reject with E1 "one knocks"
    applies when act is Enter inference "x"
    requires friend(sender) inference "x"
```
"""


def deciding(regime: Regime, jobs: tuple[Job, ...]) -> tuple[Result, ...]:
    """Decide everything in this process."""
    prover = Prover(regime)
    return tuple(prover.decide(each) for each in jobs)


def giving_up(regime: Regime, jobs: tuple[Job, ...]) -> tuple[Result, ...]:
    """Decide nothing."""
    return tuple(replace(each, verdict="unknown", reason="out of time") for each in deciding(regime, jobs))


def law(*more: str, old: str = "", new: str = "", page: str = "") -> Regime:
    """Return the house with more declarations and more of its page, perhaps with one edit of its own."""
    assert not old or HOUSE.count(old) == 1
    fences = "".join(f"```redline\n{each}\n```\n\n" for each in more)
    return load_texts({"spec/house.md": (HOUSE.replace(old, new) if old else HOUSE) + fences + page})


def linted(regime: Regime, *versions: str) -> Lint:
    """Look at all versions, or at some."""
    return lint(regime, versions or tuple(regime.versions), deciding)


def found_in_words(regime: Regime) -> tuple[Finding, ...]:
    """Return what is found in any version by reading, which asks no claim."""
    return in_order(merged(each for version in regime.versions for each in in_words(Law(regime, version))))


def found(regime: Regime, *versions: str) -> set[tuple[str, str]]:
    """Return kind and subject of everything that is found."""
    return {(each.kind, each.subject) for each in linted(regime, *versions).findings}


def only(regime: Regime, kind: str) -> Finding:
    """Return the one finding of a kind."""
    return one_of(linted(regime).findings, kind)


def only_in_words(regime: Regime, kind: str) -> Finding:
    """Return the one finding of a kind that is found by reading."""
    return one_of(found_in_words(regime), kind)


def one_of(findings: Iterable[Finding], kind: str) -> Finding:
    (one,) = (each for each in findings if each.kind == kind)
    return one


def marked(regime: Regime, finding: Finding) -> str:
    """Return what a finding's caret points at."""
    (text,) = (each.text for each in regime.documents if each.file == finding.span.file)
    span = finding.span
    assert span.line == span.end_line
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]
