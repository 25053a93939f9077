"""Conditions of many things: what makes them fail or hold is told, so that a reader can decide again."""

from __future__ import annotations

from typing import Final

import pytest

from checker import api
from checker.model.claim import Compare, Difference
from checker.prove.decide import Prover
from checker.question.jobs import Effort, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.story.case_note import CaseNote
from checker.story.narrate import narrate
from checker.story.trace_told import Story
from tests.support.places import ROOT
from tests.support.rebuilt_sides import alike, sides

LAW: Final = """
# Approvals

```redline
sort User
sort Pull
names for User u: "Owner" when owner(u), "User" otherwise
names for Pull p: "Pull request" otherwise
state owner(User) "{1} is [not] an owner"
state approved(User, Pull) "{1} has [not] approved {2}"
state blocked(User, Pull) "{1} [blocks|does not block] {2}"
state merged(Pull) "{1} is [not] merged"
state touches(Pull, Pull) "{1} [touches|does not touch] {2}"
state first(Pull): User "the first author of {1}"
enum Action: approve "approve", block "block", merge "merge", release "release", tag "tag", close "close",
    drop "drop", sign "sign", split "split"
request "{sender} asks to {action} {pull}"
    sender: User
    action: Action "action"
    pull: Pull "pull request"
component Hub "the hub"
route Hub
start inference "nothing has happened":
    for every u: User, p: Pull: not approved(u, p) and not blocked(u, p) and not merged(p)
adopted check two-approvals at Hub, reject with M2, because "a release needs two approvals"
    applies when action is release inference "releases"
    requires for some u: User, w: User where u is not w: approved(u, pull) and approved(w, pull)
        inference "two have approved"
adopted check no-owner-blocks at Hub, reject with M3, because "no owner is against it"
    applies when action is close inference "closing"
    requires for every u: User where owner(u): not blocked(u, pull) inference "no owner blocks it"
adopted check one-approval at Hub, reject with M4, because "exactly one"
    applies when action is tag inference "tags"
    requires exactly one u: User where approved(u, pull) inference "exactly one has approved"
adopted check nobody-else at Hub, reject with M5, because "what nobody wants can be dropped"
    applies when action is drop inference "drops"
    requires for every u: User: not approved(u, pull) inference "nobody has approved it"
adopted check all-sign at Hub, reject with M6, because "all have to agree"
    applies when action is sign inference "signs"
    requires for every u: User: approved(u, pull) inference "all have approved it"
adopted check apart at Hub, reject with M8, because "it can be done apart"
    applies when action is split inference "splits"
    requires for some p: Pull where touches(p, pull): first(p) is sender inference "some part is the sender's"
effect approving when action is approve
    approved(sender, pull) becomes true inference "so it is"
effect blocking when action is block
    blocked(sender, pull) becomes true inference "so it is"
effect merging when action is merge
    merged(pull) becomes true inference "so it is"
version old "as it was"
version new "as it is" is old with MORE
modification MORE "Whoever approves may be anybody"
```

> Merges need an approval by an owner.
>
> — Rule 1, verbatim in Book

```redline
check approval for "Rule 1" at Hub, reject with M7
    "Merges need" applies when action is merge
    "an approval by an owner." requires for some u: User where owner(u): approved(u, pull)
```

> Merges need an approval.
>
> — Rule 1, verbatim in Book 2

```redline
by MORE replace "Rule 1":
check approval for "Rule 1" at Hub, reject with M7
    "Merges need" applies when action is merge
    "an approval." requires for some u: User: approved(u, pull)
```
"""

ANY: Final = "in any situation, for every request r where r.action is"
NONE = "There is no Pull p such that p touches Pull request 1 and the sender is the first author of p"


def refuted(*statements: str) -> tuple[api.Law, list[Result]]:
    """A law with the claims, and what was found of each, which is that it is refuted."""
    claims = "\n".join(
        f'claim {number} c{number} "It is." from "x"\n    {each}\n    expect refuted in old\n'
        for number, each in enumerate(statements, 1)
    )
    law = load_texts({"law.md": LAW}, {"claims.md": f"# Claims\n\n```redline\n{claims}```\n"})
    found = [Prover(law).decide(each) for each in jobs_for(law.claims)]
    assert [each.verdict for each in found] == ["refuted"] * len(statements)
    return api.Law(law, Effort(), None), found


def told(statement: str) -> CaseNote:
    """The case note of a claim that is refuted."""
    law, (found,) = refuted(statement)
    return narrate(law.regime, found)


