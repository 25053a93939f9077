"""Lint says what claims say to no effect: of variables, and of checks and clauses that a version lacks."""

from __future__ import annotations

import pytest

from checker.regime.load import load_texts
from checker.rooms.lint.idle_words_of_claims import claim_findings
from checker.rooms.lint.words_and_rules import Law

LAW = """```redline
sort User
sort Door
enum Act: Open, Shut
state open(Door)
state trusted(User)
request "{sender} does {act} at {door}"
    sender: User
    act: Act
    door: Door
component Gate "the gate"
route Gate
start inference "all is shut": for every d: Door: not open(d)
adopted check known at Gate, reject without a published code, because "x"
    requires trusted(sender) inference "x"
adopted check shutting at Gate, reject without a published code, because "x"
    applies when act is Shut inference "x"
    requires open(door) inference "x"
order at Gate unpublished because "nobody says"
effect opens when act is Open
    open(door) becomes true inference "x"
premise calm(d: Door) "It is calm." because "x" means not open(d)
version v "with both checks"
version w "without shutting" is v with M
modification M "less"
by M strike shutting
deployment side "as w" : Gate at w
claim 1 asked "A claim." from "x" CLAIM
```
"""


def found(claim: str, version: str) -> list[tuple[str, str]]:
    """The kinds and subjects of what is found in a version."""
    law = Law(load_texts({"law.md": LAW.replace("CLAIM", claim)}), version)
    return [(each.kind, each.subject) for each in claim_findings(law)]


@pytest.mark.parametrize(
    ("claim", "unused"),
    [
        ("for d: Door always not open(d) expect refuted in v", []),
        ("for d: Door, e: Door always not open(d) expect refuted in v", ["e"]),
        ("for d: Door, e: Door where not open(e) always not open(d) expect refuted in v", []),
        ("for d: Door, e: Door given calm(e) always not open(d) expect refuted in v", []),
        ("for d: Door, e: Door always not open(d) witness open(e) expect refuted in v", []),
        ("for d: Door, q: request always not open(d) expect refuted in v", ["q"]),
        ("for d: Door, q: request where q.door is d always not open(d) expect refuted in v", []),
        ("for q: request always not (q accepted) expect refuted in v", []),
        ("for u: User possibly for some d: Door: open(d) by requests of u expect proved in v", []),
        (
            "for u: User, x: User possibly for some d: Door: open(d) by requests of u expect proved in v",
            ["x"],
        ),
    ],
)
def test_a_variable_that_a_claim_never_uses(claim: str, unused: list[str]) -> None:
    """Each variable that nothing in the claim reads is named."""
    assert found(claim, "v") == [("claim-variable-unused", name) for name in unused]


@pytest.mark.parametrize(
    ("claim", "unused"),
    [
        ("always for every d: Door: not open(d)", ["shut"]),
        ("always for every d: Door: not open(d) using shut", []),
        ('always for every d: Door: not open(d) lemma other "o": true', ["shut"]),
        ('always for every d: Door: not open(d) lemma other "o": true using shut', []),
    ],
)
def test_a_lemma_of_the_law_that_no_claim_uses(claim: str, unused: list[str]) -> None:
    """A claim that names the lemma uses it; one that has a lemma of its own does not."""
    lemma = 'lemma shut "All doors are shut." : for every d: Door: not open(d)\nclaim 1'
    law = LAW.replace("claim 1", lemma).replace("CLAIM", f"{claim} expect refuted in v")
    found_ones = claim_findings(Law(load_texts({"law.md": law}), "v"))
    assert [each.subject for each in found_ones if each.kind == "lemma-unused"] == unused


def test_lemmas_are_not_missed_where_there_are_no_claims() -> None:
    """A law that is linted without its claims says nothing of lemmas."""
    law = (
        LAW.partition("claim 1")[0]
        + 'lemma shut "All doors are shut.": for every d: Door: not open(d)\n```\n'
    )
    assert not list(claim_findings(Law(load_texts({"law.md": law}), "v")))


EVERY = "always, for every request r where r.act is Shut"


@pytest.mark.parametrize(
    ("claim", "in_v", "in_w"),
    [
        (f"{EVERY}: not (r rejected) expect refuted by shutting in v", [], []),
        (f"{EVERY}: not (r rejected) expect refuted by known in v, w", [], []),
        (f"{EVERY}: not (r rejected) expect refuted by shutting in v, w", [], ["shutting"]),
        (f"{EVERY}: not (r rejected) expect refuted by shutting in side", [], ["shutting"]),
        (f"{EVERY}: not (r rejected by shutting) expect refuted in v", [], []),
        (f"{EVERY}: not (r rejected by shutting) expect proved in w", [], ["shutting"]),
        (f"{EVERY}: not (r rejected by Gate) expect refuted in w", [], []),
        (f"{EVERY}: not (r rejected by shutting in v) expect refuted in w", [], []),
    ],
)
def test_what_a_claim_speaks_of_and_a_version_lacks(claim: str, in_v: list[str], in_w: list[str]) -> None:
    """Only where the claim expects a verdict of the version, or of a deployment of it."""
    named = {version: [subject for _kind, subject in found(claim, version)] for version in ("v", "w")}
    assert named == {"v": in_v, "w": in_w}