@pytest.mark.parametrize(
    ("statement", "facts"),
    [
        (f"{ANY} merge: r accepted", ("Nobody who is an owner has approved Pull request 1",)),
        (f"{ANY} tag: r accepted", ("Nobody has approved Pull request 1",)),
        (f"{ANY} release: r accepted", ("Nobody has approved Pull request 1",)),
        (
            f"{ANY} release and approved(r.sender, r.pull): r accepted",
            ("Only User A has approved Pull request 1",),
        ),
        (
            f"{ANY} close: r accepted",
            ("Owner A is an owner", "Owner A blocks Pull request 1"),
        ),
        (
            f"{ANY} tag and approved(r.sender, r.pull): r accepted",
            ("User B has approved Pull request 1", "User A has approved Pull request 1"),
        ),
        (
            f"{ANY} split: r accepted",
            (NONE,),
        ),
    ],
)
def test_what_fails_says_but(statement: str, facts: tuple[str, ...]) -> None:
    """Nobody, only so many, two where there may be one, an owner who is against it; in the spec's words."""
    note = told(statement)
    (trial,) = note.trials
    (check,) = [each for stage in trial.stages for each in stage.checks if each.outcome == "refuses"]
    assert check.facts == facts
    assert facts[0][1:] in note.because[-1]


def test_who_makes_a_condition_hold_is_told() -> None:
    """Somebody else has approved it, and takes no other part; the story begins in any situation."""
    note = told(f"{ANY} tag and not approved(r.sender, r.pull): r rejected")
    assert note.opening == ("User A has not approved Pull request 1", "User B has approved Pull request 1")
    assert note.begins == "in a situation that can arise"


def test_what_is_so_of_everybody_is_told() -> None:
    """All have agreed: those who are there have."""
    assert told(f"{ANY} sign: r rejected").opening == ("User A has approved Pull request 1",)


@pytest.mark.parametrize(
    ("statement", "step", "said"),
    [
        (
            "always, for every request r: merged(r.pull) implies r rejected",
            None,
            "",
        ),
        (
            "always merged(p) implies not approved(u, p)",
            2,
            "From here on, what the claim says after “if” holds: Pull request 1 is merged",
        ),
        (
            "always, if blocked(u, p), then never merged(p)",
            2,
            "From here on, what the claim says after “if” holds: Owner A blocks Pull request 1",
        ),
        (
            "always, if merged(p), then possibly not merged(p)",
            2,
            "From here on, what the claim says after “if” holds: Pull request 1 is merged",
        ),
    ],
)
def test_where_the_if_first_holds_is_marked(statement: str, step: int | None, said: str) -> None:
    """After the step that brings it about, and nowhere else; not of a request, of which the trial tells."""
    bound = "for " + ("u: User, p: Pull" if "u," in statement else "p: Pull")
    note = told(statement if "request" in statement else f"{bound}\n    {statement}")
    marked = {
        number: change
        for number, each in enumerate(note.steps, 1)
        for change in each.changes
        if change.startswith("From here on")
    }
    assert marked == ({} if step is None else {step: said})


def test_a_small_comparison_can_be_decided_again_from_its_story() -> None:
    """Both sides come out as told, by the same checks, for a reader who knows what the story tells."""
    law, found = refuted(
        "old and new decide alike",
        "old and new decide alike where r.action is merge and not approved(r.sender, r.pull)",
        "new allows no more than old where r.sender is not first(r.pull)",
        "old and new decide alike where not (exactly one u: User where approved(u, r.pull)), with codes",
        "from old to new, exactly these requests r change:\n"
        "        newly accepted never,\n        newly rejected never",
        "from old to new, exactly these requests r change:\n        newly accepted"
        ' "merges that an owner approved" when r.action is merge and (for some u: User where owner(u): '
        "approved(u, r.pull)),\n        newly rejected never",
    )
    assert_decided_again(law, found)


@pytest.mark.long
def test_every_comparison_of_the_law_can_be_decided_again_from_its_story() -> None:
    """The same of all comparisons of the law that comes with redline that are refuted in some column."""
    law = api.load(ROOT / "spec", ROOT / "properties")
    prover = Prover(law.regime)
    jobs = [
        each
        for each in jobs_for(law.regime.claims)
        if isinstance(each.claim.statement, Compare | Difference)
        and any(e.column == each.column and e.verdict == "refuted" for e in each.claim.expectations)
    ]
    assert_decided_again(law, [prover.decide(each) for each in jobs])


def assert_decided_again(law: api.Law, found: list[Result]) -> None:
    """Decide all sides of all comparisons again, by what their stories tell."""
    decided = [
        (result.claim.number, alike(side.decision, note))
        for result in found
        for side, note in sides(
            law, result, Story.of(law.regime, result.claim, result.column, result.evidence)
        )
    ]
    assert len(decided) >= 2 * len(found) - sum("order" in each.claim.name for each in found)
    assert [number for number, same in decided if not same] == []
